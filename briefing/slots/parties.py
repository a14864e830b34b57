"""Who agrees, pledges or refuses: the parties of a statement, by name where the text gives one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.slots.matching import Context
from briefing.slots.principals import SPEAKS_FOR, Partners
from briefing.slots.rules import AgreedRule, Rules
from briefing.types import Article, Claim, Entity, Mention, Reading, Ref, Source, text_of

_ONE = {"i", "it", "he", "she"}
_MANY = {"we", "us"}
_NEAR = 3  # sentences back to those whom "they" stands for
# What two do together, so that with whom it is done is a party, too.
_MUTUAL = {"signed", "agreed"}
# What may stand between the name of a body and the noun for those who act for it.
_BESIDE = re.compile(r"(?:['\u2019]s?)?\s*")
_OF = re.compile(r"\s*of\s+(?:the\s+)?")


class PartyReader:
    """Names the parties of a statement."""

    def __init__(self, rules: Rules) -> None:
        moods = rules.moods
        self._several = frozenset(moods.several)
        self._people = frozenset(moods.people)
        self._attendees = frozenset(moods.attendees)
        self._sides = frozenset(moods.sides)
        self._deciding = frozenset(moods.deciding)
        self._governments = frozenset(moods.governments)
        self._acting_for = frozenset(moods.acting_for)

    def read(
        self, article: Article, context: Context, rule: AgreedRule, claim: Claim, partners: Partners
    ) -> tuple[str, ...]:
        """The parties: the actors named as subject, whom it stands for, else the subject as written."""
        if not claim.agents:
            return ()
        reading, source, doer = context.reading, context.source, claim.agents[0]
        text = text_of(article, claim.sentence)
        named = dict.fromkeys(self._named(reading, one, text, source, partners) for one in claim.agents)
        found = tuple(one for one in named if one is not None)
        if found:
            found = _both(claim, found, partners)
        else:
            found = _speakers(reading, claim, doer, source) or self._partners(reading, claim, doer, partners)
            found = found or self._meant(reading, doer, text, source)
        if rule.status in _MUTUAL:
            found = tuple(dict.fromkeys((*found, *_counterparts(reading, claim)))) if found else found
        return _with_their_side(reading, claim, rule, found)

    def _named(
        self, reading: Reading, doer: Ref, text: str, source: Source, partners: Partners
    ) -> str | None:
        """The actor that the doer names, or for which those act who are meant: "EU ministers", the EU."""
        if doer.actor is not None and doer.form != "group":
            return doer.actor
        if doer.pronoun:
            return None
        acts = doer.lemma in self._governments or (doer.several and doer.lemma in self._acting_for)
        owner = _owner(reading, doer, text) if acts else None
        if owner is None and doer.lemma in self._governments and doer.opens is None:
            # "The government will pay": that of the speaker, or of the one state that the article is about.
            speaker = reading.entity(source.speaker)
            one = partners.sides[0] if len(partners.sides) == 1 else None
            return (speaker.side if speaker is not None else None) or one or doer.actor
        return owner.name if owner is not None else doer.actor

    def _partners(self, reading: Reading, claim: Claim, doer: Ref, partners: Partners) -> tuple[str, ...]:
        """Whom a plural subject without a name stands for."""
        if doer.lemma not in self._several or not doer.several or self._follows_a_group(reading, claim, doer):
            return ()
        if doer.lemma in self._attendees and doer.described:
            return ()  # "business leaders" are others than those who met, "the Kenyan leaders" are not
        sides = doer.lemma in self._sides and len(partners.sides) > 1
        meant = tuple(partners.sides if sides else partners.principals)
        # "The four leaders", where two are known, or "they" far from both: better nobody than some of them.
        told = doer.word != "they" or reading.readout or all(_is_near(reading, claim, one) for one in meant)
        return meant if told and doer.count in (None, len(meant)) else ()

    def _meant(self, reading: Reading, doer: Ref, text: str, source: Source) -> tuple[str, ...]:
        """Whom a doer without a name stands for: the speaker or the speaker's state, else as written."""
        if doer.word in _ONE or doer.word in _MANY:
            speaker = reading.entity(source.speaker)
            if source.speaker is None or speaker is None:
                return ()
            for_others = SPEAKS_FOR.search(speaker.role or "") or (doer.word in _MANY and speaker.role)
            return (speaker.side,) if speaker.side and for_others else (speaker.name,)
        named = doer.proper and not _in_dateline(reading, doer)
        if not named and doer.lemma not in self._deciding:
            return ()
        if doer.pronoun or doer.count is not None or (doer.several and doer.opens is None):
            return ()
        return (" ".join(text[doer.start if doer.opens is None else doer.opens : doer.end].split()),)

    def _follows_a_group(self, reading: Reading, claim: Claim, doer: Ref) -> bool:
        """Whether the sentence before is about people without names: "Business leaders spoke.  They …"."""
        if doer.word != "they":
            return False
        main = next((one for one in reading.claims_in(claim.sentence - 1) if one.link == "main"), None)
        subject = main.subject if main is not None else None
        return (
            subject is not None
            and subject.lemma in self._people
            and subject.several
            and subject.actor is None
            and subject.described
        )


