"""A brief is proven: made again byte for byte, and any value that was changed in it is named."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.archive import Archive
from briefing.cli import run
from briefing.errors import SourceError
from briefing.pipeline import Pipeline
from briefing.proof import fresh_pipeline, verify
from briefing.proof.sentences import SentenceCheck
from briefing.settings import Settings, load_settings

EXAMPLES = Path(__file__).parents[1] / "examples" / "2022-11-15"
SOURCES = ("call-with-poland.txt", "meeting-with-china.html")
Step = str | int
# The officer's own words, and what says how it was made: neither is a claim about the sources.
NOT_PROVEN = {"comment", "warnings"}
PROVEN = ("bottom_line", "stories", "forward", "meetings")


class Desk:
    """A desk with its archive and a brief that it has made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "briefing.toml"
        self.config.write_text('[paths]\narchive = "archive.sqlite3"\ntemplates = "templates"\n')
        self.brief = folder / "brief.json"
        self.markdown = folder / "brief.md"

    def run(self, *arguments: object) -> int:
        return run([*map(str, arguments), "--config", str(self.config)])

    def daily(self, *more: object) -> int:
        sources = [EXAMPLES / name for name in SOURCES]
        outputs = ("-o", self.brief, "-o", self.markdown)
        return self.run("daily", *sources, "--date", "2022-11-15", *outputs, *more)

    def changed(self, change: str, *values: object) -> None:
        """Changes the archive behind the program's back."""
        with sqlite3.connect(self.folder / "archive.sqlite3") as database:
            assert database.execute(change, values).rowcount == 1

    @property
    def settings(self) -> Settings:
        return load_settings(self.config, {}, self.folder)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("desk"))
    assert made.daily() == 0
    return made


class Prover:
    """Holds changed copies of the brief of a desk against its archive."""

    def __init__(self, desk: Desk, archive: Archive, pipeline: Pipeline) -> None:
        self.value: dict[str, Any] = json.loads(desk.brief.read_text("utf-8"))
        self._archive, self._pipeline, self._sentences = archive, pipeline, SentenceCheck()

    def wrong(self, value: dict[str, Any]) -> list[str]:
        found = verify(value, "brief.json", self._archive, self._pipeline, self._sentences)
        assert found.differing == ()
        return [str(one) for one in found.wrong]


@pytest.fixture(scope="module")
def prover(desk: Desk) -> Iterator[Prover]:
    with (
        Archive(desk.settings.paths.archive) as archive,
        fresh_pipeline(desk.settings, lambda stage, done, total: None) as pipeline,
    ):
        yield Prover(desk, archive, pipeline)


