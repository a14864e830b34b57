"""What passes between the parts of ingest: an opened source going in, articles and remarks coming out."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from briefing.errors import SourceError
from briefing.types import Article, Failure

if TYPE_CHECKING:  # collections.abc has it from Python 3.12 on
    from typing_extensions import Buffer

MEGABYTE = 1_000_000
HEAD = 65_536
_ID_LENGTH = 12


@dataclass(frozen=True)
class IngestOptions:
    """How far to go for an article.

    timeout             seconds that a server may stay silent
    deadline            seconds that one URL may take in all, its redirects included
    max_redirects       redirects followed from one URL
    max_bytes           largest document read at once: a page, a feed, a mail, one line of JSON
    max_characters      longest article
    allow_private       whether URLs may lead into the desk's own network
    follow_feed_links   whether an entry that is only a teaser, in a feed read from a URL, is read in full
                        from the page it links to
    ca_file             certificates (PEM) trusted beside the usual ones
    """

    timeout: float = 10.0
    deadline: float = 60.0
    max_redirects: int = 5
    max_bytes: int = 20 * MEGABYTE
    max_characters: int = 1_000_000
    allow_private: bool = False
    follow_feed_links: bool = True
    ca_file: Path | None = None


@dataclass(frozen=True)
class Notice:
    """A remark for the user that is no failure."""

    text: str


Item = Article | Failure | Notice


def our_own(origin: str) -> Notice:
    """The remark on what `briefing` wrote itself: it is no article."""
    return Notice(f"{origin}: left out, because briefing wrote it itself")


@dataclass(frozen=True)
class Document:
    """One opened source.

    `origin` names it in messages; `name` is the file name or URL path whose suffix tells the kind;
    `url`, `media_type`, `charset` and `language` are what an HTTP server said.
    """

    origin: str
    stream: io.BufferedReader
    name: str = ""
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    language: str | None = None
    max_bytes: int = field(default=IngestOptions.max_bytes, kw_only=True)
    max_characters: int = field(default=IngestOptions.max_characters, kw_only=True)

    @property
    def suffix(self) -> str:
        """The file name's ending in lower case, with its dot; "" where there is none."""
        return PurePosixPath(self.name).suffix.lower()

    def head(self) -> bytes:
        """The first 64 KiB, left in the stream."""
        return self.stream.peek(HEAD)

    def read(self) -> bytes:
        """The whole content.

        Raises SourceError where it is empty or longer than `max_bytes`.
        """
        data = self.stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise too_large(self.max_bytes)
        if not data.strip():
            raise nothing_in_it()
        return data

    def bounded(self, text: str) -> str:
        """The text, where it is no longer than an article may be.

        Raises SourceError where it is.  Parsers ask before they set out on what would take them minutes.
        """
        if len(text) > self.max_characters:
            raise too_long(len(text), self.max_characters)
        return text

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """(number from 1, line with its ending); None for a line longer than `max_bytes`."""
        number = 0
        while line := self.stream.readline(self.max_bytes + 1):
            number += 1
            if len(line) <= self.max_bytes:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(HEAD)
            yield number, None


def open_bytes(data: bytes) -> io.BufferedReader:
    """A stream over bytes that are already here."""
    return io.BufferedReader(_Rejoined(data, io.BytesIO()), HEAD)


def open_pipe(stream: BinaryIO) -> io.BufferedReader:
    """A stream whose head can be looked at whole, over one that hands out what it has (a pipe)."""
    return io.BufferedReader(_Rejoined(stream.read(HEAD), stream), HEAD)


class _Rejoined(io.RawIOBase):
    """Bytes already taken from a stream, followed by what is left in it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        taken = self._head[: len(target)]
        self._head = self._head[len(taken) :]
        if not taken:
            taken = memoryview(self._rest.read(len(target)))
        target[: len(taken)] = taken
        return len(taken)


def nothing_in_it() -> SourceError:
    """The error for an empty document."""
    return SourceError("there is nothing in it", "Save it again, or leave it out.")


def too_long(length: int, limit: int) -> SourceError:
    """The error for an article of more than `limit` characters."""
    return SourceError(f"its text has {length:,} characters, more than {limit:,}", "Split it into articles.")


def too_large(limit: int) -> SourceError:
    """The error for a document longer than `limit` bytes."""
    return SourceError(
        f"it is larger than {limit / MEGABYTE:g} MB, too large for one document",
        "Split it into articles, or give them as JSON lines (.jsonl), which are read line by line.",
    )


def make_article(
    origin: str,
    text: str,
    *,
    title: str | None = None,
    date: dt.date | None = None,
    published: dt.datetime | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Article:
    """An article without an id of its own: it gets the one that its text makes."""
    return Article(
        id=text_id(text),
        text=text,
        title=title or None,
        date=date,
        published=published,
        source=source or None,
        url=url or None,
        language=language or None,
        origin=origin,
    )


def text_id(text: str) -> str:
    """The first 12 hex digits of the sha256 of the UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH]
