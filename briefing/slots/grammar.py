"""Questions about the grammar of a parsed sentence: who does what, and is it asserted at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing._language import Sentence, Word
from briefing.slots.rules import Mood, MoodWords

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_OBJECTS = {"dobj", "obj", "attr", "dative", "oprd"}
_CLAUSES = {"ccomp", "xcomp", "advcl", "pcomp"}
_CONDITIONS = {"if", "unless", "until", "whether"}
_FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
_POSSIBLE = {"can", "could", "may", "might", "ca"}
_OBLIGED = {"must", "should", "ought"}
_FORWARD = _FUTURE | _POSSIBLE | _OBLIGED | {"would", "'d", "’d"}
_PLANNED = {"schedule", "plan", "due", "set", "expect", "slate", "invite"}
_YEAR = re.compile(r"\b(?:in|of|since)\s+(?:\w+\s+)?(?:1[89]|20)\d\d\b")


def auxiliaries(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
    """The auxiliaries of a verb; those of the verb it is joined to where it has none of its own."""
    own = tuple(child for child in sentence.children(verb) if child.dep in {"aux", "auxpass"})
    if own or verb.dep != "conj":
        return own
    head = sentence.head(verb)
    # "will expedite the opening and advance cooperation": one auxiliary for all, if the form agrees.
    if head is None or verb.tag != "VB" or subject_of_its_own(sentence, verb):
        return own
    return auxiliaries(sentence, head)


def subject_of_its_own(sentence: Sentence, verb: Word) -> Word | None:
    """The subject that stands with this very verb."""
    for child in sentence.children(verb):
        if child.dep in _SUBJECTS:
            return child
    return None


def subject(sentence: Sentence, verb: Word) -> Word | None:
    """Who does it: the verb's own subject or agent, or that of the verb which governs it."""
    if is_passive(sentence, verb):
        for child in sentence.children(verb):
            if child.dep == "agent":
                return next((word for word in sentence.children(child) if word.dep == "pobj"), None)
        return None
    return grammatical_subject(sentence, verb)


