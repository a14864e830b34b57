"""What articles claim about one thing, and whether that is a conflict, an update, or neither."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.brief.differences.names import Name, Spelling
from briefing.brief.differences.values import Amount, Day
from briefing.types import Article, Aspect, Difference, Evidence, Version

# A toll moves within hours, while copies of one report appear within one or two: so far apart, the later
# article knows more.  Without moments the days must differ.
LATER = dt.timedelta(hours=3)
# What does not change in the course of a day.
_TIMELESS = ("denial", "spelling")
_MIDDAY = dt.time(12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Stance:
    """Whether a sentence states a thing or its opposite."""

    states: bool

    def parts_from(self, other: Stance) -> bool:
        """Whether one denies what the other states."""
        return self.states != other.states


Value = Amount | Day | Name | Spelling | Stance


@dataclass(frozen=True)
class Claim:
    """`value` of an article, shown as `said`; `place` tells claims apart, `evidence` is the sentence."""

    article: int
    place: tuple[str, int]
    value: Value
    said: str
    evidence: Evidence


@dataclass(frozen=True)
class Topic:
    """One thing, and what is claimed of it; `subject` names it in a source's words."""

    aspect: Aspect
    subject: str
    claims: tuple[Claim, ...]


def parts(one: Value, other: Value) -> bool:
    """Whether two values of one thing cannot both be true."""
    return type(one) is type(other) and one.parts_from(other)  # type: ignore[arg-type]


def join(topics: Iterable[Topic]) -> list[Topic]:
    """Topics that share a claim become one, in the order of their first claims."""
    leaders: dict[int, int] = {}
    given = list(topics)

    def leader(n: int) -> int:
        while leaders.setdefault(n, n) != n:
            leaders[n] = leaders[leaders[n]]
            n = leaders[n]
        return n

    holder: dict[tuple[str, int, tuple[str, int]], int] = {}
    for n, topic in enumerate(given):
        for claim in topic.claims:
            first = holder.setdefault((topic.aspect, claim.article, claim.place), n)
            one, other = sorted((leader(first), leader(n)))
            leaders[other] = one
    joined: dict[int, dict[tuple[int, tuple[str, int]], Claim]] = defaultdict(dict)
    for n, topic in enumerate(given):
        for claim in topic.claims:
            joined[leader(n)].setdefault((claim.article, claim.place), claim)
    made = [
        Topic(given[n].aspect, given[n].subject, tuple(sorted(claims.values(), key=_order)))
        for n, claims in joined.items()
    ]
    return sorted(made, key=lambda topic: (_order(topic.claims[0]), topic.aspect))


def _order(claim: Claim) -> tuple[int, str, int]:
    return claim.article, claim.place[0], claim.place[1]


def settle(topic: Topic, articles: Sequence[Article]) -> Iterator[tuple[str, Difference]]:
    """("conflict" or "update", the difference) of a topic, at most one of each."""
    said: dict[Value, list[Claim]] = {}
    for claim in topic.claims:
        said.setdefault(claim.value, []).append(claim)
    opposed = [(one, other) for one, other in combinations(said, 2) if parts(one, other)]
    disputed: dict[Value, None] = {}
    successions = []
    for one, other in opposed:
        mine = _apart(said[one], said, other)
        theirs = _apart(said[other], said, one)
        if not mine or not theirs:
            continue  # an article that says both disagrees with nobody
        moments = sorted({_moment(articles[c.article]) for c in mine}, key=_sortable)
        other_moments = sorted({_moment(articles[c.article]) for c in theirs}, key=_sortable)
        if topic.aspect in _TIMELESS or _meet(moments, other_moments):
            disputed |= {one: None, other: None}
        else:
            successions.append((one, other))
    if disputed:
        yield "conflict", Difference(topic.aspect, topic.subject, _versions([said[v] for v in disputed]))
    update = _update(topic, said, successions, set(disputed), articles)
    if update:
        yield "update", update


def _apart(claims: list[Claim], said: dict[Value, list[Claim]], other: Value) -> list[Claim]:
    """The claims of articles that say nothing which the other value goes with."""
    agreeing = {c.article for value, own in said.items() if not parts(value, other) for c in own}
    return [claim for claim in claims if claim.article not in agreeing]


_Moment = tuple[dt.date | None, dt.datetime | None]


def _moment(article: Article) -> _Moment:
    return article.date or (article.published.date() if article.published else None), article.published


def _sortable(moment: _Moment) -> dt.datetime:
    day, published = moment
    return published or dt.datetime.combine(day or dt.date.min, _MIDDAY)


def _same(one: _Moment, other: _Moment) -> bool:
    if one[1] is not None and other[1] is not None:
        return abs(one[1] - other[1]) < LATER
    return one[0] is None or other[0] is None or one[0] == other[0]


def _meet(mine: list[_Moment], theirs: list[_Moment]) -> bool:
    """Whether two of the moments, each list in order, are the same for all that is known."""
    if mine[0][0] is None or theirs[0][0] is None:
        return True
    n = 0
    for moment in mine:
        while n < len(theirs) and not _same(moment, theirs[n]) and _sortable(theirs[n]) < _sortable(moment):
            n += 1
        if any(_same(moment, other) for other in theirs[max(n - 1, 0) : n + 2]):
            return True
    return False


def _update(
    topic: Topic,
    said: dict[Value, list[Claim]],
    successions: list[tuple[Value, Value]],
    disputed: set[Value],
    articles: Sequence[Article],
) -> Difference | None:
    """The values that gave way to the newest one, oldest first; none where the newest is in dispute."""
    if not successions:
        return None

    def last(value: Value) -> dt.datetime:
        return max(_sortable(_moment(articles[claim.article])) for claim in said[value])

    newest = max((value for pair in successions for value in pair), key=last)
    if newest in disputed:
        return None
    older = [one if other == newest else other for one, other in successions if newest in (one, other)]
    older.sort(key=lambda value: (last(value), said[value][0].article))
    if not older:
        return None
    latest = last(older[-1])
    holding = [c for c in said[newest] if _sortable(_moment(articles[c.article])) > latest]
    if not holding:
        return None
    return Difference(
        topic.aspect,
        topic.subject,
        (*_versions([said[value] for value in older], sort=False), *_versions([holding])),
    )


def _versions(groups: Iterable[list[Claim]], *, sort: bool = True) -> tuple[Version, ...]:
    listed = [sorted(claims, key=_order) for claims in groups]
    if sort:
        listed.sort(key=lambda claims: _order(claims[0]))
    return tuple(Version(own[0].said, tuple(dict.fromkeys(c.evidence for c in own))) for own in listed)
