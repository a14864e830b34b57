"""The commands that look back over days: diff, ledger."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import click

from briefing.cli.briefs import brief_text
from briefing.cli.common import (
    Day,
    config_option,
    open_archive,
    open_pipeline,
    output_option,
    say,
    settings_of,
    write,
)
from briefing.types import Commitment, Status

# A spreadsheet runs a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_COLUMNS = (
    "id", "actors", "counterparts", "object", "status", "due", "note", "first", "last", "sources", "quotation"
)  # fmt: skip


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="For people or for programs.",
)
@output_option
@config_option
def diff(
    old: str, new: str, form: Literal["markdown", "json"], output: Path | None, config: Path | None
) -> None:
    """Show what changed from one brief to another: new, changed, unchanged, dropped.

    OLD and NEW are JSON files of briefs, or days of which the archive has one.

    Example: briefing diff 2022-11-14 2022-11-15
    """
    from briefing.comparing import with_changes
    from briefing.history import lacking
    from briefing.render import changes_object, dumps, find_template, render_changes

    with open_pipeline(settings_of(config)) as pipeline:
        history, archive = pipeline.history, pipeline.archive
        before, after = (history.load(brief_text(name, archive), name) for name in (old, new))
        notes = [note for brief in (before, after) if (note := lacking(brief, archive))]
        compared = with_changes(pipeline, before, after)
    articles = tuple(article for story in before.stories for article in story.articles)
    whole = replace(compared, earlier=articles)
    if form == "json":
        write(dumps(changes_object(whole), indent=1) + "\n", output)
    else:
        write(render_changes(whole, find_template("changes", "markdown", None)), output)
    for note in dict.fromkeys(notes):
        say(f"note: {note}")


@click.command()
@click.option("--actor", help="Only commitments of this state, body or person.")
@click.option("--counterpart", help="Only commitments towards this one.")
@click.option(
    "--status", "statuses", type=click.Choice(get_args(Status)), multiple=True, help="Only of this status."
)
@click.option("--due-before", type=Day(), metavar="YYYY-MM-DD", help="Only what is due before this day.")
@click.option("--overdue", is_flag=True, help="Only what was due, and no source says what became of it.")
@click.option(
    "--since", type=Day(), metavar="YYYY-MM-DD", help="Only what was opened or moved since this day."
)
@click.option("--date", "date", type=Day(), metavar="YYYY-MM-DD", help="As of this day; else today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="For people, programs or spreadsheets.",
)
@output_option
@config_option
def ledger(
    actor: str | None,
    counterpart: str | None,
    statuses: tuple[Status, ...],
    due_before: dt.date | None,
    overdue: bool,
    since: dt.date | None,
    date: dt.date | None,
    form: Literal["text", "markdown", "jsonl", "csv"],
    output: Path | None,
    config: Path | None,
) -> None:
    """List the commitments of all briefs so far: who, towards whom, what, how it stands, when it is due.

    Example: briefing ledger --actor "United States" --overdue
    """
    from briefing.history import History
    from briefing.render import dumps, find_template, ledger_line, render_ledger

    today = date or dt.date.today()  # noqa: DTZ011 - the desk's own day
    with open_archive(settings_of(config)) as archive:
        rows = History(archive).ledger(today)
    chosen = [
        row
        for row in rows
        if _has(actor, row.actors)
        and _has(counterpart, _others(row))
        and (not statuses or row.status in statuses)
        and (due_before is None or (row.last_day or dt.date.max) < due_before)
        and (since is None or row.history[-1].date >= since)
        and (not overdue or row.overdue(today))
    ]
    if form == "jsonl":
        write("".join(f"{dumps(ledger_line(row, today))}\n" for row in chosen), output)
    elif form == "csv":
        write(_csv(chosen, today), output)
    else:
        write(render_ledger(chosen, today, find_template("ledger", form, None)), output)


def _has(wanted: str | None, names: Sequence[str]) -> bool:
    return wanted is None or wanted.casefold() in (name.casefold() for name in names)


def _others(row: Commitment) -> tuple[str, ...]:
    """Towards whom it is: those who commit themselves together do so towards each other."""
    return row.counterparts + (row.actors if len(row.actors) > 1 else ())


def _csv(rows: Sequence[Commitment], today: dt.date) -> str:
    from briefing.render.json import OUTCOME_UNKNOWN

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(_COLUMNS)
    for row in rows:
        last = row.history[-1]
        cells = [
            row.id,
            "; ".join(row.actors),
            "; ".join(row.counterparts),
            row.object,
            row.status,
            str(row.last_day or ""),
            OUTCOME_UNKNOWN if row.overdue(today) else "",
            str(row.history[0].date),
            str(last.date),
            "; ".join(dict.fromkeys(one.article or "" for step in row.history for one in step.evidence)),
            last.evidence[0].quote,
        ]
        writer.writerow([f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue()
