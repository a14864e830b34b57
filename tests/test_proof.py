"""A brief is proven: made again byte for byte, and any value that was changed in it is named."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.archive import Archive
from briefing.cli import run
from briefing.pipeline import Pipeline
from briefing.proof import fresh_pipeline, verify
from briefing.proof.sentences import SentenceCheck
from briefing.settings import Settings, load_settings

EXAMPLES = Path(__file__).parents[1] / "examples" / "2022-11-15"
SOURCES = ("call-with-poland.txt", "meeting-with-china.html", "meeting-with-turkiye.html", "feed.xml")
Step = str | int
# The officer's own words, and what says how it was made: neither is a claim about the sources.
NOT_PROVEN = {"comment", "warnings"}


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
