"""The title of an article as a heading: without the newsroom's marks, and only where it tells the news."""

from __future__ import annotations

import re
from functools import cache

from briefing.reading.data import load_zone_words
from briefing.types.claims import Span

_FEWEST_WORDS = 3


def headline(title: str) -> Span | None:
    """Where the heading stands in the title; None where it is a mark, a keyword or a piece of a longer one.

    "5th LD Writethru: Plane crashes in Oslo" is the heading "Plane crashes in Oslo", and "Readout of Minister
    Lund's Call with King Ako" is "Minister Lund's Call with King Ako".
    """
    start, end = _unmarked(title)
    # What is cut from a longer title, or a keyword, begins small: "next year", "awards".  Behind a mark a
    # newsroom writes on in small letters, and it is whole.
    cut_off = not title[:start].strip() and title[start : start + 1].islower()
    if cut_off or len(title[start:end].split()) < _FEWEST_WORDS:
        return None
    return start, end


def is_mark(title: str) -> bool:
    """Whether a title is nothing but what the newsroom says of the story: "ATTENTION - ADDS quotes ///"."""
    start, end = _unmarked(title)
    return start >= end and bool(title.strip())


def _unmarked(title: str) -> Span:
    before, after, _ = _patterns()
    start, end = len(title) - len(title.lstrip()), len(title.rstrip())
    while start < end and (found := before.match(title, start, end)) is not None:
        start = found.end()
    while start < end and (found := after.search(title, start, end)) is not None:
        end = found.start()
    return start, end


def names_document(title: str) -> bool:
    """Whether a title names a document ("Readout of …", "Joint statement") and not what it says."""
    return _patterns()[2].match(title.strip()) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load_zone_words()
    before = "|".join(words.slugs)
    after = "|".join(words.slugs_after)
    return (
        re.compile(rf"(?:{before})[\s:;,\u2013\u2014-]*", re.IGNORECASE),
        re.compile(rf"(?:{after})\s*$", re.IGNORECASE),
        re.compile(rf"\W*(?:{'|'.join(words.documents)})", re.IGNORECASE),
    )
