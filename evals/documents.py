"""Reads data: a document a line, as JSON, plain or compressed with xz."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import lzma
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.types import Article

# What an article may say of itself.  Nothing else of a document reaches the product, references least of all.
_ARTICLE = ("id", "title", "date", "text", "url", "source")


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Document:
    """An article with what people wrote down about it.

    `references` are summaries, any of which is as good as another; `sentences` the (start, end) of each
    sentence as the annotators saw them; `event` names what it reports.  Each is empty where not given.
    """

    id: str
    text: str
    title: str | None
    article: Mapping[str, Any]
    references: tuple[str, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    event: str = ""


def read_documents(path: Path, limit: int | None = None) -> list[Document]:
    """The documents of a file, or the first `limit` of them."""
    return [document_of(row) for row in read_rows(path)[:limit]]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a .jsonl or .jsonl.xz file.  Raises OSError, lzma.LZMAError, ValueError."""
    content = path.read_bytes()
    if path.suffix == ".xz":
        content = lzma.decompress(content)
    # Only line feeds end a line: a text may hold other characters that splitlines() would cut at.
    return [json.loads(line) for line in content.decode("utf-8").split("\n") if line.strip()]


def write_articles(documents: Sequence[Document], path: Path) -> None:
    """The articles alone, as the product reads them."""
    lines = [json.dumps(document.article, ensure_ascii=False) + "\n" for document in documents]
    path.write_text("".join(lines), encoding="utf-8")


def digest_of(path: Path) -> str:
    """Hex sha256 of the file as it lies."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def article_of(one: Document) -> Article:
    """The article of a document, as the stages take it; a date that is none is left out."""
    given = one.article
    day = str(given.get("date") or "")
    date = dt.date.fromisoformat(day) if _DAY.fullmatch(day) else None
    return Article(one.id, one.text, one.title, date, source=given.get("source"))


def document_of(row: Mapping[str, Any]) -> Document:
    """A document from an object of a file."""
    references = row.get("summaries") or [row.get("summary")]
    return Document(
        id=str(row["id"]),
        text=row["text"],
        title=row.get("title"),
        article={name: row[name] for name in _ARTICLE if row.get(name) is not None},
        references=tuple(reference for reference in references if reference),
        sentences=tuple((start, end) for start, end in row.get("sentences") or ()),
        event=str(row.get("event") or ""),
    )
