"""Stories → the brief of a day: filed, ranked, and read for what they share.

Nothing here writes a word of its own about the events: every line is a source's, with its evidence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.brief.changes import compare
from briefing.brief.differences import differences
from briefing.brief.forward import forward
from briefing.brief.ledger import Entry, entry, ledger, to_show
from briefing.brief.meetings import meetings
from briefing.brief.merge import merge
from briefing.brief.rank import Interests, Ranking, by_rank, ranked, unmatched
from briefing.brief.regions import home_country, region
from briefing.brief.rules import subject_rules
from briefing.brief.subjects import Subjects
from briefing.brief.value import facts_of
from briefing.sentences import in_first_person
from briefing.types import (
    DECIDED,
    Article,
    Brief,
    Difference,
    Failure,
    Line,
    Period,
    Slots,
    Story,
    Summary,
)

__all__ = [
    "BriefOptions",
    "Entry",
    "Interests",
    "Material",
    "Ranking",
    "Subjects",
    "assemble",
    "by_rank",
    "compare",
    "differences",
    "entry",
    "facts_of",
    "ledger",
    "subject_rules",
    "to_show",
    "unmatched",
]

# A bottom line is read in one breath.
_BOTTOM_LINES = 5
_TOPIC_SIDES = 3
_HEADLINE_CHARACTERS = 100
ALL_DAYS = Period()
# Enough to tell apart all stories that a desk will ever see in one brief.
_ID_DIGITS = 12


@dataclass(frozen=True)
class BriefOptions:
    """What `assemble` makes of the stories.

    At most `told` are told in full; with `everything` all are.
    """

    title: str
    date: dt.date
    period: Period = ALL_DAYS
    told: int = 12
    everything: bool = False
    home: str | None = None
    ranking: Ranking = field(default_factory=Ranking)


@dataclass(frozen=True)
class Material:
    """The articles on one event, the lead first, with the slots of each.

    The evidence of the summary names its article, that of the slots does not yet.  `subjects` says how like
    the lead is to each subject, `facts` what makes its value: None where nobody weighed it.
    """

    articles: tuple[Article, ...]
    slots: tuple[Slots, ...]
    summary: Summary
    duplicates: tuple[Article, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    updates: tuple[Difference, ...] = ()
    subjects: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, float] | None = None


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
    both = [
        _story(material, own, home, options.ranking) for material, own in zip(materials, slots, strict=True)
    ]
    if options.everything:
        both = [(replace(story, dropped=None), True) for story, _ in both]
    worthy = {story.id for story, told in both if told}
    foremost = by_rank(story for story, _ in both)
    most = len(foremost) if options.everything else options.told
    told = [story for story in foremost if story.id in worthy][:most]
    shown = {story.id for story in told}
    rest = [story for story in foremost if story.id not in shown]
    foremost = told[:_BOTTOM_LINES]
    best = {story.region: n for n, story in reversed([*enumerate(told)])}
    # Told by region: the region of the best story first, within a region by rank.
    told.sort(key=lambda story: best[story.region])
    ordered = [*told, *sorted(rest, key=lambda story: story.dropped is not None)]
    return Brief(
        title=options.title,
        date=options.date,
        period=options.period,
        stories=tuple(ordered),
        told=len(told),
        bottom_line=tuple(line for story in foremost for line in _bottom_line(story)),
        forward=forward(ordered, options.date),
        meetings=meetings(ordered),
        outside=tuple(outside),
        failures=tuple(failures),
        warnings=tuple(warnings),
    )


def _story(material: Material, slots: Slots, home: str | None, ranking: Ranking) -> tuple[Story, bool]:
    lead = material.articles[0]
    sentences = material.summary.sentences
    story = Story(
        id=_story_id(material.articles),
        headline=lead.title or _shortened(sentences[0].text if sentences else lead.text),
        region=region(slots, home),
        articles=material.articles,
        duplicates=material.duplicates,
        conflicts=material.conflicts,
        updates=material.updates,
        summary=material.summary,
        slots=slots,
        subjects=material.subjects,
    )
    return ranked(story, material.facts, ranking)


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
        # "We decided …" is somebody's own word, and alone does not say whose.
        if agreed.status in DECIDED and not in_first_person(agreed.text):
            return [Line(agreed.text, story.id, agreed.evidence, topic)]
    return [Line(first.text, story.id, first.evidence, topic) for first in story.summary.sentences[:1]]
