"""Finds sentences of different articles that say the same in nearly the same words, and where they part.

Candidates come from an index by the rarest words of each sentence (prefix filtering: Chaudhuri, Ganti and
Kaushik, "A primitive operator for similarity joins in data cleaning", ICDE 2006), or stand between the same
two sentences.  Lists of the index are capped: time grows with the number of sentences, not its square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.brief.differences.names import Name
from briefing.brief.differences.reading import Sentence, Token, stem
from briefing.brief.differences.rules import language
from briefing.brief.differences.values import Amount, Day
from briefing.types import Aspect

# Two sentences are one statement where they share this much of their words, counted as Dice's coefficient.
_LIKENESS = 0.72
# A name tells statements apart by itself, so the rest must be closer.
_LIKENESS_OF_NAMES = 0.84
_FEWEST_WORDS = 5
# Between equal neighbours a sentence is the same statement even if little else shows it.
_FEWEST_IN_PLACE = 2
_OVERLAP = 0.6
_LONGEST_LIST = 24
_MOST_CANDIDATES = 12
_TIE = 0.02
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


@dataclass
class _Statement:
    """A sentence with the articles that have it, and its own place in each."""

    tokens: tuple[Token, ...]
    copies: list[Sentence]
    words: frozenset[str]

    @property
    def articles(self) -> set[int]:
        return {copy.article for copy in self.copies}


def partings(
    sentences: Sequence[Sequence[Sentence]],
) -> Iterator[tuple[list[Sentence], list[Sentence], Comparison]]:
    """For each two statements that part: the copies of the one, those of the other, and where.

    `sentences` holds those of each article, in order.
    """
    statements: dict[tuple[str, ...], _Statement] = {}
    for own in sentences:
        for sentence in own:
            keys = tuple(token.key for token in sentence.tokens)
            known = statements.get(keys)
            if known is None:
                tokens = kept(sentence.tokens)
                words = frozenset(t.key for t in tokens if t.value is None)
                statements[keys] = _Statement(tokens, [sentence], words)
            else:
                known.copies.append(sentence)
    listed = list(statements.values())
    number = {id(copy): n for n, one in enumerate(listed) for copy in one.copies}
    compared: dict[tuple[int, int], Comparison] = {}
    in_place = _neighbours(sentences, number)
    for pair in sorted({*_candidates(listed), *in_place}):
        one, other = listed[pair[0]], listed[pair[1]]
        mine, theirs = one.articles, other.articles
        if not mine - theirs or not theirs - mine:
            continue
        comparison = compare(one.tokens, other.tokens, in_place=pair in in_place)
        if comparison:
            compared[pair] = comparison
    yield from _unrivalled(listed, compared)


def _unrivalled(
    listed: list[_Statement], compared: dict[tuple[int, int], Comparison]
) -> Iterator[tuple[list[Sentence], list[Sentence], Comparison]]:
    """Drops pairs where one of the articles has a sentence that fits the other's better, or as well."""
    partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), comparison in compared.items():
        partners[a].append((comparison.likeness, b))
        partners[b].append((comparison.likeness, a))

    def free(a: int, b: int, likeness: float) -> set[int]:
        """The articles of statement a that have nothing better for statement b."""
        left = listed[a].articles - listed[b].articles
        for rival_likeness, rival in partners[b]:
            if (
                rival != a
                and rival_likeness > likeness - _TIE
                and not listed[rival].articles & listed[b].articles
            ):
                left -= listed[rival].articles
        return left

    for (a, b), comparison in compared.items():
        if not comparison.partings:
            continue
        mine, theirs = free(a, b, comparison.likeness), free(b, a, comparison.likeness)
        if mine and theirs:
            yield (
                [copy for copy in listed[a].copies if copy.article in mine],
                [copy for copy in listed[b].copies if copy.article in theirs],
                comparison,
            )


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    rules = language()
    return frozenset(key for word in rules.fillers for key in (word, stem(word))) - rules.negators


def kept(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that say something: no fillers."""
    fillers = _fillers()
    return tuple(t for t in tokens if t.value is not None or t.kind == "name" or t.key not in fillers)


def _candidates(listed: list[_Statement]) -> Iterator[tuple[int, int]]:
    frequency = Counter(word for one in listed for word in one.words)
    index: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(listed):
        if len(one.words) < _FEWEST_WORDS - 1:
            continue
        ordered = sorted(one.words, key=lambda word: (frequency[word], word))
        prefix = ordered[: len(ordered) - math.ceil(_OVERLAP * len(ordered)) + 1]
        met: Counter[int] = Counter()
        for word in prefix:
            met.update(index[word])
            if len(index[word]) < _LONGEST_LIST:
                index[word].append(n)
        best = sorted(
            met, key=lambda m: (-len(listed[m].words & one.words) / len(listed[m].words | one.words), m)
        )
        for m in best[:_MOST_CANDIDATES]:
            yield m, n


def _neighbours(sentences: Sequence[Sequence[Sentence]], number: dict[int, int]) -> set[tuple[int, int]]:
    """Pairs of statements that stand between the same two others."""
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for own in sentences:
        numbers = [-1, *(number[id(sentence)] for sentence in own if sentence.field == "text"), -1]
        for before, at, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
            held = places[before, after]
            if before != after and at not in held and len(held) < _LONGEST_LIST:
                held.append(at)
    return {(min(a, b), max(a, b)) for held in places.values() for a in held for b in held if a != b}


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
    if words < (_FEWEST_IN_PLACE if in_place else _FEWEST_WORDS) or likeness < _LIKENESS:
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
