"""Reads the dates that inputs state.  What is no full date gives none: nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.DOTALL)
# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
_WORDED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?"  # the day of the week, which adds nothing
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?,?"
    r"|(?P<month_first>[a-z]{3,9})\.?\s+(?P<day_second>\d{1,2})(?:st|nd|rd|th)?,?)"
    r"\s+(?P<year>\d{4})",
    re.IGNORECASE,
)


def read_date(value: str) -> tuple[dt.date | None, dt.datetime | None]:
    """(day, moment) of a date as ISO 8601, RFC 2822 or in words ("27 April 2021", "April 27, 2021").

    The day is the one that the text states, in its own time zone.  The moment is None where there is
    no time or no time zone; both are None where the text is no full date ("2004-2005", "04/05/2021").
    """
    value = value.strip()
    try:
        if _ISO_DAY.fullmatch(value):
            return dt.date.fromisoformat(value), None
        if _ISO_MOMENT.fullmatch(value):
            return _split(dt.datetime.fromisoformat(value))
        if worded := _WORDED.fullmatch(value):
            return _worded_day(worded), None
        return _split(parsedate_to_datetime(value))
    except (ValueError, OverflowError, IndexError, TypeError):  # parsedate_to_datetime raises any of them
        return None, None


def _split(moment: dt.datetime) -> tuple[dt.date, dt.datetime | None]:
    return moment.date(), moment if moment.tzinfo else None


def _worded_day(found: re.Match[str]) -> dt.date | None:
    name = (found["month"] or found["month_first"]).lower()
    months = [
        number for number, month in enumerate(_MONTHS, 1) if month.startswith(name) or name == month[:3]
    ]
    if name == "sept":
        months = [9]
    if len(months) != 1:
        return None
    return dt.date(int(found["year"]), months[0], int(found["day"] or found["day_second"]))
