"""The rule files beside this module, checked when they are read."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path

from briefing.rule_files import PatternText, Strict, read_rules

_HERE = Path(__file__).parent


class Hedges(Strict):
    """What stands around a number that is not exact."""

    floor: PatternText
    ceiling: PatternText
    near: PatternText
    floor_after: PatternText
    near_after: PatternText
    range: PatternText
    between: PatternText


class Language(Strict):
    """language.yaml."""

    hedges: Hedges
    currencies: dict[str, tuple[str, ...]]
    measures: dict[str, dict[str, float]]
    scales: frozenset[str]
    negators: frozenset[str]
    negating: tuple[str, ...]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    fillers: frozenset[str]
    irregular: dict[str, str]
    titles: frozenset[str]
    no_names: frozenset[str]
    openers: frozenset[str]
    locative: frozenset[str]
    variants: dict[str, str]
    particles: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]

    @cached_property
    def currency_of(self) -> dict[str, str]:
        """What each spelling of a currency stands for."""
        return {one.lower(): unit for unit, spellings in self.currencies.items() for one in spellings}

    @cached_property
    def unit_of(self) -> dict[str, tuple[str, float]]:
        """The unit that each spelling is brought to, and by which factor."""
        return {
            spelling: (unit, factor)
            for unit, spellings in self.measures.items()
            for spelling, factor in spellings.items()
        }

    @cached_property
    def alias_of(self) -> dict[str, int]:
        """A number for each name that has others: the same for all of them."""
        return {
            " ".join(word for word in name.split() if word not in self.fillers) or name: n
            for n, names in enumerate(self.aliases)
            for name in names
        }

    @cached_property
    def single_negating(self) -> frozenset[str]:
        """The verbs and adjectives among the words that deny what follows."""
        return frozenset(word for word in self.negating if " " not in word)


class Measure(Strict):
    """How reports give one quantity: the text around the number.

    `scoped` says that the noun beside the number tells of whom it is.
    """

    before: PatternText | None = None
    after: PatternText | None = None
    object: PatternText | None = None
    scoped: bool = True


class Measures(Strict):
    """measures.yaml."""

    measures: dict[str, Measure]
    everybody: frozenset[str]
    added: PatternText
    elsewhere: PatternText
    opening: int


@cache
def language() -> Language:
    """The rules of language.yaml."""
    return read_rules(_HERE / "language.yaml", Language)


@cache
def measures() -> Measures:
    """The rules of measures.yaml."""
    return read_rules(_HERE / "measures.yaml", Measures)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the rules; letters of either case match."""
    return re.compile(pattern, re.IGNORECASE)
