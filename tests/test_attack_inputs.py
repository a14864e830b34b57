"""Bad input to the commands around a brief: every failure is a message with its status, never a traceback."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefing.cli import run

ARTICLE = "France and Germany signed an agreement on energy in Berlin. France pledged 20 tanks to Ukraine."


@pytest.fixture
def settings(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_PATHS_MODELS", str(models_dir))
    path = tmp_path / "briefing.toml"
    path.write_text('[paths]\narchive = "archive.sqlite3"\n', encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "day.jsonl"
    path.write_text(json.dumps({"id": "1", "title": "Energy", "text": ARTICLE}) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["verify", "reproduce", "lint", "comments", "diff"])
def test_json_that_is_nested_too_deep_is_a_message(
    command: str, tmp_path: Path, settings: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    brief = tmp_path / "deep.json"
    brief.write_text('{"schema": 1, "stories": ' + "[" * 100_000, encoding="utf-8")
    asked = [command, str(brief), *([str(brief)] if command == "diff" else [])]
    assert run(asked if command == "comments" else [*asked, "--config", str(settings)]) == 1
    assert f"{brief} is no brief: its brackets are nested too deep" in capfd.readouterr().err


@pytest.mark.parametrize("period", ["99999999999d", "9999999d", "9" * 5000 + "w"])
def test_a_period_that_begins_before_the_calendar_is_wrong_usage(
    period: str, articles: Path, settings: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["daily", str(articles), "--period", period, "--config", str(settings)]) == 2
    assert "begins before the first day there is" in capfd.readouterr().err


def test_the_first_and_the_last_day_of_the_calendar_have_briefs_that_are_made_again(
    tmp_path: Path, articles: Path, settings: Path
) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        brief = tmp_path / f"{day}.json"
        flags = ["--config", str(settings)]
        assert run(["daily", str(articles), "--date", day, "-o", str(brief), *flags]) == 0
        assert run(["reproduce", str(brief), "-o", str(tmp_path / "again.md"), *flags]) == 0


def test_comments_can_be_written_to_a_device(tmp_path: Path, articles: Path, settings: Path) -> None:
    brief = tmp_path / "brief.json"
    assert run(["daily", str(articles), "-o", str(brief), "--config", str(settings)]) == 0
    assert run(["comments", str(brief), "-o", "/dev/null"]) == 0


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("9999-12-31", "France will meet Italy next week. France will meet Spain tomorrow, Rome said."),
        ("0001-01-01", "France met Italy yesterday in Rome. France signed a treaty with Spain last week."),
        ("2022-11-14", "France will meet Italy in 999999999 days. France will meet Spain in 4000000 weeks."),
        ("9999-12-30", "France will meet Italy on 31 December 9999. France will pay Spain by Friday."),
    ],
)
def test_times_outside_the_calendar_stay_unresolved(
    day: str, text: str, tmp_path: Path, settings: Path
) -> None:
    source = tmp_path / "edge.jsonl"
    source.write_text(json.dumps({"id": "1", "date": day, "text": text}) + "\n", encoding="utf-8")
    outputs = ["-o", str(tmp_path / "brief.ics"), "-o", str(tmp_path / "brief.json")]
    assert run(["daily", str(source), "--date", day, *outputs, "--config", str(settings)]) == 0
    assert run(["verify", str(tmp_path / "brief.json"), "--config", str(settings)]) == 0


def test_a_brief_that_an_editor_saved_with_a_byte_order_mark_is_read(
    tmp_path: Path, articles: Path, settings: Path
) -> None:
    brief = tmp_path / "brief.json"
    assert run(["daily", str(articles), "-o", str(brief), "--config", str(settings)]) == 0
    brief.write_bytes(b"\xef\xbb\xbf" + brief.read_bytes())
    assert run(["diff", str(brief), str(brief), "--config", str(settings)]) == 0
    assert run(["comments", str(brief)]) == 0
    assert run(["lint", str(brief), "--config", str(settings)]) == 0


@pytest.mark.parametrize(
    ("damage", "command", "said"),
    [
        ("UPDATE brief SET commitments = '{broken'", "ledger", "what the ledger reads of 2022-11-14"),
        ("UPDATE brief SET date = '2022-nonsense'", "ledger", "the day '2022-nonsense' of a brief"),
        (
            "UPDATE result SET value = x'ff' WHERE kind = 'slots'",
            "daily",
            "a result of slots is not what was stored",
        ),
        (
            "UPDATE result SET value = x'ff' WHERE kind = 'profiles'",
            "daily",
            "a result of profiles is not what was stored",
        ),
    ],
)
def test_a_damaged_row_of_the_archive_is_named(
    damage: str,
    command: str,
    said: str,
    tmp_path: Path,
    articles: Path,
    settings: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    flags = ["--date", "2022-11-14", "--config", str(settings)]
    assert run(["daily", str(articles), *flags]) == 0
    with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as archive:
        archive.execute(damage)
        archive.commit()
    asked = ["daily", str(articles), *flags] if command == "daily" else [command, "--config", str(settings)]
    assert run(asked) == 1
    assert f"archive.sqlite3 is damaged: {said}" in capfd.readouterr().err


def test_texts_that_the_archive_lost_are_said_where_days_are_compared(
    tmp_path: Path, articles: Path, settings: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    flags = ["--config", str(settings)]
    assert run(["daily", str(articles), "--date", "2022-11-14", *flags]) == 0
    with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as archive:
        archive.execute("DELETE FROM article")
        archive.commit()
    assert run(["daily", str(articles), "--date", "2022-11-15", *flags]) == 0
    assert "lacks 1 of the 1 texts of the brief of 2022-11-14" in capfd.readouterr().err
    assert run(["diff", "2022-11-14", "2022-11-15", *flags]) == 0  # the article is there again
    with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as archive:
        archive.execute("UPDATE article SET text = 'changed'")
        archive.commit()
    assert run(["diff", "2022-11-14", "2022-11-15", *flags]) == 0
    assert "lacks 1 of the 1 texts of the brief of 2022-11-15" in capfd.readouterr().err
