"""Finds the persons that a sentence names, with the office that the text gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.reading.behind import NamesBehind
from briefing.reading.data import Offices
from briefing.reading.namewords import PARTICLES, NameWords
from briefing.reading.roles import RoleFinder
from briefing.reading.spans import Span
from briefing.reading.words import Sentence, Word


@dataclass(frozen=True)
class Person:
    """A person named in a sentence: words `first` to `last`; `role` as written, with its span of words.

    `weak` says that an office told elsewhere would say more of the person.
    """

    first: int
    last: int
    role: str | None = None
    role_span: Span | None = None
    weak: bool = False


class PersonFinder:
    """Finds persons by the model's names and by the offices before them."""

    def __init__(
        self, offices: Offices, bodies: Iterable[str], outlets: Sequence[str], things: Iterable[str]
    ) -> None:
        self._things = frozenset(things)
        self._personal = frozenset(offices.heads) | frozenset(offices.past)
        self._roles = RoleFinder(offices, outlets)
        self._names = NameWords(offices, self._roles, bodies, outlets)
        self._behind = NamesBehind(self._names, self._roles)
        self._outlets = frozenset(name.lower() for name in outlets)

    def find(self, sentence: Sentence, text: str, taken: set[int], *, lower_case: bool) -> Iterator[Person]:
        """Persons in order.  `taken` are words that name a state or a body and so no person."""
        words = sentence.words
        spans = list(self._spans(sentence, taken, lower_case=lower_case))
        named = {i for first, last in spans for i in range(first, last + 1)}
        for first, last in spans:
            role = self._roles.find(words, first, last, named)
            if role is not None and self._names_thing(words, role):
                continue
            written = (
                " ".join(text[words[role[0]].start : words[role[1]].end].split())
                if role is not None
                else None
            )
            weak = role is not None and self._roles.is_weak(words, role)
            yield Person(first, last, written, role, weak)

    def offices(self, sentence: Sentence, text: str, persons: Sequence[Person]) -> Iterator[str]:
        """The offices that stand without a name, with the state before or after them."""
        held = {i for one in persons if one.role_span for i in range(one.role_span[0], one.role_span[1] + 1)}
        return self._roles.nameless(
            sentence, text, {i for one in persons for i in range(one.first, one.last + 1)} | held
        )

    def is_office(self, word: Word) -> bool:
        """Whether the word names an office: "minister", "Secretary-General"."""
        return self._roles.is_head(word)

    def _spans(self, sentence: Sentence, taken: set[int], *, lower_case: bool) -> Iterator[Span]:
        words = sentence.words
        used: set[int] = set()
        for behind in self._behind.find(words, taken):
            used.update(range(behind[0], behind[1] + 1))
            yield behind
        for entity in (*sentence.entities(), *self._unseen(words, taken)):
            if entity[0].entity != "PERSON" and not self._is_apposed(words, entity):
                continue
            if entity[0].lower == "the":  # "the Lib Dems"
                continue
            first, last = entity[0].i, self._names.cut_off(words, entity[-1].i, taken)
            span = self._names.trim(words, first, last, taken)
            if span and (self._is_thing(words, span) or self._is_credit(words, span)):
                continue
            free = span and not used & set(range(span[0], span[1] + 1))
            if span and free and (lower_case or words[span[0]].text[:1].isupper()):
                used.update(range(span[0], span[1] + 1))
                yield span
        for span in self._behind.in_a_body(sentence, taken | used):
            used.update(range(span[0], span[1] + 1))
            yield span
        for word in words[:-1]:
            if not (self._roles.is_head(word) or self._names.is_honorific(word)) or word.i in used:
                continue
            first = word.i + 1
            last = first - 1
            while last + 1 < len(words) and self._may_be_name(
                words, last + 1, first, taken | used, lower_case=lower_case
            ):
                last += 1
            span = self._names.trim(words, first, last, taken) if last >= first else None
            if span and (word.text[:1].isupper() or words[span[0]].entity in {"PERSON", ""}):
                used.update(range(span[0], span[1] + 1))
                yield span

    def _may_be_name(
        self, words: tuple[Word, ...], i: int, first: int, taken: set[int], *, lower_case: bool
    ) -> bool:
        word = words[i]
        if i in taken or word.entity in {"GPE", "NORP", "DATE", "TIME", "CARDINAL", "LAW", "EVENT"}:
            return False
        if i > first and word.lower in PARTICLES:
            return i + 1 < len(words) and words[i + 1].text[:1].isupper()
        if not word.text[:1].isupper() and not lower_case:
            return False
        return word.is_proper_noun and word.text[:1].isalpha() and not self._names.of_an_office(word)

    def _unseen(self, words: tuple[Word, ...], taken: set[int]) -> Iterator[tuple[Word, ...]]:
        """Runs of capitalised words that the model took for no name at all."""
        run: list[Word] = []
        for word in words:
            if word.is_proper_noun and not word.entity and word.text.istitle() and word.i not in taken \
                    and not self._names.is_no_name(word):  # fmt: skip
                run.append(word)
                continue
            if 2 <= len(run) <= 4:
                yield tuple(run)
            run = []

    def _is_apposed(self, words: tuple[Word, ...], entity: tuple[Word, ...]) -> bool:
        """Whether an office in apposition says that a name which the model took for a body is a person's."""
        if entity[0].entity not in {"ORG", ""} or not 2 <= len(entity) <= 4:
            return False
        if any(
            not word.text[:1].isupper() or word.text.isupper() or self._names.is_body(word) for word in entity
        ):
            return False
        office = self._roles.after(words, entity[-1].i, set())
        return office is not None and words[office[0]].lower in {"former", "ex", *self._personal}

    def _is_credit(self, words: tuple[Word, ...], span: Span) -> bool:
        """"X / Reuters": who took the picture."""  # fmt: skip
        after = [word.lower for word in words[span[1] + 1 : span[1] + 3]]
        return len(after) == 2 and after[0] == "/" and after[1] in self._outlets

    def _names_thing(self, words: tuple[Word, ...], role: Span) -> bool:
        """Whether what is said of a name says that it is nobody's: "the chief town of the province"."""
        head = None
        for word in words[role[0] : role[1] + 1]:
            if word.pos == "ADP":
                break
            head = word if word.pos in {"NOUN", "PROPN"} else head
        return head is not None and head.lemma.lower() in self._things

    @staticmethod
    def _is_thing(words: tuple[Word, ...], span: Span) -> bool:
        """"the Moon", "a Bitcoin": with an article of its own, a single name is no person."""  # fmt: skip
        return (
            span[0] == span[1]
            and span[0] > 0
            and words[span[0] - 1].lower in {"the", "a", "an", "this", "these"}
        )
