"""The commands for the officer who reads a brief before it goes out: comments, lint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.briefs import day_of, filed, read_text
from briefing.cli.common import (
    MADE,
    NOTHING_MADE,
    OutputFile,
    config_option,
    open_archive,
    say,
    settings_of,
    write,
)
from briefing.cli.desk import COMMENTS_SUFFIX, comments_path, read_comments
from briefing.errors import SourceError
from briefing.plain import plain

if TYPE_CHECKING:
    from briefing.brief.comments import Subject
    from briefing.lint import Finding, House
    from briefing.settings import Settings

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("brief", type=_FILE)
@click.option("-o", "--output", type=OutputFile(), help="The file; else brief.comments.md beside brief.json.")
def comments(brief: Path, output: Path | None) -> int:
    """Write the file for an officer's comments on BRIEF, or bring it up to date.

    BRIEF is the JSON of a brief, or the Markdown or HTML beside it.  The file has a section for each story;
    what is written there stays, and `briefing daily` prints it when the brief is made again.

    Example: briefing comments brief.json
    """
    from briefing.brief.comments import extend_comments, parse_comments

    source = brief if brief.suffix.lower() == ".json" else brief.with_suffix(".json")
    if source != brief and brief.is_file() and not source.is_file():
        raise SourceError(
            f"{brief} does not say which articles its stories are made of, and there is no {source}",
            f"Make the brief as JSON, too: briefing daily … -o {brief} -o {source}",
        )
    subjects = _subjects(source)
    file = output or comments_path(brief)
    # A device or a pipe, such as /dev/stdout, holds no comments: reading one might never end.
    before = read_comments(file) if file.is_file() else None
    after = extend_comments(before, subjects, str(file))
    if after != before:
        write(after, file)
    sections = parse_comments(after, str(file)).sections
    written = sum(bool(section.text) for section in sections)
    click.echo(
        f"{file}: {_count(len(sections), 'story', 'stories')}, {_count(written, 'comment', 'comments')}"
    )
    return MADE


@click.command()
@click.argument("briefs", nargs=-1, required=True, metavar="BRIEF...")
@config_option
def lint(briefs: tuple[str, ...], config: Path | None) -> int:
    """Hold briefs to the house rules; exit status 1 where one is broken.

    BRIEF is the JSON of a brief, a Markdown report with the comments beside it, a file of comments, or the
    day (YYYY-MM-DD) of a brief in the archive.  The rules: the marking, the length, no empty or padded
    field, and in the officer's Comment the likelihood words of ICD 203.

    Example: briefing lint brief.json brief.md
    """
    from briefing.lint import House

    settings = settings_of(config)
    house = House(
        marking=settings.lint.marking,
        tlp=settings.marking.tlp,
        summary_words=settings.lint.summary_words,
        brief_words=settings.lint.brief_words,
    )
    broken = False
    for brief in briefs:
        for finding in _check(brief, house, settings):
            broken = True
            click.echo(plain(f"{brief}: {finding}"))
    if not broken:
        say("no house rule is broken")
    return NOTHING_MADE if broken else MADE


def _check(brief: str, house: House, settings: Settings) -> Sequence[Finding]:
    from briefing.lint import lint_brief, lint_comments, lint_report
    from briefing.render import read_object

    path = Path(brief)
    day = day_of(brief)
    if day is not None or path.suffix.lower() == ".json":
        value = read_object(read_text(path) if day is None else _archived(day, settings), brief)
        try:
            return lint_brief(value, house)
        except (LookupError, TypeError, AttributeError) as error:
            raise _no_brief(brief) from error
    if path.name.endswith(COMMENTS_SUFFIX):
        return lint_comments(_written(path))
    if path.suffix.lower() in (".html", ".htm"):
        raise SourceError(f"{path} is a page", "Check the JSON or the Markdown of the same brief.")
    beside = comments_path(path)
    report = lint_report(read_text(path), house)
    return [*report, *(lint_comments(_written(beside)) if beside.is_file() else [])]


def _written(path: Path) -> list[tuple[str, str]]:
    from briefing.brief.comments import parse_comments

    sections = parse_comments(read_comments(path), str(path)).sections
    return [(f"comment on “{one.heading or one.story}”", one.text) for one in sections if one.text]


def _subjects(path: Path) -> list[Subject]:
    """The stories that a brief tells in full: those are commented on."""
    from briefing.brief.comments import subject_of
    from briefing.render import load_brief, read_object

    brief = load_brief(read_object(read_text(path), str(path)), str(path))
    return [subject_of(story) for story in brief.stories[: brief.told]]


def _archived(day: dt.date, settings: Settings) -> str:
    with open_archive(settings) as archive:
        return filed(day, archive)


def _no_brief(path: str) -> SourceError:
    return SourceError(f"{path} is no brief in JSON", "Write one with `briefing daily … -o brief.json`.")


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
