"""The partners of a readout's event whom it names only as a group."""

from __future__ import annotations

import re

from briefing.reading.offices import OfficeReader
from briefing.reading.parsed import Parsed
from briefing.types import TITLE, Group

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


def partner_group(parsed: Parsed, offices: OfficeReader) -> Group | None:
    """A readout's partner without a name: "Meeting with Disability Rights Leaders"."""
    if not parsed.is_readout or parsed.title_sentence is None:
        return None
    match = _WITH_GROUP.search(parsed.title)
    if match is None:
        return None
    start, end = match.span("group")
    phrase = parsed.title[start:end].strip(" ,")
    end = start + len(phrase)
    if not phrase or not _GROUP_NOUN.search(phrase) or len(phrase.split()) > 7:
        return None
    if any(
        m.sentence == TITLE and m.form == "person" and start <= m.start < end
        for a in parsed.cast.actors
        for m in a.mentions
    ):
        return None
    at = re.search(re.escape(phrase), parsed.text, re.IGNORECASE)
    first, last = at.span() if at is not None else (start, end)
    name = (parsed.text if at is not None else parsed.title)[first:last]
    side = offices.side(phrase) or offices.parliament(phrase)
    # "Foreign Ministers of X and Y": the persons whom the text names for them.
    office = offices.portfolio_of_several(name)
    members = tuple(
        one.name
        for one in parsed.cast.persons()
        if office is not None
        and offices.portfolio(one.role or "") == office
        and not any(mention.sentence == TITLE for mention in one.mentions)
    )
    return Group(name, first, last, at is None, side, members)
