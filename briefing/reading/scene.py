"""Where the reported event may take place: every candidate, with how it is known.

1. a call or a virtual meeting has no place;
2. the dateline ("MOSCOW -- …", "Washington (CNN)");
3. "arrived here": the state of those who received the guest;
4. a place after "in", "at" or the like that hangs on a noun or verb of the event, the nearer to the
   beginning of the text the better;
5. in a readout, the house before the noun of its event;
6. in news, every place that the opening names, which counts where 2. gives its country;
7. every naming of a place or state (namings.py), of which slots weigh which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from briefing.reading.factuality import moods as moods_of
from briefing.reading.lexicon import Lexicon
from briefing.reading.namings import NamingReader
from briefing.reading.parsed import Parsed
from briefing.reading.places import PlaceReader
from briefing.reading.wording import find_words, folded
from briefing.reading.words import Sentence, Word
from briefing.types import TITLE, Mood, Place

_STATED_IN = 20  # sentences
_READOUT_STATED_IN = 2
_SPOKEN_IN = 8  # where somebody said something counts only near the beginning
_SURE = 1.5
_HERE_IN = 4
_TITLED = 1.9
_OPENING = 3  # sentences whose main verb tells the event, whatever verb it is
# What is talked about is elsewhere.
_TALKED = frozenset(
    "discuss address review condemn note welcome underscore emphasize emphasise reaffirm reiterate express"
)
# "Travelled to Oslo", "welcomed the envoy to the White House".
_TO_A_PLACE = {"travel", "come", "go", "fly", "return", "welcome", "receive"}
_ITINERARY = 4  # places in one sentence: a list of stops or of homes, not the place of the event
_PREPOSITIONS = {"in", "at", "near", "outside", "inside", "on", "of", "to"}
_ELSEWHERE = frozenset({"earlier", "conditional", "possible", "urged", "hoped"})
_EXACT = {"stated-city", "stated-region", "stated-place"}
_HERE = re.compile(r"\b(?:arrived|arrives|landed|reached|met|talks|visiting) here\b")
_JOURNEY = re.compile(r"\b(?:travel|trip|visit)s?\s+to\b", re.IGNORECASE)
_CALL = re.compile(r"\bcalls?\s+with\b")
_DATED_BACK = re.compile(
    r"\b(?:last (?:week|month|year|summer|spring|autumn)|earlier|(?:days|weeks|months|years) ago"
    r"|in (?:19|20)\d\d)\b"
)
_EARLIER = frozenset("following after since".split())


class SceneReader:
    """Finds every place that may be that of the event."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.rules
        self._lexicon = lexicon
        self._remote = words.events.remote
        self._houses = words.events.houses
        self._almost = frozenset(words.events.almost)
        self._local = frozenset(words.events.local)
        self._not_at = frozenset(words.events.not_at)
        self._verbs = frozenset(words.events.place_verbs)
        self._nouns = frozenset(words.events.meeting_nouns)
        self._places = PlaceReader(lexicon, words.events)
        self._namings = NamingReader(lexicon, self._places, words)
        self._things = frozenset(words.organisations.things) | {"agenda"}
        self._moods = words.moods
        self._saying = frozenset(words.speech.verbs)

    def read(self, parsed: Parsed, hosts: tuple[str, ...]) -> tuple[Place, ...]:
        """The candidates, by method.  `hosts` are the states of those who may have received a guest."""
        namings = tuple(self._namings.read(parsed))
        more = self._named_after(parsed, namings) if parsed.is_readout else self._opening(parsed)
        methods = (self._dateline(parsed), self._here(parsed, hosts), *self._stated(parsed), *more)
        return (*(place for place in methods if place is not None), *self._stops(parsed), *namings)

    def _named_after(self, parsed: Parsed, namings: Iterable[Place]) -> Iterator[Place]:
        """The house before the noun of a readout's event: "White House Convening on Housing"."""
        for naming in namings:
            name = parsed.text_of(naming.sentence)[naming.start : naming.end]
            house = self._houses.get(name) if naming.sentence <= 0 else None
            if house is not None and "of-event" in naming.marks:
                yield replace(
                    naming, place=name, country=house.state, rule="house", basis="stated", weight=_SURE
                )

    def _stops(self, parsed: Parsed) -> Iterator[Place]:
        """The stops of a journey that the title names: "Travel to Fiji and Samoa"."""
        title = parsed.title_sentence
        journey = _JOURNEY.search(parsed.title)
        if title is None or journey is None or not parsed.is_readout:
            return
        for actor in parsed.cast.actors:
            in_title = any(m.sentence == TITLE and m.start >= journey.end() for m in actor.mentions)
            if actor.kind != "state" or not in_title:
                continue
            mention = next(
                (m for m in actor.mentions if m.sentence != TITLE and m.form == "name"), actor.mentions[0]
            )
            yield Place(
                mention.sentence, mention.start, mention.end, actor.name, actor.name, "journey", "stated", 1.0
            )

    def remote(self, parsed: Parsed) -> Place | None:
        """The words that say that the event has no place, in the title or the first sentence."""
        title = folded(parsed.title)
        call = _CALL.search(title)
        if call is not None:
            return _nowhere(TITLE, *call.span())
        start, end = (parsed.sentences[0].start, parsed.sentences[0].end) if parsed.sentences else (0, 0)
        lead = folded(parsed.text[start:end])
        for phrase in self._remote:
            at = find_words(title, phrase)
            if at is not None:
                return _nowhere(TITLE, at, at + len(phrase))
            if phrase in self._almost and not parsed.is_readout:
                continue  # "a virtual standstill"
            at = find_words(lead, phrase)
            if at is not None:
                return _nowhere(0, start + at, start + at + len(phrase))
        return None

    def _dateline(self, parsed: Parsed) -> Place | None:
        found = parsed.dateline
        if found is None or found.place is None:
            return None
        return Place(0, found.start, found.end, found.place, found.state, "dateline", "dateline", 1.0)

    def _stated(self, parsed: Parsed) -> Iterator[Place]:
        """The places that hang on a noun or verb of the event, each with its weight."""
        if parsed.title_sentence is not None:
            titled = self._in_title(parsed, parsed.title_sentence)
            if titled is not None:
                yield replace(titled, weight=_TITLED)
        for sentence in parsed.sentences[: _READOUT_STATED_IN if parsed.is_readout else _STATED_IN]:
            found = list(self._in_sentence(parsed, sentence))
            if len(found) >= _ITINERARY:
                continue
            for place, weight in found:
                if weight >= _SURE or sentence.number < _SPOKEN_IN:
                    yield replace(place, weight=round(weight - 0.05 * sentence.number, 3))

    def _opening(self, parsed: Parsed) -> Iterator[Place]:
        """Every city or region after "in", "at", "from" or the like in the opening.

        What it hangs on does not matter: it counts where the country is known otherwise.
        """
        home = _only_state(parsed)
        for sentence in parsed.sentences[:_OPENING]:
            for word in sentence.words:
                if word.lower not in self._local or not word.may_place:
                    continue
                if sentence.words[word.i - 1].lower in self._not_at:
                    continue  # "100 kilometres east of Prague"
                place = self._places.after(parsed, sentence, word)
                if place is None and home is not None:
                    place = self._places.unknown(parsed, sentence, word, home)
                if place is None or place.rule not in _EXACT or self._is_in_a_name(sentence, place):
                    continue
                if _dated_back(sentence, word) or self._hangs_on_background(sentence, word):
                    continue
                weight = round(1.0 - 0.1 * sentence.number - (0.05 if word.lower == "from" else 0.0), 3)
                yield replace(place, rule="opening", weight=weight)

    def _hangs_on_background(self, sentence: Sentence, preposition: Word) -> bool:
        verbs = (one for one in sentence.ancestors(preposition) if one.is_verb)
        verb = next(verbs, None)
        return verb is not None and bool(self._moods_of(sentence, verb) & _ELSEWHERE)

    def _in_title(self, parsed: Parsed, title: Sentence) -> Place | None:
        """The city after "in", "at" or "near" in a headline, which tells the event in few words."""
        for word in title.words:
            place = self._places.after(parsed, title, word) if word.lower in {"in", "at", "near"} else None
            rules = {"stated-city", "stated-place", *(["stated-state"] if parsed.is_readout else [])}
            if place is not None and place.rule in rules:
                return place
        return None

    def _in_sentence(self, parsed: Parsed, sentence: Sentence) -> Iterator[tuple[Place, float]]:
        seen: set[int] = set()
        for word in sentence.words:
            place = None
            if word.lower in _PREPOSITIONS and (word.may_place or word.is_particle):
                place = self._places.after(parsed, sentence, word)
                # A readout tells its own event first; "following the talks in X" tells another.
                before = parsed.is_readout and _told_as_earlier(sentence, word)
                weight = 0.0 if before else self._weight(sentence, word)
                if place is not None and word.lower == "on" and place.rule == "stated-state":
                    place = None  # "called on Italy to act"
            elif word.is_direct_object and word.is_proper_noun:  # "visited Honiara"
                above = sentence.words[word.head]
                visited = above.lemma in {"visit", "leave", "reach", "tour", "enter"} and above.is_full_verb
                place = self._places.at(parsed, sentence, word.i) if visited else None
                # A readout tells what was; where somebody will go next is another event.
                coming = parsed.is_readout and "future" in self._moods_of(sentence, above)
                weight = 2.0 if visited and not coming and not self._is_background(sentence, above) else 0.0
            if place is not None and self._is_in_a_name(sentence, place):
                continue
            if place is not None and weight > 0 and place.start not in seen:
                seen.add(place.start)
                yield place, weight + (0.3 if place.rule in {"stated-city", "house"} else 0.0)

    def _is_in_a_name(self, sentence: Sentence, place: Place) -> bool:
        """Whether it belongs to the name of a thing: "the Investing in America agenda"."""
        after = next((word for word in sentence.words if word.start >= place.end), None)
        return after is not None and after.lower in self._things

    def _weight(self, sentence: Sentence, preposition: Word) -> float:
        """How surely the place after this preposition is that of the event: 0 where it is not."""
        best = 0.0
        through_thing = False
        for above in sentence.ancestors(preposition):
            if preposition.lower == "of" and above.lemma != "sideline" and not best:
                return 0.0
            if preposition.lower == "to":
                travels = above.lemma in _TO_A_PLACE and above.is_past_form
                return 1.8 if travels and not self._is_background(sentence, above) else 0.0
            if above.is_noun and (above.lemma in self._nouns or above.lemma == "sideline"):
                best = max(best, 2.0)
            elif above.is_noun:
                through_thing = True
            elif above.is_verb:
                if through_thing and above.lemma in _TALKED:
                    return 0.0  # "discussed the war in X"
                tells = above.is_root and sentence.number < _OPENING and preposition.head == above.i
                if above.lemma in self._verbs or tells:
                    spoken = above.lemma in self._saying
                    best = max(best, 1.0 if spoken else 1.8 if above.lemma in self._verbs else 1.6)
                if self._is_background(sentence, above) or _dated_back(sentence, preposition):
                    return 0.0
                if not above.is_reduced_relative:
                    return best
            elif above.is_relative:
                return 0.0
        return best

    def _is_background(self, sentence: Sentence, verb: Word) -> bool:
        moods = self._moods_of(sentence, verb)
        return bool(moods & {"earlier", "negated", "conditional", "possible", "relative", "urged", "hoped"})

    def _moods_of(self, sentence: Sentence, verb: Word) -> Set[Mood]:
        return moods_of(sentence, verb, self._moods, self._saying).keys()

    def _here(self, parsed: Parsed, hosts: tuple[str, ...]) -> Place | None:
        for sentence in parsed.sentences[:_HERE_IN]:
            match = _HERE.search(parsed.text, sentence.start, sentence.end)
            if match is not None and hosts:
                start, end = match.span()
                return Place(sentence.number, start, end, None, hosts[0], "arrived-here", "inferred", 1.0)
        return None


def _nowhere(sentence: int, start: int, end: int) -> Place:
    return Place(sentence, start, end, None, None, "remote", "stated", 0.0)


def _only_state(parsed: Parsed) -> str | None:
    """The state of the dateline, where the opening names no other."""
    here = parsed.dateline.state if parsed.dateline else None
    named = {
        actor.name
        for actor in parsed.cast.actors
        if actor.kind == "state" and any(mention.sentence < _OPENING for mention in actor.mentions)
    }
    return here if named <= {here} else None


def _told_as_earlier(sentence: Sentence, preposition: Word) -> bool:
    """Whether the place hangs on what came before: "following the meetings in Dubai"."""
    return any(above.lower in _EARLIER for above in sentence.ancestors(preposition))


def _dated_back(sentence: Sentence, preposition: Word) -> bool:
    """Whether the words after the place put it into the past: "in Abu Dhabi last month"."""
    after = " ".join(word.lower for word in sentence.words[preposition.i : preposition.i + 8])
    return bool(_DATED_BACK.search(after))
