"""What an article says: claims with their qualifiers and cues, by whose word, and their part in the event."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from briefing.cli import run
from briefing.reading import ArticleReader
from briefing.slots import load_rules
from briefing.types import TITLE, Article, Claim, Reading

EXAMPLE = Path(__file__).parent.parent / "examples" / "2022-11-15"


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return ArticleReader(load_rules())


def read(reader: ArticleReader, text: str, title: str | None = None, date: dt.date | None = None) -> Reading:
    (reading,) = reader.read([Article("x", text, title, date)])
    return reading


def claim(reading: Reading, verb: str) -> Claim:
    return next(one for one in reading.claims if one.verb == verb)


def test_a_claim_names_who_acts_and_on_whom(reader: ArticleReader) -> None:
    reading = read(reader, "Norway and Chile met with Peru and signed a fisheries accord.")
    signed = claim(reading, "sign")
    assert [one.actor for one in signed.agents] == ["Norway", "Chile"]
    assert [one.lemma for one in signed.objects] == ["accord"]
    assert {(one.via, one.actor) for one in claim(reading, "meet").obliques} == {("with", "Peru")}
    assert (signed.form, signed.passive, signed.moods) == ("past", False, frozenset())


def test_in_the_passive_the_agent_stands_after_by(reader: ArticleReader) -> None:
    reading = read(reader, "The treaty was rejected by Kenya.")
    rejected = claim(reading, "reject")
    assert rejected.passive
    assert [one.actor for one in rejected.agents] == ["Kenya"]
    assert [one.lemma for one in rejected.objects] == ["treaty"]


@pytest.mark.parametrize(
    ("text", "verb", "mood", "cue"),
    [
        ("Kenya did not sign the accord.", "sign", "negated", "not"),
        ("Kenya will sign the accord.", "sign", "future", "will"),
        ("Kenya may sign the accord.", "sign", "possible", "may"),
        ("Kenya must sign the accord.", "sign", "obliged", "must"),
        ("If Kenya signs the accord, prices will fall.", "sign", "conditional", "If"),
        ("Uganda urged Kenya to sign the accord.", "sign", "urged", "urged"),
        ("Kenya intends to sign the accord.", "sign", "hoped", "intends"),
        ("Kenya refused to sign the accord.", "sign", "denied", "refused"),
        ("Kenya believes that Uganda signed the accord.", "sign", "believed", "believes"),
        ("The sides discussed how to sign the accord.", "sign", "discussed", "discussed"),
    ],
)
def test_each_qualifier_keeps_its_cue(
    reader: ArticleReader, text: str, verb: str, mood: str, cue: str
) -> None:
    found = {one.kind: text[one.start : one.end] for one in claim(read(reader, text), verb).qualifiers}
    assert found.get(mood) == cue  # type: ignore[call-overload]


def test_what_is_reported_hangs_on_what_reports_it(reader: ArticleReader) -> None:
    reading = read(reader, "Foreign Minister Ida Holm of Norway said that Norway would open an embassy.")
    opened = claim(reading, "open")
    assert opened.reported
    assert opened.holder is not None
    assert reading.claims[opened.holder].verb == "say"
    assert (opened.standing, opened.speaker) == ("named", "Ida Holm")


def test_background_is_told_from_the_event(reader: ArticleReader) -> None:
    text = "Kenya reopened its border with Uganda on Monday. Kenya had closed the border in March 2019."
    reading = read(reader, text, date=dt.date(2024, 3, 12))
    assert claim(reading, "reopen").role == "event"
    assert claim(reading, "close").role == "background"


def test_an_opinion_is_a_view(reader: ArticleReader) -> None:
    reading = read(reader, "Kenya signed the accord. Analysts believe that prices fell.")
    assert claim(reading, "fall").role == "view"
    assert claim(reading, "sign").role == "event"


def test_the_title_is_read_too(reader: ArticleReader) -> None:
    reading = read(reader, "More follows.", "Kenya signs the accord")
    assert claim(reading, "sign").sentence == TITLE


def test_a_reading_goes_into_json_and_comes_back(reader: ArticleReader) -> None:
    article = (EXAMPLE / "call-with-poland.txt").read_text(encoding="utf-8")
    reading = read(reader, article, "A call", dt.date(2022, 11, 15))
    adapter = TypeAdapter(Reading)
    assert adapter.validate_json(adapter.dump_json(reading, exclude_defaults=True)) == reading


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefing.toml").write_text('[paths]\narchive = "archive.sqlite3"\n', encoding="utf-8")
    return tmp_path


def test_programs_get_a_line_an_article(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "text": "Kenya will reopen the border on Thursday.", "date": "2024-03-12"},
        {"id": "b", "text": "Kenya will reopen the border on Thursday.", "date": "2024-03-12"},
    ]
    (desk / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run(["claims", "in.jsonl", "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["article"]["id"] for line in lines] == ["a", "b"]
    for line in lines:
        assert line["schema"] == 1
        assert {"zones", "claims", "attributions", "times"} <= line.keys()
        (time,) = line["times"]
        assert (time["phrase"], time["date"], time["precision"]) == ("Thursday", "2024-03-14", "day")
        reopened = next(one for one in line["claims"] if one["verb"] == "reopen")
        assert {"sentence", "start", "end", "agents", "objects", "obliques"} <= reopened.keys()
        assert {"negated", "qualifiers", "speaker", "role"} <= reopened.keys()


def test_people_see_the_words(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("Kenya refused to sign the accord.", encoding="utf-8")
    assert run(["claims", "a.txt"]) == 0
    assert "denied by “refused”" in capsys.readouterr().out


def test_another_language_is_named_and_left_alone(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Der Minister wird am Montag mit den Vertretern der Parteien über die Lage in der Region sprechen."
    (desk / "a.txt").write_text(text, encoding="utf-8")
    assert run(["claims", "a.txt", "--format", "jsonl"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["claims"] == []
    assert "German" in shown.err


def test_explaining_shows_the_cue(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("Uganda urged Kenya to agree to the plan.", encoding="utf-8")
    assert run(["slots", "a.txt", "--explain"]) == 0
    assert "urged by “urged”" in capsys.readouterr().out
