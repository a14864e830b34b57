"""What a single sentence, line or bracket around a text is, by the patterns of zones.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from briefing.reading.data import PatternsOf, ZoneWords
from briefing.reading.dates.phrases import words as calendar_words
from briefing.types import ZoneKind

# A longer sentence is no furniture, nor a longer link one that could be told.
_LONGEST = 600  # characters
LONGEST_LINK = 200
# Words of a link or caption that has no line of its own.
LINK_WORDS = 14

_QUOTES = re.compile(r"[\"“”«»]")
_CAPITAL = "[A-ZÀ-Þ]"


class Furniture:
    """Answers what a sentence is that may be no body."""

    def __init__(self, words: ZoneWords) -> None:
        agency = rf"(?:{'|'.join(words.agencies)})(?!\w)"
        particle = "|".join(words.particles)
        name = rf"(?-i:{_CAPITAL}[\w'’.-]{{1,24}}(?: (?:(?:{particle}) )?{_CAPITAL}[\w'’.-]{{0,24}}){{1,3}})"
        one = rf"(?:{name}|others|staff|{agency})"
        single = rf"(?-i:{_CAPITAL}[\w’'-]{{1,20}})"
        joint = (
            r"(?:and|&|in|from|for|at|with|the|(?:additional |further )?(?:reporting|writing|editing) by:?)"
        )
        self._name = re.compile(name)
        self._by = re.compile(rf"(?:{'|'.join(words.written_by)})\b", re.IGNORECASE)
        self._to_readers = re.compile(rf"\b(?:{'|'.join(words.to_readers)})\b", re.IGNORECASE)
        self._lists_in_patterns = {
            "agency": agency,
            "outlet": rf"(?:{'|'.join((*words.outlets, agency))})",
            "role": rf"(?:{'|'.join(words.jobs)})",
            "name": name,
            # Possessive, because names that follow each other can be parted in many ways.
            "people": rf"(?:the )?(?>{one})(?:[,;/]? ?(?:{joint} )?(?>{one}|{single})){{0,15}}+"
            r"[.;)\]]{0,2}",
            "when": _when(words),
        }
        self._whole = self._kinds(words.whole)
        self._lines = self._kinds(words.lines)
        self._opening = self._kinds(words.opening)
        self._bracketed = self._kinds(words.bracketed)
        self._closing = self._kinds(words.closing)
        self._pointers = self._one_of(words.pointers)
        self._list_heads = self._one_of(words.lists)
        self._tails = self._one_of(words.tails)
        self._author = self._one_of(words.author)
        self._author_more = self._one_of(words.author_more)
        openers = "|".join(rf"{word[0].upper()}{word[1:]}" for word in words.openers)
        # The full stop is missing: "… freeze talks The ministers met", "… in 2023 Norway and Chile", no.
        self._next_sentence = re.compile(rf"(?<=[a-z0-9)”\"’]) (?=(?:{openers})\b)")

    def _one_of(self, patterns: Iterable[str]) -> re.Pattern[str]:
        whole = "|".join(f"(?:{pattern})" for pattern in patterns)
        for name, form in self._lists_in_patterns.items():
            whole = whole.replace("{" + name + "}", form)
        return re.compile(whole, re.IGNORECASE)

    def _kinds(self, patterns: PatternsOf) -> tuple[tuple[ZoneKind, re.Pattern[str]], ...]:
        return tuple((kind, self._one_of(own)) for kind, own in patterns.items() if own)

    def whole(self, said: str, *, line: bool) -> ZoneKind | None:
        """The kind of a sentence, or of a whole line among others, that is furniture."""
        if len(said) > _LONGEST:
            return None
        kinds = (*self._whole, *self._lines) if line else self._whole
        kind = next((kind for kind, pattern in kinds if pattern.fullmatch(said)), None)
        if kind == "promotion" and _QUOTES.search(said):
            return None  # somebody's words
        return kind

    def opening(self, text: str, at: int, end: int) -> tuple[ZoneKind, int] | None:
        """The kind of a label that stands at an offset, and where it ends."""
        for kind, pattern in self._opening:
            match = pattern.match(text, at, end)
            if match is not None and match.end() > at:
                return kind, match.end()
        return None

    def pointer(self, said: str, *, line: bool) -> int | None:
        """Where a pointer elsewhere ends that a sentence opens with.

        Without a line of its own and a full stop it runs into the next sentence of the body: where that
        begins is not always plain, and then only the words are taken that point.
        """
        cue = self._pointers.match(said)
        if cue is None:
            return None
        if line:
            return len(said) if len(said) <= LONGEST_LINK else cue.end()
        after = self.next_sentence(said, cue.end())
        if after is not None:
            return after
        return len(said) if len(said.split()) <= LINK_WORDS else cue.end()

    def next_sentence(self, said: str, start: int = 0) -> int | None:
        """Where the next sentence begins in one that lacks a full stop."""
        for match in self._next_sentence.finditer(said, start + 1):
            if len(said[start : match.start()].split()) > 1:
                return match.start()
        return None

    def bracketed(self, said: str) -> ZoneKind | None:
        """The kind of what stands in brackets."""
        return next((kind for kind, pattern in self._bracketed if pattern.fullmatch(said.strip())), None)

    def closing(self, said: str) -> ZoneKind | None:
        """The kind of what closes a text."""
        return next((kind for kind, pattern in self._closing if pattern.fullmatch(said.strip())), None)

    def heads_links(self, said: str) -> bool:
        """Whether a line heads a list of links."""
        return self._list_heads.fullmatch(said) is not None

    def heads_tail(self, said: str) -> bool:
        """Whether nothing of the text follows after a line."""
        return self._tails.fullmatch(said) is not None

    def opens_byline(self, said: str) -> bool:
        """Whether words say by whom a text is."""
        return self._by.match(said) is not None

    def is_to_readers(self, said: str) -> bool:
        """Whether a sentence speaks to readers, as boxes do."""
        return self._to_readers.search(said) is not None and not _QUOTES.search(said)

    def name_at_start(self, said: str) -> str | None:
        """The name that a sentence opens with."""
        name = self._name.match(said)
        return name[0] if name is not None else None

    def is_author(self, said: str) -> bool:
        """Whether a sentence says who wrote the text."""
        return self._author.fullmatch(said) is not None

    def is_more_of_author(self, said: str) -> bool:
        """Whether a sentence goes on about the author."""
        return self._author_more.fullmatch(said) is not None


def _when(words: ZoneWords) -> str:
    """A pattern for a date or a time of day: two words of them and more."""
    calendar = calendar_words()
    names = "|".join((*chain.from_iterable((*calendar.months, *calendar.weekdays)), *words.clock))
    word = rf"(?:\d{{1,4}}(?:[:./-]\d{{1,4}}){{0,3}}(?:st|nd|rd|th|am|pm|h)?|(?:{names}))(?!\w)\.?"
    return rf"(?>(?>{word}[\s,|/–—-]{{0,3}}){{2,10}})"
