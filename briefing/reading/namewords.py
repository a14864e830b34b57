"""Which words may be parts of a person's name, and where such a name begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.reading.data import Offices
from briefing.reading.grammar import POSSESSIVE
from briefing.reading.roles import RoleFinder
from briefing.reading.spans import Span
from briefing.reading.words import Word

PARTICLES = frozenset(
    "al el bin bint ibn de da do dos del della der den di du la le van von ter abu ould y ul -".split()
)
_ENDS_NAME = {"–", "—", "|", "/", "'s", "’s"}
_HYPHENS = {"-", "‐", "‑"}


class NameWords:
    """Knows the words that no person is called by, and cuts a name out from among them."""

    def __init__(
        self, offices: Offices, roles: RoleFinder, bodies: Iterable[str], outlets: Sequence[str]
    ) -> None:
        self._roles = roles
        self._bodies = frozenset(bodies)
        self._honorifics = frozenset(offices.honorifics)
        self._parts = frozenset(offices.parts)
        self._portfolios = frozenset(offices.portfolios)
        self._not_names = frozenset(offices.not_names)
        self._outlets = frozenset(name.lower() for name in outlets)

    def is_honorific(self, word: Word) -> bool:
        """Whether it is a form of address: "Mr", "H.E."."""
        return word.lower.rstrip(".") in self._honorifics

    def is_body(self, word: Word) -> bool:
        """Whether a body is called by this word: "Council", "Bank"."""
        return word.lower in self._bodies

    def is_portfolio(self, phrase: str) -> bool:
        """Whether an office may be about this: "foreign affairs"."""
        return phrase in self._portfolios

    def of_an_office(self, word: Word) -> bool:
        """Whether the word belongs to offices: "minister", "deputy", "finance"."""
        return self._roles.is_head(word) or word.lower in self._parts or word.lower in self._portfolios

    def is_no_name(self, word: Word) -> bool:
        """Whether nobody is called by this word alone."""
        suffix = word.lower.rstrip(".") in {"jr", "sr"}
        return suffix or self.of_an_office(word) or self.is_honorific(word)

    def may_name(self, word: Word, taken: set[int]) -> bool:
        """Whether the word may be a part of a person's name, for all that the lists know."""
        listed = word.lower in self._bodies or word.lower in self._not_names
        return not listed and word.i not in taken and not self.is_no_name(word)

    def cut_off(self, words: tuple[Word, ...], last: int, taken: set[int]) -> int:
        """The end of a name whose last part the model took for no name: "Yoon Suk" of "Yoon Suk Yeol"."""
        after = words[last + 1] if last + 1 < len(words) else None
        if after is None or after.entity or not after.is_proper_noun or not after.text.istitle():
            return last
        return last + 1 if self.may_name(after, taken) else last

    def trim(self, words: tuple[Word, ...], first: int, last: int, taken: set[int]) -> Span | None:
        """The name among these words, without the office before it; None where they hold none."""
        while first <= last and (
            first in taken
            or not words[first].text[:1].isalpha()
            or (first < last and self._stands_before(words[first]))
        ):
            first += 1
        while last >= first and (words[last].lower in POSSESSIVE or not words[last].text[:1].isalnum()):
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
        if first == last and self.is_no_name(words[first]):
            return None
        if not any(word.is_proper_noun or word.text[:1].isupper() for word in words[first : last + 1]):
            return None
        if words[last].lower.endswith(("'s", "’s")) and last == first and len(words[last].text) < 4:
            return None
        return _with_suffix(words, *_whole(words, first, last, taken))

    def _stands_before(self, word: Word) -> bool:
        office = self._roles.is_head(word) or word.lower in self._parts
        return office or self.is_honorific(word) or word.lower in self._outlets


def _whole(words: tuple[Word, ...], first: int, last: int, taken: set[int]) -> Span:
    """The name with the parts that the model cut off: "Moon Jae-in", "Abdel-Fattah el-Sissi"."""  # fmt: skip
    while last + 2 < len(words) and last + 2 not in taken:
        hyphen, part = words[last + 1], words[last + 2]
        joined = hyphen.start == words[last].end and part.start == hyphen.end
        if not (joined and hyphen.text in _HYPHENS and part.text[:1].isalpha()):
            break
        last += 2
    while last + 3 < len(words) and last + 3 not in taken and words[last + 1].lower in PARTICLES:
        hyphen, part = words[last + 2], words[last + 3]
        joined = hyphen.start == words[last + 1].end and part.start == hyphen.end
        if not (joined and hyphen.text in _HYPHENS and part.text[:1].isupper()):
            break
        last += 3
    return first, last


def _with_suffix(words: tuple[Word, ...], first: int, last: int) -> Span:
    """Takes ", Jr." into the name."""
    at = last + 1
    if at < len(words) and words[at].text == ",":
        at += 1
    if at < len(words) and words[at].lower in {"jr", "jr.", "sr", "sr."}:
        return first, at
    return first, last
