"""Passages that say that two sides met, or will."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from briefing.brief.meetings.parties import Cast, sides
from briefing.brief.rules import meeting_rules
from briefing.dates import Time, find_times
from briefing.types import Article, Evidence, Who

# What lies further back is background to the news, not news.
_RECENT = dt.timedelta(days=7)
# "Following the attack on Monday, the two met": the day is not that of the meeting.
_FRONTED = re.compile(
    r"\s*(?:following|after|as part|ahead of|before|despite|amid|in response)\b[^,]*,\s", re.IGNORECASE
)
# "Sullivan travelled to Jeddah on 27 July to meet": the visit has begun.
_HAS_LEFT = re.compile(r"\b(?:travell?ed|flew|visited|arrived)\b", re.IGNORECASE)
# "Welcomed the visit by", "the talks between": those who meet follow.
_NAMES_THEM = re.compile(
    r"(?:visits?|trips?|talks|meetings?|calls?|summits?|consultations?|negotiations?)\s+(?:between|by)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:meets?|hosts?|visits?|holds?|receives?|welcomes?|travels?|flies)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Report:
    """A meeting as one passage reports it; `start`..`end` is the part of it that does so."""

    parties: tuple[Who, ...]
    format: str
    status: Literal["held", "planned"]
    start: int
    end: int
    date: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class _Clause:
    start: int
    trigger: re.Match[str]
    formats: tuple[str, ...]
    end: int


def find_reports(passage: Evidence, article: Article, cast: Cast) -> Iterator[Report]:
    """The meetings that a sentence, or a title, reports; `passage` quotes it."""
    text = passage.quote
    if meeting_rules().called_off.search(text):
        return
    for clause in _clauses(text, cast, titled=passage.field == "title"):
        report = _report(text, clause, passage, article, cast)
        if report is not None:
            yield report


def formats_of(text: str) -> tuple[str, ...]:
    """The forms of meeting that a text names, in its order."""
    found = [
        (match.start(), name)
        for name, form in meeting_rules().formats.items()
        for match in form.words.finditer(text)
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def compatible(one: str, other: str) -> bool:
    """Whether two reports of one meeting may call it so."""
    formats = meeting_rules().formats
    return one == other or one in formats[other].general or other in formats[one].general


def narrower(one: str, other: str) -> str:
    """Of two forms the one that says more, else the first."""
    return other if one in meeting_rules().formats[other].general else one


def _triggers(text: str, *, titled: bool) -> list[re.Match[str]]:
    """The words for a meeting; in a sentence those with a capital are part of a name: "the NATO Summit"."""
    rules = meeting_rules()
    barred = [match.span() for match in rules.no_trigger.finditer(text)]
    found = [
        match
        for form in rules.formats.values()
        for match in form.words.finditer(text)
        if not any(start <= match.start() < end for start, end in barred)
        and (titled or match.start() == 0 or match[0][0].islower())
    ]
    return sorted(found, key=lambda match: match.start())


def _clauses(text: str, cast: Cast, *, titled: bool) -> Iterator[_Clause]:
    """Each trigger with what belongs to it; one that nobody stands between adds to the one before it."""
    rules = meeting_rules()
    triggers = _triggers(text, titled=titled)
    before, subject = 0, 0
    n = 0
    while n < len(triggers):
        trigger = triggers[n]
        until = rules.until.search(text, trigger.end())
        end = until.start() if until else len(text)
        members = [trigger]
        following = n + 1
        while following < len(triggers) and triggers[following].start() < end:
            other = triggers[following]
            if not cast.persons(text, members[-1].end(), other.start()):
                members.append(other)
            elif rules.coordinated.search(text[: other.start()]):
                end = other.start()
                break
            following += 1
        start = max(before, _clause_start(text, trigger.start()))
        if _NAMES_THEM.match(text, trigger.start()):
            start = trigger.start()
        if n and rules.coordinated.search(text[before : trigger.start()]):
            start = min(start, subject)
        yield _Clause(start, trigger, tuple(dict.fromkeys(f for m in members for f in formats_of(m[0]))), end)
        subject, before = start, end
        n = following


def _clause_start(text: str, trigger: int) -> int:
    """Where the part of the sentence begins that may name who acts."""
    rules = meeting_rules()
    if rules.adjunct.search(text[:trigger]):
        return 0
    breaks = [match.end() for match in rules.breaks.finditer(text[:trigger])]
    start = max(breaks, default=0)
    # "Blinken said he would meet": he is the one who says so.
    return 0 if re.match(r"\s*(?:that\s+)?s?he\b", text[start:trigger], re.IGNORECASE) else start


def _report(text: str, clause: _Clause, passage: Evidence, article: Article, cast: Cast) -> Report | None:
    rules = meeting_rules()
    said = text[clause.start : clause.end]
    if rules.not_held.search(said):
        return None
    parties = _parties(text, clause, cast)
    if len(sides(parties)) < 2:
        return None
    opening = text[clause.start : clause.trigger.end()]
    planned = rules.planned.search(said) is not None
    times = _times(clause, passage, article, forward=planned or bool(_PRESENT.search(opening)))
    if not planned and times and times[0].future and _PRESENT.search(opening):
        planned = True
    if not _timely(times, article, planned=planned):
        return None
    day = times[0].when if times and times[0].when.precision == "day" else None
    if planned and day and _HAS_LEFT.search(said) and day.date and article.date and day.date <= article.date:
        planned = False
    return Report(
        tuple(parties),
        _format(said, clause),
        "planned" if planned else "held",
        clause.start,
        clause.end,
        day.date if day else None,
        day.end if day else None,
    )


def _parties(text: str, clause: _Clause, cast: Cast) -> list[Who]:
    """The people, then the states and bodies that none of them speaks for."""
    people = cast.persons(text, clause.start, clause.end)
    bodies = cast.bodies(text, clause.start, clause.end, clause.trigger.start())
    if meeting_rules().transitive.fullmatch(clause.trigger.group()) and not any(
        one.start >= clause.trigger.end() for one in (*people, *bodies)
    ):
        return []
    if meeting_rules().adjunct.search(text[: clause.trigger.start()]):
        # "Lavrov said of Kyiv’s plans after talks with Fidan": the first who is named met the last.
        earlier = [one for one in people if one.end <= clause.trigger.start()]
        people = [*earlier[:1], *(one for one in people if one.start >= clause.trigger.end())]
    persons = _distinct([one.who for one in people])
    taken = {who.side for who in persons}
    for one in bodies:
        if one.who.side not in taken:
            persons.append(one.who)
            taken.add(one.who.side)
    return persons


def _distinct(persons: list[Who]) -> list[Who]:
    """Without one of no side who bears the name of another: it is the same, misread."""
    lasts = {who.name.split()[-1] for who in persons if who.side}
    return [who for who in persons if who.side or who.name.split()[-1] not in lasts]


def _format(said: str, clause: _Clause) -> str:
    rules = meeting_rules()
    by_means = next((name for name, words in rules.means.items() if words.search(said)), None)
    form = clause.formats[0]
    for other in clause.formats[1:]:
        form = narrower(form, other)
    return narrower(form, by_means) if by_means else form


def _times(clause: _Clause, passage: Evidence, article: Article, *, forward: bool) -> list[Time]:
    """The times that the clause names, those next to the trigger first."""
    whole = article.text if passage.field == "text" else article.title or ""
    fronted = _FRONTED.match(passage.quote, clause.start)
    start = passage.start + (fronted.end() if fronted else clause.start)
    trigger = passage.start + clause.trigger.start()
    found = find_times(whole, start, passage.start + clause.end, article.date, forward=forward)
    nearest = sorted(found, key=lambda time: max(time.start - trigger, trigger - time.end))
    # "Said on Friday that he will visit in November": the time of a plan follows it.
    return sorted(nearest, key=lambda time: time.start < trigger) if forward else nearest


def _timely(times: list[Time], article: Article, *, planned: bool) -> bool:
    """Whether the meeting belongs to the news of the article, as far as the time tells."""
    if not times:
        return True
    when = times[0].when
    last = when.end or when.date
    if planned:
        return not (last and article.date and last < article.date)
    if times[0].future and when.precision == "day" and when.date != article.date:
        return False
    if last is None or article.date is None:
        return times[0].future is not False or when.precision == "day"
    return article.date - last <= _RECENT
