"""What speaks for a state, or a place in it, being that of the event: named facts of its namings."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from briefing.types import TITLE, Place, Reading

Facts = dict[str, float]

_OPENING = 3  # sentences
_COUNTED = 3  # namings of one kind: a place often named is not the more that of the event


def namings_of_states(reading: Reading) -> dict[str, list[Place]]:
    """The namings of each state, and of what lies in it."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in _candidates(reading):
        if place.country is not None:
            found[place.country].append(place)
    return dict(found)


def namings_of_places(reading: Reading, state: str) -> dict[str, list[Place]]:
    """The namings of each place in this state, and of those that no list has: they may lie in it."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in _candidates(reading):
        if place.place not in {None, state} and place.country in {None, state}:
            found[place.place or ""].append(place)
    return dict(found)


def facts_of(namings: Mapping[str, Sequence[Place]], among: int | None = None) -> dict[str, Facts]:
    """The facts of each of those that are named, beside the others.

    `among` counts the namings of which a share is taken: all of these, where it is not given.
    """
    if not namings:
        return {}
    counts = {name: sum(one.rule == "named" for one in places) for name, places in namings.items()}
    named = max(1, among or sum(counts.values()))
    first = min(namings, key=lambda name: _first_in_text(namings[name]))
    in_lead = {name for name, places in namings.items() if any(one.sentence in {TITLE, 0} for one in places)}
    found = {}
    for name, places in namings.items():
        facts: defaultdict[str, float] = defaultdict(float)
        for place in places:
            if place.rule != "named":
                rule = "by-" + place.rule.partition("-")[0]
                facts[rule] = max(facts[rule], place.weight)
                continue
            for fact in _facts_of_naming(place):
                facts[fact] = min(_COUNTED if fact.startswith("rest-") else 1, facts[fact] + 1)
        facts["share"] = counts[name] / named
        facts["log-count"] = math.log1p(counts[name])
        facts["most-named"] = float(counts[name] == max(counts.values()))
        facts["named-first"] = float(name == first)
        facts["alone-in-lead"] = float(in_lead == {name})
        found[name] = dict(facts)
    return found


def _facts_of_naming(place: Place) -> Collection[str]:
    zone = _zone(place.sentence)
    return zone, f"{zone}-{place.part}", f"{zone}-as-{place.form}", *place.marks


def _zone(sentence: int) -> str:
    if sentence == TITLE:
        return "title"
    if sentence == 0:
        return "lead"
    return "opening" if sentence < _OPENING else "rest"


def _first_in_text(places: Sequence[Place]) -> int:
    return min((one.start for one in places if one.sentence != TITLE), default=10**9)


def _candidates(reading: Reading) -> Iterator[Place]:
    return (place for place in reading.places if place.rule != "journey")
