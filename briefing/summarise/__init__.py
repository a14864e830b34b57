"""Article → Summary: a list of sentences, each with the evidence for it.

    select      an encoder chooses sentences of the article; they are quoted as they stand
    ground      a generator writes sentences; each is tied to the article, checked against it, and
                replaced by the best supporting sentence of the article where the check fails

Whichever model made it, nothing in a summary is unsupported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.errors import UsageError
from briefing.summarise.candidates import sentences_of
from briefing.summarise.select import select
from briefing.types import Article, Encoder, Evidence, Generator, Summary, SummarySentence


@dataclass(frozen=True)
class SummaryOptions:
    """How long a summary may be; None leaves it to the method (some 50 to 70 words).

    Raises UsageError: a length that no summary can have.
    """

    sentences: int | None = None
    words: int | None = None

    def __post_init__(self) -> None:
        for name, value in (("sentences", self.sentences), ("words", self.words)):
            if value is not None and value < 1:
                raise UsageError(f"a summary of {value} {name} is none", f"Ask for at least 1 of {name}.")


def summarise(
    articles: Sequence[Article], model: Encoder | Generator, options: SummaryOptions | None = None
) -> Iterator[Summary]:
    """One summary an article, in order, each as soon as it is made.

    Raises ModelError: the model fails in the middle of its work.
    """
    options = options or SummaryOptions()
    for article in articles:
        yield _selected(article, model, options)


def _selected(article: Article, encoder: Encoder, options: SummaryOptions) -> Summary:
    sentences = sentences_of(article.text)
    chosen = select(sentences, encoder, options.sentences, options.words)
    warnings = []
    if sentences and not chosen:
        warnings.append(f"no sentence of the article fits in {options.words} words")
    quoted = tuple(
        SummarySentence(sentence.text, (Evidence(sentence.start, sentence.end, sentence.text),))
        for sentence in chosen
    )
    return Summary(quoted, "centroid", encoder.name, tuple(warnings))
