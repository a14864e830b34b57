"""Finds the office that a sentence gives a person: before the name, after it, or in apposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.reading.data import Offices
from briefing.reading.described import described
from briefing.reading.spans import Span, apposition
from briefing.reading.words import Sentence, Word

_LINKS = frozenset("of for the and & to in on at - – / 's ’s ' ’".split())
# "President-elect", "Chairperson-in-Office".
_TIED = {"designate", "elect", "nominate", "in"}
# "Minister of State", "Minister for Trade".
_ABOUT = {"of", "for", "to", "in", "on", "at", "and", "pro"}
_STILL = 6  # words between an office that is over and the one held now
_STOPS = {",", ";", ":", ".", "–", "—", "(", ")", "-"}
# Capitalised only because they open the sentence: "However former president X".
# With none of these does an office in apposition begin.
_NOT_FIRST = frozenset("the a an who his her their and as by 's ’s".split())
# "Readout of", "Meeting of", "call with": what stands before an office and is no part of it.
_BEFORE_AN_OFFICE = frozenset(
    """and & the to in on at following after before during between among with from by joined led hosted
    including who support supports readout meeting meetings call talks summit visit roundtable session
    dialogue joining""".split()
)
# "His Majesty King X": how a holder is addressed, and no part of the office.
_STYLES = frozenset(
    "majesty highness royal excellency serene his her photo image associated press with today yesterday "
    "tonight this morning earlier".split()
)


class RoleFinder:
    """Reads offices by their heads ("minister") and by what may stand around these."""

    def __init__(self, offices: Offices, outlets: Iterable[str]) -> None:
        self._heads = frozenset(offices.heads)
        self._honorifics = frozenset(offices.honorifics)
        self._parts = frozenset(offices.parts)
        self._past = frozenset(offices.past)
        self._ranks = frozenset(offices.ranks)
        self._before_office = _STYLES | {name.lower() for name in outlets}

    def find(self, words: tuple[Word, ...], first: int, last: int, named: set[int]) -> Span | None:
        """The office of the name at words `first` to `last`, else what it is said to be.

        `named` are the words of all names of the sentence.
        """
        role = self._before(words, first, named)
        if role is not None and self._is_rank(words, role):
            # "the chief negotiator, General X", "Sheikh X, the energy minister": the office says more.
            role = self.after(words, last, named) or self._apposed_before(words, role[0], named) or role
        role = role or self.after(words, last, named) or self._apposed_before(words, first, named)
        if role is not None and any(words[i].lower in self._past for i in range(role[0], role[1] + 1)):
            role = self._present_office(words, role[1], named) or role
        role = role or described(words, first, last, named)
        while role is not None and role[1] > role[0] and self._hangs(words[role[1]]):
            role = role[0], role[1] - 1
        while role is not None and role[1] > role[0] and words[role[0]].lower in self._before_office:
            role = role[0] + 1, role[1]
        return role

    def is_weak(self, words: tuple[Word, ...], role: Span) -> bool:
        """Whether an office told elsewhere says more than this: it names none, or a rank alone."""
        head = any(self.is_head(words[i]) for i in range(role[0], role[1] + 1))
        return not head or self._is_rank(words, role)

    def _is_rank(self, words: tuple[Word, ...], role: Span) -> bool:
        return all(words[i].lower in self._ranks for i in range(role[0], role[1] + 1))

    def nameless(self, sentence: Sentence, text: str, named: set[int]) -> Iterator[str]:
        """The offices that stand without a name, with the state before or after them.

        `named` are the words of names and of the offices that belong to them.
        """
        words = sentence.words
        for word in words:
            if word.i in named or not self.is_head(word) or not word.is_noun:
                continue
            span = self._office_ending_at(words, word.i, named)
            if span is None:
                continue
            last = word.i
            while last + 2 < len(words) and words[last + 1].lower in {"of", "the"} | self._parts:
                last += 1
            last = last + 1 if last > word.i else last
            yield " ".join(text[words[span[0]].start : words[last].end].split())

    def is_head(self, word: Word) -> bool:
        """Whether the word names an office: "minister", "Secretary-General"."""
        lower = word.lower.rstrip(".")
        return lower in self._heads or (word.lemma in self._heads and not word.is_full_verb)

    @staticmethod
    def _hangs(word: Word) -> bool:
        """Whether a word cannot end an office: "police chief of", "leader as well as"."""
        ends = word.is_linking or word.is_subordinating or word.is_particle
        return ends or word.lower in {"well", "as", "'s", "’s"}

    def _before(self, words: tuple[Word, ...], first: int, named: set[int]) -> Span | None:
        """The office right before a name: "US Special Representative for X Ambassador" Zalmay Khalilzad."""
        end = first - 1
        honorific = False
        while end >= 0 and words[end].lower.rstrip(".") in self._honorifics:
            honorific = True
            end -= 1
        role = self._office_ending_at(words, end, named)
        if role is None and honorific and self.is_head(words[first - 1]):  # "Ambassador Khalilzad"
            role = self._office_ending_at(words, first - 1, named)
        return role

    def _office_ending_at(self, words: tuple[Word, ...], end: int, named: set[int]) -> Span | None:
        start = end + 1
        while start > 0 and start - 1 not in named:
            if self._belongs(words[start - 1]):
                start -= 1
            elif _short_form_ends(words, start - 1):
                start -= 3
            else:
                break
        heads = [i for i in range(start, end + 1) if self.is_head(words[i])]
        if not heads:
            return None
        for i in range(heads[-1] - 1, heads[0], -1):  # "African leaders and French President X"
            if words[i].lower == "and" and any(words[n].is_plural for n in heads if n < i):
                return self._office_ending_at(words, end, named | set(range(i + 1)))
        for i in range(heads[0] - 1, start - 1, -1):  # "X and Minister Y": the office begins after "and"
            if words[i].lower in _BEFORE_AN_OFFICE or words[i].is_of_no_name:
                start = i + 1
                break
        while start < end and (words[start].lower in _LINKS or not words[start].text[:1].isalnum()):
            start += 1
        start = _with_whom_it_serves(words, start)
        start = self._whose_spokesman(words, start, heads)
        if end > heads[-1] and not self._goes_on(words, heads[-1], end):
            return None
        return start, end

    @staticmethod
    def _whose_spokesman(words: tuple[Word, ...], start: int, heads: list[int]) -> int:
        """"A spokesman for Prime Minister X": the name is the prime minister's."""  # fmt: skip
        for head in heads[:-1]:
            if words[head].lower.startswith("spokes") and words[head + 1].lower in {"for", "of"}:
                return max(start, head + 2)
        return start

    def _goes_on(self, words: tuple[Word, ...], head: int, end: int) -> bool:
        """Whether what follows the head belongs to the office: "of State", "chief executive-designate"."""
        after = head + 1
        while after <= end and words[after].lower in self._parts:
            after += 1
        if after > end:
            return True
        if words[after].text == "-" and after < end:
            return words[after + 1].lower in _TIED
        return after == head + 1 and words[after].lower in _ABOUT

    def _belongs(self, word: Word) -> bool:
        if word.text.isspace() or word.text in {",", ";", ":", "(", ")", '"', "“", "”", "."}:
            return False
        if word.lower in _LINKS:
            return True
        if word.entity in {"DATE", "TIME"} and not self.is_head(word):  # "Vanuatu PM" is no time
            return False
        if (word.is_verb or word.is_pronoun or word.is_subordinating) and not word.text[:1].isupper():
            return False
        return (
            word.text[:1].isupper()
            or self.is_head(word)
            or word.lower in self._parts
            or word.lower in self._past
            or word.entity in {"ORG", "NORP", "GPE"}
            or (word.is_common_noun and word.is_compound)
        )

    def after(self, words: tuple[Word, ...], last: int, named: set[int]) -> Span | None:
        """The office in apposition after a name: Ahmet Davutoglu, "the Turkish Foreign Minister", said."""
        span = apposition(words, last, named)
        if span is None:
            return None
        start, end = span
        if end + 1 in named and self.is_head(words[end]):
            return None  # "Johnson, President Biden": the office is that of the next name
        return self._office_within(words, start, end)

    def _present_office(self, words: tuple[Word, ...], end: int, named: set[int]) -> Span | None:
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

    def _apposed_before(self, words: tuple[Word, ...], first: int, named: set[int]) -> Span | None:
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
            clause = word.is_verb or word.is_pronoun or word.is_subordinating
            if clause and not (word.is_gerund or word.is_possessive):
                break
            start -= 1
        return self._office_within(words, start, end, latest_start=True)

    def _office_within(
        self, words: tuple[Word, ...], start: int, end: int, *, latest_start: bool = False
    ) -> Span | None:
        heads = [i for i in range(start, end + 1) if self.is_head(words[i])]
        if not heads:
            return None
        if latest_start:
            for i in range(heads[0] - 1, start - 1, -1):
                if words[i].is_preposition or words[i].lower in {"and", "as"}:
                    start = i + 1
                    break
        while start < end and words[start].lower in _NOT_FIRST:
            start += 1
        if heads[-1] - start > 9 or words[heads[0]].is_full_verb:
            return None
        return start, end


def _short_form_ends(words: tuple[Word, ...], last: int) -> bool:
    """Whether a short form in brackets ends here, within an office: "Harbour Union (HU) chief X"."""
    if last < 3 or words[last].text != ")" or words[last - 2].text != "(":
        return False
    return words[last - 1].text.isupper() and words[last - 3].is_proper_noun


def _with_whom_it_serves(words: tuple[Word, ...], start: int) -> int:
    """Where an office begins that is one "to the President": it is not the president's own."""
    if start < 3 or [word.lower for word in words[start - 2 : start]] != ["to", "the"]:
        return start
    first = start - 3
    while first > 0 and words[first].is_proper_noun and words[first - 1].is_proper_noun:
        first -= 1
    return first if words[first].text[:1].isupper() else start


def office_ends(roles: RoleFinder, words: tuple[Word, ...], last: int) -> bool:
    """Whether an office may end at a word: with its head, or with what hyphens tie to it.

    "Minister", "Chairperson-in-Office", "Editor-in-chief".
    """
    first = last
    while first >= 2 and words[first - 1].text == "-" and words[first].start == words[first - 2].end + 1:
        first -= 2
    return any(roles.is_head(words[n]) for n in {first, last})
