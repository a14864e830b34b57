"""Numbers and days as they can be compared: as intervals, so that "at least 12" and "15" agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from briefing.brief.differences.rules import compiled, language
from briefing.numbers import Number, numbers
from briefing.reading.dates import find_times

_BEYOND = float("inf")
# "About 50" is told of what is as far away as this share of it.
_NEAR = 0.1
# "1.2 million" stands for what rounds to it, but for "1 million" that would be half as much again.
_ROUNDED = 0.05
# Units that are converted are rounded on the way.
_CONVERTED = 0.05
_WINDOW = 40
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)})\b", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"(?<!\d)([0-3]?\d)(?:st|nd|rd|th)?(?!\d)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_AHEAD = re.compile(
    r"\b(?:will|would|to be|to hold|to meet|scheduled|plans?|planned|expected|due|next)\b", re.I
)
_BARE_YEAR = re.compile(r"(?<![\d.,$€£-])(?:19|20)\d\d(?![\d%]|,\d|\.\d)")
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d:.])(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """What a number can stand for: all from `low` to `high`, both included, of `unit` ("" where none is).

    `bare` is the figure itself, `hedge` the words before it that make it less exact.
    """

    low: float
    high: float
    unit: str = ""
    hedge: str = ""
    bare: float = 0.0

    def parts_from(self, other: Amount) -> bool:
        """Whether no value is both, or the two hedge in the same words another figure."""
        if self.unit != other.unit:
            return False
        if self.hedge and self.hedge == other.hedge:
            return self.bare != other.bare
        return self.high < other.low or other.high < self.low


@dataclass(frozen=True)
class Day:
    """A time as far as it is known: resolved days, or what of a calendar date the text gives.

    `clock` is the minute of the day, for a time of day alone; `phrase` is what the text says, folded.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    clock: int | None = None
    phrase: str = ""

    def parts_from(self, other: Day) -> bool:
        """Whether the two cannot be the same time."""
        if self.clock is not None or other.clock is not None:
            return self.clock is not None and other.clock is not None and self.clock != other.clock
        if self.phrase == other.phrase:
            return False  # a later article that copies an earlier one means the day of that one
        weekdays = (self.weekday, other.weekday)
        alike = (self.day is None) == (other.day is None)
        if alike and None not in weekdays and self.weekday != other.weekday:
            return True
        if self.first and self.last and other.first and other.last:
            return self.last < other.first or other.last < self.first
        named = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in named)


@dataclass(frozen=True)
class Said:
    """A value at `start`..`end` of a text."""

    start: int
    end: int
    value: Amount | Day


def days(text: str, start: int, end: int, published: dt.date | None) -> list[Said]:
    """The dates, years and times of day in text[start:end], in order."""

    def ahead(at: int, kind: str) -> bool:
        return _AHEAD.search(text, max(start, at - _WINDOW), at) is not None

    found = []
    for time in find_times(text, start, end, published, forward=ahead):
        first = time.when.date
        last = time.when.end or first
        found.append(Said(time.start, time.end, _day(text[time.start : time.end], first, last)))
    for year in _BARE_YEAR.finditer(text, start, end):
        if not any(one.start < year.end() and year.start() < one.end for one in found):
            value = int(year.group())
            found.append(
                Said(year.start(), year.end(), Day(dt.date(value, 1, 1), dt.date(value, 12, 31), value))
            )
    for clock in _CLOCK.finditer(text, start, end):
        if not any(one.start < clock.end() and clock.start() < one.end for one in found):
            found.append(Said(clock.start(), clock.end(), Day(clock=_minute(clock))))
    return sorted(found, key=lambda one: one.start)


def _minute(clock: re.Match[str]) -> int:
    if clock["hour24"]:
        return int(clock["hour24"]) * 60 + int(clock["minute24"])
    return (int(clock["hour"]) % 12 + (12 if clock["half"] in "pP" else 0)) * 60 + int(clock["minute"] or 0)


def _day(phrase: str, first: dt.date | None, last: dt.date | None) -> Day:
    year, month = _YEAR.search(phrase), _MONTH.search(phrase)
    weekday = _WEEKDAY.search(phrase)
    day = _DAY_OF_MONTH.search(_YEAR.sub(" ", phrase)) if month else None
    return Day(
        first,
        last,
        int(year[1]) if year else None,
        _MONTHS.index(month[1].lower()) + 1 if month else None,
        int(day[1]) if day else None,
        _DAYS.index(weekday[1].lower()) if weekday else None,
        phrase=" ".join(phrase.lower().split()),
    )


