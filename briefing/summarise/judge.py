"""Whether an article bears out a generated sentence: all the checks, in one place.

    check      it names nothing that the article does not: names, places, numbers, dates, quotations
    support    it gains or loses no negation or hedge beside the sentence that is nearest to it
    fidelity   its wording and grammar are near enough to the article's to be trusted at all

Each may refuse alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.reading.parse import Reader
from briefing.reading.words import Sentence as Parsed
from briefing.sentences import split_sentences
from briefing.summarise.candidates import Sentence
from briefing.summarise.check import Source, unsupported
from briefing.summarise.fidelity import Fidelity, Wording
from briefing.summarise.support import Support, support
from briefing.types import Article


class Judge:
    """Judges sentences about one article; `sentences` are all those of its body."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], reader: Reader) -> None:
        self._reader = reader
        self._sentences = sentences
        self._source = Source(f"{article.title or ''}\n{article.text}")
        title = article.title or ""
        body = [(sentence.start, sentence.end) for sentence in sentences]
        heading, self._parsed = reader.read_sentences([(title, split_sentences(title)), (article.text, body)])
        self._wording = Wording([*heading, *self._parsed])

    def judge(self, texts: Iterable[str]) -> list[Support]:
        """For each generated sentence what bears it out, and what speaks against it."""
        texts = list(texts)
        return [
            self._judge(text, parsed) for text, parsed in zip(texts, self._reader.read(texts), strict=True)
        ]

    def measure(self, texts: Iterable[str]) -> list[Fidelity]:
        """The measures of each sentence's wording and grammar alone, for those who weigh them."""
        return [self._wording.measure(parsed) for parsed in self._reader.read(texts)]

    def _judge(self, text: str, parsed: Sequence[Parsed]) -> Support:
        found = support(text, parsed, self._sentences, self._parsed)
        doubts = [*unsupported(text, self._source), *found.doubts]
        if self._wording.measure(parsed).score <= 0:
            doubts.append("says what no sentence of the article says")
        return replace(found, doubts=tuple(dict.fromkeys(doubts)))
