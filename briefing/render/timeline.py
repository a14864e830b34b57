"""The coming dates as a picture: a strip of days from today on, and behind it months that lie further off.

Here is where things stand, in hundredths of the width, so that the strip fits a phone and a sheet of paper
alike; what they look like is the template's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.types import Event

_DAYS = 14
_FEWEST_DAYS = 7
# Months behind the days; what is later than these stands in the last column.
_MONTHS = 4
# A column of a month is so many times as wide as one of a day.
_MONTH_WIDTH = 2


@dataclass(frozen=True)
class Column:
    """A day ("Tu" over "28"), a month ("Jun" over "2007"), or "Later"; `month` is named where one begins."""

    x: float
    width: float
    above: str
    below: str
    month: str = ""
    weekend: bool = False

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Mark:
    """The event of a story: on one day, or `spread` over those on which it may be, and `on` behind the last.

    `lane` counts from the axis down.
    """

    x: float
    width: float
    lane: int
    story: int
    text: str
    spread: bool
    on: bool

    @property
    def middle(self) -> float:
        """Where its number is centred."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Timeline:
    """The whole strip; `days` is how wide the part of the days is."""

    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    days: float

    @property
    def lanes(self) -> int:
        """How many lanes of marks there are."""
        return 1 + max(mark.lane for mark in self.marks)


def timeline_of(events: Sequence[Event], today: dt.date, numbers: Mapping[str, int]) -> Timeline | None:
    """The strip of the events that have a date; None where they are on fewer than two."""
    spans = [
        (event, max(event.when.date, today), max(event.when.end or event.when.date, today))
        for event in events
        if event.when is not None and event.when.date is not None
    ]
    if len({(first, last) for _, first, last in spans}) < 2:
        return None
    near = [(first - today).days for _, first, _ in spans if (first - today).days < _DAYS]
    days = max(_FEWEST_DAYS, *(n + 1 for n in near), 0)
    months = sorted({_month(first) for _, first, _ in spans if (first - today).days >= days})
    apart = months[:_MONTHS]
    columns = _columns(today, days, apart, more=len(months) > _MONTHS)

    def place(first: dt.date, last: dt.date) -> tuple[int, int, bool]:
        start, end = (first - today).days, (last - today).days
        if start < days:
            return start, min(end, days - 1), end >= days
        at = days + min(months.index(_month(first)), _MONTHS - 1)
        return at, at, False

    found: dict[tuple[int, int, int, bool], list[str]] = {}
    for event, first, last in spans:
        start, end, on = place(first, last)
        # Whatever is on one day stands next to the axis, what may be on several below it.
        found.setdefault((end - start, start, numbers[event.story], on), []).append(event.text)
    taken: list[set[int]] = []
    marks = []
    for (length, start, story, on), texts in sorted(found.items()):
        over = set(range(start, start + length + 1))
        lane = next((n for n, used in enumerate(taken) if not used & over), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= over
        x, behind = columns[start].x, columns[start + length]
        width = round(behind.x + behind.width - x, 2)
        marks.append(Mark(x, width, lane, story, " ".join(texts), on or length > 0, on))
    last_day = columns[days - 1]
    return Timeline(columns, tuple(marks), round(last_day.x + last_day.width, 2))


def _columns(
    today: dt.date, days: int, months: Sequence[tuple[int, int]], *, more: bool
) -> tuple[Column, ...]:
    unit = 100 / (days + _MONTH_WIDTH * len(months))
    columns = []
    for n in range(days):
        day = today + dt.timedelta(n)
        month = f"{day:%B}" if n == 0 or day.day == 1 else ""
        columns.append(
            Column(
                round(n * unit, 2), round(unit, 2), f"{day:%a}"[:2], str(day.day), month, day.weekday() >= 5
            )
        )
    for n, (year, month_number) in enumerate(months):
        x = (days + _MONTH_WIDTH * n) * unit
        above, below = f"{dt.date(year, month_number, 1):%b}", str(year)
        if more and n == len(months) - 1:
            above, below = "Later", ""
        columns.append(Column(round(x, 2), round(_MONTH_WIDTH * unit, 2), above, below))
    return tuple(columns)


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month
