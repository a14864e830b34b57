"""Makes the brief of a period out of what came in: story by story, of what the stages say of each article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import starmap

from briefing.brief import BriefOptions, Material, assemble, differences
from briefing.cluster import Cluster, cluster, reprints, versions
from briefing.guard import guarded
from briefing.pipeline import Pipeline
from briefing.summarise import SummaryOptions, summarise_story
from briefing.types import Article, Brief, Intake, Period, Slots, Summary

# Articles of a story that are summarised: the lead and the latest others.  Support is looked for in all.
_SUMMARISED = 8


def make_brief(
    pipeline: Pipeline, intake: Intake, options: BriefOptions, summary: SummaryOptions, now: dt.datetime
) -> Brief:
    """The brief of the articles in the period.

    Raises ModelError and SettingsError as the stages do, ArchiveError where nothing can be kept, and
    StageError where a stage breaks on an article or a story: `guard.sparing` makes it of the others.
    """
    inside = [n for n, article in enumerate(intake.articles) if _included(article, options.period)]
    first = _reprints(intake, inside)
    unique = [n for n in inside if first[n] == n]
    articles = [intake.articles[n] for n in unique]
    pipeline.archive.keep_articles([intake.articles[n] for n in inside], now)
    slots = pipeline.slots(articles)
    accounts = pipeline.accounts(articles, slots)
    stories = cluster(articles, pipeline.profiles(articles)) if articles else []
    groups = [story.articles for story in stories]
    summaries = _summaries_of(pipeline, groups, articles, summary)
    copies: dict[int, list[Article]] = {}
    for n in inside:
        if first[n] != n:
            copies.setdefault(first[n], []).append(intake.articles[n])
    leads = [articles[group[0]] for group in groups]
    likenesses = pipeline.subjects(leads)

    def material(story: Cluster, likeness: Mapping[str, float]) -> Material:
        group = story.articles
        own = [articles[n] for n in group]
        found = differences(own, [slots[n] for n in group])
        return Material(
            articles=tuple(own),
            slots=tuple(slots[n] for n in group),
            summary=summarise_story(
                own,
                [summaries.get(n) for n in group],
                found.updates,
                [accounts[n].alone for n in group],
            ),
            conflicts=found.conflicts,
            updates=found.updates,
            accounts=tuple(accounts[n] for n in group),
            duplicates=tuple(copy for n in group for copy in copies.get(unique[n], ())),
            subjects=likeness,
            joins=story.joins,
        )

    materials = list(
        guarded(
            "the story",
            list(zip(stories, likenesses, strict=True)),
            lambda some: starmap(material, some),
            lambda one: [articles[n] for n in one[0].articles],
        )
    )
    undated = sum(article.date is None for article in articles)
    warnings = [
        *intake.warnings,
        *([f"{undated} articles give no date; their relative dates stay unresolved"] if undated else []),
        *_slot_warnings(articles, slots),
    ]
    outside = [article for article in intake.articles if not _included(article, options.period)]

    def made(some: Sequence[Material]) -> Brief:
        return assemble(some, options, outside=outside, failures=intake.failures, warnings=warnings)

    try:
        return made(materials)
    except Exception:
        # One story after the other tells on which it breaks.
        for _ in guarded(
            "the brief", materials, lambda some: [made([one]) for one in some], lambda one: one.articles
        ):
            pass
        raise


def _summaries_of(
    pipeline: Pipeline, groups: Sequence[Sequence[int]], articles: Sequence[Article], options: SummaryOptions
) -> dict[int, Summary]:
    """The summaries that the stories are told from, by the index of the article."""
    # A model that writes takes seconds an article: it writes on the lead alone.
    most = _SUMMARISED if pipeline.selects else 1
    wanted = [n for group in groups for n in (group[0], *_latest(group[1:], articles)[: most - 1])]
    return dict(zip(wanted, pipeline.summaries([articles[n] for n in wanted], options), strict=True))


def _latest(group: Sequence[int], articles: Sequence[Article]) -> list[int]:
    """The articles of a story from the latest to the earliest; those without a date last, in input order."""
    return sorted(group, key=lambda n: articles[n].date or dt.date.min, reverse=True)


def _slot_warnings(articles: Sequence[Article], slots: Sequence[Slots]) -> list[str]:
    return [
        f"{article.title or article.origin}: {warning}"
        for article, one in zip(articles, slots, strict=True)
        for warning in one.warnings
    ]


def _included(article: Article, period: Period) -> bool:
    # Nothing shows that an undated article is old, so it stays; the brief says how many there are.
    return article.date is None or article.date in period


def _reprints(intake: Intake, inside: Sequence[int]) -> dict[int, int]:
    """For each article in the period the one that it is a copy or earlier version of, which may be itself."""
    first: dict[int, int] = {}
    of_text: dict[int, int] = {}
    for n in inside:
        first[n] = of_text.setdefault(intake.duplicates.get(n, n), n)
    for found in (versions, reprints):
        distinct = [n for n in inside if first[n] == n]
        near = found([intake.articles[n] for n in distinct])
        again = {distinct[one]: distinct[other] for one, other in near.items()}
        first = {n: again.get(same, same) for n, same in first.items()}
    return first
