"""Arithmetic of the calendar: weeks, months, seasons, Easter, and steps between them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from briefing.types import Precision

Unit = Literal["hour", "day", "week", "month", "year"]
ORDER: tuple[Precision, ...] = ("day", "week", "month", "year")
SUNDAY = 6
_SEASON = 3  # months


@dataclass(frozen=True)
class Days:
    """The days from `first` to `last`, both included, and how fine that is."""

    first: dt.date
    last: dt.date
    precision: Precision


def one(day: dt.date) -> Days:
    """A single day."""
    return Days(day, day, "day")


def week(day: dt.date) -> Days:
    """The week of a day, from Monday to Sunday."""
    monday = day - dt.timedelta(day.weekday())
    return Days(monday, monday + dt.timedelta(6), "week")


def weekend(day: dt.date) -> Days:
    """The Saturday and Sunday of the week of a day."""
    sunday = week(day).last
    return Days(sunday - dt.timedelta(1), sunday, "week")


def months(year: int, month: int, count: int = 1) -> Days:
    """So many months; `month` may lie beyond the year: the 13th is January of the next."""
    first = dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    later = month - 1 + count - 1
    last_year, last_month = year + later // 12, later % 12 + 1
    last = dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Days(first, last, "month")


def years(year: int, count: int = 1) -> Days:
    """So many whole years."""
    return Days(dt.date(year, 1, 1), dt.date(year + count - 1, 12, 31), "year")


def season(year: int, month: int) -> Days:
    """The season that begins in a month."""
    return months(year, month, _SEASON)


def period(day: dt.date, unit: str, step: int) -> Days:
    """The unit that a day lies in, or the one so many steps on: a day, week, month, quarter, year, decade."""
    if unit == "day":
        return one(day + dt.timedelta(step))
    if unit == "weekend":
        return weekend(day + dt.timedelta(7 * step))
    if unit in {"week", "fortnight"}:
        return week(day + dt.timedelta((14 if unit == "fortnight" else 7) * step))
    if unit == "month":
        return months(day.year, day.month + step)
    if unit == "quarter":
        return months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    if unit == "decade":
        return years(day.year // 10 * 10 + 10 * step, 10)
    return years(day.year + step)


def moved(days: Days, count: int, unit: Unit) -> Days | None:
    """The same days so many units on; None where the unit is finer than they are."""
    if unit == "hour" or ORDER.index(days.precision) > ORDER.index(unit):
        return None
    if unit in {"day", "week"}:
        step = dt.timedelta(count * (7 if unit == "week" else 1))
        return Days(days.first + step, days.last + step, days.precision)
    first = days.first
    there = months(first.year, first.month + count * (12 if unit == "year" else 1))
    if days.precision == "day":
        return one(there.first.replace(day=min(first.day, there.last.day)))
    if days.precision == "year":
        return years(there.first.year, days.last.year - first.year + 1)
    return there


def ahead(day: dt.date, count: int, unit: Unit) -> Days | None:
    """What lies so many units from a day: told in years, it is known to the year."""
    if unit == "hour":
        hours = abs(count)
        return one(day + dt.timedelta(hours // 24 * (1 if count > 0 else -1))) if hours >= 24 else None
    return period(day, unit, count)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth of a weekday in a month, the last one being -1.  Raises ValueError where there is none."""
    last = calendar.monthrange(year, month)[1]
    if nth < 0:
        end = dt.date(year, month, last)
        return end - dt.timedelta((end.weekday() - weekday) % 7)
    first = (weekday - dt.date(year, month, 1).weekday()) % 7 + 1
    return dt.date(year, month, first + 7 * (nth - 1))


def easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar: the "anonymous" computus.

    Nature 13 (1876), p. 487, as given by Meeus, Astronomical Algorithms, 2nd ed. (1998), chapter 8.
    """
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def eastern_easter(year: int) -> dt.date:
    """Easter Sunday of the Eastern churches, as a Gregorian date: Meeus's Julian computus, chapter 8."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    # The Julian calendar is behind by a day more in each century that is a leap one only there.
    behind = year // 100 - year // 400 - 2
    return dt.date(year, month, day + 1) + dt.timedelta(behind)
