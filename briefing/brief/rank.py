"""Orders the stories of a day, with the reasons: what lifts a story, and what the desk asks to see first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.brief.merge import fold, surname
from briefing.brief.rules import Weights, ranking_rules
from briefing.brief.value import Worth, worth
from briefing.types import Slots, Story


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


def ranked(story: Story, facts: Mapping[str, float] | None, ranking: Ranking) -> tuple[Story, bool]:
    """The story with its points and why it has them, and whether it may be told in full.

    `facts` are those of its value; a story without, which nobody weighed, may be.  What the desk asked to see
    is never left out.
    """
    valued = worth(facts) if facts is not None else Worth((), told=True, dropped=None)
    sources = [*_sources(story, ranking.weights)]
    asked = [*_interest(story, ranking)]
    parts = [*sources, *asked, *valued.parts]
    # Several outlets lift a story over the bounds as well.
    lifted = valued.lifted(sum(points for points, _ in (*sources, *asked)))
    reasons = tuple(f"{reason} ({points:+g})" for points, reason in parts)
    made = replace(
        story,
        score=sum(points for points, _ in parts),
        reasons=reasons,
        dropped=None if asked else lifted.dropped,
    )
    return made, bool(asked) or lifted.told


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


def _sources(story: Story, weights: Weights) -> Iterable[tuple[float, str]]:
    # Two articles of one outlet are one source.
    outlets = {article.source or article.id for article in story.articles}
    if len(outlets) > 1:
        points = (len(outlets) - 1) * weights.independent_source
        yield min(points, weights.independent_sources_most), f"{len(outlets)} sources"


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
