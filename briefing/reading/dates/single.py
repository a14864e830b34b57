"""Phrases that stand for a day, or days that are told one by one."""

from __future__ import annotations

import datetime as dt
import re

from briefing.reading.data import Holiday
from briefing.reading.dates import days
from briefing.reading.dates.days import Days
from briefing.reading.dates.phrases import any_of, words
from briefing.reading.dates.said import (
    FAR,
    SOON,
    Known,
    Near,
    group,
    is_no_month,
    month_of,
    nearest,
    ordinal,
    weekday_of,
    year_of,
    year_said,
)


def of_date(match: re.Match[str], near: Near) -> Known:
    """Such as "8 June", "Friday, June 8, 2026"."""
    if is_no_month(match):
        return None
    month, day = month_of(match), ordinal(group(match, "day"))
    year = year_of(match, near)
    if year is not None:
        return days.one(dt.date(year, month, day))
    dt.date(2000, month, day)  # raises where there is no such day
    if near.published is None:
        return "day"
    weekday = weekday_of(match) if group(match, "weekday") else None
    return days.one(nearest(month, day, near.published, forward=near.forward, weekday=weekday))


def of_range(match: re.Match[str], near: Near) -> Known:
    """Such as "27-28 May", "from 30 December to 2 January"."""
    if is_no_month(match):
        return None
    two = bool(group(match, "month2"))
    month, last_month = month_of(match), month_of(match, "2") if two else month_of(match)
    day, last_day = ordinal(group(match, "day")), ordinal(group(match, "day2"))
    joined = group(match, "to") == "and" and not match.group().lower().startswith("between")
    if joined and (two or last_day != day + 1):
        return None  # "on 3 and 10 May": two days
    last_year = year_of(match, near, "2") if two else None
    year = year_of(match, near) or last_year
    if year is None:
        if near.published is None:
            dt.date(2000, month, day), dt.date(2000, last_month, last_day)
            return "day"
        first = nearest(month, day, near.published, forward=near.forward)
    else:
        wraps = last_month < month and last_year is not None and not group(match, "year")
        first = dt.date(year - wraps, month, day)
    last = dt.date(last_year or first.year + (last_month < month), last_month, last_day)
    return Days(first, last, "day") if first <= last else None


def of_iso(match: re.Match[str], near: Near) -> Known:
    """Such as "2026-06-08", "2026-W24"."""
    said = match["iso"].replace("/", "-").upper()
    if "W" not in said:
        return days.one(dt.date.fromisoformat(said))
    week = dt.date.fromisoformat(said)
    return days.one(week) if said.count("-") > 1 else days.week(week)


def of_numeric(match: re.Match[str], near: Near) -> Known:
    """Such as "11/29/98" and "29.11.1998"; "11/12/98" is two days, one on each side of the Atlantic."""
    one, two, year = int(match["one"]), int(match["two"]), year_said(match["short_year"])
    if year is None:
        return None
    if match["mark"] == ".":  # "29.11.98" may be the number of a version
        return days.one(dt.date(year, two, one)) if len(match["short_year"]) > 2 else None
    if one > 12 or one == two:
        return days.one(dt.date(year, two, one))
    return days.one(dt.date(year, one, two)) if two > 12 else None


def of_day_of_month(match: re.Match[str], near: Near) -> Known:
    """Such as "on the 13th": the nearest one where the verb points."""
    day, which = ordinal(group(match, "nth")), group(match, "which")
    if not 1 <= day <= 31:
        return None
    if near.published is None:
        return "day"
    month = days.period(near.published, "month", 1 if which == "next" else 0).first
    if which:
        return days.one(month.replace(day=day))
    for step in (0, 1, 2) if near.forward else (0, -1, -2):
        there = days.months(month.year, month.month + step)
        if day <= there.last.day:
            found = there.first.replace(day=day)
            if found >= near.published if near.forward else found <= near.published:
                return days.one(found)
    return None


def of_today(match: re.Match[str], near: Near) -> Known:
    """Such as "today", "this morning"."""
    return days.one(near.published) if near.published else "day"


def of_tomorrow(match: re.Match[str], near: Near) -> Known:
    """Such as "tomorrow"."""
    return days.period(near.published, "day", 1) if near.published else "day"


def of_yesterday(match: re.Match[str], near: Near) -> Known:
    """Such as "yesterday", "last night"."""
    return days.period(near.published, "day", -1) if near.published else "day"


def _not_one(match: re.Match[str]) -> bool:
    """Whether the words before it make it no certain day: "every Friday", "on a Sunday", "Bloody Sunday"."""
    before = " ".join(match.string[max(0, match.start() - 16) : match.start()].lower().split())
    return any(before == one or before.endswith(f" {one}") for one in words().not_one)


def of_weekday(match: re.Match[str], near: Near) -> Known:
    """Such as "Friday", "next Friday"."""
    if _not_one(match):
        return None
    if near.published is None:
        return "day"
    day, which = weekday_of(match), group(match, "which")
    step = words().steps.get(which, 0)
    ahead = (day - near.published.weekday()) % 7
    if step > 0 and which != "this coming":
        return days.one(near.published + dt.timedelta(ahead or 7))
    if which in {"this", "this coming"} or (near.forward and not which):
        return days.one(near.published + dt.timedelta(ahead))
    back = (near.published.weekday() - day) % 7
    return days.one(near.published - dt.timedelta(back or (7 if which else 0)))


def of_day_of_week(match: re.Match[str], near: Near) -> Known:
    """Such as "Monday of next week"."""
    if near.published is None:
        return "day"
    week = days.period(near.published, "week", words().steps[group(match, "which")])
    return days.one(week.first + dt.timedelta(weekday_of(match)))


def of_holiday(match: re.Match[str], near: Near) -> Known:
    """Such as "Easter Monday", "last Christmas"."""
    after = match.string[match.end() : match.end() + 12]
    if _not_one(match) or re.match(rf"\s+(?:{any_of(words().after_holidays)})\b", after, re.IGNORECASE):
        return None
    holiday = words().holidays[group(match, "holiday").replace("’", "'")]
    year, which = year_of(match, near), group(match, "which")
    if year is not None:
        return days.one(_day_of(holiday, year))
    if near.published is None:
        return "day"
    published, step = near.published, words().steps.get(which, 0)
    listed = [_day_of(holiday, year) for year in range(published.year - 1, published.year + 2)]
    if which.startswith("this") or not which:
        ahead = [one for one in listed if one >= published]
        if near.forward and (ahead[0] - published).days <= FAR:
            return days.one(ahead[0])
        if which:
            return days.one(_day_of(holiday, published.year))
        listed = [one for one in listed if (one - published).days <= SOON]
        return days.one(min(listed, key=lambda one: abs((one - published).days)))
    if step < 0:
        return days.one(max(one for one in listed if one < published))
    return days.one(min(one for one in listed if one > published))


def _day_of(holiday: Holiday, year: int) -> dt.date:
    if holiday.easter is not None:
        return days.easter(year) + dt.timedelta(holiday.easter)
    if holiday.eastern is not None:
        return days.eastern_easter(year) + dt.timedelta(holiday.eastern)
    month = holiday.month or 1
    if holiday.nth is not None:
        return days.nth_weekday(year, month, holiday.weekday, holiday.nth)
    return dt.date(year, month, holiday.day or 1)
