"""The state in which an event with no place of its own takes place: that of those who act.

"Germany on Monday banned the airline", "the Haitian Chamber of Deputies has authorised", "a court in
California": a government, a parliament, a court or the people of a state act at home.  Each naming of a state
in the title and the opening speaks for it, the subject of the first sentence most; where two states are
about as strong, none is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from briefing.reading.lexicon import Lexicon
from briefing.reading.parse import Sentence, Word
from briefing.reading.parsed import Parsed
from briefing.types import TITLE, Place

_OPENING = 3  # sentences
_TITLE, _FIRST, _LATER = 2.0, 2.0, 1.0
_SUBJECT = 3.0  # what the subject of the main verb counts besides
_OUTWEIGHS = 1.5  # times the next state
_LEAST = 3.0
_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_WITHIN = {"compound", "amod", "poss", "nmod", "prep", "pobj", "appos", "case"}
_LONGEST = 3  # words of a region


class HomelandReader:
    """Finds the state of those who act."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, parsed: Parsed) -> Place | None:
        """The state that the title and the opening speak of most, where it is clearly one."""
        points: defaultdict[str, float] = defaultdict(float)
        first: dict[str, Place] = {}
        for sentence in (parsed.title_sentence, *parsed.sentences[:_OPENING]):
            if sentence is None:
                continue
            for state, start, word in self._named(parsed, sentence):
                points[state] += _points(sentence, word)
                at = Place(sentence.number, start, word.end, state, state, "homeland", "inferred", 0.0)
                if state not in first or first[state].sentence == TITLE != sentence.number:
                    first[state] = at
        ranked = sorted(points, key=lambda state: -points[state])
        if not ranked or points[ranked[0]] < _LEAST:
            return None
        if len(ranked) > 1 and points[ranked[0]] < _OUTWEIGHS * points[ranked[1]]:
            return None
        return first[ranked[0]]

    def _named(self, parsed: Parsed, sentence: Sentence) -> Iterator[tuple[str, int, Word]]:
        """The states named here, with where the name begins and its last word."""
        text = parsed.text_of(sentence.number)
        taken: set[int] = set()
        for found in self._lexicon.scan(sentence, text, lower_case=parsed.lower_case):
            if found.entry.name in parsed.cast.regions:
                continue
            taken.update(range(found.first, found.last + 1))
            if self._lexicon.is_state(found.entry.side):
                yield found.entry.side, sentence.words[found.first].start, sentence.words[found.last]
        for first in range(len(sentence.words)):
            for last in range(min(len(sentence.words), first + _LONGEST) - 1, first - 1, -1):
                words = sentence.words[first : last + 1]
                if taken & set(range(first, last + 1)) or any(word.pos != "PROPN" for word in words):
                    continue
                state = self._lexicon.region(text[words[0].start : words[-1].end])
                if state is not None:
                    taken.update(range(first, last + 1))
                    yield state, words[0].start, words[-1]
                    break


def _points(sentence: Sentence, word: Word) -> float:
    if sentence.number == TITLE:
        return _TITLE
    if sentence.number > 0:
        return _LATER
    return _FIRST + (_SUBJECT if _is_of_the_subject(sentence, word) else 0.0)


def _is_of_the_subject(sentence: Sentence, word: Word) -> bool:
    """Whether the word is the subject of the main verb, or hangs on it: "the Haitian parliament"."""
    for one in (word, *sentence.ancestors(word)):
        if one.dep in _SUBJECTS:
            return sentence.words[one.head].dep == "ROOT"
        if one.dep not in _WITHIN:
            return False
    return False
