"""What a statement is about, and whether another one is about the same thing.

Two statements are about the same where they share most of their telling words, and nothing speaks against it:
other figures, other names, a negation, an opposite.  In doubt they are not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.brief.merge import fold
from briefing.brief.rules import wording_rules
from briefing.numbers import Number, numbers

# Of the telling words of two statements, the share that both have (Dice), and their fewest number.
_ALIKE = 0.5
_FEWEST = 2
# Where telling words are too few, all words together must be this much alike.
_VERY_ALIKE = 0.8
# Of the names in the statement with fewer of them, the share that the other has as well.
_SAME_NAMES = 0.66

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_ENDING = re.compile(r"(?<=\w{3})(?:ications?|ations?|ions?|ments?|ings?|ers?|ors?|ied|ies|ed|es|ly|s|e|y)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}})?"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\b(?:19|20)\d\d\b|\b\d{{4}}-\d\d-\d\d\b",
    re.IGNORECASE,
)
_STEM_LETTERS = 4


@dataclass(frozen=True)
class Matter:
    """What a statement is about: its words, of which some are `telling`; `denied` where it is negated."""

    telling: frozenset[str]
    words: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    denied: bool


@dataclass(frozen=True)
class Parties:
    """The words that name parties; `openings` are the first letters of names of one word.

    A day has thousands of names and of statements: the names are read once, not for every statement.
    """

    words: frozenset[str]
    openings: frozenset[str]

    def __contains__(self, word: object) -> bool:
        """Whether a stem names one of them: by its name, or as an adjective of it ("Chinese")."""
        return isinstance(word, str) and (word in self.words or word[:_STEM_LETTERS] in self.openings)


def parties(names: Iterable[str]) -> Parties:
    """The parties of these names."""
    split = [(name, _WORD.findall(name)) for name in names]
    lone = [stem(name) for name, words in split if len(words) == 1]
    return Parties(
        frozenset(stem(word) for _, words in split for word in words),
        frozenset(name[:_STEM_LETTERS] for name in lone if len(name) >= _STEM_LETTERS),
    )


def matter(text: str, *named: Parties) -> Matter:
    """What is left of a statement without dates, small words and the names of the parties."""
    small, acts, common, negations, _ = _lists()
    bare = _DATE.sub(" ", text)
    found: set[str] = set()
    names: set[str] = set()
    denied = False
    opening = True
    for match in _WORD.finditer(bare):
        word = stem(match.group())
        denied ^= match.group().lower() in negations or match.group().endswith(("n't", "n’t"))
        name = match.group()[0].isupper() and not opening
        opening = False
        if word in small or word in acts or any(word in some for some in named):
            continue
        found.add(word)
        if name and word not in common:
            names.add(word)
    figures = frozenset(
        number.value
        for number in numbers(bare)
        if not number.value.endswith("th") and number.value != "1" and not _in_a_name(bare, number)
    )
    return Matter(frozenset(found - common), frozenset(found), figures, frozenset(names), denied)


def is_act(word: str) -> bool:
    """Whether a word says how firm a statement is, or that it is one: "agreed", "said"."""
    return stem(word) in _lists()[1]


def _in_a_name(text: str, number: Number) -> bool:
    """Whether a number is part of a word that counts nothing: "two-state", "G7", "COP28"."""
    return (
        text[number.start - 1 : number.start].isalpha() or re.match(r"-[a-z]", text[number.end :]) is not None
    )


def likeness(one: Matter, other: Matter, *, either_way: bool = False) -> float:
    """How much two statements are about the same thing, 0 to 1; 0 where something speaks against it.

    `either_way` leaves out whether one of them is denied, for a refusal beside a promise.
    """
    if not (one.figures <= other.figures or other.figures <= one.figures):
        return 0.0
    return likeness_but_figures(one, other, either_way=either_way)


def likeness_but_figures(one: Matter, other: Matter, *, either_way: bool = False) -> float:
    """As `likeness`, with the figures left out: for a value that may have been updated."""
    if (one.denied != other.denied and not either_way) or _opposed(one.words, other.words):
        return 0.0
    if one.names and other.names:
        fewer = min(len(one.names), len(other.names))
        if len(one.names & other.names) < _SAME_NAMES * fewer:
            return 0.0
    alike = _dice(one.telling, other.telling)
    if len(one.telling & other.telling) >= _FEWEST and alike >= _ALIKE:
        return alike
    if one.telling != other.telling or len(one.words & other.words) < _FEWEST:
        return 0.0
    whole = _dice(one.words, other.words)
    return whole if whole >= _VERY_ALIKE else 0.0


@lru_cache(maxsize=1 << 16)  # a year of briefs says the same words over and over
def stem(word: str) -> str:
    """A word without case, diacritics and its ending, for comparison only."""
    plain = _POSSESSIVE.sub("", fold(word))
    return _ENDING.sub("", plain)


def _dice(one: Collection[str], other: Collection[str]) -> float:
    shared = len(set(one) & set(other))
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def _opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    for left, right in _lists()[4]:
        for first, second in ((one, other), (other, one)):
            if first & left and second & right and not (first & right or second & left):
                return True
    return False


@cache
def _lists() -> tuple[
    frozenset[str],
    frozenset[str],
    frozenset[str],
    frozenset[str],
    tuple[tuple[frozenset[str], frozenset[str]], ...],
]:
    rules = wording_rules()

    def stems(words: str) -> frozenset[str]:
        return frozenset(stem(word) for word in words.split())

    opposites = tuple((stems(left), stems(right)) for left, right in rules.opposites)
    negations = frozenset(rules.negations.split())
    return stems(rules.small), stems(rules.acts), stems(rules.common), negations, opposites
