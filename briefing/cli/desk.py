"""What a desk adds to a brief: marking, serial number, grades, the officer's comments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefing.cli.common import say
from briefing.errors import SourceError, UsageError
from briefing.marking import LISTED, label
from briefing.types import Brief

if TYPE_CHECKING:
    from briefing.brief.comments import Comments
    from briefing.brief.ratings import Ratings
    from briefing.settings import Settings

_F = TypeVar("_F", bound=Callable[..., Any])
COMMENTS_SUFFIX = ".comments.md"


class _Label(click.ParamType[str]):
    """A label of TLP 2.0, with or without its "TLP:"."""

    name = "label"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return label(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def tlp_option(command: _F) -> _F:
    """`--tlp`, for every command that marks something."""
    short = LISTED.replace("TLP:", "")
    option = click.option("--tlp", type=_Label(), metavar="LABEL", help=f"Mark it after TLP 2.0: {short}.")
    return option(command)


def desk_options(command: _F) -> _F:
    """What a desk may add to a brief."""
    serial = click.option(
        "--serial", is_flag=True, help="Give it a number within the year and a date-time group."
    )
    comments = click.option(
        "--comments",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The officer's comments; else brief.comments.md beside brief.md, where there is one.",
    )
    return tlp_option(serial(comments(command)))


@dataclass(frozen=True)
class Desk:
    """What is added to a brief, read and checked before any work starts; what is not asked for is None."""

    marking: str | None = None
    serial: bool = False
    ratings: Ratings | None = None
    comments: Comments | None = None

    def complete(self, brief: Brief) -> Brief:
        """The brief with its marking, grades and comments; comments that have no story are said."""
        if self.ratings is not None:
            from briefing.brief.grading import grade

            brief = grade(brief, self.ratings)
        if self.comments is not None:
            from briefing.brief.comments import with_comments

            commented = with_comments(brief, self.comments)
            for warning in commented.warnings[len(brief.warnings) :]:
                say(f"note: {warning}")
            brief = commented
        return replace(brief, marking=self.marking)

    def numbered(self, brief: Brief, number: int, now: dt.datetime) -> Brief:
        """The brief with its number within the year and the moment it was made, where they are asked for."""
        return replace(brief, serial=f"{number}/{brief.date.year}", made=now) if self.serial else brief


def desk_of(
    settings: Settings, outputs: Sequence[Path], tlp: str | None, serial: bool, comments: Path | None
) -> Desk:
    """What the settings and the flags ask for.

    Raises SettingsError where the file of sources is wrong, SourceError where that of the comments is.
    """
    ratings = None
    if settings.grading.sources is not None:
        from briefing.brief.ratings import load_ratings

        ratings = load_ratings(settings.grading.sources)
    for output in outputs:
        if output.name.endswith(COMMENTS_SUFFIX):
            raise UsageError(
                f"{output} is the name of a file of comments, which no brief may overwrite",
                "Name another file with -o.",
            )
    return Desk(
        marking=tlp or settings.marking.tlp,
        serial=serial or settings.marking.serial,
        ratings=ratings,
        comments=_comments(comments or _beside(outputs)),
    )


def comments_path(brief: Path) -> Path:
    """The file of comments beside a brief: brief.comments.md beside brief.md, brief.html and brief.json."""
    return brief.with_name(f"{brief.stem}{COMMENTS_SUFFIX}")


def read_comments(path: Path) -> str:
    """The text of the file, its line ends as they are.  Raises SourceError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(
            f"{path}: {error.strerror}", "Name the file that `briefing comments` wrote."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text", "Save the comments as UTF-8.") from error


def _comments(file: Path | None) -> Comments | None:
    if file is None:
        return None
    from briefing.brief.comments import parse_comments

    return parse_comments(read_comments(file), str(file))


def _beside(outputs: Sequence[Path]) -> Path | None:
    found = list(dict.fromkeys(path for path in map(comments_path, outputs) if path.is_file()))
    if len(found) > 1:
        raise UsageError(
            f"there are comments in {' and in '.join(map(str, found))}", "Name one with --comments."
        )
    return found[0] if found else None
