"""Finds and opens what the user named: files, folders and glob patterns."""

from __future__ import annotations

import glob
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import SourceError
from briefing.ingest.document import Document, Notice
from briefing.ingest.kinds import SUFFIXES
from briefing.types import Failure

# A folder's own papers are no articles.
_PAPERS = frozenset({"readme", "license", "licence", "copying", "changelog"})
_MOST_NAMED = 5


def find_files(source: str) -> Iterator[Path | Failure | Notice]:
    """The files that a path or pattern leads to, in sorted order, folders read to the bottom.

    In folders, hidden files are skipped, and files of kinds that are not read are listed in a notice.
    """
    path = Path(source)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if glob.has_magic(source):
            yield from _matches(source)
        else:
            yield Failure(source, "there is no such file or folder", "Check the path.")
        return
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        yield Failure(source, why(error), _remedy(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    else:
        yield path


def open_file(path: Path, max_bytes: int) -> Document:
    """Opens a regular file.  Raises SourceError for anything else, and never waits for a pipe."""
    name = str(path)
    try:
        # Opening a pipe without O_NONBLOCK would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise SourceError(f"it cannot be opened: {why(error)}", _remedy(error)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceError("it is no regular file", "Give a file, or `-` to read standard input.")
    stream: io.BufferedReader = io.BufferedReader(io.FileIO(descriptor), 65_536)
    return Document(origin=name, stream=stream, name=path.name, max_bytes=max_bytes)


def why(error: OSError | ValueError) -> str:
    """The reason that the system gives, in lower case as part of a sentence."""
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]


def _remedy(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "Ask for the right to read it, or leave it out."
    return "Check the path."


def _matches(pattern: str) -> Iterator[Path | Failure | Notice]:
    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # the pattern may be absolute
    if not paths:
        yield Failure(pattern, "no file matches the pattern", "Check the path.")
    for path in paths:
        yield from _folder(Path(path)) if Path(path).is_dir() else (Path(path),)


def _folder(top: Path) -> Iterator[Path | Failure | Notice]:
    left_out: list[str] = []
    found = False
    seen: set[tuple[int, int]] = set()
    # (path, the folders above it); a stack, because folders may be nested deeper than Python recurses.
    waiting: list[tuple[Path, tuple[tuple[int, int], ...]]] = [(top, ())]
    while waiting:
        path, above = waiting.pop()
        try:
            status = path.stat()
        except OSError as error:
            found = True
            yield Failure(str(path), why(error), "Remove or mend the link.")
            continue
        if not stat.S_ISDIR(status.st_mode):
            if _is_read(path) or not stat.S_ISREG(status.st_mode):
                found = True
                yield path
            else:
                left_out.append(str(path.relative_to(top)))
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            found = True
            yield Failure(str(path), "the link leads back to a folder that it is in", "Remove the link.")
            continue
        if identity in seen:  # reached by another link before
            continue
        seen.add(identity)
        try:
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208
        except OSError as error:
            found = True
            yield Failure(str(path), why(error), _remedy(error))
            continue
        waiting.extend((path / name, (*above, identity)) for name in reversed(names))
    if left_out:
        more = f" and {len(left_out) - _MOST_NAMED} more" if len(left_out) > _MOST_NAMED else ""
        yield Notice(
            f"{top}: left out, of kinds that are not read: {', '.join(left_out[:_MOST_NAMED])}{more}"
        )
    if not found:
        yield Failure(
            str(top), "the folder holds nothing that can be read", f"Kinds read: {' '.join(SUFFIXES)}."
        )


def _is_read(path: Path) -> bool:
    """Whether a file in a folder counts: its kind is known, or it has no suffix and its content decides."""
    if path.stem.lower() in _PAPERS:
        return False
    return not path.suffix or path.suffix.lower() in SUFFIXES
