"""The forward look: what is to come, in order of date, one row an event however many articles say so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.brief.merge import fold
from briefing.brief.rules import forward_rules
from briefing.types import Event, Evidence, Outlook, Story, When

# Two statements about the same days are one where so much of the shorter one's words is in the other.
_SHARED_WORDS = 0.75
_TO = re.compile(r"\b(?:to|until|till)(?:\s+(?:the\s+)?[\w.]+)?$", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:]|\b(?:and|but|after|because|which|who)\b", re.IGNORECASE)
_ASIDE = re.compile(r",\s*(?:which|who)\s*$", re.IGNORECASE)
_EXACT = {"day", "week", "month"}
_PLANNED = {"scheduled", "expected"}
# "Talks resume" is too little to tell whose talks.
_FEWEST_WORDS = 3


def forward(
    stories: Sequence[Story], today: dt.date, stands: Callable[[Evidence], bool] = lambda _: True
) -> tuple[Event, ...]:
    """Coming events in order of date: planned steps that have a day, a week or a month of their own.

    None whose sentence leans on the one before, as `stands` says of its evidence: "He said it would close".

    The day lies after that of the article and not before `today`.  Events of the same days stand in the order
    of their stories.  Where several statements tell one event, the row has the words of the firmest and the
    evidence of all.
    """
    coming = [
        event
        for story in stories
        for event in _events(story)
        if last_day(event) >= today and stands(event.evidence[0])
    ]
    rows = _most_exact(_told_once(coming))
    return tuple(sorted(rows, key=lambda event: (first_day(event), last_day(event))))


def _most_exact(events: Sequence[Event]) -> Iterator[Event]:
    """Those with a day, and those with a week or month in which their story gives none."""
    days = [one for one in events if one.when is not None and one.when.precision == "day"]
    for event in events:
        first, last = first_day(event), last_day(event)
        within = (
            first <= first_day(one) and last_day(one) <= last for one in days if one.story == event.story
        )
        if event in days or not any(within):
            yield event


def first_day(event: Event) -> dt.date:
    """The day on which the event begins; the last day of all where no source gives one."""
    return (event.when.date if event.when else None) or dt.date.max


def last_day(event: Event) -> dt.date:
    """The last day that the event may fall on."""
    return (event.when.end if event.when else None) or first_day(event)


def _events(story: Story) -> Iterable[Event]:
    days = {article.id: article.date for article in story.articles}
    for value in story.slots.outlook:
        when = value.when
        if when is None or when.date is None or when.precision not in _EXACT or value.kind not in _PLANNED:
            continue
        written = days.get(value.evidence[0].article or "")
        # "The talks were to open on Monday" in Monday's paper is no coming event.
        coming = written is None or (when.end or when.date) > written
        if coming and not _is_off(value, when):
            yield Event(
                value.text, value.kind, when, story.id, value.evidence, value.speaker, value.attribution
            )


def _is_off(value: Outlook, when: When) -> bool:
    """Whether the clause of the event says that it is called off, or put off to no day that it gives.

    The main clause speaks for one that only tells of the event: "The talks, which were to open on 16 June,
    have been cancelled."
    """
    before, found, after = value.text.partition(when.phrase)
    off = forward_rules().called_off.search
    if not found:
        return False
    lead, rest = _CLAUSES.split(before)[-1], _CLAUSES.split(after)[0]
    if off(lead + found + rest):
        return _TO.search(lead + found.split()[0]) is None
    opening = before.removesuffix(lead)
    return _ASIDE.search(opening) is not None and off(opening + after.removeprefix(rest)) is not None


@dataclass
class _Row:
    """An event with what its statements are compared by."""

    event: Event
    words: frozenset[str]
    details: frozenset[str]
    denied: bool

    @classmethod
    def of(cls, event: Event) -> _Row:
        rules = forward_rules()
        text = re.sub(r"['’]s\b", "", event.text)
        if event.when is not None:
            # The days are compared as days; how they are put is no part of what happens.
            text = text.replace(event.when.phrase, " ")
        written = [word for word in re.findall(r"\w+", text) if fold(word) not in rules.small_words]
        return cls(
            event,
            frozenset(fold(word) for word in written if not word.isdigit()),
            frozenset(fold(word) for word in written if word.isdigit() or word[0].isupper()),
            rules.denial.search(text) is not None,
        )

    def same(self, other: _Row) -> bool:
        """Whether both tell one event, the names and numbers of one being among those of the other."""
        mine, theirs = self.event, other.event
        # What may come is no support for what will.
        if mine.kind != theirs.kind and not {mine.kind, theirs.kind} <= set(forward_rules().firm):
            return False
        if (first_day(mine), last_day(mine)) != (first_day(theirs), last_day(theirs)):
            return False
        if self.denied != other.denied:
            return False
        if not (self.details <= other.details or other.details <= self.details):
            return False
        fewest = min(len(self.words), len(other.words))
        shared = len(self.words & other.words)
        enough = fewest >= _FEWEST_WORDS and shared >= _SHARED_WORDS * fewest
        return enough or self.words == other.words

    @property
    def firmness(self) -> tuple[bool, bool]:
        return self.event.kind == "scheduled", self.event.attribution == "fact"


def _told_once(events: Iterable[Event]) -> list[Event]:
    rows: list[_Row] = []
    for event in events:
        new = _Row.of(event)
        for n, known in enumerate(rows):
            if known.same(new):
                first, second = (new, known) if new.firmness > known.firmness else (known, new)
                evidence = tuple(dict.fromkeys((*first.event.evidence, *second.event.evidence)))
                rows[n] = replace(first, event=replace(first.event, evidence=evidence))
                break
        else:
            rows.append(new)
    return [row.event for row in rows]
