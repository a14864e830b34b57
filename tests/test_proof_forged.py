"""A brief that is forged with care: quotations that are right and sentences that are not; parts left out."""

from __future__ import annotations

import copy
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from briefing.archive import Archive
from briefing.cli import run
from briefing.errors import SourceError
from briefing.proof import fresh_pipeline, verify
from briefing.proof.filed import check_books, check_given, check_keys
from briefing.proof.manifest import read_manifest
from briefing.proof.sentences import SentenceCheck
from briefing.render import load_brief
from briefing.settings import load_settings

OPENING = "Minister Anna Berg met Minister Juan Gomez in Oslo on Monday."
DENIAL = "Norway said that it did not agree to send any ships to the coast of Spain this year."
TEXT = f"{OPENING} {DENIAL} The two ministers signed an agreement on fishing in the North Sea."
OTHER = (
    f"{OPENING} The ministers of Norway and Spain signed an agreement on fishing in the North Sea after "
    "two days of talks. Fishermen of both countries will share the catch from January."
)
# An id that comes twice, in one story.
LINES = [
    {"id": "a", "title": "Berg meets Gomez in Oslo", "date": "2022-11-14", "text": TEXT},
    {"id": "a", "title": "Berg meets Gomez in Oslo, signs on fishing", "date": "2022-11-14", "text": OTHER},
]

