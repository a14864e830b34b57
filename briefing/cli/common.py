"""What the commands share: settings, output, progress and messages."""

from __future__ import annotations

import datetime as dt
import logging
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefing.errors import OutputError
from briefing.plain import plain
from briefing.settings import Settings, load_settings
from briefing.types import Failure, Intake

if TYPE_CHECKING:
    from briefing.archive import Archive
    from briefing.pipeline import Pipeline
    from briefing.results import Progress

_F = TypeVar("_F", bound=Callable[..., Any])
_Made = TypeVar("_Made")

MADE, NOTHING_MADE, PARTLY_MADE = 0, 1, 3

_LABELS = {
    "slots": "Reading slots",
    "titles": "Comparing titles",
    "sentences": "Weighing sentences",
    "summaries": "Summarising",
}


class Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; a wrong one is refused with an example."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{str(value)!r} is no day: write it as YYYY-MM-DD, such as 2022-11-15", param, ctx)


class OutputFile(click.Path):
    """A file to write.  A folder that is not there stops the command before the work, not after it."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.  Raises OutputError where its folder is not there."""
        path = Path(str(super().convert(value, param, ctx)))
        try:
            there = path.parent.stat()
        except FileNotFoundError:
            raise OutputError(
                f"{path}: there is no folder {path.parent}", "Make it first, or name another."
            ) from None
        except OSError as error:
            raise OutputError(
                f"{path}: {error.strerror}", "Name a file in a folder you can write to."
            ) from error
        if not stat.S_ISDIR(there.st_mode):
            raise OutputError(f"{path}: {path.parent} is no folder", "Name a file in a folder.")
        return path


def say(message: str) -> None:
    """Prints a message to standard error, under the program's name; its lines are plain."""
    click.echo("briefing: " + "\n".join(_indented(line) for line in message.split("\n")), err=True)


def _indented(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" "))) + plain(line).lstrip(" ")


class _Details(logging.Formatter):
    """Log records for a terminal: an error may quote an article, and that moves no cursor."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(_indented, super().format(record).split("\n")))


def say_details() -> None:
    """From now on what broke is printed to standard error in full."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Details("briefing: %(message)s"))
    log = logging.getLogger("briefing")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.DEBUG)


def config_option(command: _F) -> _F:
    """`--config`, for every command that reads settings."""
    option = click.option(
        "--config",
        type=click.Path(path_type=Path),
        help="Settings file; else the nearest briefing.toml in this folder or above.",
    )
    return option(command)


def source_options(command: _F) -> _F:
    """SOURCES and what belongs to reading them."""
    private = click.option(
        "--allow-private", is_flag=True, help="Fetch from addresses inside your own network too."
    )
    sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
    return private(sources(command))


def summary_options(command: _F) -> _F:
    """The model of summaries, their length, and whether they are tightened."""
    model = click.option(
        "--model", help="A name from `briefing models list`, a folder, or a Hugging Face name."
    )
    sentences = click.option("--sentences", type=click.IntRange(min=1), help="Longest summary of an article.")
    words = click.option("--words", type=click.IntRange(min=1), help="Longest summary of an article.")
    verbatim = click.option(
        "--verbatim", is_flag=True, help="Print sentences as they stand, tightened nowhere."
    )
    return model(sentences(words(verbatim(command))))


def output_option(command: _F) -> _F:
    """`-o`, for every command that writes one result."""
    option = click.option("-o", "--output", type=OutputFile(), help="File to write; else standard output.")
    return option(command)


def with_text_option(command: _F) -> _F:
    """`--with-text`, for every command that writes JSON about articles."""
    option = click.option("--with-text", is_flag=True, help="Put the text of the articles into the JSON.")
    return option(command)


def settings_of(config: Path | None) -> Settings:
    """The settings of this run, before flags."""
    return load_settings(config, os.environ, Path.cwd())


def with_summary_flags(
    settings: Settings, model: str | None, sentences: int | None, words: int | None, verbatim: bool
) -> Settings:
    """The settings with the flags of `summary_options` laid over them."""
    flags = {"model": model, "sentences": sentences, "words": words, "verbatim": verbatim or None}
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    return replace(settings, summary=replace(settings.summary, **given))


def read_sources(sources: Sequence[str], settings: Settings, allow_private: bool) -> Intake:
    """The intake; what failed and what is worth a remark is said at once."""
    from briefing.ingest import options_of, read

    options = options_of(settings.web, allow_private=allow_private)
    intake = read(sources, options, stdin=sys.stdin.buffer)
    for warning in intake.warnings:
        say(f"note: {warning}")
    say_failures(intake.failures)
    return intake


def say_failures(failures: Sequence[Failure]) -> None:
    """What failed, why, and on a line of its own what to do."""
    for failure in failures:
        say(
            f"failed: {failure.source}: {failure.reason}"
            + (f"\n  {failure.remedy}" if failure.remedy else "")
        )


def sparing(intake: Intake, work: Callable[[Intake], _Made]) -> tuple[Intake, _Made]:
    """What `work` makes of the articles, and the intake without those that are named as broken."""
    from briefing import guard

    spared, made = guard.sparing(intake, work)
    say_failures(spared.failures[len(intake.failures) :])
    return spared, made


def status_of(made: int, failures: Sequence[Failure]) -> int:
    """The exit status of a run that made so many things."""
    if made == 0:
        return NOTHING_MADE
    return PARTLY_MADE if failures else MADE


def open_archive(settings: Settings) -> Archive:
    """The archive of the settings."""
    from briefing.archive import Archive

    return Archive(settings.paths.archive)


@contextmanager
def open_pipeline(settings: Settings) -> Iterator[Pipeline]:
    """The pipeline over the archive of the settings, with progress on a terminal."""
    from briefing.pipeline import Pipeline

    with open_archive(settings) as archive, show_progress() as progress:
        yield Pipeline(settings, archive, progress, processes=min(4, os.cpu_count() or 1))


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Tells how far the stages are, on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_LABELS.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done)

        yield show


def write(text: str, output: Path | None) -> None:
    """Writes a result to standard output, or whole or not at all to a file.

    Raises OutputError where there is no room or no permission; a file that was there stays as it was.
    """
    data = text.encode("utf-8", "backslashreplace")
    if output is None:
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(
                f"standard output: {error.strerror}", "Make room, or write to a file."
            ) from error
        return
    try:
        write_whole(data, output)
    except OSError as error:
        raise OutputError(
            f"{output}: {error.strerror}",
            "Make room on the disk, or name a file in a folder you can write to.",
        ) from error


def write_each(outputs: Sequence[Path | None], texts: Sequence[str]) -> int:
    """How many of the results could be written; of each of the others it is said why not."""
    written = 0
    for output, text in zip(outputs, texts, strict=True):
        try:
            write(text, output)
            written += 1
        except OutputError as error:
            say(str(error))
    return written


def write_whole(data: bytes, path: Path) -> None:
    """Replaces a file in one step.  Raises OSError, the old file untouched."""
    if path.exists() and not path.is_file():
        # A device or a pipe, such as /dev/stdout: there is nothing to replace.
        with path.open("wb") as device:
            device.write(data)
        return
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files private; a brief is as readable as any file that its user writes.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
