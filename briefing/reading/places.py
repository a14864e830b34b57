"""What place some words of a sentence name: a house, a city, a region or a state."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.reading.cast import Cast
from briefing.reading.cities import City
from briefing.reading.data import Events
from briefing.reading.grammar import POSSESSIVE
from briefing.reading.lexicon import Lexicon, plain
from briefing.reading.parsed import Parsed
from briefing.reading.words import Sentence, Word
from briefing.types import Place

_WELL_KNOWN = 100_000  # inhabitants: smaller cities share their names with too many words
_WHERE = {"in", "near", "outside", "around"}
_CITY_OF = re.compile(r"(?:city|capital|town|port|resort|village)(?: of|,)?\s*$")


class PlaceReader:
    """Knows places by name, and by the state beside them."""

    def __init__(self, lexicon: Lexicon, events: Events) -> None:
        self._lexicon = lexicon
        self._houses = {name.lower(): (name, house) for name, house in events.houses.items()}
        self._parts = frozenset(events.parts_of_a_place)
        self._regions = frozenset(events.kinds_of_region)
        self._offices = frozenset(lexicon.rules.offices.heads)

    def after(self, parsed: Parsed, sentence: Sentence, preposition: Word) -> Place | None:
        """The place in the noun phrase after a preposition."""
        words = sentence.words
        for i in range(preposition.i + 1, min(len(words), preposition.i + 8)):
            word = words[i]
            apposed = word.text == "," and words[i - 1].lower in {"capital", "city", "town"}
            if (word.is_punctuation and not apposed) or (
                word.lower != "of" and (word.is_full_verb or word.is_subordinating or word.is_preposition)
            ):
                return None
            if word.lower == "of" and words[i - 1].lemma not in self._parts:
                return None  # "at the request of X"
            place = self.at(parsed, sentence, i)
            if place is not None:
                return place
        return None

    def at(self, parsed: Parsed, sentence: Sentence, first: int) -> Place | None:
        """The place named from this word on: a house, a city, a region or a state."""
        place = (sentence.number, first)
        if place not in parsed.places:
            parsed.places[place] = self._at(parsed, sentence, first)
        return parsed.places[place]

    def _at(self, parsed: Parsed, sentence: Sentence, first: int) -> Place | None:
        words = sentence.words
        text = parsed.text_of(sentence.number)
        for last in range(min(len(words), first + 5) - 1, first - 1, -1):
            start, end = words[first].start, words[last].end
            if words[last].text.isspace() or words[last].entity in {"DATE", "TIME"}:
                continue
            if not (_is_whole(words, first, last) or self.is_city(words, first, last)):
                continue
            name = " ".join(text[start:end].split())
            shown = name.title() if parsed.lower_case and _is_place_name(words, first) else name
            found = self._known(sentence, text, shown, first, last, parsed.cast)
            if found is not None and not self._is_somebody(parsed, sentence, first, found):
                return replace(found, sentence=sentence.number, start=start, end=end)
        return None

    def _is_somebody(self, parsed: Parsed, sentence: Sentence, first: int, place: Place) -> bool:
        """Whether the name is that of a person: "Warren said", "Ricardo Rosselló, Puerto Rico governor"."""
        words = sentence.words
        named = parsed.cast.at(sentence, words[first])
        person = named is not None and named[0].kind == "person"
        return person and place.rule in {"stated-city", "stated-place"} and not _is_after_in(words, first)

    def is_city(self, words: tuple[Word, ...], first: int, last: int) -> bool:
        """A large city is one whatever the model takes it for: "Aleppo" is no people."""  # fmt: skip
        word = words[first]
        after = words[last + 1] if last + 1 < len(words) else None
        if first != last or not word.is_proper_noun or (after is not None and after.lower in POSSESSIVE):
            return False
        neighbours = [one for one in (words[first - 1] if first else None, after) if one is not None]
        if any(one.is_proper_noun or one.is_compound for one in neighbours):
            return False
        city = self._lexicon.city(word.text)
        entry = self._lexicon.look_up(word.text)
        return (
            city is not None and city.population > _WELL_KNOWN and (entry is None or entry.form == "metonym")
        )

    def is_well_known(self, city: City) -> bool:
        """Whether few would take its name for another word."""
        return city.capital or city.population > _WELL_KNOWN

    def _known(
        self, sentence: Sentence, text: str, name: str, first: int, last: int, cast: Cast
    ) -> Place | None:
        house = self._houses.get(plain(name).lower())
        if house is not None and not self._lies_elsewhere(sentence, last):
            with_city = text[sentence.words[last].end :].startswith(f" in {house[1].city}")
            return _named("house", house[1].city if with_city else house[0], house[1].state)
        entry = self._lexicon.look_up(name) if name not in cast.regions else None
        city = self._lexicon.city(name, cast.states_named)
        region = self._lexicon.region(name)
        beside = self._state_beside(sentence, text, first, last)
        if beside is not None and beside in cast.regions:
            beside = self._lexicon.region(beside)
        as_city = entry is None or entry.form in {"metonym", "area"}  # "Mexico City" is no part of Mexico
        if city is not None and as_city and (region is None or city.capital):
            sure = city.capital or city.population > _WELL_KNOWN or _is_place_name(sentence.words, first)
            state = beside or city.state
            return _named("stated-city", name, state) if sure or beside else None
        if entry is not None and entry.form == "name":
            return _named("stated-state", entry.name, entry.side)
        if region is not None:
            return _named("stated-region", name, region)
        province = self._province(sentence, text, first, last)
        if province is not None:
            return province
        # "Djibouti, Somalia, Kenya" and "Truck Attack In Nice" are more than a place.
        one = "," not in name and " in " not in name.lower()
        office = sentence.words[last].lower in self._offices  # "Foreign Secretary, Britain's chief diplomat"
        named = one and name[:1].isupper() and sentence.words[last].is_proper_noun and not office
        if entry is None and beside is not None and named:
            return _named("stated-place", name, beside)
        return None

    def _province(self, sentence: Sentence, text: str, first: int, last: int) -> Place | None:
        """A part of a state by its kind, with the state before it: "China's Henan Province"."""
        words = sentence.words
        if last == first or words[last].lower not in self._regions or not words[first].is_proper_noun:
            return None
        entry = self._lexicon.first_in(text[words[max(0, first - 4)].start : words[first].start])
        if entry is None or entry.form not in {"name", "adjective"}:
            return None
        return _named("stated-region", text[words[first].start : words[last - 1].end], entry.side)

    def unknown(self, parsed: Parsed, sentence: Sentence, preposition: Word, state: str) -> Place | None:
        """A place in no list, which the text shows to be one: "the town of Rahat", "in Sar-i-Pul Province".

        It is taken to lie in `state`.
        """
        words = sentence.words
        first = preposition.i + 1
        while first < len(words) and (words[first].is_determiner or words[first].is_adjective):
            first += 1
        last = first
        while last < len(words) and words[last].is_proper_noun and not words[last].is_bare_adverbial:
            last += 1
        name = words[first:last]
        before = " ".join(word.lower for word in words[max(0, first - 3) : first])
        told = _CITY_OF.search(before) is not None
        if not name or not (told or all(word.entity in {"GPE", "LOC"} for word in name)):
            return None
        if preposition.lower == "of" and not told:
            return None
        if len(name) > 1 and name[-1].lower in self._regions:
            name = name[:-1]
        shown = parsed.text_of(sentence.number)[name[0].start : name[-1].end]
        if self._lexicon.look_up(shown) is not None or self._lexicon.is_named(shown):
            return None  # known, and so left out for a reason
        return replace(
            _named("stated-place", shown, state),
            sentence=sentence.number,
            start=name[0].start,
            end=name[-1].end,
        )

    def _lies_elsewhere(self, sentence: Sentence, last: int) -> bool:
        """Whether a city follows that is not the house's own: "the Naval Observatory in Sydney"."""
        after = sentence.words[last + 1 : last + 3]
        return len(after) == 2 and after[0].lower == "in" and self._lexicon.city(after[1].text) is not None

    def _state_beside(self, sentence: Sentence, text: str, first: int, last: int) -> str | None:
        """The state named beside the city: "Cuzco, Peru", "the Peruvian city of Cuzco"."""
        words = sentence.words
        after = text[words[last].end : words[min(len(words) - 1, last + 4)].end].lstrip()
        if after.startswith(","):
            beside = after[1:].split(",")[0]
            entry = self._lexicon.first_in(beside)
            owner = any(word.lower in POSSESSIVE for word in words[last + 2 : last + 5])
            if entry is not None and entry.form in {"name", "region", "metonym"} and not owner:
                return entry.side
            city = self._lexicon.city(after[1:].split(",")[0].strip(" .;:)"))
            if city is not None:
                return city.state
        before = text[words[max(0, first - 5)].start : words[first].start]
        if _CITY_OF.search(before):
            entry = self._lexicon.first_in(before)
            if entry is not None and entry.form != "area":
                return entry.side
        return None


