"""Whether a clause is asserted at all: every way in which it is less than a plain statement."""

from __future__ import annotations

import re

from briefing.reading import grammar
from briefing.reading.data import Mood, MoodWords
from briefing.reading.parse import Sentence, Word

_CONDITIONS = {"if", "unless", "until", "whether"}
_SEVERAL = set("they both two sides leaders ministers countries governments we delegations".split())
_YEAR = re.compile(r"\b(?:in|of|since)\s+(?:\w+\s+)?(?:1[89]|20)\d\d\b")


def moods(sentence: Sentence, verb: Word, words: MoodWords, saying: frozenset[str]) -> frozenset[Mood]:
    """Every way in which the clause of this verb is less than a plain assertion."""
    found: set[Mood] = set()
    if grammar.is_negated(sentence, verb):
        found.add("negated")
    found |= _auxiliary_moods(sentence, verb, saying)
    found |= _governed_moods(sentence, verb, words)
    if "earlier" not in found and _is_earlier(sentence, verb, words):
        found.add("earlier")
    if verb.dep == "csubj":
        found.add("hoped")
    if any(
        child.dep in grammar.SUBJECTS and child.lower in {"what", "whatever"}
        for child in sentence.children(verb)
    ):
        found.add("relative")
    if sentence.words[-1].text == "?" or any(word.text == "?" for word in sentence.words[-3:]):
        found.add("asked")
    if _is_unreal(sentence, verb):
        found.add("unreal")
    return frozenset(found)


def _auxiliary_moods(sentence: Sentence, verb: Word, saying: frozenset[str]) -> set[Mood]:
    found: set[Mood] = set()
    for auxiliary in grammar.auxiliaries(sentence, verb):
        if auxiliary.lower in grammar.FUTURE:
            found.add("future")
        elif auxiliary.lower in {"would", "'d", "’d"} and auxiliary.lemma != "have":
            reported = grammar.reporting_verb(sentence, verb, saying) is not None
            found.add("future" if reported and not _has_condition(sentence, verb) else "conditional")
        elif auxiliary.lower in grammar.POSSIBLE:
            found.add("possible")
        elif auxiliary.lower in grammar.OBLIGED:
            found.add("obliged")
    return found


def _has_condition(sentence: Sentence, verb: Word) -> bool:
    return any(
        child.dep == "advcl" and any(mark.lower in {"if", "unless"} for mark in sentence.children(child))
        for child in sentence.children(verb)
    )


def _governed_moods(sentence: Sentence, verb: Word, words: MoodWords) -> set[Mood]:
    found: set[Mood] = set()
    below = verb
    while True:
        if any(
            mark.lower in _CONDITIONS and mark.dep in {"mark", "advmod"} for mark in sentence.children(below)
        ):
            found.add("conditional")
        adds = below.dep == "relcl" and _adds(sentence, below)
        if adds and below is verb and not _is_conditional(sentence, verb):
            return found  # asserted by itself, whatever becomes of the clause that it hangs on
        if (below.dep == "relcl" and not adds) or (below.dep == "acl" and below.tag == "VBN"):
            found.add("relative")
        above = sentence.head(below)
        if above is None:
            return found
        if below.dep in grammar.CLAUSES | {"acl", "prep", "relcl"}:
            found |= _mood_from(sentence, above, below, words)
        below = above


