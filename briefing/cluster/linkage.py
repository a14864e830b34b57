"""Stories: groups that report one event are put together, the surest first, until none are sure enough.

Only pairs that read alike and share words are compared; they are found by one multiplication of matrices and
an inverted index, so that the time hardly grows faster than the number of articles.

Articles are put in an order of their own first, so that the order of the input decides nothing.
"""

from __future__ import annotations

import datetime as dt
import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.cluster.likeness import Group, Weights, compare, groups_of, load_weights, merged, shared
from briefing.cluster.meetings import meetings
from briefing.cluster.profile import Profile
from briefing.types import Article, Join

# Rows compared at a time: 10,000 articles then need some 20 MB.
_BLOCK = 512
# How far below the bound two articles may be that their groups are looked at later.
_SLACK = 4.0


@dataclass(frozen=True)
class Cluster:
    """The articles of a story by number, the lead first, and what joined them, the surest first."""

    articles: list[int]
    joins: tuple[Join, ...]


def cluster(
    articles: Sequence[Article], profiles: Sequence[Profile], weights: Weights | None = None
) -> list[Cluster]:
    """Groups the articles by event; `profiles` has one for each.

    The groups come by their first article; each opens with its lead, the article that is most like the whole
    group, and goes on in input order.  Another order of the input gives the same groups and leads.
    """
    order = sorted(range(len(articles)), key=lambda n: _place(articles[n]))
    singles = groups_of([profiles[n] for n in order])
    links = _Linkage(singles, [articles[n] for n in order], weights or load_weights())
    links.run()
    rank = {n: row for row, n in enumerate(order)}
    found = []
    for rows in links.members.values():
        whole = links.groups[rows[0]]
        members = sorted(order[row] for row in rows)
        like = {n: links.weights.of(compare(singles[rank[n]], whole)) for n in members if len(members) > 1}
        lead = min(members, key=lambda n: (-like.get(n, 0.0), rank[n]))
        joins = sorted(links.joins[rows[0]], key=lambda join: -join.likeness)
        found.append((members[0], Cluster([lead, *(n for n in members if n != lead)], tuple(joins))))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _place(article: Article) -> tuple[dt.date, str, str, str, str]:
    """Where an article stands whatever order it came in; undated ones last."""
    return (
        article.date or dt.date.max,
        article.sha256,
        article.title or "",
        article.source or "",
        article.id,
    )


class _Linkage:
    """Groups under way, each known by the row of its first article, and the queue of those to be joined."""

    def __init__(self, singles: Sequence[Group], articles: Sequence[Article], weights: Weights) -> None:
        self.weights = weights
        self.groups = dict(enumerate(singles))
        self.members = {row: [row] for row in self.groups}
        self.joins: dict[int, list[Join]] = defaultdict(list)
        self._articles = articles
        self._meeting = [-1] * len(articles)
        self._near: dict[int, set[int]] = defaultdict(set)
        self._age = [0] * len(articles)
        self._queue: list[tuple[float, int, int, int, int]] = []

    def run(self) -> None:
        """Joins groups until no two that may be one story are as like as the bound."""
        for one, other in candidates(list(self.groups.values()), self.weights):
            self._near[one].add(other)
            self._near[other].add(one)
        self._join_meetings()
        for one in list(self.groups):
            for other in self._near[one]:
                if one < other:
                    self._offer(one, other)
        while self._queue:
            likeness, one, other, age, other_age = heapq.heappop(self._queue)
            if self._age[one] == age and self._age[other] == other_age:
                self._join(one, other, -likeness)
                for near in self._near[one]:
                    self._offer(min(one, near), max(one, near))

    def _join_meetings(self) -> None:
        """What titles announce as one meeting is one story; other meetings never are."""
        first: dict[int, int] = {}
        for row, meeting in enumerate(meetings(self._articles)):
            if meeting is None:
                continue
            self._meeting[row] = meeting.number
            if meeting.certain:
                one = first.setdefault(meeting.number, row)
                if one != row:
                    self._join(one, row, math.inf)

    def _offer(self, one: int, other: int) -> None:
        mine, theirs = self._meeting[one], self._meeting[other]
        if mine >= 0 and theirs >= 0 and mine != theirs:
            return
        likeness = self.weights.of(compare(self.groups[one], self.groups[other]))
        if likeness >= self.weights.bound:
            heapq.heappush(self._queue, (-likeness, one, other, self._age[one], self._age[other]))

    def _join(self, one: int, other: int, likeness: float) -> None:
        mine, theirs = self.groups[one], self.groups.pop(other)
        names, words = shared(mine, theirs)
        join = Join(
            self._articles[one].id,
            self._articles[other].id,
            round(1 / (1 + math.exp(-likeness)), 3),
            tuple(names),
            tuple(words),
        )
        self.groups[one] = merged(mine, theirs)
        self.members[one] += self.members.pop(other)
        self.joins[one] += [join, *self.joins.pop(other, [])]
        self._meeting[one] = max(self._meeting[one], self._meeting[other])
        self._age[one] += 1
        self._age[other] = -1
        for near in self._near.pop(other, set()):
            self._near[near].discard(other)
            if near != one:
                self._near[near].add(one)
                self._near[one].add(near)


def candidates(groups: Sequence[Group], weights: Weights) -> Iterator[tuple[int, int]]:
    """The pairs of articles that are not far from being one story, the earlier first."""
    import numpy as np

    if not groups:
        return
    means = np.stack([group.meaning for group in groups])
    tellers: dict[str, list[int]] = defaultdict(list)
    keys: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, group in enumerate(groups):
        for word in group.told:
            tellers[word].append(row)
        for word, weight in group.key.items():
            keys[word].append((row, weight))
    told = {word: np.array(tellers[word]) for word in keys}
    key = {
        word: (np.array([row for row, _ in of]), np.array([w for _, w in of])) for word, of in keys.items()
    }
    least = weights.bound - _SLACK - weights.start
    for start in range(0, len(groups), _BLOCK):
        alike = means[start : start + _BLOCK] @ means.T
        for row, meaning in enumerate(alike, start):
            both = np.zeros(len(groups))
            for word, weight in groups[row].key.items():
                both[told[word]] += weight
            for word in groups[row].told:
                if word in key:
                    rows, weight_of = key[word]
                    both[rows] += weight_of
            score = weights.meaning * meaning + weights.told * both / 2
            for other in np.flatnonzero(score[row + 1 :] >= least) + row + 1:
                yield row, int(other)