def amounts(text: str, start: int, end: int, taken: list[Said]) -> Iterator[Said]:
    """The numbers in text[start:end] with the words that hedge them, in order; none where a date stands."""
    sentence = text[start:end]
    spans = [(one.start - start, one.end - start) for one in taken]
    found = [
        number
        for number in numbers(sentence)
        if not any(number.start < b and a < number.end for a, b in spans)
        and not re.search(r"\w[-/]?$|[A-Za-z]\d*[-–]$|#$|\d[.,:]$", sentence[: number.start][-4:])
    ]
    skipped = False
    for n, number in enumerate(found):
        if skipped:
            skipped = False
            continue
        following = found[n + 1] if n + 1 < len(found) else None
        said = _range(sentence, number, following) if following else None
        skipped = said is not None
        said = said or _amount(sentence, number)
        if said is not None:
            yield Said(said.start + start, said.end + start, said.value)


def _range(sentence: str, low: Number, high: Number) -> Said | None:
    hedges = language().hedges
    between = sentence[low.end : high.start]
    if not compiled(hedges.range).match(between):
        return None
    opened = compiled(hedges.between).search(sentence[: low.start])
    if not opened and "and" in between:
        return None
    one, other = _plain(low.value), _plain(high.value)
    if one is None or other is None or one >= other:
        return None  # "3-1" is a score
    if one < other / 1000:  # "2 to 3 million"
        one *= 10 ** (len(str(int(other))) - len(str(int(one))))
    unit, end, factor = _unit(sentence, low.start, high.end)
    first = opened.start() if opened else low.start
    unit = "%" if "%" in high.value else unit
    return Said(first, end, Amount(one * factor, other * factor, unit))


def _plain(value: str) -> float | None:
    try:
        return float(Decimal(value.rstrip("%")))
    except InvalidOperation:
        return None


def _amount(sentence: str, number: Number) -> Said | None:
    rules = language()
    ordinal = number.value.endswith("th")
    value = _plain(number.value[:-2] if ordinal else number.value)
    if value is None:
        return None
    if ordinal:
        return Said(number.start, number.end, Amount(value, value, "th"))
    unit, end, factor = _unit(sentence, number.start, number.end)
    unit = "%" if "%" in number.value else unit
    low, high = _rounding(number, value, unit)
    if unit in rules.measures:
        spread = _CONVERTED if factor != 1 else 0.0
        low, high = low * factor * (1 - spread), high * factor * (1 + spread)
    first = number.start - len(_symbol(sentence, number.start))
    before = sentence[:first]
    words = before[-_WINDOW:]
    for pattern, kind in (
        (rules.hedges.floor, "floor"),
        (rules.hedges.ceiling, "ceiling"),
        (rules.hedges.near, "near"),
    ):
        hedge = compiled(rf"(?:{pattern})\s*(?:the |a |an )?$").search(words)
        if hedge:
            first -= len(words) - hedge.start()
            low, high = _hedged(kind, low, high)
            if kind != "near":
                break
    hedged = " ".join(sentence[first : number.start].lower().split())
    after = sentence[end:]
    if more := compiled(rules.hedges.floor_after).match(after):
        end, high = end + more.end(), _BEYOND
    elif near := compiled(rules.hedges.near_after).match(after):
        end += near.end()
        low, high = _hedged("near", low, high)
    return Said(first, end, Amount(low, high, unit, hedged.rstrip("$€£¥ "), value * factor))


def _hedged(kind: str, low: float, high: float) -> tuple[float, float]:
    if kind == "floor":
        return low, _BEYOND
    if kind == "ceiling":
        return 0.0, high
    return low * (1 - _NEAR), high * (1 + _NEAR)


def _rounding(number: Number, value: float, unit: str) -> tuple[float, float]:
    """What rounds to the number as it is written: "1.2 million" from 1.15 million to below 1.25 million."""
    said = number.said.lower()
    digits = re.match(r"[\d.,]+", said)
    if "dozen" in said:
        return value * (1 - _NEAR), value * (1 + _NEAR)
    if not digits or not digits.group().replace(".", "").replace(",", ""):
        return value, value
    written = digits.group().rstrip(".,").replace(",", "")
    places = len(written.partition(".")[2])
    scale = value / float(written) if float(written) else 1.0
    if scale <= 1 and places == 0 and unit != "%":
        return value, value
    half = min(0.499 * scale / 10**places, _ROUNDED * value)
    return value - half, value + half


def _symbol(sentence: str, start: int) -> str:
    """The sign of a currency before a number."""
    match = re.search(r"(?:US|A|C|HK)?[$€£¥]\s?$", sentence[:start])
    return match.group() if match else ""


def _unit(sentence: str, start: int, end: int) -> tuple[str, int, float]:
    """The unit of a number, where it ends, and the factor that brings it to that unit."""
    rules = language()
    symbol = _symbol(sentence, start).strip().lower()
    if symbol:
        return rules.currency_of.get(symbol[-1], symbol), end, 1.0
    word = re.match(r"[\s-]?([A-Za-z/]+)", sentence[end:])
    if word:
        said = word[1].lower()
        if said in rules.currency_of:
            return rules.currency_of[said], end + word.end(), 1.0
        if said in rules.unit_of and not (said == "m" and word.group() == "m"):
            unit, factor = rules.unit_of[said]
            return unit, end + word.end(), factor
    return "", end, 1.0
