"""`briefing diff`, `briefing ledger` and `--since` over three real days; for the week see test_week.py."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from briefing.cli import run
from tests.desk import without_own_settings

WEEK = Path(__file__).parent / "data" / "week.jsonl"
DAYS = ("2023-12-02", "2023-12-03", "2023-12-04")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """A folder with the briefs of three days, made in their order, and the archive of them."""
    folder = tmp_path_factory.mktemp("days")
    with pytest.MonkeyPatch.context() as patch:
        surround(patch, folder, models_dir)
        for day in DAYS:
            daily(folder, day)
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder to work in."""
    folder = tmp_path / "desk"
    shutil.copytree(made, folder)
    surround(monkeypatch, folder, models_dir)
    return folder


def surround(patch: pytest.MonkeyPatch, folder: Path, models_dir: Path) -> None:
    without_own_settings(patch, models_dir)
    patch.setenv("BRIEFING_PATHS_ARCHIVE", str(folder / "archive.sqlite3"))
    patch.chdir(folder)


def daily(folder: Path, day: str, *more: str, name: str | None = None) -> int:
    """Makes the brief of a day from the readouts of that day."""
    lines = WEEK.read_text("utf-8").splitlines(keepends=True)
    sources = folder / f"{day}.jsonl"
    sources.write_text("".join(line for line in lines if f'"date": "{day}"' in line), "utf-8")
    made = [arg for suffix in ("md", "json") for arg in ("-o", f"{name or day}.{suffix}")]
    return run(["daily", sources.name, "--date", day, *made, *more])


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def statuses(changes: dict[str, Any]) -> set[str]:
    return {item["status"] for item in changes["items"]}