def leaves(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in NOT_PROVEN:
                yield from leaves(one, (*path, name))
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from leaves(one, (*path, n))
    else:
        yield path, value


def changed(leaf: Any, path: tuple[Step, ...]) -> Iterator[Any]:
    """Other values of the same kind: such as an editor, or one who wants to deceive, would put there."""
    others = {
        "status": ["signed", "refused", "planned", "held"],
        "kind": ["person", "state", "scheduled", "expected"],
        "attribution": ["fact", "unnamed"],
        "basis": ["stated", "inferred"],
        "precision": ["day", "month"],
        "field": ["text"],
    }.get(str(path[-1]))
    if others:
        yield from (one for one in others if one != leaf)
    elif isinstance(leaf, bool):
        yield not leaf
    elif isinstance(leaf, int | float):
        yield leaf + 1
    elif isinstance(leaf, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", leaf):
        yield str(dt.date.fromisoformat(leaf) + dt.timedelta(days=1))
    elif isinstance(leaf, str):
        words = leaf.split(" ")
        middle = len(words) // 2
        yield " ".join([*words[:middle], "Ruritania", *words[middle + 1 :]])
        if len(words) > 1:
            yield " ".join([*words[:middle], *words[middle + 1 :]])
            yield " ".join([*words[:-2], words[-1], words[-2]])
        if digits := re.search(r"\d", leaf):
            yield leaf[: digits.start()] + str((int(digits[0]) + 1) % 10) + leaf[digits.end() :]
        yield leaf + " not"


def with_leaf(value: dict[str, Any], path: tuple[Step, ...], leaf: Any) -> dict[str, Any]:
    made = copy.deepcopy(value)
    at: Any = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = leaf
    return made


def test_a_brief_as_it_was_made_holds(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("verify", desk.brief) == 0
    assert "everything holds" in capsys.readouterr().err
    assert desk.run("verify", "2022-11-15") == 0


@pytest.mark.parametrize("part", [*PROVEN, "sources", "title", "date", "period"])
def test_whatever_value_is_changed_is_found_and_named(part: str, prover: Prover) -> None:
    assert prover.wrong(prover.value) == []
    passed, places = [], 0
    for n, (path, leaf) in enumerate(leaves(prover.value[part], (part,))):
        others = [other for other in changed(leaf, path) if other != leaf]
        if not others:
            continue  # null: there is no other value of its kind
        places += 1
        # Each kind of change in turn; all of them at every place would take minutes.
        other = others[n % len(others)]
        try:
            wrong = prover.wrong(with_leaf(prover.value, path, other))
        except SourceError as error:
            wrong = [error.message]
        if not wrong or not names(wrong, path, prover.value):
            passed.append((path, other, wrong))
    assert passed == []
    assert places or part in ("period", "forward")


def names(wrong: list[str], path: tuple[Step, ...], value: dict[str, Any]) -> bool:
    """Whether a message says in which story or part it is, or names the path in a brief that is damaged."""
    part = str(path[0])
    known = {"bottom_line": "bottom line", "forward": "forward look"}.get(part, part.rstrip("s"))
    if part == "stories":
        known = "headline" if path[2] == "headline" else value["stories"][path[1]]["headline"][:60]
    damaged = ".".join(map(str, path))
    return any(known in one or damaged in one or "text missing" in one for one in wrong)


@pytest.mark.parametrize(
    ("path", "other", "said"),
    [
        (("stories", 0, "slots", "who", 0, "name"), "Joe Bidden", "“Joe Bidden”"),
        (("stories", 0, "slots", "agreed", 0, "status"), "refused", "status is “refused”"),
        (("stories", 0, "slots", "agreed", 0, "evidence", 0, "start"), 0, "does not stand at 0"),
        (("stories", 0, "summary", "sentences", 0, "text"), "They met.", "sentence “They met.”"),
        (("meetings", 0, "status"), "planned", "status is “planned”; read again, it is “held”"),
    ],
)
def test_what_is_wrong_is_said_with_its_story(
    path: tuple[Step, ...], other: object, said: str, prover: Prover
) -> None:
    wrong = prover.wrong(with_leaf(prover.value, path, other))
    headline = prover.value["stories"][0]["headline"][:60]
    assert any(said in one and headline in one for one in wrong), wrong


def test_all_that_is_wrong_is_listed(
    desk: Desk, prover: Prover, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = with_leaf(prover.value, ("stories", 0, "slots", "who", 0, "name"), "Ruritania")
    value = with_leaf(value, ("stories", 1, "headline"), "No meeting was held")
    (tmp_path / "changed.json").write_text(json.dumps(value))
    assert desk.run("verify", tmp_path / "changed.json") == 1
    said = capsys.readouterr().err
    assert "name is “Ruritania”" in said
    assert "headline is “No meeting was held”" in said
    assert "2 values do not hold" in said


def test_a_sentence_whose_not_was_taken_out_is_found(desk: Desk, prover: Prover) -> None:
    sentence = prover.value["stories"][0]["summary"]["sentences"][0]
    words = sentence["text"].split()
    for n in range(len(words)):
        text = " ".join([*words[:n], *words[n + 1 :]])
        path = ("stories", 0, "summary", "sentences", 0, "text")
        assert prover.wrong(with_leaf(prover.value, path, text)), words[n]


def test_a_quotation_of_another_story_is_none(prover: Prover) -> None:
    evidence = prover.value["stories"][1]["slots"]["who"][0]["evidence"][0]
    value = copy.deepcopy(prover.value)
    value["stories"][0]["slots"]["who"][0]["evidence"] = [evidence]
    assert any("not among those it may quote" in one for one in prover.wrong(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": 1, "stories": [], "date": "2022-11-15"}',
        '{"schema": 1, "stories": [], "date": "2022-11-15", "date": "2022-11-16"}',
    ],
)
@pytest.mark.parametrize("command", ["verify", "reproduce"])
def test_what_is_no_brief_is_said_to_be_none(
    command: str, text: str, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "some.json").write_text(text)
    assert desk.run(command, tmp_path / "some.json") == 1
    assert "some.json" in capsys.readouterr().err


def test_reproduce_makes_the_same_page_without_the_network(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    # Results computed before are worth nothing: they are computed anew.
    with sqlite3.connect(desk.folder / "archive.sqlite3") as database:
        database.execute("UPDATE result SET value = x'00'")
    again = tmp_path / "again.md"
    assert desk.run("reproduce", desk.brief, "-o", again) == 0
    assert again.read_bytes() == desk.markdown.read_bytes()


@pytest.fixture
def own_desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "short.md.j2").write_text(
        "{{ brief.title }}: {{ brief.stories[0].headline }}\n"
    )
    assert (
        made.run(
            "daily", EXAMPLES / SOURCES[0], "--date", "2022-11-15", "--template", "short", "-o", made.markdown
        )
        == 0
    )
    return made


def test_reproduce_names_the_template_that_was_changed(
    own_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own_desk.run("reproduce", "2022-11-15") == 0
    assert capsys.readouterr().out == own_desk.markdown.read_text()
    (own_desk.folder / "templates" / "short.md.j2").write_text("{{ brief.title }}\n")
    assert own_desk.run("reproduce", "2022-11-15") == 1
    said = capsys.readouterr().err
    assert "template short: it was changed" in said
    assert "NOT the same" in said


@pytest.mark.parametrize("command", ["verify", "reproduce"])
@pytest.mark.parametrize("change", ["DELETE FROM article", "UPDATE article SET text = 'Nothing happened.'"])
def test_a_text_that_is_lost_or_changed_is_named_with_a_remedy(
    command: str, change: str, own_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    own_desk.changed(change)
    assert own_desk.run(command, "2022-11-15") == 1
    said = capsys.readouterr().err
    assert "Call with President Andrzej Duda" in said
    assert "BRIEFING_PATHS_ARCHIVE" in said
