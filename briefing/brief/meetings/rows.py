"""Reports of meetings → one row a meeting, however many articles report it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefing.brief.meetings.parties import same_party, sides
from briefing.brief.meetings.reports import compatible, narrower
from briefing.brief.merge import fold, same_place
from briefing.types import Meeting, Topic, Where, Who

# A meeting is reported on its last day or on the next.
_AFTERWARDS = dt.timedelta(days=1)


@dataclass(frozen=True)
class MeetingRow:
    """A meeting with the days of publication of those who report it, and the article of the first."""

    meeting: Meeting
    days: frozenset[dt.date]
    article: str


def told_once(rows: Iterable[MeetingRow]) -> list[Meeting]:
    """One meeting for all rows that report it, with the evidence of all.

    Rows report one meeting where parties and status are the same and nothing that both say differs.  What
    was planned and has been held is told as held.
    """
    known: dict[frozenset[str], list[MeetingRow]] = {}
    order: list[tuple[frozenset[str], int]] = []
    for row in rows:
        # Different sides never meet in one row, except within an article, whose title may shorten.
        key = frozenset(sides(row.meeting.parties))
        like = known.setdefault(key, [])
        for n, one in enumerate(like):
            if _same(one, row):
                like[n] = _joined(one, row)
                break
        else:
            order.append((key, len(like)))
            like.append(row)
    told = [known[key][n] for key, n in order]
    held = [row for row in told if row.meeting.status == "held"]
    by_sides: dict[frozenset[str], list[int]] = {}
    for n, row in enumerate(held):
        by_sides.setdefault(frozenset(sides(row.meeting.parties)), []).append(n)
    planned = []
    # Plans are held against the reports as they stand, not with what another plan has added.
    reports = list(held)
    for plan in (row for row in told if row.meeting.status == "planned"):
        of_these = by_sides.get(frozenset(sides(plan.meeting.parties)), ())
        made_good = next((n for n in of_these if _has_come_about(plan, reports[n])), None)
        if made_good is None:
            planned.append(plan)
        else:
            held[made_good] = _borne_out(held[made_good], plan)
    planned.sort(key=lambda row: row.meeting.date or dt.date.max)
    return [row.meeting for row in (*held, *planned)]


def within_article(rows: Iterable[MeetingRow]) -> Iterator[MeetingRow]:
    """The rows of one article, which may say again whom it is about: by their states, or only some of them.

    The parties are those of the report that names most of the people, the earliest of such.
    """
    kept: list[MeetingRow] = []
    for row in rows:
        for n, one in enumerate(kept):
            mine, theirs = one.meeting.parties, row.meeting.parties
            if _nothing_differs(one.meeting, row.meeting) and (
                _spoken_for(mine, theirs) or _spoken_for(theirs, mine)
            ):
                title = row.meeting.evidence[0].field == "title"
                fuller = theirs if not title and _persons(theirs) > _persons(mine) else mine
                joined = _joined(one, row)
                parties = tuple(_fuller(who, (*mine, *theirs)) for who in fuller)
                kept[n] = replace(joined, meeting=replace(joined.meeting, parties=parties))
                break
        else:
            kept.append(row)
    yield from kept


def _spoken_for(some: Iterable[Who], parties: Iterable[Who]) -> bool:
    """Whether all are among the parties, a state or body being there where someone speaks for it."""
    return all(
        any(
            same_party(one, other)
            or (one.side == other.side and "person" in (one.kind, other.kind) and one.kind != other.kind)
            for other in parties
        )
        for one in some
    )


def _persons(parties: Iterable[Who]) -> int:
    return sum(who.kind == "person" for who in parties)


def _same(one: MeetingRow, other: MeetingRow) -> bool:
    mine, theirs = one.meeting.parties, other.meeting.parties
    return (
        _nothing_differs(one.meeting, other.meeting)
        and len(mine) == len(theirs)
        and _among(mine, theirs)
        and _among(theirs, mine)
    )


def _nothing_differs(one: Meeting, other: Meeting) -> bool:
    return (
        one.status == other.status
        and compatible(one.format, other.format)
        and _same_days(one, other)
        and _same_place(one.place, other.place)
    )


def _among(some: Iterable[Who], parties: tuple[Who, ...]) -> bool:
    return all(any(same_party(one, other) for other in parties) for one in some)


def _same_days(one: Meeting, other: Meeting) -> bool:
    if one.date is None or other.date is None:
        return True
    return one.date <= (other.end or other.date) and other.date <= (one.end or one.date)


def _same_place(one: Where | None, other: Where | None) -> bool:
    if one is None or other is None:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    return one.place is None or other.place is None or same_place(one.place, other.place)


def _has_come_about(plan: MeetingRow, held: MeetingRow) -> bool:
    """Whether a plan is the meeting that was held: of the same day, or announced before without a day."""
    mine, theirs = plan.meeting, held.meeting
    if not (
        compatible(mine.format, theirs.format)
        and _same_place(mine.place, theirs.place)
        # A plan may name the state that is visited, and the report whom the visitor saw there.
        and _spoken_for(mine.parties, theirs.parties)
        and (mine.date is not None or _among(theirs.parties, mine.parties))
    ):
        return False
    reported = min(held.days, default=None)
    if mine.date is None:
        # Said in the report of the meeting itself, it is the next one.
        return bool(plan.days) and reported is not None and max(plan.days) < reported
    if theirs.date is not None:
        return _same_days(mine, theirs)
    return reported is not None and mine.date <= reported


def _borne_out(report: MeetingRow, plan: MeetingRow) -> MeetingRow:
    """The report of a meeting, with the day and place of its plan where it was made at the time."""
    held, planned = report.meeting, plan.meeting
    reported = min(report.days, default=None)
    last = planned.end or planned.date
    at_the_time = (
        held.date is None
        and planned.date is not None
        and last is not None
        and reported is not None
        and planned.date <= reported <= last + _AFTERWARDS
    )
    if not at_the_time:
        return report
    return replace(
        report,
        meeting=replace(
            held,
            date=planned.date,
            end=planned.end,
            place=held.place or planned.place,
            evidence=tuple(dict.fromkeys((*held.evidence, *planned.evidence))),
        ),
    )


def _joined(one: MeetingRow, other: MeetingRow) -> MeetingRow:
    mine, theirs = one.meeting, other.meeting
    form = narrower(mine.format, theirs.format)
    more = [who for who in theirs.parties if not any(same_party(who, known) for known in mine.parties)]
    meeting = replace(
        mine,
        parties=(*(_fuller(who, theirs.parties) for who in mine.parties), *more),
        format=form,
        evidence=tuple(dict.fromkeys((*mine.evidence, *theirs.evidence))),
        # On the telephone nobody is where the sentence says.
        place=None if form == "call" else _fuller_place(mine.place, theirs.place),
        date=mine.date or theirs.date,
        end=mine.end if mine.date else theirs.end,
        topics=_topics((*mine.topics, *theirs.topics)),
    )
    return MeetingRow(meeting, one.days | other.days, one.article)


def _fuller(who: Who, others: Iterable[Who]) -> Who:
    same = next((other for other in others if same_party(who, other)), None)
    if same is None or same == who:
        return who
    return replace(
        who,
        name=max(who.name, same.name, key=len),
        role=who.role or same.role,
        side=who.side or same.side,
        evidence=tuple(dict.fromkeys((*who.evidence, *same.evidence))),
    )


def _fuller_place(one: Where | None, other: Where | None) -> Where | None:
    if one is None or other is None:
        return one or other
    return one if one.place else other


def _topics(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Each topic once: one whose words are part of another's adds nothing."""
    told: dict[str, Topic] = {}
    for topic in topics:
        words = fold(topic.text)
        known = told.get(words)
        told[words] = (
            replace(known, evidence=tuple(dict.fromkeys((*known.evidence, *topic.evidence))))
            if known
            else topic
        )
    return tuple(
        topic
        for words, topic in told.items()
        if not any(words != other and f" {words} " in f" {other} " for other in told)
    )
