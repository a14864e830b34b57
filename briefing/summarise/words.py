"""The word lists of the summaries, words.yaml, held to a schema when they are first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.rule_files import Strict, read_rules


class WordLists(Strict):
    """words.yaml."""

    openers: frozenset[str]
    particles: frozenset[str]
    functional: frozenset[str]
    small: frozenset[str]
    denying: frozenset[str]


@cache
def word_lists() -> WordLists:
    """The lists that ship."""
    return read_rules(Path(__file__).with_name("words.yaml"), WordLists)
