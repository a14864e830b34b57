"""What was talked about, or will be: the source's words after "discussed", "talks on" and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.brief.rules import meeting_rules
from briefing.types import Evidence, Topic

_LEADING = re.compile(r"[\s,]*(?:and\s+|as well as\s+)?")
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))
# A part that begins so is no phrase of its own.
_DEPENDENT = re.compile(
    r"(?:in|on|at|for|to|of|by|with|from|as|that|which|who|where|during|throughout|\d)\b", re.IGNORECASE
)
_SHORTEST = 3  # characters of a topic


def topics_within(passage: Evidence, start: int, end: int, *, planned: bool) -> list[Topic]:
    """The topics that a sentence gives for the meeting that its part `start`..`end` reports."""
    rules = meeting_rules().topics
    text = passage.quote
    match = rules.beside.match(text, end + text[end:].startswith(" ")) or rules.own.search(text, start)
    if match is None:
        return []
    # "They met and will discuss": a plan is no topic of what was held.
    if not planned and re.search(r"\b(?:will|would)\b", match.group(), re.IGNORECASE):
        return []
    return list(_topics(passage, match.end()))


def topics_after(passage: Evidence) -> list[Topic]:
    """The topics of a sentence that goes on about a meeting held: "They also discussed trade"."""
    match = meeting_rules().topics.later.match(passage.quote)
    return list(_topics(passage, match.end())) if match else []


def _topics(passage: Evidence, start: int) -> Iterator[Topic]:
    text = passage.quote
    ends = meeting_rules().topics.end.search(text, start)
    end = ends.start() if ends else len(text)
    for first, last in _cut(text, start, end):
        while first < last and text[first].isspace():
            first += 1
        while first < last and text[last - 1] in " \n\t.,;:":
            last -= 1
        if last - first >= _SHORTEST and not _DEPENDENT.match(text[first:last]):
            quote = text[first:last]
            where = Evidence(
                passage.start + first, passage.start + last, quote, passage.field, passage.article
            )
            yield Topic(" ".join(quote.split()), (where,))


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of an enumeration, where its marks leave no doubt; else the whole."""
    phrase = text[start:end]
    if ";" in phrase:
        marks = r";"
    elif re.search(r",\s+(?:and|as well as)\s", phrase) and not meeting_rules().topics.whole.search(phrase):
        marks = r","
    else:
        return [(start, end)]
    parts = []
    begin = start
    for match in [*re.finditer(marks, phrase), None]:
        last = start + match.start() if match else end
        lead = _LEADING.match(text, begin, last)
        parts.append((lead.end() if lead else begin, last))
        begin = start + match.end() if match else end
    apart = meeting_rules().topics.apart
    safe = all(_whole(text[first:last]) for first, last in parts) and all(
        apart.match(text, first) for first, _ in parts[1:]
    )
    return parts if safe else [(start, end)]


def _whole(part: str) -> bool:
    """Whether a part can stand alone: its brackets and quotation marks close, and it names something."""
    closed = all(part.count(opening) == part.count(closing) for opening, closing in _PAIRS)
    return (
        closed
        and part.count('"') % 2 == 0
        and len(part.strip()) >= _SHORTEST
        and not _DEPENDENT.match(part.strip())
    )
