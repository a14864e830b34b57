"""Finds names that stand behind what an office is for, whatever the model takes for one name.

"Secretary of the Interior Deb Haaland", "Permanent Secretary in the Ministry of Trade X Y": the model often
takes the end of such an office and the name for one body.  The office ends with a portfolio, with the word
that a body is called by, or with a state, body or area that the lists know; two or three words are the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.reading.namewords import NameWords
from briefing.reading.roles import RoleFinder, office_ends
from briefing.reading.spans import Span
from briefing.reading.words import Sentence, Word

_LINKS = {"of", "for", "in", "to", "at"}
# Within the name of a body: "the Office of Management and Budget".
_WITHIN = {"of", "and", "for", "the", "on"}
_LONGEST_NAME = 3  # words
_LONGEST_PORTFOLIO = 5  # words


class NamesBehind:
    """Finds the names behind offices."""

    def __init__(self, names: NameWords, roles: RoleFinder) -> None:
        self._names = names
        self._roles = roles

    def find(self, words: tuple[Word, ...], taken: set[int]) -> Iterator[Span]:
        """The names, in order.  `taken` are words that name a state, a body or an area."""
        for link in words[1:-1]:
            if link.lower not in _LINKS or not office_ends(self._roles, words, link.i - 1):
                continue
            behind = self._behind(words, link.i, taken)
            name = words[behind[0] : behind[1]] if behind is not None else ()
            if behind is None or not 2 <= len(name) <= _LONGEST_NAME:
                continue
            if all(one.text[:1].isupper() and self._names.may_name(one, taken) for one in name):
                span = self._names.trim(words, behind[0], behind[1] - 1, taken)
                if span is not None:
                    yield span

    def _behind(self, words: tuple[Word, ...], link: int, taken: set[int]) -> Span | None:
        """Where a name may stand behind "Secretary of": the first word, and the one after the last.

        None where neither a portfolio nor a body ends in the run of capitals, and no state is in it.
        """
        opening = link + 2 if words[link + 1].lower == "the" else link + 1
        end = self._run_end(words, opening)
        first = opening
        while first < end and first in taken and words[first].entity != "NORP":
            first += 1  # "President of Finland X Y", but not "head of the Turkish Red Crescent"
        closing = [n for n in range(first, end) if self._closes(words, first, n, taken)]
        if not closing and first == opening:
            return None
        start = closing[-1] + 1 if closing else first
        if end - start > 2 and words[start].lower == "of" and start + 1 in taken:
            start += 2  # "Secretary General of the Democratic Party of Japan X Y"
        small = (n for n in range(start, end) if words[n].lower in _WITHIN)
        return start, next(small, end)  # "Secretary of State X Y and A B"

    def _run_end(self, words: tuple[Word, ...], first: int) -> int:
        """Where the run of capitals from a word on ends, small words between them taken in."""
        end = first
        while end < len(words) and (words[end].text[:1].isupper() or words[end].lower in _WITHIN):
            office = self._roles.is_head(words[end]) and not words[end].lower.endswith("s")
            if end > first and (office or self._names.is_honorific(words[end])):
                break  # "… and Director of": the next one's office
            end += 1
        while end > first and words[end - 1].lower in _WITHIN:
            end -= 1
        return end

    def _closes(self, words: tuple[Word, ...], first: int, n: int, taken: set[int]) -> bool:
        """Whether the word n ends a portfolio, the name of a body, a state or an area."""
        if self._names.is_body(words[n]) or (n in taken and words[n].entity != "NORP"):
            return True
        return any(
            self._names.is_portfolio(" ".join(word.lower for word in words[start : n + 1]))
            for start in range(max(first, n + 1 - _LONGEST_PORTFOLIO), n + 1)
        )

    def in_a_body(self, sentence: Sentence, taken: set[int]) -> Iterator[Span]:
        """Names that the model took into a long office: "Secretary of State for Trade and Industry X Y"."""
        words = sentence.words
        for entity in sentence.entities():
            first, last = entity[0].i, entity[-1].i
            if entity[0].entity != "ORG" or len(entity) < 5 or first < 2 or last + 1 >= len(words):
                continue
            office = words[first - 1].lower in {"of", "for"} and self._roles.is_head(words[first - 2])
            linked = any(word.lower in {"for", "and"} for word in entity[:-2])
            after = words[last + 1]
            ends = after.is_verb or (after.is_linking and not (after.is_preposition or after.is_determiner))
            name = entity[-2:]
            known = any(
                self._names.is_no_name(word) or self._names.is_body(word) or word.i in taken for word in name
            )
            if office and linked and ends and not known and all(word.text.istitle() for word in name):
                yield last - 1, last
