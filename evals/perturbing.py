"""Changes real articles: in one thing that makes two versions contradict each other, or harmlessly.

Knows nothing of the rules that it tests; the word lists are its own.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_SURNAMES = "Okonkwo Lindqvist Marchetti Tanaka Petrescu Delacroix Novotny Haugland Mbeki Castellanos".split()
_PLACES = "Lisbon Nairobi Oslo Jakarta Montevideo Tunis Helsinki Dakar Manila Quito".split()
_KNOWN_PLACES = frozenset(
    """Washington London Paris Berlin Moscow Beijing Tokyo Seoul Kyiv Brussels Geneva Vienna Rome Madrid
    Warsaw Cairo Jerusalem Baghdad Kabul Tehran Ankara Riyadh Delhi Bali Hiroshima Chicago Houston
    Boston Detroit Cleveland Phoenix Arizona California Nevada Texas Florida Croydon Hokkaido Guam
    Pyongyang Ukraine Russia China Japan Korea Germany France Italy Spain Poland Israel Egypt Iraq Iran
    Turkey India Pakistan Afghanistan Canada Mexico Brazil Australia Ethiopia Sudan Somalia Yemen Syria
    Lebanon Qatar Colombia Cuba Haiti Taiwan Vietnam""".split()
)
_AFTER_TITLE = (
    r"(?:President|Minister|Secretary|Chancellor|Senator|Governor|Mayor|Ambassador|"
    r"Mr\.|Mrs\.|Ms\.|Dr\.|Advisor)"
)
_NUMBER = re.compile(
    r"(?<![\w$€£.,/:-])(?:\d{1,3}(?:,\d{3})+|\d{1,4})"
    r"(?![\w:/-]|[.,]\d|%|\s*(?:percent|per cent|st|nd|rd|th|a\.?m|p\.?m)\b)"
)
_WORD_NUMBER = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-)")
_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)}) (?P<day>[12]\d|3[01]|[1-9])(?P<year>,? (?:19|20)\d\d)?\b(?!-|,?\d)"
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_PERSON = re.compile(
    rf"\b{_AFTER_TITLE} (?:[A-Z][a-z]+ (?:[A-Z]\. )?)?(?P<name>[A-Z][a-z]{{3,}})\b(?! [A-Z]|-)"
)
_PLACE = re.compile(r"\b(?:in|at|near|to|from|with) (?P<name>[A-Z][a-z]{3,})\b(?! [A-Z]|-|’|')")


# A number after one of these is hedged already, or is no count.
_HEDGED = re.compile(
    r"\b(?:than|least|about|over|to|the|of|nearly|or|and|all|up|some|next|last|past|these|those|their|his|first|"
    r"for|in|within|around|almost|at|top|between|by|age|aged|as|other) $"
)


@dataclass(frozen=True)
class Edit:
    """What became of text[start:end]."""

    start: int
    end: int
    new: str


Change = Callable[[str, dt.date | None, random.Random], Edit | None]


def _pick(found: list[re.Match[str]], rng: random.Random) -> re.Match[str] | None:
    return rng.choice(found) if found else None


def _is_year(word: str) -> bool:
    return re.fullmatch(r"(?:1[89]|20)\d\d", word) is not None


def _numbers(text: str) -> list[re.Match[str]]:
    dates = [m.span() for m in _DATE.finditer(text)]
    return [
        m
        for m in _NUMBER.finditer(text)
        if not _is_year(m.group())
        and not any(a <= m.start() < b for a, b in dates)
        # No part of a name, an address or a date.
        and not re.search(
            rf"(?:[A-Z][\w.]*|#|No\.) $|\b(?:{'|'.join(m[:3] for m in _MONTHS)})\w*\.? $",
            text[: m.start()][-20:],
        )
        and not re.match(
            rf" (?:of )?(?:{'|'.join(_MONTHS)}|[A-Z]\w+ (?:Street|Avenue|Road))", text[m.end() :]
        )
    ]


def number(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    """Another number."""
    found = [*_numbers(text), *_WORD_NUMBER.finditer(text)]
    match = _pick(found, rng)
    if match is None:
        return None
    word = match.group()
    if word in _WORDS:
        return Edit(*match.span(), rng.choice([one for one in _WORDS[2:13] if one != word]))
    value = int(word.replace(",", ""))
    other = value + rng.choice([3, 7, value + 1, 2 * value + 5])
    return Edit(*match.span(), f"{other:,}" if "," in word or other > 9999 else str(other))


def date(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    """Another day of the month, month, year or weekday."""
    match = _pick([*_DATE.finditer(text), *_WEEKDAY.finditer(text)], rng)
    if match is None:
        return None
    if match.re is _WEEKDAY:
        return Edit(*match.span(), rng.choice([one for one in _DAYS if one != match.group()]))
    if rng.random() < 0.3:
        return Edit(*match.span("month"), rng.choice([one for one in _MONTHS if one != match["month"]]))
    other = rng.choice([n for n in range(1, 29) if n != int(match["day"])])
    return Edit(*match.span("day"), str(other))


def person(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    """Another surname."""
    match = _pick(list(_PERSON.finditer(text)), rng)
    return Edit(*match.span("name"), rng.choice(_SURNAMES)) if match else None


def place(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    """Another place."""
    match = _pick([m for m in _PLACE.finditer(text) if m["name"] in _KNOWN_PLACES], rng)
    return Edit(*match.span("name"), rng.choice(_PLACES)) if match else None


_POLARITY = [
    (re.compile(r"\b(will|would|can|could|should)(?= (?!not\b)[a-z]+\b)"), r"\1 not"),
    (re.compile(r"\b(is|are|was|were|has|have|had)(?= (?!not\b|been\b|no\b)[a-z]+(?:ed|ing)\b)"), r"\1 not"),
    (
        re.compile(r"\b(will|would|did|do|does|is|are|was|were|has|have|had|could|should|can) not(?= [a-z])"),
        r"\1",
    ),
    (re.compile(r"\bagreed(?= to [a-z])"), "refused"),
    (re.compile(r"\bagreed(?= on\b)"), "did not agree"),
    (re.compile(r"\bconfirmed\b(?= (?:that|the|his|her|their|its|a)\b)"), "denied"),
    (re.compile(r"\baccepted\b"), "rejected"),
    (re.compile(r"\brejected\b"), "accepted"),
    (re.compile(r"\bsupports\b"), "opposes"),
    (re.compile(r"\b(won't|didn't|wasn't|isn't|aren't|weren't|doesn't)(?= [a-z])"), ""),
]
_AFFIRMED = {
    "won't": "will",
    "didn't": "did",
    "wasn't": "was",
    "isn't": "is",
    "aren't": "are",
    "weren't": "were",
    "doesn't": "does",
}


def polarity(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    """The opposite."""
    found = [(m, new) for pattern, new in _POLARITY for m in pattern.finditer(text)]
    if not found:
        return None
    match, new = rng.choice(found)
    return Edit(*match.span(), match.expand(new) if new else _AFFIRMED[match.group()])


CONTRADICTIONS: dict[str, Change] = {
    "number": number,
    "date": date,
    "person": person,
    "place": place,
    "denial": polarity,
}


def _format_number(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    found = [m for m in _numbers(text) if "," in m.group() or len(m.group()) > 3]
    match = _pick(found, rng)
    if match is None:
        return None
    value = int(match.group().replace(",", ""))
    if value % 100_000 == 0 and value >= 1_000_000:
        return Edit(*match.span(), f"{value / 1e6:g} million")
    return Edit(*match.span(), str(value) if "," in match.group() else f"{value:,}")


def _write_number(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    found = [m for m in _numbers(text) if 2 <= int(m.group().replace(",", "")) <= 20]
    words = list(_WORD_NUMBER.finditer(text))
    match = _pick([*found, *words], rng)
    if match is None:
        return None
    word = match.group()
    return Edit(*match.span(), str(_WORDS.index(word)) if word in _WORDS else _WORDS[int(word)])


def _floor(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    found = [
        m
        for m in [*_numbers(text), *_WORD_NUMBER.finditer(text)]
        if re.match(r" [a-z]+s\b", text[m.end() :]) and not _HEDGED.search(text[: m.start()])
    ]
    match = _pick(found, rng)
    if match is None:
        return None
    word = match.group()
    value = _WORDS.index(word) if word in _WORDS else int(word.replace(",", ""))
    lower = max(1, value - rng.randint(1, 3))
    return Edit(*match.span(), rng.choice([f"at least {lower}", f"more than {lower}"]))


def _format_date(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    match = _pick(list(_DATE.finditer(text)), rng)
    if match is None:
        return None
    year = (match["year"] or "").replace(",", "")
    styles = [f"{match['day']} {match['month']}{year}"]
    if match["month"] != "May":
        styles.append(f"{match['month'][:3]}. {match['day']}{match['year'] or ''}")
    return Edit(*match.span(), rng.choice(styles))


def _resolve_weekday(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    if day is None or re.search(
        r"\b(?:will|would|to be|next|last|expected|due|scheduled|plan|planned|to)\b", text
    ):
        return None
    match = _pick([m for m in _WEEKDAY.finditer(text) if text[: m.start()].endswith(" on ")], rng)
    if match is None or re.match(
        r" (?:morning|night|evening|afternoon)|,? (?:[A-Z]\w+ \d|\d)|’|'", text[match.end() :]
    ):
        return None
    back = (day.weekday() - _DAYS.index(match.group())) % 7
    meant = day - dt.timedelta(back)
    return Edit(*match.span(), f"{calendar.month_name[meant.month]} {meant.day}")


def _shorten_name(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    found = list(
        re.finditer(
            rf"\b{_AFTER_TITLE} (?P<first>[A-Z][a-z]+ (?:[A-Z]\. )?)(?=[A-Z][a-z]{{3,}}\b(?! [A-Z]|-))", text
        )
    )
    match = _pick(found, rng)
    return Edit(*match.span("first"), "") if match else None


_STATE_NAMES = [
    ("the United States", "the U.S."),
    ("the U.S.", "the United States"),
    ("the People’s Republic of China", "China"),
    ("the United Kingdom", "Britain"),
    ("North Korea", "the DPRK"),
    ("the United Nations", "the UN"),
    ("the European Union", "the EU"),
    ("the PRC", "China"),
    ("South Korea", "the Republic of Korea"),
]


def _other_name(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    found = [
        (m, new)
        for old, new in _STATE_NAMES
        for m in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w|’|')", text)
    ]
    if not found:
        return None
    match, new = rng.choice(found)
    return Edit(*match.span(), new)


_VERBS = {
    "said": "stated",
    "discussed": "talked about",
    "announced": "declared",
    "emphasized": "stressed",
    "underscored": "stressed",
    "reaffirmed": "reiterated",
    "thanked": "expressed gratitude to",
    "praised": "commended",
    "welcomed": "hailed",
    "condemned": "denounced",
    "told": "informed",
    "reviewed": "went over",
    "began": "started",
    "asked": "requested",
    "showed": "displayed",
    "bought": "purchased",
    "noted": "remarked",
    "expects": "anticipates",
}


def _paraphrase(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    match = _pick([m for m in re.finditer(r"\b[a-z]+\b", text) if m.group() in _VERBS], rng)
    return Edit(*match.span(), _VERBS[match.group()]) if match else None


def _quotes(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    new = text.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("‘"): "'"})
    return Edit(0, len(text), new) if new != text else None


def _spaces(text: str, day: dt.date | None, rng: random.Random) -> Edit | None:
    return Edit(0, len(text), text.replace(" ", "  ", 3)) if " " in text else None


HARMLESS: dict[str, Change] = {
    "number format": _format_number,
    "number in words": _write_number,
    "at least": _floor,
    "date format": _format_date,
    "weekday as date": _resolve_weekday,
    "first name": _shorten_name,
    "other name of a state": _other_name,
    "verb": _paraphrase,
    "quotation marks": _quotes,
    "spaces": _spaces,
}
