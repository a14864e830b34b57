"""What an article reports, in a form that can be compared with others.

The event stands in the title and the opening.  A slug of the wire ("results") is no title; datelines, bylines
and what else stands around the text are not read.  Weekdays, months, agencies and numbers tell nothing of the
event that others of the day do not share, and are left out; so are names of states and offices among names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.cluster.rules import reprint_rules
from briefing.sentences import split_sentences
from briefing.types import TITLE, Article, Reading, Selector, Span, text_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# The title and the first sentences hold the event; what follows is mostly background, which others share.
_OPENING_SENTENCES = 3
_KEY_SENTENCES = 2
_TITLE_WEIGHT = 2.0
_TITLE_WORDS = 3
# Further down, a long article only tells what others tell as well.
_READ_SENTENCES = 25

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_POSSESSIVE = re.compile(r"'s?$")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s)$")
_SHORTEST = 3


@dataclass(frozen=True)
class Profile:
    """The event of an article.

    `meaning` is a unit vector (width of the encoder,) of title and opening.  `told` are the words of the
    article, `key` how often those of title and lead stand there, `names` those that name persons, bodies,
    towns and things.  `states` are named in title or lead.  Words are folded: lower case, no ending.
    """

    meaning: npt.NDArray[np.float32]
    told: frozenset[str]
    key: Mapping[str, int]
    names: Mapping[str, int]
    states: frozenset[str]
    date: dt.date | None


def profile_of(article: Article, reading: Reading, encoder: Selector) -> Profile:
    """The profile of an article.  One that could not be read has its sentences as they are, and no states."""
    spans = reading.sentences or tuple(split_sentences(article.text))
    title = article.title or ""
    if len(title.split()) < _TITLE_WORDS and spans:
        title = ""
    numbered = [*([(TITLE, (0, len(title)))] if title else []), *enumerate(spans[:_READ_SENTENCES])]
    unsaid = _Unsaid(article, reading)
    told: set[str] = set()
    key: Counter[str] = Counter()
    names: Counter[str] = Counter()
    small: set[str] = set()
    for number, span in numbered:
        for word, start in unsaid.words(number, span):
            folded = fold(word)
            told.add(folded)
            if number < _KEY_SENTENCES:
                key[folded] += 1
            if word[0].islower():
                small.add(folded)
            elif number != TITLE and start > span[0] + 1 and folded not in unsaid.no_names:
                names[folded] += 1
    for word, _ in unsaid.words(TITLE, (0, len(title))):
        if word[0].isupper() and fold(word) in names:
            names[fold(word)] += 1
    return Profile(
        meaning=_meaning(article, title, spans, encoder),
        told=frozenset(told),
        key=key,
        names={name: count for name, count in names.items() if name not in small},
        states=_states(reading),
        date=article.date,
    )


def fold(word: str) -> str:
    """A word in the form in which it is compared."""
    return _ENDING.sub("", _POSSESSIVE.sub("", word.replace("’", "'")).casefold())


def folded_words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [fold(word.group()) for word in _WORD.finditer(text) if len(word.group()) >= _SHORTEST]


class _Unsaid:
    """What of an article's words tells nothing of its event, or names nobody."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self._article = article
        self._agency = reprint_rules().agency
        self._times = {
            TITLE: [(time.start, time.end) for time in reading.title_times],
            0: [(time.start, time.end) for time in reading.times],
        }
        of_states = [
            (one.sentence, (one.start, one.end))
            for entity in reading.entities
            if entity.kind == "state"
            for one in entity.mentions
        ]
        offices = [
            (one.sentence, one.office) for entity in reading.entities for one in entity.mentions if one.office
        ]
        self.no_names = {
            fold(word.group())
            for sentence, (start, end) in (*of_states, *offices)
            for word in _WORD.finditer(text_of(article, sentence)[start:end])
        }

    def words(self, sentence: int, span: Span) -> Iterator[tuple[str, int]]:
        """The words of a sentence that tell something, with where they stand."""
        text = text_of(self._article, sentence)
        times = self._times[min(sentence, 0)]
        skipped = [one for one in times if span[0] <= one[0] < span[1]]
        skipped += [match.span() for match in self._agency.finditer(text, *span)]
        for match in _WORD.finditer(text, *span):
            word, start = match.group(), match.start()
            if len(word) >= _SHORTEST and not any(a <= start < b for a, b in skipped):
                yield word, start


def _states(reading: Reading) -> frozenset[str]:
    return frozenset(
        entity.name
        for entity in reading.entities
        if entity.kind == "state" and any(one.sentence < _KEY_SENTENCES for one in entity.mentions)
    )


def _meaning(
    article: Article, title: str, spans: Sequence[Span], encoder: Selector
) -> npt.NDArray[np.float32]:
    import numpy as np

    texts = [article.text[start:end] for start, end in spans[:_OPENING_SENTENCES]]
    vectors = encoder.encode([title, *texts] if title else texts)
    whole = vectors.sum(axis=0) + ((_TITLE_WEIGHT - 1) * vectors[0] if title else 0)
    unit: npt.NDArray[np.float32] = (whole / np.float32(np.linalg.norm(whole) or 1.0)).astype(np.float32)
    return unit
