"""Stories → the brief of a day: filed, ranked, and read for what they share.

Nothing here writes a word of its own about the events: every line is a source's, with its evidence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.brief.changes import compare
from briefing.brief.ledger import Entry, entry, ledger, to_show
from briefing.brief.meetings import meetings, names_meeting
from briefing.brief.merge import merge
from briefing.brief.rank import score
from briefing.brief.regions import home_country, region
from briefing.types import (
    Article,
    Brief,
    Event,
    Failure,
    Line,
    Period,
    Slots,
    Story,
    Summary,
)

__all__ = ["BriefOptions", "Entry", "Material", "assemble", "compare", "entry", "ledger", "to_show"]

# A bottom line is read in one breath.
_BOTTOM_LINES = 5
_TOPIC_SIDES = 3
_HEADLINE_CHARACTERS = 100
ALL_DAYS = Period()
# Enough to tell apart all stories that a desk will ever see in one brief.
_ID_DIGITS = 12
_DECIDED = ("signed", "agreed")


@dataclass(frozen=True)
class BriefOptions:
    """What `assemble` makes of the stories; `told` is how many are told in full."""

    title: str
    date: dt.date
    period: Period = ALL_DAYS
    told: int = 12
    home: str | None = None


@dataclass(frozen=True)
class Material:
    """The articles on one event, the lead first, with the slots of each.

    The evidence of the summary names its article, that of the slots does not yet.
    """

    articles: tuple[Article, ...]
    slots: tuple[Slots, ...]
    summary: Summary
    duplicates: tuple[Article, ...] = ()


def assemble(
    materials: Sequence[Material],
    options: BriefOptions,
    *,
    outside: Sequence[Article] = (),
    failures: Sequence[Failure] = (),
    warnings: Sequence[str] = (),
) -> Brief:
    """Ranks the stories and draws the bottom line, the forward look and the meetings from them."""
    slots = [merge(material.articles, material.slots) for material in materials]
    home = options.home or home_country(slots)
    stories = [_story(material, own, home) for material, own in zip(materials, slots, strict=True)]
    ranked = sorted(stories, key=lambda story: (-story.score, story.id))
    best = {story.region: n for n, story in reversed([*enumerate(ranked)])}
    # Told by region: the region of the best story first, within a region by rank.
    told = sorted(ranked[: options.told], key=lambda story: best[story.region])
    foremost = ranked[: min(_BOTTOM_LINES, options.told)]
    ordered = [*told, *ranked[options.told :]]
    return Brief(
        title=options.title,
        date=options.date,
        period=options.period,
        stories=tuple(ordered),
        told=len(told),
        bottom_line=tuple(line for story in foremost for line in _bottom_line(story)),
        forward=tuple(_forward(ordered, options.date)),
        meetings=tuple(meeting for story in ordered for meeting in meetings(story)),
        outside=tuple(outside),
        failures=tuple(failures),
        warnings=tuple(warnings),
    )


def _story(material: Material, slots: Slots, home: str | None) -> Story:
    lead = material.articles[0]
    points, reasons = score(material.articles, slots)
    sentences = material.summary.sentences
    return Story(
        id=_story_id(material.articles),
        headline=lead.title or _shortened(sentences[0].text if sentences else lead.text),
        region=region(slots, home),
        articles=material.articles,
        duplicates=material.duplicates,
        summary=material.summary,
        slots=slots,
        score=points,
        reasons=reasons,
    )


def _story_id(articles: Sequence[Article]) -> str:
    """Follows from the earliest article, so that it stays when later ones join."""
    earliest = min(articles, key=lambda article: (article.date or dt.date.max, article.sha256))
    return earliest.sha256[:_ID_DIGITS]


def _shortened(sentence: str) -> str:
    """The opening of a sentence, cut between words, for an article without a title."""
    line = re.sub(r"\s+", " ", sentence).strip()
    if len(line) <= _HEADLINE_CHARACTERS:
        return line
    return line[:_HEADLINE_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def _bottom_line(story: Story) -> list[Line]:
    """What was decided, else what the summary opens with."""
    people = dict.fromkeys(who.side for who in story.slots.who if who.side and who.kind == "person")
    states = dict.fromkeys(who.side for who in story.slots.who if who.side and who.kind == "state")
    # States named beside the people are often only talked about.
    topic = tuple(people if len(people) > 1 else {**people, **states})[:_TOPIC_SIDES]
    for agreed in story.slots.agreed:
        if agreed.status in _DECIDED:
            return [Line(agreed.text, story.id, agreed.evidence, topic)]
    return [Line(first.text, story.id, first.evidence, topic) for first in story.summary.sentences[:1]]


def _forward(stories: Sequence[Story], today: dt.date) -> list[Event]:
    """Coming events: those that a source dates, from the day of the brief on, then those without a date.

    Without a date only a planned step counts, or a meeting that was agreed; the rest is in the stories.
    """
    events = []
    for story in stories:
        agreed = {value.evidence[0] for value in story.slots.agreed if value.status in _DECIDED}
        for value in story.slots.outlook:
            dated = value.when is not None and value.when.date is not None
            agreed_meeting = value.evidence[0] in agreed and names_meeting(value.text)
            if dated or value.kind == "scheduled" or agreed_meeting:
                events.append(
                    Event(
                        value.text,
                        value.kind,
                        value.when,
                        story.id,
                        value.evidence,
                        value.speaker,
                        value.attribution,
                    )
                )
    coming = [event for event in events if _last_day(event) >= today]
    return sorted(coming, key=lambda event: (_last_day(event) == dt.date.max, _first_day(event)))


def _first_day(event: Event) -> dt.date:
    return (event.when.date if event.when else None) or dt.date.max


def _last_day(event: Event) -> dt.date:
    return (event.when.end if event.when else None) or _first_day(event)
