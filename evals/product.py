"""Runs the public commands on documents: what is measured is what users get, archive and all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.documents import Document, write_articles


class ProductError(Exception):
    """A command did not do all that it was asked to do."""


def summaries(documents: Sequence[Document], flags: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What `briefing summarise --format jsonl` prints, a row an article."""
    return _rows(_run("summarise", documents, ["--format", "jsonl", *flags]))


def slots(documents: Sequence[Document]) -> list[dict[str, Any]]:
    """What `briefing slots --format jsonl` prints, a row an article."""
    return _rows(_run("slots", documents, ["--format", "jsonl"]))


def brief_of(documents: Sequence[Document], day: str) -> dict[str, Any]:
    """The brief of a day, as `briefing daily --format json` prints it."""
    made: dict[str, Any] = json.loads(_run("daily", documents, ["--format", "json", "--date", day]))
    return made


def stories(documents: Sequence[Document], flags: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The stories of the brief that `briefing daily --format json` prints."""
    brief = json.loads(_run("daily", documents, ["--format", "json", *flags]))
    return list(brief["stories"])


def _run(command: str, documents: Sequence[Document], flags: Sequence[str]) -> str:
    """Standard output of a command.  Raises ProductError unless it did everything."""
    with tempfile.TemporaryDirectory(prefix="evals-") as name:
        folder = Path(name)
        articles, settings, output = folder / "articles.jsonl", folder / "briefing.toml", folder / "output"
        write_articles(documents, articles)
        # No settings of the user, and an archive of its own: nothing that an earlier run kept is measured.
        settings.write_text("", encoding="utf-8")
        environment = {**os.environ, "BRIEFING_PATHS_ARCHIVE": str(folder / "archive.sqlite3")}
        program = [sys.executable, "-m", "briefing", command]
        made = subprocess.run(
            [*program, str(articles), "--config", str(settings), *flags, "--output", str(output)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            raise ProductError(f"briefing {command} ended with status {made.returncode}:\n{made.stderr}")
        return output.read_text(encoding="utf-8")


def _rows(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.split("\n") if line.strip()]
