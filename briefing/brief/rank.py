"""Orders the stories of a day, with the reasons: what lifts a story, and what the desk asks to see first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.brief.merge import fold, surname
from briefing.brief.regions import countries
from briefing.brief.rules import Weights, ranking_rules
from briefing.types import Slots, Story

_SERVED = re.compile(r"\s+to (?:the )?", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:vice|former|deputy)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Interests:
    """What the desk asks to see first: states and bodies by their normal names, words, people."""

    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """The weights of a ranking, those of ranking.yaml where nothing else is given, and the interests."""

    interests: Interests = Interests()
    weights: Weights = field(default_factory=lambda: ranking_rules().weights)

    @classmethod
    def of(cls, interests: Interests, weights: Mapping[str, float]) -> Ranking:
        """The ranking of ranking.yaml with some of its weights, by name, set otherwise."""
        return cls(interests, ranking_rules().weights.model_copy(update=dict(weights)))


def score(story: Story, ranking: Ranking) -> tuple[float, tuple[str, ...]]:
    """The points of a story, and why: one reason for each part of the sum."""
    weights = ranking.weights
    parts = [*_importance(story, weights), *_interest(story, ranking)]
    return sum(points for points, _ in parts), tuple(f"{reason} ({points:+g})" for points, reason in parts)


def by_rank(stories: Iterable[Story]) -> list[Story]:
    """The stories, the highest score first; where scores are the same, by their ids."""
    return sorted(stories, key=lambda story: (-story.score, story.id))


def unmatched(stories: Sequence[Story], interests: Interests) -> list[str]:
    """The interests that no story of the day is about, such as one that is misspelt."""
    return [
        *(one for one in interests.countries if not any(_is_of(story.slots, one) for story in stories)),
        *(one for one in interests.topics if not any(_speaks_of(story, one) for story in stories)),
        *(one for one in interests.people if not any(_names(story, one) for story in stories)),
    ]


def _importance(story: Story, weights: Weights) -> Iterable[tuple[float, str]]:
    slots = story.slots
    # Two articles of one outlet are one source.
    outlets = {article.source or article.id for article in story.articles}
    if len(outlets) > 1:
        points = (len(outlets) - 1) * weights.independent_source
        yield min(points, weights.independent_sources_most), f"{len(outlets)} sources"
    # States and known bodies: a ministry's panel is no second side.
    named = set(countries(slots))
    sides = {who.side for who in slots.who if who.side in named}
    if len(sides) > 1:
        more = min((len(sides) - 2) * weights.more_sides, weights.more_sides_most)
        yield weights.two_sides + more, f"{len(sides)} sides"
    if slots.agreed:
        yield max(
            ((getattr(weights, agreed.status), agreed.status) for agreed in slots.agreed),
            key=lambda part: part[0],
        )
    offices = [
        (getattr(weights, rank), role)
        for role in (who.role for who in slots.who if who.role)
        for rank, words in ranking_rules().offices.items()
        # An "adviser to the president" is no president.
        if words.search(_SERVED.split(role)[0]) and not _SUBORDINATE.match(role)
    ]
    if offices:
        yield max(offices, key=lambda office: office[0])
    if any(outlook.when and outlook.when.date for outlook in slots.outlook):
        yield weights.dated_event, "a dated event to come"


def _interest(story: Story, ranking: Ranking) -> Iterable[tuple[float, str]]:
    interests, weights = ranking.interests, ranking.weights
    for country in interests.countries:
        if _is_of(story.slots, country):
            yield weights.country, f"of interest: {country}"
    for topic in interests.topics:
        if _speaks_of(story, topic):
            yield weights.topic, f"of interest: “{topic}”"
    for person in interests.people:
        if _names(story, person):
            yield weights.person, f"of interest: {person}"


def _is_of(slots: Slots, country: str) -> bool:
    sides = {who.side for who in slots.who} | {where.country for where in slots.where}
    return fold(country) in {fold(side) for side in sides if side}


def _speaks_of(story: Story, words: str) -> bool:
    """Whether the headline, the summary or a statement has these words, each whole, in this order."""
    pattern = re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, fold(words).split())) + r"(?!\w)")
    slots = story.slots
    said = (
        story.headline,
        story.summary.text,
        *(agreed.text for agreed in slots.agreed),
        *(outlook.text for outlook in slots.outlook),
    )
    return any(pattern.search(fold(text)) for text in said)


def _names(story: Story, person: str) -> bool:
    """Whether someone acts who bears this last name, or this name where it is more than one word."""
    wanted = fold(person).replace(",", " ").split()
    for who in story.slots.who:
        if who.kind == "person":
            words = fold(who.name).replace(",", " ").split()
            if wanted == words or (wanted and wanted[-1] == surname(who.name) and set(wanted) <= set(words)):
                return True
    return False
