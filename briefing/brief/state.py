"""The state of an event: how far each matter of it has come, and when its next step is due.

It is read from the slots of the stories on the event, each statement with what it is about (wording.py) and
the day of the article that makes it.  What moves a state is in changes.py and ledger.py; both go by
`goes_further`, so that nothing that was signed is only pledged because a later article says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.brief.merge import fold
from briefing.brief.rules import state_rules
from briefing.brief.wording import Matter, Parties, is_act, matter, parties
from briefing.numbers import Number, numbers
from briefing.reading.zones import body_of
from briefing.types import Agreed, Article, Evidence, Outlook, Slots, Status, Story, When

# So much of what a statement is about stands in one sentence that tells it.
_TOLD = 0.8
_FEWEST = 2
# A label is no sentence.
_LABEL_WORDS = 8
_GAP = 3
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_BREAK = re.compile(r"[,;:.!?()“”\"]")
_CURRENCY = re.compile(r"(?:US|A|C|HK)?[$€£¥]\s?$")


@dataclass(frozen=True)
class Stage:
    """How far a matter is: the statement, what it is about, whose it is, and the day of its article."""

    said: Agreed
    about: Matter
    sides: frozenset[str]
    day: dt.date | None


@dataclass(frozen=True)
class Coming:
    """A step that is to come, with its day or with none yet."""

    said: Outlook
    about: Matter
    day: dt.date | None


@dataclass(frozen=True)
class State:
    """What is known of an event."""

    stages: tuple[Stage, ...] = ()
    coming: tuple[Coming, ...] = ()


def state_of(stories: Iterable[Story], people: Parties, without: Collection[str] = ()) -> State:
    """The state that stories tell of one event.

    `people` are the persons, whose names say nothing of what a statement is about.  Statements of articles
    `without` which it is to be read, by their digests, are left out.
    """
    stages: list[Stage] = []
    coming: list[Coming] = []
    for story in stories:
        articles = {one.id: one for one in story.articles if one.sha256 not in without}
        for agreed in story.slots.agreed:
            if (article := _first(agreed.evidence, articles)) is not None:
                sides = frozenset(map(fold, sides_of(agreed.parties, story.slots)))
                stages.append(Stage(agreed, matter(agreed.text, people), sides, article.date))
        for outlook in story.slots.outlook:
            article = _first(outlook.evidence, articles)
            if article is not None:
                coming.append(Coming(outlook, matter(outlook.text, people), article.date))
    return State(tuple(stages), tuple(coming))


def goes_further(reached: Sequence[Status], status: Status) -> bool:
    """Whether a status is more than has been reached: a pledge told again moves nothing that was agreed.

    A refusal ends what was reached, and whatever follows it is more.
    """
    order = state_rules().order
    since: list[Status] = []
    for one in reached:
        since = ["refused"] if one == "refused" else [*since, one]
    if status == "refused" or since == ["refused"]:
        return status != since[-1] if since else True
    if status == "reaffirmed":
        return "reaffirmed" not in since
    firm = [order.index(one) for one in since if one not in ("reaffirmed", "refused")]
    return order.index(status) > max(firm, default=-1)


def is_view(text: str) -> bool:
    """Whether what was agreed is only how those who agreed see a thing."""
    return state_rules().views.search(text) is not None


def is_news(agreed: Agreed) -> bool:
    """Whether a statement on a matter of which nothing was said is news by itself.

    Somebody decides or refuses it now: not a promise more, a view that is shared, or what was before.
    """
    rules = state_rules()
    if agreed.status not in rules.new or not agreed.parties:
        return False
    if is_view(agreed.text) or rules.past.search(agreed.text):
        return False
    if agreed.status != "refused":
        return True
    return rules.refusing.search(agreed.text) is not None and not rules.denying.search(agreed.text)


def sides_of(names: Sequence[str], slots: Slots) -> tuple[str, ...]:
    """Those for whom the named ones speak, where the slots say so; else their own names."""
    found = []
    for name in names:
        words = set(fold(name).split())
        exact = [who for who in slots.who if fold(who.name) == fold(name)]
        fuller = [who for who in slots.who if who.kind == "person" and words <= set(fold(who.name).split())]
        named = exact or (fuller if len(fuller) == 1 else [])
        found.append((named[0].side or named[0].name) if named else name)
    return tuple(dict.fromkeys(found))


def is_told(about: Matter, articles: Iterable[Article], people: Parties) -> bool:
    """Whether a sentence of the articles says what a statement says, as far as its words show."""
    if len(about.telling) < _FEWEST:
        return False
    for article in articles:
        for start, end in body_of(article):
            said = matter(article.text[start:end], people)
            shared = len(about.telling & said.telling)
            if (
                shared >= _FEWEST
                and shared >= _TOLD * len(about.telling)
                and about.denied == said.denied
                and about.figures <= said.figures
            ):
                return True
    return False


def label_of(text: str, one: Matter, other: Matter, sides: Iterable[str] = ()) -> str:
    """The words of a statement that name what it shares with another one, as they stand in it.

    Whose statement it is, who says it, and its figures are no part of that.
    """
    shared, own = one.words & other.words, parties(sides)
    counted = [range(number.start, number.end) for number in numbers(text)]
    spans = [
        found.span()
        for found in _WORD.finditer(text)
        if not matter(found.group(), own).words.isdisjoint(shared)
        and not any(found.start() in span for span in counted)
    ]
    runs: list[list[tuple[int, int]]] = []
    for span in spans:
        between = text[runs[-1][-1][1] : span[0]] if runs else ""
        apart = _BREAK.search(between) or any(map(is_act, between.split()))
        near = runs and not apart and len(between.split()) <= _GAP
        if near and len(text[runs[-1][0][0] : span[1]].split()) <= _LABEL_WORDS:
            runs[-1].append(span)
        else:
            runs.append([span])
    if not runs:
        return " ".join(text.split()[:_LABEL_WORDS])
    telling = one.telling & other.telling
    best = max(reversed(runs), key=lambda run: sum(_tells(text[slice(*span)], telling) for span in run))
    return " ".join(text[best[0][0] : best[-1][1]].split())


def _tells(word: str, telling: frozenset[str]) -> bool:
    return not matter(word).telling.isdisjoint(telling)


def figure_of(text: str, about: Matter, other: Matter) -> str | None:
    """The one figure of a statement that another one does not have; None where there are none, or several."""
    fresh = about.figures - other.figures
    found = [one for one in numbers(text) if one.value in fresh]
    return _said(text, found[0]) if len(found) == 1 else None


def day_of(when: When | None) -> str | None:
    """The day that is meant, as people write it; the phrase where nothing says which day that is."""
    if when is None or when.date is None:
        return when.phrase if when else None
    first, last = when.date, when.end or when.date
    if when.precision == "year":
        return f"{first:%Y}"
    if when.precision == "month":
        return f"{first:%B %Y}"
    return written(first) if first == last else f"{written(first)} to {written(last)}"


def written(day: dt.date) -> str:
    """A day as people write it: 3 May 2023."""
    return f"{day.day} {day:%B %Y}"


def tolled(text: str) -> str | None:
    """The word by which a text speaks of a toll: it goes back only where an article takes it back."""
    found = state_rules().rising.search(text)
    return found.group() if found else None


def takes_back(text: str) -> bool:
    """Whether a sentence corrects what was said before."""
    return state_rules().corrected.search(text) is not None


def _first(evidence: Sequence[Evidence], articles: Mapping[str, Article]) -> Article | None:
    """The first of the articles at hand that makes the statement."""
    return next((articles[one.article] for one in evidence if one.article and one.article in articles), None)


def _said(text: str, number: Number) -> str:
    money = _CURRENCY.search(text, 0, number.start)
    return text[money.start() if money else number.start : number.end]
