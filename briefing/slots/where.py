"""Where the reported event takes place: the candidate of the reading that is surest.

In this order, the first that there is wins: a call or a virtual meeting has no place; a place in the country
of the dateline that the opening gives to the event ("ANKARA -- Police in Istanbul seized ..."); the dateline;
the host of a guest who "arrived here"; the place with the greatest weight that hangs on the event; the city
that the text names most; the one that its opening names; the state of those who act, or a place in it that
the opening names.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.slots.notes import Notes
from briefing.types import Article, Evidence, Place, Reading, Where, quotation

_FIRST = ("dateline", "arrived-here")
_LAST = ("most-named", "lead-city", "homeland")
_NEARER = frozenset({"stated-city", "stated-region", "stated-place"})  # more exact than a dateline
_OPENING = 3  # sentences
_SURE = 1.85  # the weight from which a place in the opening goes before the dateline


def read_where(article: Article, reading: Reading, notes: Notes) -> list[Where]:
    """The place of the event, and the stops of a journey that a readout's title names."""
    if reading.remote is not None:
        at = _evidence(article, reading.remote)
        notes.add("where", "remote", at, made=False, why="a call or a virtual meeting has no place")
        return []
    chosen = _choose(reading)
    for place in reading.places:
        why = "the surest candidate" if place is chosen else f"weight {place.weight:.1f}"
        notes.add("where", place.rule, _evidence(article, place), made=place is chosen, why=why)
    found = [_value(article, chosen)] if chosen is not None else []
    known = {one.country if one.place is None else one.place for one in found}
    return found + [_value(article, stop) for stop in _stops(reading) if stop.place not in known]


def _choose(reading: Reading) -> Place | None:
    for rule in _FIRST:
        for place in reading.places:
            if place.rule == rule:
                return _nearer(reading, place) or _abroad(reading, place) or place
    stated = [one for one in reading.places if one.rule not in {*_LAST, "journey", "opening"}]
    if stated:
        return max(stated, key=lambda one: one.weight)
    last = next((one for one in reading.places if one.rule in _LAST), None)
    return _nearer(reading, last) or last if last is not None and last.rule == "homeland" else last


def _nearer(reading: Reading, known: Place) -> Place | None:
    """The surest place in the country known already that the opening gives to the event.

    A wire reports from where its writer sits, often the capital.
    """
    nearer = [
        place
        for place in reading.places
        if place.rule in {*_NEARER, "opening"}
        and place.country == known.country
        and place.sentence < _OPENING
        and (place.weight >= _SURE or place.rule == "opening")
    ]
    return max(nearer, key=lambda one: one.weight, default=None)


def _abroad(reading: Reading, dateline: Place) -> Place | None:
    """The place at home of those who act: "SEOUL -- North Korea's leader reviewed a parade in Pyongyang"."""
    acting = next((one for one in reading.places if one.rule == "homeland"), None)
    if acting is None or acting.country == dateline.country:
        return None
    nearer = _nearer(reading, acting)
    return nearer if nearer is not None and nearer.sentence == 0 else None


def _stops(reading: Reading) -> Iterator[Place]:
    return (place for place in reading.places if place.rule == "journey")


def _value(article: Article, place: Place) -> Where:
    return Where((_evidence(article, place),), place.rule, place.place, place.country, place.basis)


def _evidence(article: Article, place: Place) -> Evidence:
    return quotation(article, place.start, place.end, place.sentence)
