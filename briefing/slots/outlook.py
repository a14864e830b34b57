"""What comes next or may come: scheduled, expected, conditional, or somebody's assessment."""

from __future__ import annotations

from briefing.sentences import statement as printed
from briefing.slots.matching import Context, Match
from briefing.slots.notes import Notes
from briefing.slots.rules import OutlookRule, Rules
from briefing.slots.settling import Settler
from briefing.types import Article, Outlook, Prospect, Reading, quotation


class OutlookReader:
    """Reads the outlook slot."""

    def __init__(self, rules: Rules) -> None:
        order = rules.outlook.order
        self.settler = Settler("outlook", rules, rules.outlook.rules, lambda one: order.index(_kind(one)))

    def read(self, article: Article, reading: Reading, actors: frozenset[str], notes: Notes) -> list[Outlook]:
        """The statements in order of the text; the title is read only where the text holds nothing."""
        found = self.settler.statements(article, reading, actors, notes)
        return [_value(article, context, match) for context, match in found]


def _value(article: Article, context: Context, match: Match) -> Outlook:
    source = context.source
    found = [quotation(article, *context.span, context.number)]
    if source.span is not None:
        found.append(quotation(article, *source.span))
    coming = next(iter(context.coming), None)
    return Outlook(
        text=printed(found[0].quote),
        kind=_kind(match),
        evidence=tuple(dict.fromkeys(found)),
        rule=match.rule.name,
        when=coming.when if coming is not None else None,
        speaker=source.speaker,
        attribution=source.standing,
    )


def _kind(match: Match) -> Prospect:
    assert isinstance(match.rule, OutlookRule)  # noqa: S101  (the matcher was given no other)
    return match.rule.kind
