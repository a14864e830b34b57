"""What stands around a cue: the clauses and phrases of which each may be what is said, or who says it.

The candidates are nodes of the tree, as in the labelling of semantic roles: what depends on the cue, what
depends on that, and each clause above the cue without the branch that the cue stands in.  Beside them stand
three stretches between commas, for sentences that the parser could make nothing of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.reading.cues import key
from briefing.reading.grammar import SUBJECTS
from briefing.reading.tree import Tree
from briefing.reading.words import Word

NONE, CONTENT, SOURCE, OPEN = LABELS = ("none", "content", "source", "open")
"""What a node may be; an open one is neither, but has one or the other within it."""

_SKIPPED = frozenset(
    {"punct", "aux", "auxpass", "neg", "det", "prt", "cc", "mark", "case", "preconj", "predet", "advmod"}
)
# What a word above may share with the cue: "they plan to ask", "his claim", "a letter he got, saying".
_SHARED = SUBJECTS | {"dobj", "ccomp", "compound", "poss", "amod", "appos", "pobj", "attr"}
_TOLD_BY_FORM = frozenset({"PRON", "ADP", "SCONJ", "DET", "PART", "ADV"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LEVELS = 3
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A phrase: its head, what it is to the word above, how it is reached from the cue, and its words.

    `rest` says that it is what a clause is without the branch of the cue, or a stretch between commas.
    """

    word: Word
    role: str
    path: str
    words: int
    depth: int
    rest: bool = False


def walk(tree: Tree, cue: Word, decide: Callable[[Node], str]) -> Iterator[tuple[Node, str]]:
    """The nodes around the cue with what `decide` calls them; open ones are looked into.

    The parts of a clause around a cue are asked about if it is not said in whole, the cue without subject.
    """
    for node in _stretches(tree, cue):
        yield node, decide(node)
    yield from _descend(tree, list(_dependents(tree, cue, "v", 1)), decide)
    branch, path, own = cue, "", _has_subject(tree, cue)
    for level in range(1, _LEVELS + 1):
        head = tree.sentence.head(branch)
        if head is None:
            return
        path = f"{path}^{branch.dep}"
        rest = Node(head, head.dep, path, tree.below[head.i] & ~tree.below[branch.i], level, rest=True)
        label = decide(rest)
        yield rest, label
        if label != CONTENT and not own:
            others = [one for one in _dependents(tree, head, f"{path}v", 2) if one.role in _SHARED]
            yield from _descend(tree, [one for one in others if one.word.i != branch.i], decide)
        branch = head


def _stretches(tree: Tree, cue: Word) -> Iterator[Node]:
    """Of "A, B said C": A and B, whatever the parser made of them; and C where it made a clause of it."""
    if cue.tag not in _FINITE:
        return
    comma = next((word.i for word in reversed(tree.words[: cue.i]) if word.text == ","), 0)
    first = 1 << comma + 1
    if comma:
        yield _stretch(tree, "left", (1 << comma) - 1)
        if comma + 1 < cue.i:
            yield _stretch(tree, "between", (1 << cue.i) - first)
    if any(child.dep == "ccomp" and child.i > cue.i for child in tree.children(cue)):
        yield _stretch(tree, "right", (1 << len(tree.words)) - (2 << cue.i))


def _stretch(tree: Tree, path: str, words: int) -> Node:
    """The words as a node; its head is the first of them that depends on none of them."""
    inside = [word for word in tree.words if words >> word.i & 1]
    top = next((word for word in inside if not words >> word.head & 1 or word.head == word.i), inside[0])
    return Node(top, top.dep, path, words, _DEPTH, rest=True)


def _dependents(tree: Tree, word: Word, path: str, depth: int) -> Iterator[Node]:
    inverted = word.tag in _FINITE and follows_quotation(tree, word) and not _has_subject(tree, word)
    for child in tree.children(word):
        if child.dep not in _SKIPPED:
            # “…,” grumbled Lund: the parser takes the subject of a verb that is rarely inverted as object.
            role = "nsubj" if inverted and child.is_direct_object else child.dep
            yield Node(child, role, f"{path}{role}", tree.below[child.i], depth)


def _has_subject(tree: Tree, word: Word) -> bool:
    return any(child.is_subject for child in tree.children(word))


def _descend(tree: Tree, nodes: list[Node], decide: Callable[[Node], str]) -> Iterator[tuple[Node, str]]:
    while nodes:
        node = nodes.pop()
        label = decide(node)
        yield node, label
        if label == OPEN and node.depth < _DEPTH:
            nodes.extend(_dependents(tree, node.word, f"{node.path}>", node.depth + 1))


def follows_quotation(tree: Tree, cue: Word) -> bool:
    """Whether the cue stands right behind a quotation: “…,” said, or “…”, said."""
    before = cue.i - 1
    if before > 0 and tree.words[before].text == ",":
        before -= 1
    return before >= 0 and tree.quoted >> before & 1 == 1 and not tree.quoted >> cue.i & 1


def surroundings(tree: Tree, cue: Word) -> str:
    """What the cue has beside it, in a word: a quotation; clause, infinitive or object; subject; passive."""
    deps = {child.dep for child in tree.children(cue)}
    told = "c" if "ccomp" in deps else "x" if "xcomp" in deps else "o" if "dobj" in deps else "-"
    if follows_quotation(tree, cue):
        told = f"q{told}"
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
    own = "s" if _has_subject(tree, word) else ""
    count = node.words.bit_count()
    size = min(count, 12) // 2
    quoted = _quoted(tree, cue, node, count)
    return [
        f"own={own}/{path}",
        f"previous={previous}/{path}",
        f"previous={previous}/{node.role}",
        f"path={path}{side}",
        f"path={path}/{name}",
        f"path={path}/{cue.tag}",
        f"path={path}/{word.tag}",
        f"path={path}/{kind}",
        f"beside={path}/{beside}",
        f"dep={node.role}/{cue.pos}/{side}",
        f"cue={name}/{node.role}/{side}",
        f"lemma={path}/{word.lemma}",
        f"lemma={word.lemma}/{node.role}",
        f"quoted={quoted}/{path}",
        f"begins={begins}/{path}",
        f"begins={begins}/{name}",
        f"size={size}/{node.role}",
        f"away={min(abs(word.i - cue.i), 8)}{side}/{node.role}",
    ]


def _quoted(tree: Tree, cue: Word, node: Node, count: int) -> str:
    """How much of the node is between quotation marks that the cue is not between."""
    if tree.quoted >> cue.i & 1:
        return "cue"
    inside = (node.words & tree.quoted).bit_count()
    return "all" if inside == count else "some" if inside else "none"
