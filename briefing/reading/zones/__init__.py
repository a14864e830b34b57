"""What of a text is body, and what stands around it: datelines, credits, captions, links, boxes, notices.

The unit is the sentence, so that text without line breaks is read as well.  In this order, and what is marked
first stays so:

1. what the text opens with: its title again, labels ("URGENT"), who wrote it, when it was updated, dateline;
2. a sentence or line that fits a pattern of furniture (../furniture.py) as a whole, or opens with a pointer;
3. datelines further below, of items that follow each other;
4. credits in brackets at the edge of a sentence;
5. what goes on from a marked sentence: the rest of a box, the links of a list, all after "Sources";
6. from the end: sign-offs, the box of the author;
7. headings: short lines without a full stop before a paragraph.

Where no word is left, headings are the body: a note of two lines is news.  Body that is called furniture is
lost to every stage, so what is not plain stays body.

sheet.py holds the text and what is marked on it; opening.py does steps 1 and 3, whole.py 2 and 4, ends.py 5
and 6, headings.py 7.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from briefing.reading.data import ZoneWords, load_zone_words
from briefing.reading.dateline import DatelineFinder, Opening
from briefing.reading.furniture import Furniture
from briefing.reading.zones.ends import mark_end, mark_what_goes_on
from briefing.reading.zones.headings import mark_headings
from briefing.reading.zones.opening import OpeningMarker
from briefing.reading.zones.sheet import WORDS, Sheet
from briefing.reading.zones.whole import mark_brackets, mark_whole
from briefing.sentences import split_sentences
from briefing.types import Article, Span, Zone

# Texts whose zones are kept, because several stages ask for them.
_KEPT = 64
# A dateline further below is that of an item.
_DATELINE_IN = 1500


@lru_cache(maxsize=_KEPT)
def find_zones(text: str, title: str | None = None, source: str | None = None) -> tuple[Zone, ...]:
    """The zones of a text, which cover it without overlap, by the words that ship."""
    return _finder().find(text, title, source)


def body_of(article: Article) -> list[Span]:
    """Where the sentences of an article's body stand, in order, by the words that ship."""
    return body_sentences(article.text, find_zones(article.text, article.title, article.source))


def dateline_of(article: Article) -> Opening | None:
    """The dateline of an article, by the words that ship."""
    zones = find_zones(article.text, article.title, article.source)
    return _finder().dateline(article.text, zones)


def body_sentences(text: str, zones: Sequence[Zone]) -> list[Span]:
    """Where the sentences of the body stand: those of the text, without what of them is no body."""
    ends = [zone.end for zone in zones]
    found = []
    for start, end in split_sentences(text):
        for zone in zones[bisect_right(ends, start) :]:
            if zone.start >= end:
                break
            if zone.kind == "body":
                span = _stripped(text, max(start, zone.start), min(end, zone.end))
                if WORDS.search(text, *span):
                    found.append(span)
    return found


@cache
def _finder() -> ZoneFinder:
    return ZoneFinder(load_zone_words())


class ZoneFinder:
    """Finds the zones of texts."""

    def __init__(self, words: ZoneWords) -> None:
        self._furniture = Furniture(words)
        self._datelines = DatelineFinder(words)
        self._opening = OpeningMarker(self._furniture, self._datelines)

    def find(self, text: str, title: str | None, source: str | None) -> tuple[Zone, ...]:
        """The zones of a text, which cover it without overlap."""
        sheet = Sheet(text, title, source)
        self._opening.mark(sheet)
        mark_whole(sheet, self._furniture)
        self._opening.mark_items(sheet)
        mark_brackets(sheet, self._furniture)
        mark_what_goes_on(sheet, self._furniture)
        mark_end(sheet, self._furniture)
        mark_headings(sheet)
        if not any(WORDS.search(text, zone.start, zone.end) for zone in sheet.gaps()):
            sheet.marks = [mark for mark in sheet.marks if mark.kind != "heading"]
        return tuple(_joined(sorted((*sheet.marks, *sheet.gaps()), key=lambda zone: zone.start), text))

    def dateline(self, text: str, zones: Sequence[Zone]) -> Opening | None:
        """The dateline of the text as a whole, in its parts: the one behind which the report begins."""
        found = None
        for zone in zones:
            if zone.kind == "dateline" and zone.start < _DATELINE_IN:
                at = zone.start
                while at < zone.end and (one := self._datelines.at(text, at, first=True)) is not None:
                    found, at = one, one.end
            elif zone.kind == "body":
                break
        return found


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(zones: Sequence[Zone], text: str) -> Iterator[Zone]:
    """The zones with the space between them given to the one before, and neighbours of a kind as one."""
    made: list[Zone] = []
    lead = 0
    for zone in zones:
        blank = zone.kind == "body" and not text[zone.start : zone.end].strip()
        if not made:
            if blank:
                continue
            made.append(Zone(lead, zone.end, zone.kind))
        elif blank or zone.kind == made[-1].kind:
            made[-1] = Zone(made[-1].start, zone.end, made[-1].kind)
        else:
            made.append(zone)
    if not made and text:
        made.append(Zone(0, len(text), "body"))
    yield from made
