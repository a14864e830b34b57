"""The documents keep their promises: the reference is that of the program, the examples run."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import click
import pytest

from briefing.cli import cli, run
from briefing.cluster import reprints
from briefing.reading.parse import Reader
from briefing.reading.zones import body_of
from briefing.summarise import Condenser
from briefing.types import Article, Evidence, Summary, SummarySentence

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_that_of_the_program() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == script().reference(), "run: make docs"


def test_every_command_shows_an_example_of_itself() -> None:
    for names, command in script().commands(("briefing",), cli):
        if not isinstance(command, click.Group):
            assert f"Example: {' '.join(names)}" in (command.help or ""), names


def test_links_between_the_documents_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_excerpt_in_the_readme_is_real(
    tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    monkeypatch.setenv("BRIEFING_PATHS_MODELS", str(models_dir))
    made = tmp_path / "brief.md"
    assert run(["daily", str(ROOT / "examples" / "2022-11-15"), "--date", "2022-11-15", "-o", str(made)]) == 0
    shown = re.search(r"```markdown\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert set(shown[1].splitlines()) <= set(made.read_text(encoding="utf-8").splitlines())


def examples() -> list[str]:
    """The commands of the README that work on what ships."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("briefing ")]


@pytest.mark.parametrize("command", examples())
def test_the_examples_of_the_readme_run(
    command: str, tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    monkeypatch.setenv("BRIEFING_PATHS_MODELS", str(models_dir))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    # Each example starts from the brief that the one before it has made.
    assert run(["daily", "examples/2022-11-15", "--date", "2022-11-15", "-o", "brief.md"]) == 0
    assert run(shlex.split(command)[1:]) == 0


def test_the_examples_of_reprints_are_what_it_finds() -> None:
    text = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"```(original|reprint|article)\n(.*?)```", text, re.DOTALL))
    original, reprint, article = (
        Article(kind, examples[kind]) for kind in ("original", "reprint", "article")
    )
    assert reprints([original, reprint]) == {1: 0}
    assert reprints([original, article]) == {}


def condensing_examples() -> list[tuple[str, str, str]]:
    """(what stands before, the sentence, what is printed) of each example in docs/summaries.md."""
    text = (ROOT / "docs" / "summaries.md").read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"```diff\n(.*?)```", text, re.DOTALL):
        lines = {line[0]: line[1:].strip() for line in block.splitlines()}
        found.append((lines.get(" ", ""), lines["-"], lines["+"]))
    return found


def test_the_examples_of_condensing_are_what_it_does() -> None:
    condenser = Condenser(Reader())
    assert len(condensing_examples()) > 1
    for before, sentence, printed in condensing_examples():
        text = f"{before}\n{sentence}"
        article = Article("a", text, date=dt.date(2022, 11, 15))
        start, end = body_of(article)[-1]
        quoted = SummarySentence(text[start:end], (Evidence(start, end, text[start:end]),))
        (made,) = condenser.condense([article], [Summary((quoted,), "selected", "salience")])
        assert made.text == printed
