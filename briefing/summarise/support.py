"""Which sentences of an article bear out a generated one, and whether it denies or hedges what they do not.

The nearest sentence is the one that has most of its words in the same order; a faithful sentence is
nearly always a shortened one.  Negations and hedges must not be gained or lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.reading.factuality import weakens
from briefing.reading.grammar import is_negation
from briefing.reading.words import Sentence as Parsed
from briefing.reading.words import Word
from briefing.summarise.candidates import Sentence
from briefing.summarise.check import plain
from briefing.summarise.words import word_lists

_MOST_EVIDENCE = 3
_ADDS = 2
"""Words of content that a further evidence sentence must add."""
_JUST_BEFORE = 3
"""Words before one that was kept, within which a negation or hedge is said of it."""
_WORD = re.compile(r"[^\W_][\w'’.-]*\w|\w")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e|ly)$")

Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Support:
    """The sentences that bear a generated one out, the nearest first, and why they do not after all."""

    sentences: tuple[Sentence, ...]
    doubts: tuple[str, ...] = ()


def support(
    text: str, generated: Sequence[Parsed], sentences: Sequence[Sentence], article: Sequence[Parsed]
) -> Support:
    """What the article has for a generated sentence; `doubts` is empty if it bears it out."""
    wanted = content_words(text)
    if not any(wanted & content_words(sentence.text) for sentence in sentences):
        return Support((), ("has nothing in common with the article",))
    words = [word for one in generated for word in one.spoken]
    aligned = [(_aligned(words, one.spoken), one) for one in article]
    pairs, nearest = max(aligned, key=lambda pair: len(pair[0]))
    own = next(one for one in sentences if one.start <= nearest.start < one.end)
    return Support(_further(wanted, own, sentences), tuple(_doubts(words, nearest.spoken, pairs)))


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in rough stems, so that "talks" and "talked" are one."""
    lists = word_lists()
    words = (plain(word) for word in _WORD.findall(text))
    stems = (
        _ENDING.sub("", one) for one in words if one not in lists.openers and one not in lists.functional
    )
    return frozenset(stem for stem in stems if len(stem) > 1 or stem.isdigit())


def _aligned(words: Sequence[Word], source: Sequence[Word]) -> Pairs:
    """The places of words that stand in both in the same order."""
    matcher = SequenceMatcher(
        None, [one.lower for one in words], [one.lower for one in source], autojunk=False
    )
    return [(block.a + n, block.b + n) for block in matcher.get_matching_blocks() for n in range(block.size)]


def _further(wanted: frozenset[str], nearest: Sentence, others: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The nearest sentence, and those that have more of what the generated one says."""
    found = [nearest]
    left = wanted - content_words(nearest.text)
    while len(found) < _MOST_EVIDENCE:
        best = max(others, key=lambda sentence: (len(left & content_words(sentence.text)), -sentence.number))
        if len(left & content_words(best.text)) < _ADDS:
            break
        found.append(best)
        left -= content_words(best.text)
    return tuple(found)


def _doubts(words: Sequence[Word], source: Sequence[Word], pairs: Pairs) -> Iterator[str]:
    """A negation that was added; a negation or hedge that was lost just before a word that was kept."""
    kept, used = {i for i, _ in pairs}, {j for _, j in pairs}
    lost = [
        word
        for j, word in enumerate(source)
        if j not in used and any(j + step in used for step in range(1, _JUST_BEFORE + 1))
    ]
    if any(is_negation(word) for word in lost) or any(
        is_negation(word) and i not in kept for i, word in enumerate(words)
    ):
        yield "differs from the article in a negation"
    said = {word.lemma for word in words}
    hedge = next((word.text for word in lost if weakens(word) and word.lemma not in said), None)
    if hedge:
        yield f"leaves out '{hedge}', and so says more than the article"
