"""What was agreed, pledged, proposed or refused, by whom, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.sentences import statement as printed
from briefing.slots.evidence import evidence
from briefing.slots.matching import FACT, Context, Match, Matcher, settle_notes
from briefing.slots.notes import Notes
from briefing.slots.phrases import folded
from briefing.slots.rules import AgreedRule, Rules
from briefing.types import TITLE, Agreed, Article, Claim, Reading, Ref, Source, Status

_SELF = {"i", "we", "it", "he", "she"}


class AgreedReader:
    """Reads the agreed slot."""

    def __init__(self, rules: Rules) -> None:
        self._matcher = Matcher(rules, rules.agreed.rules)
        self._order = rules.agreed.order
        self._several = frozenset(rules.moods.several)
        self._people = frozenset(rules.moods.people)
        self._attendees = frozenset(rules.moods.attendees)
        self._sides = frozenset(rules.moods.sides)

    def read(
        self,
        article: Article,
        reading: Reading,
        principals: Sequence[str],
        sides: Sequence[str],
        notes: Notes,
    ) -> list[Agreed]:
        """The statements in order of the text.

        `principals` and `sides` are whom "they" and "the two sides" stand for.  The title is read only
        where the text holds nothing.
        """
        found = [
            self._value(article, reading, span, match, source, principals, sides)
            for number, (span, source) in enumerate(zip(reading.sentences, reading.sources, strict=True))
            if (match := self._settle(article, reading, number, span, source, notes)) is not None
        ]
        if not found and article.title:
            span = 0, len(article.title)
            match = self._settle(article, reading, TITLE, span, FACT, notes)
            if match is not None:
                found.append(self._value(article, reading, span, match, FACT, principals, sides))
        return found

    def _settle(
        self,
        article: Article,
        reading: Reading,
        number: int,
        span: tuple[int, int],
        source: Source,
        notes: Notes,
    ) -> Match | None:
        """Of the rules that find a sentence, the one that settles it.

        What the main clause states comes before an aside ("after signing the bill, he reaffirmed …"),
        then the strongest status, then the first rule.
        """
        text = article.text if number != TITLE else article.title or ""
        context = Context(reading, reading.claims_in(number), span[0], folded(text[slice(*span)]), source)
        considered = list(self._matcher.consider(context))
        chosen = min(
            (one for one in considered if isinstance(one, Match)),
            key=lambda one: (one.claim.aside, self._order.index(_status(one))),
            default=None,
        )
        settle_notes(notes, "agreed", article, number, considered, chosen)
        return chosen

    def _value(
        self,
        article: Article,
        reading: Reading,
        span: tuple[int, int],
        match: Match,
        source: Source,
        principals: Sequence[str],
        sides: Sequence[str],
    ) -> Agreed:
        claim = match.claim
        statement = evidence(article, *span, claim.sentence)
        found = [statement]
        if source.span is not None and claim.sentence != TITLE:
            found.append(evidence(article, *source.span))
        parties = self._parties(reading, claim, principals, sides)
        doer = claim.agents[0] if claim.agents else None
        # "The US said that it would", "we stand by": a pronoun for the speaker.
        if not parties and source.speaker is not None and doer is not None and doer.word in _SELF:
            parties = (source.speaker,)
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
            return named
        if doer.lemma not in self._several or not doer.several or self._follows_a_group(reading, claim, doer):
            return ()
        if doer.lemma in self._attendees and doer.described:
            return ()  # "business leaders" are others than those who met, "the Kenyan leaders" are not
        meant = tuple(sides if doer.lemma in self._sides and len(sides) > 1 else principals)
        # "The four leaders", where two are known: better nobody than some of them.
        return meant if doer.count in (None, len(meant)) else ()

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


def _status(match: Match) -> Status:
    assert isinstance(match.rule, AgreedRule)  # noqa: S101  (the matcher was given no other)
    return match.rule.status
