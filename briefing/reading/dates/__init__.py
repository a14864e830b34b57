"""Finds phrases of time and resolves them against the day of publication.

What a phrase does not settle stays open: "in the coming weeks" has a precision and no date, and without
a day of publication only dates that carry their year are resolved.  A length of time ("for two days") is no
time.  Seasons are those of the north.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefing.reading.dates import days
from briefing.reading.dates.days import Days
from briefing.reading.dates.phrases import (
    Phrase,
    by_themselves,
    cores_in,
    counted_from,
    counted_on,
    from_another,
    words,
)
from briefing.reading.dates.resolving import resolve
from briefing.reading.dates.said import Direction, Known, Near, group, number
from briefing.types import Time, When

# Which side of publication a phrase lies on by its own words.
Side = Literal["ahead", "behind"] | None
Forward = bool | Callable[[int, str], bool | Direction]

_LEAD = 48  # characters before a time in which it may say that another is counted from it
_EARLIER = 400  # characters of the sentences before, where "the next day" may find its day
_SINCE = re.compile(r"(?:since|earlier)\b", re.IGNORECASE)
_SINCE_BEFORE = re.compile(r"\b(?:since|last|earlier)\s+$", re.IGNORECASE)
# Kinds that have a direction of their own, and those from which a week or so can be counted.
_BEHIND = {"ago", "yesterday"}
_AHEAD = {"open", "ahead", "tomorrow"}
_BARE = {"weekday", "today", "tomorrow", "date"}


@dataclass(frozen=True)
class _Found:
    """A phrase of one kind that was found, and what it stands for."""

    start: int
    end: int
    kind: str
    match: re.Match[str]
    near: Near
    known: Known
    side: Side


def find_times(text: str, start: int, end: int, published: dt.date | None, *, forward: Forward) -> list[Time]:
    """The phrases of time in text[start:end], in order, without overlap.

    `forward` says which way a bare "Friday" or "June 8" points where both are possible: for all of them,
    or for the phrase that stands at an offset and is of a kind ("today", "weekday", ...).  Where it does not
    point forward, the nearer of the two counts, unless it is "behind" for certain.
    """
    found = _by_themselves(text, start, end, published, forward)
    told = _from_another(text, start, end, published, forward, found)
    found = _without_overlap([*found, *told], start, end)
    return [_time(one, text) for one in found]


def _by_themselves(
    text: str, start: int, end: int, published: dt.date | None, forward: Forward
) -> list[_Found]:
    """The times that need no other; one that is counted from a day ("the day after …") is one with it."""
    found: list[_Found] = []
    taken = _Taken(start, end)
    for phrase, match in _matches(by_themselves(), text, start, end):
        if not taken.overlaps(*match.span()):
            for one in _read(phrase.kind, match, published, forward, None):
                found.append(one)
                taken.add(one.start, one.end)
    return _without_overlap([_counted_or_not(one, text, start, end) for one in found], start, end)


def _from_another(
    text: str, start: int, end: int, published: dt.date | None, forward: Forward, found: list[_Found]
) -> Iterator[_Found]:
    """Such as "the next day", "two weeks later": what is told from the time that the text named last."""
    dated = [one for one in found if isinstance(one.known, Days)]
    ends = [one.end for one in dated]
    earlier: list[_Found] | None = None
    for phrase, match in _matches(from_another(), text, start, end):
        told, last = dated, bisect_right(ends, match.start())
        if not last:
            if earlier is None:
                ahead = _points(forward, match, phrase.kind) == "ahead"
                earlier = _by_themselves(text, max(0, start - _EARLIER), start, published, ahead)
            told, last = earlier, len(earlier)
        known = told[last - 1].known if last else None
        another = known if isinstance(known, Days) else None
        yield from _read(phrase.kind, match, published, forward, another)


def _matches(
    phrases: Iterable[Phrase], text: str, start: int, end: int
) -> Iterator[tuple[Phrase, re.Match[str]]]:
    """Each place where a phrase may stand; only those are looked for of which a core is there."""
    cores = cores_in(text[start:end])
    for phrase in phrases:
        if not phrase.cores.isdisjoint(cores):
            for match in phrase.pattern.finditer(text, start, end):
                yield phrase, match


def _read(
    kind: str, match: re.Match[str], published: dt.date | None, forward: Forward, another: Days | None
) -> Iterator[_Found]:
    before = match.string[max(0, match.start() - 12) : match.start()]
    side = "behind" if _SINCE_BEFORE.search(before) else _side(kind, match)
    near = Near(published, "behind" if side == "behind" else _points(forward, match, kind), another)
    known = resolve(kind, match, near)
    if known is not None:
        yield _Found(match.start(), match.end(), kind, match, near, known, side)


def _side(kind: str, match: re.Match[str]) -> Side:
    """On which side of publication a phrase lies by its own words: "last week", "the year after next"."""
    step = words().steps.get(group(match, "which"), 0)
    way = group(match, "way")
    if kind in _BEHIND or step < 0 or way == "before last" or _SINCE.match(match.group()):
        return "behind"
    later = match.group().lower().startswith("later")
    return "ahead" if kind in _AHEAD or step > 0 or way == "after next" or later else None


def _points(forward: Forward, match: re.Match[str], kind: str) -> Direction:
    said = forward if isinstance(forward, bool) else forward(match.start(), kind)
    return said if isinstance(said, str) else "ahead" if said else "open"


def _counted_or_not(one: _Found, text: str, start: int, end: int) -> _Found:
    try:
        return _counted(one, text, start, end)
    except (ValueError, OverflowError):  # what is counted lies beyond the calendar
        return one


def _counted(one: _Found, text: str, start: int, end: int) -> _Found:
    """The time that is counted from this one: "the day after tomorrow", "Thursday week"."""
    if not isinstance(one.known, Days):
        return one
    follows = counted_on().match(text, one.end, end) if one.kind in _BARE else None
    if follows is not None:
        return _moved(_forward(one), 1, follows["on"], one.start, follows.end())
    before = counted_from().search(text, max(start, one.start - _LEAD), one.start)
    if before is None:
        return one
    if before["of"]:
        week = one.known.precision == "day"
        return replace(one, start=before.start(), known=days.week(one.known.first)) if week else one
    if before["on"]:
        count = number(before["on_count"]) if before["on_count"] else None
        bare = one.kind in _BARE and one.near.forward and count is not None
        return _moved(one, count or 1, before["on"], before.start(), one.end) if bare else one
    return _told_by(one, before)


def _told_by(one: _Found, before: re.Match[str]) -> _Found:
    """The time that the words before it count from this one: "two days after", "a week from Friday"."""
    way, said = before["way"].lower(), before["count"]
    count = number(said) if said else 1
    if count is None or before["vague"] or (not said and (before["several"] or way in {"from", "ago"})):
        return one
    if way == "from":
        return _moved(_forward(one), count, before["unit"], before.start(), one.end)
    if way == "ago":
        here = one.kind in _BARE or (one.kind == "period" and one.match["which"].lower() == "this")
        return _moved(one, -count, before["unit"], before.start(), one.end) if here else one
    there = _moved(one, -count if way == "before" else count, before["unit"], before.start(), one.end)
    # "A year after 5 May" is some day of about then.
    unit = words().units[before["unit"].lower()][1]
    if unit in {"month", "year"} and isinstance(there.known, Days) and there is not one:
        return replace(there, known=days.period(there.known.first, unit, 0))
    return there


def _forward(one: _Found) -> _Found:
    """The same read as one that lies ahead."""
    near = replace(one.near, points="ahead")
    known = resolve(one.kind, one.match, near)
    return one if known is None else replace(one, near=near, known=known)


def _moved(one: _Found, count: int, unit: str, start: int, end: int) -> _Found:
    """The phrase at `start`..`end`, which is so many units on; as it was where that cannot be."""
    size, base = words().units[unit.lower()]
    known = days.moved(one.known, count * size, base) if isinstance(one.known, Days) else None
    return one if known is None else replace(one, start=start, end=end, known=known, side=None)


class _Taken:
    """The places of a text that phrases hold already; asking takes no longer the more there are."""

    def __init__(self, start: int, end: int) -> None:
        self._start = start
        self._places = bytearray(end - start)

    def overlaps(self, start: int, end: int) -> bool:
        return any(self._places[start - self._start : end - self._start])

    def add(self, start: int, end: int) -> None:
        self._places[start - self._start : end - self._start] = b"\1" * (end - start)


def _without_overlap(found: Iterable[_Found], start: int, end: int) -> list[_Found]:
    """In order of the text; of two that overlap the longer one."""
    taken = _Taken(start, end)
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not taken.overlaps(one.start, one.end):
            kept.append(one)
            taken.add(one.start, one.end)
    return sorted(kept, key=lambda one: one.start)


def _time(one: _Found, text: str) -> Time:
    phrase = text[one.start : one.end]
    if not isinstance(one.known, Days):
        future = None if one.side is None else one.side == "ahead"
        return Time(one.start, one.end, When(phrase, None, None, one.known), future)
    first, last = one.known.first, one.known.last
    when = When(phrase, first, last if last != first else None, one.known.precision)
    return Time(one.start, one.end, when, _future(one, one.known))


def _future(one: _Found, known: Days) -> bool | None:
    """Whether these days lie after publication; "today", and "in 2026" in 2026, lie where the verb says.

    Days that are named have begun with the first: "ordered to travel December 4-5", told on the 5th.
    """
    published = one.near.published
    if one.side == "behind":
        return False
    if published is None:
        return None
    first, last = known.first, known.last
    spans = (first < last and known.precision != "day") or one.kind == "period"
    within = spans and first <= published <= last
    here = within or one.kind == "today" or group(one.match, "which").startswith("this")
    return one.near.forward if here else first > published
