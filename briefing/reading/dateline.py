"""The dateline of an article: "MOSCOW -- …", "Washington (CNN)", "SEOUL/TOKYO (Reuters) - …"."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from briefing.reading.lexicon import Lexicon

_IN = 1500  # characters: credits and bylines may come first
_LINE = re.compile(
    r"^\W*(?P<place>[A-Z][\w'’.]+(?:[ -][A-Z][\w'’.]+){0,3})"
    r"(?:/[A-Z][\w'’. ]+?)*"
    r"(?:,\s*(?P<beside>[A-Z][A-Za-z. ]{1,30}?))??"
    r"(?:,\s*[A-Z][\w.,/ ]{1,30}?)?\s*"
    r"(?:\((?P<agency>[^)]{2,40})\)\s*[-–—]*|[-–—]{1,2}\s|:\s)\s*(?=\S)"
)


@dataclass(frozen=True)
class Dateline:
    """The place that the text opens with, as named, at `start`..`end` of the text; `state` is its state."""

    place: str
    state: str
    start: int
    end: int


def find_dateline(text: str, lexicon: Lexicon, near: Set[str]) -> Dateline | None:
    """The first dateline of the text; `near` are the states that it names, for cities of one name."""
    for line in re.finditer(r"^.*$", text[:_IN], re.MULTILINE):
        match = _LINE.match(line.group())
        if match is None or not (match["place"].isupper() or match["agency"]):
            continue
        written = match["place"]
        name = written.title() if written.isupper() else written
        seat = lexicon.rules.events.seats.get(name)
        if seat is not None:  # "UNITED NATIONS (AP)"
            start = line.start() + match.start("place")
            return Dateline(seat.city, seat.state, start, start + len(written))
        beside = lexicon.first_in(match["beside"]) if match["beside"] else None
        city = lexicon.city(name, near | ({beside.side} if beside else set()))
        state = beside.side if beside is not None else city.state if city is not None else None
        if state is not None and state in lexicon.states:
            start = line.start() + match.start("place")
            return Dateline(name, state, start, start + len(written))
    return None
