"""Finds whom "He", "She" or "They" at the start of a sentence means, where it is plain.

Plain it is where the sentence before has one person, or one group, as its subject, and names no other
whom the pronoun could mean.  A sentence that opens with the same pronoun, and names nobody, is passed over
on the way back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.reading.data import load_people
from briefing.reading.grammar import POSSESSIVE
from briefing.reading.words import Sentence, Word

REACH = 3
"""Sentences before the pronoun's own in which the one it means may stand."""

_PRONOUNS = frozenset({"he", "she", "they"})
_TRIGGER = re.compile(r"(?:he|she|they)\b", re.IGNORECASE)
_LONGEST_GROUP, _LONGEST_TITLE = 9, 4
_BREAKS = frozenset({"(", "–", "—", "-", '"', "“"})
_NAMES = frozenset({"PERSON", "GPE", "ORG", "NORP"})


def pronoun_at(text: str, start: int) -> tuple[int, int] | None:
    """Where the pronoun stands that opens at `start`, if one for which a name could be put does."""
    match = _TRIGGER.match(text, start)
    return match.span() if match else None


class Referents:
    """Finds whom a pronoun means."""

    def __init__(self) -> None:
        people = load_people()
        self._singular = frozenset(people.singular)
        self._plural = frozenset(people.plural)
        self._titles = frozenset(people.titles)
        self._deeds = frozenset(people.deeds)
        # What speaks against each pronoun: how another is addressed, and what stands for another.
        self._against = {
            "he": (frozenset(people.female), frozenset(people.hers)),
            "she": (frozenset(people.male), frozenset(people.his)),
        }

    def find(self, at: int, parsed: Sentence, before: Sequence[Sentence]) -> tuple[int, int] | None:
        """Where the one stands whom the pronoun at `at` means; `before` is the nearest sentence last."""
        pronoun = next((word for word in parsed.words if word.start == at), None)
        if pronoun is None or not pronoun.is_subject or pronoun.lower not in _PRONOUNS:
            return None
        plural = pronoun.lower == "they"
        verb = parsed.head(pronoun)
        if plural and (verb is None or verb.lemma not in self._deeds):
            return None  # missiles land, prices rise: only what people do speaks for people
        for sentence in reversed(before):
            if _passed_over(sentence, pronoun.lower) and not self._others(sentence, (), plural=plural):
                continue
            return self._group(sentence) if plural else self._person(sentence, pronoun.lower)
        return None

    def _person(self, sentence: Sentence, pronoun: str) -> tuple[int, int] | None:
        """Where the one person stands whom the sentence is about."""
        head = _subject(sentence)
        if head is None:
            return None
        names = [run for run in sentence.entities() if run[0].entity == "PERSON"]
        name = next((run for run in names if head in run), None)
        if name is None or any(not word.text[:1].isupper() for word in name if word.text[:1].isalpha()):
            return None
        whole = sentence.subtree(head)
        if any(word.is_joined for word in whole if word.head == head.i):
            return None
        if any(run[-1].lower != name[-1].lower for run in names):
            return None
        if self._others(sentence, whole, plural=False) or not self._is_person(sentence, name, whole):
            return None
        titles = {word.lower.rstrip(".") for word in whole}
        pronouns = {word.lower for word in sentence.words}
        forms, others = self._against[pronoun]
        if titles & forms or pronouns & others:
            return None
        while name and name[-1].lower in POSSESSIVE:
            name = name[:-1]
        return (_with_title(sentence, name[0]).start, name[-1].end) if name else None

    def _is_person(self, sentence: Sentence, name: Sequence[Word], whole: Sequence[Word]) -> bool:
        """Whether more than the model's word speaks for a person: two names, a title, or an office."""
        if len(name) > 1:
            return True
        return any(word.lower.rstrip(".") in self._titles or word.lemma in self._singular for word in whole)

    def _group(self, sentence: Sentence) -> tuple[int, int] | None:
        """Where the one group stands that the sentence is about."""
        head = _subject(sentence)
        if head is None or not head.is_noun:
            return None
        whole = list(sentence.subtree(head))
        joined = [word for word in whole if word.is_joined]
        named = bool(joined) and all(self._is_name(word) for word in (head, *joined))
        if not named and head.lower not in self._plural:
            return None
        if whole[-1].i - whole[0].i + 1 != len(whole) or len(whole) > _LONGEST_GROUP:
            return None
        if any(word.is_apposed or word.holds_clause or word.text in _BREAKS for word in whole):
            return None
        if self._others(sentence, whole, plural=True):
            return None
        return whole[0].start, whole[-1].end

    def _is_name(self, word: Word) -> bool:
        return word.entity in _NAMES and word.text[:1].isupper()

    def _others(self, sentence: Sentence, whole: Sequence[Word], *, plural: bool) -> bool:
        """Whether the sentence has another whom the pronoun could mean."""
        own = {word.i for word in whole}
        could_be = self._could_be_they if plural else self._could_be_he
        return any(could_be(word) for word in sentence.words if word.i not in own)

    def _could_be_he(self, word: Word) -> bool:
        return (
            word.entity == "PERSON"
            or word.lemma in self._singular
            # Names that the model takes for none, or for those of bodies.
            or (word.is_proper_noun and (word.is_subject or word.is_object or word.is_joined))
            or (word.entity == "ORG" and not word.text.isupper() and word.is_behind_preposition)
        )

    def _could_be_they(self, word: Word) -> bool:
        return (
            word.lower in self._plural
            or word.is_plural_name
            or (word.is_plural and word.is_subject)
            or (word.is_joined and bool(word.entity))
        )


def _with_title(sentence: Sentence, name: Word) -> Word:
    """The first word of the office or form of address that stands right before a name, or of the name."""
    first = name
    while first.i > 0 and name.i - first.i < _LONGEST_TITLE:
        before = sentence.words[first.i - 1]
        if not before.text[:1].isupper() or not before.describes_noun:
            break
        first = before
    return first


def _subject(sentence: Sentence) -> Word | None:
    """The subject of the main verb."""
    root = next((word for word in sentence.words if sentence.head(word) is None), None)
    if root is None:
        return None
    found = [word for word in sentence.children(root) if word.is_subject]
    return found[0] if len(found) == 1 else None


def _passed_over(sentence: Sentence, pronoun: str) -> bool:
    """Whether the sentence goes on about the one before: it opens with the same pronoun."""
    return bool(sentence.words) and sentence.words[0].lower == pronoun
