"""The day's judgement: stories, what changed, who met whom, what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefing.types.articles import Article, Evidence, Failure, Period
from briefing.types.slots import Prospect, Slots, Standing, Status, When, Where, Who
from briefing.types.summary import Summary

Aspect = Literal["number", "date", "place", "participant", "spelling", "denial"]
ChangeStatus = Literal["new", "changed", "unchanged", "dropped"]
# Forms of meetings, as brief/meetings.yaml names them.
_REMOTE = ("call", "virtual meeting")


@dataclass(frozen=True)
class Version:
    """What some of the articles say: `value` in their words, and the sentence of each that says so."""

    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Difference:
    """Where the articles of a story part over one thing, which `subject` names in a source's words.

    As a conflict, the versions speak of the same moment and stand in the order of the articles.  As an update
    they stand oldest first, and the last is what holds now.
    """

    aspect: Aspect
    subject: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Grade:
    """A letter or figure of the Admiralty scheme (NATO AJP-2.1), and why it was given."""

    value: str
    reason: str


@dataclass(frozen=True)
class Join:
    """Why two parts of a story are one: the article that opens each, how likely it is, and what both have.

    `names` are rare names and `words` other words of title and lead, folded, the weightiest first.
    """

    one: str
    other: str
    likeness: float
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """The articles on one event, and what they say.

    `articles` opens with the lead, whose title is the headline; `duplicates` are reprints of them.
    Every evidence below names its article.  `id` stays the same when further articles join, as long as the
    earliest is the same.  `joins` says why the articles are one story, `score` ranks the stories of a day and
    `reasons` explains that.  `subjects` says how like the lead is to each subject, as the model sees it;
    `dropped` is the heading under which a story is left out but for its title, None where it is not.
    `credibility` is there where grading is asked for; `comment` is the officer's own and nobody else's.
    """

    id: str
    headline: str
    region: str
    articles: tuple[Article, ...]
    summary: Summary
    slots: Slots
    duplicates: tuple[Article, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    updates: tuple[Difference, ...] = ()
    joins: tuple[Join, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    subjects: Mapping[str, float] = field(default_factory=dict)
    dropped: str | None = None
    credibility: Grade | None = None
    comment: str | None = None

    @property
    def disputes(self) -> tuple[Difference, ...]:
        """The conflicts over what happened: over how a name is spelled nobody disputes."""
        return tuple(conflict for conflict in self.conflicts if conflict.aspect != "spelling")


@dataclass(frozen=True)
class Line:
    """One line of a brief outside the stories: a statement with its evidence, and its story.

    `topic` names the sides whom it concerns, who does something first.
    """

    text: str
    story: str
    evidence: tuple[Evidence, ...]
    topic: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """A coming event, dated where the source and its date allow it."""

    text: str
    kind: Prospect
    when: When | None
    story: str
    evidence: tuple[Evidence, ...]
    speaker: str | None = None
    attribution: Standing = "fact"


@dataclass(frozen=True)
class Topic:
    """What was, or will be, talked about: the source's words."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Meeting:
    """Who met whom: two sides or more, in one event that was held or is planned.

    `date` and `end` are the first and the last day, None where no source gives them.
    """

    parties: tuple[Who, ...]
    format: str
    status: Literal["held", "planned"]
    story: str
    evidence: tuple[Evidence, ...]
    place: Where | None = None
    date: dt.date | None = None
    end: dt.date | None = None
    topics: tuple[Topic, ...] = ()

    @property
    def remote(self) -> bool:
        """Whether nobody went anywhere: a call or a virtual meeting has no place."""
        return self.format in _REMOTE


@dataclass(frozen=True)
class Revision:
    """A value that is no longer what an earlier brief said; None where one of the two had none.

    `what` names it, such as "agreed" or "place".  The evidence of each stands with it, and may quote an
    article that only the earlier brief had.
    """

    what: str
    old: str | None
    new: str | None
    old_evidence: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Change:
    """What became of a story since the earlier brief.

    `story` is its id in this brief, None where it was dropped; `previous` its id in the earlier one, None
    where it is new.
    """

    status: ChangeStatus
    headline: str
    story: str | None
    previous: str | None
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Changes:
    """A brief beside the one of `since`, an earlier day: each story of either, those of this brief first."""

    since: dt.date
    items: tuple[Change, ...]


@dataclass(frozen=True)
class Step:
    """What a commitment was on the day of one brief, in a source's words."""

    date: dt.date
    status: Status
    text: str
    evidence: tuple[Evidence, ...]
    attribution: Standing = "fact"
    speaker: str | None = None


@dataclass(frozen=True)
class Commitment:
    """A row of the ledger: who committed themselves to what, towards whom, and how that stands.

    `object` is the statement of the latest step, `status` its status; `history` holds every step, oldest
    first, and is never empty.  `due` is the latest date that a source gives for it.
    """

    id: str
    actors: tuple[str, ...]
    counterparts: tuple[str, ...]
    object: str
    status: Status
    history: tuple[Step, ...]
    due: When | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it is in time; None where no source gives one."""
        return (self.due.end or self.due.date) if self.due else None

    def overdue(self, today: dt.date) -> bool:
        """Whether the due date has passed and no step since it was given says what became of it.

        That something was signed or refused is an outcome whenever it is reported; that it was agreed, from
        the due date on.  To reaffirm it is none.
        """
        last = self.last_day
        if self.due is None or last is None or today <= last:
            return False
        given = max((n for n, step in enumerate(self.history) if self.due.phrase in step.text), default=0)
        return not any(
            step.status in ("signed", "refused") or (step.status == "agreed" and step.date >= last)
            for step in self.history[given + 1 :]
        )


@dataclass(frozen=True)
class Brief:
    """The brief of one day.

    `stories` holds every story: the first `told` of them are told in full, then come those that get a line
    each, then those that are left out but for their titles.  `outside` lists the articles that the period
    leaves out, `earlier` those of earlier
    briefs that lines of this one quote.  `changes` is None where there is no earlier brief.  `commitments`
    are the rows of the ledger that the day touched or that are due.  `reliability` grades the sources, by
    name, where grading is asked for.  `marking` ("TLP:AMBER"), `serial` ("12/2022") and `made` are None
    where they are not asked for.
    """

    title: str
    date: dt.date
    period: Period
    stories: tuple[Story, ...]
    told: int
    bottom_line: tuple[Line, ...] = ()
    forward: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    changes: Changes | None = None
    commitments: tuple[Commitment, ...] = ()
    outside: tuple[Article, ...] = ()
    earlier: tuple[Article, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    reliability: Mapping[str, Grade] = field(default_factory=dict)
    marking: str | None = None
    serial: str | None = None
    made: dt.datetime | None = None

    @property
    def leading(self) -> int:
        """How many stories lead the day, before those that stand by region."""
        return leading_of(self.told, len(self.bottom_line))


def leading_of(told: int, lines: int) -> int:
    """The stories of the bottom line lead a day that has more; those of a short day stand by region."""
    return lines if told > lines else 0
