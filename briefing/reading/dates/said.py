"""What the parts of a phrase of time say: its numbers, months, weekdays and years."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from briefing.reading.dates import days
from briefing.reading.dates.days import Days, Unit
from briefing.reading.dates.phrases import any_of, words
from briefing.types import Precision

# Where a phrase points that can do both: "open" is rather behind, but may be ahead where that is much nearer.
Direction = Literal["ahead", "behind", "open"]
# A time as far as it is known: its days, or only how fine it is; None where the phrase is no time.
Known = Days | Precision | None

SOON = 90  # days: with a verb that does not look ahead, "in May" is rather last May than one in half a year
FAR = 300  # days: what would lie ahead by more was rather just now
_THIS_CENTURY = 69  # two digits from here on are of the last century, as POSIX has it


@dataclass(frozen=True)
class Near:
    """What a phrase is resolved against: `another` is the time that the text told last."""

    published: dt.date | None
    points: Direction
    another: Days | None = None

    @property
    def forward(self) -> bool:
        """Whether what can lie on either side lies ahead."""
        return self.points == "ahead"


def number(said: str) -> int | None:
    """The number that digits or words say: "12", "twelve", "twenty-five"; None where it is none."""
    said = said.lower()
    if said.isdigit():
        return int(said)
    parts = [words().numbers.get(part) for part in re.split(r"[\s-]+", said)]
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None


def group(match: re.Match[str], name: str) -> str:
    """What a group matched, folded; "" where the pattern has no such group or it matched nothing."""
    return " ".join((match.groupdict().get(name) or "").lower().split())


def unit_of(match: re.Match[str]) -> tuple[int, Unit]:
    """How many of which unit a phrase counts in: a fortnight is two weeks."""
    return words().units[group(match, "unit")]


def precision_of(unit: str) -> Precision:
    """How fine a time is that is told in a unit."""
    base = words().units[unit][1] if unit in words().units else "week" if unit == "weekend" else "day"
    return "day" if base == "hour" else base


def month_of(match: re.Match[str], n: str = "") -> int:
    """The number of the month that is named."""
    said = group(match, f"month{n}").rstrip(".")
    return next(i for i, names in enumerate(words().months, 1) if said in names)


def weekday_of(match: re.Match[str]) -> int:
    """The weekday that is named, Monday being 0."""
    said = group(match, "weekday").rstrip(".")
    return next(i for i, names in enumerate(words().weekdays) if said in names)


def ordinal(said: str) -> int:
    """The number of "13th", "thirteenth" or "3"."""
    listed = words().ordinals
    return listed.index(said) + 1 if said in listed else int(re.sub(r"\D", "", said))


def year_of(match: re.Match[str], near: Near, n: str = "") -> int | None:
    """The year that the phrase itself names: "1998", "'98", "nineteen ninety-eight", "last year"."""
    which = group(match, f"which_year{n}")
    if which and near.published is not None:
        return near.published.year + words().steps.get(which, 0)
    said = group(match, f"year{n}").lstrip("'’")
    return year_said(said) if said else None


def year_said(said: str) -> int | None:
    """The year that digits or words say: "1998", "98", "nineteen ninety-eight"."""
    if said.isdigit():
        return int(said) if len(said) > 2 else int(said) + (1900 if int(said) >= _THIS_CENTURY else 2000)
    first, _, rest = said.partition(" ")
    if first == "two":  # thousand, and so many
        return 2000 + (number(rest.removeprefix("thousand").removeprefix(" and").strip()) or 0)
    century, tail = number(first), number(rest)
    return None if century is None or tail is None else 100 * century + tail


def is_no_month(match: re.Match[str]) -> bool:
    """Whether the word is a verb, or a name: "and may", "they march", "of May", "June Smith", "and Jan"."""
    said = match["month"]
    lower = said.lower()
    led = match.group()[: match.group().index(said)].strip()
    if said in words().verbs:
        return not led or led.lower() == "this"
    dated = group(match, "day") or group(match, "year") or group(match, "which_year")
    before = match.string[max(0, match.start() - 12) : match.start()]
    if dated or led or re.search(rf"(?:{any_of(full_months())})\s+(?:to|and|or|through)\s+$", before, re.I):
        return False
    if lower in words().ambiguous_months or lower not in full_months() or not said[0].isupper():
        return True
    # "Judge October Smith": a name goes on with a capital; "for September" is a month whatever follows.
    word = re.search(r"(\w+)\s+$", before)
    if word is not None and word[1].lower() in words().before_months:
        return False
    return re.match(r"\s[A-Z]", match.string[match.end() : match.end() + 2]) is not None


def full_months() -> set[str]:
    """The names of the months, not shortened."""
    return {names[0] for names in words().months}


def nearest(
    month: int, day: int, published: dt.date, *, forward: bool, weekday: int | None = None
) -> dt.date:
    """The year-less day that is nearest to publication; only a forward one may be far ahead."""
    listed = [
        dt.date(year, month, day)
        for year in (published.year - 1, published.year, published.year + 1)
        if (month, day) != (2, 29) or _is_leap(year)
    ]
    # "Friday, 8 June" is of a year in which the 8th is a Friday.
    listed = [one for one in listed if one.weekday() == weekday] or listed
    if not listed:
        raise ValueError("no such day near publication")
    ahead = [one for one in listed if one >= published]
    if forward and ahead and (ahead[0] - published).days <= FAR:
        return ahead[0]
    near = [one for one in listed if forward or (one - published).days <= SOON] or listed
    return min(near, key=lambda one: abs((one - published).days))


def _is_leap(year: int) -> bool:
    return days.months(year, 2).last.day == 29
