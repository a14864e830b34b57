"""Says which day "today" was, in square brackets.

Days of the week stay as they are.  A reader knows which Friday is meant where an article is fresh; and
where it is dated by one clock and written by another, "Friday" may be the day after its date, or six days
before.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from briefing.editing import Edit, overlaps
from briefing.reading import grammar
from briefing.reading.words import Sentence, Word
from briefing.summarise.condense.proposals import Place

_OFFSETS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_TRIGGER = re.compile(rf"\b(?:{'|'.join(_OFFSETS)})\b(?!['’])", re.IGNORECASE)


def mentions_moment(place: Place, day: dt.date | None) -> bool:
    """Whether the sentence holds, outside quotations, a word that a day can stand for."""
    return day is not None and any(
        not overlaps(match.span(), place.quotes)
        for match in _TRIGGER.finditer(place.text, place.start, place.end)
    )


def moments(place: Place, parsed: Sentence, day: dt.date | None) -> list[Edit]:
    """The edits that put days for words that point to them; `day` is that of publication.

    "today" is a day only of what happened: with another tense it may mean these times.
    """
    edits = []
    for word in parsed.words:
        if day is None or word.start < place.start or overlaps((word.start, word.end), place.quotes):
            continue
        if word.lower in _OFFSETS and _is_day(place, parsed, word):
            try:
                meant = day + dt.timedelta(days=_OFFSETS[word.lower])
            except OverflowError:  # a day outside the calendar
                continue
            put = f"[{meant.day} {calendar.month_name[meant.month]} {meant.year}]"
            edits.append(Edit((word.start, word.end), put, rule="day"))
    return edits


def _is_day(place: Place, parsed: Sentence, word: Word) -> bool:
    """Whether the word alone says when something happened, or, for "tomorrow", will happen."""
    if word.text[0].isupper() and word.start != place.start:
        return False  # part of a name
    verb = grammar.modified_verb(parsed, word)
    if verb is None:
        return False
    if word.lower == "tomorrow":
        return any(one.lower == "will" for one in grammar.auxiliaries(parsed, verb))
    return grammar.is_past(parsed, verb)
