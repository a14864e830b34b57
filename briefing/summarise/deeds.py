"""Reads deeds off a parse: a verb, who does it, whom it is done to, where and when, and whether it is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from briefing.reading.parse import Sentence, Word
from briefing.summarise.fidelity import key

_PRONOUNS = frozenset(
    "he she it they we i you him her them us me who whom which that this these those one some many others "
    "all both each there what whoever someone everyone nobody".split()
)
_POINTING = frozenset("the this that these those both his her its their".split())
_JOINED_TO = frozenset({"compound", "amod", "nmod", "appos"})
_SUBJECTS = frozenset({"nsubj", "csubj", "nsubjpass", "csubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "nsubjpass"})
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp"})
# Where and when, by preposition.  Those of one kind answer the same question.
_QUESTIONS = {"in": "at", "at": "at", "on": "at", "near": "at", "to": "to", "into": "to", "from": "from"}
_TIMES = frozenset({"DATE", "TIME"})
# What makes a deed less than a fact, on the verb itself or on the one that governs it.
_OPEN_AUXILIARIES = frozenset("may might can could would should must will shall 'll ’ll wo".split())
# What is asked for or wanted is not done, nor is what is only alleged.
_ASKING = frozenset(
    "urge ask want seek plan hope expect propose suggest demand threaten consider try attempt refuse call "
    "intend aim agree vow pledge promise offer need press encourage fail decline warn prepare request invite "
    "allege accuse believe say report suspect".split()
)
_DOUBTING = frozenset("suggest allege doubt deny hope expect propose demand urge claim".split())
_NEGATIONS = frozenset("not no n't n’t never neither nor".split())


@dataclass(frozen=True)
class Party:
    """One that does or is done to: the head of the phrase, its words, the names among them.

    `named` where the head is a name itself; `new` where the phrase brings in one not told of before
    ("one envoy").  `anyone` where it is a pronoun.
    """

    head: str
    words: frozenset[str]
    names: tuple[str, ...]
    said: str
    named: bool
    new: bool
    anyone: bool

    def is_like(self, other: Party) -> bool:
        """Whether the two phrases can name the same."""
        return self.head in other.words or other.head in self.words


class Setting(NamedTuple):
    """Where or when: what it answers ("at place"), its words, and how it is said ("in Vienna")."""

    question: str
    words: frozenset[str]
    said: str


@dataclass(frozen=True)
class Deed:
    """A verb with all that hangs on it.

    `content` is the verb of what was said, urged or begun ("urged them to *join*"); `open` says that the
    deed is asked, planned or possible, and not done.
    """

    verb: str
    doers: tuple[Party, ...]
    others: tuple[Party, ...]
    settings: tuple[Setting, ...]
    content: str | None
    denied: bool
    open: bool


def deeds(sentence: Sentence) -> Iterator[Deed]:
    """The deeds of a sentence, in order."""
    for verb in sentence.words:
        if verb.pos in {"VERB", "AUX"} and verb.dep not in {"aux", "auxpass"}:
            yield Deed(
                verb.lemma,
                tuple(party(sentence, word) for word in _doers(sentence, verb)),
                tuple(party(sentence, word) for word in _others(sentence, verb)),
                tuple(_settings(sentence, verb)),
                content=next(
                    (one.lemma for one in sentence.children(verb) if one.dep in {"ccomp", "xcomp"}), None
                ),
                denied=any(child.lower in _NEGATIONS for child in sentence.children(verb)),
                open=_open(sentence, verb),
            )


def party(sentence: Sentence, head: Word) -> Party:
    """The phrase of a noun: what is joined to it by apposition or compounding, not what it owns."""
    members = [head]
    for member in members:
        members.extend(one for one in sentence.children(member) if one.dep in _JOINED_TO)
    members.sort(key=lambda one: one.i)
    before = [one.lower for one in sentence.children(head) if one.dep in {"det", "nummod", "poss"}]
    return Party(
        key(head),
        frozenset(key(word) for word in members),
        tuple(key(word) for word in members if word.pos == "PROPN"),
        " ".join(word.text for word in members),
        named=head.pos == "PROPN",
        new=bool(before) and not any(word in _POINTING for word in before),
        anyone=key(head) in _PRONOUNS,
    )


def _doers(sentence: Sentence, verb: Word) -> list[Word]:
    if _passive(sentence, verb):
        agents = [child for child in sentence.children(verb) if child.dep == "agent"]
        return [
            one for agent in agents for word in sentence.children(agent) for one in _joined(sentence, word)
        ]
    seen: Word | None = verb
    while seen is not None:
        own = [child for child in sentence.children(seen) if child.dep in _SUBJECTS]
        if own:
            return [one for word in own for one in _joined(sentence, word)]
        if seen.dep in {"relcl", "acl"}:
            head = sentence.head(seen)
            return [head] if head else []
        seen = sentence.head(seen) if seen.dep in _SHARES_SUBJECT else None
    return []


def _others(sentence: Sentence, verb: Word) -> list[Word]:
    found = [child for child in sentence.children(verb) if child.dep in _OBJECTS]
    if not found and verb.dep == "acl" and _passive(sentence, verb) and (head := sentence.head(verb)):
        found = [head]
    return [one for child in found for one in _joined(sentence, child)]


def _passive(sentence: Sentence, verb: Word) -> bool:
    return any(child.dep in {"nsubjpass", "auxpass", "agent"} for child in sentence.children(verb))


def _joined(sentence: Sentence, word: Word) -> Iterator[Word]:
    """The word and what "and" joins to it."""
    yield word
    for child in sentence.children(word):
        if child.dep == "conj" and child.pos in {"NOUN", "PROPN", "PRON"}:
            yield from _joined(sentence, child)


def _settings(sentence: Sentence, verb: Word) -> Iterator[Setting]:
    # "attacked by demonstrators in Sofia": the parser may hang the place on those who did it there.
    near = [verb, *(one for one in sentence.children(verb) if one.dep in _OBJECTS)]
    for agent in (one for one in sentence.children(verb) if one.dep == "agent"):
        near.extend(sentence.children(agent))
    for child in (child for word in near for child in sentence.children(word)):
        if child.dep == "npadvmod":
            yield from _setting(sentence, "at", child, "")
        elif child.dep == "prep" and child.lower in _QUESTIONS:
            for word in sentence.children(child):
                yield from _setting(sentence, _QUESTIONS[child.lower], word, f"{child.text} ")


def _setting(sentence: Sentence, kind: str, word: Word, preposition: str) -> Iterator[Setting]:
    about = "time" if word.entity in _TIMES else "place" if word.pos == "PROPN" else None
    if about:
        phrase = sentence.subtree(word)
        words = frozenset(one.lower for one in phrase if one.pos in {"NOUN", "PROPN", "NUM"})
        yield Setting(f"{kind} {about}", words, preposition + " ".join(one.text for one in phrase))


def _open(sentence: Sentence, verb: Word) -> bool:
    if any(child.dep == "aux" and child.lower in _OPEN_AUXILIARIES for child in sentence.children(verb)):
        return True
    if any(
        child.dep == "mark" and child.lower in {"if", "whether", "unless"}
        for child in sentence.children(verb)
    ):
        return True
    head = sentence.head(verb)
    if head is None:
        return False
    if verb.dep == "conj":
        return not any(child.dep in _SUBJECTS for child in sentence.children(verb)) and _open(sentence, head)
    if verb.dep not in {"xcomp", "ccomp"}:
        return False
    return head.lemma in (_ASKING if verb.tag in {"VB", "VBG"} else _DOUBTING)
