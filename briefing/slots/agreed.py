"""What was agreed, pledged, proposed or refused, by whom, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.sentences import statement as printed
from briefing.slots.matching import FACT, Context, Match
from briefing.slots.notes import Notes
from briefing.slots.principals import SPEAKS_FOR
from briefing.slots.rules import AgreedRule, Rules
from briefing.slots.settling import Settler
from briefing.types import Agreed, Article, Claim, Reading, Ref, Source, Status, quotation, text_of

_SELF = {"i", "we", "us", "it", "he", "she"}


class AgreedReader:
    """Reads the agreed slot."""

    def __init__(self, rules: Rules) -> None:
        order = rules.agreed.order
        # What the main clause states comes before an aside ("after signing the bill, he reaffirmed …"), then
        # the strongest status, then the first rule.
        self.settler = Settler(
            "agreed", rules, rules.agreed.rules, lambda one: (one.claim.aside, order.index(_status(one)))
        )
        self._several = frozenset(rules.moods.several)
        self._people = frozenset(rules.moods.people)
        self._attendees = frozenset(rules.moods.attendees)
        self._sides = frozenset(rules.moods.sides)
        self._deciding = frozenset(rules.moods.deciding)
        self._governments = frozenset(rules.moods.governments)

    def read(
        self,
        article: Article,
        reading: Reading,
        actors: frozenset[str],
        principals: Sequence[str],
        sides: Sequence[str],
        notes: Notes,
    ) -> list[Agreed]:
        """The statements in order of the text.

        `principals` and `sides` are whom "they" and "the two sides" stand for.  The title is read only
        where the text holds nothing.
        """
        return [
            self._value(article, context, match, principals, sides)
            for context, match in self.settler.statements(article, reading, actors, notes)
        ]

    def _value(
        self,
        article: Article,
        context: Context,
        match: Match,
        principals: Sequence[str],
        sides: Sequence[str],
    ) -> Agreed:
        reading, source, claim = context.reading, context.source, match.claim
        statement = quotation(article, *context.span, claim.sentence)
        found = [statement]
        if source.span is not None:
            found.append(quotation(article, *source.span))
        parties = self._parties(reading, claim, principals, sides)
        if parties:
            parties = _with_their_side(reading, match, source, parties)
        elif claim.agents:
            parties = self._meant(article, reading, claim.agents[0], claim.sentence, source)
        if source.at is not None and claim.at[0] == source.at:
            # "Mr Faisal reaffirmed …": he is the party, and the article itself says so.
            source = FACT
            found = [statement]
        return Agreed(
            text=printed(statement.quote),
            status=_status(match),
            evidence=tuple(dict.fromkeys(found)),
            rule=match.rule.name,
            parties=parties,
            speaker=source.speaker,
            attribution=source.standing,
        )

    def _parties(
        self, reading: Reading, claim: Claim, principals: Sequence[str], sides: Sequence[str]
    ) -> tuple[str, ...]:
        """Who agreed: the actors named as subject, or whom a plural subject stands for."""
        if not claim.agents:
            return ()
        doer = claim.agents[0]
        named = tuple(dict.fromkeys(one.actor for one in claim.agents if one.actor is not None))
        if named:
            # "The Vice President and the President", where the text names one of them elsewhere.
            both = len(named) == 1 and len(claim.agents) == len(principals) and named[0] in principals
            return tuple(principals) if both and len(principals) > 1 else named
        if doer.lemma not in self._several or not doer.several or self._follows_a_group(reading, claim, doer):
            return ()
        if doer.lemma in self._attendees and doer.described:
            return ()  # "business leaders" are others than those who met, "the Kenyan leaders" are not
        meant = tuple(sides if doer.lemma in self._sides and len(sides) > 1 else principals)
        # "The four leaders", where two are known: better nobody than some of them.
        return meant if doer.count in (None, len(meant)) else ()

    def _meant(
        self, article: Article, reading: Reading, doer: Ref, sentence: int, source: Source
    ) -> tuple[str, ...]:
        """Whom a doer without a name stands for: the speaker or the speaker's state, else as written."""
        speaker = reading.entity(source.speaker)
        if doer.word in _SELF:
            if source.speaker is None:
                return ()
            if speaker is not None and speaker.side and SPEAKS_FOR.search(speaker.role or ""):
                return (speaker.side,)
            return (source.speaker,)
        own = doer.lemma in self._governments and doer.opens is None
        if own and speaker is not None and speaker.side:
            return (speaker.side,)
        named = doer.proper and not _in_dateline(reading, doer)
        if not named and doer.lemma not in self._deciding:
            return ()
        if doer.pronoun or doer.count is not None or (doer.several and doer.opens is None):
            return ()
        text = text_of(article, sentence)
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


def _in_dateline(reading: Reading, doer: Ref) -> bool:
    """Whether the parser took the agency or the town of the dateline for the doer."""
    return any(zone.kind == "dateline" and zone.start <= doer.start < zone.end for zone in reading.zones)


def _with_their_side(
    reading: Reading, match: Match, source: Source, parties: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties, with the state for which the one who speaks commits himself, or the one who commits it.

    "The President assured them that the United States will help": both he and his state.
    """
    actor = reading.entity(parties[0])
    if len(parties) > 1 or actor is None:
        return parties
    if actor.kind != "person":
        speaker = reading.entity(source.speaker)
        own = speaker is not None and speaker.kind == "person" and speaker.side in {actor.name, actor.side}
        if speaker is None or not own or SPEAKS_FOR.search(speaker.role or ""):
            return parties
        return (speaker.name, *parties)
    state = reading.entity(actor.side)
    claim = match.claim
    if state is None or state.name == actor.name or _status(match) != "reaffirmed":
        return parties
    named = any(m.sentence == claim.sentence and claim.at[1] <= m.start < claim.end for m in state.mentions)
    return (*parties, state.name) if named else parties


def _status(match: Match) -> Status:
    assert isinstance(match.rule, AgreedRule)  # noqa: S101  (the matcher was given no other)
    return match.rule.status
