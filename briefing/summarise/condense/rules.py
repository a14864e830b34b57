"""The rules of condensing, read from rules.yaml beside this module and checked when they are loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from briefing.reading.data import Words
from briefing.rule_files import Strict, read_rules


class Protected(Strict):
    """What no cut may hold: words, and with a star at the end all words that begin so."""

    negations: Words
    modals: Words
    conditions: Words
    hedges: Words
    comparisons: Words
    numbers: Words
    times: Words
    speaking: Words
    acting: Words

    @property
    def words(self) -> frozenset[str]:
        """The whole words, of every group."""
        return frozenset(word for word in self._all if not word.endswith("*"))

    @property
    def stems(self) -> tuple[str, ...]:
        """The beginnings of words, of every group."""
        return tuple(word.rstrip("*") for word in self._all if word.endswith("*"))

    @property
    def _all(self) -> list[str]:
        return [word for name in type(self).model_fields for word in getattr(self, name)]


class _Rule(Strict):
    """A name, pairs of before and after, and sentences that the rule must leave alone."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    changes: tuple[tuple[str, str], ...] = Field(min_length=1)
    leaves: tuple[str, ...] = Field(min_length=1)


class OpeningRule(_Rule):
    """A phrase at the start of a sentence; without a comma, only before one of the words of `before`."""

    form: Literal["opening"]
    phrases: Words
    comma: bool = True
    before: Words = ()


class AsideRule(_Rule):
    """A phrase between two commas."""

    form: Literal["aside"]
    phrases: Words


class FillerRule(_Rule):
    """A phrase that says nothing before one of the words of `before`."""

    form: Literal["filler"]
    phrases: Words
    before: Words


class AdverbRule(_Rule):
    """A word said of the main verb, in a sentence with none of `unless`."""

    form: Literal["adverb"]
    words: Words
    unless: Words = ()


class OccasionRule(_Rule):
    """On which occasion something was said: openers, any modifiers, a noun."""

    form: Literal["occasion"]
    openers: Words
    modifiers: Words
    nouns: Words


class EnclosedRule(_Rule):
    """What stands between two marks, pairs such as "()", in at least so many words."""

    form: Literal["enclosed"]
    pairs: tuple[Annotated[str, Field(min_length=2, max_length=4)], ...]
    fewest: Annotated[int, Field(ge=1)] = 1


class ClauseRule(_Rule):
    """From a comma and an opener to the end of what hangs on the word by one of the dependencies."""

    form: Literal["clause"]
    openers: Words
    hangs_by: tuple[str, ...]
    with_subject: bool = False


CutRule = Annotated[
    OpeningRule | AsideRule | FillerRule | AdverbRule | OccasionRule | EnclosedRule | ClauseRule,
    Field(discriminator="form"),
]


class Rules(Strict):
    """rules.yaml."""

    protected: Protected
    cuts: tuple[CutRule, ...]
    saying: Words


@cache
def load_rules() -> Rules:
    """The rules that ship.  Raises SettingsError with every mistake in the file, one a line."""
    return read_rules(Path(__file__).with_name("rules.yaml"), Rules)
