"""How sure it is that two groups of articles report one event.

Few facts are weighed, by a logistic regression that was fitted on known events (weights/stories.yaml):

    meaning    how alike title and opening read (cosine of sentence vectors)
    told       how much of what title and lead of each say the other tells, by the rarity of words
    apart      the share of the states that title and lead of each name and the other does not, of the lesser:
               two accords of other partners, the sanctions against another state
    far        the days between them, from 0 for one day to 1 for a month or an unknown day
    elsewhere  how alike they are in words where the one names none of those whom the other names: a second
               earthquake, another accord

A word is the rarer the fewer articles at large use it, and the fewer of those read today; a name counts for
several other words.  A group is compared as one article: the sums of what its articles say, brought to unit
length.  What only one of them says counts for little then, and what all of them say is the event.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cluster.common import rarity
from briefing.cluster.profile import folded_words
from briefing.rule_files import Strict, read_rules

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from briefing.cluster.profile import Profile

WEIGHTS = Path(__file__).parent / "weights" / "stories.yaml"
_MONTH = 30
_NAME = 3.0  # words of title and lead that a name among them counts for
# Only what is alike in most words, and names none of the others, is the like of it elsewhere.
_ALIKE, _STRANGE = 4, 2
_DIGITS = 5  # the last bits differ between processors
_SHOWN = 6
_TELLING = 0.5  # the rarity of words that explain something

_Terms = dict[str, float]


class Weights(Strict):
    """stories.yaml: what each fact adds or takes, what all start from, and where one story ends."""

    start: float
    meaning: float
    told: float
    apart: float
    far: float
    elsewhere: float
    bound: float

    def of(self, facts: Facts) -> float:
        """How much speaks for one event: the logarithm of the odds."""
        total = self.start + self.meaning * facts.meaning + self.told * facts.told
        total += self.apart * facts.apart + self.far * facts.far + self.elsewhere * facts.elsewhere
        return round(total, _DIGITS)


@cache
def load_weights() -> Weights:
    """The weights as fitted.  Raises SettingsError."""
    return read_rules(WEIGHTS, Weights)


@dataclass(frozen=True)
class Facts:
    """What speaks for two groups being one story, or against it; from 0 to 1 each."""

    meaning: float
    told: float
    apart: float
    far: float
    elsewhere: float

    def named(self) -> dict[str, float]:
        """The facts by name."""
        return {name: getattr(self, name) for name in FACTS}


FACTS = tuple(Facts.__dataclass_fields__)


@dataclass(frozen=True)
class Group:
    """Articles taken together: sums of what each of them says.

    `meaning` is of unit length for an article.  `key` are the words of title and lead by weight, 1 in all for
    an article; `lead` are the names among them, 1 in all for each of the `leading` articles that have any.
    `told` says how many articles tell a word, `names` how weighty each name is.
    """

    meaning: npt.NDArray[np.float32]
    key: _Terms
    lead: _Terms
    leading: int
    told: _Terms
    names: _Terms
    states: _Terms
    first: dt.date | None
    last: dt.date | None

    # What the group has in common with itself, by which its likeness to others is measured.

    @cached_property
    def meaning_length(self) -> float:
        """The length of the sum of meanings."""
        return math.sqrt(float(self.meaning @ self.meaning)) or 1.0

    @cached_property
    def told_length(self) -> float:
        """The root of how much of what its titles and leads say its articles tell."""
        return math.sqrt(_dot(self.key, self.told)) or 1.0

    @cached_property
    def lead_length(self) -> float:
        """The same of the names alone."""
        return math.sqrt(_dot(self.lead, self.told) / self.leading) if self.leading else 1.0


def groups_of(profiles: Sequence[Profile]) -> list[Group]:
    """A group for each article, the words weighed by how many of the articles use them."""
    used = Counter(word for profile in profiles for word in profile.told)
    weights = {word: rarity(word) / math.sqrt(1 + math.log2(count)) for word, count in used.items()}
    return [_group(profile, weights) for profile in profiles]


def _group(profile: Profile, weights: Mapping[str, float]) -> Group:
    key = {
        word: weights[word] * (1 + math.log(count)) * (_NAME if word in profile.names else 1.0)
        for word, count in profile.key.items()
    }
    lead = {word: key[word] for word in profile.names if word in key}
    return Group(
        meaning=profile.meaning,
        key=_shares(key),
        lead=_shares(lead),
        leading=int(any(lead.values())),
        told=dict.fromkeys(profile.told, 1.0),
        names={word: weights[word] for word in profile.names},
        states=dict.fromkeys(profile.states, 1.0),
        first=profile.date,
        last=profile.date,
    )


def _shares(terms: _Terms) -> _Terms:
    whole = sum(terms.values())
    return {word: weight / whole for word, weight in terms.items() if weight}


def merged(one: Group, other: Group) -> Group:
    """The articles of both groups as one group."""
    days = [day for day in (one.first, one.last, other.first, other.last) if day is not None]
    return Group(
        meaning=one.meaning + other.meaning,
        key=_sum(one.key, other.key),
        lead=_sum(one.lead, other.lead),
        leading=one.leading + other.leading,
        told=_sum(one.told, other.told),
        names=_sum(one.names, other.names),
        states=_sum(one.states, other.states),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _sum(one: _Terms, other: _Terms) -> _Terms:
    whole = dict(one)
    for word, weight in other.items():
        whole[word] = whole.get(word, 0.0) + weight
    return whole


def compare(one: Group, other: Group) -> Facts:
    """What speaks for two groups being one story, or against it."""
    meaning = float(one.meaning @ other.meaning) / (one.meaning_length * other.meaning_length)
    told = (_dot(one.key, other.told) + _dot(other.key, one.told)) / 2
    told /= one.told_length * other.told_length
    alike = max(0.0, (meaning + told) / 2)
    return Facts(
        meaning=meaning,
        told=told,
        apart=(apart := min(_unnamed(one, other), _unnamed(other, one))),
        far=_far(one, other),
        elsewhere=alike**_ALIKE * _strange(one, other, apart) ** _STRANGE,
    )


def shared(one: Group, other: Group) -> tuple[list[str], list[str]]:
    """The names that both groups name, and the words of title and lead that both have; weightiest first."""
    names = _both(one.names, other.names)
    words = _both(one.key, other.key)
    return names[:_SHOWN], [word for word in words if word not in names][:_SHOWN]


def _both(one: _Terms, other: _Terms) -> list[str]:
    both = [word for word in one.keys() & other.keys() if rarity(word) >= _TELLING]
    return sorted(both, key=lambda word: (-one[word] * other[word], word))


def _dot(one: _Terms, other: _Terms) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _strange(one: Group, other: Group, apart: float) -> float:
    """How much of the names in its title and lead the other lacks, of the one that is known better.

    Where the one or the other names nobody there, the states tell.
    """
    if not one.leading or not other.leading:
        return apart
    known = max(_dot(one.lead, other.told) / one.leading, _dot(other.lead, one.told) / other.leading)
    return max(0.0, 1 - known / (one.lead_length * other.lead_length))


def _unnamed(one: Group, other: Group) -> float:
    """The share of the states of one that the other does not tell of; none where it has none."""
    unnamed = sum(count for state, count in one.states.items() if not _tells(other, state))
    return unnamed / sum(one.states.values()) if unnamed else 0.0


def _tells(group: Group, state: str) -> bool:
    return state in group.states or all(word in group.told for word in folded_words(state))


def _far(one: Group, other: Group) -> float:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 1.0
    days = max((other.first - one.last).days, (one.first - other.last).days, 0)
    return math.log1p(min(days, _MONTH)) / math.log1p(_MONTH)
