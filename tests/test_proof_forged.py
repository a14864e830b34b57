"""A brief that is forged with care: quotations that are right and sentences that are not; parts left out."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from briefing.archive import Archive
from briefing.cli import run
from briefing.errors import SourceError
from briefing.proof import fresh_pipeline, verify
from briefing.proof.sentences import SentenceCheck
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
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], Check]]:
    """A brief, and the check of it over the archive of the desk that made it."""
    folder = tmp_path_factory.mktemp("forged")
    config, sources, output = (folder / name for name in ("briefing.toml", "in.jsonl", "brief.json"))
    config.write_text('[paths]\narchive = "archive.sqlite3"\n')
    sources.write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    assert (
        run(["daily", str(sources), "--date", "2022-11-15", "--config", str(config), "-o", str(output)]) == 0
    )
    settings, sentences = load_settings(config, {}, folder), SentenceCheck()
    with (
        Archive(settings.paths.archive) as archive,
        fresh_pipeline(settings, lambda stage, done, total: None) as pipeline,
    ):

        def wrong(value: dict[str, Any]) -> list[str]:
            return [str(one) for one in verify(value, "brief.json", archive, pipeline, sentences).wrong]

        yield json.loads(output.read_text("utf-8")), wrong


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
