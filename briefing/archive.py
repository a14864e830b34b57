"""The archive: one SQLite file of articles seen, results already computed, briefs and deliveries.

Every write is one short transaction in write-ahead mode with full synchronisation: a run that is
killed loses only what was not yet written, and two runs at once wait for each other.
https://www.sqlite.org/wal.html, https://www.sqlite.org/lockingv3.html
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from briefing.archive_file import open_file
from briefing.errors import ArchiveError
from briefing.types import Article, OnRecord

_ELSEWHERE = "Check its folder and the space on the disk, or name another file: BRIEFING_PATHS_ARCHIVE."
# SQLite allows 32,766 variables a statement; far fewer keep each read short.
_KEYS_A_READ = 500


class Filing(NamedTuple):
    """A brief as it is filed: its number within the year, its JSON, and what the ledger reads of it."""

    number: int
    made: str
    json: str
    commitments: str


class Archive:
    """An open archive; use as a context manager.

    Raises ArchiveError where the file cannot be opened, is damaged, is another program's, or was
    written by a newer version.  One that cannot be written is read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db, self._writable = open_file(path)
            self._file = path.stat()
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; nothing is pending, every write was committed when it was made."""
        self._db.close()

    def results(self, kind: str, keys: Sequence[str]) -> dict[str, bytes]:
        """What is stored under each of the keys; keys without a result are left out.

        Raises ArchiveError where one is not what was stored.
        """
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _KEYS_A_READ):
            some = keys[start : start + _KEYS_A_READ]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, value, sum FROM result WHERE kind = ? AND key IN ({marks})"  # noqa: S608 - marks only
            for key, value, checksum in self._read(query, (kind, *some)):
                if not isinstance(value, bytes) or _checksum(kind, key, value) != checksum:
                    raise self.damaged(f"a result of {kind}", "is not what was stored")
                found[key] = value
        return found

    def keep_results(self, kind: str, results: Mapping[str, bytes]) -> None:
        """Stores results in one transaction.  A key that is there already keeps its value.

        They are kept for speed alone: nothing is stored, and nothing said, where nothing can be.
        """
        if self._lost():
            return
        self._write(
            "INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?)",
            [(kind, key, value, _checksum(kind, key, value)) for key, value in results.items()],
        )

    def keep_articles(self, articles: Iterable[Article], now: dt.datetime) -> None:
        """Remembers the texts that briefs point into, each once, where it can: see `ensure_kept`."""
        if self._lost():
            return
        self._write(
            "INSERT OR IGNORE INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (a.sha256, a.title, a.date and a.date.isoformat(), a.source, a.url, a.text, now.isoformat())
                for a in articles
            ],
        )

    def texts(self, digests: Iterable[str]) -> dict[str, str]:
        """The texts of articles by their sha256; those that are not here, or no longer so, are left out."""
        wanted = list(dict.fromkeys(digests))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _KEYS_A_READ):
            some = wanted[start : start + _KEYS_A_READ]
            marks = ",".join("?" * len(some))
            query = f"SELECT sha256, text FROM article WHERE sha256 IN ({marks})"  # noqa: S608 - marks only
            found.update(self._read(query, some))
        # A text that somebody changed is not the one that was quoted.
        return {digest: text for digest, text in found.items() if _digest(text) == digest}

    def keep_brief(
        self, date: dt.date, now: dt.datetime, commitments: str, make: Callable[[int], str]
    ) -> int:
        """Files a brief and returns its number within the year of its date.

        `make` is given that number and returns the JSON; `commitments` is what the ledger reads of it.
        Nothing is filed, and no number is used up, where `make` raises.
        """
        with self._transaction():
            query = "SELECT coalesce(max(number), 0) + 1 FROM brief WHERE substr(date, 1, 4) = ?"
            (number,) = self._db.execute(query, (f"{date:%Y}",)).fetchone()
            row = (str(date), str(now), make(number), number, commitments)
            insert = "INSERT INTO brief (date, made, json, number, commitments) VALUES (?, ?, ?, ?, ?)"
            self._db.execute(insert, row)
        return int(number)

    def brief(self, date: dt.date) -> str | None:
        """The JSON of the latest brief of a day; None where none was made."""
        rows = self._read("SELECT json FROM brief WHERE date = ? ORDER BY serial DESC LIMIT 1", (str(date),))
        return rows[0][0] if rows else None

    def filings(self, date: dt.date) -> list[Filing]:
        """The briefs of a day, the latest last."""
        query = "SELECT number, made, json, commitments FROM brief WHERE date = ? ORDER BY serial"
        return [Filing(*row) for row in self._read(query, (str(date),))]

    def numbers(self, year: int) -> list[int]:
        """The numbers of the briefs of a year, in the order in which they were filed."""
        query = "SELECT number FROM brief WHERE substr(date, 1, 4) = ? ORDER BY serial"
        return [number for (number,) in self._read(query, (f"{year:04}",))]

    def last_day_before(self, date: dt.date) -> dt.date | None:
        """The latest earlier day that has a brief."""
        ((day,),) = self._read("SELECT max(date) FROM brief WHERE date < ?", (str(date),))
        return self._day(day) if day else None

    def commitments(self, until: dt.date) -> list[tuple[dt.date, str]]:
        """What the ledger reads of the latest brief of each day up to `until`, in the order of the days."""
        query = (
            "SELECT date, commitments FROM brief WHERE date <= ? AND serial IN"
            " (SELECT max(serial) FROM brief GROUP BY date) ORDER BY date"
        )
        return [(self._day(day), value) for day, value in self._read(query, (str(until),))]

    def ensure_kept(self) -> None:
        """Raises ArchiveError where what this run gave to the archive is not kept."""
        if why := self._lost():
            raise ArchiveError(f"the archive {self.path} {why}: nothing is kept in it", _ELSEWHERE)

    def claim(self, digest: str, recipient: str, *, again: bool = False) -> OnRecord | None:
        """Claims a message for this run, and returns what was on record (types.DeliveryLog)."""
        with self._transaction():
            query = "SELECT outcome FROM delivery WHERE digest = ? AND recipient = ?"
            row = self._db.execute(query, (digest, recipient)).fetchone()
            before: OnRecord | None = row[0] if row else None
            if before is None or again:
                now = dt.datetime.now(dt.UTC).isoformat()
                self._db.execute(
                    "REPLACE INTO delivery VALUES (?, ?, ?, ?)", (digest, recipient, "sending", now)
                )
        return before

    def record(self, digest: str, recipient: str, outcome: OnRecord) -> None:
        """Keeps an outcome at once and durably (types.DeliveryLog)."""
        now = dt.datetime.now(dt.UTC).isoformat()
        self._write("REPLACE INTO delivery VALUES (?, ?, ?, ?)", [(digest, recipient, outcome, now)])

    def release(self, digest: str, recipient: str, before: OnRecord | None) -> None:
        """Gives a claim back where it is still there (types.DeliveryLog)."""
        claim = "digest = ? AND recipient = ? AND outcome = 'sending'"
        if before is None:
            self._write(f"DELETE FROM delivery WHERE {claim}", [(digest, recipient)])  # noqa: S608 - ours
        else:
            change = f"UPDATE delivery SET outcome = ? WHERE {claim}"  # noqa: S608 - ours
            self._write(change, [(before, digest, recipient)])

    def _read(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def damaged(self, what: str, how: str = "cannot be read") -> ArchiveError:
        """The error for a row that was not written so."""
        return ArchiveError(
            f"the archive {self.path} is damaged: {what} {how}",
            "Restore it from a copy, or name another file: BRIEFING_PATHS_ARCHIVE.",
        )

    def _day(self, stored: str) -> dt.date:
        try:
            return dt.date.fromisoformat(stored)
        except ValueError:
            raise self.damaged(f"the day {stored!r} of a brief") from None

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        with self._transaction():
            self._db.executemany(statement, rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it, or nothing where anything is raised."""
        self.ensure_kept()
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _lost(self) -> str:
        """Why what is written now would be lost; "" where it would not."""
        if not self._writable:
            return "can be read, and not written"
        with suppress(OSError):
            if os.path.samestat(self.path.stat(), self._file):
                return ""
        return "was deleted or replaced while it was in use"

    def _unusable(self, error: Exception) -> ArchiveError:
        return ArchiveError(
            f"the archive {self.path} cannot be used: {error}",
            _ELSEWHERE,
        )


def _checksum(kind: str, key: str, value: bytes) -> bytes:
    """Bound to its place, so that no result stands for another."""
    return hashlib.blake2b(f"{kind} {key} ".encode() + value, digest_size=16).digest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
