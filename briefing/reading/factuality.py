"""Whether a clause is asserted at all: every way in which it is less than a plain statement."""

from __future__ import annotations

import re
from functools import cache

from briefing.reading import grammar
from briefing.reading.data import ENGLISH_DATA, MoodWords
from briefing.reading.wording import has_words
from briefing.reading.words import Sentence, Word
from briefing.rule_files import read_rules
from briefing.types import Mood

_CONDITIONS = {"if", "unless", "until", "whether"}
_SEVERAL = set("they both two sides leaders ministers countries governments we delegations".split())
_YEAR = re.compile(r"\b(?:in|of|since)\s+(?:\w+\s+)?(?:1[89]|20)\d\d\b")


Cues = dict[Mood, Word]


def moods(sentence: Sentence, verb: Word, words: MoodWords, saying: frozenset[str]) -> Cues:
    """Every way in which the clause of this verb is less than a plain assertion, with the word that says so.

    The cue is the verb itself where its form or place says it.
    """
    found: Cues = {}
    negation = grammar.negation(sentence, verb)
    if negation is not None:
        found["negated"] = negation
    _note(found, _auxiliary_moods(sentence, verb, saying))
    _note(found, _governed_moods(sentence, verb, words))
    if "earlier" not in found and (mark := _earlier_mark(sentence, verb, words)) is not None:
        found["earlier"] = mark
    if verb.dep == "csubj":
        found.setdefault("hoped", verb)
    for child in sentence.children(verb):
        if child.is_subject and child.lower in {"what", "whatever"}:
            found.setdefault("relative", child)
    asked = next((word for word in sentence.words[-3:] if word.text == "?"), None)
    if asked is not None:
        found["asked"] = asked
    if _is_unreal(sentence, verb):
        found["unreal"] = verb
    return found


def weakens(word: Word) -> bool:
    """Whether a word makes what follows less than a fact: "may", "if", "urged", "hopes", "denied"."""
    return not _weakening().isdisjoint({word.lemma, word.lower})


@cache
def _weakening() -> frozenset[str]:
    words = read_rules(ENGLISH_DATA / "moods.yaml", MoodWords)
    return frozenset(
        {"would", *_CONDITIONS, *grammar.POSSIBLE, *grammar.OBLIGED}
        | {*words.urging, *words.hoping, *words.believing, *words.denying}
    )


def _note(found: Cues, more: Cues) -> None:
    """Adds what is not there yet: the cue nearest to the verb is kept."""
    for mood, cue in more.items():
        found.setdefault(mood, cue)


def _auxiliary_moods(sentence: Sentence, verb: Word, saying: frozenset[str]) -> Cues:
    found: Cues = {}
    for auxiliary in grammar.auxiliaries(sentence, verb):
        if auxiliary.lower in grammar.FUTURE:
            found["future"] = auxiliary
        elif auxiliary.lower in {"would", "'d", "’d"} and auxiliary.lemma != "have":
            reported = grammar.reporting_verb(sentence, verb, saying) is not None
            found["future" if reported and not _has_condition(sentence, verb) else "conditional"] = auxiliary
        elif auxiliary.lower in grammar.POSSIBLE:
            found["possible"] = auxiliary
        elif auxiliary.lower in grammar.OBLIGED:
            found["obliged"] = auxiliary
    return found


def _has_condition(sentence: Sentence, verb: Word) -> bool:
    return any(
        child.dep == "advcl" and any(mark.lower in {"if", "unless"} for mark in sentence.children(child))
        for child in sentence.children(verb)
    )


def _governed_moods(sentence: Sentence, verb: Word, words: MoodWords) -> Cues:
    found: Cues = {}
    below = verb
    while True:
        condition = _condition(sentence, below)
        if condition is not None:
            found.setdefault("conditional", condition)
        adds = below.dep == "relcl" and _adds(sentence, below)
        if adds and below is verb and not _is_conditional(sentence, verb):
            return found  # asserted by itself, whatever becomes of the clause that it hangs on
        if (below.dep == "relcl" and not adds) or (below.dep == "acl" and below.tag == "VBN"):
            found.setdefault("relative", below)
        above = sentence.head(below)
        if above is None:
            return found
        if below.dep in grammar.CLAUSES | {"acl", "prep", "relcl"}:
            _note(found, _mood_from(sentence, above, below, words))
        below = above


def _condition(sentence: Sentence, verb: Word) -> Word | None:
    return next(
        (
            one
            for one in sentence.children(verb)
            if one.lower in _CONDITIONS and one.dep in {"mark", "advmod"}
        ),
        None,
    )


