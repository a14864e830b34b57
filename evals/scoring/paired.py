"""How sure a difference is that was measured on the same documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 10_000
_SEED = 20


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
    means = [differences[draws.integers(size, size=size)].mean() for _ in range(_RESAMPLES)]
    low, high = np.quantile(means, (0.025, 0.975))
    return Difference(float(differences.mean()), float(low), float(high))
