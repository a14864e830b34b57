"""The days that a brief covers, as the command line names them: 2d, 1w, or FROM..TO."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, cast

import click

from briefing.errors import UsageError
from briefing.types import Period

_DURATION = re.compile(r"(\d+)([dw])")


class _Period(click.ParamType[Any]):
    """2d, 1w, or FROM..TO."""

    name = "period"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | tuple[dt.date | None, dt.date | None]:
        text = str(value)
        if _DURATION.fullmatch(text):
            return text
        start, dots, end = text.partition("..")
        try:
            if not dots:
                raise ValueError
            first = dt.date.fromisoformat(start) if start else None
            last = dt.date.fromisoformat(end) if end else None
            if first and last and first > last:
                raise ValueError
            return first, last
        except ValueError:
            self.fail(f"{text!r} is no period: give 2d, 1w, or 2022-11-14..2022-11-15", param, ctx)


period_option = click.option(
    "--period",
    type=_Period(),
    metavar="PERIOD",
    help="Only articles of these days: 2d or 1w up to the date, or FROM..TO.",
)


def days_of(period: str | tuple[dt.date | None, dt.date | None] | None, day: dt.date) -> Period:
    """The days of a period up to `day`.  Raises UsageError where they begin before the first day there is."""
    if period is None:
        return Period()
    if isinstance(period, tuple):
        return Period(*period)
    number, unit = cast("re.Match[str]", _DURATION.fullmatch(period)).groups()
    try:
        return Period(day - dt.timedelta(days=max(int(number) * (7 if unit == "w" else 1), 1) - 1), day)
    except (OverflowError, ValueError):  # ValueError: more digits than a number may have
        raise UsageError(
            f"a period of {period[:20]} up to {day} begins before the first day there is",
            "Give a shorter one, or FROM..TO.",
        ) from None
