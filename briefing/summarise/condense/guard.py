"""What may not be touched: quotations, and parts of a sentence that hold anything of weight."""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.summarise.condense.rules import Protected

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|['’][a-z]+|n['’]t")
_PART = re.compile(r"n['’]t$|['’](?:ll|d)$|[^\W\d_]+")
# Letters in which the case of names shows; a text with fewer capitals than that has lost them.
_CAPITAL_SHARE = 0.012
_MARKS = '"“”„«»'
# A single mark quotes where it does not stand between two letters; after a letter it may be a possessive.
_SINGLE = re.compile(r"(?<![^\W_])['‘](?=[^\W_])|‘|(?<=[.,!?])['’]")
_FOREIGN = re.compile(r"[\[\]{}<>|*_#@/\\…?!:;]")


class Guard:
    """Answers whether a part of a sentence may go."""

    def __init__(self, protected: Protected) -> None:
        self._words = protected.words
        self._stems = protected.stems

    def holds_back(self, part: str, *, capitals: bool = True) -> bool:
        """Whether a part holds what must stay: a number, name, negation, modal, someone's word ...

        `capitals=False` leaves the capital letter of a first word out of account.
        """
        if any(char.isdigit() or char in _MARKS for char in part) or _SINGLE.search(part):
            return True
        if _FOREIGN.search(part):
            return True
        inner = part if capitals else part[:1].lower() + part[1:]
        if any(char.isupper() for char in inner):
            return True
        return any(self._weighty(word) for word in _WORD.findall(part.lower()))

    def _weighty(self, word: str) -> bool:
        pieces = {word, *_PART.findall(word)}
        return bool(pieces & self._words) or any(piece.startswith(self._stems) for piece in pieces)


def written_small(text: str) -> bool:
    """Whether names in the text lack their capitals, so that they cannot be told from other words."""
    words = re.findall(r"[^\W\d_]+", text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 5 and capitals <= _CAPITAL_SHARE * len(words)


def quotes(text: str, start: int, end: int) -> list[tuple[int, int]] | None:
    """Where the quotations of the sentence text[start:end] stand, marks included, as offsets in the text.

    None where that is not plain: a mark without its other half, a quotation that began in an earlier
    sentence of the paragraph, single marks that may be apostrophes.
    """
    if _open_before(text, start):
        return None
    sentence = text[start:end]
    if _SINGLE.search(sentence):
        return None
    marks = [(place, char) for place, char in enumerate(sentence, start) if char in _MARKS]
    if len(marks) % 2:
        return None
    found = []
    for (left, opens), (right, closes) in list(pairwise(marks))[::2]:
        if opens + closes not in {'""', "“”", "„“", "„”", "«»", "»«"}:
            return None
        found.append((left, right + 1))
    return found


def _open_before(text: str, start: int) -> bool:
    """Whether a quotation of the same paragraph is still open where a sentence starts."""
    paragraph = text[text.rfind("\n", 0, start) + 1 : start]
    curled = paragraph.count("“") + paragraph.count("„") - paragraph.count("”")
    return paragraph.count('"') % 2 == 1 or curled > 0 or paragraph.count("«") != paragraph.count("»")