def _is_conditional(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause above the verb is open: "If they sign the plan, which they agreed to test, …"."""
    return any(
        mark.lower in _CONDITIONS and mark.dep in {"mark", "advmod"}
        for above in sentence.ancestors(verb)
        for mark in sentence.children(above)
    )


def _adds(sentence: Sentence, verb: Word) -> bool:
    """Whether a relative clause tells something new: "…, which they agreed", not "the plan they agreed"."""
    own = grammar.subject_of_its_own(sentence, verb)
    marks = [one for one in sentence.subtree(verb) if one.lower == "which" and one.i < verb.i]
    # "…, which the minister had pledged to build": what one of them did is background.
    if own is None or own.lower not in _SEVERAL or not marks or marks[0].i == 0:
        return False
    before = sentence.words[marks[0].i - 1]
    return before.text == "," or (
        before.pos == "ADP" and before.i > 0 and sentence.words[before.i - 1].text == ","
    )


def _mood_from(sentence: Sentence, above: Word, below: Word, words: MoodWords) -> set[Mood]:
    found: set[Mood] = set()
    infinitive = below.dep in {"xcomp", "advcl", "ccomp", "acl"} and any(
        one.tag == "TO" for one in sentence.children(below)
    )
    found |= _mood_of_verb(sentence, above, below, words, infinitive=infinitive)
    if infinitive and (below.dep == "advcl" or above.lemma in words.meeting):
        found.add("purpose" if above.lemma in words.meeting else "hoped")
    if (
        above.pos in {"VERB", "AUX"}
        and below.dep in {"xcomp", "ccomp"}
        and grammar.is_negated(sentence, above)
    ):
        found.add("negated")
    if infinitive and (above.pos in {"NOUN", "PROPN"} or above.lemma == "be"):
        found.add("hoped")
    if below.dep == "pcomp":
        governor = sentence.head(above)
        # "interested in finding", "his role in securing"
        keen = governor is not None and governor.pos in {"ADJ", "NOUN", "PROPN"} and above.lower == "in"
        if keen or above.lower not in {"by", "after", "including", "in", "with", "upon"}:
            found.add("hoped")
    return found


def _mood_of_verb(
    sentence: Sentence, above: Word, below: Word, words: MoodWords, *, infinitive: bool
) -> set[Mood]:
    """What the word above says of the clause by its meaning: asked for, wished, denied, ..."""
    found: set[Mood] = set()
    if above.lemma in words.denying or above.lower in words.denying:
        found.add("denied")
    bare = below.dep == "ccomp" and below.tag == "VB" and not grammar.auxiliaries(sentence, below)
    if above.lemma in words.urging and bare:  # "requested that the minister form a group"
        found.add("urged")
    if above.lemma in words.praising and below.dep in {"prep", "pcomp"}:
        found.add("praised")
    if above.lemma in words.discussing and below.dep in grammar.CLAUSES | {"prep"}:
        found.add("discussed")
    if above.lemma in words.urging and (infinitive or below.dep in {"prep", "pcomp"}):
        found.add("urged")
    if (above.lemma in words.believing or above.lower in words.believing) and below.dep in grammar.CLAUSES | {
        "acl"
    }:
        found.add("believed")
    if (above.lemma in words.hoping or above.lower in words.hoping) and below.dep in grammar.CLAUSES:
        found.add("hoped")
    return found


def _is_earlier(sentence: Sentence, verb: Word, words: MoodWords) -> bool:
    """Whether the clause tells of something before the reported event."""
    clause = _clause_text(sentence, verb)
    marked = any(grammar.has_words(clause, mark) for mark in words.earlier) or bool(_YEAR.search(clause))
    if any(auxiliary.lower in {"had", "'d"} for auxiliary in grammar.auxiliaries(sentence, verb)):
        return marked or not _is_governed(sentence, verb)
    past = verb.tag in {"VBD", "VBN"}
    return past and marked


def _is_governed(sentence: Sentence, verb: Word) -> bool:
    """Whether another verb takes the clause as what it is about: "said that they had agreed"."""
    for below in (verb, *sentence.ancestors(verb)):
        if below.dep in grammar.CLAUSES | {"parataxis"}:
            return True
        if below.dep != "conj":
            # "…, he said": the parser sometimes hangs the verb of saying below the clause.
            return any(one.dep in {"parataxis", "ccomp"} for one in sentence.children(below))
    return False


def _clause_text(sentence: Sentence, verb: Word) -> str:
    """The words of the verb's own clause, lower case; clauses that depend on it left out."""
    kept = [verb]
    open_ = [verb]
    while open_:
        for child in sentence.children(open_.pop()):
            if child.dep in grammar.CLAUSES | {"relcl", "conj", "parataxis"} and child.pos in {"VERB", "AUX"}:
                continue
            kept.append(child)
            open_.append(child)
    return " ".join(word.lower for word in sorted(kept, key=lambda one: one.i))


def _is_unreal(sentence: Sentence, verb: Word) -> bool:
    """Whether it tells what might have been: "would have fallen", "could have sunk"."""
    helpers = {one.lower for one in grammar.auxiliaries(sentence, verb)}
    return bool(helpers & {"have", "'ve", "’ve"}) and bool(
        helpers & (grammar.POSSIBLE | {"would", "should", "'d", "’d"})
    )
