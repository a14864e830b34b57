"""Everyone that an article names: persons, states and bodies, their mentions merged under one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal

from briefing.reading.words import Sentence, Word
from briefing.types import Kind

Form = Literal["name", "adjective", "metonym", "body", "organisation", "region", "person", "office", "group"]

_ROW = {",", "and", "&"}
_ADDRESS = {"the", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "h.e.", "sir"}


@dataclass(frozen=True)
class Mention:
    """A naming of an actor in sentence `sentence` (TITLE for the title), words `first` to `last`.

    `form` "office" is a state or body named only as part of somebody's office.
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    form: Form
    role_span: tuple[int, int] | None = None

    @property
    def extent(self) -> tuple[int, int]:
        """The first and the last word, those of the office included."""
        first, last = self.role_span or (self.first, self.last)
        return min(first, self.first), max(last, self.last)


@dataclass(eq=False)
class Actor:
    """A person, state or organisation with every place where it is named, in order of the text.

    `role_mention` is the mention from which the role was taken; `weak` says that any office says more than
    the role does, `former` that the office is over.
    """

    name: str
    kind: Kind
    role: str | None = None
    side: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    role_mention: Mention | None = None
    weak: bool = False
    former: bool = False


class Cast:
    """The actors of one article.

    `regions` are names of states that mean a region of another state here: Georgia, where Atlanta lies.
    """

    def __init__(self, regions: frozenset[str] = frozenset()) -> None:
        self.regions = regions
        self.actors: list[Actor] = []
        # Offices named without a name ("the Chinese ambassador"), by the number of the sentence.
        self.offices: dict[int, tuple[str, ...]] = {}
        self._by_name: dict[str, Actor] = {}
        self._at: dict[tuple[int, int], tuple[Actor, Mention]] = {}

    def actor(self, name: str, kind: Kind, side: str | None) -> Actor:
        """The actor of this name, a new one where there is none."""
        actor = self._by_name.get(name)
        if actor is None:
            actor = Actor(name, kind, side=side)
            self._by_name[name] = actor
            self.actors.append(actor)
        return actor

    def rename(self, actor: Actor, name: str) -> None:
        """Calls an actor by a fuller name."""
        self._by_name.pop(actor.name, None)
        actor.name = name
        self._by_name[name] = actor

    def find(self, name: str) -> Actor | None:
        """The actor of this name, if the article names one."""
        return next((actor for actor in self.actors if actor.name == name), None)

    def add(self, actor: Actor, mention: Mention) -> None:
        """Notes a mention; of two that share a word the first keeps it."""
        actor.mentions.append(mention)
        for i in range(mention.first, mention.last + 1):
            self._at.setdefault((mention.sentence, i), (actor, mention))

    def point(self, mention: Mention, actor: Actor) -> None:
        """Has the words of a mention name another actor."""
        for i in range(mention.first, mention.last + 1):
            self._at[(mention.sentence, i)] = (actor, mention)

    def at(self, sentence: Sentence, word: Word) -> tuple[Actor, Mention] | None:
        """Whom this word names."""
        return self._at.get((sentence.number, word.i))

    def joined_after(self, sentence: Sentence, word: Word) -> Iterator[Word]:
        """The persons whom commas and "and" alone join to the one named or held in office at this word.

        "Envoy for the Sahel X, Minister of Trade Y and Z, the ambassador to Chile": in such a row the parser
        often hangs the later ones on an office of the earlier.
        """
        row = sorted(
            (one for actor in self.persons() for one in actor.mentions if one.sentence == sentence.number),
            key=lambda one: one.first,
        )
        at = next((n for n, one in enumerate(row) if one.extent[0] <= word.i <= one.extent[1]), len(row))
        joined: list[Word] = []
        linked = False
        for one, other in pairwise(row[at:]):
            between = sentence.words[one.extent[1] + 1 : other.extent[0]]
            marks = {mark.lower for mark in between if mark.lower not in _ADDRESS}
            if not marks or not marks <= _ROW:
                break
            linked = linked or "and" in marks
            joined += [sentence.words[one.last], sentence.words[other.last]]
        yield from dict.fromkeys(joined if linked else ())

    def office_holder(self, sentence: Sentence, word: Word) -> Actor | None:
        """The one person whom an office alone means: "the Vice President", "Foreign Secretary"."""
        if word.entity in {"GPE", "NORP"}:  # "Georgia" is not the "Georgia Governor"
            return None
        phrase = [c.lower for c in sentence.children(word) if c.is_before_noun and c.i < word.i]
        office = " ".join([*phrase, word.lower])
        roles = [
            (actor, role)
            for actor in self.actors
            if actor.kind == "person" and actor.role and office in (role := actor.role.lower())
        ]
        for held in (
            [actor for actor, role in roles if role == office],
            [actor for actor, role in roles if role.endswith(f" {office}") or role.startswith(f"{office} ")],
        ):
            if held:
                return held[0] if len(held) == 1 else None
        return None

    @cached_property
    def states_named(self) -> frozenset[str]:
        """The states that the article names: they say which of several cities of one name is meant.

        A state that only its capital stands for is not named: that would be the city speaking for itself.
        Ask when the cast is whole.
        """
        return frozenset(
            actor.name
            for actor in self.actors
            if actor.kind == "state" and any(mention.form != "metonym" for mention in actor.mentions)
        )

    def persons(self) -> Iterator[Actor]:
        """The persons among the actors."""
        return (actor for actor in self.actors if actor.kind == "person")
