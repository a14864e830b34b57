"""Where the reported event takes place.

A call or a virtual meeting has no place.  Where a dateline or "arrived here" tells the place, that is it, or
a place in the same country that the opening gives to the event ("ANKARA -- Police in Istanbul seized ...").
A readout tells its place beside its event: the candidate with the greatest weight.  So does other news now
and then.  Else it names many states and places, and which of them is meant is weighed: first the state, then
the place in it; of neither is one printed that is not sure enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.slots.notes import Notes
from briefing.slots.placing import Facts, facts_of, namings_of_places, namings_of_states
from briefing.slots.weighing import load_weights
from briefing.types import TITLE, Article, Basis, Evidence, Place, Reading, Where, quotation

FIRST = ("dateline", "arrived-here")  # where there is one of these, it tells the place
_NEARER = frozenset({"stated-city", "stated-region", "stated-place"})  # more exact than a dateline
_OPENING = 3  # sentences
_SURE = 1.85  # the weight from which a place that hangs on the event goes before all but a dateline
_SHORT = 4  # sentences: the weights were fitted on whole articles
_LIKELY = 1.5  # the weight from which it goes before other places in the state that is the surest


class WhereReader:
    """Reads the where slot."""

    def __init__(self) -> None:
        self._states = load_weights("state")
        self._places = load_weights("place")

    def read(self, article: Article, reading: Reading, notes: Notes) -> list[Where]:
        """The place of the event, and the stops of a journey that a readout's title names."""
        if reading.remote is not None:
            at = _evidence(article, reading.remote)
            notes.add("where", "remote", at, made=False, why="a call or a virtual meeting has no place")
            return []
        chosen = self._choose(reading)
        if notes.on:
            self._note(article, reading, notes, chosen)
        found = [_value(article, chosen)] if chosen is not None else []
        known = {one.country if one.place is None else one.place for one in found}
        return found + [_value(article, stop) for stop in _stops(reading) if stop.place not in known]

    def facts_of_states(self, reading: Reading) -> dict[str, Facts]:
        """What speaks for each state being that of the event: what the weights are fitted on."""
        return facts_of(namings_of_states(reading))

    def facts_of_places(self, reading: Reading, state: str) -> dict[str, Facts]:
        """What speaks for each place in a state being that of the event: what the weights are fitted on."""
        named = namings_of_states(reading).get(state, ())
        return facts_of(namings_of_places(reading, state), sum(one.rule == "named" for one in named))

    def _choose(self, reading: Reading) -> Place | None:
        for rule in FIRST:
            for place in reading.places:
                if place.rule == rule:
                    return _nearer(reading, place.country) or self._abroad(reading, place) or place
        candidates = [one for one in reading.places if one.rule not in {"journey", "opening", "named"}]
        stated = max(candidates, key=lambda one: one.weight, default=None)
        if reading.readout or (stated is not None and stated.weight >= _SURE):
            return stated
        if len(reading.sentences) < _SHORT:
            return stated
        state = self._state(reading)
        if state is None:
            return None
        agreed = stated is not None and stated.country == state and stated.weight >= _LIKELY
        return stated if agreed else self._place_in(reading, state)

    def _abroad(self, reading: Reading, dateline: Place) -> Place | None:
        """The place in a state surer than the dateline's: "SEOUL -- The North held a parade in Pyongyang"."""
        acting = self._state(reading)
        nearer = _nearer(reading, acting) if acting not in {None, dateline.country} else None
        return nearer if nearer is not None and nearer.sentence == 0 else None

    def _state(self, reading: Reading) -> str | None:
        sure = {name: self._states.sure(facts) for name, facts in self.facts_of_states(reading).items()}
        best = max(sure, key=lambda name: sure[name], default=None)
        return best if best is not None and sure[best] >= self._states.bound else None

    def _place_in(self, reading: Reading, state: str) -> Place:
        """The place in a state that is sure enough, or the state alone."""
        sure = {
            name: self._places.sure(facts) for name, facts in self.facts_of_places(reading, state).items()
        }
        best = max(sure, key=lambda name: sure[name], default=None)
        if best is None or sure[best] < self._places.bound:
            shown = _shown(namings_of_states(reading)[state])
            return replace(shown, place=state, country=state, rule="weighed-state", basis=_basis(shown))
        shown = _shown(namings_of_places(reading, state)[best])
        return replace(shown, country=state, rule="weighed-place", basis=_basis(shown))

    def _note(self, article: Article, reading: Reading, notes: Notes, chosen: Place | None) -> None:
        for place in reading.places:
            if place.rule != "named":
                why = "the surest candidate" if place is chosen else f"weight {place.weight:.1f}"
                notes.add("where", place.rule, _evidence(article, place), made=place is chosen, why=why)
        by_weight = chosen is not None and chosen.rule.startswith("weighed-")
        if reading.readout or (chosen is not None and not by_weight):
            return
        for name, facts in self.facts_of_states(reading).items():
            at = _evidence(article, _shown(namings_of_states(reading)[name]))
            made = chosen is not None and chosen.country == name
            notes.add("where", "weighed-state", at, made=made, why=f"{name}: {self._states.why(facts)}")
        if chosen is None or chosen.country is None:
            return
        places = namings_of_places(reading, chosen.country)
        for name, facts in self.facts_of_places(reading, chosen.country).items():
            at = _evidence(article, _shown(places[name]))
            made = chosen.place == name
            notes.add("where", "weighed-place", at, made=made, why=f"{name}: {self._places.why(facts)}")


def _nearer(reading: Reading, state: str | None) -> Place | None:
    """The surest place in the country known already that the opening gives to the event.

    A wire reports from where its writer sits, often the capital.
    """
    nearer = [
        place
        for place in reading.places
        if place.rule in {*_NEARER, "opening"}
        and place.country == state
        and place.sentence < _OPENING
        and (place.weight >= _SURE or place.rule == "opening")
    ]
    return max(nearer, key=lambda one: one.weight, default=None)


def _stops(reading: Reading) -> Iterator[Place]:
    return (place for place in reading.places if place.rule == "journey")


def _shown(namings: Sequence[Place]) -> Place:
    """The naming that shows best that something happened there: after "in", in the text, and early."""
    return min(namings, key=lambda one: (not _is_where(one), one.sentence == TITLE, one.start))


def _is_where(place: Place) -> bool:
    return place.rule != "named" or place.part == "in"


def _basis(place: Place) -> Basis:
    return "stated" if _is_where(place) else "inferred"


def _value(article: Article, place: Place) -> Where:
    return Where((_evidence(article, place),), place.rule, place.place, place.country, place.basis)


def _evidence(article: Article, place: Place) -> Evidence:
    return quotation(article, place.start, place.end, place.sentence)
