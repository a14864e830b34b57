"""Words and sentences as the parser gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from briefing.reading.labels import Labelled


@dataclass(frozen=True, slots=True)
class Word(Labelled):
    """One token.  `start` and `end` are offsets in the text; `head` is an index in the sentence.

    `pos`, `tag` and `dep` are the labels of the model (Universal POS, Penn tags, ClearNLP
    dependencies); `entity` is the OntoNotes label of the name the word belongs to, or "".
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    entity_begins: bool

    @property
    def is_punctuation(self) -> bool:
        """Whether the word is a mark and no word."""
        return _is_marks(self.text)


@lru_cache(maxsize=50_000)
def _is_marks(text: str) -> bool:
    return not any(c.isalnum() for c in text)


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence; `start` and `end` are offsets in the text, `number` counts from 0."""

    number: int
    start: int
    end: int
    words: tuple[Word, ...]

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        below: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.i:
                below[word.head].append(word)
        return tuple(tuple(words) for words in below)

    @cached_property
    def _subtrees(self) -> dict[int, tuple[Word, ...]]:
        return {}  # filled by `subtree`, which many ask for the same word

    @property
    def spoken(self) -> list[Word]:
        """The words without the punctuation."""
        return [word for word in self.words if not word.is_punctuation]

    def children(self, word: Word) -> tuple[Word, ...]:
        """The words that depend on this one, in order."""
        return self._children[word.i]

    def head(self, word: Word) -> Word | None:
        """The word that this one depends on; None for the root."""
        return None if word.head == word.i else self.words[word.head]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """From the head upwards to the root."""
        seen = word
        while (above := self.head(seen)) is not None:
            yield above
            seen = above

    def subtree(self, word: Word) -> tuple[Word, ...]:
        """The word and all that depends on it, in order."""
        if word.i not in self._subtrees:
            found, open_ = [word], [word]
            while open_:
                below = self._children[open_.pop().i]
                found += below
                open_ += below
            self._subtrees[word.i] = tuple(sorted(found, key=attrgetter("i")))
        return self._subtrees[word.i]

    def entities(self) -> Iterator[tuple[Word, ...]]:
        """The names that the model sees, each as its words."""
        run: list[Word] = []
        for word in self.words:
            if run and (word.entity_begins or word.entity != run[-1].entity):
                yield tuple(run)
                run = []
            if word.entity:
                run.append(word)
        if run:
            yield tuple(run)
