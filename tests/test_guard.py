"""An error that nobody foresaw, put into each stage: the article is named, the others are in the brief."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import briefing.ingest.text
from briefing.brief import Material
from briefing.cli import run
from briefing.cli.common import say
from briefing.errors import StageError
from briefing.guard import guarded, sparing
from briefing.types import Article, Intake
from tests.desk import without_own_settings

BROKEN, WHOLE = "broken.txt", "whole.txt"
TEXTS = {
    BROKEN: "Talks on the lake broke down\n\nLAKESIDE -- Kenya and Uganda ended their talks on the lake on "
    "Monday. Kenya's foreign minister Ann Otieno said that nothing was agreed.\n",
    WHOLE: "Norway and Chile sign fisheries accord\n\nOSLO -- Norway and Chile signed an accord on "
    "fisheries on Tuesday. Norway's prime minister Kari Berg said that it would enter into force in May.\n",
}


@pytest.fixture
def sources(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles; the desk beside it knows of nothing."""
    without_own_settings(monkeypatch, models_dir)
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "press"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def concerns(value: object) -> bool:
    """Whether an argument of a stage is, or holds, the article on which it shall break."""
    if isinstance(value, Article):
        return value.origin.endswith(BROKEN)
    if isinstance(value, Material):
        return concerns(value.articles)
    return isinstance(value, list | tuple) and any(map(concerns, value))


def break_in(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    owner, _, name = place.rpartition(".")
    target: Any = importlib.import_module(owner) if owner.islower() else None
    if target is None:
        module, _, cls = owner.rpartition(".")
        target = getattr(importlib.import_module(module), cls)
    real = getattr(target, name)

    def breaking(*args: Any, **named: Any) -> Any:
        if any(map(concerns, args)):
            raise ZeroDivisionError("\x1b[2Jof the article")
        return real(*args, **named)

    monkeypatch.setattr(target, name, breaking)


@pytest.mark.parametrize(
    ("place", "stage"),
    [
        ("briefing.reading.ArticleReader.read", "readings"),
        ("briefing.slots.SlotReader.read", "slots"),
        ("briefing.pipeline.account", "the account"),
        ("briefing.pipeline.profile_of", "profiles"),
        ("briefing.pipeline.summarise", "summaries"),
        ("briefing.summarise.Condenser.condense", "summaries"),
        ("briefing.making.differences", "the story"),
        ("briefing.making.summarise_story", "the story"),
        ("briefing.making.assemble", "the brief"),
    ],
)
def test_a_stage_that_breaks_on_one_article_costs_that_article(
    place: str,
    stage: str,
    sources: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    break_in(monkeypatch, place)
    assert run(["daily", str(sources), "--date", "2024-03-12", "-o", "brief.md"]) == 3
    told = capsys.readouterr().err
    (line,) = [one for one in told.splitlines() if "failed:" in one]
    assert BROKEN in line
    assert f"{stage} broke on it (ZeroDivisionError in test_guard.py, line" in line
    assert "Traceback" not in told
    brief = Path("brief.md").read_text("utf-8")
    assert "Norway and Chile sign fisheries accord" in brief
    assert f"{BROKEN}: {stage} broke on it" in brief.replace("\\", "")


@pytest.mark.parametrize("command", ["slots", "claims"])
def test_debug_shows_all_of_it_and_moves_no_cursor(
    command: str, sources: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    break_in(monkeypatch, "briefing.reading.ArticleReader.read")
    assert run(["--debug", command, str(sources), "--format", "jsonl"]) == 3
    told = capfd.readouterr()
    assert "Traceback" in told.err
    assert "ZeroDivisionError: [2Jof the article" in told.err
    assert "\x1b" not in told.err
    assert told.out.count("\n") == 1


def test_the_words_of_others_move_no_cursor_of_a_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    say("note: a\x1b[2J \u202etitle\u202c \x9b1m\n  what to\rdo")
    assert capfd.readouterr().err == "briefing: note: a[2J title 1m\n  what to do\n"


def test_a_source_that_breaks_its_reader_costs_that_source(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = briefing.ingest.text.read_text

    def breaking(document: Any) -> Any:
        if document.origin.endswith(BROKEN):
            raise ZeroDivisionError
        return real(document)

    monkeypatch.setattr("briefing.ingest.text.read_text", breaking)
    assert run(["summarise", str(sources)]) == 3
    assert f"{BROKEN}: taking it in broke on it" in capsys.readouterr().err


def test_a_command_that_breaks_ends_with_a_word(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("briefing.cli.articles.settings_of", lambda _: 1 / 0)
    assert run(["claims", str(sources)]) == 1
    assert "this is a mistake of the program: ZeroDivisionError" in capsys.readouterr().err


def test_what_breaks_only_ahead_of_time_costs_nothing() -> None:
    def compute(some: Iterable[int]) -> Iterable[int]:
        if len(list(some)) > 1:
            raise ZeroDivisionError
        return some

    assert list(guarded("adding", [1, 2, 3], compute, lambda _: [])) == [1, 2, 3]


def test_copies_of_an_article_that_broke_are_still_copies() -> None:
    both = tuple(Article(name, "Text.", origin=name) for name in ("a", "b", "c"))

    def work(some: Intake) -> int:
        if some.articles[0].origin == "a":
            raise StageError("it broke", "", ("a",))
        return len(some.articles)

    intake, made = sparing(Intake(both, {1: 0, 2: 1}), work)
    assert made == 2
    assert intake.duplicates == {1: 0}
    assert [one.source for one in intake.failures] == ["a"]


def test_where_all_results_are_kept_no_stage_is_begun() -> None:
    def compute(some: Iterable[int]) -> Iterable[int]:
        raise AssertionError("a model would be loaded for nothing")

    assert list(guarded("adding", [], compute, lambda _: [])) == []
