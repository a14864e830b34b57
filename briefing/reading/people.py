"""Finds the persons that a sentence names, with the office that the text gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.reading.data import Offices
from briefing.reading.parse import Sentence, Word
from briefing.reading.roles import RoleFinder, Span

_PARTICLES = frozenset(
    "al el bin bint ibn de da do dos del della der den di du la le van von ter abu ould y ul -".split()
)
_ENDS_NAME = {"–", "—", "|", "/", "'s", "’s"}
# Within the name of a body: "the Office of Management and Budget".
_WITHIN = {"of", "and", "for", "the", "on"}
_LONGEST_NAME = 3  # words
_HYPHENS = {"-", "‐", "‑"}


@dataclass(frozen=True)
class Person:
    """A person named in a sentence: words `first` to `last`; `role` as written, with its span of words."""

    first: int
    last: int
    role: str | None = None
    role_span: Span | None = None
    honorific: bool = False


def _whole(words: tuple[Word, ...], first: int, last: int, taken: set[int]) -> Span:
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


class PersonFinder:
    """Finds persons by the model's names and by the offices before them."""

    def __init__(self, offices: Offices, bodies: Iterable[str], outlets: Sequence[str]) -> None:
        self._bodies = frozenset(bodies)
        self._personal = frozenset(offices.heads) | frozenset(offices.past)
        self._roles = RoleFinder(offices, outlets)
        self._honorifics = frozenset(offices.honorifics)
        self._parts = frozenset(offices.parts)
        self._portfolios = frozenset(offices.portfolios)
        self._not_names = frozenset(offices.not_names)
        self._outlets = frozenset(name.lower() for name in outlets)

    def find(self, sentence: Sentence, text: str, taken: set[int], *, lower_case: bool) -> Iterator[Person]:
        """Persons in order.  `taken` are words that name a state or a body and so no person."""
        words = sentence.words
        spans = list(self._spans(sentence, taken, lower_case=lower_case))
        named = {i for first, last in spans for i in range(first, last + 1)}
        for first, last in spans:
            role, honorific = self._roles.find(words, first, last, named)
            written = (
                " ".join(text[words[role[0]].start : words[role[1]].end].split())
                if role is not None
                else None
            )
            yield Person(first, last, written, role, honorific)

    def offices(self, sentence: Sentence, text: str, persons: Sequence[Person]) -> Iterator[str]:
        """The offices that stand without a name, with the state before or after them."""
        held = {i for one in persons if one.role_span for i in range(one.role_span[0], one.role_span[1] + 1)}
        return self._roles.nameless(
            sentence, text, {i for one in persons for i in range(one.first, one.last + 1)} | held
        )

    def is_office(self, word: Word) -> bool:
        """Whether the word names an office: "minister", "Secretary-General"."""
        return self._roles.is_head(word)

    def _spans(self, sentence: Sentence, taken: set[int], *, lower_case: bool) -> Iterator[Span]:
        words = sentence.words
        used: set[int] = set()
        for behind in self._behind_portfolios(words, taken):
            used.update(range(behind[0], behind[1] + 1))
            yield behind
        for entity in (*sentence.entities(), *self._unseen(words, taken)):
            if entity[0].entity != "PERSON" and not self._is_apposed(words, entity):
                continue
            if entity[0].lower == "the":  # "the Lib Dems"
                continue
            first, last = entity[0].i, self._cut_off(words, entity[-1].i, taken)
            span = self._trim(words, first, last, taken)
            if span and (self._is_thing(words, span) or self._is_credit(words, span)):
                continue
            free = span and not used & set(range(span[0], span[1] + 1))
            if span and free and (lower_case or words[span[0]].text[:1].isupper()):
                used.update(range(span[0], span[1] + 1))
                yield span
        for span in self._after_portfolios(sentence, taken | used):
            used.update(range(span[0], span[1] + 1))
            yield span
        for word in words[:-1]:
            if (
                not (self._roles.is_head(word) or word.lower.rstrip(".") in self._honorifics)
                or word.i in used
            ):
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
        known = self._roles.is_head(word) or word.lower in self._parts or word.lower in self._portfolios
        return word.pos == "PROPN" and word.text[:1].isalpha() and not known

    def _trim(self, words: tuple[Word, ...], first: int, last: int, taken: set[int]) -> Span | None:
        while first <= last and (
            first in taken
            or not words[first].text[:1].isalpha()
            or (
                (self._roles.is_head(words[first]) or words[first].lower.rstrip(".") in self._honorifics)
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
        while last >= first and not words[last].text[:1].isalnum():
            last -= 1
        if first > last or any(i in taken for i in range(first, last + 1)):
            return None
        if first == last and self._is_no_name(words[first]):
            return None
        if not any(word.pos == "PROPN" or word.text[:1].isupper() for word in words[first : last + 1]):
            return None
        if words[last].lower.endswith(("'s", "’s")) and last == first and len(words[last].text) < 4:
            return None
        return self._with_suffix(words, *_whole(words, first, last, taken))

    def _behind_portfolios(self, words: tuple[Word, ...], taken: set[int]) -> Iterator[Span]:
        """Names behind what an office is for, whatever the model takes for one name.

        "Secretary of the Interior Deb Haaland", "Director of the National Economic Council Brian Deese".
        """
        for link in words[1:-1]:
            if link.lower not in {"of", "for"} or not self._roles.is_head(words[link.i - 1]):
                continue
            behind = self._behind(words, link.i, taken)
            name = words[behind[0] : behind[1]] if behind is not None else ()
            if behind is None or not 2 <= len(name) <= _LONGEST_NAME:
                continue
            if all(one.text[:1].isupper() and self._may_name(one, taken) for one in name):
                span = self._trim(words, behind[0], behind[1] - 1, taken)
                if span is not None:
                    yield span

    def _behind(self, words: tuple[Word, ...], link: int, taken: set[int]) -> Span | None:
        """Where a name may stand behind "Secretary of": the first word, and the one after the last.

        None where neither a portfolio nor a body ends in the run of capitals, and no state opens it.
        """
        opening = link + 2 if words[link + 1].lower == "the" else link + 1
        end = self._run_end(words, opening)
        first = opening
        while first < end and first in taken and words[first].entity != "NORP":
            first += 1  # "President of Finland X Y", but not "head of the Turkish Red Crescent"
        closing = [n for n in range(first, end) if self._closes(words, first, n)]
        if not closing and first == opening:
            return None
        start = closing[-1] + 1 if closing else first
        if end - start > 2 and words[start].lower == "of" and start + 1 in taken:
            start += 2  # "Secretary General of the Democratic Party of Japan X Y"
        return start, end

    def _run_end(self, words: tuple[Word, ...], first: int) -> int:
        """Where the run of capitals from a word on ends, small words between them taken in."""
        end = first
        while end < len(words) and (words[end].text[:1].isupper() or words[end].lower in _WITHIN):
            if end > first and self._roles.is_head(words[end]) and not words[end].lower.endswith("s"):
                break  # "… and Director of": the next one's office
            end += 1
        while end > first and words[end - 1].lower in _WITHIN:
            end -= 1
        return end

    def _may_name(self, word: Word, taken: set[int]) -> bool:
        """Whether the word may be a part of a person's name, for all that the lists know."""
        listed = word.lower in self._bodies or word.lower in self._not_names
        return not listed and word.i not in taken and not self._is_no_name(word)

    def _closes(self, words: tuple[Word, ...], first: int, n: int) -> bool:
        """Whether a portfolio, or the name of a body, ends at the word n."""
        phrase = " ".join(word.lower for word in words[first : n + 1])
        return phrase in self._portfolios or words[n].lower in self._bodies

    def _after_portfolios(self, sentence: Sentence, taken: set[int]) -> Iterator[Span]:
        """Names that the model took into a long office: "Secretary of State for Trade and Industry X Y"."""
        words = sentence.words
        for entity in sentence.entities():
            first, last = entity[0].i, entity[-1].i
            if entity[0].entity != "ORG" or len(entity) < 5 or first < 2 or last + 1 >= len(words):
                continue
            office = words[first - 1].lower in {"of", "for"} and self._roles.is_head(words[first - 2])
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
        if after is None or after.entity or after.pos != "PROPN" or not after.text.istitle():
            return last
        return last + 1 if self._may_name(after, taken) else last

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
        office = self._roles.after(words, entity[-1].i, set())
        return office is not None and words[office[0]].lower in {"former", "ex", *self._personal}

    def _is_credit(self, words: tuple[Word, ...], span: Span) -> bool:
        """"X / Reuters": who took the picture."""  # fmt: skip
        after = [word.lower for word in words[span[1] + 1 : span[1] + 3]]
        return len(after) == 2 and after[0] == "/" and after[1] in self._outlets

    @staticmethod
    def _is_thing(words: tuple[Word, ...], span: Span) -> bool:
        """"the Moon", "a Bitcoin": with an article of its own, a single name is no person."""  # fmt: skip
        return (
            span[0] == span[1]
            and span[0] > 0
            and words[span[0] - 1].lower in {"the", "a", "an", "this", "these"}
        )

    def _is_no_name(self, word: Word) -> bool:
        return (
            self._roles.is_head(word)
            or word.lower in self._portfolios
            or word.lower in self._parts
            or word.lower.rstrip(".") in self._honorifics
            or word.lower.rstrip(".") in {"jr", "sr"}
        )

    @staticmethod
    def _with_suffix(words: tuple[Word, ...], first: int, last: int) -> Span:
        """Takes ", Jr." into the name."""
        at = last + 1
        if at < len(words) and words[at].text == ",":
            at += 1
        if at < len(words) and words[at].lower in {"jr", "jr.", "sr", "sr."}:
            return first, at
        return first, last
