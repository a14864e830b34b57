"""The library's face: light to import, exact in what it offers, and its page runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import briefing

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = {"torch", "spacy", "transformers", "jinja2", "lxml", "pydantic", "numpy"}
    code = f"import sys, briefing; print(sorted({heavy!r} & set(sys.modules)))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


def test_its_names_are_these_and_all_are_there() -> None:
    assert set(briefing.__all__) == {"BriefingError", "Desk", "__version__"}
    assert all(getattr(briefing, name) is not None for name in briefing.__all__)
    with pytest.raises(AttributeError):
        briefing.Nothing  # noqa: B018 - asking is the test


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("example", EXAMPLES, ids=["all", "claims"])
def test_the_examples_of_the_page_run(
    example: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(example, {})  # noqa: S102 - our own page
    said = capsys.readouterr().out
    if "render" in example:
        assert "# Daily brief, 15 November 2022" in said


def test_the_page_names_every_method() -> None:
    methods = {name for name in vars(briefing.Desk) if not name.startswith("_")} - {"close"}
    assert methods <= set(re.findall(r"`(\w+)\(", PAGE))


def test_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with briefing.Desk() as desk:
        assert desk.read("nowhere.txt").failures
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_an_archive_that_is_named_is_kept(tmp_path: Path) -> None:
    archive = tmp_path / "kept.sqlite3"
    (tmp_path / "a.txt").write_text("Kenya agreed to reopen the border.", encoding="utf-8")
    with briefing.Desk(archive=archive) as desk:
        intake = desk.read(tmp_path / "a.txt")
        first = desk.slots(intake.articles)
    with briefing.Desk(archive=archive) as desk:
        assert desk.slots(intake.articles) == first
    assert archive.exists()


def test_a_script_without_a_guard_reads_a_day(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import briefing\n"
        "from briefing.types import Article\n"
        "articles = [Article(str(n), f'Kenya agreed to {n} plans.') for n in range(50)]\n"
        "with briefing.Desk() as desk:\n"
        "    print(len(desk.slots(articles)))\n",
        encoding="utf-8",
    )
    made = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=300)
    assert made.stdout.strip() == "50"


def test_the_settings_give_the_length_of_a_summary(tmp_path: Path) -> None:
    config = tmp_path / "briefing.toml"
    config.write_text("[summary]\nsentences = 1\n", encoding="utf-8")
    with briefing.Desk(config) as desk:
        articles = desk.read(ROOT / "examples/2022-11-15/call-with-poland.txt").articles
        assert [len(one.sentences) for one in desk.summarise(articles)] == [1]
        assert [len(one.sentences) for one in desk.summarise(articles, sentences=2)] == [2]
