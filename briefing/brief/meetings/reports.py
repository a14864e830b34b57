"""Passages that say that two sides met, or will."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from briefing.brief.meetings.parties import Cast, sides
from briefing.brief.rules import meeting_rules
from briefing.reading.dates import find_times
from briefing.types import Article, Evidence, Time, When, Who

# What lies further back is background to the news, not news.
_RECENT = dt.timedelta(days=7)
_AHEAD = dt.timedelta(days=1)
# "Following the visit on Monday, the two spoke": neither the visit nor the day is that of the report.
_FRONTED = re.compile(
    r"^\s*(?:following|after|as part|ahead of|before|despite|amid|in response)\b[^,]*,\s", re.IGNORECASE
)
# "Sullivan travelled to Jeddah on 27 July to meet": the visit has begun.
_HAS_LEFT = re.compile(r"\b(?:travell?ed|flew|visited|arrived)\b", re.IGNORECASE)
# "Welcomed the visit by", "the talks between": those who meet follow.
_NAMES_THEM = re.compile(
    r"(?:(?:tele)?phone\s+|video\s+)?(?:visits?|trips?|talks|meetings?|calls?|summits?|consultations?|negotiations?)"
    r"\s+(?:between|by)\b",
    re.IGNORECASE,
)
_SEPARATELY = re.compile(r"\bseparate(?:ly)?\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|through|until|–|-)\s*", re.IGNORECASE)
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
    """`lead` is where those who meet may be named before the trigger; the rest are named up to `end`."""

    lead: tuple[int, int]
    trigger: re.Match[str]
    formats: tuple[str, ...]
    end: int


def find_reports(passage: Evidence, article: Article, cast: Cast) -> Iterator[Report]:
    """The meetings that a sentence, or a title, reports; `passage` quotes it."""
    text = passage.quote
    if meeting_rules().called_off.search(text):
        return
    for clause in _clauses(text, cast, titled=passage.field == "title"):
        yield from _reports(clause, passage, article, cast)


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


def _triggers(text: str, *, titled: bool) -> list[tuple[re.Match[str], str]]:
    """The words for a meeting; in a sentence those with a capital are part of a name: "the NATO Summit"."""
    rules = meeting_rules()
    barred = [match.span() for match in (*rules.no_trigger.finditer(text), *_FRONTED.finditer(text))]
    found = [
        (match, name)
        for name, form in rules.formats.items()
        for match in form.words.finditer(text)
        if not any(start <= match.start() < end for start, end in barred)
        and (titled or match.start() == 0 or match[0][0].islower())
    ]
    return sorted(found, key=lambda trigger: trigger[0].start())


def _clauses(text: str, cast: Cast, *, titled: bool) -> Iterator[_Clause]:
    """Each trigger with what belongs to it; one that nobody stands between adds to the one before it."""
    rules = meeting_rules()
    triggers = _triggers(text, titled=titled)
    before, subject = 0, (0, 0)
    n = 0
    while n < len(triggers):
        trigger, form = triggers[n]
        until = rules.until.search(text, trigger.end())
        end = until.start() if until else len(text)
        last, forms = trigger, [form]
        following = n + 1
        while following < len(triggers) and triggers[following][0].start() < end:
            other, form = triggers[following]
            if not cast.persons(text, last.end(), other.start()):
                last = other
                forms.append(form)
            elif rules.coordinated.search(text[: other.start()]):
                end = other.start()
                break
            following += 1
        lead = (max(before, _clause_start(text, trigger.start())), trigger.start())
        if _NAMES_THEM.match(text, trigger.start()):
            lead = (trigger.start(), trigger.start())
        elif n and before == trigger.start():
            lead = subject
        yield _Clause(lead, trigger, tuple(dict.fromkeys(forms)), end)
        subject, before = lead, end
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


def _reports(clause: _Clause, passage: Evidence, article: Article, cast: Cast) -> Iterator[Report]:
    """The meetings of a clause: one, or one with each of those who were met separately."""
    rules = meeting_rules()
    text = passage.quote
    start = min(clause.lead[0], clause.trigger.start())
    led = text[slice(*clause.lead)]
    said = led + text[clause.trigger.start() : clause.end]
    if rules.not_held.search(said):
        return
    opening = led + clause.trigger.group()
    has_left = _HAS_LEFT.search(opening) is not None
    planned = rules.planned.search(said) is not None
    forward = (planned or _PRESENT.search(opening) is not None) and not has_left
    times = _times(start, clause, passage, article, forward=forward)
    if not planned and times and times[0].future and _PRESENT.search(opening):
        planned = True
    day = _days(times, passage, article)
    if planned and has_left and day and day.date and article.date and day.date <= article.date:
        planned = False
    if not _timely(times, article, planned=planned):
        return
    for parties in _parties(text, clause, cast):
        if len(sides(parties)) > 1:
            yield Report(
                tuple(parties),
                _format(said, clause),
                "planned" if planned else "held",
                start,
                clause.end,
                day.date if day else None,
                day.end if day else None,
            )


def _parties(text: str, clause: _Clause, cast: Cast) -> list[list[Who]]:
    """Those who met: the people, then the states and bodies that none of them speaks for."""
    begin = clause.trigger.start()
    before = [*cast.persons(text, *clause.lead)]
    after = cast.persons(text, begin, clause.end)
    bodies = cast.bodies(text, clause.lead, (begin, clause.end))
    met = [*after, *(one for one in bodies if one.start >= begin)]
    if meeting_rules().transitive.fullmatch(clause.trigger.group()) and not met:
        return []
    if meeting_rules().adjunct.search(text[:begin]):
        # "Lavrov said of Kyiv’s plans after talks with Fidan": the first who is named met the last.
        before = before[:1]
    lead = [one.who for one in (*before, *(one for one in bodies if one.start < begin))]
    if len(met) > 1 and _SEPARATELY.search(text, clause.lead[0], clause.end):
        return [_distinct([*lead, one.who]) for one in met]
    people = [one.who for one in (*before, *after)]
    return [_distinct([*people, *(one.who for one in bodies)])]


def _distinct(parties: list[Who]) -> list[Who]:
    """Each once, without a state for which someone speaks or a name of no side that another bears."""
    persons = list({who.name: who for who in parties if who.kind == "person"}.values())
    lasts = {who.name.split()[-1] for who in persons if who.side}
    persons = [who for who in persons if who.side or who.name.split()[-1] not in lasts]
    taken = {who.side for who in persons}
    bodies = {who.side: who for who in reversed(parties) if who.kind != "person" and who.side not in taken}
    return [*persons, *reversed(bodies.values())]


def _format(said: str, clause: _Clause) -> str:
    rules = meeting_rules()
    by_means = next((name for name, words in rules.means.items() if words.search(said)), None)
    form = clause.formats[0]
    for other in clause.formats[1:]:
        form = narrower(form, other)
    return narrower(form, by_means) if by_means else form


def _times(begin: int, clause: _Clause, passage: Evidence, article: Article, *, forward: bool) -> list[Time]:
    """The times that the clause names, those next to the trigger first."""
    whole = article.text if passage.field == "text" else article.title or ""
    fronted = _FRONTED.match(passage.quote, begin)
    start = passage.start + (fronted.end() if fronted else begin)
    trigger = passage.start + clause.trigger.start()
    found = [
        time
        for time in find_times(whole, start, passage.start + clause.end, article.date, forward=forward)
        if whole[time.end : time.end + 2] not in ("’s", "'s")  # "Friday’s vote"
    ]
    nearest = sorted(found, key=lambda time: max(time.start - trigger, trigger - time.end))
    # "Said on Friday that he will visit in November": the time of a plan follows it.
    return sorted(nearest, key=lambda time: time.start < trigger) if forward else nearest


def _days(times: list[Time], passage: Evidence, article: Article) -> When | None:
    """The day or days nearest to the trigger, "from 26 June to 5 July" being one span; None without any."""
    if not times or times[0].when.precision != "day":
        return None
    whole = article.text if passage.field == "text" else article.title or ""
    one = times[0]
    for other in times[1:]:
        first, last = sorted((one, other), key=lambda time: time.start)
        start, end = first.when.date, last.when.date
        if start and end and start < end and _TO.fullmatch(whole[first.end : last.start]):
            return When(whole[first.start : last.end], start, end, "day")
    return one.when


def _timely(times: list[Time], article: Article, *, planned: bool) -> bool:
    """Whether the meeting belongs to the news of the article, as far as the time tells."""
    if not times:
        return True
    when = times[0].when
    last = when.end or when.date
    if planned:
        return not (last and article.date and last < article.date)
    if times[0].future and when.precision == "day" and when.date and article.date:
        # Published on the evening before, by the clock of the publisher.
        return when.date - article.date <= _AHEAD
    if last is None or article.date is None:
        return times[0].future is not False or when.precision == "day"
    return article.date - last <= _RECENT
