"""The commands that show what is read of each article: summarise, slots, claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from briefing.cli.common import (
    NOTHING_MADE,
    config_option,
    open_pipeline,
    output_option,
    read_sources,
    say,
    settings_of,
    source_options,
    sparing,
    status_of,
    summary_options,
    with_summary_flags,
    with_text_option,
    write,
)
from briefing.errors import UsageError
from briefing.types import Intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.render import Page
    from briefing.settings import Settings
    from briefing.types import Note


@click.command()
@source_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "jsonl"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@output_option
@with_text_option
@summary_options
@config_option
def summarise(
    sources: tuple[str, ...],
    form: Literal["text", "markdown", "jsonl"],
    output: Path | None,
    with_text: bool,
    allow_private: bool,
    model: str | None,
    sentences: int | None,
    words: int | None,
    verbatim: bool,
    config: Path | None,
) -> int:
    """Summarise each article of SOURCES (also: summarize).

    Example: briefing summarise statement.html --sentences 2
    """
    from briefing.render import Page, summary_line
    from briefing.summarise import SummaryOptions

    settings = with_summary_flags(settings_of(config), model, sentences, words, verbatim)
    length = SummaryOptions(settings.summary.sentences, settings.summary.words, settings.summary.verbatim)
    intake = read_sources(sources, settings, allow_private)
    if intake.articles:
        with open_pipeline(settings) as pipeline:
            intake, made = sparing(intake, lambda some: pipeline.summaries(some.articles, length))
        both = list(zip(intake.articles, made, strict=True))
        lines = (summary_line(article, one, with_text=with_text) for article, one in both)
        _write(intake, form, output, lines, [Page(article, summary=one) for article, one in both])
    return status_of(len(intake.articles), intake.failures)


@click.command()
@click.option("--allow-private", is_flag=True, help="Fetch from addresses inside your own network too.")
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "jsonl"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@output_option
@with_text_option
@click.option(
    "--explain",
    is_flag=True,
    help="Show which rule made each value, which were considered, and why they were dropped.",
)
@click.option("--check-rules", is_flag=True, help="Hold every rule to its own examples, and read nothing.")
@config_option
def slots(
    sources: tuple[str, ...],
    form: Literal["text", "markdown", "jsonl"],
    output: Path | None,
    with_text: bool,
    explain: bool,
    check_rules: bool,
    allow_private: bool,
    config: Path | None,
) -> int:
    """Show who, where, what was agreed and the outlook, for each article of SOURCES.

    Example: briefing slots statement.eml
    """
    from briefing.render import Page, slots_line

    settings = settings_of(config)
    if check_rules:
        return _check_rules(settings)
    if not sources:
        raise UsageError("nothing to read", "Name a file, a folder, a URL, a feed, or - for standard input.")
    intake = read_sources(sources, settings, allow_private)
    if intake.articles:
        with open_pipeline(settings) as pipeline:
            notes: list[tuple[Note, ...] | None]
            if explain:
                intake, told = sparing(intake, lambda some: pipeline.explained(some.articles))
                found, notes = [one for one, _ in told], [one for _, one in told]
            else:
                intake, found = sparing(intake, lambda some: pipeline.slots(some.articles))
                notes = [None] * len(found)
        for article, one in zip(intake.articles, found, strict=True):
            for warning in one.warnings:
                say(f"note: {article.title or article.origin}: {warning}")
        lines = (
            slots_line(article, one, with_text=with_text, notes=told)
            for article, one, told in zip(intake.articles, found, notes, strict=True)
        )
        pages = [
            Page(article, slots=one, notes=told)
            for article, one, told in zip(intake.articles, found, notes, strict=True)
        ]
        _write(intake, form, output, lines, pages)
    return status_of(len(intake.articles), intake.failures)


@click.command()
@source_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@output_option
@with_text_option
@config_option
def claims(
    sources: tuple[str, ...],
    form: Literal["text", "jsonl"],
    output: Path | None,
    with_text: bool,
    allow_private: bool,
    config: Path | None,
) -> int:
    """Show what each article of SOURCES says: its claims, who says what, and the times it names.

    Example: briefing claims statement.eml
    """
    from briefing.render import Page, claims_line

    settings = settings_of(config)
    intake = read_sources(sources, settings, allow_private)
    if intake.articles:
        with open_pipeline(settings) as pipeline:
            intake, read = sparing(intake, lambda some: list(pipeline.readings(some.articles)))
        for article, reading in zip(intake.articles, read, strict=True):
            if reading.unread is not None:
                say(f"note: {article.title or article.origin}: {reading.unread}")
        both = list(zip(intake.articles, read, strict=True))
        lines = (claims_line(article, one, with_text=with_text) for article, one in both)
        _write(intake, form, output, lines, [Page(article, reading=one) for article, one in both])
    return status_of(len(intake.articles), intake.failures)


def _check_rules(settings: Settings) -> int:
    from briefing.slots import load_rules
    from briefing.slots.examples import failing_examples

    wrong = list(failing_examples(load_rules(settings.slots.rules)))
    for one in wrong:
        say(one)
    if not wrong:
        say("every rule holds to its examples")
    return NOTHING_MADE if wrong else 0


def _write(
    intake: Intake,
    form: Literal["text", "markdown", "jsonl"],
    output: Path | None,
    lines: Iterable[Mapping[str, Any]],
    pages: Sequence[Page],
) -> None:
    """Writes a line an article for programs, or a page an article for people.

    Programs get every article; people do not get a reprint again, it was named when it was read.
    """
    from briefing.render import dumps, find_template, render_article

    if form == "jsonl":
        write("".join(f"{dumps(line)}\n" for line in lines), output)
        return
    template = find_template("article", form, None)
    told = [page for n, page in enumerate(pages) if n not in intake.duplicates]
    write("\n\n".join(render_article(page, template).strip("\n") for page in told) + "\n", output)
