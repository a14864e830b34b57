"""What a brief takes from the reading of one article: kept in its place, which is many times as large."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.brief.meetings import MeetingRow, read_meetings
from briefing.brief.telling import Told, told
from briefing.brief.value import facts_of
from briefing.reading.standing import needs_of
from briefing.types import Article, Reading, Slots


@dataclass(frozen=True)
class Account:
    """The news of an article in one line, the meetings that it tells, and what makes its news value.

    `alone` are the places at which sentences start that need nothing before them, `rows` those of sentences
    that a table may hold beside the title of their story: they need no sentence right before them.
    """

    news: Told | None = None
    meetings: tuple[MeetingRow, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)
    alone: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()


def account(article: Article, reading: Reading, slots: Slots) -> Account:
    """The account of an article."""
    needs = needs_of(article, reading)
    starting = [(start, one) for (start, _), one in zip(reading.sentences, needs, strict=True)]
    return Account(
        told(article, reading, slots, needs),
        read_meetings(article, reading, slots),
        facts_of(article, reading, slots),
        frozenset(start for start, one in starting if one.nothing),
        frozenset(start for start, one in starting if one.never is None and one.last is None),
    )
