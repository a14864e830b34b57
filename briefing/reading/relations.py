"""The grammatical relations of a sentence between its words of content: "urged" - subject - "sides".

Active and passive give the same ones, so that they can be compared between sentences (relations as the unit
of entailment: Goyal & Durrett 2020).
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.reading.words import Sentence, Word

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_ROLES = {
    "subject": frozenset({"nsubj", "csubj"}),
    "object": frozenset({"dobj", "nsubjpass", "csubjpass", "dative", "oprd", "attr", "acomp"}),
    "of": frozenset({"compound", "amod", "nummod", "poss", "appos", "nmod"}),
    "and": frozenset({"conj"}),
    "clause": frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl"}),
}
_ROLE_OF = {dep: role for role, deps in _ROLES.items() for dep in deps}

Relation = tuple[str, str, str]
"""(role, head, dependent): names as they stand, all other words without inflection."""

ANYONE = ""
"""The dependent where it is a pronoun."""


def relations(sentence: Sentence) -> Iterator[Relation]:
    """The relations between words of content; what follows a preposition has it as its role."""
    for word in sentence.words:
        head, role = sentence.head(word), _ROLE_OF.get(word.dep)
        if head is not None and word.dep in {"pobj", "pcomp"}:
            role = "subject" if head.dep == "agent" else head.lower
            head = sentence.head(head)
        if head is None or not role or head.pos not in _CONTENT:
            continue
        if word.pos in _CONTENT:
            yield role, _form(head), _form(word)
        elif word.is_pronoun and role in {"subject", "object"}:
            yield role, _form(head), ANYONE


def _form(word: Word) -> str:
    return word.lower if word.is_proper_noun else word.lemma
