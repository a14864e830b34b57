"""Small linear models over named features: all that is learnt about who says what.

A feature is a string; what a model has not seen weighs nothing.  Weights are read from one NumPy archive of
plain arrays: `<name>.features` and `<name>.labels` (UTF-8, with NUL between them) and `<name>.weights` (a row
for each feature, a column for each label but the first).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Row = tuple[float, ...]

# Beyond this the exponential would overflow.
_STEEPEST = 500.0


@dataclass(frozen=True)
class Linear:
    """A softmax over the labels.

    The row of each feature says how much it speaks for each label but the first, which they are judged by.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, Row]

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """How probable each label is, in the order of `labels`."""
        known = filter(None, map(self.rows.get, features))
        powers = [1.0, *(math.exp(min(sum(column), _STEEPEST)) for column in zip(*known, strict=True))]
        powers += [1.0] * (len(self.labels) - len(powers))
        total = sum(powers)
        return [one / total for one in powers]


def load_models(path: Path) -> dict[str, Linear]:
    """The models of an archive, by name."""
    with np.load(path, allow_pickle=False) as archive:
        names = sorted({key.partition(".")[0] for key in archive.files})
        return {name: _read(archive, name) for name in names}


def _read(archive: Any, name: str) -> Linear:
    features = _text(archive[f"{name}.features"])
    weights = archive[f"{name}.weights"].astype(np.float32).tolist()
    rows = dict(zip(features, map(tuple, weights), strict=True))
    return Linear(tuple(_text(archive[f"{name}.labels"])), rows)


def save_models(path: Path, models: Mapping[str, Linear]) -> None:
    """Writes the models so that `load_models` reads them, weights rounded to half precision."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, model in models.items():
        arrays[f"{name}.features"] = _bytes(model.rows)
        arrays[f"{name}.weights"] = np.array(list(model.rows.values()), dtype=np.float16)
        arrays[f"{name}.labels"] = _bytes(model.labels)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _text(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\0")


def _bytes(lines: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\0".join(lines).encode("utf-8"), dtype=np.uint8)
