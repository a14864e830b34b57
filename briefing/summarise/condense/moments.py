"""Says which day "today" was and where "here" is, in square brackets.

Days of the week stay as they are.  A reader knows which Friday is meant where an article is fresh; and
where it is dated by one clock and written by another, "Friday" may be the day after its date, or six days
before.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from briefing.reading import grammar
from briefing.reading.parse import Sentence, Word
from briefing.summarise.condense.cuts import Edit
from briefing.summarise.condense.guard import overlaps
from briefing.summarise.condense.proposals import Place

_OFFSETS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_TRIGGER = re.compile(rf"\b(?:{'|'.join((*_OFFSETS, 'here'))})\b(?!['’])", re.IGNORECASE)


def mentions_moment(place: Place, day: dt.date | None) -> bool:
    """Whether the sentence holds, outside quotations, a word that a day or a place can stand for."""
    return any(
        (day is not None or match[0].lower() == "here") and not overlaps(match.span(), place.quotes)
        for match in _TRIGGER.finditer(place.text, place.start, place.end)
    )


def moments(
    place: Place,
    parsed: Sentence,
    day: dt.date | None,
    dateline: tuple[int, int] | None,
    known: frozenset[str],
) -> list[Edit]:
    """The edits that put days and the place of the dateline for words that point to them.

    `day` is that of publication, `dateline` where the place stands, `known` the words of the article.
    "today" is a day only of what happened: with another tense it may mean these times.
    """
    edits = []
    for word in parsed.words:
        if word.start < place.start or overlaps((word.start, word.end), place.quotes):
            continue
        if word.lower == "here" and dateline is not None:
            edits += _here(place, parsed, word, dateline, known)
        elif day is not None and word.lower in _OFFSETS and _is_day(place, parsed, word):
            try:
                meant = day + dt.timedelta(days=_OFFSETS[word.lower])
            except OverflowError:  # a day outside the calendar
                continue
            put = f"[{meant.day} {calendar.month_name[meant.month]} {meant.year}]"
            edits.append(Edit(word.start, word.end, put, "day"))
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


def _here(
    place: Place, parsed: Sentence, word: Word, dateline: tuple[int, int], known: frozenset[str]
) -> list[Edit]:
    """The place of the dateline: "met here" becomes "met [in Islamabad]"."""
    verb = grammar.modified_verb(parsed, word)
    if verb is None or not grammar.has_past_form(verb) or "in" not in known:
        return []
    if grammar.subject_of_its_own(parsed, verb) is None or {"in", "at"} & grammar.complements(parsed, verb):
        return []  # "here in the capital": said already
    name = place.text[dateline[0] : dateline[1]]
    name = name.title() if name.isupper() else name
    return [Edit(word.start, word.end, f"[in {name}]", "here", dateline)]
