"""The commands that prove a brief: reproduce, verify."""

from __future__ import annotations

import os
from pathlib import Path

import click

from briefing.cli.briefs import brief_text
from briefing.cli.common import (
    MADE,
    NOTHING_MADE,
    config_option,
    open_archive,
    output_option,
    say,
    settings_of,
    write,
)

_BRIEF = click.argument("brief", metavar="BRIEF")


@click.command()
@_BRIEF
@output_option
@config_option
def reproduce(brief: str, output: Path | None, config: Path | None) -> int:
    """Make the Markdown of BRIEF again, from its manifest and the archived texts, with the network off.

    BRIEF is a JSON file that `daily` wrote, or the day of a brief in the archive. The status is 0 where the
    Markdown is the same byte for byte, else 1.

    Example: briefing reproduce brief.json -o again.md
    """
    from briefing.cli.common import show_progress
    from briefing.proof import reproduce as make_again
    from briefing.render import read_object

    settings = settings_of(config)
    with open_archive(settings) as archive, show_progress() as progress:
        value = read_object(brief_text(brief, archive), brief)
        made = make_again(value, brief, settings, archive, progress, min(4, os.cpu_count() or 1))
    write(made.markdown, output)
    for one in made.differing:
        say(f"differs: {one}")
    say(f"{brief}: {'the same' if made.same else 'NOT the same'}, byte for byte")
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
    from briefing.render import read_object

    settings = settings_of(config)
    with open_archive(settings) as archive, show_progress() as progress:
        value = read_object(brief_text(brief, archive), brief)
        with fresh_pipeline(settings, progress, min(4, os.cpu_count() or 1)) as pipeline:
            found = hold_against_sources(value, brief, archive, pipeline)
    for one in found.wrong:
        say(f"wrong: {one}")
    for reason in found.differing:
        say(f"note: {reason}")
    many = len(found.wrong)
    result = f"{many} value{'s do' if many > 1 else ' does'} not hold" if many else "everything holds"
    say(f"{brief}: {result}")
    return NOTHING_MADE if found.wrong else MADE
