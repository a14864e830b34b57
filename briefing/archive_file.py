"""The file of the archive: its tables, how those of an earlier version become them, and how it is opened.

It holds the texts of a desk: file and folder are made readable by their owner alone.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from briefing.errors import ArchiveError

_VERSION = 3
_TABLES = ("article", "result", "brief", "delivery")
_APPLICATION = 0x62726965  # "brie": tells our files from other SQLite files
_SCHEMA = """
CREATE TABLE article (
    sha256 TEXT PRIMARY KEY, title TEXT, date TEXT, source TEXT, url TEXT, text TEXT NOT NULL,
    seen TEXT NOT NULL
);
CREATE TABLE result (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE brief (
    serial INTEGER PRIMARY KEY, date TEXT NOT NULL, made TEXT NOT NULL, json TEXT NOT NULL,
    number INTEGER NOT NULL DEFAULT 0, commitments TEXT NOT NULL DEFAULT ''
);
CREATE TABLE delivery (
    digest TEXT NOT NULL, recipient TEXT NOT NULL, outcome TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (digest, recipient)
) WITHOUT ROWID;
"""
# From the version before to each version.
_MIGRATIONS = {
    2: """
ALTER TABLE brief ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brief ADD COLUMN commitments TEXT NOT NULL DEFAULT '';
UPDATE brief SET number = (
    SELECT count(*) FROM brief AS earlier
    WHERE substr(earlier.date, 1, 4) = substr(brief.date, 1, 4) AND earlier.serial <= brief.serial
);
""",
    # Results without a checksum were those of other code, and would never be read again.
    3: """
DROP TABLE result;
CREATE TABLE result (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
""",
}
_BUSY_SECONDS = 60.0
_REMEDY = "Restore it from a copy, or name another file: BRIEFING_PATHS_ARCHIVE."


def open_file(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The open file with the tables of this version, made where there was none; whether it can be written.

    Raises OSError and sqlite3.Error as they come, ArchiveError where it is another program's, of another
    version, or lacks a table.
    """
    try:
        _make(path)
        return _opened(f"{path.absolute().as_uri()}?mode=rw", path, write=True), True
    except (OSError, sqlite3.OperationalError) as error:
        if not path.is_file() or not _refused(error):
            raise
    # Beside a log that another process may be writing it is read with its locks; else as it stands.
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return _opened(f"{path.absolute().as_uri()}?{how}", path, write=False), False


def _refused(error: OSError | sqlite3.OperationalError) -> bool:
    """Whether there was no permission to write."""
    if isinstance(error, OSError):
        return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def _make(path: Path) -> None:
    """Makes an empty file where there is none, and its folder."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _opened(uri: str, path: Path, *, write: bool) -> sqlite3.Connection:
    database = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        with closing(database.cursor()) as cursor:
            if write:
                with _turn(path.parent):
                    _prepare(cursor, path)
            else:
                _check(cursor, path, read_only=True)
            rows = cursor.execute("SELECT name FROM sqlite_master").fetchall()
    except BaseException:
        database.close()
        raise
    missing = [name for name in _TABLES if (name,) not in rows]
    if missing:
        database.close()
        raise ArchiveError(f"the archive {path} is damaged: it has no table {missing[0]!r}", _REMEDY)
    return database


def _prepare(cursor: sqlite3.Cursor, path: Path) -> None:
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("BEGIN IMMEDIATE")
    try:
        version = _check(cursor, path, read_only=False)
        if version is None:
            for statement in _SCHEMA.split(";"):
                cursor.execute(statement)
            cursor.execute(f"PRAGMA application_id = {_APPLICATION}")
        else:
            for newer in range(version + 1, _VERSION + 1):
                for statement in _MIGRATIONS[newer].split(";"):
                    cursor.execute(statement)
        cursor.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")


def _check(cursor: sqlite3.Cursor, path: Path, *, read_only: bool) -> int | None:
    """The version of the file, None of an empty one.  Raises ArchiveError where it cannot be used."""
    (version,) = cursor.execute("PRAGMA user_version").fetchone()
    (application,) = cursor.execute("PRAGMA application_id").fetchone()
    (tables,) = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != _APPLICATION:
        raise ArchiveError(f"{path} is a database of another program", "Name another file for the archive.")
    if version > _VERSION:
        raise ArchiveError(
            f"{path} was written by a newer version of briefing (format {version})",
            "Update briefing, or name another file for the archive.",
        )
    if read_only and version < _VERSION:
        raise ArchiveError(
            f"{path} was written by an earlier version of briefing (format {version}) and cannot be written",
            "Make it writable for one run, which brings it up to date.",
        )
    return int(version) if tables else None


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One process at a time.

    To enter write-ahead mode SQLite wants the new file for itself, and fails at once where it is not, however
    long it may wait elsewhere.  The lock is on the folder: a second handle on the file would, when closed,
    take SQLite's own locks away (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems lock no folders: then as before, without
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
