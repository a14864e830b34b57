"""What the words of a sentence alone let a rule take: parts that hold nothing of weight.

Most sentences hold nothing that a rule could take, and are never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.editing import overlaps
from briefing.summarise.condense.guard import Guard
from briefing.summarise.condense.rules import (
    AdverbRule,
    AsideRule,
    ClauseRule,
    CutRule,
    EnclosedRule,
    FillerRule,
    OccasionRule,
    OpeningRule,
)


@dataclass(frozen=True)
class Place:
    """A sentence in its article: text[start:end], with its quotations; `small` where names lack capitals."""

    text: str
    start: int
    end: int
    quotes: Sequence[tuple[int, int]]
    small: bool


@dataclass(frozen=True)
class Proposal:
    """A part text[start:end] that a rule would take; a clause may prove longer."""

    rule: CutRule
    start: int
    end: int

    @property
    def needs_parse(self) -> bool:
        """Whether the grammar has to agree."""
        return not isinstance(self.rule, OpeningRule | FillerRule)


class Proposer:
    """Finds what the rules would take."""

    def __init__(self, rules: Sequence[CutRule], guard: Guard) -> None:
        self._guard = guard
        self._patterns = [(rule, pattern) for rule in rules for pattern in _patterns(rule)]

    def propose(self, place: Place) -> list[Proposal]:
        """The proposals in the order of the rules; none touches a quotation."""
        return [
            Proposal(rule, *match.span("part"))
            for rule, pattern in self._patterns
            for match in pattern.finditer(place.text, place.start, place.end)
            if not overlaps(match.span(), place.quotes) and self._may_go(rule, match, place)
        ]

    def _may_go(self, rule: CutRule, match: re.Match[str], place: Place) -> bool:
        if isinstance(rule, OpeningRule):
            return match.start() == place.start
        if isinstance(rule, AdverbRule):
            sentence = place.text[place.start : place.end].lower()
            return not any(phrase in sentence for phrase in rule.unless)
        if isinstance(rule, EnclosedRule) and len(match["inner"].split()) < rule.fewest:
            return False
        if isinstance(rule, ClauseRule | EnclosedRule):
            return not place.small and not self._guard.holds_back(match["inner"])
        return True


def _patterns(rule: CutRule) -> Iterator[re.Pattern[str]]:
    """What a rule looks for: the group "part" is what it takes, "inner" what that says."""
    match rule:
        case OpeningRule(comma=True):
            yield re.compile(rf"(?P<part>{_any(rule.phrases)}) ?, ?(?=\S)", re.IGNORECASE)
        case OpeningRule():
            yield re.compile(rf"(?P<part>{_any(rule.phrases)}) +(?={_any(rule.before)}\b)", re.IGNORECASE)
        case AsideRule():
            yield re.compile(rf", ?(?P<part>{_any(rule.phrases)}) ?,")
        case FillerRule():
            yield re.compile(rf"\b(?P<part>{_any(rule.phrases)}) (?={_any(rule.before)}\b)")
        case AdverbRule():
            yield re.compile(rf"(?<=\w )(?P<part>{_any(rule.words)})(?= \w)")
        case OccasionRule():
            noun = rf"(?:{_any(rule.modifiers)} )*{_any(rule.nouns)}"
            yield re.compile(rf"\b(?P<part>{_any(rule.openers)} {noun})\b", re.IGNORECASE)
        case EnclosedRule():
            for pair in rule.pairs:
                left, right = map(re.escape, (pair[: len(pair) // 2], pair[len(pair) // 2 :]))
                yield re.compile(rf"(?<=[\w,] )(?P<part>{left} ?(?P<inner>[^()–—]+?) ?{right})(?= ?[\w,.])")
        case ClauseRule():
            yield re.compile(rf", ?(?P<part>(?P<inner>{_any(rule.openers)}\b[^,]*?))(?= ?,| ?\.$)")


def _any(phrases: Sequence[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(phrase) for phrase in longest_first)})"
