"""What an article says: zones of its text, claims, and who says what.

Offsets count code points of the article's text, end exclusive.  All of it is plain frozen data that goes into
JSON as it is; no word of the parser's is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.types.slots import When

Span = tuple[int, int]
ZoneKind = Literal[
    "body", "heading", "dateline", "byline", "caption", "credit", "link", "promotion", "notice"
]


@dataclass(frozen=True)
class Zone:
    """A stretch of the text and what it is; the zones of a text cover it without overlap."""

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True)
class Attribution:
    """What somebody is said to say, think, order or write: who, the words that tell it, and what.

    Each part is spans as written, in order of the text: a pronoun is its own source, a quotation may be in
    several pieces and run over several sentences.  `source` and `cue` may be empty, `content` is not.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Time:
    """A phrase of time; `future` says whether it lies after the article, None if that is open."""

    start: int
    end: int
    when: When
    future: bool | None