def _named(rule: str, place: str, state: str) -> Place:
    """A place whose position in the text its finder fills in."""
    return Place(0, 0, 0, place, state, rule, "stated", 0.0)


def _is_after_in(words: tuple[Word, ...], first: int) -> bool:
    return first > 0 and words[first - 1].is_preposition and words[first - 1].lower in _WHERE


def _is_place_name(words: tuple[Word, ...], first: int) -> bool:
    """Whether the model or the words before ("the city of") say that a place is named."""
    before = " ".join(word.lower for word in words[max(0, first - 3) : first])
    apposed = words[first].is_proper_noun and _CITY_OF.search(before) is not None
    return apposed or words[first].entity in {"GPE", "LOC", "FAC"}


def _is_whole(words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether the words are a name of their own: "Hopkins" in "Johns Hopkins Hospital" is not."""
    if last + 1 < len(words) and words[last + 1].lower in POSSESSIVE:
        return False
    if words[first].entity in {"NORP", "DATE"}:
        return False
    begins = (
        first == 0 or not words[first].entity or words[first].entity_begins or words[first - 1].lower == "the"
    )
    ends = last + 1 == len(words) or not words[last + 1].entity or words[last + 1].entity_begins \
        or words[last + 1].entity != words[last].entity  # fmt: skip
    before_noun = last + 1 < len(words) and not words[last + 1].is_mark and words[last].is_compound
    joined = before_noun and not (words[last].entity == "GPE" and words[last + 1].is_common_noun)
    return begins and ends and not joined