def ledger(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["ledger", "--date", "2023-12-31", "--format", "jsonl", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_days_made_in_another_order_give_the_same_ledger(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ledger(capsys=capsys)
    assert before
    with sqlite3.connect(desk / "archive.sqlite3") as database:
        database.execute("DELETE FROM brief")
    database.close()
    for day in (DAYS[1], DAYS[2], DAYS[0], DAYS[1]):
        assert daily(desk, day, name="x") == 0
    assert ledger(capsys=capsys) == before


def test_what_the_ledger_says_stands_in_an_article(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {row["id"]: row["text"] for row in map(json.loads, WEEK.read_text("utf-8").splitlines())}
    for row in ledger(capsys=capsys):
        assert row["actors"]
        for one in (one for step in row["history"] for one in step["evidence"]):
            assert texts[one["article"]][one["start"] : one["end"]] == one["quote"]


def test_the_ledger_is_filtered(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = ledger(capsys=capsys)
    assert ledger("--actor", "united states", capsys=capsys) == [
        row for row in whole if "United States" in row["actors"]
    ]
    assert ledger("--actor", "Atlantis", capsys=capsys) == []
    assert ledger("--status", "pledged", "--status", "agreed", capsys=capsys) == [
        row for row in whole if row["status"] in ("pledged", "agreed")
    ]
    assert ledger("--since", DAYS[2], capsys=capsys) == [
        row for row in whole if row["history"][-1]["date"] >= DAYS[2]
    ]
    assert ledger("--overdue", capsys=capsys) == [row for row in whole if row["overdue"]]
    early = [row["id"] for row in ledger("--date", DAYS[0], capsys=capsys)]
    assert early == [row["id"] for row in whole if row["history"][0]["date"] <= DAYS[0]]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_ledger_for_people_names_every_row(
    form: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ledger(capsys=capsys)
    assert run(["ledger", "--format", form]) == 0
    page = re.sub(r"\\", "", capsys.readouterr().out)
    for row in rows:
        assert row["object"].split(",")[0][:40] in page


def test_the_ledger_as_a_table_keeps_its_rows_and_runs_no_formula(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(desk / "archive.sqlite3") as database:
        (kept,) = database.execute("SELECT commitments FROM brief WHERE date = ?", (DAYS[0],)).fetchone()
        entry = json.loads(kept)
        row = entry["commitments"][0]
        row["actors"] = ["=HYPERLINK(1)"]
        row["object"] = row["history"][0]["text"] = '+1 "quoted", and\na second line pledged 70 boats'
        row["status"] = row["history"][0]["status"] = "pledged"
        database.execute("UPDATE brief SET commitments = ? WHERE date = ?", (json.dumps(entry), DAYS[0]))
    database.close()
    rows = ledger(capsys=capsys)
    assert run(["ledger", "--format", "csv", "-o", "ledger.csv"]) == 0
    with (desk / "ledger.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [line["id"] for line in table] == [one["id"] for one in rows]
    (odd,) = (line for line in table if "HYPERLINK" in line["actors"])
    assert odd["actors"] == "'=HYPERLINK(1)"
    assert odd["object"] == '\'+1 "quoted", and\na second line pledged 70 boats'


def test_two_days_are_compared_by_day_and_by_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", DAYS[1], DAYS[2], "--format", "json"]) == 0
    by_day = json.loads(capsys.readouterr().out)
    assert by_day["items"] == read(desk / f"{DAYS[2]}.json")["changes"]["items"]
    assert run(["diff", f"{DAYS[1]}.json", f"{DAYS[2]}.json", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == by_day
    assert run(["diff", DAYS[2], DAYS[2]]) == 0
    stories = len(read(desk / f"{DAYS[2]}.json")["stories"])
    assert f"0 new, 0 changed, {stories} unchanged, 0 dropped." in capsys.readouterr().out


def test_a_file_from_another_desk_can_be_compared(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "archive.sqlite3").unlink()
    assert run(["diff", f"{DAYS[1]}.json", f"{DAYS[1]}.json", "--format", "json"]) == 0
    assert statuses(json.loads(capsys.readouterr().out)) == {"unchanged"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.json", "{}"),
        ("notes.json", '{"schema": 1, "stories": ['),
        ("notes.json", None),
        ("2001-01-01", None),
    ],
)
def test_what_is_no_brief_is_named_with_a_remedy(
    name: str, content: str | None, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (desk / name).write_text(content, "utf-8")
    assert run(["diff", name, DAYS[2]]) == 1
    said = capsys.readouterr().err
    assert name in said
    assert "Name a" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("since", ["2023-12-01", DAYS[2], "2023-12-24"])
def test_a_day_to_compare_with_must_have_a_brief_and_be_earlier(
    since: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert daily(desk, DAYS[2], "--since", since, name="x") == 2
    assert since in capsys.readouterr().err
    assert not (desk / "x.md").exists()


def test_another_earlier_day_can_be_compared_with(desk: Path) -> None:
    assert daily(desk, DAYS[2], "--since", DAYS[0], name="x") == 0
    assert read(desk / "x.json")["changes"]["since"] == DAYS[0]


def test_a_trial_run_never_becomes_a_brief_of_its_day(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filed = (desk / f"{DAYS[2]}.json").read_text("utf-8")
    line = next(one for one in WEEK.read_text("utf-8").splitlines() if f'"date": "{DAYS[2]}"' in one)
    (desk / "trial.jsonl").write_text(line + "\n", "utf-8")
    capsys.readouterr()
    assert run(["daily", "trial.jsonl", "--date", DAYS[2], "--no-file", "-o", "trial.json"]) == 0
    assert "takes the place" not in capsys.readouterr().err
    assert run(["diff", DAYS[1], DAYS[2], "--format", "json", "-o", "after.json"]) == 0
    assert {one["story"] for one in read(desk / "after.json")["items"]} >= {
        story["id"] for story in json.loads(filed)["stories"]
    }
    assert run(["daily", "trial.jsonl", "--date", DAYS[2], "-o", "trial.json"]) == 0
    assert f"takes the place of the brief of {DAYS[2]}" in capsys.readouterr().err
