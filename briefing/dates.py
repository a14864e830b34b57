"""Finds phrases of time and resolves them against the day of publication.

What a phrase does not settle stays open: "in the coming weeks" has a precision and no date, and without
a day of publication only dates that carry their year are resolved.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from briefing.types import Precision, When

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_UNITS: dict[str, Precision] = {
    "hour": "day", "day": "day", "week": "week", "weekend": "week", "month": "month", "year": "year",
}  # fmt: skip

_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
_TO = r"\s*(?:-|–|to|and|through|until)\s*"
_COUNT = r"(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})"
_END_OF = r"(?:(?:by|at|before|until)\s+)?the\s+end\s+of"

# The first pattern that fits a place in the text wins, so the longer ones stand first.
_PATTERNS = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE))
    for kind, pattern in (
        (
            "range",
            rf"(?:from\s+|between\s+)?(?P<day>{_DAY}){_TO}(?P<to>{_DAY})\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        ),
        ("range", rf"(?:from\s+|between\s+)?{_MONTH}\s+(?P<day>{_DAY}){_TO}(?P<to>{_DAY})(?:,?\s+{_YEAR})?"),
        ("date", rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+(?P<day>{_DAY})(?:,?\s+{_YEAR})?(?!\d)"),
        ("date", rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
        ("iso", r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"),
        ("today", rf"(?:today|tonight|this\s+(?:morning|afternoon|evening))(?:\s*\({_WEEKDAY}\))?"),
        ("tomorrow", "tomorrow"),
        ("yesterday", "yesterday"),
        ("weekday", rf"(?P<which>next|last|this(?:\s+coming)?|coming)\s+{_WEEKDAY}{_PART}"),
        ("weekday", rf"{_WEEKDAY}{_PART}"),
        (
            "period",
            rf"(?:(?:early|late|later|earlier|mid|{_END_OF})[\s-]+)?"
            r"(?P<which>next|this\s+coming|this|last|the\s+coming)\s+(?P<unit>weekend|week|month|year)",
        ),
        (
            "open",
            r"(?:in|over|within|during)\s+(?:the\s+)?(?:coming|next|following)"
            r"(?:\s+(?:few|several|two|three|four|six))?\s+(?P<unit>hour|day|week|month|year)s",
        ),
        ("open", r"within\s+(?:hours|(?P<unit>day|week|month|year)s)"),
        ("ahead", rf"(?:in|within)\s+{_COUNT}\s+(?P<unit>day|week|month|year)s?(?:['’]s?\s+time)?"),
        (
            "month",
            rf"(?:in|by|until|before|since|during|early|late|mid|early\s+in|late\s+in|{_END_OF}|this|next|last)[\s-]+"
            rf"{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?",
        ),
        ("month", rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}"),
        ("year", rf"(?:in|by|until|before|after|since|early|late|mid|{_END_OF})[\s-]+{_YEAR}"),
    )
)
_SOON = 90  # days
_SUNDAY = 6
_BEHIND = re.compile(r"(?:last|since|earlier|yesterday)\b", re.IGNORECASE)
_BEHIND_BEFORE = re.compile(r"\b(?:since|last|until last|earlier)\s+$", re.IGNORECASE)
# "The first visit", "the worst storm", "for the fifth time": what follows is the span looked back on.
_SPAN_BEHIND = re.compile(
    r"\b(?:first|second|third|fourth|\w+th|\w+est|worst|best|most|only|times?)\b"
    r"(?:\s+(?!(?:will|would|is|are|begins?|starts?|opens?|resumes?|meets?|due|takes?)\b)[\w’'-]+){0,5}\s+$",
    re.IGNORECASE,
)
_SPAN_REACH = 70  # characters
_AHEAD = re.compile(r"\b(?:next|coming|upcoming|tomorrow|later\s+this|forthcoming)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Time:
    """A phrase of time at `start`..`end` of the text; `future` is None where that is not known."""

    start: int
    end: int
    when: When
    future: bool | None


def find_times(
    text: str, start: int, end: int, published: dt.date | None, *, forward: bool | Callable[[int, str], bool]
) -> list[Time]:
    """The phrases of time in text[start:end], in order, without overlap.

    `forward` says which way a bare "Friday" or "June 8" points where both are possible: for all of them,
    or for the phrase that stands at an offset and is of a kind ("today", "weekday", ...).
    """
    taken: list[tuple[int, int]] = []
    found = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < e and s < match.end() for s, e in taken):
                continue
            ahead = forward if isinstance(forward, bool) else forward(match.start(), kind)
            time = _time(kind, match, published, forward=ahead)
            if time is not None:
                taken.append(match.span())
                found.append(time)
    return sorted(found, key=lambda one: one.start)


def _time(kind: str, match: re.Match[str], published: dt.date | None, *, forward: bool) -> Time | None:
    phrase = match.group()
    behind = bool(_BEHIND.match(phrase) or _BEHIND_BEFORE.search(match.string[: match.start()][-12:]))
    if kind == "ahead" and _SPAN_BEHIND.search(match.string[: match.start()][-_SPAN_REACH:]):
        return None  # "the second crash in four months"
    if kind in {"date", "month"} and match["month"].lower() == "may" and match["month"] != "May":
        return None  # the verb
    try:
        first, last, precision = _resolve(kind, match, published, forward=forward and not behind)
    except (ValueError, OverflowError):  # 31 June; a day outside the calendar
        return None
    when = When(phrase, first, last if last != first else None, precision)
    future: bool | None = None
    if behind:
        future = False
    elif first is not None and published is not None:
        future = first > published
        if precision != "day" and first <= published <= (last or first):
            future = forward  # "in 2026", said in 2026
        if kind == "today" or re.match(r"this\b", phrase, re.IGNORECASE):
            future = forward
    elif _AHEAD.search(phrase) or kind == "ahead":
        future = True
    elif kind == "yesterday":
        future = False
    return Time(match.start(), match.end(), when, future)


def _resolve(
    kind: str, match: re.Match[str], published: dt.date | None, *, forward: bool
) -> tuple[dt.date | None, dt.date | None, Precision | None]:
    if kind in {"date", "range", "iso"}:
        return _calendar_days(kind, match, published, forward=forward)
    if kind == "month":
        return _month(match, published, forward=forward)
    if kind == "year":
        year = int(match["year"])
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
    if kind == "open":
        unit = match["unit"]
        return None, None, _UNITS[unit.lower()] if unit else "day"
    if published is None:
        unit = match.groupdict().get("unit")
        return None, None, _UNITS[unit.lower()] if unit else "day"
    if kind in {"today", "tomorrow", "yesterday"}:
        return published + dt.timedelta({"today": 0, "tomorrow": 1, "yesterday": -1}[kind]), None, "day"
    if kind == "weekday":
        return _weekday(match, published, forward=forward), None, "day"
    if kind == "ahead":
        return _ahead(match, published)
    return _period(match, published, forward=forward)


def _calendar_days(
    kind: str, match: re.Match[str], published: dt.date | None, *, forward: bool
) -> tuple[dt.date | None, dt.date | None, Precision]:
    if kind == "iso":
        return dt.date.fromisoformat(match["iso"]), None, "day"
    month = _MONTHS[match["month"].lower().rstrip(".")]
    day = int(re.sub(r"\D", "", match["day"]))
    year = match["year"]
    if year is None and published is None:
        dt.date(2000, month, day)  # raises where there is no such day
        return None, None, "day"
    first = dt.date(int(year), month, day) if year else _nearest(month, day, published, forward=forward)
    if kind == "range":
        last = dt.date(first.year, month, int(re.sub(r"\D", "", match["to"])))
        if last < first:
            raise ValueError("a range that ends before it begins")
        return first, last, "day"
    return first, None, "day"


def _nearest(month: int, day: int, published: dt.date | None, *, forward: bool) -> dt.date:
    """The year-less day that is nearest to publication; only a forward one may be far ahead."""
    assert published is not None  # noqa: S101  (the caller has seen to it)
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        if month == 2 and day == 29 and not calendar.isleap(year):
            continue
        days.append(dt.date(year, month, day))
    if not days:
        raise ValueError("no such day near publication")
    ahead = [one for one in days if one >= published]
    if forward and ahead and (ahead[0] - published).days <= 300:
        return ahead[0]
    # With a verb that does not look ahead, "in May" is rather last May than one in half a year.
    near = [one for one in days if forward or (one - published).days <= _SOON]
    return min(near, key=lambda one: abs((one - published).days))


def _month(
    match: re.Match[str], published: dt.date | None, *, forward: bool
) -> tuple[dt.date | None, dt.date | None, Precision]:
    month = _MONTHS[match["month"].lower().rstrip(".")]
    if match["year"]:
        year = int(match["year"])
    elif published is None:
        return None, None, "month"
    elif forward and re.match(r"next\b", match.group(), re.IGNORECASE):
        year = published.year + (month <= published.month)
    else:
        year = _nearest(month, 1, published, forward=forward and month != published.month).year
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month"


def _weekday(match: re.Match[str], published: dt.date, *, forward: bool) -> dt.date:
    day = _DAYS[match["weekday"].lower()]
    which = (match.groupdict().get("which") or "").lower().split()[:1]
    ahead = (day - published.weekday()) % 7
    if which in (["next"], ["coming"]):
        return published + dt.timedelta(ahead or 7)
    if which == ["this"] or (forward and not which):
        return published + dt.timedelta(ahead)
    back = (published.weekday() - day) % 7
    return published - dt.timedelta(back or (7 if which else 0))


def _ahead(match: re.Match[str], published: dt.date) -> tuple[dt.date, dt.date | None, Precision]:
    unit = match["unit"].lower()
    count = _NUMBERS.get(match["count"].lower()) or int(match["count"])
    if unit == "day":
        return published + dt.timedelta(count), None, "day"
    if unit == "week":
        monday = published + dt.timedelta(7 * count - published.weekday())
        return monday, monday + dt.timedelta(6), "week"
    months = published.month - 1 + (count if unit == "month" else 12 * count)
    return _span(published.year + months // 12, months % 12 + 1, "month" if unit == "month" else "year")


def _period(
    match: re.Match[str], published: dt.date, *, forward: bool
) -> tuple[dt.date, dt.date | None, Precision]:
    unit = match["unit"].lower()
    which = match["which"].lower()
    step = {"last": -1, "this": 0}.get(which, 1)
    if which == "this" and unit == "week" and forward and published.weekday() == _SUNDAY:
        # What will be "this week", said on a Sunday, is in the week that begins.
        step = 1
    if which == "this coming":
        step = 1 if unit != "weekend" else 0
    if unit in {"week", "weekend"}:
        monday = published + dt.timedelta(7 * step - published.weekday())
        first = monday + dt.timedelta(5) if unit == "weekend" else monday
        return first, monday + dt.timedelta(6), "week"
    months = published.month - 1 + (step if unit == "month" else 12 * step)
    return _span(published.year + months // 12, months % 12 + 1, "month" if unit == "month" else "year")


def _span(year: int, month: int, precision: Precision) -> tuple[dt.date, dt.date, Precision]:
    if precision == "year":
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month"
