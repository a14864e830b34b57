"""Which words may tell that somebody says, thinks or orders something, and what speaks for each."""

from __future__ import annotations

from collections.abc import Iterator, Set

from briefing.reading.grammar import OBJECTS, SUBJECTS
from briefing.reading.tree import Tree
from briefing.reading.words import Word

_HELPING = frozenset({"aux", "auxpass"})
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "advcl", "pcomp", "parataxis"})
_FAR = 5


def key(word: Word) -> str:
    """What the models know a word by: lemma and part of speech."""
    return f"{word.lemma}/{word.pos}"


def candidates(tree: Tree, known: Set[str], saying: Set[str]) -> Iterator[Word]:
    """The words of a sentence that may be cues: verbs, and others that are `known` to have been cues.

    Beside a quotation also what is written as a verb of saying: the parser may take "the two add" for nouns.
    """
    for word in tree.words:
        if word.dep in _HELPING:
            continue
        beside = tree.quoted and word.lemma in saying and not tree.quoted >> word.i & 1
        if word.is_full_verb or beside or key(word) in known:
            yield word


def cue_features(tree: Tree, word: Word, saying: Set[str]) -> list[str]:
    """What speaks for and against the word being a cue; `saying` are the lemmas listed as verbs of saying."""
    name = key(word)
    found = [
        "",
        f"word={name}",
        f"tag={word.tag}",
        f"dep={name}/{word.dep}",
        f"dep={word.pos}/{word.dep}",
        f"ending={word.lemma[-3:]}/{word.pos}",
        f"saying={word.lemma in saying}/{word.pos}",
    ]
    above = tree.sentence.head(word)
    if above is not None:
        found += [f"head={word.dep}/{key(above)}", f"head={word.dep}/{above.pos}"]
    frame, subject = [], False
    for child in tree.children(word):
        subject = subject or child.is_subject
        if child.dep in _CLAUSES or child.dep in OBJECTS:
            frame.append(_role(word, child))
        _tell_child(tree, word, child, found)
    shape = "+".join(frame)
    found += [f"frame={shape}/{word.pos}/{subject}", f"frame={shape}/{name}"]
    _tell_neighbours(tree, word, name, found)
    _tell_quotations(tree, word, name, found)
    return found


def _role(word: Word, child: Word) -> str:
    side = "<" if child.i < word.i else ">"
    return (
        f"{child.dep}:{child.lower}{side}" if child.dep in {"prep", "prt", "agent"} else f"{child.dep}{side}"
    )


def _tell_child(tree: Tree, word: Word, child: Word, found: list[str]) -> None:
    """What one dependent of the word says of it."""
    dep, name = child.dep, key(word)
    if dep == "punct":
        if child.text == ":":
            found.append("colon")
        return
    if dep in _HELPING or dep == "neg":
        found += [f"helping={child.lower}"]
        return
    role = _role(word, child)
    found += [f"role={role}/{name}", f"role={role}/{word.tag}"]
    if dep in SUBJECTS:
        kind = child.lower if child.is_pronoun else child.entity or child.pos
        found += [f"subject={kind}", f"subject={child.lemma}"]
    elif dep in OBJECTS:
        found += [
            f"object={name}/{child.lemma}",
            f"object={child.lemma}/{dep}",
            f"object={child.pos}/{child.entity}/{dep}",
        ]
    if dep in _CLAUSES or dep in OBJECTS:
        mark = next((one.lower for one in tree.children(child) if one.dep in {"mark", "aux", "advmod"}), "")
        found += [f"mark={role}/{mark}", f"mark={role}/{mark}/{name}"]
        if tree.quoted >> child.i & 1 and not tree.quoted >> word.i & 1:
            found += [f"quotes={role}", f"quotes={role}/{word.pos}"]


def _tell_neighbours(tree: Tree, word: Word, name: str, found: list[str]) -> None:
    words = tree.words
    previous = words[word.i - 1].lower if word.i else "^"
    following = words[word.i + 1].lower if word.i + 1 < len(words) else "$"
    found += [f"previous={previous}", f"next={following}"]
    if not tree.sentence.number:
        found.append(f"first/{word.tag}")


def _tell_quotations(tree: Tree, word: Word, name: str, found: list[str]) -> None:
    if not tree.quoted:
        return
    if tree.quoted >> word.i & 1:
        found.append(f"within/{word.pos}")
        return
    before = tree.quoted & ((1 << word.i) - 1)
    after = tree.quoted >> word.i
    back = min(word.i - before.bit_length(), _FAR) if before else ""
    ahead = min((after & -after).bit_length() - 2, _FAR) if after else ""
    found += [
        f"beside/{word.pos}/{word.dep}",
        f"beside/{name}",
        f"after={back}/{word.tag}",
        f"before={ahead}/{word.tag}",
    ]
