"""What of the stories fits into the words of a brief: whole summaries first, then the statements that matter.

A page that says everything is not read.  What is left out stays in the JSON with `told` false, and so does
what a summary says already: each fact is told once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.brief.merge import fold
from briefing.types import Agreed, Outlook, Status, Story, Summary

WORDS = 2_000
# The share of the words that summaries may take; beyond it a story is told in its first sentence.
_SUMMARIES = 0.6
# Statements of one story at most: a story that needs more is read at its source.
_MOST = 4
# Of the words of the shorter of two texts, the share from which both say the same.
_SAME = 0.6
_FEWEST = 4
# What a desk asks for first: what binds, then what was refused or offered, then what has a day.
_STATUS: dict[Status, float] = {
    "signed": 5.0, "agreed": 5.0, "refused": 4.0, "pledged": 3.5, "proposed": 3.5, "reaffirmed": 3.0,
}  # fmt: skip
_PROSPECT = {"scheduled": 2.5, "expected": 1.5, "conditional": 1.5, "assessment": 1.0}
_DATED = 1.5
_SPOKEN = 0.5  # by somebody who is named, or with parties
_WORTH = 1.5  # below that nobody misses it
_WORD = re.compile(r"\w[\w'’-]*")
_EXACT = {"day", "week", "month"}

_Value = Agreed | Outlook


@dataclass(frozen=True)
class _Candidate:
    value: _Value
    words: frozenset[str]
    weight: float


def choose(stories: Sequence[Story], words: int) -> list[Story]:
    """The stories, the best first, with summaries and statements that together have about so many words."""
    chosen = _summarised(stories, words)
    left = words - sum(_count(story.headline) + _count(story.summary.text) for story in chosen)
    kept: list[list[_Value]] = [[] for _ in chosen]
    told = [[_bag(sentence.text) for sentence in story.summary.sentences] for story in chosen]
    queue = sorted(
        ((rank, one) for rank, story in enumerate(chosen) for one in _candidates(story)),
        key=lambda pair: (-pair[1].weight + pair[0] / len(chosen), pair[0]),
    )
    for rank, one in queue:
        if len(kept[rank]) >= _MOST or len(one.words) == 0:
            continue
        length = _count(one.value.text)
        if length > left or any(_same(one.words, known) for known in told[rank]):
            continue
        kept[rank].append(one.value)
        told[rank].append(one.words)
        left -= length
    return [_with(story, own) for story, own in zip(chosen, kept, strict=True)]


def untold(story: Story) -> Story:
    """A story that is not told in full: none of its statements is."""
    return _with(story, [])


def _summarised(stories: Sequence[Story], words: int) -> list[Story]:
    room = words * _SUMMARIES - sum(_count(_first(story.summary).text) for story in stories)
    found = []
    for story in stories:
        more = _count(story.summary.text) - _count(_first(story.summary).text)
        if more <= room:
            room -= more
            found.append(story)
        else:
            found.append(replace(story, summary=_first(story.summary)))
    return found


def _first(summary: Summary) -> Summary:
    return replace(summary, sentences=summary.sentences[:1])


def _candidates(story: Story) -> Iterator[_Candidate]:
    values: list[_Value] = [*story.slots.agreed, *story.slots.outlook]
    seen = set()
    for value in values:
        weight = _weight(value)
        key = value.evidence[0]
        if weight >= _WORTH and key not in seen:
            seen.add(key)
            yield _Candidate(value, _bag(value.text), weight)


def _weight(value: _Value) -> float:
    if isinstance(value, Agreed):
        weight = _STATUS[value.status] + (_SPOKEN if value.parties else 0.0)
    else:
        dated = value.when is not None and value.when.date is not None and value.when.precision in _EXACT
        weight = _PROSPECT[value.kind] + (_DATED if dated else 0.0) + (_SPOKEN if value.speaker else 0.0)
    # News puts first what matters; what several articles say matters more.
    articles = len({one.article for one in value.evidence})
    return weight + 0.5 * (articles - 1) - 0.1 * math.log1p(value.evidence[0].start / 200)


def _with(story: Story, kept: Iterable[_Value]) -> Story:
    """The story with `told` set for these statements, and for what else their passages say."""
    passages = {one.evidence[0] for one in kept}
    slots = story.slots
    return replace(
        story,
        slots=replace(
            slots,
            agreed=tuple(replace(one, told=one.evidence[0] in passages) for one in slots.agreed),
            outlook=tuple(replace(one, told=one.evidence[0] in passages) for one in slots.outlook),
        ),
    )


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _bag(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORD.findall(text))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return fewer >= _FEWEST and len(one & other) >= _SAME * fewer
