"""Wires the stages together; holds the models, the progress and the language workers.

ingest → articles ─┬→ slots (in worker processes) ──────┬→ differences → brief → changes, ledger
└→ profiles → stories → summaries ───┘
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import starmap
from pathlib import Path
from typing import TypeVar

from briefing._inference import load_generator, load_selector
from briefing.archive import Archive
from briefing.brief import (
    Account,
    BriefOptions,
    Interests,
    Material,
    Ranking,
    Subjects,
    account,
    assemble,
    compare,
    differences,
    met_again,
    subject_rules,
)
from briefing.cluster import Cluster, Profile, cluster, profile_of, reprints, versions
from briefing.guard import guarded
from briefing.history import History
from briefing.models import VerifiedModel, find_model, load_models, verify
from briefing.reading import ArticleReader, Reader
from briefing.results import (
    BATCH,
    Kind,
    Progress,
    key_of,
    profile_kind,
    reading_kind,
    silent,
    slots_kind,
    subjects_kind,
    summary_kind,
    through_cache,
)
from briefing.settings import Settings
from briefing.slots import Rules, SlotReader, load_rules, normal_names
from briefing.summarise import Condenser, SummaryOptions, summarise, summarise_story
from briefing.types import (
    Article,
    Brief,
    Difference,
    Intake,
    Note,
    Period,
    Reading,
    Selector,
    Slots,
    Story,
    Summary,
)
from briefing.workers import Workers

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Whatever model summarises, stories are told apart by the vectors of this one.
_VECTOR_MODEL = "salience"
# Articles handed to threads before the first result is waited for.
_AHEAD = 32
# Articles of a story that are summarised: the lead and the latest others.  Support is looked for in all.
_SUMMARISED = 8
# Starting the workers takes about as long as reading this many articles.
_WORTH_WORKERS = 48


@dataclass
class Pipeline:
    """The stages over one archive; `processes` analyse language at the same time."""

    settings: Settings
    archive: Archive
    progress: Progress = silent
    processes: int = 2
    _selectors: dict[str, Selector] = field(default_factory=dict, init=False)

    def slots(self, articles: Sequence[Article]) -> list[Slots]:
        """The slots of each article, in order.  Raises SettingsError where a rule file is wrong."""

        def compute(some: Sequence[Article]) -> Iterable[Slots]:
            for article, reading in zip(some, self.readings(some), strict=True):
                yield self._slot_reader.read(article, reading)

        keys = [key_of("slots", article, self.rules.digest) for article in articles]
        return self._kept(slots_kind(), keys, articles, compute)

    def readings(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """What each article says, in order, one at a time.  Raises SettingsError as `slots` does."""
        keys = [key_of("reading", article, self.rules.digest) for article in articles]
        return through_cache(self.archive, silent, reading_kind(), keys, articles, self._read)

    def accounts(self, articles: Sequence[Article], slots: Sequence[Slots]) -> list[Account]:
        """What a brief takes from the reading of each article, in order."""
        every = list(zip(articles, slots, strict=True))

        def compute(some: Sequence[tuple[Article, Slots]]) -> Iterable[Account]:
            for (article, own), reading in zip(some, self.readings([one for one, _ in some]), strict=True):
                yield account(article, reading, own)

        return list(guarded("the account", every, compute, lambda one: one[:1]))

    def explained(self, articles: Sequence[Article]) -> list[tuple[Slots, tuple[Note, ...]]]:
        """The slots of each article with what became of every rule; computed anew from what it says."""

        def compute(some: Sequence[Article]) -> Iterable[tuple[Slots, tuple[Note, ...]]]:
            return map(self._slot_reader.explain, some, self.readings(some))

        return list(guarded("slots", articles, compute, lambda one: [one]))

    def summaries(self, articles: Sequence[Article], options: SummaryOptions) -> list[Summary]:
        """The summary of each article, in order.

        Raises ModelError where the model is missing, is not what it should be, or fails.
        """
        model = self._verified(self.settings.summary.model)
        settings = json.dumps([model.digest, repr(model.spec.generation), repr(options)])
        keys = [key_of("summarise", article, settings, self.rules.digest) for article in articles]

        def compute(some: Sequence[Article]) -> Iterable[Summary]:
            if model.kind == "selector":
                selector = self._selector(model)
                both = zip(some, self.readings(some), strict=True)
                made = self._side_by_side(
                    lambda one: next(summarise(one[:1], selector, options, readings=one[1:])), both
                )
            else:
                generator = load_generator(model, self._converted, os.cpu_count())
                made = summarise(some, generator, options, self._reader)
            return made if options.verbatim else self._condenser.condense(some, made, options.words)

        return self._kept(summary_kind(), keys, articles, compute)

    def profiles(self, articles: Sequence[Article]) -> list[Profile]:
        """What each article reports, for comparing it with others."""
        model = self._verified(_VECTOR_MODEL)

        def compute(some: Sequence[Article]) -> Iterable[Profile]:
            selector = self._selector(model)
            both = zip(some, self.readings(some), strict=True)
            return self._side_by_side(lambda one: profile_of(*one, selector), both)

        keys = [key_of("cluster", article, model.digest, self.rules.digest) for article in articles]
        return self._kept(profile_kind(), keys, articles, compute)

    def subjects(self, articles: Sequence[Article]) -> list[dict[str, float]]:
        """How like each article is to the subjects that a desk tells apart."""
        model = self._verified(_VECTOR_MODEL)

        def compute(some: Sequence[Article]) -> Iterable[dict[str, float]]:
            subjects = Subjects(self._selector(model), subject_rules().subjects)
            return (subjects.likeness(one.meaning) for one in self.profiles(some))

        keys = [key_of("brief", article, model.digest) for article in articles]
        return self._kept(subjects_kind(), keys, articles, compute)

    @property
    def history(self) -> History:
        """The days in the archive."""
        return History(self.archive)

    def compared(self, old: Brief, new: Brief, continued: Mapping[str, str] | None = None) -> Brief:
        """The later brief with its changes since the earlier one; `continued` as `same_stories` gives it."""
        if continued is None:
            continued = met_again(old, new) | self.same_stories(old, new)
        before = {story.id: story for story in old.stories}
        updates = {
            story.id: self._updates(before[continued[story.id]], story)
            for story in new.stories
            if story.id in continued
        }
        return replace(new, changes=compare(old, new, continued, updates))

    def _updates(self, old: Story, new: Story) -> list[Difference]:
        """In what the articles of a story differ from those that an earlier brief had on it."""
        earlier = [article for article in old.articles if article.text]
        digests = {article.sha256 for article in earlier}
        later = [article for article in new.articles if article.sha256 not in digests]
        articles = [*earlier, *later]
        ids = {article.id for article in later}
        return [
            update
            for update in differences(articles, self.slots(articles)).updates
            if update.versions[-1].evidence[0].article in ids
            and update.versions[0].evidence[0].article not in ids
        ]

    def same_stories(self, old: Brief, new: Brief) -> dict[str, str]:
        """The story of an earlier brief that each story of a later one goes on with, by id.

        They are one story where their articles, all put together, become one.
        """
        of_article = {one.sha256: story.id for story in old.stories for one in story.articles if one.text}
        articles = [one for story in old.stories for one in story.articles if one.sha256 in of_article]
        mine = {one.sha256: story.id for story in new.stories for one in story.articles}
        articles += [one for story in new.stories for one in story.articles if one.sha256 not in of_article]
        if not of_article or not mine:
            return {}
        found: dict[str, str] = {}
        for story in cluster(articles, self.profiles(articles)):
            digests = [articles[n].sha256 for n in story.articles]
            theirs = Counter(of_article[one] for one in digests if one in of_article)
            ours = Counter(mine[one] for one in digests if one in mine)
            if theirs:
                found |= dict.fromkeys(ours, theirs.most_common(1)[0][0])
        return found

    def brief(
        self, intake: Intake, options: BriefOptions, summary: SummaryOptions, now: dt.datetime
    ) -> Brief:
        """The brief of the articles in the period.

        Raises ModelError and SettingsError as the stages do, ArchiveError where nothing can be kept, and
        StageError where a stage breaks on an article or a story: `guard.sparing` makes it of the others.
        """
        inside = [n for n, article in enumerate(intake.articles) if _included(article, options.period)]
        first = _reprints(intake, inside)
        unique = [n for n in inside if first[n] == n]
        articles = [intake.articles[n] for n in unique]
        self.archive.keep_articles([intake.articles[n] for n in inside], now)
        slots = self.slots(articles)
        accounts = self.accounts(articles, slots)
        stories = cluster(articles, self.profiles(articles)) if articles else []
        groups = [story.articles for story in stories]
        summaries = self._summaries_of(groups, articles, summary)
        copies: dict[int, list[Article]] = {}
        for n in inside:
            if first[n] != n:
                copies.setdefault(first[n], []).append(intake.articles[n])
        leads = [articles[group[0]] for group in groups]
        likenesses = self.subjects(leads)

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
        self, groups: Sequence[Sequence[int]], articles: Sequence[Article], options: SummaryOptions
    ) -> dict[int, Summary]:
        """The summaries that the stories are told from, by the index of the article."""
        # A model that writes takes seconds an article: it writes on the lead alone.
        most = _SUMMARISED if self._verified(self.settings.summary.model).kind == "selector" else 1
        wanted = [n for group in groups for n in (group[0], *_latest(group[1:], articles)[: most - 1])]
        return dict(zip(wanted, self.summaries([articles[n] for n in wanted], options), strict=True))

    @cached_property
    def ranking(self) -> Ranking:
        """The weights and interests of the settings, states and bodies by their normal names."""
        asked = self.settings.interests
        countries = normal_names(asked.countries, self.rules)
        return Ranking.of(Interests(countries, asked.topics, asked.people), self.settings.ranking.given())

    def _kept(
        self,
        kind: Kind[_Result],
        keys: Sequence[str],
        articles: Sequence[Article],
        compute: Callable[[Sequence[Article]], Iterable[_Result]],
    ) -> list[_Result]:
        return list(through_cache(self.archive, self.progress, kind, keys, articles, compute))

    def _side_by_side(self, work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """The result of each item, in order; threads work ahead of whoever takes them."""
        waiting: deque[Future[_Result]] = deque()
        pool = ThreadPoolExecutor(self.processes)
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _read(self, articles: Sequence[Article]) -> Iterable[Reading]:
        if len(articles) < _WORTH_WORKERS or self.processes < 2:
            yield from ArticleReader(self.rules, self._reader).read(articles)
            return
        with Workers(self.rules, self.processes) as workers:
            yield from workers.read(articles, BATCH)

    @cached_property
    def _reader(self) -> Reader:
        return Reader()

    @cached_property
    def _slot_reader(self) -> SlotReader:
        return SlotReader(self.rules)

    @cached_property
    def _condenser(self) -> Condenser:
        return Condenser(self._reader)

    @cached_property
    def rules(self) -> Rules:
        """The rules of the slots.  Raises SettingsError where a rule file is wrong."""
        return load_rules(self.settings.slots.rules)

    def models(self) -> dict[str, VerifiedModel]:
        """The models that make a brief, by what each is for.  Raises ModelError where one is missing."""
        named = {"summaries": self.settings.summary.model, "stories": _VECTOR_MODEL}
        return {use: self._verified(name) for use, name in named.items()}

    def _verified(self, name: str) -> VerifiedModel:
        specs = load_models(self.settings.paths.models_file)
        return verify(find_model(name, specs), self.settings.paths.models)

    def _selector(self, model: VerifiedModel) -> Selector:
        if model.digest not in self._selectors:
            # One thread each: articles are read side by side, and the number of cores changes no bit.
            self._selectors[model.digest] = load_selector(model, threads=1)
        return self._selectors[model.digest]

    @property
    def _converted(self) -> Path:
        return self.settings.paths.models / "converted"


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
