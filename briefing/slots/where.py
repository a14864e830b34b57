"""Where the reported event takes place: stated, given by the dateline, or inferred."""

from __future__ import annotations

import re

from briefing._language import Sentence, Word
from briefing.slots.cast import TITLE
from briefing.slots.grammar import find_words
from briefing.slots.lexicon import City, Lexicon, plain
from briefing.slots.reading import Reading, folded
from briefing.slots.rules import Rules
from briefing.types import Basis, Where

_LEAD = 4  # sentences in which the place of the event is stated
_LATER = 14
_DATELINE = re.compile(
    r"^\s*(?P<place>[A-Z][A-Za-zÀ-ÿ'’.]+(?:[ -][A-Z][A-Za-zÀ-ÿ'’.]+){0,3})(?:,\s*[A-Za-z.,0-9 ]{2,30}?)?\s*(?:\((?P<agency>[^)]{2,40})\)\s*[-–—]*|[-–—]{1,2})\s*(?=\S)"
)
_HERE = re.compile(r"\b(?:arrived|arrives|landed|reached|met|held talks|visiting) here\b")
_CITY_OF = re.compile(r"\bcity of\b", re.IGNORECASE)


class WhereReader:
    """Reads the where slot."""

    def __init__(self, rules: Rules, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._remote = rules.events.remote
        self._verbs = frozenset(rules.events.place_verbs)
        self._nouns = frozenset(rules.events.meeting_nouns)
        self._houses = rules.events.houses

    def read(self, reading: Reading) -> list[Where]:
        """The places, best first.  A call has none."""
        if self._is_remote(reading):
            return []
        for found in (self._dateline(reading), self._stated(reading), self._here(reading)):
            if found is not None:
                return [found]
        return []

    def _is_remote(self, reading: Reading) -> bool:
        lead = (
            reading.text[reading.sentences[0].start : reading.sentences[0].end] if reading.sentences else ""
        )
        near = folded(f"{reading.title}\n{lead}")
        if re.search(r"\b(?:call|calls)\s+with\b", folded(reading.title)):
            return True
        return any(find_words(near, phrase) is not None for phrase in self._remote)

    def _dateline(self, reading: Reading) -> Where | None:
        for line in re.finditer(r"^.*$", reading.text[:1500], re.MULTILINE):
            match = _DATELINE.match(line.group())
            if match is None:
                continue
            written = match["place"]
            name = written.title() if written.isupper() else written
            city = self._lexicon.city(name) or self._lexicon.city(written)
            if city is None or not (written.isupper() or match["agency"] or len(line.group()) > 60):
                continue
            start = line.start() + match.start("place")
            evidence = reading.evidence(start, start + len(written))
            return Where((evidence,), "dateline", name, city.state, "dateline")
        return None

    def _stated(self, reading: Reading) -> Where | None:
        candidates = []
        for sentence in reading.sentences[:_LATER]:
            for where, weight in self._in_sentence(reading, sentence):
                candidates.append(
                    (weight + (3 if sentence.number < _LEAD else 0) - 0.1 * sentence.number, where)
                )
        best = max(candidates, key=lambda one: one[0], default=None)
        return best[1] if best and best[0] >= 3 else None

    def _in_sentence(self, reading: Reading, sentence: Sentence) -> list[tuple[Where, float]]:
        found = []
        for word in sentence.words:
            if word.lower not in {"in", "at", "to", "near", "outside"} or word.dep not in {
                "prep",
                "ROOT",
                "advmod",
                "dative",
            }:
                continue
            place = self._place_after(reading, sentence, word)
            if place is None:
                continue
            above = sentence.head(word)
            weight = self._weight(sentence, word, above)
            if weight > 0:
                found.append((place, weight))
        for word in sentence.words:  # "visited Honiara"
            if word.dep == "dobj" and word.pos == "PROPN":
                above = sentence.head(word)
                if above is not None and above.lemma in {"visit", "leave", "reach", "tour"}:
                    place = self._place_at(reading, sentence, word.i)
                    if place is not None:
                        found.append((place, 2.0))
        return found

    def _weight(self, sentence: Sentence, word: Word, above: Word | None) -> float:
        while above is not None and above.dep in {"prep", "pobj", "advmod"} and above.pos != "VERB":
            if above.lemma in self._nouns:
                break
            above = sentence.head(above)
        if above is None:
            return 0.0
        if word.lower == "to" and above.lemma not in {"travel", "come", "go", "visit", "arrive", "trip"}:
            return 0.0
        if above.lemma in self._nouns:
            return 2.0
        if above.lemma in self._verbs:
            return 2.0 if above.tag in {"VBD", "VBN", "VBZ"} else 0.5
        return 0.0

    def _place_after(self, reading: Reading, sentence: Sentence, preposition: Word) -> Where | None:
        for i in range(preposition.i + 1, min(len(sentence.words), preposition.i + 8)):
            word = sentence.words[i]
            if word.text in {",", ";", ".", '"', "“"} or word.pos in {"VERB", "SCONJ"}:
                return None
            place = self._place_at(reading, sentence, i)
            if place is not None:
                return place
        return None

    def _place_at(self, reading: Reading, sentence: Sentence, first: int) -> Where | None:
        """The place named from this word on: house, city (with region and state after it), region or state."""
        words = sentence.words
        text = reading.text_of(sentence.number)
        for last in range(min(len(words), first + 5) - 1, first - 1, -1):
            start, end = words[first].start, words[last].end
            name = " ".join(text[start:end].split())
            house = self._houses.get(name)
            if house is not None:
                return Where(
                    (reading.evidence(start, end, sentence.number),), "house", name, house.state, "stated"
                )
            shown = (
                name.title() if reading.lower_case and words[first].entity in {"GPE", "LOC", "FAC"} else name
            )
            city = self._lexicon.city(shown) if self._is_city(reading, sentence, first, last, shown) else None
            if city is not None:
                state = self._state_near(reading, sentence, first, last) or city.state
                return Where(
                    (reading.evidence(start, end, sentence.number),), "stated-place", shown, state, "stated"
                )
            entry = self._lexicon.look_up(shown)
            if entry is not None and entry.form == "name":
                if last + 1 < len(words) and words[last + 1].lower in {"'s", "’s"}:
                    return None
                return Where(
                    (reading.evidence(start, end, sentence.number),),
                    "stated-state",
                    entry.name,
                    entry.side,
                    "stated",
                )
            region = self._lexicon.region(shown)
            if region is not None:
                return Where(
                    (reading.evidence(start, end, sentence.number),), "stated-region", shown, region, "stated"
                )
        return None

    def _is_city(self, reading: Reading, sentence: Sentence, first: int, last: int, name: str) -> bool:
        words = sentence.words
        if last + 1 < len(words) and words[last + 1].lower in {"'s", "’s"}:
            return False
        entry = self._lexicon.look_up(name)
        if entry is not None and entry.form not in {"metonym"}:
            return False
        if self._lexicon.region(name) and not re.match(r"washington|new york", plain(name).lower()):
            return False
        before = sentence.words[max(0, first - 3) : first]
        named = any(_CITY_OF.search(" ".join(one.text for one in before)) for _ in (0,))
        return named or words[first].entity in {"GPE", "LOC", "FAC"} or words[first].pos == "PROPN"

    def _state_near(self, reading: Reading, sentence: Sentence, first: int, last: int) -> str | None:
        """The state named beside the city: "Cuzco, Peru", "the Peruvian city of Cuzco"."""
        words = sentence.words
        text = reading.text_of(sentence.number)
        after = text[words[last].end : words[min(len(words) - 1, last + 4)].end]
        if after.lstrip().startswith(","):
            entry = self._lexicon.first_in(after.split(",")[1])
            if entry is not None and entry.form in {"name", "region"}:
                return entry.side
        before = text[words[max(0, first - 4)].start : words[first].start]
        if re.search(r"(?:city|capital|town|port|resort)(?: of|,)?\s*$", before):
            entry = self._lexicon.first_in(before)
            if entry is not None:
                return entry.side
        return None

    def _here(self, reading: Reading) -> Where | None:
        """ "arrived here" without a dateline: the state of the host, who is named without a foreign state."""
        for sentence in reading.sentences[:_LEAD]:
            match = _HERE.search(reading.text, sentence.start, sentence.end)
            if match is None:
                continue
            side = self._host(reading)
            if side is None:
                return None
            return Where(
                (reading.evidence(match.start(), match.end()),), "arrived-here", None, side, "inferred"
            )
        return None

    @staticmethod
    def _host(reading: Reading) -> str | None:
        """The state that most persons of the article speak for, besides the guest's."""
        arrived = reading.sentences[0].number if reading.sentences else TITLE
        guest = next(
            (
                a.side
                for a in reading.cast.actors
                if a.kind == "person" and any(m.sentence == arrived for m in a.mentions)
            ),
            None,
        )
        counts: dict[str, int] = {}
        for actor in reading.cast.actors:
            if actor.side and actor.side != guest and actor.kind != "organisation":
                counts[actor.side] = counts.get(actor.side, 0) + len(actor.mentions)
        return max(counts, key=lambda name: counts[name], default=None)


def basis(value: Where) -> Basis:
    """The basis of a place."""
    return value.basis


__all__ = ["City", "WhereReader"]
