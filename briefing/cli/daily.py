"""The command that makes a daily brief."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from briefing.cli.common import (
    MADE,
    NOTHING_MADE,
    PARTLY_MADE,
    Day,
    OutputFile,
    config_option,
    open_pipeline,
    read_sources,
    say,
    settings_of,
    source_options,
    sparing,
    status_of,
    summary_options,
    with_summary_flags,
    with_text_option,
    write_each,
)
from briefing.cli.desk import desk_of, desk_options
from briefing.cli.period import days_of, period_option
from briefing.errors import ArchiveError, TemplateError, UsageError
from briefing.types import Brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.brief import Ranking
    from briefing.settings import Settings

BriefFormat = Literal["markdown", "html", "json", "ics"]
_SUFFIX_FORMATS: dict[str, BriefFormat] = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".ics": "ics",
}
_NO_NUMBER = 0


@click.command()
@source_options
@click.option(
    "--date",
    "date",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The day of the brief; else today.",
)
@period_option
@click.option(
    "--since",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The earlier brief to compare with; else the latest of an earlier day.",
)
@click.option(
    "--file/--no-file",
    "file",
    default=None,
    help="Keep it as the brief of its day; else where the settings name an archive.",
)
@click.option("--title", help="The heading of the brief.")
@click.option(
    "--max-stories",
    type=click.IntRange(min=1),
    help="Stories told in full at most; the rest get a line each.",
)
@click.option("--all", "everything", is_flag=True, help="Tell every story in full and leave none out.")
@click.option("--template", help="A template of yours, by name or path.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "html", "json", "ics"]),
    help="Else by the name of the output file; else Markdown.  ics: the coming events, for a calendar.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    type=OutputFile(),
    multiple=True,
    help="File to write; give several for several formats: -o brief.md -o brief.html.",
)
@with_text_option
@click.option(
    "--explain",
    is_flag=True,
    help="Show on standard error why stories rank as they do, and what joined them.",
)
@desk_options
@summary_options
@config_option
def daily(
    sources: tuple[str, ...],
    date: dt.date | None,
    period: str | tuple[dt.date | None, dt.date | None] | None,
    since: dt.date | None,
    file: bool | None,
    title: str | None,
    max_stories: int | None,
    everything: bool,
    template: str | None,
    form: BriefFormat | None,
    outputs: tuple[Path, ...],
    with_text: bool,
    explain: bool,
    allow_private: bool,
    tlp: str | None,
    serial: bool,
    comments: Path | None,
    model: str | None,
    sentences: int | None,
    words: int | None,
    verbatim: bool,
    config: Path | None,
) -> int:
    """Make a daily brief of all SOURCES.

    Example: briefing daily press/ https://example.org/feed.xml -o brief.md -o brief.html
    """
    from briefing.brief import BriefOptions
    from briefing.comparing import with_changes
    from briefing.history import lacking
    from briefing.making import make_brief
    from briefing.proof import Named, manifest_object, manifest_of, template_digest
    from briefing.render import brief_object, dumps, render_brief
    from briefing.summarise import SummaryOptions

    settings = with_summary_flags(settings_of(config), model, sentences, words, verbatim)
    day = date or dt.date.today()  # noqa: DTZ011 - the desk's own day
    options = BriefOptions(
        title=title or settings.brief.title,
        date=day,
        period=days_of(period, day),
        told=max_stories or settings.brief.max_stories,
        words=settings.brief.words,
        everything=everything,
        home=settings.brief.home,
    )
    # Before any work starts: everything that is wrong with the request itself.
    targets = _targets(outputs, form, template, settings)
    proven_name, proven = _markdown_template(template, settings)
    length = SummaryOptions(settings.summary.sentences, settings.summary.words, settings.summary.verbatim)
    desk = desk_of(settings, outputs, tlp, serial, comments)
    if serial and file is False:
        raise UsageError("only a brief that is filed has a number", "Leave out --serial, or --no-file.")
    # Who wants a number wants it filed; a trial run has none.
    filing = (settings.files or desk.serial) if file is None else file
    desk = replace(desk, serial=desk.serial and filing)

    intake = read_sources(sources, settings, allow_private)
    if not intake.articles:
        say("no article could be read, so there is no brief")
        return NOTHING_MADE
    with open_pipeline(settings) as pipeline:
        # Asked for here as well, so that a day without a brief is said before the work.
        before = pipeline.history.earlier_day(day, since)
        if before and (old := pipeline.history.brief(before)) and (note := lacking(old, pipeline.archive)):
            say(f"note: {note}")
        now = dt.datetime.now(dt.UTC)
        options = replace(options, ranking=pipeline.ranking)
        intake, made = sparing(intake, lambda some: make_brief(pipeline, some, options, length, now))
        made = desk.complete(made)
        brief, commitments = pipeline.history.complete(made, since, partial(with_changes, pipeline))
        pages: list[str] = []

        def make(number: int) -> str:
            numbered = desk.numbered(brief, number, now)
            # The Markdown is what `briefing reproduce` makes again, whatever is asked for.
            markdown = render_brief(numbered, proven)
            template_used = Named(proven_name, template_digest(proven))
            manifest = manifest_of(pipeline, intake, numbered, options, length, template_used, markdown)
            proof = manifest_object(manifest)
            pages.extend(
                markdown if page == proven else _rendered(numbered, chosen, page, proof, with_text)
                for _, chosen, page in targets
            )
            return dumps(brief_object(numbered) | {"manifest": proof})

        kept = True
        try:
            if filing:
                if pipeline.archive.brief(day) is not None:
                    say(f"note: this takes the place of the brief of {day} in {pipeline.archive.path}")
                pipeline.archive.keep_brief(day, now, commitments, make)
            else:
                make(_NO_NUMBER)
                pipeline.archive.ensure_kept()
        except ArchiveError as error:
            say(f"the brief is not filed: {error}" if filing else str(error))
            kept = False
            if filing:
                # A number is only that of a brief on file.
                desk = replace(desk, serial=False)
                pages.clear()
                make(_NO_NUMBER)
        if explain:
            _explain(brief, pipeline.ranking)
    written = write_each([output for output, _, _ in targets], pages)
    if not brief.stories:
        say("no article falls into the period; the brief lists them under `outside`")
    status = status_of(written, intake.failures)
    return PARTLY_MADE if status == MADE and (written < len(targets) or not kept) else status


def _targets(
    outputs: tuple[Path, ...], form: BriefFormat | None, template: str | None, settings: Settings
) -> list[tuple[Path | None, BriefFormat, Path | None]]:
    """What to write: where to, in which format, by which template.

    Raises UsageError where they do not go together, TemplateError where there is no such template.
    """
    from briefing.render import find_template, kind_of

    targets: list[tuple[Path | None, BriefFormat, Path | None]] = []
    for output in outputs or (None,):
        chosen = form or _format_of(output, template)
        page = None
        if chosen in ("markdown", "html"):
            page = find_template(template or settings.brief.template, chosen, settings.paths.templates)
            if kind_of(page) != chosen:
                raise UsageError(
                    f"{page} makes {kind_of(page)}, and {chosen} is asked for",
                    f"Leave --format out, or name a template for {chosen}.",
                )
        targets.append((output, chosen, page))
    return targets


def _rendered(
    brief: Brief, form: BriefFormat, page: Path | None, manifest: Mapping[str, Any], with_text: bool
) -> str:
    """The brief in a format; `page` is the template of those that have one."""
    from briefing.render import brief_object, dumps, render_brief, render_calendar

    if page is not None:
        return render_brief(brief, page)
    if form == "ics":
        return render_calendar(brief)
    return dumps(brief_object(brief, with_text=with_text) | {"manifest": manifest}, indent=1) + "\n"


def _explain(brief: Brief, ranking: Ranking) -> None:
    """Says why the stories rank as they do, what joined their articles, and which interests none is about."""
    from briefing.brief import by_rank, unmatched

    for place, story in enumerate(by_rank(brief.stories), start=1):
        say(f"{place}. {story.headline}: {story.score:g}")
        for reason in story.reasons:
            say(f"     {reason}")
        titles = {one.id: one.title or one.origin for one in story.articles}
        for join in story.joins:
            both = f"“{titles.get(join.one)}” and “{titles.get(join.other)}”"
            say(f"     one story, {join.likeness:.0%}: {both}")
            say(f"       names: {', '.join(join.names) or 'none'}; words: {', '.join(join.words) or 'none'}")
    for interest in unmatched(brief.stories, ranking.interests):
        say(f"note: no story is about {interest}")


def _format_of(output: Path | None, template: str | None) -> BriefFormat:
    if output is not None:
        if output.suffix.lower() not in _SUFFIX_FORMATS and output.suffix:
            raise UsageError(
                f"{output} does not say which format it should have",
                "Name it .md, .html, .json or .ics, or give --format.",
            )
        return _SUFFIX_FORMATS.get(output.suffix.lower(), "markdown")
    if template and template.endswith(".html.j2"):
        return "html"
    return "markdown"


def _markdown_template(asked: str | None, settings: Settings) -> tuple[str, Path]:
    """The template of the Markdown, by name: the one asked for, or that ships where that makes HTML alone."""
    from briefing.render import find_template, kind_of

    name = asked or settings.brief.template
    try:
        template = find_template(name, "markdown", settings.paths.templates)
        if kind_of(template) == "markdown":
            return name, template
    except TemplateError:
        pass
    return "daily", find_template("daily", "markdown", None)
