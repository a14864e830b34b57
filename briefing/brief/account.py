"""What a brief takes from the reading of one article: kept in its place, which is many times as large."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.brief.meetings import MeetingRow, read_meetings
from briefing.brief.telling import Told, told
from briefing.types import Article, Reading, Slots


@dataclass(frozen=True)
class Account:
    """The news of an article in one line, and the meetings that it tells."""

    news: Told | None = None
    meetings: tuple[MeetingRow, ...] = ()


def account(article: Article, reading: Reading, slots: Slots) -> Account:
    """The account of an article."""
    return Account(told(article, reading, slots), read_meetings(article, reading, slots))
