"""A sentence whose sets of words are numbers: bit i stands for word i, so that clauses are had cheaply."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from briefing.reading.words import Sentence, Word
from briefing.types.claims import Span


class Tree:
    """A sentence with its clauses; `number` is its place among those that are read together.

    `quotations` are those that have words in it, `quoted` these words, the marks among them.
    """

    def __init__(self, sentence: Sentence, number: int, quotations: tuple[Span, ...]) -> None:
        self.sentence = sentence
        self.number = number
        self.words = sentence.words
        self.quotations = quotations
        self.quoted = 0
        for span in quotations:
            self.quoted |= self.between(span)

    @cached_property
    def below(self) -> list[int]:
        """For each word the set of itself and all words that depend on it."""
        heads = [word.head for word in self.words]
        found = [0] * len(heads)
        for i in range(len(heads)):
            bit, at = 1 << i, i
            while not found[at] & bit:
                found[at] |= bit
                at = heads[at]
        return found

    @cached_property
    def solid(self) -> int:
        """The words that are more than a mark."""
        return sum(1 << word.i for word in self.words if word.text[0].isalnum() or not word.is_punctuation)

    def between(self, span: Span) -> int:
        """The words that begin within a span of the text."""
        first, last = (bisect_left(self._starts, offset) for offset in span)
        return (1 << last) - (1 << first)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def children(self, word: Word) -> tuple[Word, ...]:
        """The words that depend on this one, in order."""
        return self.sentence.children(word)

    def spans(self, words: int) -> Iterator[Span]:
        """The set as spans of the text: marks within a span belong to it, those at its ends do not.

        Quotation marks and brackets stay.
        """
        i, count = 0, len(self.words)
        while i < count:
            if not words >> i & 1:
                i += 1
                continue
            first = i
            while i < count and words >> i & 1:
                i += 1
            span = self._trimmed(first, i - 1)
            if span is not None:
                yield span

    def _trimmed(self, first: int, last: int) -> Span | None:
        while first <= last and _loose(self.words[first]):
            first += 1
        while first <= last and _loose(self.words[last]):
            last -= 1
        if not any(not word.is_punctuation for word in self.words[first : last + 1]):
            return None
        return self.words[first].start, self.words[last].end


def _loose(word: Word) -> bool:
    return word.text in _LOOSE or word.text.isspace()


_LOOSE = frozenset({",", ";", ":", ".", "-", "--", "—", "–"})
