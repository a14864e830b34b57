"""Chooses the sentences that a summary of the article is most likely to agree with.

The model says of each word how likely a good summary takes it over.  From that follows what any choice of
sentences may expect to share with such a summary: for each different word its probability, less for every
repetition.  Twice that, over the two lengths, is the ROUGE-1 F (Lin 2004) that the choice may expect, and the
choice with the highest one is taken.  So repetition does not pay, length pays only for what it adds, and a
short article gets a short summary, without a rule for any of it.  The same with pairs of neighbouring words
keeps what belongs together.

The model learnt from lower-cased news without titles.  What a desk reads comes to its point sooner, and says
it in the title; so the odds of a word are set right by the place where it first stands, and by whether the
title has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from briefing.reading.standing import Needs
from briefing.sentences import words as words_of
from briefing.summarise.candidates import Sentence
from briefing.types import Salience

if TYPE_CHECKING:
    import numpy.typing as npt

# Set on articles held out from training (weights/salience/README.md); a third more or less of any of them
# moves ROUGE-1 by less than half a point.
_LENGTH = 42
"""Words of the summary that a choice is held against; a longer one would make for longer choices."""
_PAIRS = 0.5
"""Weight of what is shared in pairs of words beside what is shared in words."""
_BASE, _FALLS, _TITLE = 1.2, 0.6, 0.8
"""What moves the log-odds of a word: up for all; down, times the logarithm of the number (from 1) of the
sentence in which it first stands; up if the title has it."""
_REPEATED = (1.0, 0.3, 0.1, 0.05)
"""Probability that a summary has a word for the first, second ... time, if it has it at all."""
_LEAD = 0.04
"""What a choice gains by the sentence that opens the article: what follows is told from it."""
_MOST = 5
_BEAM = 6
"""Choices kept in each round of the search; a beam of one loses a quarter of a point."""
_DIGITS = 4
"""Decimals of a score.  Choices that differ by less are equals, and the earlier sentences win: the last bits
of a float vary between processors, and the brief must not."""


@dataclass(frozen=True)
class _Choice:
    """Candidates taken, in order, and what they are worth."""

    taken: tuple[int, ...]
    score: float


def select(
    sentences: Sequence[Sentence],
    candidates: Sequence[Sentence],
    reading: Salience,
    title: str | None = None,
    most: int | None = None,
    words: int | None = None,
    needs: Sequence[Needs] = (),
) -> list[Sentence]:
    """The candidates to quote, in reading order: at most `most` of them, of at most `words` words in all.

    A sentence comes only with those that it `needs`, by its number, of those before it.

    `sentences` are those that the reading is of; `candidates` those of them that may be quoted.  With
    neither `most` nor `words`, what says most for its length, some 50 to 70 words.  With `words`, never more;
    [] where nothing fits.
    """
    room = np.inf if words is None else words
    free = [one for one in candidates if one.number < reading.sentences and one.words <= room]
    if not free:
        return [one for one in candidates if one.words <= room][:1]
    scorer = _Scorer(sentences, free, reading, title or "", needs)
    # A length that was asked for is used: the summary that the choice is held against is as long.
    wanted = _LENGTH if words is None else max(words * 2 // 3, 1)
    limit = most or _MOST
    best = beam = [scorer.nothing]
    for _ in range(min(limit, len(free))):
        grown = [one for choice in beam for one in scorer.grow(choice, room, wanted, limit)]
        unique = {choice.taken: choice for choice in grown}
        beam = sorted(unique.values(), key=lambda choice: (-choice.score, choice.taken))[:_BEAM]
        if not beam:
            break
        if beam[0].score > best[0].score or (most and len(beam[0].taken) <= most and words is None):
            best = beam
    # Where each leans on what may not be quoted, the first is told all the same.
    return [free[index] for index in best[0].taken] or free[:1]


class _Scorer:
    """Scores choices among the candidates of one article."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        free: Sequence[Sentence],
        reading: Salience,
        title: str,
        needs: Sequence[Needs],
    ) -> None:
        vocabulary: dict[str, int] = {}
        pair_vocabulary: dict[tuple[int, int], int] = {}
        rates: list[float] = []
        firsts: list[int] = []
        misses: list[float] = []
        rows: dict[int, tuple[list[int], list[int]]] = {}
        place = 0
        for sentence in sentences[: reading.sentences]:
            found = [vocabulary.setdefault(word, len(vocabulary)) for word in _plain_words(sentence.text)]
            new = len(vocabulary) - len(rates)
            rates.extend([0.0] * new)
            firsts.extend([sentence.number + 1] * new)
            both = [pair_vocabulary.setdefault(pair, len(pair_vocabulary)) for pair in pairwise(found)]
            misses.extend([1.0] * (len(pair_vocabulary) - len(misses)))
            for word, rate in zip(found, reading.words[place : place + len(found)].tolist(), strict=True):
                rates[word] += rate
            for pair, chance in zip(both, reading.pairs[place : place + len(both)].tolist(), strict=True):
                misses[pair] *= 1.0 - chance
            place += len(found)
            rows[sentence.number] = found, both
        titled = np.zeros(len(vocabulary), dtype=bool)
        titled[[vocabulary[word] for word in _plain_words(title) if word in vocabulary]] = True
        # A word is in the summary if any of its places was taken over (noisy or; Pearl 1988).
        self._words = _set_right(1.0 - np.exp(-np.array(rates)), np.array(firsts), titled)
        self._pairs = 1.0 - np.array(misses)
        self._counts = np.zeros((len(free), len(vocabulary)), dtype=np.int64)
        self._has = np.zeros((len(free), len(pair_vocabulary)), dtype=bool)
        for index, sentence in enumerate(free):
            found, both = rows[sentence.number]
            np.add.at(self._counts[index], found, 1)
            self._has[index, both] = True
        self._length = np.array([one.words for one in free])
        self._numbers = [one.number for one in free]
        self._needs = [needs[one.number] if one.number < len(needs) else Needs() for one in free]
        self._lead = self._foremost(free)
        self._index = {one.number: index for index, one in enumerate(free)}
        self.nothing = _Choice((), 0.0)

    def _foremost(self, free: Sequence[Sentence]) -> int | None:
        """The candidate that opens the article and stands alone."""
        opens = bool(free) and free[0].number == 0 and self._needs[0].nothing
        return 0 if opens else None

    def grow(self, choice: _Choice, room: float, wanted: int, most: int) -> Iterator[_Choice]:
        """The best choices with one candidate more, and with what it needs, that still fit."""
        known = {choice.taken}
        grown = []
        for index in range(len(self._needs)):
            taken = self._with_needs(choice.taken, index)
            if taken is None or taken in known or len(taken) > most:
                continue
            known.add(taken)
            rows = list(taken)
            if self._length[rows].sum() <= room:
                grown.append(self._choice(taken, wanted))
        yield from sorted(grown, key=lambda one: (-one.score, one.taken))[: 2 * _BEAM]

    def _choice(self, taken: tuple[int, ...], wanted: int) -> _Choice:
        rows = list(taken)
        counts = self._counts[rows].sum(axis=0)
        pairs = self._has[rows].any(axis=0)
        shared = _worth(counts) @ self._words + _PAIRS * (pairs @ self._pairs)
        score = float(2 * shared / (counts.sum() + wanted)) + _LEAD * (self._lead in taken)
        return _Choice(taken, round(score, _DIGITS))

    def _with_needs(self, taken: tuple[int, ...], index: int) -> tuple[int, ...] | None:
        """The candidates with one more and all that it then needs; None where that is not to be had."""
        grown = {*taken, index}
        while True:
            told: list[int] = []
            missing = None
            for one in sorted(grown):
                missing = missing or self._needs[one].unmet(told)
                told.append(self._numbers[one])
            if missing is None:
                return tuple(sorted(grown))
            # The latest that is meant stands nearest; the lead says most where several do.
            suppliers = [self._index[n] for n in sorted(missing, reverse=True) if n in self._index]
            new = [one for one in suppliers if one not in grown]
            if not new:
                return None
            grown.add(new[0])


def _plain_words(text: str) -> list[str]:
    return [text[start:end].casefold() for start, end in words_of(text)]


def _set_right(
    chances: npt.NDArray[np.float64], firsts: npt.NDArray[np.int64], titled: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """The probabilities of words with their log-odds moved by place and title (Platt scaling)."""
    chances = chances.clip(1e-4, 1 - 1e-4)
    odds = np.log(chances / (1 - chances)) + _BASE - _FALLS * np.log(firsts) + _TITLE * titled
    right: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return right


def _worth(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """How often a summary that has the word is expected to have it, at most so many times."""
    table = np.concatenate([[0.0], np.cumsum(_REPEATED)])
    worth: npt.NDArray[np.float64] = table[np.minimum(counts, len(_REPEATED))]
    return worth
