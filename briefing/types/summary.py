"""What an article, or a story, says in short."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.types.articles import Evidence


@dataclass(frozen=True)
class SummarySentence:
    """One sentence of a summary with what supports it; `generated` where a model wrote the words."""

    text: str
    evidence: tuple[Evidence, ...]
    generated: bool = False


@dataclass(frozen=True)
class Checked:
    """What the check made of a generated text: of its `sentences`, so many were `replaced` or `dropped`.

    A replaced one gave way to a sentence of the article, a dropped one to nothing; the rest passed.
    """

    sentences: int
    replaced: int
    dropped: int


@dataclass(frozen=True)
class Summary:
    """Sentences in reading order, the method and model that made them, and what to be wary of.

    `checked` is None where nothing was generated.
    """

    sentences: tuple[SummarySentence, ...]
    method: str
    model: str
    warnings: tuple[str, ...] = ()
    checked: Checked | None = None

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)
