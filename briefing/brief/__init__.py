"""Stories → the brief of a day: filed, ranked, and read for what they share.

Nothing here writes a word of its own about the events: every line is a source's, with its evidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.brief.account import Account, account
from briefing.brief.changes import compare, met_again
from briefing.brief.choosing import WORDS, choose, untold
from briefing.brief.differences import differences
from briefing.brief.forward import forward
from briefing.brief.ledger import Entry, entry, ledger, to_show
from briefing.brief.meetings import meetings
from briefing.brief.merge import merge, name_article
from briefing.brief.rank import Interests, Ranking, by_rank, ranked, unmatched
from briefing.brief.regions import home_country, region
from briefing.brief.rules import subject_rules
from briefing.brief.subjects import Subjects
from briefing.brief.telling import MOST, Told
from briefing.brief.value import about
from briefing.editing import shortened
from briefing.reading.headline import headline, is_mark, names_document
from briefing.sentences import in_first_person
from briefing.types import (
    DECIDED,
    Article,
    Brief,
    Difference,
    Evidence,
    Failure,
    Join,
    Line,
    Period,
    Slots,
    Story,
    Summary,
    leading_of,
)

__all__ = [
    "Account",
    "BriefOptions",
    "Entry",
    "Interests",
    "Material",
    "Ranking",
    "Subjects",
    "account",
    "assemble",
    "by_rank",
    "compare",
    "differences",
    "entry",
    "ledger",
    "met_again",
    "subject_rules",
    "to_show",
    "unmatched",
]

# A bottom line is read in one breath.
_BOTTOM_LINES = 5
_TOPIC_SIDES = 3
ALL_DAYS = Period()
# Enough to tell apart all stories that a desk will ever see in one brief.
_ID_DIGITS = 12


@dataclass(frozen=True)
class BriefOptions:
    """What `assemble` makes of the stories.

    At most `told` are told in full, in about `words` words; with `everything` all are, whatever it takes.
    """

    title: str
    date: dt.date
    period: Period = ALL_DAYS
    told: int = 12
    words: int = WORDS
    everything: bool = False
    home: str | None = None
    ranking: Ranking = field(default_factory=Ranking)


@dataclass(frozen=True)
class Material:
    """The articles on one event, the lead first, with the slots and the account of each.

    The evidence of the summary names its article, that of the slots does not yet.  `subjects` says how like
    the lead is to each subject; where nobody weighed it, the story has no news value.
    """

    articles: tuple[Article, ...]
    slots: tuple[Slots, ...]
    summary: Summary
    duplicates: tuple[Article, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    updates: tuple[Difference, ...] = ()
    accounts: tuple[Account, ...] = ()
    joins: tuple[Join, ...] = ()
    subjects: Mapping[str, float] = field(default_factory=dict)


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
    lines = [_line(material) for material in materials]
    both = [
        _story(material, own, line, home, options)
        for material, own, line in zip(materials, slots, lines, strict=True)
    ]
    bottom = {story.id: line for (story, _), line in zip(both, lines, strict=True)}
    met = {
        story.id: [row for one in material.accounts for row in one.meetings]
        for (story, _), material in zip(both, materials, strict=True)
    }
    told, rest = _told_first(both, options)
    bottom_line = tuple(
        line for story in told[:_BOTTOM_LINES] for line in _bottom_line(story, bottom[story.id])
    )
    if not options.everything:
        told = choose(told, options.words - sum(len(line.text.split()) for line in bottom_line))
    # What leads the day comes first; the rest by region, the region of its best story first, then by rank.
    leading = leading_of(len(told), len(bottom_line))
    leads, others = told[:leading], told[leading:]
    best = {story.region: n for n, story in reversed([*enumerate(others)])}
    told = [*leads, *sorted(others, key=lambda story: best[story.region])]
    ordered = [*told, *sorted(map(untold, rest), key=lambda story: story.dropped is not None)]
    # What a desk drops has no rows either.
    shown = [story for story in ordered if story.dropped is None]
    return Brief(
        title=options.title,
        date=options.date,
        period=options.period,
        stories=tuple(ordered),
        told=len(told),
        bottom_line=bottom_line,
        forward=forward(shown, options.date, _stands_in(materials)),
        meetings=meetings(shown, met),
        outside=tuple(outside),
        failures=tuple(failures),
        warnings=tuple(warnings),
    )


def _stands_in(materials: Sequence[Material]) -> Callable[[Evidence], bool]:
    """Whether the sentence of an evidence may be a row of a table, as far as its article was read."""
    rows = {
        article.id: account.rows
        for material in materials
        for article, account in zip(material.articles, material.accounts, strict=False)
    }
    return lambda at: at.article not in rows or at.start in rows[at.article]


def _told_first(
    stories: Sequence[tuple[Story, bool]], options: BriefOptions
) -> tuple[list[Story], list[Story]]:
    """The stories that are told in full, and the others, each the best first."""
    worthy = {story.id for story, told in stories if told}
    foremost = by_rank(story for story, _ in stories)
    most = len(foremost) if options.everything else options.told
    told = [story for story in foremost if story.id in worthy][:most]
    shown = {story.id for story in told}
    return told, [story for story in foremost if story.id not in shown]


def _line(material: Material) -> Told | None:
    """The news of the lead in one line."""
    line = material.accounts[0].news if material.accounts else None
    return line and replace(line, evidence=name_article(line.evidence, material.articles[0]))


def _story(
    material: Material, slots: Slots, line: Told | None, home: str | None, options: BriefOptions
) -> tuple[Story, bool]:
    """The story, and whether it is worth telling in full."""
    story = Story(
        id=_story_id(material.articles),
        headline=_heading(material, line),
        region=region(slots, home),
        articles=material.articles,
        duplicates=material.duplicates,
        conflicts=material.conflicts,
        updates=material.updates,
        joins=material.joins,
        summary=material.summary,
        slots=slots,
        subjects=material.subjects,
    )
    known = material.accounts[0].facts if material.accounts else {}
    facts = {**known, **about(material.subjects)} if known else None
    made, told = ranked(story, facts, options.ranking)
    return (replace(made, dropped=None), True) if options.everything else (made, told)


def _heading(material: Material, line: Told | None) -> str:
    """The title of the first article that has one of news, or of a record what it is of.

    Else the news in one line, else other words of the article.
    """
    for article in material.articles:
        title = article.title or ""
        span = headline(title)
        if span is not None and not names_document(title[slice(*span)]):
            return " ".join(title[slice(*span)].split())
    if line is not None:
        return line.heading
    lead, sentences = material.articles[0], material.summary.sentences
    # A title that begins small is the end of a longer one: "foreign banks next year".
    if lead.title and not is_mark(lead.title) and not lead.title[0].islower():
        return lead.title
    return shortened(" ".join((sentences[0].text if sentences else lead.text).split()), MOST)


def _story_id(articles: Sequence[Article]) -> str:
    """Follows from the earliest article, so that it stays when later ones join."""
    earliest = min(articles, key=lambda article: (article.date or dt.date.max, article.sha256))
    return earliest.sha256[:_ID_DIGITS]


def _bottom_line(story: Story, line: Told | None) -> list[Line]:
    """The news of the story in one line; else what was decided, or opens the summary."""
    people = dict.fromkeys(who.side for who in story.slots.who if who.side and who.kind == "person")
    states = dict.fromkeys(who.side for who in story.slots.who if who.side and who.kind == "state")
    # States named beside the people are often only talked about.
    topic = tuple(people if len(people) > 1 else {**people, **states})[:_TOPIC_SIDES]
    if line is not None:
        return [Line(line.text, story.id, line.evidence, line.sides[:_TOPIC_SIDES] or topic)]
    for agreed in story.slots.agreed:
        # "We decided …" is somebody's own word, and alone does not say whose.
        if agreed.status in DECIDED and not in_first_person(agreed.text):
            return [Line(shortened(agreed.text, MOST), story.id, agreed.evidence, topic)]
    first = story.summary.sentences[:1]
    return [Line(shortened(one.text, MOST), story.id, one.evidence, topic) for one in first]
