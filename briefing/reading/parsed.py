"""One article with its parse, its cast and its sources: what the rest of the reading is made from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.reading.cast import Cast
from briefing.reading.dateline import Dateline
from briefing.reading.words import Sentence
from briefing.types import TITLE, Place, Source

# "the us and russia": names written small, as in texts that passed through a lower-casing tool.
_CAPITAL_SHARE = 0.012
_READOUT = re.compile(r"^\s*(?:readout|background press call|joint (?:readout|statement))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Parsed:
    """An article with its sentences, cast and sources.  `title_sentence` has the number TITLE."""

    text: str
    title: str
    published: dt.date | None
    source: str | None
    sentences: tuple[Sentence, ...]
    title_sentence: Sentence | None
    sources: tuple[Source, ...]
    cast: Cast
    lower_case: bool
    dateline: Dateline | None = None
    # The place that is named from a word on, by sentence and word: whoever looks for one asks again.
    places: dict[tuple[int, int], Place | None] = field(default_factory=dict)

    @property
    def is_readout(self) -> bool:
        """Whether the article is an official readout, which tells of one meeting or call."""
        return bool(_READOUT.match(self.title))

    def sentence(self, number: int) -> Sentence:
        """The sentence of this number, the title for TITLE."""
        if number != TITLE:
            return self.sentences[number]
        if self.title_sentence is None:
            raise ValueError("the article has no title")
        return self.title_sentence

    def text_of(self, number: int) -> str:
        """What the offsets in this sentence point into."""
        return self.title if number == TITLE else self.text


def written_small(sentences: Sequence[Sentence]) -> bool:
    """Whether names in the text lack their capitals."""
    inside = [word for one in sentences for word in one.words[1:] if word.text[:1].isalpha()]
    capitals = sum(word.text[:1].isupper() for word in inside)
    return len(inside) > 20 and capitals < _CAPITAL_SHARE * len(inside)
