"""The first sentences, as `python -m evals summaries` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.methods import SENTENCES, Summariser
from briefing.types import Article
from evals.scoring.pieces import pieces


def load(scratch: Path) -> Summariser:
    """Nothing to load."""

    def summarise(articles: Sequence[Article]) -> list[str]:
        return [" ".join(pieces(article.text)[:SENTENCES]) for article in articles]

    return summarise
