"""The forward look as a calendar that any calendar program reads (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable

from icalendar import Calendar, vUri
from icalendar import Event as Entry

from briefing import __version__
from briefing.types import Article, Brief, Event, Evidence, Story

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "briefing")
# RFC 5545 3.3.11: a text has no control characters; a line break is escaped by the library.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def render_calendar(brief: Brief) -> str:
    """An all-day entry for each dated event of the forward look; lines end in CRLF.

    What a source dates to a week, a month or a year spans it, and the summary says so.  An entry depends on
    nothing but the event and its sources, so that it keeps its UID in the calendar of the next day.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//briefing//briefing {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = f"{brief.title}, {_day(brief.date)}"
    calendar.add("x-wr-calname", _clean(f"{name} {brief.marking}" if brief.marking else name))
    stories = {story.id: story for story in brief.stories}
    articles = [
        *(one for story in brief.stories for one in (*story.articles, *story.duplicates)),
        *brief.earlier,
    ]
    for event in brief.forward:
        if event.when is not None and event.when.date is not None:
            entry = _entry(event, event.when.date, stories.get(event.story), articles, brief)
            calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


def _entry(
    event: Event, first: dt.date, story: Story | None, articles: Iterable[Article], brief: Brief
) -> Entry:
    when = event.when
    last = (when.end if when else None) or first
    spans = when is not None and when.precision not in (None, "day")
    quoted = [(evidence, _article(evidence, articles)) for evidence in event.evidence]
    entry = Entry()
    entry.add("uid", str(uuid.uuid5(_NAMESPACE, "\n".join((_clean(event.text), str(first), str(last))))))
    # Of the brief, not of the run: the same brief is the same file.
    entry.add("dtstamp", dt.datetime.combine(brief.date, dt.time(), dt.UTC))
    entry.add("dtstart", first)
    if last < dt.date.max:  # else without: an entry of one day (RFC 5545, 3.6.1)
        entry.add("dtend", last + dt.timedelta(1))  # exclusive
    some_day = f" [some time from {_day(first)} to {_day(last)}]" if spans else ""
    entry.add("summary", _clean(event.text) + some_day)
    entry.add("description", _description(event, quoted, story, brief.marking))
    url = next((one.url for _, one in quoted if one and re.match(r"https?://[^\s]+$", one.url or "")), None)
    if url is not None:
        entry.add("url", vUri(_clean(url)))
    entry.add("categories", [event.kind])
    entry.add("status", "CONFIRMED" if event.kind == "scheduled" else "TENTATIVE")
    # It is something to know of, not an appointment of whoever reads it.
    entry.add("transp", "TRANSPARENT")
    return entry


def _description(
    event: Event, quoted: Iterable[tuple[Evidence, Article | None]], story: Story | None, marking: str | None
) -> str:
    lines = [marking] if marking else []
    if event.speaker:
        lines.append(f"According to {event.speaker}")
    elif event.attribution == "unnamed":
        lines.append("Speaker not named")
    for evidence, article in quoted:
        outlet = (article.source or article.origin) if article else evidence.article
        day = f", {_day(article.date)}" if article and article.date else ""
        lines.append(f"“{evidence.quote}” ({outlet}{day})")
    if story is not None:
        lines.append(f"Story: {story.headline}")
    return "\n".join(_clean(" ".join(line.split())) for line in lines)


def _article(evidence: Evidence, articles: Iterable[Article]) -> Article | None:
    """The article that is quoted; two may share an id, and the quotation tells them apart."""
    return next(
        (
            one
            for one in articles
            if one.id == evidence.article
            and (one.title or "" if evidence.field == "title" else one.text)[evidence.start : evidence.end]
            == evidence.quote
        ),
        None,
    )


def _clean(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
