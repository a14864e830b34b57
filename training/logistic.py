"""A logistic regression with a ridge on standardised facts, by Newton's method.

McCullagh and Nelder, "Generalized Linear Models", 1989, chapter 4.  Nothing is left to chance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

_STEPS = 30


def logistic(
    table: Matrix, right: Matrix, ridge: float, counts: Matrix | None = None
) -> tuple[float, Matrix]:
    """Where all examples start from, and the weight of each column.

    `right` is 1 for the examples that are so, else 0; `counts` says how many examples each row stands for.
    """
    often = np.ones(len(table)) if counts is None else counts
    share = often[:, None] / often.sum()
    mean = (share * table).sum(axis=0)
    spread = np.sqrt((share * (table - mean) ** 2).sum(axis=0)) + 1e-9
    # The last column is all ones and bears no penalty.
    columns = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    weights = np.zeros(columns.shape[1])
    penalty = np.eye(columns.shape[1]) * ridge
    penalty[-1, -1] = 0.0
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (often * (sure - right)) + penalty @ weights
        curve = (columns * (often * sure * (1 - sure))[:, None]).T @ columns + penalty
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return float(weights[-1] - plain @ mean), plain
