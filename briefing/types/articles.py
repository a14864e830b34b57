"""What is read: articles, what failed, and the passages that everything printed points into."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Article:
    """One news article or official readout, as read.

    `text` is never changed after ingest: everything printed later points into it.  `date` is the day
    of publication, `published` the moment where the input gives one (always with a time zone).
    `origin` says where it was read ("today/a.eml", "feed.xml entry 3", "-:12"), for messages.  `sha256`
    is the hex digest of the UTF-8 text; it is given only where the text is not at hand, `text` being "" then.
    """

    id: str
    text: str
    title: str | None = None
    date: dt.date | None = None
    published: dt.datetime | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    origin: str = "-"
    sha256: str = ""

    def __post_init__(self) -> None:
        if self.text or not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)


@dataclass(frozen=True)
class Evidence:
    """A verbatim quotation: `quote == text[start:end]` of the article's text, or of its title."""

    start: int
    end: int
    quote: str
    field: Literal["text", "title"] = "text"
    article: str | None = None


@dataclass(frozen=True)
class Failure:
    """A source, line or recipient that failed, while the rest of the run went on."""

    source: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Intake:
    """What the sources gave.

    `articles` is in input order, duplicates included; `duplicates` maps the index of an article to
    the index of the earlier one that has the same text.
    """

    articles: tuple[Article, ...] = ()
    duplicates: Mapping[int, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """The days that a brief covers, both included; None leaves an end open."""

    start: dt.date | None = None
    end: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
