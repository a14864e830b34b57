"""One text while its zones are found: its sentences and lines, and what is marked so far."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from briefing.sentences import split_sentences
from briefing.types import Span, Zone, ZoneKind

# What lies beyond is body: no article is as long, and a dump has no furniture that could be told.
_LOOKED_AT = 100_000  # characters
_LINES_LOOKED_AT = 4_000
# Share of the lines with a full stop; with fewer, lines are broken to a width or are a list.
_ENDED = 0.5

BREAKS = "\n\r\u2028\u2029"
ENDS = re.compile(r"[.!?…:;,][\s\"'”’»)\]*]*$")
WORDS = re.compile(r"\w+(?:['’.-]\w+)*")
_LINE_BREAK = re.compile(f"[{BREAKS}]")
_SIGNED = re.compile(r"(?<=[.!?”\")])[ \u00a0]{1,3}(?=[©•#]|[a-z]{1,4}/[a-z]{1,4}\b)")


@dataclass(frozen=True)
class Unit:
    """A sentence; `opens` and `closes` say whether it stands at the beginning and end of its line."""

    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def line(self) -> bool:
        """Whether it is a whole line."""
        return self.opens and self.closes


class Sheet:
    """A text with its sentences, on which zones are marked; what is marked first stays so."""

    def __init__(self, text: str, title: str | None, source: str | None) -> None:
        self.whole = text
        self.text = text = text[: _looked_at(text)]
        self.title = title or ""
        self.source = source or ""
        self.units = list(_units(text))
        self.several = sum(unit.opens for unit in self.units) > 1
        self.marks: list[Zone] = []

    def mark(self, start: int, end: int, kind: ZoneKind) -> None:
        """Marks what of text[start:end] is not marked yet."""
        for left, right in self.free(start, end):
            insort(self.marks, Zone(left, right, kind), key=lambda zone: zone.start)

    def free(self, start: int, end: int) -> Iterator[Span]:
        """What of text[start:end] is not marked yet."""
        at = start
        for mark in self.marks[max(0, bisect_left(self.marks, start, key=lambda zone: zone.start) - 1) :]:
            if mark.start >= end:
                break
            if mark.end <= at:
                continue
            if mark.start > at:
                yield at, mark.start
            at = mark.end
        if at < end:
            yield at, end

    def is_marked(self, unit: Unit) -> bool:
        """Whether no word of a sentence is left to mark."""
        return not any(WORDS.search(self.text, *span) for span in self.free(unit.start, unit.end))

    def kind_at(self, at: int) -> ZoneKind | None:
        """As what an offset is marked."""
        n = bisect_right(self.marks, at, key=lambda zone: zone.start) - 1
        return self.marks[n].kind if n >= 0 and at < self.marks[n].end else None

    def gaps(self) -> list[Zone]:
        """What is not marked: the body."""
        return [Zone(start, end, "body") for start, end in self.free(0, len(self.whole))]

    def said(self, unit: Unit) -> str:
        """The words of a sentence."""
        return self.text[unit.start : unit.end]

    def ended(self, unit: Unit) -> bool:
        """Whether a sentence ends in a full stop or the like."""
        return ENDS.search(self.text, max(unit.start, unit.end - 20), unit.end) is not None

    @cached_property
    def has_paragraphs(self) -> bool:
        """Whether lines are paragraphs, and not broken to a width or a list: then some are headings."""
        lines = [unit for unit in self.units if unit.closes and not self.is_marked(unit)]
        ended = sum(ENDS.search(self.text, unit.start, unit.end) is not None for unit in lines)
        return len(lines) > 1 and ended >= _ENDED * len(lines)


def end_of_line(text: str, at: int) -> int:
    """Where the line ends in which an offset lies."""
    match = _LINE_BREAK.search(text, at)
    return match.start() if match is not None else len(text)


def _looked_at(text: str) -> int:
    """How much of a text is looked at, in characters."""
    lines = islice(_LINE_BREAK.finditer(text, 0, _LOOKED_AT), _LINES_LOOKED_AT, None)
    further = next(lines, None)
    return further.start() if further is not None else min(len(text), _LOOKED_AT)


def _units(text: str) -> Iterator[Unit]:
    spans = list(_parted(text))
    # A line break lies between two sentences or it does not.
    breaks = [any(c in BREAKS for c in text[a:b]) for (_, a), (b, _) in pairwise(spans)]
    for n, (start, end) in enumerate(spans):
        yield Unit(start, end, n == 0 or breaks[n - 1], n == len(spans) - 1 or breaks[n])


def _parted(text: str) -> Iterator[Span]:
    """The sentences, parted from a sign or sign-off behind their full stop."""
    for start, end in split_sentences(text):
        at = start
        for cut in _SIGNED.finditer(text, start, end):
            yield at, cut.start()
            at = cut.end()
        yield at, end
