"""Whose words a quotation is: which of the cues around it tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.reading.cues import key
from briefing.reading.tree import Tree
from briefing.reading.words import Word
from briefing.types.claims import Span

_FAR = 6
_LONG = 30


@dataclass(slots=True)
class Told:
    """A cue with what it tells: `words` of the cue, `source` and `content` are sets of its sentence's words.

    `sure` is how probable it is that the cue is one; `quotations` are the numbers of those quotations of the
    article that are its content, too.
    """

    tree: Tree
    cue: Word
    sure: float
    words: int
    source: int
    content: int
    quotations: list[int]


@dataclass(frozen=True)
class Quotation:
    """A quotation and the numbers of the first and last sentence it has words in."""

    span: Span
    first: int
    last: int


def place(trees: Sequence[Tree]) -> list[Quotation]:
    """The quotations that stand in these sentences, in order."""
    numbers: dict[Span, list[int]] = {}
    for tree in trees:
        for span in tree.quotations:
            numbers.setdefault(span, []).append(tree.number)
    return [Quotation(span, found[0], found[-1]) for span, found in numbers.items()]


def tellers(
    quotation: Quotation, told: Sequence[Sequence[Told]], trees: Sequence[Tree], before: Told | None
) -> Iterator[tuple[Told, str]]:
    """The cues that may tell of a quotation, with where each stands; `told` has those of each sentence.

    `before` is the cue that tells of the quotation before this one.
    """
    for n in range(max(quotation.first - 1, 0), min(quotation.last + 2, len(trees))):
        where = "previous" if n < quotation.first else "following" if n > quotation.last else "same"
        for one in told[n]:
            if not quotation.span[0] <= one.cue.start < quotation.span[1]:
                yield one, "goes on" if one is before else where
    if before is not None and not quotation.first - 1 <= before.tree.number <= quotation.last + 1:
        yield before, "goes on from afar"


def quoting_features(
    quotation: Quotation, one: Told, where: str, trees: Sequence[Tree], text: str
) -> list[str]:
    """What speaks for the quotation being what this cue tells."""
    start, end = quotation.span
    cue, tree = one.cue, one.tree
    left, right = text[:start].rstrip()[-1:], text[end - 2 : end - 1]
    words = len(text[start:end].split())
    size = "long" if words > _LONG else "short" if words < 5 else ""
    between = text[cue.end : start] if cue.start < start else text[end : cue.start]
    gap = min(_between(quotation, one, trees), _FAR)
    side = "before" if cue.start < start else "after"
    line = "line" if "\n" in between else ""
    inside = tree.between(quotation.span)
    held = (one.content & inside).bit_count()
    holds = (
        "all" if inside and held == inside.bit_count() else "some" if held else "other" if one.content else ""
    )
    alone = "alone" if not trees[quotation.first].solid & ~trees[quotation.first].quoted else ""
    own = "own" if any(child.is_subject for child in tree.children(cue)) else ""
    within = "within" if tree.quoted >> cue.i & 1 else ""
    trailing = min(len(tree.words) - cue.i, 12) // 2
    spot = f"{where}/{side}/{line}"
    return [
        "",
        spot,
        f"{spot}/{alone}/{holds}",
        f"{spot}/{gap}",
        f"{spot}/{size}",
        f"{spot}/{key(cue)}",
        f"{spot}/{cue.tag}/{own}",
        f"{spot}/{cue.dep}",
        f"{spot}/left={left if not left.isalnum() else 'a'}",
        f"{spot}/right={right if not right.isalnum() else 'a'}",
        f"{where}/{holds}/{size}",
        f"{where}/{holds}/{gap}",
        f"{where}/{within}",
        f"{where}/sure={one.sure:.1f}",
        f"{spot}/{gap}/sure={one.sure > 0.5}",
        f"{spot}/{gap}/{one.tree is trees[quotation.first]}/{alone}",
        f"{where}/{line}/{trailing}/{alone}",
        f"{where}/{bool(one.quotations)}/{side}",
        key(cue),
    ]


def _between(quotation: Quotation, one: Told, trees: Sequence[Tree]) -> int:
    """How many words stand between the two, those of other quotations not counted."""
    start, end = quotation.span
    span = (one.cue.end, start) if one.cue.start < start else (end, one.cue.start)
    first, last = sorted((one.tree.number, quotation.first if one.cue.start < start else quotation.last))
    found = (tree.between(span) & tree.solid & ~tree.quoted for tree in trees[first : last + 1])
    return sum(words.bit_count() for words in found)
