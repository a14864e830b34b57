"""Who, where, what was agreed, and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from briefing.types.articles import Evidence

Kind = Literal["person", "organisation", "state"]
Basis = Literal["stated", "dateline", "inferred"]
Status = Literal["signed", "agreed", "pledged", "reaffirmed", "proposed", "refused"]
# What both sides are bound by.
DECIDED: tuple[Status, ...] = ("signed", "agreed")
Standing = Literal["fact", "named", "unnamed", "document"]
Prospect = Literal["scheduled", "expected", "conditional", "assessment"]
Slot = Literal["who", "where", "agreed", "outlook"]
Precision = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class Who:
    """An actor of the reported event; `side` is the state or organisation that it speaks for."""

    name: str
    kind: Kind
    evidence: tuple[Evidence, ...]
    rule: str
    role: str | None = None
    side: str | None = None


@dataclass(frozen=True)
class Where:
    """A place of the event itself, and on what basis it is known."""

    evidence: tuple[Evidence, ...]
    rule: str
    place: str | None = None
    country: str | None = None
    basis: Basis = "stated"


@dataclass(frozen=True)
class Agreed:
    """Something agreed, pledged, proposed or refused.  `text` is the statement in the source's words.

    `told` is false where a brief leaves it to its JSON.
    """

    text: str
    status: Status
    evidence: tuple[Evidence, ...]
    rule: str
    parties: tuple[str, ...] = ()
    speaker: str | None = None
    attribution: Standing = "fact"
    told: bool = True


@dataclass(frozen=True)
class When:
    """A time as the source puts it, and the days it covers where the article's date resolves it.

    `date` is the first day, `end` the last one where it covers more than one.
    """

    phrase: str
    date: dt.date | None = None
    end: dt.date | None = None
    precision: Precision | None = None


@dataclass(frozen=True)
class Outlook:
    """What comes next or may come.  `text` is the statement in the source's words, `told` as of Agreed."""

    text: str
    kind: Prospect
    evidence: tuple[Evidence, ...]
    rule: str
    when: When | None = None
    speaker: str | None = None
    attribution: Standing = "fact"
    told: bool = True


@dataclass(frozen=True)
class Slots:
    """The four slots of one article, or of one story; `warnings` say why they may be less than that."""

    who: tuple[Who, ...] = ()
    where: tuple[Where, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    outlook: tuple[Outlook, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def unfilled(self) -> tuple[Slot, ...]:
        """The slots in which nothing was found."""
        named: tuple[Slot, ...] = ("who", "where", "agreed", "outlook")
        return tuple(name for name in named if not getattr(self, name))


@dataclass(frozen=True)
class Note:
    """A rule that was considered for a slot at `evidence`.

    `made` says that it made the value; `why` what decided.  One place may have several notes.
    """

    slot: Slot
    rule: str
    evidence: Evidence
    made: bool
    why: str
