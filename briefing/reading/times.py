"""The times that an article names, each with the side of the article on which it lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.dates import Time as Found
from briefing.dates import find_times
from briefing.reading import grammar
from briefing.reading.parse import Sentence
from briefing.reading.parsed import Parsed
from briefing.types import Time

# Days by which a text can be ahead of the date that its publisher gives it.
_ZONES = 1


def times_of(parsed: Parsed, sentences: Iterable[Sentence]) -> tuple[Time, ...]:
    """The times of these sentences of the article, in order."""
    return tuple(
        Time(one.start, one.end, one.when, one.future)
        for sentence in sentences
        for one in _times(parsed.text_of(sentence.number), sentence, parsed.published)
    )


def _times(text: str, sentence: Sentence, published: dt.date | None) -> Iterator[Found]:
    found = find_times(
        text,
        sentence.start,
        sentence.end,
        published,
        # "available today" is no step to come; "meets on Friday" is.
        forward=lambda offset, kind: grammar.looks_forward(sentence, offset, present=kind != "today"),
    )
    return (replace(one, future=False) if _has_been(sentence, one, published) else one for one in found)


def _has_been(sentence: Sentence, time: Found, published: dt.date | None) -> bool:
    """Whether the verb that the time hangs on tells what was, whatever the date of publication says.

    "On Saturday, December 9, she met", dated the 8th, was written elsewhere on the earth.
    """
    day = time.when.date
    if day is None or published is None or not 0 < (day - published).days <= _ZONES:
        return False
    word = next((one for one in sentence.words if one.end > time.start), sentence.words[-1])
    above = next((one for one in sentence.ancestors(word) if one.pos in {"VERB", "AUX"}), word)
    helpers = {one.lower for one in grammar.auxiliaries(sentence, above)}
    return above.tag == "VBD" and not helpers & {"would", "could", "was", "were"}