def _is_near(reading: Reading, claim: Claim, name: str) -> bool:
    """Whether this sentence or one of the three before names the actor."""
    entity = reading.entity(name)
    near = range(claim.sentence - _NEAR, claim.sentence + 1)
    return entity is not None and any(one.sentence in near for one in entity.mentions)


def _speakers(reading: Reading, claim: Claim, doer: Ref, source: Source) -> tuple[str, ...]:
    """Those who say what they will do themselves: "The unions said they would strike"."""
    speaker = reading.entity(source.speaker)
    own = doer.word == "they" and claim.reported and speaker is not None and speaker.kind == "organisation"
    return (speaker.name,) if own and speaker is not None else ()


def _both(claim: Claim, named: tuple[str, ...], partners: Partners) -> tuple[str, ...]:
    """The named ones; both partners for "the Vice President and the President", one named elsewhere."""
    both = (
        len(named) == 1 and len(claim.agents) == len(partners.principals) and named[0] in partners.principals
    )
    return tuple(partners.principals) if both and len(partners.principals) > 1 else named


def _counterparts(reading: Reading, claim: Claim) -> Iterator[str]:
    """With whom they agree: "Kenya agreed with Norway", "Kenya reached a deal with Norway"."""
    governors = {claim.verb, *(one.lemma for one in claim.objects)}
    for entity in reading.entities:
        for one in entity.mentions:
            within = one.sentence == claim.sentence and claim.start <= one.start < claim.end
            if within and one.via == "with" and one.governor in governors and one.form != "group":
                yield entity.name


def _owner(reading: Reading, doer: Ref, text: str) -> Entity | None:
    """The state or body for which the doer acts: "UN officials", "the members of the AU"."""
    opens = doer.start if doer.opens is None else doer.opens
    for entity in reading.entities:
        if entity.kind == "person" or entity.name == doer.actor:
            continue
        for mention in entity.mentions:
            if mention.start < len(text) and _is_beside(mention, opens, doer, text):
                return entity
    return None


def _is_beside(mention: Mention, opens: int, doer: Ref, text: str) -> bool:
    if mention.form == "group":
        return False
    if mention.end <= doer.start:
        return mention.start >= opens or bool(_BESIDE.fullmatch(text[mention.end : opens]))
    of = mention.start >= doer.end and mention.part != "possessor"
    return of and bool(_OF.fullmatch(text[doer.end : mention.start]))


def _in_dateline(reading: Reading, doer: Ref) -> bool:
    """Whether the parser took the agency or the town of the dateline for the doer."""
    return any(zone.kind == "dateline" and zone.start <= doer.start < zone.end for zone in reading.zones)


def _with_their_side(
    reading: Reading, claim: Claim, rule: AgreedRule, parties: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties, with the state that one of its people commits: "she reaffirmed that Norway will help"."""
    actor = reading.entity(parties[0]) if len(parties) == 1 else None
    state = reading.entity(actor.side) if actor is not None and actor.kind == "person" else None
    if actor is None or state is None or state.name == actor.name or rule.status != "reaffirmed":
        return parties
    named = any(m.sentence == claim.sentence and claim.at[1] <= m.start < claim.end for m in state.mentions)
    return (*parties, state.name) if named else parties
