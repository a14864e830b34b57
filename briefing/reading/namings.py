"""Every naming of a place in the world, with what it is in its sentence.

A state is named by its name, its adjective, its capital that stands for it, a body of it ("the Kremlin") or a
place in it.  Each naming tells its form, the part that it plays, and marks: words beside it that say more.
What happens where is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.reading.data import Language
from briefing.reading.grammar import POSSESSIVE
from briefing.reading.lexicon import Entry, Lexicon, plain
from briefing.reading.parsed import Parsed
from briefing.reading.places import PlaceReader
from briefing.reading.words import Sentence, Word
from briefing.types import Place

_READ = 40  # sentences
_LONGEST = 4  # words of a place
_LOCAL = frozenset("in at near outside inside off around across".split())
_TOWARDS = frozenset("to into toward towards for via".split())
_BESIDE = frozenset({"compound", "amod", "nmod", "poss"})
_JOINED = frozenset({"conj", "appos"})
_PARTS = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject", "dobj": "object", "dative": "object",
}  # fmt: skip
_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_FORMS = {"metonym": "capital", "organisation": "body"}
_KINDS = {"house": "house", "stated-region": "region"}


class NamingReader:
    """Finds what an article names of the world, and how."""

    def __init__(self, lexicon: Lexicon, places: PlaceReader, language: Language) -> None:
        self._lexicon = lexicon
        self._places = places
        self._official = frozenset((*language.events.standing_for, *language.organisations.heads))
        self._offices = frozenset(language.offices.heads)
        self._events = frozenset((*language.events.meeting_nouns, *language.events.happenings))

    def read(self, parsed: Parsed) -> Iterator[Place]:
        """The namings of the title and the text, in order."""
        title = (parsed.title_sentence,) if parsed.title_sentence is not None else ()
        for sentence in (*title, *parsed.sentences[:_READ]):
            yield from self._in_sentence(parsed, sentence)

    def _in_sentence(self, parsed: Parsed, sentence: Sentence) -> Iterator[Place]:
        text, words = parsed.text_of(sentence.number), sentence.words
        entries = {
            found.first: found
            for found in self._lexicon.scan(sentence, text, lower_case=parsed.lower_case)
            if found.entry.name not in parsed.cast.regions
        }
        following = 0
        for word in words:
            if word.i < following:
                continue
            entry = entries.get(word.i)
            found = self._place(parsed, sentence, word, entry.last if entry is not None else word.i)
            if found is None and entry is not None:
                found = self._state(entry.entry, entry.last)
            if found is not None:
                last, place, state, form = found
                following = last + 1
                part, marks = self._part(sentence, word.i, last)
                yield Place(
                    sentence.number, word.start, words[last].end, place, state, "named", "inferred", 0.0,
                    form, part, marks,
                )  # fmt: skip

    def _state(self, entry: Entry, last: int) -> tuple[int, None, str, str] | None:
        if not self._lexicon.is_state(entry.side) or entry.form == "area":
            return None
        return last, None, entry.side, _FORMS.get(entry.form, entry.form)

    def _place(
        self, parsed: Parsed, sentence: Sentence, word: Word, least: int
    ) -> tuple[int, str | None, str | None, str] | None:
        """The place that begins with this word, and ends no sooner than word `least`."""
        words = sentence.words
        if word.pos not in {"PROPN", "NOUN", "ADJ"} and word.entity not in _ENTITIES:
            return None
        if not word.text[:1].isupper() and not parsed.lower_case:
            return None
        at = self._places.at(parsed, sentence, word.i)
        if at is not None and at.end >= words[least].end:
            last = max(one.i for one in words if one.end <= at.end)
            if at.rule == "stated-state":
                return last, None, at.country, "name"
            if not self._means_another(sentence, word, last, at.place or ""):
                return last, at.place, at.country, _KINDS.get(at.rule, "local")
        if least > word.i or word.entity == "PERSON" or not word.is_proper_noun:
            return None
        return self._part_of_a_name(parsed, sentence, word) or self._unlisted(parsed, sentence, word)

    def _means_another(self, sentence: Sentence, word: Word, last: int, name: str) -> bool:
        """Whether a city is named by chance: a person called so, or a part of the world."""
        entry = self._lexicon.look_up(name)
        person = word.entity == "PERSON" and sentence.words[max(0, word.i - 1)].lower not in _LOCAL
        return (entry is not None and entry.form == "area") or (person and entry is None and last == word.i)

    def _part_of_a_name(
        self, parsed: Parsed, sentence: Sentence, word: Word
    ) -> tuple[int, str, str, str] | None:
        """A region or city within a longer name: "the Seattle Times", "Oklahoma State University"."""
        words = sentence.words
        for last in range(min(len(words), word.i + _LONGEST) - 1, word.i - 1, -1):
            if any(not one.is_proper_noun for one in words[word.i : last + 1]):
                continue
            name = parsed.text_of(sentence.number)[word.start : words[last].end]
            if self._lexicon.look_up(name) is not None:
                return None
            state = self._lexicon.region(name)
            if state is None:
                city = self._lexicon.city(name, parsed.cast.states_named)
                sure = (
                    city is not None and self._places.is_well_known(city) and plain(city.name) == plain(name)
                )
                state = city.state if city is not None and sure else None
            if state is not None and (last > word.i or word.entity):
                return last, name, state, "within"
        return None

    def _unlisted(self, parsed: Parsed, sentence: Sentence, word: Word) -> tuple[int, str, None, str] | None:
        """A name in no list after "in", "at" or the like: a town, a stadium, an airport."""
        words = sentence.words
        before = word.i - 1
        while before >= 0 and words[before].pos in {"DET", "ADJ", "NOUN"}:
            before -= 1
        if before < 0 or words[before].lower not in _LOCAL:
            return None
        last = word.i
        while last + 1 < len(words) and words[last + 1].is_proper_noun:
            last += 1
        entities = {one.entity for one in words[word.i : last + 1]}
        if not entities & _ENTITIES or entities & {"PERSON", "DATE", "TIME", "EVENT"}:
            return None
        name = parsed.text_of(sentence.number)[word.start : words[last].end]
        numbered = last + 1 < len(words) and words[last + 1].pos == "NUM"  # "in Formula One"
        if self._lexicon.first_in(name) is not None or words[last].lemma in self._events or numbered:
            return None  # "at the Brazilian Grand Prix" is no place
        return last, name, None, "unlisted"

    def _part(self, sentence: Sentence, first: int, last: int) -> tuple[str, tuple[str, ...]]:
        """The part that the words play in their clause, and what else is to be said of it."""
        words = sentence.words
        marks = set()
        if words[min(last + 1, len(words) - 1)].lower in POSSESSIVE:
            marks.add("possessive")
        seen, beside = _top(words, first, last), False
        while seen.dep in _BESIDE | _JOINED and seen.head != seen.i:
            above = words[seen.head]
            if seen.dep in _JOINED:
                marks.add(seen.dep)
            else:
                beside = True
                if above.lemma in self._official:
                    marks.add("official")
                elif above.lemma in self._events:
                    marks.add("of-event")
            seen = above
        part, above = _PARTS.get(seen.dep, "other"), words[seen.head]
        if self._is_of_an_office(words, last, seen):
            marks.add("office")
        if seen.dep in {"pobj", "pcomp"}:
            low = above.lower
            part = (
                "in" if low in _LOCAL else "to" if low in _TOWARDS else "from" if low == "from" else "about"
            )
        elif first and (words[first - 1].lower in _LOCAL or _after_article(words, first)):
            marks.add("after-in")
        if beside:
            return f"beside-{part}" if part in {"in", "subject"} else "beside", tuple(sorted(marks))
        if part == "in":
            marks |= set(self._hangs(sentence, above))
        return part, tuple(sorted(marks))

    def _is_of_an_office(self, words: Sequence[Word], last: int, top: Word) -> bool:
        """Whether it says whose an office is: "Ohio Governor X", "a senator from Ohio", "Ohio's governor"."""
        after = [word.lower for word in words[last + 1 : last + 4] if word.lower not in POSSESSIVE]
        if after and after[0] in self._offices:
            return True
        link = words[top.head]
        of = top.follows_preposition and link.lower in {"of", "from", "for"}
        return of and words[link.head].lemma in self._offices

    def _hangs(self, sentence: Sentence, preposition: Word) -> Iterator[str]:
        """What "in X" hangs on: the noun of an event, the main verb, another verb, or no verb at all."""
        for above in sentence.ancestors(preposition):
            if above.is_noun and above.lemma in self._events:
                yield "in-event"
            if above.is_verb:
                yield "in-main" if above.is_root else "in-below"
                return
        yield "in-no-verb"


def _top(words: Sequence[Word], first: int, last: int) -> Word:
    """The word of a name on which its others depend."""
    top = words[last]
    while first <= top.head <= last and top.head != top.i:
        top = words[top.head]
    return top


def _after_article(words: Sequence[Word], first: int) -> bool:
    return first > 1 and words[first - 1].lower == "the" and words[first - 2].lower in _LOCAL
