"""How like what an article reports is to sentences on a subject, by the default model's encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefing.types import Selector

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_DIGITS = 3


class Subjects:
    """The subjects, each some sentences on it, as an encoder sees them."""

    def __init__(self, encoder: Selector, subjects: Mapping[str, Sequence[str]]) -> None:
        self._vectors = {name: encoder.encode(sentences) for name, sentences in subjects.items()}

    def likeness(self, meaning: npt.NDArray[np.float32]) -> dict[str, float]:
        """How like a unit vector (width of the encoder,) is to each subject: to its sentence most like it.

        Empty where the vector is nought, as that of an article without a word.
        """
        if not meaning.any():
            return {}
        return {name: round(float((one @ meaning).max()), _DIGITS) for name, one in self._vectors.items()}
