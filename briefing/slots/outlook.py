"""What comes next or may come: scheduled, expected, conditional, or somebody's assessment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from briefing.dates import Time, find_times
from briefing.reading import grammar
from briefing.reading.article import Reading, folded
from briefing.reading.parse import Sentence
from briefing.reading.speech import FACT, Source
from briefing.sentences import statement as printed
from briefing.slots.matching import Context, Match, Matcher, settle_notes
from briefing.slots.notes import Notes
from briefing.slots.rules import OutlookRule, Rules
from briefing.types import Outlook, Prospect

# Days by which a text can be ahead of the date that its publisher gives it.
_ZONES = 1


class OutlookReader:
    """Reads the outlook slot."""

    def __init__(self, rules: Rules) -> None:
        self._matcher = Matcher(rules, rules.outlook.rules)
        self._order = rules.outlook.order

    def read(self, reading: Reading, notes: Notes) -> list[Outlook]:
        """The statements in order of the text; the title is read only where the text holds nothing."""
        found = [
            value
            for sentence, source in zip(reading.sentences, reading.sources, strict=True)
            if (value := self._value(reading, sentence, source, notes)) is not None
        ]
        if not found and reading.title_sentence is not None:
            value = self._value(reading, reading.title_sentence, FACT, notes)
            if value is not None:
                found.append(value)
        return found

    def _value(self, reading: Reading, sentence: Sentence, source: Source, notes: Notes) -> Outlook | None:
        times = _times(reading, sentence, reading.published)
        future = [time for time in times if time.future]
        open_ = [time for time in times if time.future is None]
        lower = folded(reading.text_of(sentence.number)[sentence.start : sentence.end])
        context = Context(sentence, lower, reading.cast, FACT, bool(future), bool(open_))
        match = self._settle(reading, context, notes)
        if match is None:
            return None
        evidence = [reading.evidence(sentence.start, sentence.end, sentence.number)]
        if source.evidence is not None:
            evidence.append(reading.evidence(*source.evidence))
        chosen = next(iter(future or open_), None)
        return Outlook(
            text=printed(evidence[0].quote),
            kind=_kind(match),
            evidence=tuple(dict.fromkeys(evidence)),
            rule=match.rule.name,
            when=chosen.when if chosen is not None else None,
            speaker=source.speaker,
            attribution=source.attribution,
        )

    def _settle(self, reading: Reading, context: Context, notes: Notes) -> Match | None:
        """Of the rules that find a sentence, the one whose kind stands first in the order."""
        considered = list(self._matcher.consider(context))
        chosen = min(
            (one for one in considered if isinstance(one, Match)),
            key=lambda one: self._order.index(_kind(one)),
            default=None,
        )
        settle_notes(notes, "outlook", reading, context.sentence, considered, chosen)
        return chosen


def _kind(match: Match) -> Prospect:
    assert isinstance(match.rule, OutlookRule)  # noqa: S101  (the matcher was given no other)
    return match.rule.kind


def _times(reading: Reading, sentence: Sentence, published: dt.date | None) -> list[Time]:
    """The times named; a bare weekday points where the verb above it does."""
    text = reading.text_of(sentence.number)
    found = find_times(
        text,
        sentence.start,
        sentence.end,
        published,
        # "available today" is no step to come; "meets on Friday" is.
        forward=lambda offset, kind: grammar.looks_forward(sentence, offset, present=kind != "today"),
    )
    return [replace(one, future=False) if _has_been(sentence, one, published) else one for one in found]


def _has_been(sentence: Sentence, time: Time, published: dt.date | None) -> bool:
    """Whether the verb that the time hangs on tells what was, whatever the date of publication says.

    "On Saturday, December 9, she met", dated the 8th, was written elsewhere on the earth.
    """
    day = time.when.date
    if day is None or published is None or not 0 < (day - published).days <= _ZONES:
        return False
    word = next((one for one in sentence.words if one.end > time.start), sentence.words[-1])
    above = next((one for one in sentence.ancestors(word) if one.pos in {"VERB", "AUX"}), word)
    helpers = {one.lower for one in grammar.auxiliaries(sentence, above)}
    return above.tag == "VBD" and not helpers & {"would", "could", "was", "were"}
