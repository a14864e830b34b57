"""Whether a name that a state shares with a region of another means the region: Georgia, where Atlanta lies.

The article is asked as a whole.  For the region speak an office that only regions have ("the governor of
Georgia"), a city of it ("Savannah, Georgia", a dateline of Atlanta), and another region in the same row
("Georgia and Alabama").  One sign of the state ends it: its capital, its people, an office that only states
have ("the President of Georgia").  Where nothing speaks for the region, the state is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.reading.lexicon import Lexicon
from briefing.reading.offices import OfficeReader
from briefing.reading.words import Sentence, Word

_BEFORE = 5  # words: "Governor X Y of Georgia"
_AFTER = 4  # words: "Georgia's Lieutenant Governor"
_OF = {"of", "from"}
_ENDS = {",", ";", "and", "or", "(", ")"}
_ROW = {",", "and", "or"}
_IN_A_ROW = 4  # words between two names of a row
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_LONGEST = 3  # words of a city


class NamesakeReader:
    """Finds the names that mean a region in an article."""

    def __init__(self, lexicon: Lexicon, offices: OfficeReader) -> None:
        self._lexicon = lexicon
        self._offices = offices

    def read(
        self, sentences: Sequence[Sentence], texts: Sequence[str], whole: str, *, lower_case: bool
    ) -> frozenset[str]:
        """The names; `texts[n]` is what the n-th sentence points into, `whole` all that is written."""
        held = {name for name in self._lexicon.namesakes if name.lower() in whole.lower()}
        if not held:
            return frozenset()
        regions = {name for name in held if any(part == name for part in self._parts(whole))}
        states = set()
        for sentence, text in zip(sentences, texts, strict=True):
            for found in self._lexicon.scan(sentence, text, lower_case=lower_case):
                name = found.entry.side
                if name not in held:
                    continue
                if found.entry.form != "name":
                    states.add(name)
                if sentence.words[found.last].entity == "ORG":
                    continue  # the president of "Georgia Tech" is not Georgia's
                offices = list(_offices(sentence.words, found.first, found.last))
                if any(self._offices.is_of_a_state(office) for office in offices):
                    states.add(name)
                if any(self._offices.is_regional(office) for office in offices) or self._in_a_row(
                    sentence.words, found.first, found.last
                ):
                    regions.add(name)
        return frozenset(regions - states)

    def _parts(self, text: str) -> Iterator[str]:
        """The parts of a state in which the cities of the text lie."""
        words = _WORDS.findall(text)
        for first in range(len(words)):
            for last in range(first, min(len(words), first + _LONGEST)):
                name = " ".join(words[first : last + 1]).rstrip(".")
                city = self._lexicon.city(name.title() if name.isupper() else name)
                if city is not None and city.part is not None:
                    yield city.part

    def _in_a_row(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether another region, by which no city is called, stands in the same row."""
        for word in words[max(0, first - _IN_A_ROW) : last + 1 + _IN_A_ROW]:
            between = words[word.i + 1 : first] if word.i < first else words[last + 1 : word.i]
            if not between or not all(one.lower in _ROW or one.is_proper_noun for one in between):
                continue
            region = self._lexicon.region(word.text) is not None
            if region and self._lexicon.look_up(word.text) is None and self._lexicon.city(word.text) is None:
                return True
        return False


def _offices(words: Sequence[Word], first: int, last: int) -> Iterator[str]:
    """The words beside a name where its offices may stand: "Georgia's governor", "governor of Georgia"."""
    after = [word.lower for word in words[last + 1 : last + 1 + _AFTER]]
    yield " ".join(_until(after))
    if first and words[first - 1].lower in _OF:
        before = [word.lower for word in words[max(0, first - 1 - _BEFORE) : first - 1]]
        yield " ".join(reversed(_until(before[::-1])))


def _until(words: list[str]) -> list[str]:
    """The words before the first that ends a phrase."""
    return words[: next((n for n, word in enumerate(words) if word in _ENDS), len(words))]
