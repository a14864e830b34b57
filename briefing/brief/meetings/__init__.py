"""Who met whom: every meeting that a day's stories say was held or is planned, told once.

    claims of an article → reports.py   what form, whether held or planned, when
                         → parties.py   who takes part
                         → places.py    where they met
                         → topics.py    what they talked about
    reports of all articles → rows.py   one row a meeting

A meeting is of two sides or more.  What was refused, called off, asked for or is in doubt is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.brief.meetings.places import place_of
from briefing.brief.meetings.reports import Report, ReportReader, formats_of, narrower
from briefing.brief.meetings.rows import MeetingRow, told_once, within_article
from briefing.brief.meetings.topics import topics_after, topics_within
from briefing.brief.merge import merge, same_actor
from briefing.types import TITLE, Article, Evidence, Meeting, Reading, Slots, Story, Topic, Where, text_of

__all__ = ["MeetingRow", "meetings", "read_meetings"]

# A meeting held that an article is about stands in its title or opening; further down others are recalled.
_OPENING_SENTENCES = 6


def meetings(stories: Sequence[Story], told: Mapping[str, Sequence[MeetingRow]]) -> tuple[Meeting, ...]:
    """The meetings of a day: those held in the order of their stories, then those planned by date.

    `told` has what the articles of each story tell, by its id.  A row belongs to the first story that reports
    it, has the evidence of all, and gives as date, place and topics only what a source says of that meeting.
    """
    rows = (_in_story(row, story) for story in stories for row in told.get(story.id, ()))
    return tuple(told_once(rows))


def _in_story(row: MeetingRow, story: Story) -> MeetingRow:
    """The row with its parties as the story names them."""
    parties = tuple(
        next((known for known in story.slots.who if same_actor(known, who)), who)
        for who in row.meeting.parties
    )
    return replace(row, meeting=replace(row.meeting, story=story.id, parties=parties))


def read_meetings(article: Article, reading: Reading, slots: Slots) -> tuple[MeetingRow, ...]:
    """The meetings that one article tells, as its claims have them; the parties are actors of its slots."""
    own = merge([article], [slots])
    rows = within_article(_of_article(article, reading, own))
    return tuple(_with_format_of_title(rows, reading))


def _of_article(article: Article, reading: Reading, slots: Slots) -> Iterator[MeetingRow]:
    """The rows of an article, sentence by sentence; what follows one adds topics to it."""
    reader = ReportReader(article, reading, slots.who)
    open_row: Meeting | None = None
    topics: list[Topic] = []
    days = frozenset([article.date] if article.date else [])

    def closed() -> Iterator[MeetingRow]:
        if open_row is not None:
            yield MeetingRow(replace(open_row, topics=(*open_row.topics, *topics)), days, article.id)

    for n, (start, end) in enumerate(reading.sentences):
        passage = Evidence(start, end, article.text[start:end], article=article.id)
        found = [one for one in reader.read(n) if n < _OPENING_SENTENCES or one.status == "planned"]
        held = [report for report in found if report.status == "held"]
        for report in found:
            meeting = _meeting(report, passage, place_of(article, reader, report, n, slots.where))
            if report.status == "held" and report is held[-1]:
                yield from closed()
                open_row, topics = meeting, []
            else:
                yield MeetingRow(meeting, days, article.id)
        if not held and open_row is not None:
            topics += topics_after(passage)
    yield from closed()
    title = text_of(article, TITLE)
    passage = Evidence(0, len(title), title, field="title", article=article.id)
    for report in reader.read(TITLE):
        yield MeetingRow(
            _meeting(report, passage, place_of(article, reader, report, TITLE, slots.where)), days, article.id
        )


def _with_format_of_title(rows: Iterable[MeetingRow], reading: Reading) -> list[MeetingRow]:
    """The rows of an article; where it reports one meeting held, its title may say in what form."""
    rows = list(rows)
    held = [n for n, row in enumerate(rows) if row.meeting.status == "held"]
    if len(held) == 1:
        row = rows[held[0]]
        form = row.meeting.format
        for named in formats_of(reading.claims_in(TITLE)):
            form = narrower(form, named)
        place = None if form == "call" else row.meeting.place
        rows[held[0]] = replace(row, meeting=replace(row.meeting, format=form, place=place))
    return rows


def _meeting(report: Report, passage: Evidence, place: Where | None) -> Meeting:
    start, end = report.start - passage.start, report.end - passage.start
    return Meeting(
        parties=report.parties,
        format=report.format,
        status=report.status,
        story="",
        evidence=(passage,),
        place=None if report.format == "call" else place,
        date=report.date,
        end=report.last,
        topics=tuple(topics_within(passage, start, end, planned=report.status == "planned")),
    )
