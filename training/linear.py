"""Fits the linear models of briefing.reading.linear: softmax regression with a penalty on large weights.

The minimum is found with L-BFGS (Nocedal, "Updating Quasi-Newton Matrices with Limited Storage", 1980).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from briefing.reading.linear import Linear

Vector = npt.NDArray[np.float64]
Example = tuple[Sequence[str], int]
"""Features, and the number of the right label."""

_RARE = 2
_NOTHING = 0.04
_MEMORY = 8
_STEPS = 120
_SETTLED = 1e-5


@dataclass(frozen=True)
class _Table:
    """Examples as arrays: example `row[n]` has the feature `column[n]`."""

    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    features: tuple[str, ...]


def fit(examples: Sequence[Example], labels: Sequence[str], penalty: float) -> Linear:
    """The model of these examples.  Features of one example only, and weights near nothing, are left out."""
    table = _table(examples)
    shape = (len(labels), len(table.features))
    loss = _loss(table, shape, penalty)
    weights = minimise(loss, np.zeros(shape[0] * shape[1])).reshape(shape).T
    beside_first = weights[:, 1:] - weights[:, :1]
    kept = np.flatnonzero(np.abs(beside_first).max(axis=1) > _NOTHING)
    rows = {table.features[n]: tuple(beside_first[n].tolist()) for n in kept}
    return Linear(tuple(labels), rows)


def _table(examples: Sequence[Example]) -> _Table:
    counts = Counter(one for features, _ in examples for one in set(features))
    features = tuple(one for one, count in sorted(counts.items()) if count >= _RARE)
    numbers = {one: n for n, one in enumerate(features)}
    rows, columns = [], []
    for n, (some, _) in enumerate(examples):
        known = sorted({numbers[one] for one in some if one in numbers})
        columns += known
        rows += [n] * len(known)
    right = np.array([label for _, label in examples])
    return _Table(np.array(rows), np.array(columns), right, features)


def _loss(table: _Table, shape: tuple[int, int], penalty: float) -> Callable[[Vector], tuple[float, Vector]]:
    """The function to minimise: how improbable the right labels are, and its gradient."""
    labels, width = shape
    count = len(table.right)
    truth = np.eye(labels)[table.right]

    def loss(flat: Vector) -> tuple[float, Vector]:
        weights = flat.reshape(shape)
        sums = np.stack(
            [np.bincount(table.row, weights=one[table.column], minlength=count) for one in weights], axis=1
        )
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        probable = powers / powers.sum(axis=1, keepdims=True)
        value = -np.log(probable[np.arange(count), table.right] + 1e-12).sum() + penalty / 2 * flat @ flat
        wrong = (probable - truth).T
        gradient = np.stack(
            [np.bincount(table.column, weights=one[table.row], minlength=width) for one in wrong]
        )
        return float(value), (gradient + penalty * weights).ravel()

    return loss


def minimise(loss: Callable[[Vector], tuple[float, Vector]], start: Vector) -> Vector:
    """Where the loss is least, by L-BFGS; `loss` returns its value and its gradient."""
    point = start
    value, gradient = loss(point)
    steps: list[Vector] = []
    changes: list[Vector] = []
    for _ in range(_STEPS):
        direction = -_scaled(gradient, steps, changes)
        size = 1.0
        while True:  # halved until it goes down as steeply as it should
            moved, slope = loss(point + size * direction)
            if moved <= value + 1e-4 * size * (gradient @ direction) or size < 1e-6:
                break
            size /= 2
        step, change = size * direction, slope - gradient
        if step @ change > 1e-10:
            steps, changes = [*steps, step][-_MEMORY:], [*changes, change][-_MEMORY:]
        settled = abs(value - moved) < _SETTLED * abs(value)
        point, value, gradient = point + step, moved, slope
        if settled:
            break
    return point


def _scaled(gradient: Vector, steps: Sequence[Vector], changes: Sequence[Vector]) -> Vector:
    """The gradient times the inverse curvature, as the last steps show it."""
    if not steps:
        return gradient / max(float(np.linalg.norm(gradient)), 1e-12)
    found = gradient.copy()
    shares = []
    for step, change in zip(reversed(steps), reversed(changes), strict=True):
        share = (step @ found) / (step @ change)
        found -= share * change
        shares.append(share)
    found *= (steps[-1] @ changes[-1]) / (changes[-1] @ changes[-1])
    for step, change, share in zip(steps, changes, reversed(shares), strict=True):
        found += (share - (change @ found) / (step @ change)) * step
    return found
