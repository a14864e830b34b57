"""The partners of the reported event: whom "they" stand for, and whom a readout names only as a group."""

from __future__ import annotations

import re

from briefing.reading.article import Reading
from briefing.reading.cast import TITLE
from briefing.reading.offices import OfficeReader
from briefing.types import Evidence, Who

# "Readout from Spokesperson X of Y's meeting": X met nobody.
_SPEAKS_FOR = re.compile(r"(?i)\bspokes(?:person|man|woman)\b")
_WITH_GROUP = re.compile(
    r"\b(?:with|and)\s+(?:the\s+)?(?P<group>[^,:;]+?)(?=\s+(?:on|to|about|regarding|for|in|at|ahead|following|and|after)\b|[,:;]|$)",
    re.IGNORECASE,
)
_GROUP_NOUN = re.compile(
    r"\b(?:leaders|leadership|legislators|officials|members|advocates|executives|ceos|mayors|governors|representatives|families|students|workers|"
    r"experts|senators|democrats|republicans|providers|organizations|groups|presidents|ministers|advisors|allies|partners|survivors|veterans|"
    r"stakeholders|counterparts|council|coalition|caucus|congress|companies|unions|educators|community|communities|generals|attorneys)\b",
    re.IGNORECASE,
)


def partner_group(reading: Reading, offices: OfficeReader) -> Who | None:
    """A readout's partner without a name: "Meeting with Disability Rights Leaders"."""
    if not reading.is_readout or reading.title_sentence is None:
        return None
    match = _WITH_GROUP.search(reading.title)
    if match is None:
        return None
    start, end = match.span("group")
    phrase = reading.title[start:end].strip(" ,")
    end = start + len(phrase)
    if not phrase or not _GROUP_NOUN.search(phrase) or len(phrase.split()) > 7:
        return None
    if any(
        m.sentence == TITLE and m.form == "person" and start <= m.start < end
        for a in reading.cast.actors
        for m in a.mentions
    ):
        return None
    at = re.search(re.escape(phrase), reading.text, re.IGNORECASE)
    if at is not None:
        evidence = reading.evidence(at.start(), at.end())
    else:
        evidence = Evidence(start, end, reading.title[start:end], "title")
    side = offices.side(phrase) or offices.parliament(phrase)
    return Who(evidence.quote, "organisation", (evidence,), "partner-group", side=side)


def is_one_of(one: Who, group: Who, offices: OfficeReader) -> bool:
    """Whether the text names a person for the title's "Foreign Ministers of X and Y"."""
    office = offices.portfolio_of_several(group.name)
    in_title = any(evidence.field == "title" for evidence in one.evidence)
    return office is not None and not in_title and offices.portfolio(one.role or "") == office


def principal_names(reading: Reading, who: list[Who]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom "they" and "the two sides" stand for: the partners of the event, and their sides.

    Those whom the title names; where it does not name two, those of the first sentence; else the first two.
    """
    persons = [
        one for one in who if one.kind == "person" and one.side and not _SPEAKS_FOR.search(one.role or "")
    ]
    met = next(
        (found for number in (TITLE, 0) if len(found := _named_in(reading, persons, number)) > 1), persons[:2]
    )
    sides = tuple(dict.fromkeys(one.side for one in met if one.side))
    if len(sides) < 2:
        sides = tuple(dict.fromkeys(one.side for one in who if one.side))[:2]
    if not persons:
        return tuple(one.name for one in who[:2]), sides
    # Those of one side have met somebody whom the text does not name.
    return tuple(one.name for one in met) if len({one.side for one in met}) > 1 else (), sides


def _named_in(reading: Reading, persons: list[Who], number: int) -> list[Who]:
    """Those of the persons whom this sentence, or the title, names."""
    actors = ((one, reading.cast.find(one.name)) for one in persons)
    return [one for one, actor in actors if actor and any(m.sentence == number for m in actor.mentions)]
