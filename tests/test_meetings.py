"""Who met whom: what a sentence says, and one row however many articles say it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from briefing.brief.meetings import meetings
from briefing.strict_yaml import load_yaml
from briefing.types import Article, Evidence, Kind, Meeting, Slots, Story, Summary, Where, Who

DAY = dt.date(2022, 11, 16)
ACTORS: list[tuple[str, Kind, str | None, str | None]] = [
    ("Anna Brandt", "person", "President of Norland", "Norland"),
    ("Jonas Weil", "person", "Foreign Minister", "Norland"),
    ("Marco Conti", "person", "Prime Minister of Sudria", "Sudria"),
    ("Lia Serra", "person", "Foreign Minister", "Sudria"),
    ("Ho Minh", "person", "President of Estia", "Estia"),
    ("Pavel Oram", "person", "Secretary-General", "United Nations"),
    ("Peru", "state", None, "Peru"),
    ("Chile", "state", None, "Chile"),
    ("Kenya", "state", None, "Kenya"),
]
CAST = tuple(
    Who(name, kind, (Evidence(0, len(name), name),), "test", role, side) for name, kind, role, side in ACTORS
)
PAIRS: list[dict[str, Any]] = load_yaml(
    (Path(__file__).parent / "data" / "meetings.yaml").read_text("utf-8")
)["pairs"]
SENTENCES = [(sentence, rows) for pair in PAIRS for sentence, rows in pair.items() if sentence != "name"]


def story(
    *texts: str,
    title: str | None = None,
    days: tuple[dt.date | None, ...] = (),
    where: tuple[Where, ...] = (),
    number: int = 0,
) -> Story:
    articles = tuple(
        Article(f"a{number}.{n}", text, title, (days or (DAY,) * len(texts))[n])
        for n, text in enumerate(texts)
    )
    slots = Slots(who=CAST, where=where)
    return Story(f"s{number}", title or "Headline", "Other", articles, Summary((), "test", "test"), slots)


def last_names(row: Meeting) -> list[str]:
    return [party.name.split()[-1] for party in row.parties]


@pytest.mark.parametrize(("sentence", "rows"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_reports_these_meetings(sentence: str, rows: list[dict[str, Any]]) -> None:
    found = meetings([story(sentence)])
    assert [
        (sorted(last_names(row)), row.format, row.status, row.date, row.end, [t.text for t in row.topics])
        for row in found
    ] == [
        (
            sorted(row["parties"]),
            row["form"],
            row["status"],
            row.get("date"),
            row.get("end"),
            row.get("topics", []),
        )
        for row in rows
    ]
