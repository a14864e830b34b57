"""How far the wording and the grammar of a generated sentence are those of the article.

Two measures:

    breaks    joints between runs of words copied from the article, for each word.  A summariser that errs
              nearly always errs at a joint: it ran two statements into one, or left out the word that
              the next one hung on.  (Runs as in Grusky et al. 2018, Newsroom: extractive fragments.)
    strange   share of the grammatical relations between its words of content ("urged" - subject - "sides")
              that the one sentence of the article which has most of them does not have: who did what to
              whom, in whatever order.

One score weighs them.  Nearness of sentence vectors, shared words, new words, words whose head was left
out and the number of sentences drawn on were tried beside these two, and add nothing that lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.reading.relations import ANYONE, Relation, relations
from briefing.reading.words import Sentence

# Fitted on one half of 235 judged summaries, with the unfaithful sentences weighing as much in all as the
# faithful; evals/faithfulness.py fits them anew and measures on the other half.
_BORNE_OUT = 1.99
_BREAKS = 9.9
_STRANGE = 2.8
_FEW = 4
"""Added to the words of a sentence before its breaks are divided by them, so that one break does not sink a
sentence of five words."""


@dataclass(frozen=True)
class Fidelity:
    """The two measures of one generated sentence; see the module."""

    breaks: float
    strange: float

    @property
    def score(self) -> float:
        """Above 0 where the sentence is more like faithful ones than like unfaithful ones."""
        return _BORNE_OUT - _BREAKS * self.breaks - _STRANGE * self.strange


class Wording:
    """The words and relations of an article, ready to be compared with."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._relations = [frozenset(relations(sentence)) for sentence in sentences]
        self._words = [[word.lower for word in sentence.spoken] for sentence in sentences]
        self._places: dict[str, list[tuple[int, int]]] = {}
        for n, words in enumerate(self._words):
            for at, word in enumerate(words):
                self._places.setdefault(word, []).append((n, at))

    def measure(self, generated: Sequence[Sentence]) -> Fidelity:
        """How far a generated sentence is the article's; it may be parsed as several."""
        words = [[word.lower for word in sentence.spoken] for sentence in generated]
        breaks = max(0, sum(map(self._runs, words)) - 1)
        own = {
            relation for sentence in generated for relation in relations(sentence) if relation[2] != ANYONE
        }
        shared = max((_shared(theirs, own) for theirs in self._relations), default=0)
        strange = 1 - shared / len(own) if own else 0.0
        return Fidelity(breaks / (sum(map(len, words)) + _FEW), strange)

    def _runs(self, words: Sequence[str]) -> int:
        """Runs of words that stand so in one sentence of the article, the longest possible first to last."""
        count = at = 0
        while at < len(words):
            at += max((self._run(words, at, *place) for place in self._places.get(words[at], ())), default=1)
            count += 1
        return count

    def _run(self, words: Sequence[str], at: int, sentence: int, start: int) -> int:
        theirs = self._words[sentence]
        length = 0
        while (
            at + length < len(words)
            and start + length < len(theirs)
            and words[at + length] == theirs[start + length]
        ):
            length += 1
        return length


def _shared(theirs: frozenset[Relation], own: Iterable[Relation]) -> int:
    """How many of one's own relations are theirs too; a pronoun of the article may be anyone."""
    return sum((role, head, word) in theirs or (role, head, ANYONE) in theirs for role, head, word in own)
