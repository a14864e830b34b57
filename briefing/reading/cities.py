"""Which of several cities of one name is meant."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

_OUTWEIGHS = 5  # times the inhabitants of the next city of that name
_DWARFS = 8  # times those of a city in a state that the text names
_DWARFS_BY_ANOTHER_NAME = 20  # the same where it is not called so today


@dataclass(frozen=True)
class City:
    """A city and its state; `capital` where it is the seat of the government.

    `key` is the name folded for comparison, `part` the state of the United States that it lies in.
    """

    name: str
    key: str
    state: str
    population: int
    capital: bool
    part: str | None = None


def choose(key: str, cities: Sequence[City], near: Set[str]) -> City | None:
    """Of the cities that are called so, one in a state of `near`, else the only one that can well be meant.

    None where cities of several states share the name and none outweighs the others.
    """
    nearby = [city for city in cities if city.state in near]
    capitals = [city for city in nearby if city.capital]
    if nearby and not capitals and _dwarfed(key, nearby, cities):
        nearby = []  # Americans who meet in Paris, Lima or Geneva are not in Texas, Ohio or Illinois
    pool = capitals or nearby or cities
    best = max(pool, key=lambda city: city.population, default=None)
    if best is None:
        return None
    own = next((city for city in cities if city.capital and city.key == key), None)
    if own is not None and not nearby and best.key != key:
        return own  # the capital itself, before a larger city that was once called so
    rivals = [city.population for city in pool if city.state != best.state]
    sure = best.capital or best.population >= _OUTWEIGHS * max(rivals, default=0)
    return best if sure else None


def _dwarfed(key: str, nearby: Sequence[City], cities: Sequence[City]) -> bool:
    """Whether a city elsewhere is so much larger that it is meant, though its state is not named.

    A city that only once had this name, or has it in another language, must be larger still: "Salem" is not
    Jerusalem.
    """
    near = max(city.population for city in nearby)
    return any(
        city.population > (_DWARFS if city.key == key else _DWARFS_BY_ANOTHER_NAME) * near for city in cities
    )
