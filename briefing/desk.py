"""The library's face: what the commands do, from Python.

    with briefing.Desk() as desk:
        intake = desk.read("articles/")
        brief = desk.brief(intake, date=datetime.date(2022, 11, 15))
        print(desk.render(brief))

One class, because the verbs are names of stages as well: `briefing.slots` is the package that reads slots.
Without an archive of its own, a desk keeps what it computes in a folder that is deleted when it closes.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from briefing.archive import Archive
from briefing.brief import BriefOptions
from briefing.guard import sparing
from briefing.ingest import options_of, read
from briefing.making import make_brief
from briefing.pipeline import Pipeline
from briefing.render import brief_object, dumps, find_template, render_brief, render_calendar
from briefing.settings import Settings, load_settings
from briefing.summarise import SummaryOptions
from briefing.types import Article, Brief, Intake, Period, Reading, Slots, Summary

_ARCHIVE = "archive.sqlite3"


class Desk:
    """Reads articles and makes briefs; use as a context manager, or `close` it.

    `config` is a settings file, as `briefing init` writes one; without it the defaults hold.  `archive` is
    the file in which results are kept, and articles that briefs were made of.  Every method raises
    `BriefingError`, with a message that says what to do, where it can do nothing; what fails of one source
    is in `Intake.failures`.
    """

    def __init__(self, config: Path | None = None, archive: Path | None = None) -> None:
        self._open = ExitStack()
        settings = load_settings(config, {}, Path.cwd()) if config is not None else Settings()
        if archive is None:
            archive = Path(self._open.enter_context(tempfile.TemporaryDirectory())) / _ARCHIVE
        self.settings = replace(settings, paths=replace(settings.paths, archive=archive))
        # One process: a worker would import the caller's script again, which may not be made for that.
        with self._open:
            kept = self._open.enter_context(Archive(archive))
            self._pipeline = Pipeline(self.settings, kept, processes=1)
            self._open = self._open.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the archive, and deletes it where it was nobody's."""
        self._open.close()

    def read(self, *sources: str | Path) -> Intake:
        """The articles of files, folders, addresses and feeds, and what could not be read."""
        return read([str(source) for source in sources], options_of(self.settings.web))

    def claims(self, articles: Sequence[Article]) -> list[Reading]:
        """What each article says: zones, claims, attributions, times."""
        return list(self._pipeline.readings(articles))

    def slots(self, articles: Sequence[Article]) -> list[Slots]:
        """Who, where, agreed and outlook of each article."""
        return self._pipeline.slots(articles)

    def summarise(
        self, articles: Sequence[Article], *, sentences: int | None = None, words: int | None = None
    ) -> list[Summary]:
        """The summary of each article; the length that is not given is that of the settings."""
        asked = self.settings.summary
        length = SummaryOptions(sentences or asked.sentences, words or asked.words, asked.verbatim)
        return self._pipeline.summaries(articles, length)

    def brief(self, intake: Intake, *, date: dt.date, title: str | None = None) -> Brief:
        """The brief of all articles of an intake, as of a day, with the ranking of the settings.

        An article on which a stage breaks is among its failures.  It is not kept and has no changes: the day
        before is for `briefing daily`.
        """
        chosen = self.settings.brief
        options = BriefOptions(
            title=title or chosen.title,
            date=date,
            period=Period(),
            told=chosen.max_stories,
            words=chosen.words,
            home=chosen.home,
            ranking=self._pipeline.ranking,
        )
        summary = self.settings.summary
        length = SummaryOptions(summary.sentences, summary.words, summary.verbatim)
        now = dt.datetime.now(dt.UTC)
        _, made = sparing(intake, lambda some: make_brief(self._pipeline, some, options, length, now))
        return made

    def render(self, brief: Brief, form: Literal["markdown", "html", "json", "ics"] = "markdown") -> str:
        """The brief as text, filled into the template of the settings.  Raises TemplateError."""
        if form == "json":
            return dumps(brief_object(brief), indent=1) + "\n"
        if form == "ics":
            return render_calendar(brief)
        name, folder = self.settings.brief.template, self.settings.paths.templates
        return render_brief(brief, find_template(name, form, folder))
