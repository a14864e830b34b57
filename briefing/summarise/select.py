"""Chooses the sentences of an article that together say most of it.

A sentence scores by how near its vector is to the article's centroid (Radev et al. 2004, centroid-based
summarisation) and by how early it stands, since news and readouts open with what matters.  Sentences
are then taken one by one, each time the one that adds most beside those already taken (Carbonell &
Goldstein 1998, maximal marginal relevance).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from briefing.summarise.candidates import Sentence

if TYPE_CHECKING:
    import numpy.typing as npt

# Set on 31 readouts and articles with 55-word references and 300 news articles with highlights
# (evals/summaries.py); each may be moved by a third without losing half a point of ROUGE-1.
_POSITION = 1.0
"""What the first candidate gains for standing first, in units of cosine."""
_FADES = 3.0
"""Candidates after which that gain has fallen to a third (1/e)."""
_REDUNDANCY = 0.75
"""How much nearness to a sentence already taken counts against one."""
_SAME = 0.78
"""Cosine from which on a sentence says the same again as one already taken, and is never taken beside it."""
_POINTS_BACK = 0.1
"""What a sentence loses that opens with "He", "But" ... where the sentence before it is not taken."""
_ENOUGH = 50
"""Words after which no further sentence is taken, where none are asked for ..."""
_LIMIT = 70
"""... and which are not exceeded, unless by a first sentence that is longer itself."""
_DIGITS = 4
"""Decimals of a score.  Sentences that differ by less are equals, and the earlier one wins: the last
bits of a float vary between processors, and the brief must not."""


def select(
    candidates: Sequence[Sentence],
    vectors: npt.NDArray[np.float32],
    most: int | None = None,
    words: int | None = None,
) -> list[Sentence]:
    """The sentences to quote, in reading order: at most `most` of them, of at most `words` words in all.

    `vectors` holds a unit vector for each candidate: shape (len(candidates), width).  With neither `most`
    nor `words`, some 50 to 70 words.  With `words`, never more; [] where nothing fits.
    """
    if words is not None:
        fitting = [n for n, sentence in enumerate(candidates) if sentence.words <= words]
        candidates, vectors = [candidates[n] for n in fitting], vectors[fitting]
    if not candidates:
        return []
    scores = _scores(vectors)
    enough, limit = (_ENOUGH, _LIMIT) if words is None else (words, words)
    if words is None and most is not None:
        enough = limit = sum(sentence.words for sentence in candidates)

    nearest = np.zeros(len(candidates), dtype=np.float32)
    taken: list[int] = []
    length = 0
    while length < enough and (most is None or len(taken) < most):
        scores[nearest >= _SAME] = -np.inf
        best = _best(candidates, scores - _REDUNDANCY * nearest, taken, limit - length)
        if best is None:
            break
        taken.append(best)
        length += candidates[best].words
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return [candidates[index] for index in sorted(taken)]


def _scores(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    centroid = vectors.mean(axis=0)
    centroid /= np.linalg.norm(centroid) or 1.0
    early = np.exp(-np.arange(len(vectors)) / _FADES)
    scores: npt.NDArray[np.float32] = vectors @ centroid + _POSITION * early
    return scores


def _best(
    candidates: Sequence[Sentence], scores: npt.NDArray[np.float32], taken: Sequence[int], room: int
) -> int | None:
    """The best candidate that still fits; None where none does."""
    told = {candidates[index].number for index in taken}
    best: tuple[float, int] | None = None
    for index, candidate in enumerate(candidates):
        if index in taken or (taken and candidate.words > room):
            continue
        if scores[index] == -np.inf:
            continue
        score = round(float(scores[index]), _DIGITS)
        if candidate.points_back and candidate.number - 1 not in told:
            score -= _POINTS_BACK
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None
