"""How like an article's title and opening are to sentences on a subject, by the default model's encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.sentences import split_sentences
from briefing.types import Article, Selector

_OPENING_SENTENCES = 3
# Headings, bylines and datelines of their own say little.
_FEWEST_WORDS = 6
_TITLE_WEIGHT = 2.0
_DIGITS = 3


class Subjects:
    """The subjects, each some sentences on it, as an encoder sees them."""

    def __init__(self, encoder: Selector, subjects: Mapping[str, Sequence[str]]) -> None:
        self._encoder = encoder
        self._vectors = {name: encoder.encode(sentences) for name, sentences in subjects.items()}

    def likeness(self, article: Article) -> dict[str, float]:
        """How like an article is to each subject, by the sentence of it that is most like."""
        import numpy as np

        spans = split_sentences(article.text)
        full = [article.text[a:b] for a, b in spans if len(article.text[a:b].split()) >= _FEWEST_WORDS]
        opening = full[:_OPENING_SENTENCES] or [article.text[a:b] for a, b in spans[:_OPENING_SENTENCES]]
        if not opening:
            return {}
        encoded = self._encoder.encode([*([article.title] if article.title else []), *opening])
        whole = encoded.sum(axis=0) + ((_TITLE_WEIGHT - 1) * encoded[0] if article.title else 0.0)
        whole = whole / (np.linalg.norm(whole) or 1.0)
        return {name: round(float((one @ whole).max()), _DIGITS) for name, one in self._vectors.items()}
