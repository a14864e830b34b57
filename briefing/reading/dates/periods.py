"""Phrases that stand for a week, a month, a year or the like, and those that are told from another time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from briefing.reading.dates import days
from briefing.reading.dates.days import Days
from briefing.reading.dates.phrases import any_of, words
from briefing.reading.dates.said import (
    Known,
    Near,
    group,
    is_no_month,
    month_of,
    nearest,
    number,
    ordinal,
    precision_of,
    unit_of,
    weekday_of,
    year_of,
    year_said,
)

_REACH = 70  # characters before "in two weeks" that may make it a span looked back on
_NEW_WEEK = 2  # until Wednesday "the weekend" and "this weekend", of what was, is the last one


def of_period(match: re.Match[str], near: Near) -> Known:
    """Such as "next week", "by the end of the month"."""
    unit, which = group(match, "unit"), group(match, "which")
    step = words().steps.get(which, 0)
    if unit == "day" and match.group().lower().startswith("at"):
        return None  # "at the end of the day": after all
    # "The last year" is the length of one; so is "the next year", and both have no first day.
    if near.published is None or (group(match, "the") and which in {"last", "past", "next"}):
        return precision_of(unit)
    if which in {"past", "this past"} and unit != "weekend":
        return precision_of(unit)
    if which == "this coming":
        step = 0 if unit == "weekend" else 1
    if which == "this" and unit == "week" and near.forward and near.published.weekday() == days.SUNDAY:
        step = 1  # what will be "this week", said on a Sunday, is in the week that begins
    if which == "this" and unit == "weekend":
        return of_weekend(match, near)
    return days.period(near.published, unit, step)


def of_weekend(match: re.Match[str], near: Near) -> Known:
    """Such as "at the weekend"."""
    if near.published is None:
        return "week"
    over = not near.forward and near.published.weekday() <= _NEW_WEEK
    return days.period(near.published, "weekend", -1 if over else 0)


def of_twice(match: re.Match[str], near: Near) -> Known:
    """Such as "the year before last", "the week after next"."""
    if near.published is None:
        return precision_of(group(match, "unit"))
    step = -2 if group(match, "way").startswith("before") else 2
    return days.period(near.published, group(match, "unit"), step)


def of_year_end(match: re.Match[str], near: Near) -> Known:
    """Such as "by year-end"."""
    if near.published is None:
        return "month"
    gone = not near.forward and near.published.month <= 6
    return days.months(near.published.year - gone, 12)


def of_quarter(match: re.Match[str], near: Near) -> Known:
    """Such as "the third quarter", "the second half of 2026"."""
    half = group(match, "half")
    nth = ordinal(half or group(match, "nth") or group(match, "quarter"))
    first, length = (6 * nth - 5, 6) if half else (3 * nth - 2, 3)
    year = year_of(match, near)
    if year is None and near.published is None:
        return "month"
    if year is not None:
        return days.months(year, first, length)
    return _where_the_verb_points(lambda year: days.months(year, first, length), near)


def of_season(match: re.Match[str], near: Near) -> Known:
    """Such as "last spring", "this autumn", "summer 2026"."""
    month, year, which = words().seasons[group(match, "season")], year_of(match, near), group(match, "which")
    if year is not None:
        return days.season(year, month)
    if near.published is None:
        return "month"
    published, step = near.published, words().steps.get(which, 0)
    listed = [days.season(year, month) for year in range(published.year - 2, published.year + 3)]
    if step < 0:
        return max((one for one in listed if one.last < published), key=lambda one: one.first)
    if step > 0:
        return min((one for one in listed if one.first > published), key=lambda one: one.first)
    if which and month != max(words().seasons.values()):
        return days.season(published.year, month)
    return _where_the_verb_points(lambda year: days.season(year, month), near)


def _where_the_verb_points(of_year: Callable[[int], Days], near: Near) -> Days:
    """Of what comes once a year: the one that is now, else the next or the last one."""
    assert near.published is not None  # noqa: S101  (the callers have seen to it)
    listed = [of_year(year) for year in range(near.published.year - 2, near.published.year + 3)]
    if near.forward:
        return next(one for one in listed if one.last >= near.published)
    return [one for one in listed if one.first <= near.published][-1]


def of_open(match: re.Match[str], near: Near) -> Known:
    """Such as "in the coming weeks"."""
    unit = group(match, "unit")
    return precision_of(unit) if unit else "day"


def of_ahead(match: re.Match[str], near: Near) -> Known:
    """Such as "in two weeks", "in 15 years"."""
    time = group(match, "time")
    if not time and (not near.forward or _is_looked_back_on(match)):
        return None  # "fell by half in two years": a length of time
    count = number(group(match, "count")) if group(match, "count") else None
    size, unit = unit_of(match)
    if count is None or near.published is None or " half" in match.group():
        return precision_of(unit)
    return days.ahead(near.published, count * size, unit) or "day"


def _is_looked_back_on(match: re.Match[str]) -> bool:
    """Whether it is the span of a count or a record: "the second crash in four months"."""
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    said = [word.lower() for word in re.findall(r"[\w’'-]+", before)][-6:]
    for n in range(len(said) - 1, -1, -1):
        if said[n] in words().verbs_to_come:
            return False
        ranked = said[n] in words().ranks or said[n] in words().ordinals
        if ranked or re.fullmatch(r"\d+(?:st|nd|rd|th)", said[n]):
            return True
    return False


def of_ago(match: re.Match[str], near: Near) -> Known:
    """Such as "two years ago", "the year-ago quarter"."""
    count = number(group(match, "count")) if group(match, "count") else None
    size, unit = unit_of(match)
    whole = match.group().lower()
    if count is None and "-" in whole and not group(match, "vague"):
        count = 1  # "the year-ago quarter"
    if count is None or near.published is None:
        return precision_of(unit)
    if re.search(r"and\s+a\s+half", whole):
        if unit != "year":
            return precision_of(unit)
        size, unit, count = 1, "month", 12 * count * size + 6
        return days.years(days.period(near.published, unit, -count).first.year)
    return days.ahead(near.published, -count * size, unit) or "day"


def of_nth(match: re.Match[str], near: Near) -> Known:
    """Such as "the first Monday of May", "the last week of next month"."""
    if group(match, "month"):
        month = of_month(match, near)
    elif near.published is None:
        month = "month"
    else:
        month = days.period(near.published, "month", words().steps.get(group(match, "which"), 0))
    if not isinstance(month, Days):
        return month and ("day" if group(match, "weekday") else "week")
    nth = -1 if group(match, "nth") == "last" else ordinal(group(match, "nth"))
    if group(match, "weekday"):
        return days.one(days.nth_weekday(month.first.year, month.first.month, weekday_of(match), nth))
    if nth == -1:
        return Days(month.last - dt.timedelta(6), month.last, "week")
    first = month.first + dt.timedelta(7 * (nth - 1))
    return Days(first, min(first + dt.timedelta(6), month.last), "week")


# Months and years.


def of_month(match: re.Match[str], near: Near) -> Known:
    """Such as "in June", "last June", "June 2026"."""
    if is_no_month(match):
        return None
    month, which, year = month_of(match), group(match, "which"), year_of(match, near)
    if year is not None:
        return days.months(year, month)
    if near.published is None:
        return "month"
    published = near.published
    if which == "last":
        return days.months(published.year - (month >= published.month), month)
    if which == "next":
        return days.months(published.year + (month <= published.month), month)
    if which == "this":
        return days.months(published.year, month)
    if near.points == "behind":
        return days.months(published.year - (month > published.month), month)
    forward = near.forward and month != published.month
    return days.months(nearest(month, 1, published, forward=forward).year, month)


def of_years_range(match: re.Match[str], near: Near) -> Known:
    """Such as "1996-97"."""
    first, to = int(match["year"]), match["to"]
    last = int(to) if len(to) > 2 else first // 100 * 100 + int(to)
    return Days(dt.date(first, 1, 1), dt.date(last, 12, 31), "year") if first < last else None


def of_year_alone(match: re.Match[str], near: Near) -> Known:
    """Such as "in 2026", "the 1998 vote"."""
    year = year_of(match, near)
    return days.years(year) if year is not None and _is_year(match) else None


def _is_year(match: re.Match[str]) -> bool:
    """Whether a number is a year by the words around it, and no count, hour or number of a resolution."""
    led = match.group() != match["year"]
    after = match.string[match.end() :][:24]
    if re.match(rf"\s+(?:(?i:{any_of(words().after_hours)})|[A-Z]{{1,3}}T)\b", after):
        return False
    if not match["year"].isdigit():
        return True
    # "2000 armed men"; "1998 votes".
    further = r"(?:[A-Za-z-]+\s+)?" if match["year"].endswith("00") else ""
    counted = re.match(rf"\s+{further}(?:[a-z]+s|{any_of(words().plurals)})\b", after) is not None
    before = match.string[max(0, match.start() - 24) : match.start()]
    if led:
        return not (counted and match["year"].endswith("00"))
    if re.search(r"\($", before):
        return after.startswith(")")
    if re.search(r"\b(?:1[5-9]|20)\d\d(?:,|\s+(?:and|or|to|through|until))\s+$", before):
        return not counted  # "in 1990 and 1991"
    word = re.search(r"([\w’']+)\s+$", before)
    if word is None:
        return False
    led_by = word[1].lower()
    owned = led_by.endswith(("'s", "’s", "s'", "s’"))
    if owned or led_by in words().determiners:
        return not (counted and match["year"].endswith("00"))
    # "The failed 1996 campaign", but "Agenda 2030", "resolution 1701", "1,200 or 1998 men".
    common = word[1].islower() or led_by in words().before_months
    return common and led_by not in words().numbered and not counted


def of_decade(match: re.Match[str], near: Near) -> Known:
    """Such as "the 1990s", "the eighties"."""
    said = group(match, "decade").lstrip("'’")
    if said.isdigit():
        year = year_said(said)
        return days.years(year, 10) if year is not None else None
    tens = words().decades[said]
    if near.published is None:
        return "year"
    century = near.published.year // 100 * 100
    return days.years(century + tens - (100 if century + tens > near.published.year else 0), 10)


# Times told from another.


def of_beside(match: re.Match[str], near: Near) -> Known:
    """Such as "the next day", "that year", "later the same week"."""
    unit = group(match, "unit")
    unit = unit if unit in words().units or unit == "weekend" else "day"
    step = words().steps_from.get(group(match, "which"), 0)
    return _stepped(near, unit, step)


def of_apart(match: re.Match[str], near: Near) -> Known:
    """Such as "two weeks later", "a year earlier", "the day before"."""
    said = group(match, "count")
    count = number(said) if said else None if group(match, "vague") else 1
    unit = group(match, "unit")
    if count is None:
        return precision_of(unit)
    back = group(match, "way") in {"earlier", "before"}
    if near.another is None and back and unit == "year" and near.published is not None:
        # "Down from a year earlier": what news compares with is the year before its own.
        return days.years(near.published.year - count)
    return _stepped(near, unit, -count if back else count)


def _stepped(near: Near, unit: str, step: int) -> Known:
    size, base = words().units.get(unit, (1, "week"))
    told = near.another
    if told is None or base == "hour" or days.ORDER.index(told.precision) > days.ORDER.index(base):
        return precision_of(unit)
    if unit == "weekend":
        return days.period(told.first, unit, step)
    return days.ahead(told.first, step * size, base)
