from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from briefing.archive import Archive
from briefing.errors import ArchiveError
from briefing.types import Article

NOW = dt.datetime(2022, 11, 15, 7, tzinfo=dt.UTC)


def test_results_come_back_under_their_kind_and_key(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        archive.keep_results("slots", {"k1": b"one", "k2": b"two"})
        archive.keep_results("summaries", {"k1": b"other"})
        assert archive.results("slots", ["k1", "k3", "k2"]) == {"k1": b"one", "k2": b"two"}


def test_more_keys_than_a_statement_takes(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        values = {str(n): b"x" for n in range(40_000)}
        archive.keep_results("slots", values)
        assert archive.results("slots", list(values)) == values


def test_a_result_is_never_replaced(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        archive.keep_results("slots", {"k": b"first"})
        archive.keep_results("slots", {"k": b"second"})
        assert archive.results("slots", ["k"]) == {"k": b"first"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE result SET value = CAST('twin' AS BLOB)",
        "UPDATE result SET value = 'one'",
        "UPDATE result SET (value, sum) = (SELECT value, sum FROM result WHERE key = 'other')",
        "UPDATE result SET kind = 'summaries'",
    ],
)
def test_a_result_that_was_changed_is_found(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.sqlite3"
    with Archive(path) as archive:
        archive.keep_results("slots", {"k": b"one", "other": b"two"})
        assert archive.results("slots", ["k"]) == {"k": b"one"}
    with sqlite3.connect(path) as database:
        assert database.execute(change + " WHERE key = 'k'").rowcount == 1
    kind = "summaries" if "kind" in change else "slots"
    with Archive(path) as archive, pytest.raises(ArchiveError, match=f"a result of {kind} is not what"):
        archive.results(kind, ["k"])


def test_a_message_is_claimed_once_and_given_back(tmp_path: Path) -> None:
    with Archive(tmp_path / "a") as one, Archive(tmp_path / "a") as other:
        assert one.claim("digest", "a@x.org") is None
        assert other.claim("digest", "a@x.org") == "sending"
        one.release("digest", "a@x.org", None)
        assert other.claim("digest", "a@x.org") is None
        other.record("digest", "a@x.org", "delivered")
        other.release("digest", "a@x.org", None)
        assert one.claim("digest", "a@x.org") == "delivered"
        assert one.claim("digest", "a@x.org", again=True) == "delivered"
        assert other.claim("digest", "a@x.org") == "sending"
        one.release("digest", "a@x.org", "delivered")
        assert other.claim("digest", "a@x.org") == "delivered"


def file(archive: Archive, day: dt.date, json: str = "{}", commitments: str = "") -> int:
    return archive.keep_brief(day, NOW, commitments, lambda number: json)


def test_briefs_are_numbered_within_their_year(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        days = [dt.date(2022, 11, 15), dt.date(2022, 11, 15), dt.date(2023, 1, 2), dt.date(2022, 12, 1)]
        assert [file(archive, day) for day in days] == [1, 2, 1, 3]


def test_a_brief_that_cannot_be_made_uses_up_no_number(tmp_path: Path) -> None:
    def fail(number: int) -> str:
        raise ValueError(number)

    with Archive(tmp_path / "a.sqlite3") as archive:
        with pytest.raises(ValueError, match="1"):
            archive.keep_brief(NOW.date(), NOW, "", fail)
        assert file(archive, NOW.date()) == 1


def test_the_latest_brief_of_a_day_counts(tmp_path: Path) -> None:
    monday, tuesday = dt.date(2022, 11, 14), dt.date(2022, 11, 15)
    with Archive(tmp_path / "a.sqlite3") as archive:
        file(archive, tuesday, "early", "t1")
        file(archive, monday, "monday", "m")
        file(archive, tuesday, "late", "t2")
        assert archive.brief(tuesday) == "late"
        assert archive.brief(dt.date(2022, 11, 16)) is None
        assert archive.last_day_before(tuesday) == monday
        assert archive.last_day_before(monday) is None
        assert archive.commitments(tuesday) == [(monday, "m"), (tuesday, "t2")]
        assert archive.commitments(monday) == [(monday, "m")]


def test_an_archive_of_the_first_format_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    with sqlite3.connect(path) as old:
        old.executescript(
            """
            CREATE TABLE article (sha256 TEXT PRIMARY KEY, title TEXT, date TEXT, source TEXT, url TEXT,
                text TEXT NOT NULL, seen TEXT NOT NULL);
            CREATE TABLE result (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
                PRIMARY KEY (kind, key)) WITHOUT ROWID;
            CREATE TABLE brief (serial INTEGER PRIMARY KEY, date TEXT NOT NULL, made TEXT NOT NULL,
                json TEXT NOT NULL);
            CREATE TABLE delivery (digest TEXT NOT NULL, recipient TEXT NOT NULL, outcome TEXT NOT NULL,
                at TEXT NOT NULL, PRIMARY KEY (digest, recipient)) WITHOUT ROWID;
            INSERT INTO brief (date, made, json) VALUES ('2022-11-14', '', 'one'), ('2022-11-15', '', 'two');
            PRAGMA application_id = 1651665253;
            PRAGMA user_version = 1;
            """
        )
    old.close()
    for _ in range(2):
        with Archive(path) as archive:
            assert archive.brief(dt.date(2022, 11, 14)) == "one"
    with Archive(path) as archive:
        assert file(archive, dt.date(2022, 11, 16)) == 3


def test_texts_are_found_by_their_digest(tmp_path: Path) -> None:
    articles = [Article(id=str(n), text=f"Text {n}.") for n in range(1200)]
    with Archive(tmp_path / "a.sqlite3") as archive:
        archive.keep_articles(articles, NOW)
        digests = [one.sha256 for one in articles]
        assert archive.texts([*digests, "f" * 64]) == {one.sha256: one.text for one in articles}


def test_articles_are_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    article = Article(id="1", text="The ministers met.")
    with Archive(path) as archive:
        archive.keep_articles([article, article], NOW)
        archive.keep_articles([article], NOW)
    assert sqlite3.connect(path).execute("SELECT text FROM article").fetchall() == [("The ministers met.",)]


WRITER = """
import sys
from pathlib import Path
from briefing.archive import Archive
with Archive(Path(sys.argv[1])) as archive:
    n = 0
    while True:
        archive.keep_results("slots", {f"{sys.argv[2]}-{n}-{i}": b"x" * 2000 for i in range(20)})
        print(n, flush=True)
        n += 1
"""


def writer(path: Path, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_killed_in_the_middle_it_keeps_what_it_said_it_had_done(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    process = writer(path, "w")
    assert process.stdout is not None
    done = [int(process.stdout.readline()) for _ in range(30)]
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with Archive(path) as archive:
        keys = [f"w-{n}-{i}" for n in done for i in range(20)]
        assert len(archive.results("slots", keys)) == len(keys)
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_two_runs_at_once_both_get_through(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    processes = [writer(path, name) for name in ("one", "two")]
    for process in processes:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
    for process in processes:
        process.kill()
        process.communicate()
    with Archive(path) as archive:
        for name in ("one", "two"):
            assert len(archive.results("slots", [f"{name}-{n}-0" for n in range(20)])) == 20


def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    path.write_bytes(b"minutes of the last meeting\n" * 100)
    with pytest.raises(ArchiveError, match=r"a\.sqlite3"):
        Archive(path)
    assert path.read_bytes() == b"minutes of the last meeting\n" * 100


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE mail (body TEXT)")
    database.close()
    with pytest.raises(ArchiveError, match="another program"):
        Archive(path)


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    Archive(path).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(ArchiveError, match="newer version"):
        Archive(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file"):
        Archive(tmp_path / "file" / "a.sqlite3")


def test_archive_and_folder_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "a.sqlite3"
    with Archive(path) as archive:
        archive.keep_results("slots", {"k": b"one"})
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, *path.parent.iterdir())]
    assert modes == [0o700, *[0o600] * (len(modes) - 1)]


@pytest.mark.parametrize("table", ["article", "result", "brief", "delivery"])
def test_an_archive_without_a_table_is_named(tmp_path: Path, table: str) -> None:
    path = tmp_path / "a.sqlite3"
    with Archive(path):
        pass
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"DROP TABLE {table}")
    with pytest.raises(ArchiveError, match=f"no table '{table}'"):
        Archive(path)


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A folder of this user's while it may not do everything: tests in containers run as root."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.geteuid() == 0
        if root:
            os.chown(folder, 65534, -1)
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)
            Path(folder).chmod(0o700)


@pytest.mark.parametrize("whole", [True, False])
def test_an_archive_that_cannot_be_written_is_read(whole: bool) -> None:
    with unprivileged() as folder:
        path = folder / "a.sqlite3"
        with Archive(path) as archive:
            archive.keep_results("slots", {"k": b"one"})
            file(archive, NOW.date(), "{}")
        path.chmod(0o400)
        if whole:
            folder.chmod(0o500)
        with Archive(path) as archive:
            assert archive.brief(NOW.date()) == "{}"
            assert archive.results("slots", ["k"]) == {"k": b"one"}
            archive.keep_results("slots", {"more": b"two"})
            with pytest.raises(ArchiveError, match="can be read, and not written"):
                file(archive, NOW.date())


@pytest.mark.parametrize("replaced", [True, False])
def test_an_archive_that_is_deleted_in_use_is_said(tmp_path: Path, replaced: bool) -> None:
    path = tmp_path / "a.sqlite3"
    with Archive(path) as archive:
        path.unlink()
        if replaced:
            path.write_bytes(b"")
        archive.keep_results("slots", {"k": b"one"})
        for write in (
            lambda: file(archive, NOW.date()),
            lambda: archive.claim("digest", "a@x.org"),
            archive.ensure_kept,
        ):
            with pytest.raises(ArchiveError, match="was deleted or replaced"):
                write()
