"""Everyone that an article names: persons, states and bodies, their mentions merged under one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from briefing._language import Sentence, Word
from briefing.slots.lexicon import Entry, Lexicon, plain
from briefing.slots.people import Person, PersonFinder
from briefing.types import Kind

# The title is read as a sentence with this number.
TITLE = -1

_SAME_OFFICE_WORDS = 3


@dataclass(frozen=True)
class Mention:
    """A naming of an actor in sentence `sentence` (TITLE for the title), words `first` to `last`."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    form: Literal["name", "adjective", "metonym", "body", "organisation", "region", "person"]
    role_span: tuple[int, int] | None = None


@dataclass
class Actor:
    """A person, state or organisation with every place where it is named."""

    name: str
    kind: Kind
    role: str | None = None
    side: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    role_mention: tuple[int, int, int] | None = None


class Cast:
    """The actors of one article."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self._at: dict[tuple[int, int], tuple[Actor, Mention]] = {}

    def add(self, actor: Actor, mention: Mention) -> None:
        """Notes a mention of a known or new actor."""
        if actor not in self.actors:
            self.actors.append(actor)
        actor.mentions.append(mention)
        for i in range(mention.first, mention.last + 1):
            self._at.setdefault((mention.sentence, i), (actor, mention))

    def at(self, sentence: Sentence | int, word: Word | int) -> tuple[Actor, Mention] | None:
        """Whom this word names."""
        number = sentence if isinstance(sentence, int) else sentence.number
        return self._at.get((number, word if isinstance(word, int) else word.i))

    def named(self, name: str) -> Actor | None:
        """The actor of this name."""
        return next((actor for actor in self.actors if actor.name == name), None)


class Caster:
    """Builds the cast of an article from its parsed sentences."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._people = PersonFinder(lexicon.rules.offices)
        self._outlets = {plain(name) for name in lexicon.rules.organisations.outlets}
        self._organisation_heads = frozenset(lexicon.rules.organisations.heads)
        self._past = frozenset(lexicon.rules.offices.past)
        self._needs_full = {name.lower() for name in lexicon.rules.states.needs_full_name}

    def cast(self, sentences: Sequence[Sentence], texts: Sequence[str], *, lower_case: bool) -> Cast:
        """The cast of `sentences`; `texts[n]` is what the offsets of the n-th sentence point into."""
        cast = Cast()
        persons: list[tuple[Sentence, str, Person]] = []
        full = {plain(found.entry.name) for s, t in zip(sentences, texts, strict=True)
            for found in self._lexicon.scan(s, t, lower_case=lower_case)}  # fmt: skip
        for sentence, text in zip(sentences, texts, strict=True):
            taken: set[int] = set()
            for found in self._lexicon.scan(sentence, text, lower_case=lower_case):
                words = sentence.words[found.first : found.last + 1]
                written = plain(text[words[0].start : words[-1].end]).lower()
                if written in self._needs_full and (
                    found.entry.name not in full
                    or not words[-1].text[:1].isupper()
                    or self._modifies(sentence, words[-1])
                ):
                    continue
                if self._inside_person(words) and found.entry.form != "organisation":
                    continue
                taken.update(range(found.first, found.last + 1))
                self._add_entry(cast, sentence, found.entry, words)
            for person in self._people.find(sentence, text, taken, lower_case=lower_case):
                persons.append((sentence, text, person))
                taken.update(range(person.first, person.last + 1))
                if person.role_span:
                    taken.update(range(person.role_span[0], person.role_span[1] + 1))
            self._add_organisations(cast, sentence, text, taken)
        self._add_persons(cast, persons)
        return cast

    @staticmethod
    def _modifies(sentence: Sentence, word: Word) -> bool:
        return word.dep in {"compound", "amod"}

    @staticmethod
    def _inside_person(words: Sequence[Word]) -> bool:
        """ "Jordan" in "Michael Jordan"."""
        return (
            len(words) == 1 and words[0].entity == "PERSON" and words[0].dep not in {"nsubj", "pobj", "dobj"}
        )

    def _add_entry(self, cast: Cast, sentence: Sentence, entry: Entry, words: Sequence[Word]) -> None:
        kind: Kind = "state" if entry.form in {"name", "adjective", "metonym"} else "organisation"
        # A capital is a place until the grammar shows that it acts; then it is its state.
        name = entry.side if entry.form == "metonym" else entry.name
        if (
            entry.form == "metonym"
            and " " in entry.name
            and entry.name.split()[0] in {"White", "Blue", "Downing"}
        ):
            kind, name = "organisation", entry.name
        actor = cast.named(name) or Actor(name, kind, side=entry.side)
        mention = Mention(
            sentence.number, words[0].i, words[-1].i, words[0].start, words[-1].end, entry.form
        )  # fmt: skip
        cast.add(actor, mention)

    def _add_organisations(self, cast: Cast, sentence: Sentence, text: str, taken: set[int]) -> None:
        for entity in sentence.entities():
            words = [
                word for word in entity if word.lower not in {"the", "'s", "’s"} and not word.text.isspace()
            ]
            if not words or words[0].entity != "ORG":
                continue
            name = " ".join(text[words[0].start : words[-1].end].split())
            free = [word for word in words if word.i not in taken]
            if (
                plain(name) in self._outlets
                or len(name) < 3
                or not free
                or len(free) < len(words) - 1
                or not any(c.isupper() for c in name)
                or name.isupper()
                and len(name) > 5
            ):
                continue
            entry = self._lexicon.first_in(name)
            side = entry.side if entry else self._side_before(sentence, text, words[0])
            actor = cast.named(name) or Actor(name, "organisation", side=side or name)
            cast.add(
                actor,
                Mention(
                    sentence.number, words[0].i, words[-1].i, words[0].start, words[-1].end, "organisation"
                ),
            )

    def _side_before(self, sentence: Sentence, text: str, word: Word) -> str | None:
        if word.i == 0:
            return None
        before = sentence.words[max(0, word.i - 4) : word.i]
        entry = self._lexicon.first_in(text[before[0].start : before[-1].end])
        near = before[-1].lower in {"'s", "’s"} or before[-1].entity in {"NORP", "GPE"}
        return entry.side if entry and near else None

    def _add_persons(self, cast: Cast, found: Iterable[tuple[Sentence, str, Person]]) -> None:
        persons: list[tuple[Actor, Sentence, str, Person]] = []
        for sentence, text, person in sorted(found, key=lambda one: -(one[2].last - one[2].first)):
            words = sentence.words[person.first : person.last + 1]
            name = _tidy(text[words[0].start : words[-1].end])
            actor = self._same(cast, name, person.role) or Actor(name, "person")
            if len(persons) < 1 or actor not in cast.actors:
                cast.actors.append(actor)
            persons.append((actor, sentence, text, person))
        persons.sort(key=lambda one: (one[1].number, one[3].first))
        order = {id(actor): n for n, actor in reversed(list(enumerate(one[0] for one in persons)))}
        cast.actors.sort(key=lambda actor: order.get(id(actor), -1))
        for actor, sentence, text, person in persons:
            words = sentence.words[person.first : person.last + 1]
            self._take_role(actor, sentence, text, person)
            mention = Mention(
                sentence.number,
                person.first,
                person.last,
                words[0].start,
                words[-1].end,
                "person",
                person.role_span,
            )
            cast.add(actor, mention)

    def _take_role(self, actor: Actor, sentence: Sentence, text: str, person: Person) -> None:
        role = person.role
        if role is None:
            return
        side = self._side_of_role(role)
        of = self._state_after(sentence, text, person.last)
        if of is not None and side is None:
            side = of.side
            role = f"{role} of {of.name}"
        if actor.role is None or (
            len(actor.role.split()) == 1 and len(role.split()) > 1 and actor.role.lower() in role.lower()
        ):
            actor.role = role
            actor.role_mention = (sentence.number, person.first, person.last)
        if actor.side is None:
            actor.side = side

    def _side_of_role(self, role: str) -> str | None:
        if set(role.lower().replace("-", " ").split()) & self._past:
            return None
        entry = self._lexicon.first_in(role)
        if entry is None:
            return None
        # "ambassador to Vanuatu", "envoy for Syria": that is where, not for whom.
        lower = plain(role).lower()
        for link in (" to ", " for ", " on "):
            head, found, tail = lower.partition(link)
            if found and self._lexicon.first_in(plain(role)[: len(head)]) is None:
                return None
        return entry.side

    def _state_after(self, sentence: Sentence, text: str, last: int) -> Entry | None:
        """ "of Brazil" after a name."""
        words = sentence.words
        if last + 2 >= len(words) or words[last + 1].lower != "of":
            return None
        tail = words[last + 2 : last + 9]
        for found in self._lexicon.scan(Sentence(sentence.number, 0, 0, words), text, lower_case=False):
            starts = {last + 2} | ({last + 3} if tail and tail[0].lower == "the" else set())
            if found.first in starts and found.entry.form in {"name", "organisation"}:
                written = " ".join(text[words[found.first].start : words[found.last].end].split())
                return Entry(written, "name", found.entry.side)
        return None

    @staticmethod
    def _same(cast: Cast, name: str, role: str | None) -> Actor | None:
        """The known person whom this name also names."""
        parts = _parts(name)
        for actor in cast.actors:
            if actor.kind != "person":
                continue
            known = _parts(actor.name)
            if not parts or not known:
                continue
            if set(parts) <= set(known):
                return actor
            # "Joe Biden" and "Joseph R. Biden, Jr."
            if parts[-1] == known[-1] and parts[0][0] == known[0][0] and len(parts) > 1 and len(known) > 1:
                return actor
        return None


def _tidy(name: str) -> str:
    return " ".join(name.split()).rstrip(",;:").strip("*_ ")


def _parts(name: str) -> list[str]:
    folded = plain(name).lower().replace(",", " ").replace(".", " ").replace("-", " ").replace("'s", "")
    return [part for part in folded.split() if part not in {"jr", "sr"}]
