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

from briefing.brief.differences.comparison import FEWEST_WORDS, Comparison, compare, kept
from briefing.brief.differences.reading import Sentence, Token

_OVERLAP = 0.6
_LONGEST_LIST = 24
_MOST_CANDIDATES = 12
_TIE = 0.02


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


def _candidates(listed: list[_Statement]) -> Iterator[tuple[int, int]]:
    frequency = Counter(word for one in listed for word in one.words)
    index: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(listed):
        if len(one.words) < FEWEST_WORDS - 1:
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
