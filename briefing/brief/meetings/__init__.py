"""Who met whom: every meeting that a day's stories say was held or is planned, told once.

    sentence → reports.py → parties.py   who takes part, in what form, when
             → topics.py                 what they talked about
    reports of all articles → rows.py    one row a meeting

A meeting is of two sides or more.  What was refused, called off, asked for or is in doubt is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.brief.meetings.parties import Cast
from briefing.brief.meetings.reports import Report, find_reports, formats_of, narrower
from briefing.brief.meetings.rows import Row, told_once, within_article
from briefing.brief.meetings.topics import topics_after, topics_within
from briefing.brief.rules import meeting_rules
from briefing.reading.zones import body_of
from briefing.types import Article, Evidence, Meeting, Story, Topic, Where

__all__ = ["is_called_off", "meetings", "names_meeting"]

# A meeting held that an article is about stands in its title or opening; further down others are recalled.
_OPENING_SENTENCES = 6


def meetings(stories: Sequence[Story]) -> tuple[Meeting, ...]:
    """The meetings of a day: those held in the order of their stories, then those planned by date.

    A row belongs to the first story that reports it, has the evidence of all, and gives as date, place and
    topics only what a source says of that meeting.
    """
    rows = (row for story in stories for row in _of_story(story))
    return tuple(told_once(rows))


def names_meeting(text: str) -> bool:
    """Whether the text speaks of a meeting, a visit or a call."""
    return bool(formats_of(text))


def is_called_off(text: str) -> bool:
    """Whether the text says that something planned does not take place."""
    return meeting_rules().called_off.search(text) is not None


def _of_story(story: Story) -> Iterator[Row]:
    cast = Cast(story.slots.who)
    for article in story.articles:
        yield from _with_format_of_title(within_article(_of_article(article, story, cast)), article.title)


def _of_article(article: Article, story: Story, cast: Cast) -> Iterator[Row]:
    """The rows of an article, sentence by sentence; what follows one adds topics to it."""
    open_row: Meeting | None = None
    topics: list[Topic] = []
    days = frozenset([article.date] if article.date else [])

    def closed() -> Iterator[Row]:
        if open_row is not None:
            yield Row(_with_topics(open_row, topics), days, article.id)

    for n, passage in enumerate(_sentences(article)):
        found = [
            report
            for report in find_reports(passage, article, cast)
            if n < _OPENING_SENTENCES or report.status == "planned"
        ]
        held = [report for report in found if report.status == "held"]
        for report in found:
            meeting = _meeting(report, passage, story)
            if report.status == "held" and report is held[-1]:
                yield from closed()
                open_row, topics = meeting, []
            else:
                yield Row(meeting, days, article.id)
        if not held and open_row is not None:
            topics += topics_after(passage)
    yield from closed()
    if article.title:
        title = Evidence(0, len(article.title), article.title, field="title", article=article.id)
        for report in find_reports(title, article, cast):
            yield Row(_meeting(report, title, story), days, article.id)


def _with_format_of_title(rows: Iterable[Row], title: str | None) -> list[Row]:
    """The rows of an article; where it reports one meeting held, its title may say in what form."""
    rows = list(rows)
    held = [n for n, row in enumerate(rows) if row.meeting.status == "held"]
    if len(held) == 1 and title:
        row = rows[held[0]]
        form = row.meeting.format
        for named in formats_of(title):
            form = narrower(form, named)
        rows[held[0]] = replace(row, meeting=replace(row.meeting, format=form))
    return rows


def _with_topics(meeting: Meeting, topics: list[Topic]) -> Meeting:
    return replace(meeting, topics=(*meeting.topics, *topics))


def _sentences(article: Article) -> Iterator[Evidence]:
    for start, end in body_of(article):
        yield Evidence(start, end, article.text[start:end], article=article.id)


def _meeting(report: Report, passage: Evidence, story: Story) -> Meeting:
    planned = report.status == "planned"
    return Meeting(
        parties=report.parties,
        format=report.format,
        status=report.status,
        story=story.id,
        evidence=(passage,),
        place=None if report.format == "call" else _place(report, passage, story),
        date=report.date,
        end=report.last,
        topics=tuple(topics_within(passage, report.start, report.end, planned=planned)),
    )


def _place(report: Report, passage: Evidence, story: Story) -> Where | None:
    """The place that the report itself gives: one from elsewhere may be that of another meeting."""
    for where in story.slots.where:
        for one in where.evidence:
            same = one.article == passage.article and one.field == passage.field
            if same and report.start <= one.start - passage.start and one.end - passage.start <= report.end:
                return where
    return None
