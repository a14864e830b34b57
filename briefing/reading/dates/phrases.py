"""The kinds of phrases of time, as patterns over the words of calendar.yaml.

No pattern repeats a group that can match in two ways, so that reading takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from briefing.reading.data import ENGLISH_DATA, Calendar
from briefing.rule_files import read_rules

# A run of letters, or a digit.
_CORE = re.compile(r"[a-z]+|[0-9]")
_THE = r"(?:the\s+)?"
_TO = r"\s*(?P<to>-|–|—|to|and|through|until|till)\s*"
_BY = r"(?:(?:by|at|before|until|till|around|since|from|towards?|in|on|during)\s+)"
# What may follow "on the 13th", so that it is no "13th floor".
_ENDS = (
    r"(?=\s*(?:[.,;:!?)–—]|$)|\s+(?:and|or|at|in|to|for|with|when|where|after|before)\b"
    r"|\s+of\s+(?:this|the|next)\b)"
)


@cache
def words() -> Calendar:
    """The words of the calendar, read once."""
    return read_rules(ENGLISH_DATA / "calendar.yaml", Calendar)


@dataclass(frozen=True)
class Phrase:
    """A kind of phrase: its pattern, and the words of which one must be there; "0" stands for any digit."""

    kind: str
    cores: frozenset[str]
    pattern: re.Pattern[str]


@cache
def by_themselves() -> tuple[Phrase, ...]:
    """The kinds that need no other time.  The first that fits a place wins: longer ones stand first."""
    return _phrases((*_dates(), *_weekdays(), *_periods(), *_months_and_years()))


@cache
def from_another() -> tuple[Phrase, ...]:
    """The kinds that count from another time of the text: "the next day", "two weeks later"."""
    return _phrases(_from_another())


def cores_in(text: str) -> set[str]:
    """What of the text can be a core of a phrase."""
    return {"0" if word.isdigit() else word for word in _CORE.findall(text.lower())}


def _phrases(listed: Iterable[tuple[str, str]]) -> tuple[Phrase, ...]:
    cores = _cores()
    return tuple(
        Phrase(
            kind,
            frozenset(_CORE.findall(" ".join(cores[kind]))),
            re.compile(rf"(?<![\w-])(?=[\w'’])(?:{pattern})(?!\w|-\w)", re.IGNORECASE),
        )
        for kind, pattern in listed
    )


def _cores() -> dict[str, tuple[str, ...]]:
    months = tuple(name for names in words().months for name in names)
    weekdays = tuple(names[0] for names in words().weekdays)
    units = tuple(form for unit in (*words().units, "weekend") for form in (unit, f"{unit}s"))
    digit = ("0",)
    return {
        **dict.fromkeys(("range", "date", "month"), months),
        "nth": (*months, "month"),
        **dict.fromkeys(("iso", "numeric", "years", "day_of_month"), digit),
        **dict.fromkeys(("weekday", "of_week"), weekdays),
        "today": ("today", "tonight", "this"),
        "tomorrow": ("tomorrow",),
        "yesterday": ("yesterday", "night"),
        "holiday": tuple(name.split()[0] for name in words().holidays),
        **dict.fromkeys(("twice", "period", "open", "ahead", "ago", "weekend", "year_end"), units),
        "quarter": ("quarter", "half", "q"),
        "season": tuple(words().seasons),
        "decade": (*digit, *words().decades),
        "year": (*digit, "eighteen", "nineteen", "twenty", "thousand"),
        **dict.fromkeys(("beside", "apart"), (*units, *words().parts_of_day)),
    }


@cache
def counted_from() -> re.Pattern[str]:
    """What stands before a time from which another is counted: "two days after", "a week from"."""
    return re.compile(
        rf"(?<![\w-])(?:{_THE}(?:{_count()}\s+)?(?P<unit>{_units()})(?P<several>s)?"
        r"\s+(?P<way>before|after|following|from|ago)"
        rf"|(?:the|a)\s+week\s+(?P<of>of|beginning|starting|commencing|ending)"
        rf"|{_count('on_')}\s+(?P<on>week|fortnight)s?(?:\s+on)?)\s+(?:the\s+)?$",
        re.IGNORECASE,
    )


@cache
def counted_on() -> re.Pattern[str]:
    """What follows a day from which another is counted: "Thursday week"."""
    return re.compile(r"\s+(?P<on>week|fortnight)\b(?!-)", re.IGNORECASE)


def any_of(listed: Iterable[str]) -> str:
    """A pattern for one of several words or phrases, the longest first."""
    return "|".join(
        r"\s+".join(map(re.escape, one.split())).replace("'", "['’]")
        for one in sorted(listed, key=len, reverse=True)
    )


def _month(n: str = "") -> str:
    full = any_of(names[0] for names in words().months)
    short = any_of(name for names in words().months for name in names[1:])
    return rf"(?P<month{n}>{full}|(?:{short})\.?)"


def _day(n: str = "") -> str:
    return rf"(?P<day{n}>[0-3]?\d(?:st|nd|rd|th)?)"


def _ordinal() -> str:
    return any_of(words().ordinals)


def _year(n: str = "") -> str:
    numbers = words().numbers
    ones = any_of(name for name, number in numbers.items() if number < 10 and len(name) > 2)
    teens = any_of(name for name, number in numbers.items() if 10 <= number < 20)
    tens = any_of(name for name, number in numbers.items() if number >= 20)
    written = (
        rf"(?:eighteen|nineteen|twenty)\s+(?:(?:{tens})(?:[\s-](?:{ones}))?|{teens})"
        rf"|two\s+thousand(?:\s+(?:and\s+)?(?:{teens}|{ones}))?"
    )
    return rf"(?P<year{n}>1[5-9]\d\d|20\d\d|['’]\d\d(?!\d|s)|{written})"


def _of_year(n: str = "") -> str:
    which = r"this|last|next"
    return rf"(?:,?\s+(?:in\s+|of\s+)?(?:{_year(n)}(?!\d|,\d)|(?P<which_year{n}>{which})\s+year))?"


def _weekday(*, short: bool = False) -> str:
    full = any_of(names[0] for names in words().weekdays)
    if not short:
        return rf"(?P<weekday>{full})"
    return rf"(?P<weekday>{full}|(?:{any_of(name for names in words().weekdays for name in names[1:])})\.?)"


def _units() -> str:
    return any_of(words().units)


def _count(n: str = "") -> str:
    numbers = words().numbers
    tens = any_of(name for name, number in numbers.items() if number >= 20)
    ones = any_of(name for name, number in numbers.items() if number < 10 and len(name) > 2)
    named = rf"(?:{tens})[\s-](?:{ones})|{any_of(numbers)}|\d{{1,3}}"
    return rf"(?:(?P<{n}count>{named})(?:\s+and\s+a\s+half)?|(?P<{n}vague>{any_of(words().vague)}))"


def _part() -> str:
    """Such as "by the end of", "early", "mid-"."""
    return rf"{_BY}?{_THE}(?:{any_of(words().parts)})[\s-]+"


def _before_month() -> str:
    before = any_of(words().before_years)
    return rf"(?:(?:{before}|(?P<which>this|next|last))[\s-]+|{_part()})"


def _date(n: str = "") -> tuple[str, str]:
    return (
        rf"{_month(n)}\s+{_day(n)}(?!\d){_of_year(n)}",
        rf"{_THE}{_day(n)}\s+(?:of\s+)?{_month(n)}{_of_year(n)}",
    )


def _dates() -> list[tuple[str, str]]:
    start = r"(?:from\s+|between\s+)?"
    ranges = [("range", rf"{start}{one}{_TO}{other}") for one, other in zip(_date(), _date("2"), strict=True)]
    day_name = rf"(?:{_weekday(short=True)},?\s+)?"
    month_first, day_first = _date()
    spelled = rf"(?P<day>{_ordinal()})"
    numeric = (
        r"(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<short_year>(?:19|20)?\d\d)(?![./]?\d)"
    )
    parts = any_of((*words().ordinals[:5], "last"))
    which = any_of(words().steps)
    month = rf"(?:{_month()}{_of_year()}|(?:(?P<which>{which})|the)\s+month)"
    return [
        *ranges,
        ("range", rf"{start}{_day()}{_TO}{_day('2')}\s+(?:of\s+)?{_month()}{_of_year()}"),
        ("range", rf"{start}{_month()}\s+{_day()}{_TO}{_day('2')}{_of_year()}"),
        ("nth", rf"{_THE}(?P<nth>{parts})\s+(?:{_weekday()}|week)\s+(?:of|in)\s+{month}"),
        ("date", rf"{day_name}{month_first}(?!\d)"),
        ("date", rf"{day_name}{day_first}"),
        ("date", rf"{day_name}{_month()}\s+{spelled}(?!\s+[a-z])"),
        ("date", rf"{day_name}the\s+{spelled}\s+of\s+{_month()}{_of_year()}"),
        ("iso", r"(?P<iso>(?:19|20)\d\d([-/])[01]\d\2[0-3]\d)(?!\d)"),
        ("iso", r"(?P<iso>(?:19|20)\d\d-W[0-5]\d(?:-[1-7])?)"),
        ("numeric", numeric),
        # Before "last year" alone.
        ("month", rf"(?:{_before_month()})?{_month()},?\s+(?:of\s+)?(?P<which_year>this|last|next)\s+year"),
    ]


def _weekdays() -> list[tuple[str, str]]:
    part = rf"(?:\s+(?:{any_of(words().parts_of_day)}))?"
    which = any_of(words().steps)
    week = rf"(?P<which>{which})\s+(?P<unit>week)"
    time = rf"(?:\s+(?P<which>last|next)(?!\s+(?:{_units()}))\b)?"
    return [
        ("of_week", rf"{_weekday()}{part},?\s+(?:of\s+)?{week}"),
        ("of_week", rf"{week},?\s+on\s+{_weekday()}{part}"),
        ("today", rf"(?:today|tonight|this\s+(?:morning|afternoon|evening))(?:\s*\({_weekday()}\))?"),
        ("tomorrow", rf"tomorrow{part}"),
        ("yesterday", rf"yesterday{part}|last\s+night"),
        ("holiday", rf"(?:(?P<which>{which})\s+)?(?P<holiday>{any_of(words().holidays)}){_of_year()}"),
        ("weekday", rf"(?P<which>{which})\s+{_weekday()}{part}"),
        ("weekday", rf"{_weekday()}{part}{time}"),
        (
            "day_of_month",
            rf"(?:on|by|until|till|from|before|after|and|to)\s+the\s+(?P<nth>[0-3]?\d(?:st|nd|rd|th)){_ENDS}"
            r"(?:\s+of\s+(?P<which>this|the|next)\s+month)?",
        ),
    ]


def _periods() -> list[tuple[str, str]]:
    which, units = any_of(words().steps), any_of({*words().units, "weekend"} - {"hour", "day"})
    seasons = any_of(words().seasons)
    parts_of = any_of(one for one in words().parts if one.endswith("of"))
    quarter = rf"(?:{_THE}(?P<nth>first|second|third|fourth)[\s-]quarter|Q(?P<quarter>[1-4]))"
    fiscal = r"(?:(?:fiscal|financial)\s+)?"
    return [
        ("twice", r"the\s+(?P<unit>week|month|year|weekend)\s+(?P<way>before\s+last|after\s+next)"),
        ("period", rf"{_part()}(?P<which>{which})\s+{fiscal}(?P<unit>{units})"),
        ("period", rf"(?P<the>the\s+)?(?P<which>{which})\s+{fiscal}(?P<unit>{units})"),
        (
            "period",
            rf"{_BY}?{_THE}(?:{parts_of})\s+the\s+(?P<unit>day|{units})(?!\s+(?:of|before|after|in)\b)",
        ),
        ("weekend", r"(?:at|over|during|for|before|after|until|by)\s+the\s+weekend"),
        ("year_end", rf"(?:by|at|before|until|around|after|near|since)\s+{_THE}year[\s-]end"),
        ("quarter", rf"{quarter}{_of_year()}"),
        (
            "quarter",
            rf"{_THE}(?P<half>first|second)\s+half\s+of\s+"
            rf"(?:{_year()}|(?P<which_year>this|last|next|the)\s+year)",
        ),
        ("season", rf"(?:{_part()})?(?P<which>{which})\s+(?P<season>{seasons})"),
        ("season", rf"(?:{_part()})?(?P<season>{seasons})(?:\s+of)?\s+{_year()}"),
        (
            "season",
            rf"(?:in|by|until|before|since|during|over)\s+{_THE}(?:(?:early|late)\s+)?"
            rf"(?P<season>{seasons})(?!\s+of\b)",
        ),
        (
            "open",
            r"(?:(?:in|over|within|during|for|by|through)\s+)?(?:the\s+)?(?:coming|next|following)"
            rf"(?:\s+{_count()})?\s+(?P<unit>{_units()})s",
        ),
        ("open", rf"within\s+(?:hours|(?P<unit>{_units()})s)"),
        ("open", rf"(?:in\s+)?the\s+(?P<unit>{_units()})s\s+(?:to\s+come|ahead)"),
        (
            "ahead",
            rf"(?:in|within)\s+{_count()}\s+(?P<unit>{_units()})s?(?!\s+(?:of|to|or|and|in)\b)"
            r"(?P<time>['’]?s?['’]?\s+time)?",
        ),
        ("ahead", rf"{_count()}\s+(?P<unit>{_units()})s?\s+(?P<time>from\s+now)"),
        ("ago", rf"(?:{_count()}\s+)?(?P<unit>{_units()})s?(?:\s+or\s+(?:so|more)|\s+and\s+a\s+half)?\s+ago"),
        ("ago", r"(?P<count>a)?[\s-]?(?P<unit>year|month|week)-(?:ago|earlier)"),
    ]


def _months_and_years() -> list[tuple[str, str]]:
    before = any_of(words().before_years)
    decades = any_of(words().decades)
    return [
        ("month", rf"{_before_month()}{_month()}{_of_year()}(?!\s+\d)"),
        ("month", rf"{_month()}{_of_year()}(?!\s+\d)"),
        (
            "decade",
            rf"(?:{_part()}|in\s+)?{_THE}(?:(?:early|mid|late)[\s-]+)?"
            r"(?P<decade>(?:1[5-9]|20)\d0|['’]\d0)['’]?s",
        ),
        ("decade", rf"(?:in\s+)?the\s+(?:(?:early|mid|late)[\s-]+)?(?P<decade>{decades})"),
        ("years", r"(?<![$€£¥#.,:/])(?P<year>(?:19|20)\d\d)(?:-|–|/)(?P<to>(?:19|20)?\d\d)(?![./]\d)"),
        ("year", rf"(?:{_part()}|(?P<lead>{before})[\s-]+)?(?<![$€£¥#.,:/]){_year()}(?![%:/]|[.,]\d)"),
    ]


def _from_another() -> list[tuple[str, str]]:
    units = any_of({*words().units, *words().parts_of_day, "weekend"} - {"hour"})
    steps = any_of(words().steps_from)
    end = r"(?=\s*(?:[.,;:!?)–—]|$))"
    return [
        ("beside", rf"(?:(?:earlier|later)\s+)?the\s+(?:very\s+)?(?P<which>{steps})\s+(?P<unit>{units})"),
        ("beside", rf"(?:(?:earlier|later|in|on|by|during|of)\s+)that\s+(?:same\s+)?(?P<unit>{units})"),
        ("apart", rf"{_count()}\s+(?P<unit>{_units()})s?\s+(?P<way>earlier|later|(?:before|after){end})"),
        ("apart", rf"the\s+(?P<unit>{_units()})\s+(?P<way>(?:before|after){end})"),
    ]
