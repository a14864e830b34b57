"""Lays two sentences side by side: how like they are, and the one thing over which they part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.brief.differences.names import Name
from briefing.brief.differences.reading import Token, stem
from briefing.brief.differences.rules import language
from briefing.brief.differences.values import Amount, Day
from briefing.types import Aspect

# Two sentences are one statement where they share this much of their words, counted as Dice's coefficient.
_LIKENESS = 0.72
# A name tells statements apart by itself, so the rest must be closer.
_LIKENESS_OF_NAMES = 0.84
FEWEST_WORDS = 5
# Between equal neighbours a sentence is the same statement even if little else shows it.
_FEWEST_IN_PLACE = 2
# "met" and "did not meet" are two words apart that no rule knows for one.
_MOST_BESIDE_DENIAL = 2


@dataclass(frozen=True)
class Parting:
    """Two sentences part over `aspect`: what the one says with `ours`, the other says with `theirs`.

    In a denial `denies` says whether it is ours that denies the thing.
    """

    aspect: Aspect
    ours: tuple[Token, ...]
    theirs: tuple[Token, ...]
    denies: bool = False


@dataclass(frozen=True)
class Comparison:
    """How like two sentences are, and where they part."""

    likeness: float
    partings: tuple[Parting, ...]


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    rules = language()
    return frozenset(key for word in rules.fillers for key in (word, stem(word))) - rules.negators


def kept(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that say something: no fillers."""
    fillers = _fillers()
    return tuple(t for t in tokens if t.value is not None or t.kind == "name" or t.key not in fillers)


def compare(one: Sequence[Token], other: Sequence[Token], *, in_place: bool = False) -> Comparison | None:
    """How two sentences part; None where they are not two versions of one statement."""
    mine, theirs = [token.key for token in one], [token.key for token in other]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    total = len(one) + len(other)
    if not total or (not in_place and 2 * sum((Counter(mine) & Counter(theirs)).values()) < 0.5 * total):
        return None
    alike = 0
    segments = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            alike += b - a
        else:
            segments.append((one[a:b], other[c:d]))
    found: list[Parting] = []
    left, right = _unmoved(segments)
    same = 0
    for ours, those in zip(left, right, strict=True):
        made, equal = _in_segment(ours, those)
        found += made
        same += equal
    moved = sum(len(s[0]) for s in segments) - sum(map(len, left))
    likeness = 2 * (alike + moved + same) / total
    denial = _denial([t for s in left for t in s], [t for s in right for t in s])
    if denial and not _anchored(denial, left, right):
        denial = None
        found = []
    words = alike + moved
    if words < (_FEWEST_IN_PLACE if in_place else FEWEST_WORDS) or likeness < _LIKENESS:
        return None
    if denial:
        found = [denial] if not found else []
    named = [one for one in found if one.aspect != "number"]
    if (named and len(found) > 1) or (
        named
        and named[0].aspect in ("place", "participant")
        and likeness < _LIKENESS_OF_NAMES
        and not in_place
    ):
        found = []
    return Comparison(likeness, tuple(found))


def _anchored(denial: Parting, left: list[list[Token]], right: list[list[Token]]) -> bool:
    """Whether little else is different where the denial stands, so that it is this that is denied."""
    turning = {id(token) for token in (*denial.ours, *denial.theirs)}
    for ours, theirs in zip(left, right, strict=True):
        tokens = [*ours, *theirs]
        beside = sum(id(token) not in turning and token.value is None for token in tokens)
        if beside > _MOST_BESIDE_DENIAL and any(id(token) in turning for token in tokens):
            return False
    return True


def _unmoved(
    segments: Sequence[tuple[Sequence[Token], Sequence[Token]]],
) -> tuple[list[list[Token]], list[list[Token]]]:
    """The segments without what only stands elsewhere in the other sentence."""
    ours = Counter(t.key for own, _ in segments for t in own)
    theirs = Counter(t.key for _, own in segments for t in own)
    both = ours & theirs
    result: tuple[list[list[Token]], list[list[Token]]] = ([], [])
    for side in (0, 1):
        spare = Counter(both)
        for segment in segments:
            left = []
            for token in segment[side]:
                if spare[token.key] > 0:
                    spare[token.key] -= 1
                else:
                    left.append(token)
            result[side].append(left)
    return result


