"""How sure a difference is that was measured on the same documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 10_000
_SEED = 20
# Numbers drawn at once, so that memory stays small whatever the number of documents.
_TOGETHER = 1_000_000


@dataclass(frozen=True)
class Difference:
    """A mean difference, and the interval in which 95 of 100 resamples put it."""

    mean: float
    low: float
    high: float


def paired_bootstrap(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """Mean of ours minus theirs, a pair a document, with its percentile bootstrap interval.

    Documents are drawn with replacement, both of a pair together (Efron & Tibshirani 1993, chapter 13).
    The interval speaks of other documents of the same kind and no other uncertainty.  The same figures
    give the same interval.

    Raises ValueError: no pairs, or not one of theirs for each of ours.
    """
    if not ours or len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} and {len(theirs)} figures make no pairs")
    differences = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    draws = np.random.default_rng(_SEED)
    size = len(differences)
    portion = max(1, _TOGETHER // size)
    means = [
        differences[draws.integers(size, size=(min(portion, _RESAMPLES - done), size))].mean(axis=1)
        for done in range(0, _RESAMPLES, portion)
    ]
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975))
    return Difference(float(differences.mean()), float(low), float(high))
