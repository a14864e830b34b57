"""The words by which a sentence leans on another, english/standing.yaml, and the patterns made of them."""

from __future__ import annotations

import re
from functools import cache, cached_property

from briefing.reading.data import ENGLISH_DATA, Words
from briefing.rule_files import PatternText, Strict, read_rules

_MARKS = r"\s*[\"\u201c(]|,?\s+[A-Z]|\s+\d"  # a quotation, a name in apposition, a number


class Leaning(Strict):
    """standing.yaml."""

    connectives: Words
    moments_before: Words
    spans_before: PatternText
    person: Words
    several: Words
    thing: Words
    possessive: Words
    empty_it: PatternText
    demonstrative: Words
    prepositions: Words
    narrowing: Words
    naming: Words
    times: Words
    resumptive: Words

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """What joins a sentence to the one before."""
        phrases = "|".join(map(re.escape, (*self.connectives, *self.moments_before)))
        return re.compile(rf"\W*(?:(?:{phrases})(?!\w)|{self.spans_before})", re.IGNORECASE)

    @cached_property
    def pronoun(self) -> re.Pattern[str]:
        """A pronoun, in a group by what it may mean."""
        kinds = (("person", self.person), ("several", self.several), ("thing", self.thing))
        groups = "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds)
        return re.compile(rf"\b(?:{groups})\b", re.IGNORECASE)

    @cached_property
    def means_nothing(self) -> re.Pattern[str]:
        """An "it" that stands for nothing that was told."""
        return re.compile(self.empty_it, re.IGNORECASE)

    @cached_property
    def article(self) -> re.Pattern[str]:
        """What stands before a noun and says that it is known, with a word between at most."""
        words = "|".join(("the", "that", *self.demonstrative))
        return re.compile(rf"(?P<before>\w+)?\W*\b(?P<article>{words})\s+(?:\w+\s+)?$", re.IGNORECASE)

    @cached_property
    def says_which(self) -> re.Pattern[str]:
        """What follows a noun and says which one is meant."""
        words = "|".join((*self.narrowing, *self.naming))
        return re.compile(rf"\s+(?:\w+(?:ed|en|ing)\s+)?(?:{words})\b|{_MARKS}")

    @cached_property
    def names_it(self) -> re.Pattern[str]:
        """The same of a noun that takes up what was told: a place or a time would not do."""
        return re.compile(rf"\s+(?:{'|'.join(self.naming)})\b|{_MARKS}")


@cache
def leaning() -> Leaning:
    """The words that ship."""
    return read_rules(ENGLISH_DATA / "standing.yaml", Leaning)
