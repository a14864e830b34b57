"""A busy week of official readouts, 2 to 8 December 2023, one brief a day, as a desk makes them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import briefing.render
from briefing.cli import run
from tests.desk import evidence_in, without_own_settings

WEEK = Path(__file__).parent / "data" / "week.jsonl"
SCHEMA = Path(briefing.render.__file__).with_name("brief.schema.json")
DAYS = [dt.date(2023, 12, day) for day in range(2, 9)]
# Who met whom, as two people read the readouts: the two sides, how, and when.
HELD = {
    (2, "Kamala Harris", "Abdullah II", "meeting", "2023-12-02"),
    (2, "Kamala Harris", "Abdel Fattah Al-Sisi", "meeting", "2023-12-02"),
    (2, "Kamala Harris", "Tamim Bin Hamad Al-Thani", "call", "2023-12-02"),
    (2, "Kamala Harris", "Mohammed bin Zayed", "meeting", "2023-12-02"),
    (3, "Kamala Harris", "Isaac Herzog", "call", "2023-12-03"),
    (3, "Kamala Harris", "Mahmoud Abbas", "call", "2023-12-03"),
    (5, "Jake Sullivan", "Andrew Holness", "meeting", "2023-12-05"),
    (6, "Phil Gordon", "Mahmoud Abbas", "visit", "2023-12-06"),
    (7, "Joseph R. Biden, Jr.", "Benjamin Netanyahu", "call", "2023-12-07"),
    (7, "Joseph R. Biden, Jr.", "Abdullah II", "call", "2023-12-07"),
}


class Week:
    """The folder of a desk after its week."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = folder / "briefing.toml"
        self.settings.write_text('[paths]\narchive = "archive.sqlite3"\n', encoding="utf-8")
        rows = [json.loads(line) for line in WEEK.read_text(encoding="utf-8").splitlines()]
        self.articles = {day: [row for row in rows if row["date"] == str(day)] for day in DAYS}
        for day in DAYS:
            lines = [json.dumps(row) + "\n" for row in self.articles[day]]
            (folder / f"{day}.jsonl").write_text("".join(lines), encoding="utf-8")

    def daily(self, input_of: dt.date, day: dt.date, stem: str) -> None:
        """Makes the brief of a day from the articles of one, as Markdown and JSON."""
        outputs = [str(self.folder / f"{stem}{suffix}") for suffix in (".md", ".json")]
        flags = ["-o", outputs[0], "-o", outputs[1], "--config", str(self.settings)]
        assert run(["daily", str(self.folder / f"{input_of}.jsonl"), "--date", str(day), *flags]) == 0

    def brief(self, stem: object) -> dict[str, Any]:
        """The JSON of a brief."""
        value: dict[str, Any] = json.loads((self.folder / f"{stem}.json").read_text(encoding="utf-8"))
        return value

    def page(self, stem: object) -> str:
        """The Markdown of a brief."""
        return (self.folder / f"{stem}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Week]:
    with pytest.MonkeyPatch.context() as patch:
        without_own_settings(patch, models_dir)
        made = Week(tmp_path_factory.mktemp("week"))
        for day in DAYS:
            made.daily(day, day, str(day))
        yield made


def test_each_day_keeps_the_schema(week: Week) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for day in DAYS:
        validator.validate(week.brief(day))


def test_every_article_is_in_one_story_and_every_quotation_is_a_source_s(week: Week) -> None:
    texts = {row["id"]: row for rows in week.articles.values() for row in rows}
    for day in DAYS:
        brief = week.brief(day)
        placed = [
            one["id"] for story in brief["stories"] for one in (*story["articles"], *story["duplicates"])
        ]
        assert sorted(placed) == sorted(row["id"] for row in week.articles[day])
        found = list(evidence_in(brief))
        assert found
        for one in found:
            text = texts[one["article"]]["title" if one.get("field") == "title" else "text"]
            assert text[one["start"] : one["end"]] == one["quote"]


def test_no_story_says_a_thing_twice(week: Week) -> None:
    for day in DAYS:
        for story in week.brief(day)["stories"]:
            said = [one["text"] for one in story["summary"]["sentences"]]
            assert max(Counter(said).values(), default=1) == 1
            for slot in ("agreed", "outlook"):
                assert max(Counter(one["text"] for one in story["slots"][slot]).values(), default=1) == 1


def test_who_met_whom(week: Week) -> None:
    found = set()
    for day in DAYS:
        for row in week.brief(day)["meetings"]:
            names = [party["name"] for party in row["parties"]]
            if row["status"] == "held":
                found.add((day.day, *names[:2], row["format"], row["date"]))
    assert found >= HELD


def test_a_visit_that_was_ordered_is_the_one_that_is_reported(week: Week) -> None:
    visits = [row for row in week.brief(DAYS[3])["meetings"] if row["parties"][0]["name"] == "Phil Gordon"]
    assert [
        (row["status"], row["place"]["country"], row["date"], row["end"], len(row["parties"]))
        for row in visits
    ] == [("held", "Israel", "2023-12-04", "2023-12-05", 5)]
    ahead = [event["when"]["date"] for event in week.brief(DAYS[3])["forward"] if event["when"]]
    assert ahead == ["2023-12-06"]


def test_the_days_are_compared(week: Week) -> None:
    assert week.brief(DAYS[0])["changes"] is None
    for before, day in pairwise(DAYS):
        changes = week.brief(day)["changes"]
        assert changes["since"] == str(before)
        assert {item["story"] for item in changes["items"]} - {None} == {
            story["id"] for story in week.brief(day)["stories"]
        }


def test_the_same_input_on_the_next_day_is_unchanged(week: Week) -> None:
    week.daily(DAYS[-1], DAYS[-1] + dt.timedelta(days=1), "next")
    statuses = {item["status"] for item in week.brief("next")["changes"]["items"]}
    assert statuses == {"unchanged"}


def test_a_day_made_again_is_the_same_byte_for_byte(week: Week) -> None:
    for day in (DAYS[0], DAYS[4]):
        week.daily(day, day, "again")
        assert week.page("again") == week.page(day)


def test_the_ledger_goes_over_the_days(week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ["--config", str(week.settings), "--date", str(DAYS[-1]), "--format", "jsonl"]
    assert run(["ledger", *flags]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any(
        row["actors"] == ["United States", "Israel"] and "free the remaining hostages" in row["object"]
        for row in rows
    )
    days = {step["date"] for row in rows for step in row["history"]}
    assert {str(DAYS[0]), str(DAYS[5])} <= days


def test_each_brief_is_proven(week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    for day in (DAYS[1], DAYS[5]):
        assert run(["verify", str(week.folder / f"{day}.json"), "--config", str(week.settings)]) == 0
    again = week.folder / "reproduced.md"
    assert run(["reproduce", str(DAYS[5]), "-o", str(again), "--config", str(week.settings)]) == 0
    assert again.read_text(encoding="utf-8") == week.page(DAYS[5])
    capsys.readouterr()
