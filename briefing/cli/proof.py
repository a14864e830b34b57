"""The commands that prove a brief: reproduce, verify."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.common import MADE, NOTHING_MADE, config_option, open_archive, say, settings_of, write
from briefing.cli.past import read_text
from briefing.errors import SourceError

if TYPE_CHECKING:
    from briefing.archive import Archive

_BRIEF = click.argument("brief", metavar="BRIEF")


@click.command()
@_BRIEF
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; else standard output.",
)
@config_option
def reproduce(brief: str, output: Path | None, config: Path | None) -> int:
    """Make the Markdown of BRIEF again, from its manifest and the archived texts, with the network off.

    BRIEF is a JSON file that `daily` wrote, or the day of a brief in the archive. The status is 0 where the
    Markdown is the same byte for byte, else 1.

    Example: briefing reproduce brief.json -o again.md
    """
    from briefing.cli.common import show_progress
    from briefing.proof import reproduce as make_again

    settings = settings_of(config)
    with open_archive(settings) as archive, show_progress() as progress:
        name, value = _read(brief, archive)
        made = make_again(value, name, settings, archive, progress, min(4, os.cpu_count() or 1))
    write(made.markdown, output)
    for one in made.differing:
        say(f"differs: {one}")
    say(f"{name}: {'the same' if made.same else 'NOT the same'}, byte for byte")
    return MADE if made.same else NOTHING_MADE


@click.command()
@_BRIEF
@config_option
def verify(brief: str, config: Path | None) -> int:
    """Check every quotation, sentence and slot of BRIEF against the archived sources.

    BRIEF is a JSON file that `daily` wrote, or the day of a brief in the archive. All that is wrong is
    listed, by story; the status is 0 where nothing is, else 1.

    Example: briefing verify brief.json
    """
    from briefing.cli.common import show_progress
    from briefing.proof import fresh_pipeline
    from briefing.proof import verify as hold_against_sources

    settings = settings_of(config)
    with open_archive(settings) as archive, show_progress() as progress:
        name, value = _read(brief, archive)
        with fresh_pipeline(settings, progress, min(4, os.cpu_count() or 1)) as pipeline:
            found = hold_against_sources(value, name, archive, pipeline)
    for one in found.wrong:
        say(f"wrong: {one}")
    for reason in found.differing:
        say(f"note: {reason}")
    many = len(found.wrong)
    result = f"{many} value{'s do' if many > 1 else ' does'} not hold" if many else "everything holds"
    say(f"{name}: {result}")
    return NOTHING_MADE if found.wrong else MADE


def _read(brief: str, archive: Archive) -> tuple[str, dict[str, Any]]:
    """The JSON object of a brief, by file or by day, and its name in messages.  Raises SourceError."""
    from briefing.render import read_object

    path = Path(brief)
    try:
        day = None if path.exists() else dt.date.fromisoformat(brief)
    except ValueError:
        day = None
    if day is not None:
        filed = archive.brief(day)
        if filed is None:
            raise SourceError(f"the archive {archive.path} has no brief of {day}", "Name a JSON file of it.")
        return str(day), read_object(filed, str(day))
    return brief, read_object(read_text(path), brief)
