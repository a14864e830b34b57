"""A brief as the command line names it: by its file, or by its day in the archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import SourceError

if TYPE_CHECKING:
    from briefing.archive import Archive


def brief_text(name: str, archive: Archive) -> str:
    """The JSON of a brief.  Raises SourceError."""
    day = day_of(name)
    return read_text(Path(name)) if day is None else filed(day, archive)


def day_of(name: str) -> dt.date | None:
    """The day that is meant; None where a file has this name, or it is no day."""
    try:
        return None if Path(name).exists() else dt.date.fromisoformat(name)
    except ValueError:
        return None


def filed(day: dt.date, archive: Archive) -> str:
    """The JSON of the latest brief of a day.  Raises SourceError where there is none."""
    stored = archive.brief(day)
    if stored is None:
        raise SourceError(
            f"there is no brief of {day} in {archive.path}",
            "Name a day that has one, or a JSON file; `briefing daily --file` keeps one of a day.",
        )
    return stored


def read_text(path: Path) -> str:
    """The text of a file, without the mark that some editors put first.  Raises SourceError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(
            f"{path}: {error.strerror}", "Name a file that `briefing daily -o` wrote, or the day of a brief."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error
