"""Questions about the grammar of a parsed sentence: who does what to whom."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.reading.words import Sentence, Word

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
OBJECTS = {"dobj", "obj", "attr", "dative", "oprd"}
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
CLAUSES = {"ccomp", "xcomp", "advcl", "pcomp"}
FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
POSSIBLE = {"can", "could", "may", "might", "ca"}
OBLIGED = {"must", "should", "ought"}
MODALS = FUTURE | POSSIBLE | OBLIGED | {"would", "'d", "’d"}
_NEGATIONS = {"never", "nor", "neither", "hardly", "n't", "no", "without", "none", "nobody"}
_PAST = {"was", "were", "had", "has", "have", "did"}


def auxiliaries(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
    """The auxiliaries of a verb; those of the verb it is joined to where it has none of its own."""
    own = tuple(child for child in sentence.children(verb) if child.dep in {"aux", "auxpass"})
    if own or not verb.is_joined:
        return own
    head = sentence.head(verb)
    # "will expedite the opening and advance cooperation": one auxiliary for all, if the form agrees.
    if head is None or verb.tag != "VB" or subject_of_its_own(sentence, verb):
        return own
    return auxiliaries(sentence, head)


def subject_of_its_own(sentence: Sentence, verb: Word) -> Word | None:
    """The subject that stands with this very verb."""
    for child in sentence.children(verb):
        if child.is_subject and _with(sentence, verb) is None:
            return child
    return None


def _with(sentence: Sentence, verb: Word) -> Word | None:
    """The "with" of "met with X to affirm", where the parser takes X for the one who affirms."""
    children = sentence.children(verb)
    if not any(one.tag == "TO" for one in children) or not any(one.dep == "nsubj" for one in children):
        return None
    above = sentence.head(verb)
    near = (above,) if verb.dep == "pcomp" and above is not None else children
    return next((one for one in near if one.lower == "with" and one.dep in {"prep", "mark"}), None)


def subject(sentence: Sentence, verb: Word) -> Word | None:
    """Who does it: the verb's own subject or agent, or that of the verb which governs it."""
    if is_passive(sentence, verb):
        for child in sentence.children(verb):
            if child.dep == "agent":
                return next((word for word in sentence.children(child) if word.follows_preposition), None)
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


def is_past(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb says that something happened: "met", "was signed", not "would have met"."""
    helpers = {one.lower for one in auxiliaries(sentence, verb)}
    return has_past_form(verb) and not helpers & MODALS and (verb.tag == "VBD" or bool(helpers & _PAST))


def has_past_form(verb: Word) -> bool:
    """Whether the verb is in the past tense or a past participle: "met", "to be met"."""
    return verb.tag in {"VBD", "VBN"}


def modified_verb(sentence: Sentence, word: Word) -> Word | None:
    """The verb of which a word alone, with nothing below it, says when or where."""
    verb = sentence.head(word)
    alone = word.dep in {"npadvmod", "advmod"} and not sentence.children(word)
    return verb if alone and verb is not None and verb.is_verb else None


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


def direct_objects(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """The heads of what the verb acts on (in the passive its subject), each with what is joined to it."""
    if is_passive(sentence, verb):
        acted_on = grammatical_subject(sentence, verb)
        if acted_on is not None:
            yield from joined(sentence, acted_on)
    for child in sentence.children(verb):
        if child.dep in OBJECTS:
            yield from joined(sentence, child)
        elif child.dep == "ccomp" and not child.is_verb:
            yield child


def obliques(sentence: Sentence, verb: Word) -> Iterator[tuple[Word, Word]]:
    """Each preposition below the verb with the nouns after it, joined ones too."""
    for child in sentence.children(verb):
        if child.dep in {"prep", "prt"}:
            for below in sentence.children(child):
                if below.follows_preposition:
                    for one in joined(sentence, below):
                        yield child, one
                    if below.lower == "addition":  # "in addition to the president"
                        yield from obliques(sentence, below)
                elif below.dep == "pcomp":
                    yield from _displaced(sentence, below)
        elif child.dep == "advcl":
            yield from _displaced(sentence, child)


def _displaced(sentence: Sentence, verb: Word) -> Iterator[tuple[Word, Word]]:
    """The preposition and nouns that the parser has put into an infinitive: "met with X to affirm"."""
    preposition = _with(sentence, verb)
    for child in sentence.children(verb) if preposition is not None else ():
        if preposition is not None and child.dep == "nsubj":
            for one in joined(sentence, child):
                yield preposition, one


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
    children = sentence.children(verb)
    # "It is critical to ensure" is not "it is to ensure".
    judged = verb.lemma == "be" and any(child.dep == "acomp" for child in children)
    for child in children:
        if judged and child.dep in {"xcomp", "advcl"}:
            continue
        if child.dep in {"xcomp", "advcl"} and any(one.tag == "TO" for one in sentence.children(child)):
            found.add("infinitive")
        elif child.dep in {"xcomp", "pcomp", "advcl"} and child.tag == "VBG":
            found.add("gerund")
        elif child.dep == "ccomp":
            found.add("clause")
            if any(one.tag == "TO" for one in sentence.children(child)):
                found.add("infinitive")
        elif child.dep in OBJECTS or child.dep == "nsubjpass":
            found.add("object")
        elif child.dep in {"prep", "prt"}:
            found.add(child.lower)
    return found


def is_negation(word: Word) -> bool:
    """Whether the word denies what it stands beside."""
    return word.dep == "neg" or word.lower in _NEGATIONS


def negation(sentence: Sentence, verb: Word) -> Word | None:
    """The "not", "never", "no" or "nor" that the verb carries of its own."""
    for child in sentence.children(verb):
        if is_negation(child):
            return child
        if child.dep in SUBJECTS | OBJECTS:
            for one in sentence.children(child):
                if one.lower in {"no", "neither", "none"}:
                    return one
    head = sentence.head(verb) if verb.dep == "pcomp" else None
    return head if head is not None and head.lower == "without" else None


def reporting_verb(sentence: Sentence, verb: Word, saying: frozenset[str]) -> Word | None:
    """The verb of saying that the clause of this verb depends on, if any."""
    for above in sentence.ancestors(verb):
        if above.lemma in saying and above.is_verb:
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
