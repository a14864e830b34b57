"""Finds the persons that a sentence names, with the office that the text gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing._language import Sentence, Word
from briefing.slots.rules import Offices

_PARTICLES = frozenset(
    "al el bin bint ibn de da do dos del della der den di du la le van von ter abu ould y ul -".split()
)
_LINKS = frozenset("of for the and & to in on at - – / 's ’s ' ’".split())
_ENDS_NAME = {"–", "—", "|", "/", "'s", "’s"}
_HYPHENS = {"-", "‐", "‑"}
_APPOSITION = 16  # words
_STILL = 6  # words between an office that is over and the one held now
_STOPS = {",", ";", ":", ".", "–", "—", "(", ")", "-"}
# Capitalised only because they open the sentence: "However former president X".
_NO_OFFICE = {"ADV", "CCONJ", "SCONJ", "DET", "PRON", "AUX", "INTJ"}


@dataclass(frozen=True)
class Person:
    """A person named in a sentence: words `first` to `last`; `role` as written, with its span of words."""

    first: int
    last: int
    role: str | None = None
    role_span: tuple[int, int] | None = None
    honorific: bool = False


# "Readout of", "Meeting of", "call with": what stands before an office and is no part of it.
_BEFORE_AN_OFFICE = frozenset(
    """and & the to in on at readout meeting meetings call talks summit visit roundtable session
    dialogue joining""".split()
)


def _whole(words: tuple[Word, ...], first: int, last: int, taken: set[int]) -> tuple[int, int]:
    """The name with the parts that the model cut off: "Moon Jae-in", "Abdel-Fattah el-Sissi"."""  # fmt: skip
    while last + 2 < len(words) and last + 2 not in taken:
        hyphen, part = words[last + 1], words[last + 2]
        joined = hyphen.start == words[last].end and part.start == hyphen.end
        if not (joined and hyphen.text in _HYPHENS and part.text[:1].isalpha()):
            break
        last += 2
    while last + 3 < len(words) and last + 3 not in taken and words[last + 1].lower in _PARTICLES:
        hyphen, part = words[last + 2], words[last + 3]
        joined = hyphen.start == words[last + 1].end and part.start == hyphen.end
        if not (joined and hyphen.text in _HYPHENS and part.text[:1].isupper()):
            break
        last += 3
    return first, last


# "His Majesty King X": how a holder is addressed, and no part of the office.
_STYLES = frozenset(
    "majesty highness royal excellency serene his her photo image associated press with today yesterday "
    "tonight this morning earlier".split()
)


class PersonFinder:
    """Finds persons by the model's names and by the offices before them."""

    def __init__(self, offices: Offices, bodies: Iterable[str], outlets: Iterable[str]) -> None:
        self._bodies = frozenset(bodies)
        self._personal = frozenset(offices.heads) | frozenset(offices.past)
        self._heads = frozenset(offices.heads)
        self._honorifics = frozenset(offices.honorifics)
        self._parts = frozenset(offices.parts)
        self._portfolios = frozenset(offices.portfolios)
        self._past = frozenset(offices.past)
        self._not_names = frozenset(offices.not_names)
        self._outlets = frozenset(name.lower() for name in outlets)
        self._before_office = _STYLES | {name.lower() for name in outlets}

    def find(self, sentence: Sentence, text: str, taken: set[int], *, lower_case: bool) -> Iterator[Person]:
        """Persons in order.  `taken` are words that name a state or a body and so no person."""
        words = sentence.words
        spans = list(self._spans(sentence, taken, lower_case=lower_case))
        named = {i for first, last in spans for i in range(first, last + 1)}
        for first, last in spans:
            role, honorific = self._before(words, first, named)
            role = role or self._after(words, last, named) or self._apposed_before(words, first, named)
            if role is not None and any(words[i].lower in self._past for i in range(role[0], role[1] + 1)):
                role = self._present_office(words, role[1], named) or role
            written = None
            while role is not None and role[1] > role[0] and self._hangs(words[role[1]]):
                role = role[0], role[1] - 1
            while role is not None and role[1] > role[0] and words[role[0]].lower in self._before_office:
                role = role[0] + 1, role[1]
            if role is not None:
                written = " ".join(text[words[role[0]].start : words[role[1]].end].split())
            yield Person(first, last, written, role, honorific)

    def offices(self, sentence: Sentence, text: str, persons: Sequence[Person]) -> Iterator[str]:
        """The offices that stand without a name, with the state before or after them."""
        words = sentence.words
        held = {i for one in persons if one.role_span for i in range(one.role_span[0], one.role_span[1] + 1)}
        named = {i for one in persons for i in range(one.first, one.last + 1)} | held
        for word in words:
            if word.i in named or not self._is_head(word) or word.pos not in {"NOUN", "PROPN"}:
                continue
            span = self._office_ending_at(words, word.i, named)
            if span is None:
                continue
            last = word.i
            while last + 2 < len(words) and words[last + 1].lower in {"of", "the"} | self._parts:
                last += 1
            last = last + 1 if last > word.i else last
            yield " ".join(text[words[span[0]].start : words[last].end].split())

    def is_office(self, word: Word) -> bool:
        """Whether the word names an office: "minister", "Secretary-General"."""
        return self._is_head(word)

    @staticmethod
    def _hangs(word: Word) -> bool:
        """Whether a word cannot end an office: "police chief of", "leader as well as"."""
        return word.pos in {"ADP", "CCONJ", "SCONJ", "DET", "PUNCT", "PART"} or word.lower in {
            "well",
            "as",
            "'s",
            "’s",
        }

    def _is_head(self, word: Word) -> bool:
        lower = word.lower.rstrip(".")
        return lower in self._heads or (word.lemma in self._heads and word.pos != "VERB")

    def _spans(self, sentence: Sentence, taken: set[int], *, lower_case: bool) -> Iterator[tuple[int, int]]:
        words = sentence.words
        used: set[int] = set()
        for entity in (*sentence.entities(), *self._unseen(words, taken)):
            if entity[0].entity != "PERSON" and not self._is_apposed(words, entity):
                continue
            if entity[0].lower == "the":  # "the Lib Dems"
                continue
            first, last = entity[0].i, self._cut_off(words, entity[-1].i, taken)
            span = self._trim(words, first, last, taken)
            if span and (self._is_thing(words, span) or self._is_credit(words, span)):
                continue
            if span and (lower_case or words[span[0]].text[:1].isupper()) and not used & set(range(*span)):
                used.update(range(span[0], span[1] + 1))
                yield span
        for span in self._after_portfolios(sentence, taken | used):
            used.update(range(span[0], span[1] + 1))
            yield span
        for word in words[:-1]:
            if not (self._is_head(word) or word.lower.rstrip(".") in self._honorifics) or word.i in used:
                continue
            first = word.i + 1
            last = first - 1
            while last + 1 < len(words) and self._may_be_name(
                words, last + 1, first, taken | used, lower_case=lower_case
            ):
                last += 1
            span = self._trim(words, first, last, taken) if last >= first else None
            if span and (word.text[:1].isupper() or words[span[0]].entity in {"PERSON", ""}):
                used.update(range(span[0], span[1] + 1))
                yield span

    def _may_be_name(
        self, words: tuple[Word, ...], i: int, first: int, taken: set[int], *, lower_case: bool
    ) -> bool:
        word = words[i]
        if i in taken or word.entity in {"GPE", "NORP", "DATE", "TIME", "CARDINAL", "LAW", "EVENT"}:
            return False
        if i > first and word.lower in _PARTICLES:
            return i + 1 < len(words) and words[i + 1].text[:1].isupper()
        if not word.text[:1].isupper() and not lower_case:
            return False
        known = self._is_head(word) or word.lower in self._parts or word.lower in self._portfolios
        return word.pos == "PROPN" and word.text[:1].isalpha() and not known

    def _trim(
        self, words: tuple[Word, ...], first: int, last: int, taken: set[int]
    ) -> tuple[int, int] | None:
        while first <= last and (
            first in taken
            or not words[first].text[:1].isalpha()
            or (
                (self._is_head(words[first]) or words[first].lower.rstrip(".") in self._honorifics)
                and first < last
            )
            or (words[first].lower in self._parts and first < last)
            or (words[first].lower in self._outlets and first < last)
        ):
            first += 1
        while last >= first and (
            words[last].lower in {"'s", "’s", "'", "’"} or not words[last].text[:1].isalnum()
        ):
            last -= 1
        for i in range(first, last + 1):  # a line break, a dash or a possessive ends a name
            word = words[i]
            apart = i > first and word.text in _HYPHENS and word.start > words[i - 1].end
            if word.text.isspace() or apart or word.lower in self._not_names or word.lower in _ENDS_NAME:
                last = i - 1
                break
        if first > last or any(i in taken for i in range(first, last + 1)):
            return None
        if first == last and self._is_no_name(words[first]):
            return None
        if not any(word.pos == "PROPN" or word.text[:1].isupper() for word in words[first : last + 1]):
            return None
        if words[last].lower.endswith(("'s", "’s")) and last == first and len(words[last].text) < 4:
            return None
        return self._with_suffix(words, *_whole(words, first, last, taken))

    def _after_portfolios(self, sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Names that the model took into a long office: "Secretary of State for Trade and Industry X Y"."""
        words = sentence.words
        for entity in sentence.entities():
            first, last = entity[0].i, entity[-1].i
            if entity[0].entity != "ORG" or len(entity) < 5 or first < 2 or last + 1 >= len(words):
                continue
            office = words[first - 1].lower in {"of", "for"} and self._is_head(words[first - 2])
            linked = any(word.lower in {"for", "and"} for word in entity[:-2])
            ends = words[last + 1].pos in {"VERB", "AUX", "CCONJ", "PUNCT"}
            name = entity[-2:]
            known = any(
                self._is_no_name(word) or word.lower in self._bodies or word.i in taken for word in name
            )
            if office and linked and ends and not known and all(word.text.istitle() for word in name):
                yield last - 1, last

    def _cut_off(self, words: tuple[Word, ...], last: int, taken: set[int]) -> int:
        """The end of a name whose last part the model took for no name: "Yoon Suk" of "Yoon Suk Yeol"."""
        after = words[last + 1] if last + 1 < len(words) else None
        if (
            after is None
            or last + 1 in taken
            or after.entity
            or after.pos != "PROPN"
            or not after.text.istitle()
        ):
            return last
        other = after.lower in self._not_names or after.lower in self._bodies or self._is_no_name(after)
        return last if other else last + 1

    def _unseen(self, words: tuple[Word, ...], taken: set[int]) -> Iterator[tuple[Word, ...]]:
        """Runs of capitalised words that the model took for no name at all."""
        run: list[Word] = []
        for word in words:
            if word.pos == "PROPN" and not word.entity and word.text.istitle() and word.i not in taken \
                    and not self._is_no_name(word):  # fmt: skip
                run.append(word)
                continue
            if 2 <= len(run) <= 4:
                yield tuple(run)
            run = []

    def _is_apposed(self, words: tuple[Word, ...], entity: tuple[Word, ...]) -> bool:
        """Whether an office in apposition says that a name which the model took for a body is a person's."""
        if entity[0].entity not in {"ORG", ""} or not 2 <= len(entity) <= 4:
            return False
        if any(
            not word.text[:1].isupper() or word.text.isupper() or word.lower in self._bodies
            for word in entity
        ):
            return False
        office = self._after(words, entity[-1].i, set())
        return office is not None and words[office[0]].lower in {"former", "ex", *self._personal}

    def _is_credit(self, words: tuple[Word, ...], span: tuple[int, int]) -> bool:
        """"X / Reuters": who took the picture."""  # fmt: skip
        after = [word.lower for word in words[span[1] + 1 : span[1] + 3]]
        return len(after) == 2 and after[0] == "/" and after[1] in self._outlets

    @staticmethod
    def _is_thing(words: tuple[Word, ...], span: tuple[int, int]) -> bool:
        """"the Moon", "a Bitcoin": with an article of its own, a single name is no person."""  # fmt: skip
        return (
            span[0] == span[1]
            and span[0] > 0
            and words[span[0] - 1].lower in {"the", "a", "an", "this", "these"}
        )

    def _is_no_name(self, word: Word) -> bool:
        return (
            self._is_head(word)
            or word.lower in self._portfolios
            or word.lower in self._parts
            or word.lower.rstrip(".") in self._honorifics
            or word.lower.rstrip(".") in {"jr", "sr"}
        )

    @staticmethod
    def _with_suffix(words: tuple[Word, ...], first: int, last: int) -> tuple[int, int]:
        """Takes ", Jr." into the name."""
        at = last + 1
        if at < len(words) and words[at].text == ",":
            at += 1
        if at < len(words) and words[at].lower in {"jr", "jr.", "sr", "sr."}:
            return first, at
        return first, last

    def _before(
        self, words: tuple[Word, ...], first: int, named: set[int]
    ) -> tuple[tuple[int, int] | None, bool]:
        """The office right before a name: "US Special Representative for X Ambassador" Zalmay Khalilzad."""
        end = first - 1
        honorific = False
        while end >= 0 and words[end].lower.rstrip(".") in self._honorifics:
            honorific = True
            end -= 1
        role = self._office_ending_at(words, end, named)
        if role is None and honorific and self._is_head(words[first - 1]):  # "Ambassador Khalilzad"
            role = self._office_ending_at(words, first - 1, named)
        return role, honorific

    def _office_ending_at(self, words: tuple[Word, ...], end: int, named: set[int]) -> tuple[int, int] | None:
        start = end + 1
        while start > 0 and start - 1 not in named and self._belongs(words[start - 1]):
            start -= 1
        heads = [i for i in range(start, end + 1) if self._is_head(words[i])]
        if not heads:
            return None
        for i in range(heads[0] - 1, start - 1, -1):  # "X and Minister Y": the office begins after "and"
            if words[i].lower in _BEFORE_AN_OFFICE or words[i].pos in _NO_OFFICE:
                start = i + 1
                break
        while start < end and (words[start].lower in _LINKS or not words[start].text[:1].isalnum()):
            start += 1
        start = _with_whom_it_serves(words, start)
        if end > heads[-1] and not self._is_portfolio(words, heads[-1]):
            return None
        return start, end

    @staticmethod
    def _is_portfolio(words: tuple[Word, ...], head: int) -> bool:
        """Whether what follows the head belongs to the office: "of State", "for East Asian Affairs"."""
        return words[head + 1].lower in {"of", "for", "to", "in", "on", "at", "and", "pro"}

    def _belongs(self, word: Word) -> bool:
        if word.text.isspace() or word.text in {",", ";", ":", "(", ")", '"', "“", "”", "."}:
            return False
        if word.lower in _LINKS:
            return True
        if word.entity in {"DATE", "TIME"} and not self._is_head(word):  # "Vanuatu PM" is no time
            return False
        if word.pos in {"VERB", "AUX", "PRON", "SCONJ"} and not word.text[:1].isupper():
            return False
        return (
            word.text[:1].isupper()
            or self._is_head(word)
            or word.lower in self._parts
            or word.lower in self._past
            or word.entity in {"ORG", "NORP", "GPE"}
        )

    def _after(self, words: tuple[Word, ...], last: int, named: set[int]) -> tuple[int, int] | None:
        """The office in apposition after a name: Ahmet Davutoglu, "the Turkish Foreign Minister", said."""
        at = last + 1
        if at >= len(words) or words[at].text not in {",", "(", "–", "-"}:
            return None
        start = at + 1
        end = start - 1
        for word in words[start : start + _APPOSITION]:
            if word.i in named and end >= start and self._is_head(words[end]):
                return None  # "Johnson, President Biden": the office is that of the next name
            spaced = word.text != "-" or word.start > words[word.i - 1].end  # "Self-Defense Force" goes on
            if (
                (word.text in {",", ";", ":", ".", ")", "(", "–", "-", "“", '"'} and spaced)
                or word.i in named
                or word.text.isspace()
            ):
                break
            if word.pos in {"VERB", "AUX"} and word.tag not in {"VBN", "VBG"} and word.text.islower():
                break
            if word.lower in {"who", "whose", "which", "that", "told", "said", "says"}:
                break
            end = word.i
        return self._office_within(words, start, end)

    def _present_office(self, words: tuple[Word, ...], end: int, named: set[int]) -> tuple[int, int] | None:
        """The office held now, after one that is over: "the former president, who serves as head of X"."""
        for i in range(end + 1, min(len(words) - 2, end + _STILL)):
            if words[i].i in named or words[i].text in {".", ";"}:
                return None
            if words[i].lower in {"serves", "serving"} and words[i + 1].lower == "as":
                stop = i + 2
                while stop < len(words) and words[stop].text not in _STOPS and stop not in named:
                    stop += 1
                return self._office_within(words, i + 2, stop - 1)
        return None

    def _apposed_before(self, words: tuple[Word, ...], first: int, named: set[int]) -> tuple[int, int] | None:
        """The office in apposition before a name: "Iran's envoy to the IAEA", Ali Asghar Soltanieh, said."""
        if first < 2 or words[first - 1].text != ",":
            return None
        end = first - 2
        start = end + 1
        while start > 0:
            word = words[start - 1]
            if (
                word.text in {",", ";", ":", ".", ")", "(", "“", '"', "”"}
                or word.i in named
                or word.text.isspace()
            ):
                break
            if word.pos in {"VERB", "AUX", "SCONJ", "PRON"} and word.tag not in {"VBG", "PRP$"}:
                break
            start -= 1
        return self._office_within(words, start, end, latest_start=True)

    def _office_within(
        self, words: tuple[Word, ...], start: int, end: int, *, latest_start: bool = False
    ) -> tuple[int, int] | None:
        heads = [i for i in range(start, end + 1) if self._is_head(words[i])]
        if not heads:
            return None
        if latest_start:
            for i in range(heads[0] - 1, start - 1, -1):
                if words[i].pos == "ADP" or words[i].lower in {"and", "as"}:
                    start = i + 1
                    break
        while start < end and words[start].lower in {
            "the",
            "a",
            "an",
            "who",
            "his",
            "her",
            "their",
            "and",
            "as",
            "by",
        }:
            start += 1
        if heads[-1] - start > 9 or words[heads[0]].pos == "VERB":
            return None
        return start, end


def _with_whom_it_serves(words: tuple[Word, ...], start: int) -> int:
    """Where an office begins that is one "to the President": it is not the president's own."""
    if start < 3 or [word.lower for word in words[start - 2 : start]] != ["to", "the"]:
        return start
    first = start - 3
    while first > 0 and words[first].pos == "PROPN" and words[first - 1].pos == "PROPN":
        first -= 1
    return first if words[first].text[:1].isupper() else start
