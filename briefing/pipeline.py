"""The stages over one archive; holds the models, the progress and the language workers.

    ingest → articles ─┬→ slots (in worker processes) ──────┬→ differences → brief → changes, ledger
                       └→ profiles → stories → summaries ───┘

making.py makes the brief of them, comparing.py the changes.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from briefing._inference import load_generator, load_selector
from briefing.archive import Archive
from briefing.brief import (
    Account,
    Interests,
    Ranking,
    Subjects,
    account,
    subject_rules,
)
from briefing.cluster import Profile, profile_of
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
from briefing.summarise import Condenser, SummaryOptions, summarise
from briefing.types import (
    Article,
    Note,
    Reading,
    Selector,
    Slots,
    Summary,
)
from briefing.workers import Workers

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Whatever model summarises, stories are told apart by the vectors of this one.
_VECTOR_MODEL = "salience"
# Articles handed to threads before the first result is waited for.
_AHEAD = 32
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

    @property
    def selects(self) -> bool:
        """Whether summaries are chosen sentences; a model that writes takes seconds an article."""
        return self._verified(self.settings.summary.model).kind == "selector"

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