def _is_conditional(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause above the verb is open: "If they sign the plan, which they agreed to test, …"."""
    return any(_condition(sentence, above) is not None for above in sentence.ancestors(verb))


def _adds(sentence: Sentence, verb: Word) -> bool:
    """Whether a relative clause tells something new: "…, which they agreed", not "the plan they agreed"."""
    own = grammar.subject_of_its_own(sentence, verb)
    marks = [one for one in sentence.subtree(verb) if one.lower == "which" and one.i < verb.i]
    # "…, which the minister had pledged to build": what one of them did is background.
    if own is None or own.lower not in _SEVERAL or not marks or marks[0].i == 0:
        return False
    before = sentence.words[marks[0].i - 1]
    return before.text == "," or (
        before.is_preposition and before.i > 0 and sentence.words[before.i - 1].text == ","
    )


def _mood_from(sentence: Sentence, above: Word, below: Word, words: MoodWords) -> Cues:
    infinitive = below.dep in {"xcomp", "advcl", "ccomp", "acl"} and any(
        one.tag == "TO" for one in sentence.children(below)
    )
    found = _mood_of_verb(sentence, above, below, words, infinitive=infinitive)
    if infinitive and (below.dep == "advcl" or above.lemma in words.meeting):
        found.setdefault("purpose" if above.lemma in words.meeting else "hoped", above)
    if above.is_verb and below.dep in {"xcomp", "ccomp"}:
        negation = grammar.negation(sentence, above)
        if negation is not None:
            found.setdefault("negated", negation)
    if above.is_common_noun and above.lemma in words.hearsay and below.dep in {"acl", "ccomp", "relcl"}:
        found.setdefault("believed", above)
    if infinitive and (above.is_noun or above.lemma == "be"):
        found.setdefault("hoped", above)
    if below.dep == "pcomp":
        governor = sentence.head(above)
        # "interested in finding", "his role in securing"
        keen = governor is not None and governor.pos in {"ADJ", "NOUN", "PROPN"} and above.lower == "in"
        if keen or above.lower not in {"by", "after", "including", "in", "with", "upon"}:
            found.setdefault("hoped", above)
    return found


def _mood_of_verb(
    sentence: Sentence, above: Word, below: Word, words: MoodWords, *, infinitive: bool
) -> Cues:
    """What the word above says of the clause by its meaning: asked for, wished, denied, ..."""
    clause = below.dep in grammar.CLAUSES
    bare = below.dep == "ccomp" and below.tag == "VB" and not grammar.auxiliaries(sentence, below)
    asked_for = bare or infinitive or below.dep in {"prep", "pcomp"}  # "requested that the minister form"
    told: tuple[tuple[Mood, tuple[str, ...], bool], ...] = (
        ("denied", words.denying, True),
        ("praised", words.praising, below.dep in {"prep", "pcomp"}),
        ("discussed", words.discussing, clause or below.dep == "prep"),
        ("urged", words.urging, asked_for),
        ("believed", words.believing, clause or below.dep == "acl"),
        ("hoped", words.hoping, clause),
    )
    named = {above.lemma, above.lower}
    return {mood: above for mood, cues, fits in told if fits and not named.isdisjoint(cues)}


def _earlier_mark(sentence: Sentence, verb: Word, words: MoodWords) -> Word | None:
    """What puts the clause before the reported event: "had", or the verb in the past beside such words."""
    auxiliaries = grammar.auxiliaries(sentence, verb)
    had = next((one for one in auxiliaries if one.lower in {"had", "'d"}), None)
    if had is not None:
        return had if not _is_governed(sentence, verb) or _is_marked(sentence, verb, words) else None
    # "will be finished by the end of 2030": a participle, and nothing past about it.
    coming = any(one.lower in grammar.FUTURE for one in auxiliaries)
    past = grammar.has_past_form(verb) and not coming
    return verb if past and _is_marked(sentence, verb, words) else None


def _is_marked(sentence: Sentence, verb: Word, words: MoodWords) -> bool:
    """Whether words of the clause put it into the past: "last year", "in 2019"."""
    clause = _clause_text(sentence, verb)
    return any(has_words(clause, mark) for mark in words.earlier if mark in clause) \
        or bool(_YEAR.search(clause))  # fmt: skip


def _is_governed(sentence: Sentence, verb: Word) -> bool:
    """Whether another verb takes the clause as what it is about: "said that they had agreed"."""
    for below in (verb, *sentence.ancestors(verb)):
        if below.dep in grammar.CLAUSES | {"parataxis"}:
            return True
        if not below.is_joined:
            # "…, he said": the parser sometimes hangs the verb of saying below the clause.
            return any(
                one.dep == "parataxis" or (one.dep == "ccomp" and not _is_its_content(sentence, below, one))
                for one in sentence.children(below)
            )
    return False


def _is_its_content(sentence: Sentence, verb: Word, clause: Word) -> bool:
    """Whether the clause is what the verb itself tells: "had decided that they were right"."""
    return clause.i > verb.i and any(one.lower in {"that", "to"} for one in sentence.children(clause))


def _clause_text(sentence: Sentence, verb: Word) -> str:
    """The words of the verb's own clause, lower case; clauses that depend on it left out."""
    kept = [verb]
    open_ = [verb]
    while open_:
        for child in sentence.children(open_.pop()):
            if child.dep in grammar.CLAUSES | {"relcl", "conj", "parataxis"} and child.is_verb:
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
