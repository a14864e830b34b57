"""What comes next or may come: scheduled, expected, conditional, or somebody's assessment."""

from __future__ import annotations

from briefing.reading.wording import folded
from briefing.sentences import statement as printed
from briefing.slots.matching import FACT, Context, Match, Matcher, settle_notes
from briefing.slots.notes import Notes
from briefing.slots.rules import OutlookRule, Rules
from briefing.types import TITLE, Article, Outlook, Prospect, Reading, quotation, text_of

_EXACT = {"day", "week", None}


class OutlookReader:
    """Reads the outlook slot."""

    def __init__(self, rules: Rules) -> None:
        self._matcher = Matcher(rules, rules.outlook.rules)
        self._order = rules.outlook.order

    def read(self, article: Article, reading: Reading, notes: Notes) -> list[Outlook]:
        """The statements in order of the text; the title is read only where the text holds nothing."""
        found = [
            value
            for number, span in enumerate(reading.sentences)
            if (value := self._value(article, reading, number, span, notes)) is not None
        ]
        if not found and article.title:
            value = self._value(article, reading, TITLE, (0, len(article.title)), notes)
            if value is not None:
                found.append(value)
        return found

    def _value(
        self, article: Article, reading: Reading, number: int, span: tuple[int, int], notes: Notes
    ) -> Outlook | None:
        times = reading.times_in(number)
        future = [time for time in times if time.future]
        open_ = [time for time in times if time.future is None]
        text = text_of(article, number)
        source = reading.sources[number] if number != TITLE else FACT
        context = Context(
            reading,
            reading.claims_in(number),
            span[0],
            folded(text[slice(*span)]),
            source,
            future=bool(future),
            undated=bool(open_),
            exact=any(time.when.precision in _EXACT for time in (*future, *open_)),
        )
        match = self._settle(article, context, number, notes)
        if match is None:
            return None
        found = [quotation(article, *span, number)]
        if source.span is not None:
            found.append(quotation(article, *source.span))
        chosen = next(iter(future or open_), None)
        return Outlook(
            text=printed(found[0].quote),
            kind=_kind(match),
            evidence=tuple(dict.fromkeys(found)),
            rule=match.rule.name,
            when=chosen.when if chosen is not None else None,
            speaker=source.speaker,
            attribution=source.standing,
        )

    def _settle(self, article: Article, context: Context, number: int, notes: Notes) -> Match | None:
        """Of the rules that find a sentence, the one whose kind stands first in the order."""
        considered = list(self._matcher.consider(context))
        chosen = min(
            (one for one in considered if isinstance(one, Match)),
            key=lambda one: self._order.index(_kind(one)),
            default=None,
        )
        settle_notes(notes, "outlook", article, number, considered, chosen)
        return chosen


def _kind(match: Match) -> Prospect:
    assert isinstance(match.rule, OutlookRule)  # noqa: S101  (the matcher was given no other)
    return match.rule.kind
