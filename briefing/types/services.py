"""What stages ask of models and of the archive, whoever provides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:  # the types alone must not cost the import
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class Salience:
    """What a selector makes of the opening sentences of an article, as many as it reads.

    `sentences` is their number.  `words` (m,) is the rate at which a summary takes over each of their words
    (as `briefing.sentences.words` counts them): minus the logarithm of the probability that it does not.
    `pairs` (m,) is the probability that it takes the word over together with the next one.
    """

    sentences: int
    words: npt.NDArray[np.float32]
    pairs: npt.NDArray[np.float32]


@runtime_checkable
class Selector(Protocol):
    """Weighs the sentences and words of an article; tells by vectors what a sentence is about."""

    @property
    def name(self) -> str:
        """What models.yaml calls it."""
        ...

    @property
    def digest(self) -> str:
        """Hex sha256 of the weights."""
        ...

    def read(self, sentences: Sequence[str]) -> Salience:
        """What it makes of an article, given as its sentences in order."""
        ...

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, one a sentence, each for itself: shape (len(sentences), width)."""
        ...


@runtime_checkable
class Generator(Protocol):
    """Writes summaries."""

    @property
    def name(self) -> str:
        """What models.yaml calls it."""
        ...

    @property
    def digest(self) -> str:
        """Hex sha256 of the weights."""
        ...

    def generate(self, texts: Sequence[str]) -> list[str]:
        """One summary a text, in order; a text longer than the model's window is read in windows."""
        ...


OnRecord = Literal["delivered", "unknown", "sending"]
"""What a log knows of a message: "sending" is the claim of a run that has not told how it ended."""


class DeliveryLog(Protocol):
    """Remembers what became of each message, so that no rerun and no second run sends it twice."""

    def claim(self, digest: str, recipient: str, *, again: bool = False) -> OnRecord | None:
        """Puts "sending" on record and returns what was there before.

        Of two runs at once one alone finds nothing there.  What is there stays as it is, and is no claim,
        unless it is to be sent `again`.
        """
        ...

    def record(self, digest: str, recipient: str, outcome: OnRecord) -> None:
        """Keeps an outcome at once and durably."""
        ...

    def release(self, digest: str, recipient: str, before: OnRecord | None) -> None:
        """Gives a claim back to what was there `before`, where nothing else was recorded since."""
        ...
