"""What was agreed, pledged, proposed or refused, by whom, and on whose word."""

from __future__ import annotations

from briefing.sentences import statement as printed
from briefing.slots.matching import FACT, Context, Match
from briefing.slots.notes import Notes
from briefing.slots.parties import PartyReader
from briefing.slots.principals import Partners
from briefing.slots.rules import AgreedRule, Rules
from briefing.slots.settling import Settler
from briefing.types import Agreed, Article, Reading, Status, quotation


class AgreedReader:
    """Reads the agreed slot."""

    def __init__(self, rules: Rules) -> None:
        order = rules.agreed.order
        # What the main clause states comes before an aside ("after signing the bill, he reaffirmed …"), then
        # the strongest status, then the first rule.
        self.settler = Settler(
            "agreed", rules, rules.agreed.rules, lambda one: (one.claim.aside, order.index(_status(one)))
        )
        self._parties = PartyReader(rules)

    def read(
        self,
        article: Article,
        reading: Reading,
        actors: frozenset[str],
        partners: Partners,
        notes: Notes,
    ) -> list[Agreed]:
        """The statements in order of the text.

        The title is read only where the text holds nothing.
        """
        return [
            self._value(article, context, match, partners)
            for context, match in self.settler.statements(article, reading, actors, notes)
        ]

    def _value(self, article: Article, context: Context, match: Match, partners: Partners) -> Agreed:
        source, claim = context.source, match.claim
        statement = quotation(article, *context.span, claim.sentence)
        found = [statement]
        if source.span is not None:
            found.append(quotation(article, *source.span))
        if source.at is not None and claim.at[0] == source.at:
            # "Mr Faisal reaffirmed …": he is the party, and the article itself says so.
            source = FACT
            found = [statement]
        return Agreed(
            text=printed(statement.quote),
            status=_status(match),
            evidence=tuple(dict.fromkeys(found)),
            rule=match.rule.name,
            parties=self._parties.read(article, context, _rule(match), claim, partners),
            speaker=source.speaker,
            attribution=source.standing,
        )


def _rule(match: Match) -> AgreedRule:
    assert isinstance(match.rule, AgreedRule)  # noqa: S101  (the matcher was given no other)
    return match.rule


def _status(match: Match) -> Status:
    return _rule(match).status