Check = Callable[[dict[str, Any]], list[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that has made a brief, and on the day after one that is marked and numbered."""
    folder = tmp_path_factory.mktemp("forged")
    config, sources = folder / "briefing.toml", folder / "in.jsonl"
    config.write_text('[paths]\narchive = "archive.sqlite3"\n')
    sources.write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    daily = ["daily", str(sources), "--config", str(config)]
    assert run([*daily, "--date", "2022-11-15", "-o", str(folder / "brief.json")]) == 0
    flags = ["--date", "2022-11-16", "--serial", "--tlp", "RED", "-o", str(folder / "marked.json")]
    assert run([*daily, *flags]) == 0
    return folder


@pytest.fixture(scope="module")
def check(folder: Path) -> Iterator[Callable[[dict[str, Any], Path], list[str]]]:
    """What is wrong with a brief over an archive."""
    settings, sentences = load_settings(folder / "briefing.toml", {}, folder), SentenceCheck()
    with fresh_pipeline(settings, lambda stage, done, total: None) as pipeline:

        def wrong(value: dict[str, Any], path: Path) -> list[str]:
            with Archive(path) as archive:
                return [str(one) for one in verify(value, "brief.json", archive, pipeline, sentences).wrong]

        yield wrong


@pytest.fixture(scope="module")
def made(folder: Path, check: Callable[[dict[str, Any], Path], list[str]]) -> tuple[dict[str, Any], Check]:
    """A brief, and the check of it over the archive of the desk that made it."""
    value = json.loads((folder / "brief.json").read_text("utf-8"))
    return value, lambda forged: check(forged, folder / "archive.sqlite3")


def with_sentence(brief: dict[str, Any], text: str, evidence: dict[str, Any]) -> dict[str, Any]:
    """The brief with a sentence more at the end of the first summary, where no other part repeats it."""
    forged = copy.deepcopy(brief)
    summary = forged["stories"][0]["summary"]
    summary["sentences"].append({"text": text, "evidence": [evidence]})
    summary["text"] = " ".join(one["text"] for one in summary["sentences"])
    return forged


def test_articles_that_share_an_id_make_a_brief_that_holds(made: tuple[dict[str, Any], Check]) -> None:
    brief, wrong = made
    assert [one["id"] for one in brief["stories"][0]["articles"]] == ["a", "a"]
    assert wrong(brief) == []


def test_a_part_of_a_sentence_is_not_the_sentence(made: tuple[dict[str, Any], Check]) -> None:
    brief, wrong = made
    part = "agree to send any ships to the coast of Spain this year."
    start = TEXT.index(part)
    evidence = {"start": start, "end": start + len(part), "quote": part, "article": "a"}
    (said,) = wrong(with_sentence(brief, part, evidence))
    assert "Berg meets Gomez" in said
    assert "not a whole sentence" in said
    whole = {
        "start": TEXT.index(DENIAL),
        "end": TEXT.index(DENIAL) + len(DENIAL),
        "quote": DENIAL,
        "article": "a",
    }
    assert wrong(with_sentence(brief, DENIAL, whole)) == []


def test_a_title_bears_out_nothing_but_itself(made: tuple[dict[str, Any], Check]) -> None:
    brief, wrong = made
    title = LINES[0]["title"]
    evidence = {"start": 0, "end": len(title), "quote": title, "field": "title", "article": "a"}
    assert any("sentence" in said for said in wrong(with_sentence(brief, "Berg resigned in Oslo.", evidence)))


def test_an_id_that_comes_twice_hides_no_sentence(made: tuple[dict[str, Any], Check]) -> None:
    brief, wrong = made
    for text in (TEXT, OTHER):
        last = text[text.index(text.split(". ")[-1]) :]
        whole = {"start": len(text) - len(last), "end": len(text), "quote": last, "article": "a"}
        assert wrong(with_sentence(brief, last, whole)) == []
        assert any("sentence" in said for said in wrong(with_sentence(brief, "Berg fled Oslo.", whole)))


def test_whatever_is_left_out_of_a_brief_ends_in_a_message(made: tuple[dict[str, Any], Check]) -> None:
    brief, wrong = made
    paths = [(key,) for key in brief] + [("stories", 0, key) for key in brief["stories"][0]]
    for path in paths:
        forged = copy.deepcopy(brief)
        at: Any = forged
        for step in path[:-1]:
            at = at[step]
        del at[path[-1]]
        with suppress(SourceError):  # a message; anything else would be a traceback
            wrong(forged)


@pytest.mark.parametrize("articles", [[], {}])
def test_a_story_without_articles_is_named(made: tuple[dict[str, Any], Check], articles: object) -> None:
    brief, wrong = made
    forged = copy.deepcopy(brief)
    forged["stories"][0]["articles"] = articles
    with pytest.raises(SourceError, match="Berg meets Gomez"):
        wrong(forged)


def test_a_marked_and_numbered_brief_holds_until_a_key_is_put_in(
    folder: Path, check: Callable[..., list[str]]
) -> None:
    value = json.loads((folder / "marked.json").read_text("utf-8"))
    assert check(value, folder / "archive.sqlite3") == []
    forged = {**value, "approved": "by the minister", "marking": "TLP:CLEAR"}
    found = "\n".join(check(forged, folder / "archive.sqlite3"))
    assert "brief: approved belongs to no brief" in found
    assert "marking: it is TLP:CLEAR" in found


def on_file(value: dict[str, Any], path: Path) -> list[str]:
    """What `verify` says before it reads the sources again."""
    brief, manifest = load_brief(value, "brief.json"), read_manifest(value, "brief.json")
    with Archive(path) as archive:
        found = [
            *check_keys(value, brief, manifest),
            *check_given(value, brief, manifest, archive),
            *check_books(brief, archive),
        ]
    return [str(one) for one in found]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("marking",), "TLP:CLEAR", "marking: it is TLP:CLEAR, and the manifest says TLP:RED"),
        (("marking",), None, "marking: it is none"),
        (("serial",), "1/2022", "serial: it is 1/2022, and the manifest says 2/2022"),
        (("serial",), "7/2022", "has no brief of 2022-11-16 with the number 7/2022"),
        (("made",), "2022-11-16T07:00:00+00:00", "made: it is 2022-11-16 07:00:00+00:00"),
        (("manifest", "marking"), "TLP:CLEAR", "marking is “TLP:CLEAR”; as it was filed, it is “TLP:RED”"),
        (("manifest", "libraries", "numpy"), "9", "numpy is “9”; as it was filed"),
        (("manifest", "secret"), 1, "secret belongs to no brief"),
        (("approved",), "by the minister", "approved belongs to no brief"),
        (("period", "zone"), "UTC", "period: zone belongs to no brief"),
        (("stories", 0, "verified"), True, "“Berg meets Gomez in Oslo”: verified belongs to no brief"),
        (("stories", 0, "articles", 0, "note"), "x", "note belongs to no brief"),
        (("stories", 0, "summary", "by"), "x", "summary: by belongs to no brief"),
        (("stories", 0, "slots", "who", 0, "rank"), 1, "rank belongs to no brief"),
        (("stories", 0, "slots", "why"), [], "why belongs to no brief"),
        (("bottom_line", 0, "mood"), "grim", "mood belongs to no brief"),
    ],
)
def test_what_no_source_says_is_held_to_what_was_filed(
    path: tuple[Any, ...], value: object, said: str, folder: Path
) -> None:
    forged = json.loads((folder / "marked.json").read_text("utf-8"))
    at = forged
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    wrong = on_file(forged, folder / "archive.sqlite3")
    assert any(said in one for one in wrong), wrong


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE brief SET number = 4 WHERE date = '2022-11-16'", "should have the number 2 of 2022 has 4"),
        ("DELETE FROM brief WHERE date = '2022-11-15'", "should have the number 1 of 2022 has 2"),
        ("UPDATE brief SET made = '2022-11-01 07:00:00+00:00' WHERE number = 2", "was filed 2022-11-01"),
        (
            "UPDATE brief SET commitments = replace(commitments, 'fishing', 'whaling') WHERE number = 1",
            "what it keeps for the ledger of 2022-11-15 is not what the brief of that day says",
        ),
        (
            "UPDATE brief SET commitments = replace(commitments, 'fishing', 'whaling') WHERE number = 2",
            "what it keeps for the ledger of 2022-11-16 is not what the brief of that day says",
        ),
        ("UPDATE brief SET json = replace(json, 'TLP:RED', 'TLP:GREEN')", "it is “TLP:GREEN”"),
        ("UPDATE brief SET json = replace(json, '2/2022', '3/2022') WHERE number = 2", "says '3/2022'"),
    ],
)
def test_an_archive_whose_books_were_changed_is_named(
    change: str, said: str, folder: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.sqlite3"
    shutil.copyfile(folder / "archive.sqlite3", archive)
    with closing(sqlite3.connect(archive)) as database, database:
        assert database.execute(change).rowcount > 0
    wrong = on_file(json.loads((folder / "marked.json").read_text("utf-8")), archive)
    assert any(said in one for one in wrong), wrong
