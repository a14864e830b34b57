"""Article → Summary: a list of sentences, each with the evidence for it.

    select      an encoder chooses sentences of the article; they are quoted as they stand
    ground      a generator writes sentences; each is tied to the article, checked against it, and
                replaced by the best supporting sentence of the article where the check fails
    condense    what is quoted is tightened where that is safe, and says whom and when it means

Whichever model made it, nothing in a summary is unsupported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import UsageError
from briefing.summarise.candidates import Sentence, quotable, sentences_of
from briefing.summarise.condense import Condenser
from briefing.summarise.ground import ground
from briefing.summarise.select import select
from briefing.types import Article, Encoder, Evidence, Generator, Summary, SummarySentence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Condenser", "SummaryOptions", "embed", "summarise"]

# Articles that a generator is given at once: enough to fill its batches with texts of like length, and few
# enough that the first summaries come soon and an interrupted run loses little.
_TOGETHER = 16
# Sentences of the article that stand in where nothing that a model wrote can be printed.
_OPENING = 2


@dataclass(frozen=True)
class SummaryOptions:
    """How long a summary may be; None leaves it to the method (some 50 to 70 words).

    `verbatim` is for the one who wires the stage: what is quoted is not condensed afterwards.

    Raises UsageError: a length that no summary can have.
    """

    sentences: int | None = None
    words: int | None = None
    verbatim: bool = False

    def __post_init__(self) -> None:
        for name, value in (("sentences", self.sentences), ("words", self.words)):
            if value is not None and value < 1:
                raise UsageError(f"a summary of {value} {name} is none", f"Ask for at least 1 of {name}.")


def embed(article: Article, encoder: Encoder) -> npt.NDArray[np.float32]:
    """A vector for each sentence that may be quoted, in order: shape (sentences, width), rounded to 16 bits.

    Always computed for a whole article at once, so that the company of other articles changes no bit.
    """
    import numpy as np

    vectors = encoder.encode([sentence.text for sentence in quotable(sentences_of(article.text))])
    return vectors.astype(np.float16).astype(np.float32)


def summarise(
    articles: Sequence[Article],
    model: Encoder | Generator,
    options: SummaryOptions | None = None,
    vectors: Sequence[npt.NDArray[np.float32]] | None = None,
) -> Iterator[Summary]:
    """One summary an article, in order, each as soon as it is made; what is quoted is whole (see Condenser).

    `vectors`, if another stage has asked for them before, are what `embed` gave for each article.

    Raises ModelError: the model fails in the middle of its work.
    """
    options = options or SummaryOptions()
    if isinstance(model, Encoder):
        for n, article in enumerate(articles):
            own = vectors[n] if vectors is not None else embed(article, model)
            yield _selected(article, own, model.name, options)
    else:
        for start in range(0, len(articles), _TOGETHER):
            some = articles[start : start + _TOGETHER]
            written = model.generate([article.text for article in some])
            for article, text in zip(some, written, strict=True):
                yield _grounded(article, text, model, options)


def _selected(
    article: Article, vectors: npt.NDArray[np.float32], model: str, options: SummaryOptions
) -> Summary:
    sentences = quotable(sentences_of(article.text))
    chosen = select(sentences, vectors, options.sentences, options.words)
    quoted = [_quoted(sentence) for sentence in chosen]
    return Summary(tuple(quoted), "centroid", model, _too_tight(quoted, bool(sentences), options))


def _grounded(article: Article, written: str, generator: Generator, options: SummaryOptions) -> Summary:
    sentences = sentences_of(article.text)
    made, warnings = ground(written, article, sentences)
    if not made:
        made = [_quoted(sentence) for sentence in quotable(sentences)[:_OPENING]]
        warnings.append("the model wrote nothing that the article bears out: the summary is its opening")
    kept: list[SummarySentence] = []
    room = options.words
    for sentence in made:
        length = len(sentence.text.split())
        if len(kept) == options.sentences or (room is not None and length > room):
            continue
        kept.append(sentence)
        room = None if room is None else room - length
    warnings.extend(_too_tight(kept, bool(made), options))
    return Summary(tuple(kept), "generated", generator.name, tuple(warnings))


def _quoted(sentence: Sentence) -> SummarySentence:
    return SummarySentence(sentence.text, (Evidence(sentence.start, sentence.end, sentence.text),))


def _too_tight(kept: Sequence[SummarySentence], had: bool, options: SummaryOptions) -> tuple[str, ...]:
    return (f"no sentence fits in {options.words} words",) if had and not kept else ()
