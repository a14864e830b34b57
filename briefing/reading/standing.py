"""What a sentence of an article needs of those before it, to be understood where it is told.

A sentence leans on another by a pronoun, by a noun with "the" or "this" that takes up what was named, by a
surname, by a word that joins it to what was said.  Which sentences supply what is meant follows from the
claims and the mentions of the reading; words with a meaning stand in english/standing.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.reading.data import load_people
from briefing.reading.here import points_here
from briefing.reading.leaning import leaning
from briefing.sentences import in_first_person
from briefing.types import Article, Reading
from briefing.types.claims import Claim, Entity, Mention, Ref

_REACH = 3
"""Sentences before a pronoun's own in which the one it means may stand."""

_WORD = re.compile(r"[^\W\d_]+")
_TWO = 2
_APPOSED = 6  # characters between a name and an office behind it: ", the "
_NEAR = 24  # characters before a noun in which its article stands
_SHORTEST = 4  # letters of a name that stands for a person


@dataclass(frozen=True)
class Needs:
    """What must be told before a sentence, by the numbers of the sentences of its article.

    `never` says why it cannot be told at all.  `last` are those of which one must stand right before it, and
    of each of `before` one must stand anywhere before it.
    """

    never: str | None = None
    last: frozenset[int] | None = None
    before: tuple[frozenset[int], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the sentence stands alone."""
        return self.never is None and self.last is None and not self.before

    def unmet(self, told: Sequence[int]) -> frozenset[int] | None:
        """Sentences of which one is missing after those told before, in order; None if none is."""
        if self.last is not None and not (told and told[-1] in self.last):
            return self.last
        return next((group for group in self.before if not group & {*told}), None)


def needs_of(article: Article, reading: Reading) -> tuple[Needs, ...]:
    """What each sentence of the reading needs, in order."""
    finder = _Finder(article, reading)
    return tuple(finder.needs(number) for number in range(len(reading.sentences)))


class _Finder:
    """Works on one article."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self._article, self._reading = article, reading
        self._words = leaning()
        self._people = load_people()
        self._placed = any(one.basis == "dateline" and one.place for one in reading.places)
        self._texts = [article.text[start:end] for start, end in reading.sentences]
        self._stems = [{_stem(word) for word in _WORD.findall(text.lower())} for text in self._texts]
        self._named: dict[int, list[tuple[Entity, Mention]]] = {}
        for entity in reading.entities:
            for mention in entity.mentions:
                self._named.setdefault(mention.sentence, []).append((entity, mention))

    def needs(self, number: int) -> Needs:
        """What one sentence needs."""
        text = self._texts[number]
        never = self._never(number, text)
        if never is not None:
            return Needs(never)
        last: list[frozenset[int]] = []
        if self._words.opening.match(text):
            last.append(frozenset({number - 1}))
        last += self._pronouns(number)
        before: list[frozenset[int]] = []
        for claim in self._reading.claims_in(number):
            for ref in _refs(claim):
                for one, close in self._meant(number, ref):
                    (last if close else before).append(one)
        before += self._surnames(number)
        if number == 0:
            return Needs("leans on what is not there") if last else Needs()
        closest = frozenset.intersection(*last) if last else None
        if closest is not None and not closest:
            closest = frozenset({number - 1})
        return Needs(None, closest, tuple(dict.fromkeys(before)))

    def _never(self, number: int, text: str) -> str | None:
        if in_first_person(text):
            return "somebody's own words"
        # A lead with its place unsaid is better than none.
        if number > 0 and not self._placed and points_here(text, (0, len(text))):
            return "a place that is not named"
        return None

    def _pronouns(self, number: int) -> Iterator[frozenset[int]]:
        """Where those stand whom the first pronouns of the sentence mean, where it does not say so itself."""
        start, _ = self._reading.sentences[number]
        seen: set[str] = set()
        for found in self._words.pronoun.finditer(self._texts[number]):
            kind = str(found.lastgroup)
            if kind in seen:
                continue
            seen.add(kind)
            if kind == "thing" and (
                found.start() > 0 or self._words.means_nothing.match(self._texts[number])
            ):
                continue
            at = start + found.start()
            if self._names(number, kind, at):
                continue
            if found.group().lower() in self._words.possessive and self._subject_fits(number, kind):
                continue  # "In his speech, the minister": it comes after
            yield self._back_to(number, kind)

    def _back_to(self, number: int, kind: str) -> frozenset[int]:
        """The sentences before, back to the nearest that names somebody of this kind."""
        group = []
        for other in range(number - 1, max(number - 1 - _REACH, -1), -1):
            group.append(other)
            if self._names(other, kind, self._reading.sentences[other][1]):
                break
        return frozenset(group or {number - 1})

    def _names(self, number: int, kind: str, until: int) -> bool:
        """Whether a sentence names somebody, or something, that a pronoun of this kind could mean."""
        refs = [
            ref
            for claim in self._reading.claims_in(number)
            for ref in _refs(claim)
            if ref.start < until and not ref.pronoun
        ]
        named = [entity for entity, mention in self._named.get(number, ()) if mention.start < until]
        if kind == "person":
            return any(one.kind == "person" for one in named) or any(self._is_person(ref) for ref in refs)
        if kind == "several":
            return (
                any(ref.several or ref.kind in {"organisation", "state"} for ref in refs)
                or len(named) >= _TWO
            )
        return any(not self._is_person(ref) for ref in refs) or bool(named)

    def _subject_fits(self, number: int, kind: str) -> bool:
        main = next((one for one in self._reading.claims_in(number) if one.link == "main"), None)
        subject = main.subject if main is not None else None
        if subject is None or subject.pronoun:
            return False
        return self._is_person(subject) == (kind == "person") or kind == "several"

    def _is_person(self, ref: Ref) -> bool:
        return ref.kind == "person" or ref.lemma in self._people.singular

    def _meant(self, number: int, ref: Ref) -> Iterator[tuple[frozenset[int], bool]]:
        """Sentences that say what a noun means, and whether one of them must stand right before."""
        begins = ref.start if ref.opens is None else ref.opens
        start, end = self._reading.sentences[number]
        if ref.pronoun:
            opens = ref.word == "that" and ref.start == start
            points = opens or ref.word in self._words.demonstrative
            if points and not self._words.says_which.match(self._article.text, ref.end, end):
                yield frozenset({number - 1}), True
            return
        found = self._words.article.search(
            self._texts[number], max(0, begins - start - _NEAR), begins - start
        )
        if found is None or ref.proper or ref.mention or ref.lemma in self._words.times:
            return
        word = found["article"].lower()
        stems = {_stem(ref.lemma), _stem(ref.word)}
        earlier = [other for other in range(number) if stems & self._stems[other]]
        if stems & {_stem(one) for one in _WORD.findall(self._article.text[start:begins].lower())}:
            return
        if word == "the":
            yield from self._taken_up(number, ref, earlier)
        elif word == "that" and (found["before"] or "in").lower() not in self._words.prepositions:
            return  # "said that ministers"
        elif word in {"this", "these"} or not self._words.says_which.match(self._article.text, ref.end, end):
            yield (frozenset(earlier), False) if earlier else (frozenset({number - 1}), True)

    def _taken_up(self, number: int, ref: Ref, earlier: list[int]) -> Iterator[tuple[frozenset[int], bool]]:
        resumptive = ref.lemma in self._words.resumptive
        says_which = self._words.names_it if resumptive else self._words.says_which
        if says_which.match(self._article.text, ref.end, self._reading.sentences[number][1]):
            return
        if ref.described and not (resumptive and (earlier or self._is_person(ref))):
            return  # "the latest survey": the words beside it say enough
        entity = self._reading.entity(ref.actor)
        if entity is not None:
            here = any(one.sentence == number for one in entity.mentions)
            where = frozenset(one.sentence for one in entity.mentions if 0 <= one.sentence < number)
            if where and not here:
                yield where, False
            return
        if earlier:
            yield frozenset(earlier), False
        elif resumptive and number > 0:
            yield frozenset({0, number - 1}), False

    def _surnames(self, number: int) -> Iterator[frozenset[int]]:
        """Where those are named in full who have only a part of their name here."""
        own = self._named.get(number, [])
        alone = self._words_alone(number)
        for entity in (one for one in self._reading.entities if one.kind == "person"):
            here = [mention for one, mention in own if one is entity]
            if any(self._is_full(entity, mention) for mention in here):
                continue
            # "Surayud", of Surayud Chulanont, which the reading may take for another's name.
            half = any(len(word) >= _SHORTEST and word in alone for word in entity.name.split())
            where = frozenset(
                one.sentence
                for one in entity.mentions
                if 0 <= one.sentence < number and self._is_full(entity, one)
            )
            if where and (here or half):
                yield where

    def _words_alone(self, number: int) -> frozenset[str]:
        """The words of a sentence outside states and names of several words."""
        text = list(self._texts[number])
        start, _ = self._reading.sentences[number]
        for entity, mention in self._named.get(number, ()):
            first, last = mention.start - start, mention.end - start
            if entity.kind == "state" or " " in self._texts[number][first:last]:
                text[first:last] = " " * (last - first)
        return frozenset(_WORD.findall("".join(text)))

    def _is_full(self, entity: Entity, mention: Mention) -> bool:
        """Whether the whole name stands there, or the office beside a part of it."""
        written = _WORD.findall(self._article.text[mention.start : mention.end])
        office = mention.office
        beside = office is not None and (
            0 <= mention.start - office[1] <= 1 or 0 <= office[0] - mention.end <= _APPOSED
        )
        return beside or len(written) >= min(_TWO, len(_WORD.findall(entity.name)))


def _refs(claim: Claim) -> Iterator[Ref]:
    if claim.subject is not None:
        yield claim.subject
    yield from (one for one in claim.agents if one != claim.subject)
    yield from claim.objects
    yield from claim.obliques


def _stem(word: str) -> str:
    """Rough, so that "talks" and "talk", "countries" and "country" are one."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
