"""Datelines: "MOSCOW -- …", "Washington (CNN)", "SEOUL/TOKYO, March 3 (Reuters) - …", "OSLO. /TASS/.".

`DatelineFinder` tells one from other openings of a text by its form; `place_of` and `day_of` say where and
when.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from briefing.reading.cities import City
from briefing.reading.data import ZoneWords
from briefing.reading.dates.phrases import words as calendar_words
from briefing.reading.lexicon import Lexicon
from briefing.types import Span

# A text may be sent on or collected so many days after the one that its dateline names.
_SENT_WITHIN = 7

# A part of a name; "D.C."
_PART = r"(?>(?:[^\W\d_]\.){2,4}|[^\W\d_][\w'’-]{0,24}\.?)"
_NAME = rf"{_PART}(?:[ \u00a0]{{1,3}}{_PART}){{0,3}}"
_PLACE = rf"(?P<place>{_NAME})(?:[ \u00a0]?/[ \u00a0]?{_NAME}){{0,3}}"
_BESIDE = rf"(?:[.,]{{0,2}}[ \u00a0](?P<beside>{_NAME}(?:, {_NAME})?),?)??"
_PARTED = r"[ \u00a0]?[.,–—-]{0,2}[ \u00a0]{0,2}"
_SOURCE = (
    r"\([ \u00a0]?(?P<agency>[^()\n]{2,60}?)[ \u00a0]?\)|\[(?P<boxed>[^\[\]\n]{2,40})\]"
    r"|/(?P<slashed>[^/\n]{2,30})/"
)
_MARK = r"[ \u00a0]{0,2}(?P<end>[-–—]{1,3}|[:|_]|\.(?=\s))"
_END = rf"{_MARK}[ \u00a0]{{0,2}}"
_MAY_END = rf"(?:{_MARK})?[ \u00a0]{{0,2}}"
_DASHES = "-–—|"
# What is left of the first sentence must be one.
_FEWEST_WORDS = 3
_NEXT = 120  # characters
# A second dash in a sentence: the first one opened an aside, "Brussels – the seat of the Union – is ready".
_ASIDE = re.compile(r"[^.!?\n]{0,200}?\s[-–—]{1,2}\s")
# Below the top only capitals or an agency in brackets can tell a dateline; most lines have neither.
_MAY_OPEN = re.compile(r"(?-i:[A-ZÀ-Þ][A-ZÀ-Þ.'’])|[^(\n]{0,60}\(")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LONG_ENOUGH = 4  # letters in capitals: shorter ones are initials
_INITIALS = 2
# A place or day in so few characters.
_WITHIN = 200


@dataclass(frozen=True)
class Opening:
    """A dateline as it stands: its span with what parts it from the text, and its parts.

    `day` is month, day and, where it is written, the year.  `credited` says that an agency is named.
    """

    start: int
    end: int
    place: Span | None
    beside: Span | None
    day: tuple[int, int, int | None] | None
    credited: bool


@dataclass(frozen=True)
class Dateline:
    """The place that the text opens with, as named, at `start`..`end` of the text, and the day.

    `place` is None where only an agency or a day is named, `state` where no state is known to have the place.
    """

    place: str | None
    state: str | None
    start: int
    end: int
    day: dt.date | None


class DatelineFinder:
    """Finds the dateline that stands at an offset."""

    def __init__(self, words: ZoneWords) -> None:
        agency = rf"(?:{'|'.join(words.agencies)})"
        self._agency = re.compile(
            rf"(?:the )?{agency}(?:(?: ?[/,&+-] ?| and ){agency}){{0,3}}(?: (?:news|online|sport))?",
            re.IGNORECASE,
        )
        calendar = calendar_words()
        self._months = {
            name: n for n, names in enumerate(calendar.months, 1) for name in names
        } | words.months
        months = "|".join(sorted(self._months, key=len, reverse=True))
        weekdays = [name for names in calendar.weekdays for name in names]
        weekday = "|".join(weekdays)
        year = r"(?:19|20)\d\d"
        day = (
            rf"(?i:(?:le |on )?(?:(?:{weekday})\b[,.]? )?(?:"
            rf"(?P<month>{months})\b\.?[ \u00a0]?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>{year}))?"
            r"|(?P<day2>\d{1,2})(?:st|nd|rd|th|er)? (?:of |de )?"
            rf"(?P<month2>{months})\b\.?(?:,? (?P<year2>{year}))?"
            rf"|(?P<year3>{year})-(?P<month3>\d\d)-(?P<day3>\d\d)"
            r"))(?!\w)"
        )
        bare = r"(?P<bare>[A-Z]{3,15})"
        self._forms = (
            # "OSLO, March 3 (Reuters) - ", "ERIE, Pa. (AP) — ", "OSLO. March 3. /TASS/. "
            re.compile(rf"{_PLACE}{_BESIDE}(?:{_PARTED}{day})?{_PARTED}(?:{_SOURCE}){_MAY_END}"),
            # "OSLO, 3 March 2024 - ", "OSLO. March 3. INTERWIRE – "
            re.compile(rf"{_PLACE}{_BESIDE}{_PARTED}{day}(?:{_PARTED}{bare})?{_END}"),
            # "OSLO - ", "NEW DELHI: ", "SEOUL, South Korea — "
            re.compile(rf"{_PLACE}{_BESIDE}{_END}"),
            # "Mar 3 (Reuters) - ", "(CNN) -- "
            re.compile(rf"(?:{day}{_PARTED})?(?:{_SOURCE}){_MAY_END}"),
            # "(OSLO) — "
            re.compile(rf"\({_PLACE}\){_END}"),
        )
        self._cities = frozenset(words.cities)
        self._labels = frozenset((*words.labels, *self._months, *weekdays))
        self._particles = frozenset(words.particles)

    def at(self, text: str, start: int, *, first: bool) -> Opening | None:
        """The dateline at an offset; `first` says that nothing of the body stands before it.

        Elsewhere only a form counts that is nothing else: in a list of items, say, or below a summary.
        """
        if not first and not _MAY_OPEN.match(text, start):
            return None
        for form in self._forms:
            match = form.match(text, start, start + _WITHIN)
            if match is None or not self._has_text(text, match.end()):
                continue
            if self._holds(match, text, first=first):
                return self._opening(match)
        return None

    def _opening(self, match: re.Match[str]) -> Opening:
        groups = match.groupdict()
        return Opening(
            match.start(),
            match.end(),
            _named(match) if groups.get("place") else None,
            match.span("beside") if groups.get("beside") else None,
            self._day(groups),
            self._credited(groups),
        )

    def _day(self, groups: dict[str, str | None]) -> tuple[int, int, int | None] | None:
        for n in ("", "2", "3"):
            month, day, year = groups.get(f"month{n}"), groups.get(f"day{n}"), groups.get(f"year{n}")
            if month and day:
                number = int(month) if month.isdigit() else self._months[month.lower()]
                return number, int(day), int(year) if year else None
        return None

    def _has_text(self, text: str, end: int) -> bool:
        """Whether a sentence follows: on the same line, or the dateline has a line of its own."""
        rest = text[end : end + _NEXT].partition("\n")[0]
        return not rest.strip() or len(_WORD.findall(rest)) >= _FEWEST_WORDS

    def _credited(self, groups: dict[str, str | None]) -> bool:
        named = groups.get("agency") or groups.get("boxed") or groups.get("slashed")
        return named is not None and self._agency.fullmatch(named) is not None

    def _holds(self, match: re.Match[str], text: str, *, first: bool) -> bool:
        """Whether this is a dateline and no other opening of a text."""
        groups = match.groupdict()
        end = groups.get("end") or ""
        named = groups.get("agency") or groups.get("boxed") or groups.get("slashed")
        credited = self._credited(groups)
        place = groups.get("place")
        if place is None:
            return credited
        if not self._may_be_place(place, groups.get("beside")):
            return False
        known = self._is_city(place)
        capitals = place.isupper()
        if credited:
            return capitals or known or (first and self._is_titled(place)) or (first and text.islower())
        dashed = bool(end) and end[0] in _DASHES
        if self._day(groups) is not None:
            plain = self._is_titled(place) and first and match.string[match.end("place")] in ",."
            return capitals or plain
        if named is not None:  # an agency that no list has
            short = named.isupper() or groups.get("slashed") is not None
            return (
                first
                and bool(end)
                and ((capitals and (known or len(place) >= _LONG_ENOUGH)) or (known and short))
            )
        if not (first or (capitals and known)) or not end or end == ".":
            return False
        if not dashed:
            return known and (capitals or first)
        return self._opens(match, text, capitals=capitals, known=known)

    def _opens(self, match: re.Match[str], text: str, *, capitals: bool, known: bool) -> bool:
        """Whether a place with a mere dash behind it is a dateline."""
        if capitals and known:
            return True
        if _ASIDE.match(text, match.end()) or not text[match.end() : match.end() + 1].strip():
            return False
        letters = sum(letter.isalpha() for letter in match["place"])
        after = text[match.end()]
        spaced = text[match.start("end") - 1].isspace()
        return (known and not after.islower() and spaced) or (capitals and letters >= _LONG_ENOUGH and spaced)

    def _may_be_place(self, place: str, beside: str | None) -> bool:
        words = place.lower().rstrip(".")
        if words.split()[0] in self._labels:
            return words in self._cities
        if len({word.isupper() for word in place.split() if len(word) > _INITIALS}) > 1:
            return False  # "Jon Vik OSLO"
        return beside is None or beside.lower().rstrip(".").split()[0] not in self._months

    def _is_titled(self, place: str) -> bool:
        return all(word[0].isupper() or word in self._particles for word in place.split())

    def _is_city(self, place: str) -> bool:
        name = " ".join(place.lower().replace("’", "'").split())
        return name in self._cities or name.rstrip(".") in self._cities


def _named(match: re.Match[str]) -> Span:
    """Where the place stands, without a full stop behind it: "OSLO. March 3.", but "N.Y."."""
    start, end = match.span("place")
    stopped = match["place"].endswith(".") and "." not in match["place"].split()[-1][:-1]
    return start, end - stopped


def place_of(
    opening: Opening, text: str, lexicon: Lexicon, near: Set[str], regions: Set[str] = frozenset()
) -> tuple[str, str | None] | None:
    """The place of a dateline and its state; `near` are states that the text names, for cities of one name.

    `regions` are names of states that mean a region of another state here.

    None where no gazetteer has the place and neither a day nor an agency shows that it is one.
    """
    if opening.place is None:
        return None
    written = " ".join(text[slice(*opening.place)].split())
    spoken = written.islower() or written.isupper()
    name = _LETTERS.sub(lambda word: word[0].capitalize(), written) if spoken else written
    seat = lexicon.rules.events.seats.get(name)
    if seat is not None:  # "UNITED NATIONS (AP)"
        return seat.city, seat.state
    beside = lexicon.first_in(_titled(text[slice(*opening.beside)])) if opening.beside else None
    told = beside.side if beside is not None else None
    told = lexicon.region(told) if told is not None and told in regions else told
    city = _city(name, lexicon, near | ({told} if told else set()))
    state = told or (city.state if city is not None else None)
    if state is not None and state in lexicon.states:
        return name, state
    return (name, None) if opening.credited or opening.day is not None else None


def day_of(opening: Opening, published: dt.date | None) -> dt.date | None:
    """The day that a dateline names, in the year nearest to publication where it names none."""
    if opening.day is None:
        return None
    month, day, year = opening.day
    years: Iterable[int]
    if year is not None:
        years = (year,)
    elif published is not None:
        years = (published.year - 1, published.year, published.year + 1)
    else:
        return None
    days = []
    for one in years:
        try:
            days.append(dt.date(one, month, day))
        except ValueError:  # 31 April; 29 February
            continue
    if published is None or year is not None:
        return days[0] if days else None
    return min(days, key=lambda one: abs((one - published).days), default=None)


def written_on(opening: Opening | None, published: dt.date | None) -> dt.date | None:
    """The day on which a text was written: that of its dateline goes before that of the mail or feed."""
    written = day_of(opening, published) if opening is not None else None
    if written is None or published is None:
        return published or written
    return written if 0 <= (published - written).days <= _SENT_WITHIN else published


def _city(name: str, lexicon: Lexicon, near: Set[str]) -> City | None:
    """The city of this name, or under its full name, whichever is larger: "St. Petersburg"."""
    names = {name, re.sub(r"^St\.? ", "Saint ", name)}
    found = [city for one in names if (city := lexicon.city(one, near)) is not None]
    return max(found, key=lambda city: (city.population, city.name), default=None)


def _titled(text: str) -> str:
    return text.title() if text.isupper() and "." not in text else text
