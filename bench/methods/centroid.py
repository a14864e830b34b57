"""The sentences nearest to the mean of all sentence vectors (Radev et al. 2004), by MiniLM alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.methods import SENTENCES, Summariser
from bench.methods.common import ready_model
from briefing._inference import load_selector
from briefing.sentences import split_sentences
from briefing.types import Article


def load(scratch: Path) -> Summariser:
    """The sentence vectors of our own model, which are MiniLM's."""
    encoder = load_selector(ready_model("salience", scratch))

    def summarise(articles: Sequence[Article]) -> list[str]:
        return [_nearest(article.text) for article in articles]

    def _nearest(text: str) -> str:
        sentences = [text[start:end] for start, end in split_sentences(text)]
        vectors = encoder.encode(sentences)
        likeness = vectors @ vectors.mean(axis=0)
        chosen = np.argsort(-likeness, kind="stable")[:SENTENCES]
        return " ".join(sentences[number] for number in sorted(chosen))

    return summarise
