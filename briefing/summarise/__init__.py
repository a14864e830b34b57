"""Article → Summary: a list of sentences, each with the evidence for it.

    select      a selector weighs what the article says; the best sentences are quoted as they stand
    ground      a generator writes sentences; each is tied to the article, checked against it, and
                replaced by the best supporting sentence of the article where the check fails
    story       the summaries of the articles on one event become one
    condense    what is quoted is tightened where that is safe, and says whom and when it means

Whichever model made it, nothing in a summary is unsupported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from briefing.errors import UsageError
from briefing.reading.parse import Reader
from briefing.reading.standing import needs_of
from briefing.summarise.candidates import Sentence, quotable, sentences_of
from briefing.summarise.condense import Condenser
from briefing.summarise.ground import ground
from briefing.summarise.select import select
from briefing.summarise.story import says_same, summarise_story
from briefing.types import Article, Evidence, Generator, Reading, Selector, Summary, SummarySentence

__all__ = [
    "Condenser",
    "SummaryOptions",
    "ground",
    "says_same",
    "sentences_of",
    "summarise",
    "summarise_story",
]

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


def summarise(
    articles: Sequence[Article],
    model: Selector | Generator,
    options: SummaryOptions | None = None,
    reader: Reader | None = None,
    readings: Iterable[Reading] | None = None,
) -> Iterator[Summary]:
    """One summary an article, in order, each as soon as it is made; what is quoted is whole (see Condenser).

    `reader` parses what a generator writes; one is made where none is given.  `readings` say of each article
    which of its sentences lean on others: without them a sentence is taken for what it says alone.

    Raises ModelError: the model fails in the middle of its work.
    """
    options = options or SummaryOptions()
    if isinstance(model, Selector):
        said = readings if readings is not None else repeat(Reading(), len(articles))
        for article, reading in zip(articles, said, strict=True):
            yield _selected(article, reading, model, options)
    else:
        reader = reader or Reader()
        for start in range(0, len(articles), _TOGETHER):
            some = articles[start : start + _TOGETHER]
            written = model.generate([article.text for article in some])
            for article, text in zip(some, written, strict=True):
                yield _grounded(article, text, model, reader, options)


def _selected(article: Article, reading: Reading, selector: Selector, options: SummaryOptions) -> Summary:
    sentences = sentences_of(article)
    weighed = selector.read([sentence.text for sentence in sentences])
    needs = needs_of(article, reading)
    candidates = quotable(sentences, needs)
    length = options.sentences, options.words
    chosen = select(sentences, candidates, weighed, article.title, *length, needs)
    quoted = [_quoted(sentence) for sentence in chosen]
    return Summary(tuple(quoted), "selected", selector.name, _too_tight(quoted, bool(sentences), options))


def _grounded(
    article: Article, written: str, generator: Generator, reader: Reader, options: SummaryOptions
) -> Summary:
    sentences = sentences_of(article)
    grounded = ground(written, article, sentences, reader)
    made, warnings = list(grounded.sentences), list(grounded.warnings)
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
    return Summary(tuple(kept), "generated", generator.name, tuple(warnings), grounded.checked)


def _quoted(sentence: Sentence) -> SummarySentence:
    return SummarySentence(sentence.text, (Evidence(sentence.start, sentence.end, sentence.text),))


def _too_tight(kept: Sequence[SummarySentence], had: bool, options: SummaryOptions) -> tuple[str, ...]:
    return (f"no sentence fits in {options.words} words",) if had and not kept else ()
