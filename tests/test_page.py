"""The HTML brief in a real browser: it shows what it should, runs nothing, and prints on A4."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.cli import run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">"


@pytest.fixture
def page(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page of a day whose article tries to run a script from its title, text, source and address."""
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    monkeypatch.setenv("BRIEFING_PATHS_MODELS", str(models_dir))
    monkeypatch.chdir(tmp_path)
    row = {
        "title": f"Ministers meet {SCRIPT}",
        "date": "2022-11-15",
        "text": f"Foreign Minister Ana Lopez of Chile met {SCRIPT} the press in Lima, Peru on Tuesday. "
        "She said both governments agreed to reopen the border on 3 December 2022.",
        "source": SCRIPT,
        "url": "javascript:document.title='taken over'",
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(row) + "\n")
    assert run(["daily", "in.jsonl", "--date", "2022-11-15", "-o", "brief.html"]) == 0
    return tmp_path / "brief.html"


def browse(page: Path, *arguments: str) -> str:
    assert CHROMIUM is not None
    quiet = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    command = [
        CHROMIUM,
        "--headless",
        *quiet.split(),
        "--disable-component-update",
        f"--user-data-dir={page.parent / 'profile'}",
        *arguments,
        page.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_nothing_in_an_article_runs(page: Path) -> None:
    shown = browse(page, "--dump-dom")
    assert "<title>Daily brief, 15 November 2022</title>" in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "&lt;script&gt;" in shown


def test_every_citation_leads_to_its_sentence(page: Path) -> None:
    shown = browse(page, "--dump-dom")
    links = set(re.findall(r'href="#([^"]+)"', shown))
    anchors = set(re.findall(r'id="([^"]+)"', shown))
    assert any(link.startswith("S1.") for link in links)
    assert links <= anchors


def test_it_prints_on_a4(page: Path) -> None:
    printed = page.parent / "brief.pdf"
    browse(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed.read_bytes())
    assert sizes
    for width, height in sizes:
        assert abs(float(width) - 595.28) < 1
        assert abs(float(height) - 841.89) < 1
