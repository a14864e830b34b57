"""The documents of annotated.jsonl with their texts, which do not ship, from a folder of data.

An annotation names its text by file, id and digest; a text that has changed since is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.documents import Document, document_of, read_rows


class ChangedError(Exception):
    """A text is not the one that was annotated."""


def annotated(annotations: Path, data: Path, half: str | None) -> tuple[list[Document], list[dict[str, Any]]]:
    """The documents and their annotations, those of one half ("tuned", "held") or all.

    Raises OSError where a file is missing, ChangedError where a text is not as it was.
    """
    rows = [row for row in read_rows(annotations) if half in (None, row["half"])]
    texts = _texts(data, rows)
    return [_document(row, texts) for row in rows], rows


def _texts(data: Path, rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    files = sorted({row["file"] for row in rows})
    return {(name, str(one["id"])): one for name in files for one in read_rows(data / name)}


def _document(row: dict[str, Any], texts: dict[tuple[str, str], dict[str, Any]]) -> Document:
    article = texts.get((row["file"], str(row["id"])))
    digest = hashlib.sha256(article["text"].encode()).hexdigest() if article is not None else None
    if article is None or digest != row["sha256"]:
        raise ChangedError(f"{row['file']} has no text {row['id']} as it was annotated")
    return document_of({**article, "source": None, "sentences": row["sentences"]})
