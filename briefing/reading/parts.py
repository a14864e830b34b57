"""What stands around a cue: the clauses and phrases of which each may be what is said, or who says it.

The candidates are nodes of the tree, as in the labelling of semantic roles: what depends on the cue, what
depends on that, and each clause above the cue without the branch that the cue stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.reading.cues import key
from briefing.reading.grammar import SUBJECTS
from briefing.reading.parse import Word
from briefing.reading.tree import Tree

NONE, CONTENT, SOURCE, OPEN = LABELS = ("none", "content", "source", "open")
"""What a node may be; an open one is neither, but has one or the other within it."""

_SKIPPED = frozenset(
    {"punct", "aux", "auxpass", "neg", "det", "prt", "cc", "mark", "case", "preconj", "predet"}
)
_TOLD_BY_FORM = frozenset({"PRON", "ADP", "SCONJ", "DET", "PART", "ADV"})
_LEVELS = 4
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A phrase: its head, how it is reached from the cue, and its words.

    `rest` says that it is the clause around the cue, without the branch in which the cue stands.
    """

    word: Word
    path: str
    words: int
    depth: int
    rest: bool = False


def walk(tree: Tree, cue: Word, decide: Callable[[Node], str]) -> Iterator[tuple[Node, str]]:
    """The nodes around the cue with what `decide` calls them; open ones are looked into.

    Beside a clause around the cue that is said in whole, its parts are not asked about.
    """
    yield from _descend(tree, list(_dependents(tree, cue, "v", 1)), decide)
    branch, path = cue, ""
    for level in range(1, _LEVELS + 1):
        head = tree.sentence.head(branch)
        if head is None:
            return
        path = f"{path}^{branch.dep}"
        rest = Node(head, path, tree.below[head.i] & ~tree.below[branch.i], level, rest=True)
        label = decide(rest)
        yield rest, label
        if label != CONTENT:
            others = [one for one in _dependents(tree, head, f"{path}v", 2) if one.word.i != branch.i]
            yield from _descend(tree, others, decide)
        branch = head


def _dependents(tree: Tree, word: Word, path: str, depth: int) -> Iterator[Node]:
    for child in tree.children(word):
        if child.dep not in _SKIPPED:
            yield Node(child, f"{path}{child.dep}", tree.below[child.i], depth)


def _descend(tree: Tree, nodes: list[Node], decide: Callable[[Node], str]) -> Iterator[tuple[Node, str]]:
    while nodes:
        node = nodes.pop()
        label = decide(node)
        yield node, label
        if label == OPEN and node.depth < _DEPTH:
            nodes.extend(_dependents(tree, node.word, f"{node.path}>", node.depth + 1))


def surroundings(tree: Tree, cue: Word) -> str:
    """What the cue has beside it, in a word: clause, infinitive or object; subject; passive."""
    deps = {child.dep for child in tree.children(cue)}
    told = "c" if "ccomp" in deps else "x" if "xcomp" in deps else "o" if "dobj" in deps else "-"
    passive = "p" if deps & {"auxpass", "nsubjpass"} else ""
    own = "s" if deps & SUBJECTS else ""
    return f"{told}{own}{passive}"


def node_features(tree: Tree, cue: Word, node: Node, beside: str) -> list[str]:
    """What speaks for the node being said, or saying it; `beside` is what `surroundings` says of the cue."""
    word, path = node.word, node.path
    name = key(cue)
    side = "<" if word.i < cue.i else ">"
    kind = word.lower if word.pos in _TOLD_BY_FORM else word.entity or word.pos
    first = tree.words[(node.words & -node.words).bit_length() - 1]
    begins = first.lower if first.pos in _TOLD_BY_FORM else first.pos
    previous = tree.words[first.i - 1].lower if first.i else "^"
    own = "s" if any(child.dep in SUBJECTS for child in tree.children(word)) else ""
    count = node.words.bit_count()
    size = min(count, 12) // 2
    quoted = _quoted(tree, cue, node, count)
    return [
        f"own={own}/{path}",
        f"own={own}/{word.tag}/{path}",
        f"previous={previous}/{path}",
        f"previous={previous}/{word.dep}",
        f"path={path}",
        f"path={path}{side}",
        f"path={path}/{name}",
        f"path={path}/{cue.tag}",
        f"path={path}/{word.tag}",
        f"path={path}/{kind}",
        f"path={path}/{cue.pos}/{kind}",
        f"beside={path}/{beside}",
        f"dep={word.dep}/{cue.pos}/{side}",
        f"cue={name}/{kind}",
        f"cue={name}/{word.dep}/{side}",
        f"lemma={path}/{word.lemma}",
        f"lemma={word.lemma}/{word.dep}",
        f"quoted={quoted}/{path}",
        f"quoted={quoted}/{side}",
        f"begins={begins}/{path}",
        f"begins={begins}/{name}",
        f"size={size}/{word.dep}",
        f"size={size}/{path}",
        f"away={min(abs(word.i - cue.i), 8)}{side}/{word.dep}",
    ]


def _quoted(tree: Tree, cue: Word, node: Node, count: int) -> str:
    """How much of the node is between quotation marks that the cue is not between."""
    if tree.quoted >> cue.i & 1:
        return "cue"
    inside = (node.words & tree.quoted).bit_count()
    return "all" if inside == count else "some" if inside else "none"
