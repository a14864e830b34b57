"""How a part of a sentence, from one word to another, hangs on the rest, and whether that stands alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from briefing.reading.grammar import subject_of_its_own
from briefing.reading.words import Sentence, Word

# By these a part hangs on the rest without being needed there.
_LOOSE = frozenset(
    {"relcl", "advcl", "prep", "appos", "advmod", "npadvmod", "punct"}
    | {"parataxis", "acl", "amod", "nmod", "intj", "meta", "dep"}
)
_BEFORE_A_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_LINKING = frozenset({"CCONJ", "SCONJ", "AUX", "VERB", "ADP"})


def hanging_by(sentence: Sentence, word: Word, dependencies: Collection[str]) -> Word | None:
    """The nearest word, from this one upwards, that hangs on another by one of the dependencies."""
    return next((one for one in (word, *sentence.ancestors(word)) if one.dep in dependencies), None)


def is_detachable(sentence: Sentence, first: Word, last: Word) -> bool:
    """Whether nothing outside hangs on the part, and the part is not needed where it hangs."""
    for word in sentence.words:
        inside = first.i <= word.i <= last.i
        head = sentence.head(word)
        if head is None:
            if inside:
                return False
            continue
        head_inside = first.i <= head.i <= last.i
        if inside and not head_inside and word.dep not in _LOOSE:
            return False
        if head_inside and not inside and not word.is_punctuation:
            return False
    return True


def joins_a_statement(sentence: Sentence, words: Iterable[Word]) -> bool:
    """Whether a conjunction after a comma is among the words: ", which shone, and the band played"."""
    return any(word.dep == "cc" and sentence.words[word.i - 1].text == "," for word in words)


def parts_an_opening(sentence: Sentence, first: Word, last: Word) -> bool:
    """Whether more than a conjunction stands before a part, and what follows is not the verb of a subject."""
    before = [word for word in sentence.words[: first.i] if not word.is_punctuation]
    return (
        len(before) > 1
        and before[-1].pos not in _LINKING
        and not verb_of_subject_follows(sentence, first, last)
    )


def verb_of_subject_follows(sentence: Sentence, first: Word, last: Word) -> bool:
    """Whether after a part and its comma the verb follows whose subject stands before the part."""
    after = next((w for w in sentence.words[last.i + 1 :] if not w.text.isspace() and w.text != ","), None)
    if after is None:
        return False
    verb = sentence.head(after) if after.dep in _BEFORE_A_VERB else after
    if verb is None or not verb.is_verb:
        return False
    own = subject_of_its_own(sentence, verb)
    between = sentence.words[after.i : verb.i]
    return (
        all(word.dep in _BEFORE_A_VERB and word.head == verb.i for word in between)
        and own is not None
        and own.i < first.i
    )


def is_said_of_main_verb(sentence: Sentence, word: Word) -> bool:
    """Whether an adverb stands before a finite main verb, or between it and its auxiliary."""
    verb = sentence.head(word)
    if verb is None or word.dep != "advmod" or verb.i < word.i or verb.tag not in _FINITE:
        return False
    if verb.dep not in {"ROOT", "conj"} or not subject_of_its_own(sentence, verb):
        return False
    return all(between.head == verb.i for between in sentence.words[word.i : verb.i])
