"""What the templates see of a brief: stories under their headings, no line twice."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.types import Agreed, Brief, Evidence, Meeting, Outlook, Slot, Slots, Story, Summary

# The heading of the stories that lead the day.
_LEADING = "Lead stories"


@dataclass(frozen=True)
class Statement:
    """What one passage says was agreed, or is to come, or both: told once, under all its labels."""

    text: str
    evidence: tuple[Evidence, ...]
    agreed: tuple[Agreed, ...] = ()
    outlook: tuple[Outlook, ...] = ()

    @property
    def speaker(self) -> str | None:
        """Who says so, by name."""
        return next((value.speaker for value in self._values if value.speaker), None)

    @property
    def attribution(self) -> str:
        """Whose word it is: "fact", "named", "unnamed" or "document"."""
        return next((value.attribution for value in self._values), "fact")

    @property
    def told(self) -> bool:
        """Whether the brief tells it."""
        return any(value.told for value in self._values)

    @property
    def _values(self) -> list[Agreed | Outlook]:
        return [*self.agreed, *self.outlook]


@dataclass(frozen=True)
class SummaryLine:
    """A sentence of a summary, and what it states, so that no list repeats it."""

    text: str
    evidence: tuple[Evidence, ...]
    generated: bool
    statement: Statement | None


@dataclass(frozen=True)
class Telling:
    """A story, or an article, as it is told: the summary, then what that does not say already.

    `statements` are in the order of the slots; what a brief leaves out is in its JSON alone.  `missing` are
    the slots in which nothing was found and a reader would look for something.
    """

    lines: tuple[SummaryLine, ...]
    statements: tuple[Statement, ...]
    missing: tuple[Slot, ...] = ()


def tell(summary: Summary, slots: Slots) -> Telling:
    """Prepares a summary and the slots that are told for a template."""
    passages: dict[tuple[str | None, str, int, int], Statement] = {}
    values: list[Agreed | Outlook] = [*slots.agreed, *slots.outlook]
    for value in values:
        first = value.evidence[0]
        key = (first.article, first.field, first.start, first.end)
        known = passages.get(key, Statement(value.text, value.evidence))
        passages[key] = (
            replace(known, agreed=(*known.agreed, value))
            if isinstance(value, Agreed)
            else replace(known, outlook=(*known.outlook, value))
        )
    lines = []
    for sentence in summary.sentences:
        within = [key for key, one in passages.items() if _within(one.evidence[0], sentence.evidence)]
        # A sentence may hold several passages; it has one label for all of them.
        held = [passages.pop(key) for key in within]
        statement = (
            Statement(
                sentence.text,
                sentence.evidence,
                tuple(agreed for one in held for agreed in one.agreed),
                tuple(outlook for one in held for outlook in one.outlook),
            )
            if held
            else None
        )
        lines.append(SummaryLine(sentence.text, sentence.evidence, sentence.generated, statement))
    told = [one for one in passages.values() if one.told]
    return Telling(tuple(lines), tuple(told))


def by_region(brief: Brief) -> list[tuple[str, list[tuple[Story, Telling]]]]:
    """The stories told in full under their headings: those that lead the day, then region by region."""
    meetings: dict[str, list[Meeting]] = {}
    for meeting in brief.meetings:
        meetings.setdefault(meeting.story, []).append(meeting)
    headed = [
        (_LEADING if n < brief.leading else story.region, (story, _told(story, meetings.get(story.id, ()))))
        for n, story in enumerate(brief.stories[: brief.told])
    ]
    groups = itertools.groupby(headed, key=operator.itemgetter(0))
    return [(heading, [one for _, one in group]) for heading, group in groups]


def _told(story: Story, meetings: Sequence[Meeting]) -> Telling:
    """A story, and what is not stated of its meetings: what came of them and, but for calls, where."""
    asked = {"agreed"} if any(one.remote for one in meetings) else {"agreed", "where"}
    missing = tuple(name for name in story.slots.unfilled if meetings and name in asked)
    return replace(tell(story.summary, story.slots), missing=missing)


def _within(statement: Evidence, sentences: Sequence[Evidence]) -> bool:
    return any(
        one.article == statement.article
        and one.field == statement.field
        and one.start <= statement.start
        and statement.end <= one.end
        for one in sentences
    )


def left_out(brief: Brief) -> list[tuple[str, list[Story]]]:
    """The stories that are left out but for their titles, under their headings, by the first of each."""
    found: dict[str, list[Story]] = {}
    for story in brief.stories[brief.told :]:
        if story.dropped is not None:
            found.setdefault(story.dropped, []).append(story)
    return [*found.items()]
