"""Finds everyone in the sentences of an article, and merges what names the same actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.reading.cast import Actor, Cast, Form, Mention
from briefing.reading.lexicon import Entry, Found, Lexicon, plain
from briefing.reading.names import last_names, same_person
from briefing.reading.offices import OfficeReader
from briefing.reading.parse import Sentence, Word
from briefing.reading.people import Person, PersonFinder
from briefing.types import TITLE, Kind

_KINDS = frozenset(
    """task act bill white supreme first general special joint speaker participant attendee guest delegate
    panelist advocate expert leader official member""".split()
)


# What the name of a body does not end with: "Florida State Legislators on".
_NO_END = {"ADP", "CCONJ", "DET", "PUNCT"}


@dataclass(frozen=True)
class _Read:
    """A sentence with what was found in it."""

    sentence: Sentence
    text: str
    found: tuple[Found, ...]
    persons: tuple[Person, ...]


class Caster:
    """Builds the cast of an article from its parsed sentences."""

    def __init__(self, lexicon: Lexicon, offices: OfficeReader) -> None:
        self._lexicon = lexicon
        self._people = PersonFinder(
            lexicon.rules.offices,
            lexicon.rules.organisations.heads,
            lexicon.rules.organisations.outlets,
        )
        self._outlets = {plain(name) for name in lexicon.rules.organisations.outlets}
        heads, deciding = lexicon.rules.organisations.heads, lexicon.rules.moods.deciding
        self._bodies = frozenset(heads)
        self._heads = frozenset(lexicon.rules.offices.heads) - self._bodies
        self._kinds = frozenset(heads) | frozenset(deciding) | _KINDS
        self._offices = offices
        self._things = frozenset(lexicon.rules.organisations.things)
        self._nameless = frozenset(lexicon.rules.organisations.nameless)
        self._abbreviations = lexicon.rules.offices.abbreviations
        self._needs_full = {name.lower() for name in lexicon.rules.states.needs_full_name}

    def cast(self, sentences: Sequence[Sentence], texts: Sequence[str], *, lower_case: bool) -> Cast:
        """The cast of `sentences`; `texts[n]` is what the offsets of the n-th sentence point into."""
        read = [self._read(s, t, lower_case=lower_case) for s, t in zip(sentences, texts, strict=True)]
        cast = Cast()
        self._add_persons(cast, read, lower_case=lower_case)
        self._name_counterparts(cast, read)
        surnames = last_names(cast)
        named = {found.entry.name for one in read for found in one.found if self._is_full(one, found)}
        for one in read:
            cast.offices[one.sentence.number] = tuple(
                self._people.offices(one.sentence, one.text, one.persons)
            )
            self._add_entries(cast, one, named)
            self._add_organisations(cast, one, surnames)
            _add_bare_surnames(cast, one.sentence, surnames)
        _join_short_forms(cast, read)
        for one in read:
            self._add_nameless(cast, one)
        _see_persons(cast)
        for actor in cast.actors:
            actor.mentions.sort(key=lambda mention: (mention.sentence, mention.first))
        cast.actors.sort(key=lambda actor: (actor.mentions[0].sentence, actor.mentions[0].first))
        return cast

    def _read(self, sentence: Sentence, text: str, *, lower_case: bool) -> _Read:
        found = tuple(
            one
            for one in self._lexicon.scan(sentence, text, lower_case=lower_case)
            if not self._is_surname(sentence, one)
        )
        taken = {i for one in found for i in range(one.first, one.last + 1)}
        persons = tuple(self._people.find(sentence, text, taken, lower_case=lower_case))
        return _Read(sentence, text, found, persons)

    def _is_surname(self, sentence: Sentence, found: Found) -> bool:
        """"Jordan" in "Michael Jordan", but not "Gabon" in "President of Gabon Ali Bongo"."""  # fmt: skip
        words = sentence.words
        if words[found.first].entity != "PERSON" or found.entry.form in {"organisation", "body"}:
            return False
        if found.first > 0 and words[found.first - 1].lower in {"of", "the", "in"}:
            return False
        inside = [
            w
            for w in words[max(0, found.first - 3) : found.last + 4]
            if w.entity == "PERSON" and not self._people.is_office(w)
        ]
        return len(inside) > found.last - found.first + 1 and found.entry.form != "adjective"

    def _is_full(self, one: _Read, found: Found) -> bool:
        return self._written(one, found).lower() not in self._needs_full and found.entry.form == "name"

    @staticmethod
    def _written(one: _Read, found: Found) -> str:
        words = one.sentence.words
        return plain(one.text[words[found.first].start : words[found.last].end])

    def _add_entries(self, cast: Cast, one: _Read, named: set[str]) -> None:
        words = one.sentence.words
        offices = {i for p in one.persons if p.role_span for i in range(p.role_span[0], p.role_span[1] + 1)}
        # "President X of Kenya": the state is named in his office, behind the name.
        behind = (_state_behind(words, p.last) for p in one.persons if p.role)
        offices |= {n for n in behind if n is not None}
        for found in one.found:
            entry = found.entry
            if entry.form == "area":
                continue
            last = words[found.last]
            if self._written(one, found).lower() in self._needs_full and (
                entry.name not in named or not last.text[:1].isupper() or last.dep in {"compound", "amod"}
            ):
                continue
            form: Form = "office" if found.first in offices else entry.form
            mention = Mention(
                one.sentence.number, found.first, found.last, words[found.first].start, last.end, form
            )
            name, kind = _actor_of(entry)
            actor = cast.actor(name, kind, entry.side)
            cast.add(actor, mention)
            self._name_as_written(actor, self._written(one, found), entry)

    @staticmethod
    def _name_as_written(actor: Actor, written: str, entry: Entry) -> None:
        """An organisation is called as the text calls it where it writes the name out."""
        words = written.split()
        if (
            entry.form == "organisation"
            and len(words) > 2
            and written != entry.name
            and len(words) == len(entry.name.split())
        ):
            if actor.side == actor.name:
                actor.side = written
            actor.name = written

    def _add_organisations(self, cast: Cast, one: _Read, surnames: dict[str, Actor]) -> None:
        taken = {i for f in one.found for i in range(f.first, f.last + 1)}
        for person in one.persons:
            taken.update(range(person.first, person.last + 1))
            if person.role_span:
                taken.update(range(person.role_span[0], person.role_span[1] + 1))
        for entity in one.sentence.entities():
            words = [
                word for word in entity if word.lower not in {"the", "'s", "’s"} and not word.text.isspace()
            ]
            while words and words[-1].pos in _NO_END:
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

    def _add_nameless(self, cast: Cast, one: _Read) -> None:
        """Bodies and crowds that act without a name: "police", "the rebels", "the interior ministry"."""
        words = one.sentence.words
        held = {i for p in one.persons if p.role_span for i in range(p.role_span[0], p.role_span[1] + 1)}
        for word in words:
            if word.lower not in self._nameless or word.pos not in {"NOUN", "PROPN"} or word.i in held:
                continue
            if cast.at(one.sentence, word) is not None or word.dep in {"compound", "nmod", "amod"}:
                continue
            first = word.i
            ministry = word.lower in {"ministry", "department"}
            while (
                ministry
                and first > 0
                and words[first - 1].dep in {"compound", "amod"}
                and words[first - 1].text.islower()
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
        """"Hurricane X", "the Y Act": no body that acts, whatever the model takes it for."""  # fmt: skip
        return words[-1].lower in self._things or words[0].lower in self._things

    def _are_officials(self, name: str) -> bool:
        """"Foreign Ministers": those who hold the office, but not the "Council of Ministers"."""  # fmt: skip
        words = name.split()
        office = self._offices.portfolio_of_several(name) is not None or words[-1].lower() in self._heads
        return office and self._bodies.isdisjoint(name.lower().split())

    def _is_generic(self, words: Sequence[Word]) -> bool:
        """"Administration", "Task Force", "House": a kind of body, not a name."""  # fmt: skip
        return all(word.lower in self._kinds or word.lemma in self._kinds for word in words)

    def _side_before(self, one: _Read, word: Word) -> str | None:
        """The state whose body it is: "China's Foreign Ministry"."""
        before = [f for f in one.found if f.last < word.i <= f.last + 2 and f.entry.form != "area"]
        return before[-1].entry.side if before else None

    def _add_persons(self, cast: Cast, read: Sequence[_Read], *, lower_case: bool) -> None:
        found = [(one, person) for one in read for person in one.persons]
        actors: dict[int, Actor] = {}
        # The fullest name comes first, so that the shorter ones find it.
        # Those of the title come last: in a headline every word may have a capital.
        for one, person in sorted(
            found, key=lambda pair: (pair[0].sentence.number == TITLE, pair[1].first - pair[1].last)
        ):
            words = one.sentence.words
            name = _tidy(one.text[words[person.first].start : words[person.last].end])
            if lower_case and name.islower():
                name = name.title()
            known = self._lexicon.look_up(name) is not None
            if (
                known
                or plain(name) in self._outlets
                or (" " not in name and person.role is None and self._lexicon.city(name) is not None)
            ):
                continue
            actors[id(person)] = same_person(cast, name, one.sentence.number) or cast.actor(
                name, "person", None
            )
        for one, person in found:
            if id(person) not in actors:
                continue
            words = one.sentence.words
            mention = Mention(
                one.sentence.number,
                person.first,
                person.last,
                words[person.first].start,
                words[person.last].end,
                "person",
                person.role_span,
            )
            self._take_role(actors[id(person)], one, person, mention)
            cast.add(actors[id(person)], mention)

    def _take_role(self, actor: Actor, one: _Read, person: Person, mention: Mention) -> None:
        role = person.role
        after = self._state_after(one, person.last)
        if role is None:
            return
        side = self._offices.side(role)
        entry = self._lexicon.first_in(role)
        # "National Security Council Secretary X of Armenia": every state may have such a body.
        if after is not None and (side is None or (entry is not None and entry.form == "body")):
            side = after[1]
            role = f"{role} of {after[0]}"
        role = self._abbreviations.get(role.lower(), role)
        former = self._offices.is_former(role)
        known = actor.role
        fuller = known is not None and len(known.split()) < len(role.split()) and (
            plain(known).lower() in plain(role).lower() or len(known.split()) == 1
        )  # fmt: skip
        if known is None or (fuller and not former):
            actor.role, actor.role_mention, actor.former = role, mention, former
        if actor.side is None and not former:
            actor.side = side

    def _name_counterparts(self, cast: Cast, read: Sequence[_Read]) -> None:
        """"Prime Minister X met his Latvian counterpart Y": Y is the Latvian prime minister."""  # fmt: skip
        for actor in cast.persons():
            words = (actor.role or "").split()
            mention = actor.role_mention
            if mention is None or not words or words[-1].lower() not in {"counterpart", "counterparts"}:
                continue
            if mention.sentence == TITLE:
                continue
            before = [
                (one.first, other)
                for other in cast.persons()
                for one in other.mentions
                if other is not actor and one.sentence == mention.sentence and one.first < mention.first
            ]
            office = self._offices.bare(max(before, key=lambda pair: pair[0])[1].role or "") if before else ""
            if office:
                actor.role = " ".join([*words[:-1], office])

    @staticmethod
    def _state_after(one: _Read, last: int) -> tuple[str, str] | None:
        """The state after a name, as written, and its side: "of Brazil"."""
        words = one.sentence.words
        if last + 2 >= len(words) or words[last + 1].lower != "of":
            return None
        first = last + 3 if words[last + 2].lower == "the" else last + 2
        for found in one.found:
            if found.first == first and found.entry.form in {"name", "organisation"}:
                written = " ".join(one.text[words[last + 2].start : words[found.last].end].split())
                return written, found.entry.side
        return None


def _state_behind(words: Sequence[Word], last: int) -> int | None:
    """Where the state of an office begins behind a name: "of Kenya", "of the Netherlands"."""
    after = [word.lower for word in words[last + 1 : last + 3]]
    return last + 3 if after == ["of", "the"] else last + 2 if after[:1] == ["of"] else None


def _see_persons(cast: Cast) -> None:
    """Sees persons in names that the model took for bodies: "Mina Okada", later "Okada" alone."""
    bodies = {one.name: one for one in cast.actors if one.kind == "organisation" and one.side == one.name}
    endings = Counter(name.split()[-1] for name in bodies if " " in name)
    for name, actor in bodies.items():
        words = name.split()
        alone = bodies.get(words[-1]) if len(words) == 2 else None
        if alone is None or not all(word[:1].isupper() and word[1:].islower() for word in words):
            continue
        if endings[words[-1]] > 1:  # "Harbour Times", "Evening Times": the ending alone is nobody's own
            continue
        actor.kind, actor.side = "person", None
        actor.mentions = [replace(one, form="person") for one in (*actor.mentions, *alone.mentions)]
        cast.actors.remove(alone)
        for mention in actor.mentions:
            cast.point(mention, actor)


def _join_short_forms(cast: Cast, read: Sequence[_Read]) -> None:
    """One body under its name and its short form: "the Harbour Union Party (HUP)", later "HUP"."""
    short: dict[str, Actor] = {}
    for one in read:
        words = one.sentence.words
        for bracket in words[1:-2]:
            form = words[bracket.i + 1]
            if bracket.text != "(" or not form.text.isupper() or words[bracket.i + 2].text != ")":
                continue
            named = cast.at(one.sentence, words[bracket.i - 1])
            if named is not None and named[0].kind == "organisation" and len(form.text) > 1:
                short.setdefault(form.text, named[0])
    for letters, actor in short.items():
        alone = cast.find(letters)
        if alone is None or alone is actor or alone.kind == "state":
            continue
        cast.actors.remove(alone)
        for mention in alone.mentions:
            moved = replace(mention, form="organisation")
            actor.mentions.append(moved)
            cast.point(moved, actor)


def _actor_of(entry: Entry) -> tuple[str, Kind]:
    """Whom an entry names: a capital or palace names its state, the White House itself."""
    if entry.form in {"name", "adjective"}:
        return entry.name, "state"
    if entry.form == "metonym":
        return (entry.name, "organisation") if entry.name == "White House" else (entry.side, "state")
    return entry.name, "organisation"


def _tidy(name: str) -> str:
    return " ".join(name.split()).rstrip(",;:").strip("*_ ")


def _add_bare_surnames(cast: Cast, sentence: Sentence, surnames: dict[str, Actor]) -> None:
    """Mentions that the model took for no name or for another kind of name."""
    for word in sentence.words:
        actor = surnames.get(word.lower)
        if actor is not None and word.pos == "PROPN" and cast.at(sentence, word) is None:
            cast.add(actor, Mention(sentence.number, word.i, word.i, word.start, word.end, "person"))
