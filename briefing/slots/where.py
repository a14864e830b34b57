"""Where the reported event takes place: by the dateline, as stated, or as inferred.

In this order, the first that finds something wins:

1. a call or a virtual meeting has no place;
2. the dateline ("MOSCOW -- …", "Washington (CNN)");
3. "arrived here": the state of those who received the guest;
4. a place after "in", "at" or the like that hangs on a noun or verb of the event, the nearer to the
   beginning of the text the better;
5. in news, the city that the text names most, where it names it three times; else the one city that the
   title and the first sentence name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import replace

from briefing._language import Sentence, Word
from briefing.slots.cast import TITLE
from briefing.slots.grammar import find_words
from briefing.slots.lexicon import Lexicon, plain
from briefing.slots.moods import moods as moods_of
from briefing.slots.notes import Notes
from briefing.slots.reading import Reading, folded
from briefing.slots.rules import Mood, Rules
from briefing.types import Evidence, Where

_STATED_IN = 20  # sentences
_READOUT_STATED_IN = 2
_SPOKEN_IN = 8  # where somebody said something counts only near the beginning
_SURE = 1.5
_HERE_IN = 4
_TITLED = 1.9
_OPENING = 3  # sentences whose main verb tells the event, whatever verb it is
_WELL_KNOWN = 100_000  # inhabitants: smaller cities share their names with too many words
# What is talked about is elsewhere.
_TALKED = frozenset(
    "discuss address review condemn note welcome underscore emphasize emphasise reaffirm reiterate express"
)
_PARTS_OF_A_PLACE = frozenset(
    "city capital town port province region state island village district sideline margin outskirt north "
    "south east west part heart centre center suburb area resort headquarters coast shore border edge "
    "campus".split()
)
_NEAR = 5  # steps from the city to the verb that tells the event
_OF_THE_EVENT = {"pobj", "prep", "dobj", "nsubj", "nsubjpass", "poss", "compound", "amod", "conj"}
_ITINERARY = 4  # places in one sentence: a list of stops or of homes, not the place of the event
_MOST_NAMED = 3
_PREPOSITIONS = {"in", "at", "near", "outside", "inside", "on", "of", "to"}
_HERE = re.compile(r"\b(?:arrived|arrives|landed|reached|met|talks|visiting) here\b")
_JOURNEY = re.compile(r"\b(?:travel|trip|visit)s?\s+to\b", re.IGNORECASE)
_CALL = re.compile(r"\bcalls?\s+with\b")
_DATED_BACK = re.compile(
    r"\b(?:last (?:week|month|year|summer|spring|autumn)|earlier|(?:days|weeks|months|years) ago"
    r"|in (?:19|20)\d\d)\b"
)
_EARLIER = frozenset("following after since".split())
_CITY_OF = re.compile(r"(?:city|capital|town|port|resort|village)(?: of|,)?\s*$")


class WhereReader:
    """Reads the where slot."""

    def __init__(self, rules: Rules, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._remote = rules.events.remote
        self._verbs = frozenset(rules.events.place_verbs)
        self._nouns = frozenset(rules.events.meeting_nouns)
        self._houses = {name.lower(): (name, house) for name, house in rules.events.houses.items()}
        self._moods = rules.moods
        self._saying = frozenset(rules.speech.verbs)

    def read(self, reading: Reading, hosts: tuple[str, ...], notes: Notes) -> list[Where]:
        """The place of the event.  `hosts` are the states of those who may have received a guest."""
        remote = self._is_remote(reading)
        if remote is not None:
            notes.add("where", "remote", remote, made=False, why="a call or a virtual meeting has no place")
            return []
        found = (
            self._dateline(reading)
            or self._here(reading, hosts)
            or self._stated(reading, notes)
            or (None if reading.is_readout else self._most_named(reading) or self._lead_city(reading))
        )
        places = [found] if found is not None else []
        if found is not None:
            notes.add(
                "where", found.rule, found.evidence[0], made=True, why="the first method that finds a place"
            )
        known = {place.country if place.place is None else place.place for place in places}
        return places + [stop for stop in self._stops(reading) if stop.place not in known]

    def _stops(self, reading: Reading) -> Iterator[Where]:
        """The stops of a journey that the title names: "Travel to Fiji and Samoa"."""
        title = reading.title_sentence
        journey = _JOURNEY.search(reading.title)
        if title is None or journey is None or not reading.is_readout:
            return
        for actor in reading.cast.actors:
            in_title = any(m.sentence == TITLE and m.start >= journey.end() for m in actor.mentions)
            if actor.kind != "state" or not in_title:
                continue
            mention = next(
                (m for m in actor.mentions if m.sentence != TITLE and m.form == "name"), actor.mentions[0]
            )
            evidence = reading.evidence(mention.start, mention.end, mention.sentence)
            yield Where((evidence,), "journey", actor.name, actor.name, "stated")

    def _is_remote(self, reading: Reading) -> Evidence | None:
        """The words that say so: in the title, or in the first sentence."""
        call = _CALL.search(folded(reading.title))
        if call is not None:
            return reading.evidence(*call.span(), TITLE)
        lead = reading.sentences[0] if reading.sentences else None
        for phrase in self._remote:
            at = find_words(folded(reading.title), phrase)
            if at is not None:
                return reading.evidence(at, at + len(phrase), TITLE)
            at = find_words(folded(reading.text[lead.start : lead.end]), phrase) if lead is not None else None
            if lead is not None and at is not None:
                return reading.evidence(lead.start + at, lead.start + at + len(phrase))
        return None

    def _dateline(self, reading: Reading) -> Where | None:
        found = reading.dateline
        if found is None:
            return None
        evidence = reading.evidence(found.start, found.end)
        return Where((evidence,), "dateline", found.place, found.state, "dateline")

    def _stated(self, reading: Reading, notes: Notes) -> Where | None:
        best: tuple[float, Where] | None = None
        if not reading.is_readout and reading.title_sentence is not None:
            titled = self._in_title(reading, reading.title_sentence)
            best = (_TITLED, titled) if titled is not None else None
        for sentence in reading.sentences[: _READOUT_STATED_IN if reading.is_readout else _STATED_IN]:
            found = list(self._in_sentence(reading, sentence))
            if len(found) >= _ITINERARY:
                continue
            for where, weight in found:
                if weight < _SURE and sentence.number >= _SPOKEN_IN:
                    continue
                if notes.on:
                    notes.add("where", where.rule, where.evidence[0], made=False, why=f"weight {weight:.1f}")
                total = weight - 0.05 * sentence.number
                if best is None or total > best[0]:
                    best = total, where
        return best[1] if best else None

    def _in_title(self, reading: Reading, title: Sentence) -> Where | None:
        """The city after "in", "at" or "near" in a headline, which tells the event in few words."""
        for word in title.words:
            place = self._place_after(reading, title, word) if word.lower in {"in", "at", "near"} else None
            if place is not None and place.rule in {"stated-city", "stated-place"}:
                return place
        return None

    def _in_sentence(self, reading: Reading, sentence: Sentence) -> Iterator[tuple[Where, float]]:
        seen: set[int] = set()
        for word in sentence.words:
            place = None
            if word.lower in _PREPOSITIONS and word.pos in {"ADP", "PART", "SCONJ", "ADV"}:
                place = self._place_after(reading, sentence, word)
                # A readout tells its own event first; "following the talks in X" tells another.
                before = reading.is_readout and _told_as_earlier(sentence, word)
                weight = 0.0 if before else self._weight(sentence, word)
                if place is not None and word.lower == "on" and place.rule == "stated-state":
                    place = None  # "called on Italy to act"
            elif word.dep == "dobj" and word.pos == "PROPN":  # "visited Honiara"
                above = sentence.words[word.head]
                visited = above.lemma in {"visit", "leave", "reach", "tour", "enter"} and above.pos == "VERB"
                place = self._place_at(reading, sentence, word.i) if visited else None
                # A readout tells what was; where somebody will go next is another event.
                coming = reading.is_readout and "future" in self._moods_of(sentence, above)
                weight = 2.0 if visited and not coming and not self._is_background(sentence, above) else 0.0
            if place is not None and weight > 0 and place.evidence[0].start not in seen:
                seen.add(place.evidence[0].start)
                yield place, weight + (0.3 if place.rule in {"stated-city", "house"} else 0.0)

    def _weight(self, sentence: Sentence, preposition: Word) -> float:
        """How surely the place after this preposition is that of the event: 0 where it is not."""
        best = 0.0
        through_thing = False
        for above in sentence.ancestors(preposition):
            if preposition.lower == "of" and above.lemma != "sideline" and not best:
                return 0.0
            if preposition.lower == "to":
                travels = above.lemma in {"travel", "come", "go", "fly", "return"} and above.tag in {
                    "VBD",
                    "VBN",
                }
                return 1.8 if travels and not self._is_background(sentence, above) else 0.0
            if above.pos in {"NOUN", "PROPN"} and (above.lemma in self._nouns or above.lemma == "sideline"):
                best = max(best, 2.0)
            elif above.pos in {"NOUN", "PROPN"}:
                through_thing = True
            elif above.pos in {"VERB", "AUX"}:
                if through_thing and above.lemma in _TALKED:
                    return 0.0  # "discussed the war in X"
                tells = above.dep == "ROOT" and sentence.number < _OPENING and preposition.head == above.i
                if above.lemma in self._verbs or tells:
                    spoken = above.lemma in self._saying
                    best = max(best, 1.0 if spoken else 1.8 if above.lemma in self._verbs else 1.6)
                if self._is_background(sentence, above) or _dated_back(sentence, preposition):
                    return 0.0
                if above.dep != "acl":
                    return best
            elif above.dep == "relcl":
                return 0.0
        return best

    def _is_background(self, sentence: Sentence, verb: Word) -> bool:
        moods = self._moods_of(sentence, verb)
        return bool(moods & {"earlier", "negated", "conditional", "possible", "relative", "urged", "hoped"})

    def _moods_of(self, sentence: Sentence, verb: Word) -> Set[Mood]:
        return moods_of(sentence, verb, self._moods, self._saying)

    def _place_after(self, reading: Reading, sentence: Sentence, preposition: Word) -> Where | None:
        """The place in the noun phrase after a preposition."""
        words = sentence.words
        for i in range(preposition.i + 1, min(len(words), preposition.i + 8)):
            word = words[i]
            apposed = word.text == "," and words[i - 1].lower in {"capital", "city", "town"}
            if (word.is_punctuation and not apposed) or (
                word.pos in {"VERB", "SCONJ", "ADP"} and word.lower != "of"
            ):
                return None
            if word.lower == "of" and words[i - 1].lemma not in _PARTS_OF_A_PLACE:
                return None  # "at the request of X"
            place = self._place_at(reading, sentence, i)
            if place is not None:
                return place
        return None

    def _place_at(self, reading: Reading, sentence: Sentence, first: int) -> Where | None:
        """The place named from this word on: a house, a city, a region or a state."""
        words = sentence.words
        text = reading.text_of(sentence.number)
        for last in range(min(len(words), first + 5) - 1, first - 1, -1):
            start, end = words[first].start, words[last].end
            if words[last].text.isspace() or words[last].entity in {"DATE", "TIME"}:
                continue
            if not (_is_whole(words, first, last) or self._is_city(words, first, last)):
                continue
            name = " ".join(text[start:end].split())
            shown = name.title() if reading.lower_case and _is_place_name(words, first) else name
            found = self._known(sentence, text, shown, first, last, reading.cast.states_named)
            if found is not None:
                return replace(found, evidence=(reading.evidence(start, end, sentence.number),))
        return None

    def _is_city(self, words: tuple[Word, ...], first: int, last: int) -> bool:
        """A large city is one whatever the model takes it for: "Aleppo" is no people."""  # fmt: skip
        word = words[first]
        after = words[last + 1] if last + 1 < len(words) else None
        if (
            first != last
            or word.pos != "PROPN"
            or (after is not None and after.lower in {"'s", "’s", "’", "'"})
        ):
            return False
        neighbours = [one for one in (words[first - 1] if first else None, after) if one is not None]
        if any(one.pos == "PROPN" or one.dep == "compound" for one in neighbours):
            return False
        city = self._lexicon.city(word.text)
        entry = self._lexicon.look_up(word.text)
        return (
            city is not None and city.population > _WELL_KNOWN and (entry is None or entry.form == "metonym")
        )

    def _known(
        self, sentence: Sentence, text: str, name: str, first: int, last: int, near: Set[str]
    ) -> Where | None:
        house = self._houses.get(plain(name).lower())
        if house is not None:
            return Where((), "house", house[0], house[1].state, "stated")
        entry = self._lexicon.look_up(name)
        city = self._lexicon.city(name, near)
        region = self._lexicon.region(name)
        beside = self._state_beside(sentence, text, first, last)
        as_city = entry is None or entry.form == "metonym"
        if city is not None and as_city and (region is None or city.capital):
            sure = city.capital or city.population > _WELL_KNOWN or _is_place_name(sentence.words, first)
            state = beside or city.state
            return Where((), "stated-city", name, state, "stated") if sure or beside else None
        if entry is not None and entry.form == "name":
            return Where((), "stated-state", entry.name, entry.side, "stated")
        if region is not None:
            return Where((), "stated-region", name, region, "stated")
        named = name[:1].isupper() and sentence.words[last].pos == "PROPN"
        if entry is None and beside is not None and named:
            return Where((), "stated-place", name, beside, "stated")
        return None

    def _state_beside(self, sentence: Sentence, text: str, first: int, last: int) -> str | None:
        """The state named beside the city: "Cuzco, Peru", "the Peruvian city of Cuzco"."""
        words = sentence.words
        after = text[words[last].end : words[min(len(words) - 1, last + 4)].end].lstrip()
        if after.startswith(","):
            entry = self._lexicon.first_in(after[1:].split(",")[0])
            if entry is not None and entry.form in {"name", "region", "metonym"}:
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

    def _here(self, reading: Reading, hosts: tuple[str, ...]) -> Where | None:
        for sentence in reading.sentences[:_HERE_IN]:
            match = _HERE.search(reading.text, sentence.start, sentence.end)
            if match is not None and hosts:
                return Where((reading.evidence(*match.span()),), "arrived-here", None, hosts[0], "inferred")
        return None

    def _most_named(self, reading: Reading) -> Where | None:
        counts: Counter[str] = Counter()
        first: dict[str, Where] = {}
        for sentence in reading.sentences:
            for word in sentence.words:
                named = word.entity == "GPE" and word.entity_begins
                if not (named or self._is_city(sentence.words, word.i, word.i)):
                    continue
                if reading.cast.at(sentence, word) is not None and not named:
                    continue
                place = self._place_at(reading, sentence, word.i)
                if place is not None and place.place is not None and place.rule == "stated-city" \
                        and not self._stands_for_state(sentence, word, place.place):  # fmt: skip
                    counts[place.place] += 1
                    first.setdefault(place.place, place)
        if not counts:
            return None
        name, most = counts.most_common(1)[0]
        return replace(first[name], rule="most-named", basis="inferred") if most >= _MOST_NAMED else None

    def _lead_city(self, reading: Reading) -> Where | None:
        """The one city that the title and the first sentence name: "closed the port of Durban"."""
        found: dict[str, Where] = {}
        for sentence in (reading.title_sentence, *reading.sentences[:1]):
            for word in sentence.words if sentence is not None else ():
                named = word.entity == "GPE" and word.entity_begins
                if sentence is None or not (named or self._is_city(sentence.words, word.i, word.i)):
                    continue
                chain = [one.dep for one in (word, *sentence.ancestors(word))]
                if len(chain) > _NEAR or not set(chain[:-1]) <= _OF_THE_EVENT:
                    continue
                place = self._place_at(reading, sentence, word.i)
                if place is not None and place.place is not None and place.rule == "stated-city" \
                        and not self._stands_for_state(sentence, word, place.place):  # fmt: skip
                    found[place.place] = place
        if len(found) != 1:
            return None
        return replace(next(iter(found.values())), rule="lead-city", basis="inferred")

    def _stands_for_state(self, sentence: Sentence, word: Word, name: str) -> bool:
        """"Beijing denies": the government, not the city."""  # fmt: skip
        entry = self._lexicon.look_up(name)
        above = sentence.head(word)
        return entry is not None and not (above is not None and above.lower in {"in", "near", "outside"})


def _is_place_name(words: tuple[Word, ...], first: int) -> bool:
    """Whether the model or the words before ("the city of") say that a place is named."""
    before = " ".join(word.lower for word in words[max(0, first - 3) : first])
    apposed = words[first].pos == "PROPN" and _CITY_OF.search(before) is not None
    return apposed or words[first].entity in {"GPE", "LOC", "FAC"}


def _told_as_earlier(sentence: Sentence, preposition: Word) -> bool:
    """Whether the place hangs on what came before: "following the meetings in Dubai"."""
    return any(above.lower in _EARLIER for above in sentence.ancestors(preposition))


def _dated_back(sentence: Sentence, preposition: Word) -> bool:
    """Whether the words after the place put it into the past: "in Abu Dhabi last month"."""
    after = " ".join(word.lower for word in sentence.words[preposition.i : preposition.i + 8])
    return bool(_DATED_BACK.search(after))


def _is_whole(words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether the words are a name of their own: "Hopkins" in "Johns Hopkins Hospital" is not."""
    if last + 1 < len(words) and words[last + 1].lower in {"'s", "’s", "’", "'"}:
        return False
    if words[first].entity in {"NORP", "DATE"}:
        return False
    begins = (
        first == 0 or not words[first].entity or words[first].entity_begins or words[first - 1].lower == "the"
    )
    ends = last + 1 == len(words) or not words[last + 1].entity or words[last + 1].entity_begins \
        or words[last + 1].entity != words[last].entity  # fmt: skip
    joined = last + 1 < len(words) and words[last + 1].dep != "punct" and words[last].dep == "compound"
    return begins and ends and not joined
