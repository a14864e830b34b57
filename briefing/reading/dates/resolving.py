"""What days a phrase of time stands for: one function for each kind of phrase."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing.reading.dates import periods, single
from briefing.reading.dates.said import Known, Near


def resolve(kind: str, match: re.Match[str], near: Near) -> Known:
    """What the phrase stands for."""
    try:
        return _RESOLVERS[kind](match, near)
    except (ValueError, OverflowError):  # 31 June; a day outside the calendar
        return None


_RESOLVERS: dict[str, Callable[[re.Match[str], Near], Known]] = {
    "date": single.of_date,
    "range": single.of_range,
    "iso": single.of_iso,
    "numeric": single.of_numeric,
    "nth": periods.of_nth,
    "day_of_month": single.of_day_of_month,
    "today": single.of_today,
    "tomorrow": single.of_tomorrow,
    "yesterday": single.of_yesterday,
    "weekday": single.of_weekday,
    "of_week": single.of_day_of_week,
    "holiday": single.of_holiday,
    "period": periods.of_period,
    "weekend": periods.of_weekend,
    "twice": periods.of_twice,
    "year_end": periods.of_year_end,
    "quarter": periods.of_quarter,
    "season": periods.of_season,
    "open": periods.of_open,
    "ahead": periods.of_ahead,
    "ago": periods.of_ago,
    "month": periods.of_month,
    "years": periods.of_years_range,
    "year": periods.of_year_alone,
    "decade": periods.of_decade,
    "beside": periods.of_beside,
    "apart": periods.of_apart,
}
