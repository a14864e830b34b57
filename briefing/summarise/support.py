"""Which sentences of an article bear out a generated one, and what it lost or added beside them.

The nearest sentence is the one that has most of its words in the same order; a faithful sentence is
nearly always a shortened one.  Acts, negations and hedges must not be gained or lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.summarise.candidates import Sentence
from briefing.summarise.check import OPENERS, plain

_CONSIDERED = 5
"""Sentences of the article that are aligned with a generated one: those that share most words with it."""
_MOST_EVIDENCE = 3
_ADDS = 2
"""Words of content that a further evidence sentence must add."""
_WORD = re.compile(r"[^\W_][\w'’.-]*\w|\w")
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e|ly)$")
_FUNCTION_WORDS = OPENERS | frozenset(
    "be been being is are was were am has have had having do does did will would shall should can could may "
    "might must who whom whose which what how why him them us me my your you out up down off into onto than "
    "too very just only own same such other another said say says about through against nor because".split()
)
_NEGATIONS = frozenset("not no never none neither nor without cannot".split())
# Acts that a brief must not get wrong.  A word that starts like one of a line is of that line, and words of
# one line stand for each other.
_ACTS: tuple[tuple[str, ...], ...] = (
    ("agree", "consensus", "accord", "deal"),
    ("sign", "signatory"),
    ("pledge", "promise", "vow", "commit", "undertake"),
    ("approve", "endorse", "adopt", "ratif"),
    ("refuse", "reject", "declin", "denie", "deny"),
    ("announce", "declare", "unveil"),
    ("withdraw", "pull", "quit"),
    ("invade", "attack", "strike", "struck", "bomb", "shell"),
    ("kill", "die", "dead", "death"),
    ("arrest", "detain"),
    ("resign", "step"),
    ("appoint", "nominate"),
    ("elect", "win", "won", "victory"),
    ("condemn", "denounce", "deplore"),
    ("arriv", "visit", "travel", "trip", "land"),
    ("attend",),
    ("veto",),
    ("sanction",),
)
# Words that make a statement less than a fact.  Where the article has one just before what was kept, the
# generated sentence must keep it too, or it states as done what was denied, alleged or only expected.
_HEDGES = frozenset(
    "if whether unless could might may should would likely unlikely possible possibly reportedly allegedly "
    "deny denies denied denying claim claims claimed claiming allege alleges alleged accuse accuses accused "
    "doubt doubts doubted hope hopes hoped plan plans planned propose proposes proposed proposal suggest "
    "suggests suggested suggesting urge urges urged urging seek seeks sought want wants wanted ask asks "
    "asked "
    "demand demands demanded threaten threatens threatened threatening consider considers considered expect "
    "expects expected expecting try tries tried trying attempt attempts attempted "
    "report reports reported believe believes believed rumoured purported supposed".split()
)
_JUST_BEFORE = 3


@dataclass(frozen=True)
class Support:
    """The sentences that bear a generated one out, the nearest first, and why they do not after all."""

    sentences: tuple[Sentence, ...]
    doubts: tuple[str, ...] = ()


def support(text: str, sentences: Sequence[Sentence]) -> Support:
    """What the article has for a generated sentence; `doubts` is empty if it bears it out."""
    wanted = content_words(text)
    shared = [(len(wanted & content_words(sentence.text)), sentence) for sentence in sentences]
    near = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].number))
    if not near:
        return Support((), ("has nothing in common with the article",))
    words = _words(text)
    aligned = [(align(words, _words(sentence.text)), sentence) for _, sentence in near[:_CONSIDERED]]
    pairs, nearest = max(aligned, key=lambda pair: len(pair[0]))
    evidence = _further(wanted, nearest, [sentence for _, sentence in near])
    doubts = _acts(words, [word for sentence in evidence for word in _words(sentence.text)])
    if _negated_otherwise(words, _words(nearest.text), pairs):
        doubts.append("differs from the article in a negation")
    if hedge := _hedge_lost(words, _words(nearest.text), pairs):
        doubts.append(f"leaves out '{hedge}', and so says more than the article")
    return Support(evidence, tuple(doubts))


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in rough stems, so that "talks" and "talked" are one."""
    stems = (_ENDING.sub("", word) for word in _words(text) if word not in _FUNCTION_WORDS)
    return frozenset(stem for stem in stems if len(stem) > 1 or stem.isdigit())


def align(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the longest common subsequence of two lists of words."""
    lengths = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, left in enumerate(first):
        for j, right in enumerate(second):
            longest = max(lengths[i][j + 1], lengths[i + 1][j])
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if left == right else longest
    pairs = []
    i, j = len(first), len(second)
    while i and j:
        if first[i - 1] == second[j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif lengths[i - 1][j] >= lengths[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


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


def _acts(words: Sequence[str], evidence: Sequence[str]) -> list[str]:
    doubts = []
    for act in _ACTS:
        said = next((word for word in words if word.startswith(act)), None)
        if said and not any(word.startswith(act) for word in evidence):
            doubts.append(f"says '{said}', which the article does not say there")
    return doubts


def _negated_otherwise(words: Sequence[str], source: Sequence[str], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether a negation was added, or lost just before a word that was kept."""
    kept, used = {i for i, _ in pairs}, {j for _, j in pairs}
    added = any(_negates(word) and i not in kept for i, word in enumerate(words))
    lost = any(
        _negates(word) and j not in used and (j + 1 in used or j + 2 in used) for j, word in enumerate(source)
    )
    return added or lost


def _hedge_lost(words: Sequence[str], source: Sequence[str], pairs: Sequence[tuple[int, int]]) -> str | None:
    """The hedge that stood just before a word that was kept, and was not kept itself."""
    used = {j for _, j in pairs}
    for j, word in enumerate(source):
        close = any(j + step in used for step in range(1, _JUST_BEFORE + 1))
        if word in _HEDGES and close and j not in used and word not in words:
            return word
    return None


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _words(text: str) -> list[str]:
    return [plain(word) for word in _WORD.findall(text)]
