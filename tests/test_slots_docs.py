"""docs/slots.md shows what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.slots import load_rules
from briefing.slots.rules import Rules

PAGE = (Path(__file__).parent.parent / "docs" / "slots.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{re.escape(kind)}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_explained_example_is_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    article = tmp_path / "article.txt"
    article.write_text(block("article"), encoding="utf-8")
    assert run(["slots", str(article), "--explain"]) == 0
    printed = capsysbinary.readouterr().out.decode("utf-8").splitlines()
    assert set(block("explained").splitlines()) <= set(printed)


def test_the_desk_s_example_loads(tmp_path: Path) -> None:
    for name in ("agreed.yaml", "states.yaml"):
        (tmp_path / name).write_text(block(f"yaml {name}"), encoding="utf-8")
    rules = load_rules(tmp_path)
    names = [rule.name for rule in rules.agreed.rules]
    assert "shook-hands" in names
    assert "going-ahead" not in names
    assert "Victoria Terrasse" in rules.states.metonyms["Norway"]


def test_the_table_names_every_rule_file() -> None:
    bundled = {f"{name}.yaml" for name in Rules.model_fields if name != "digest"}
    table = PAGE[PAGE.index("| file |") : PAGE.index("\n\n", PAGE.index("| file |"))]
    assert bundled == set(re.findall(r"`(\w+\.yaml)`", table))
