"""Finds everyone in the sentences of an article, and merges what names the same actor."""

from __future__ import annotations

from collections.abc import Sequence, Set

from briefing.reading.bodies import BodyFinder, SentenceRead
from briefing.reading.cast import Actor, Cast, Form, Mention
from briefing.reading.data import load_people
from briefing.reading.lexicon import Entry, Found, Lexicon, plain
from briefing.reading.names import join_short_forms, last_names, same_person, see_persons
from briefing.reading.namesakes import NamesakeReader
from briefing.reading.offices import OfficeReader
from briefing.reading.people import Person, PersonFinder
from briefing.reading.words import Sentence, Word
from briefing.types import TITLE, Kind

_LONGEST_REGION = 3  # words


class Caster:
    """Builds the cast of an article from its parsed sentences."""

    def __init__(self, lexicon: Lexicon, offices: OfficeReader) -> None:
        self._lexicon = lexicon
        self._people = PersonFinder(
            lexicon.rules.offices,
            lexicon.rules.organisations.heads,
            lexicon.rules.organisations.outlets,
            load_people().things,
        )
        self._outlets = {plain(name) for name in lexicon.rules.organisations.outlets}
        self._namesakes = NamesakeReader(lexicon, offices)
        self._bodies = BodyFinder(lexicon, offices)
        self._offices = offices
        self._abbreviations = lexicon.rules.offices.abbreviations
        self._needs_full = {name.lower() for name in lexicon.rules.states.needs_full_name}

    def cast(
        self, sentences: Sequence[Sentence], texts: Sequence[str], whole: str, *, lower_case: bool
    ) -> Cast:
        """The cast of `sentences`; `texts[n]` is what the offsets of the n-th sentence point into.

        `whole` is all that is written, with what is no sentence.
        """
        cast = Cast(self._namesakes.read(sentences, texts, whole, lower_case=lower_case))
        read = [
            self._read(s, t, cast.regions, lower_case=lower_case)
            for s, t in zip(sentences, texts, strict=True)
        ]
        self._add_persons(cast, read, lower_case=lower_case)
        self._name_counterparts(cast, read)
        surnames = last_names(cast)
        named = {found.entry.name for one in read for found in one.found if self._is_full(one, found)}
        for one in read:
            cast.offices[one.sentence.number] = tuple(
                self._people.offices(one.sentence, one.text, one.persons)
            )
            self._add_entries(cast, one, named)
            self._bodies.add_named(cast, one, surnames)
            _add_bare_surnames(cast, one.sentence, surnames)
        join_short_forms(cast, read)
        for one in read:
            self._bodies.add_nameless(cast, one)
        see_persons(cast)
        for actor in cast.actors:
            actor.mentions.sort(key=lambda mention: (mention.sentence, mention.first))
        cast.actors.sort(key=lambda actor: (actor.mentions[0].sentence, actor.mentions[0].first))
        return cast

    def _read(self, sentence: Sentence, text: str, regions: Set[str], *, lower_case: bool) -> SentenceRead:
        found = tuple(
            one
            for one in self._lexicon.scan(sentence, text, lower_case=lower_case)
            if not self._is_surname(sentence, one)
        )
        taken = {i for one in found for i in range(one.first, one.last + 1)}
        persons = tuple(self._people.find(sentence, text, taken, lower_case=lower_case))
        states = tuple(one for one in found if one.entry.name not in regions)
        return SentenceRead(sentence, text, states, persons)

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

    def _is_full(self, one: SentenceRead, found: Found) -> bool:
        return self._written(one, found).lower() not in self._needs_full and found.entry.form == "name"

    @staticmethod
    def _written(one: SentenceRead, found: Found) -> str:
        words = one.sentence.words
        return plain(one.text[words[found.first].start : words[found.last].end])

    def _add_entries(self, cast: Cast, one: SentenceRead, named: set[str]) -> None:
        words = one.sentence.words
        offices = one.words_of_offices()
        # "President X of Kenya": the state is named in his office, behind the name.
        behind = (_state_behind(words, p.last) for p in one.persons if p.role)
        offices |= {n for n in behind if n is not None}
        for found in one.found:
            entry = found.entry
            if entry.form == "area":
                continue
            last = words[found.last]
            if self._written(one, found).lower() in self._needs_full and (
                entry.name not in named or not last.text[:1].isupper() or last.is_before_noun
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

    def _add_persons(self, cast: Cast, read: Sequence[SentenceRead], *, lower_case: bool) -> None:
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

    def _take_role(self, actor: Actor, one: SentenceRead, person: Person, mention: Mention) -> None:
        role = person.role
        if role is None:
            return
        after = self._state_after(one, person.last)
        if after is None and self._offices.is_regional(role):
            after = self._region_after(one, person.last)
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
        fuller = fuller or (actor.weak and not person.weak)
        if known is None or (fuller and not former):
            actor.role, actor.role_mention, actor.former, actor.weak = role, mention, former, person.weak
        if actor.side is None and not former:
            actor.side = side

    def _name_counterparts(self, cast: Cast, read: Sequence[SentenceRead]) -> None:
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
    def _state_after(one: SentenceRead, last: int) -> tuple[str, str] | None:
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

    def _region_after(self, one: SentenceRead, last: int) -> tuple[str, str] | None:
        """The region after a name, twice: "Governor X of Texas"."""
        words = one.sentence.words
        if last + 2 >= len(words) or words[last + 1].lower != "of":
            return None
        for end in range(min(len(words), last + 2 + _LONGEST_REGION) - 1, last + 1, -1):
            written = " ".join(one.text[words[last + 2].start : words[end].end].split())
            if self._lexicon.region(written) is not None:
                return written, written
        return None


def _state_behind(words: Sequence[Word], last: int) -> int | None:
    """Where the state of an office begins behind a name: "of Kenya", "of the Netherlands"."""
    after = [word.lower for word in words[last + 1 : last + 3]]
    return last + 3 if after == ["of", "the"] else last + 2 if after[:1] == ["of"] else None


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
        if actor is not None and word.is_proper_noun and cast.at(sentence, word) is None:
            cast.add(actor, Mention(sentence.number, word.i, word.i, word.start, word.end, "person"))
