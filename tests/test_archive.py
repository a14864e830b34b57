from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
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


def test_delivery_outcomes_are_kept_and_taken_back(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        assert archive.outcome("digest", "a@x.org") is None
        archive.record("digest", "a@x.org", "unknown")
        archive.record("digest", "a@x.org", "delivered")
        assert archive.outcome("digest", "a@x.org") == "delivered"
        archive.record("digest", "a@x.org", None)
        assert archive.outcome("digest", "a@x.org") is None


def test_briefs_are_numbered_in_order(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        assert archive.keep_brief(NOW.date(), "{}", NOW) == 1
        assert archive.keep_brief(NOW.date(), "{}", NOW) == 2


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
