"""Finds the bodies that a sentence names beyond those of the word lists, and those without a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefing.reading.cast import Cast, Mention
from briefing.reading.lexicon import Found, Lexicon, plain
from briefing.reading.offices import OfficeReader
from briefing.reading.people import Person
from briefing.reading.words import Sentence, Word
from briefing.types import TITLE

_KINDS = frozenset(
    """task act bill white supreme first general special joint speaker participant attendee guest delegate
    panelist advocate expert leader official member""".split()
)
# What the name of a body does not end with: "Florida State Legislators on".


@dataclass(frozen=True)
class SentenceRead:
    """A sentence with the entries of the word lists and the persons found in it."""

    sentence: Sentence
    text: str
    found: tuple[Found, ...]
    persons: tuple[Person, ...]

    def words_of_offices(self) -> set[int]:
        """The words of the offices that stand with a name."""
        spans = (person.role_span for person in self.persons)
        return {i for span in spans if span is not None for i in range(span[0], span[1] + 1)}

    def words_of_names(self) -> set[int]:
        """The words of all names found, and of the offices."""
        spans = [(one.first, one.last) for one in self.found] + [
            (one.first, one.last) for one in self.persons
        ]
        return {i for first, last in spans for i in range(first, last + 1)} | self.words_of_offices()


class BodyFinder:
    """Finds bodies by the names that the model sees, and by the words that crowds are called by."""

    def __init__(self, lexicon: Lexicon, offices: OfficeReader) -> None:
        self._lexicon = lexicon
        self._offices = offices
        words = lexicon.rules.organisations
        self._outlets = {plain(name) for name in words.outlets}
        self._bodies = frozenset(words.heads)
        self._heads = frozenset(lexicon.rules.offices.heads) - self._bodies
        self._kinds = self._bodies | frozenset(lexicon.rules.moods.deciding) | _KINDS
        self._things = frozenset(words.things)
        self._nameless = frozenset(words.nameless)
        self._honorifics = frozenset(lexicon.rules.offices.honorifics)

    def add_named(self, cast: Cast, one: SentenceRead, surnames: Collection[str]) -> None:
        """Adds the bodies that the model sees; `surnames` are of persons, whatever it takes them for."""
        taken = one.words_of_names()
        for entity in one.sentence.entities():
            words = [
                word for word in entity if word.lower not in {"the", "'s", "’s"} and not word.text.isspace()
            ]
            words = _before_open_bracket(words)
            while words and words[-1].is_linking:
                words.pop()
            if not words or words[0].entity != "ORG" or any(word.lower in surnames for word in words):
                continue
            name = " ".join(one.text[words[0].start : words[-1].end].split())
            if self._lexicon.city(name) is not None or self._is_thing(words) or self._are_officials(name):
                continue
            free = [word for word in words if word.i not in taken]
            if not free or len(free) < len(words) - 1 or not self._is_organisation(name):
                continue
            entry = self._lexicon.first_in(name)
            side = entry.side if entry and entry.form != "area" else self._side_before(one, words[0])
            if entry is not None and entry.form == "region":
                side = self._offices.side(name) or side
            if side is None and (one.sentence.number == TITLE or self._is_generic(words)):
                continue
            actor = cast.actor(name, "organisation", side or name)
            cast.add(
                actor,
                Mention(
                    one.sentence.number,
                    words[0].i,
                    words[-1].i,
                    words[0].start,
                    words[-1].end,
                    "organisation",
                ),
            )

    def add_nameless(self, cast: Cast, one: SentenceRead) -> None:
        """Bodies and crowds that act without a name: "police", "the rebels", "the interior ministry"."""
        words = one.sentence.words
        held = one.words_of_offices()
        for word in words:
            if word.lower not in self._nameless or not word.is_noun or word.i in held:
                continue
            if cast.at(one.sentence, word) is not None or word.describes_noun:
                continue
            first = word.i
            ministry = word.lower in {"ministry", "department"}
            while (
                ministry and first > 0 and words[first - 1].is_before_noun and words[first - 1].text.islower()
            ):
                first -= 1
            name = " ".join(one.text[words[first].start : word.end].split()).lower()
            actor = cast.actor(name, "organisation", self._side_before(one, words[first]))
            cast.add(
                actor, Mention(one.sentence.number, first, word.i, words[first].start, word.end, "group")
            )

    def _is_organisation(self, name: str) -> bool:
        known_outlet = plain(name) in self._outlets or plain(f"The {name}") in self._outlets
        shouted = name.isupper() and len(name) > 6
        return not known_outlet and not shouted and len(name) > 2 and any(c.isupper() for c in name) \
            and not name.startswith(("Readout", "http"))  # fmt: skip

    def _is_thing(self, words: Sequence[Word]) -> bool:
        """"Hurricane X", "the Y Act", "H.E. Mr": no body, whatever the model takes it for."""  # fmt: skip
        if all(word.lower.rstrip(".") in self._honorifics for word in words):
            return True
        return words[-1].lower in self._things or words[0].lower in self._things

    def _are_officials(self, name: str) -> bool:
        """"Foreign Ministers": those who hold the office, but not the "Council of Ministers"."""  # fmt: skip
        words = name.split()
        office = self._offices.portfolio_of_several(name) is not None or words[-1].lower() in self._heads
        return office and self._bodies.isdisjoint(name.lower().split())

    def _is_generic(self, words: Sequence[Word]) -> bool:
        """"Administration", "Task Force", "House": a kind of body, not a name."""  # fmt: skip
        return all(word.lower in self._kinds or word.lemma in self._kinds for word in words)

    def _side_before(self, one: SentenceRead, word: Word) -> str | None:
        """The state whose body it is: "China's Foreign Ministry"."""
        before = [f for f in one.found if f.last < word.i <= f.last + 2 and f.entry.form != "area"]
        return before[-1].entry.side if before else None


def _before_open_bracket(words: list[Word]) -> list[Word]:
    """What stands before a bracket that the name leaves open: "Ministry of Works (MINWORK"."""
    opened = max((n for n, word in enumerate(words) if word.text == "("), default=None)
    if opened is None or any(word.text == ")" for word in words[opened:]):
        return words
    return words[:opened]