def grammatical_subject(sentence: Sentence, verb: Word) -> Word | None:
    """The subject in form, whether it acts or is acted on."""
    seen: Word | None = verb
    while seen is not None:
        own = subject_of_its_own(sentence, seen)
        if own is not None:
            return own
        if seen.dep in {"relcl", "acl"}:
            return sentence.head(seen)
        if seen.dep not in {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"}:
            return None
        seen = sentence.head(seen)
    return None


def looks_forward(sentence: Sentence, offset: int, *, present: bool) -> bool:
    """Whether a phrase of time that stands at this offset lies ahead, going by the verb above it.

    `present` says that a verb in the present tense looks ahead too.
    """
    word = next((one for one in sentence.words if one.end > offset), sentence.words[-1])
    for above in (word, *sentence.ancestors(word)):
        if above.pos not in {"VERB", "AUX"}:
            continue
        helpers = {one.lower for one in auxiliaries(sentence, above)}
        if helpers & _FORWARD or above.lemma in _PLANNED or above.lower in _PLANNED:
            return True
        if helpers & {"was", "were", "had", "has", "have", "did"} or above.tag == "VBD":
            return False
        if "to" in helpers:
            return True
        if above.tag in {"VBZ", "VBP"} or helpers & {"is", "are"}:
            return present
    return present and not any(one.tag in {"VBD", "VBN"} for one in sentence.words)


def is_unreal(sentence: Sentence, verb: Word) -> bool:
    """Whether it tells what might have been: "would have fallen", "could have sunk"."""
    helpers = {one.lower for one in auxiliaries(sentence, verb)}
    return bool(helpers & {"have", "'ve", "’ve"}) and bool(
        helpers & (_POSSIBLE | {"would", "should", "'d", "’d"})
    )


def is_aside(sentence: Sentence, verb: Word) -> bool:
    """Whether the clause only sets the scene for another: "after signing …", "no matter how …", "as he …"."""
    for below in (verb, *sentence.ancestors(verb)):
        if (
            below.dep == "advcl"
            and not any(one.tag == "TO" for one in sentence.children(below))
            and below.tag != "VBG"
        ):
            return True
        above = sentence.head(below)
        if (
            below.dep == "pcomp"
            and above is not None
            and above.lower in {"after", "before", "since", "despite"}
        ):
            return True
    return False


def is_passive(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb is passive: "was agreed", "a deal agreed in Vienna"."""
    children = sentence.children(verb)
    if any(child.dep in {"auxpass", "nsubjpass"} for child in children):
        return True
    return verb.dep == "acl" and verb.tag == "VBN"


def objects(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """The heads of what the verb acts on (in the passive its subject), each with what is joined to it."""
    if is_passive(sentence, verb):
        acted_on = grammatical_subject(sentence, verb)
        if acted_on is not None:
            yield from joined(sentence, acted_on)
    for child in sentence.children(verb):
        if child.dep in _OBJECTS:
            yield from joined(sentence, child)
        elif child.dep in {"prep", "prt"}:
            for below in sentence.children(child):
                if below.dep == "pobj":
                    yield from joined(sentence, below)
        elif child.dep == "ccomp" and child.pos not in {"VERB", "AUX"}:
            yield child


def joined(sentence: Sentence, word: Word) -> Iterator[Word]:
    """The word and those joined to it by "and", commas or as an apposition; for a number also its noun."""
    yield word
    for child in sentence.children(word):
        if word.pos == "NUM" and child.dep in {"compound", "nmod"}:
            yield child
        if child.dep in {"conj", "appos"}:
            yield from joined(sentence, child)


def complements(sentence: Sentence, verb: Word) -> set[str]:
    """What follows the verb: infinitive, gerund, clause, object, and each preposition by its word."""
    found = set()
    for child in sentence.children(verb):
        if child.dep in {"xcomp", "advcl"} and any(one.tag == "TO" for one in sentence.children(child)):
            found.add("infinitive")
        elif child.dep in {"xcomp", "pcomp", "advcl"} and child.tag == "VBG":
            found.add("gerund")
        elif child.dep == "ccomp":
            found.add("clause")
            if any(one.tag == "TO" for one in sentence.children(child)):
                found.add("infinitive")
        elif child.dep in _OBJECTS or child.dep == "nsubjpass":
            found.add("object")
        elif child.dep in {"prep", "prt"}:
            found.add(child.lower)
    return found


def is_negated(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb carries a "not", "never", "no" or "nor" of its own."""
    for child in sentence.children(verb):
        if child.dep == "neg" or child.lower in {"never", "nor", "neither", "hardly", "n't", "no", "without"}:
            return True
        if child.dep in _SUBJECTS | _OBJECTS and any(
            one.lower in {"no", "neither", "none"} for one in sentence.children(child)
        ):
            return True
        if child.lower in {"none", "nobody", "neither"}:
            return True
    return verb.dep == "pcomp" and _governs_without(sentence, verb)


def _governs_without(sentence: Sentence, verb: Word) -> bool:
    head = sentence.head(verb)
    return head is not None and head.lower == "without"


def reporting_verb(sentence: Sentence, verb: Word, saying: frozenset[str]) -> Word | None:
    """The verb of saying that the clause of this verb depends on, if any."""
    for above in sentence.ancestors(verb):
        if above.lemma in saying and above.pos in {"VERB", "AUX"}:
            return above
        if above.dep in {"relcl", "acl"}:
            return None
    # "…, he said": the parser sometimes hangs the verb of saying below the clause.
    for child in sentence.children(verb):
        if (
            child.dep in {"parataxis", "ccomp"}
            and child.lemma in saying
            and subject_of_its_own(sentence, child)
        ):
            return child
    return None


def moods(sentence: Sentence, verb: Word, words: MoodWords, saying: frozenset[str]) -> frozenset[Mood]:
    """Every way in which the clause of this verb is less than a plain assertion."""
    found: set[Mood] = set()
    if is_negated(sentence, verb):
        found.add("negated")
    found |= _auxiliary_moods(sentence, verb, saying)
    found |= _governed_moods(sentence, verb, words)
    if "earlier" not in found and _is_earlier(sentence, verb, words):
        found.add("earlier")
    if verb.dep == "csubj":
        found.add("hoped")
    if any(
        child.dep in _SUBJECTS and child.lower in {"what", "whatever"} for child in sentence.children(verb)
    ):
        found.add("relative")
    if sentence.words[-1].text == "?" or any(word.text == "?" for word in sentence.words[-3:]):
        found.add("asked")
    if is_unreal(sentence, verb):
        found.add("unreal")
    return frozenset(found)


def _auxiliary_moods(sentence: Sentence, verb: Word, saying: frozenset[str]) -> set[Mood]:
    found: set[Mood] = set()
    for auxiliary in auxiliaries(sentence, verb):
        if auxiliary.lower in _FUTURE:
            found.add("future")
        elif auxiliary.lower in {"would", "'d", "’d"} and auxiliary.lemma != "have":
            reported = reporting_verb(sentence, verb, saying) is not None
            found.add("future" if reported and not _has_condition(sentence, verb) else "conditional")
        elif auxiliary.lower in _POSSIBLE:
            found.add("possible")
        elif auxiliary.lower in _OBLIGED:
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
        if (below.dep == "relcl" and not _adds(sentence, below)) or (
            below.dep == "acl" and below.tag == "VBN"
        ):
            found.add("relative")
        above = sentence.head(below)
        if above is None:
            return found
        if below.dep in _CLAUSES | {"acl", "prep", "relcl"}:
            found |= _mood_from(sentence, above, below, words)
        below = above


def _adds(sentence: Sentence, verb: Word) -> bool:
    """Whether a relative clause tells something new: "…, which they agreed", not "the plan they agreed"."""
    own = subject_of_its_own(sentence, verb)
    marks = [one for one in sentence.subtree(verb) if one.lower == "which" and one.i < verb.i]
    if own is None or not marks or own.lower == "which" or marks[0].i == 0:
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
    if above.lemma in words.denying or above.lower in words.denying:
        found.add("denied")
    if above.lemma in words.urging and below.dep == "ccomp" and below.tag == "VB" and not infinitive:
        if not auxiliaries(sentence, below):  # "requested that the minister form a group"
            found.add("urged")
    if above.lemma in words.praising and below.dep in {"prep", "pcomp"}:
        found.add("praised")
    if above.lemma in words.discussing and below.dep in _CLAUSES | {"prep"}:
        found.add("discussed")
    if above.lemma in words.urging and (infinitive or below.dep in {"prep", "pcomp"}):
        found.add("urged")
    if (above.lemma in words.believing or above.lower in words.believing) and below.dep in _CLAUSES | {"acl"}:
        found.add("believed")
    if (above.lemma in words.hoping or above.lower in words.hoping) and below.dep in _CLAUSES:
        found.add("hoped")
    if infinitive and (below.dep == "advcl" or above.lemma in words.meeting):
        found.add("purpose" if above.lemma in words.meeting else "hoped")
    if above.pos in {"VERB", "AUX"} and below.dep in {"xcomp", "ccomp"} and is_negated(sentence, above):
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


def _is_earlier(sentence: Sentence, verb: Word, words: MoodWords) -> bool:
    """Whether the clause tells of something before the reported event."""
    clause = clause_text(sentence, verb)
    marked = any(_has_words(clause, mark) for mark in words.earlier) or bool(_YEAR.search(clause))
    if any(auxiliary.lower in {"had", "'d"} for auxiliary in auxiliaries(sentence, verb)):
        return marked or not _is_governed(sentence, verb)
    past = verb.tag in {"VBD", "VBN"}
    return past and marked


def _is_governed(sentence: Sentence, verb: Word) -> bool:
    """Whether another verb takes the clause as what it is about: "said that they had agreed"."""
    for below in (verb, *sentence.ancestors(verb)):
        if below.dep in _CLAUSES | {"parataxis"}:
            return True
        if below.dep != "conj":
            # "…, he said": the parser sometimes hangs the verb of saying below the clause.
            return any(one.dep in {"parataxis", "ccomp"} for one in sentence.children(below))
    return False


def clause_text(sentence: Sentence, verb: Word) -> str:
    """The words of the verb's own clause, lower case; clauses that depend on it left out."""
    kept = [verb]
    open_ = [verb]
    while open_:
        for child in sentence.children(open_.pop()):
            if child.dep in _CLAUSES | {"relcl", "conj", "parataxis"} and child.pos in {"VERB", "AUX"}:
                continue
            kept.append(child)
            open_.append(child)
    return " ".join(word.lower for word in sorted(kept, key=lambda one: one.i))


@lru_cache(maxsize=4096)
def _finder(phrase: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase.split())) + r"(?!\w)")


def _has_words(text: str, phrase: str) -> bool:
    return phrase in text and _finder(phrase).search(text) is not None


def find_words(text: str, phrase: str) -> int | None:
    """Where the phrase stands in a lower-case text as whole words, any white space between them."""
    found = _finder(phrase).search(text)
    return found.start() if found else None
