"""briefing itself, with the default model or another.

All that `briefing summarise` does between reading and printing, the archive included.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.methods import Summariser
from bench.methods.common import settings_in
from briefing.archive import Archive
from briefing.pipeline import Pipeline
from briefing.summarise import SummaryOptions
from briefing.types import Article


def load(scratch: Path, model: str | None = None) -> Summariser:
    """The pipeline over an empty archive; the model itself is loaded with the first article."""
    settings = settings_in(scratch)
    if model is not None:
        settings = replace(settings, summary=replace(settings.summary, model=model))
    archive = Archive(scratch / "archive.sqlite3").__enter__()  # open until the process ends
    pipeline = Pipeline(settings, archive, processes=min(4, os.cpu_count() or 1))

    def summarise(articles: Sequence[Article]) -> list[str]:
        return [summary.text for summary in pipeline.summaries(articles, SummaryOptions())]

    return summarise