def _in_segment(ours: list[Token], theirs: list[Token]) -> tuple[list[Parting], int]:
    """Where two stretches that stand in one place part, and how many of their tokens say the same."""
    found: list[Parting] = []
    same = 0
    rest = [
        [t for t in side if t.kind == "word" and t.key not in language().negators] for side in (ours, theirs)
    ]
    for kind in ("number", "day"):
        a, b = ([t for t in side if t.kind == kind] for side in (ours, theirs))
        if len(a) != len(b):
            continue
        for mine, other in zip(a, b, strict=True):
            if not _comparable(mine, other):
                continue
            same += 1
            if mine.value.parts_from(other.value) and _alone(mine, ours) and _alone(other, theirs):  # type: ignore[union-attr, arg-type]
                found.append(Parting("number" if kind == "number" else "date", (mine,), (other,)))
    a, b = ([t for t in side if t.kind == "name"] for side in (ours, theirs))
    if a and b:
        same += min(len(a), len(b))
        parted = name_of(a).parts_from(name_of(b))
        offices = [_is_office(side) for side in (ours, theirs)]
        if parted and not rest[0] and not rest[1] and offices[0] == offices[1]:
            found.append(Parting("participant", tuple(a), tuple(b)))
    return found, same


def _is_office(segment: Sequence[Token]) -> bool:
    """Whether it names an office and not who holds it: "the US president"."""
    return bool(segment) and segment[-1].kind == "title"


def _alone(value: Token, segment: Sequence[Token]) -> bool:
    """Whether nothing else that may tell two things apart stands beside a value."""
    return all(t is value or t.kind in ("number", "day", "title") for t in segment)


def name_of(tokens: Sequence[Token]) -> Name:
    """The name that tokens make together."""
    return Name(tuple(word for token in tokens for word in token.key.split()))


def _comparable(one: Token, other: Token) -> bool:
    if isinstance(one.value, Amount) and isinstance(other.value, Amount):
        return one.value.unit == other.value.unit
    return isinstance(one.value, Day) and isinstance(other.value, Day)


@lru_cache(maxsize=10_000)
def _sides(key: str) -> frozenset[tuple[int, bool]]:
    """The pairs of opposites that a word belongs to, and whether it is on the side that states."""
    return frozenset(
        (n, states)
        for n, (stating, denying) in enumerate(_stemmed_opposites())
        for states, words in ((True, stating), (False, denying))
        if key in words
    )


@lru_cache(maxsize=1)
def _stemmed_opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(
        (frozenset(map(stem, stating)), frozenset(map(stem, denying)))
        for stating, denying in language().opposites
    )


@lru_cache(maxsize=1)
def _negating() -> frozenset[str]:
    return frozenset(map(stem, language().single_negating)) | language().negators


def _denial(ours: list[Token], theirs: list[Token]) -> Parting | None:
    """The tokens by which one sentence denies the other: an odd number of turns between them."""
    settled: set[int] = set()
    shown: tuple[list[Token], list[Token]] = ([], [])
    turns = [0, 0]
    for a in ours:
        for b in theirs:
            sides, others = _sides(a.key), _sides(b.key)
            if id(a) in settled or id(b) in settled or not sides or not others:
                continue
            if sides & others:
                settled |= {id(a), id(b)}
            elif against := {(n, not states) for n, states in sides} & others:
                settled |= {id(a), id(b)}
                turns[int(not min(against)[1])] += 1
                shown[0].append(a)
                shown[1].append(b)
    for side, tokens in enumerate((ours, theirs)):
        for token in tokens:
            if id(token) not in settled and token.kind == "word" and token.key in _negating():
                turns[side] += 1
                shown[side].append(token)
    if sum(turns) % 2 == 0:
        return None
    return Parting("denial", tuple(shown[0]), tuple(shown[1]), denies=turns[0] % 2 == 1)
