"""Splits a text into sentences: the unit of evidence, the same one for every stage.

sentencex finds the boundaries.  It keeps a line break inside a sentence and never splits within
quotation marks, whereas news has headings on lines of their own and speakers who say several
sentences in one quotation.  So each line is split by itself, with its quotation marks blanked out
(one space for each, so that offsets stay), and the marks then go to the sentence they touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

_BLANKED = {ord(mark): " " for mark in '"“”„«»*'}
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# What stands between two sentences: marks that close the first, white space, marks that open the next.
_GAP = re.compile(r"[^\w\s]*")


_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_OPENING = frozenset(_PAIRS)
_CLOSING = frozenset('"”»')
_LIST_MARKER = re.compile(r"^\s*(?:[-•·*–]|\d{1,2}[.)])\s+")
# What sentencex takes for an abbreviation, and which ends a sentence before a capital all the same: words in
# their own right, months, acronyms, and a company's form before the title of a person.
_END = re.compile(
    r"(?<![\w.])(?:(?:(?:[Mm]ay|me|no|id|ill|miss|[Ff]ed|etc)\.(?=\s+[A-Z])"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]{2,})\.(?=\s+[A-Z][a-z])"
    r"|(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr)\.(?=\s+(?:Mr|Mrs|Ms)\b)))"
)
# Titles that sentencex does not know.
_NO_END = re.compile(r"\b(?:Ms|Mx|Messrs|Amb)\.\s*\Z")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# Not "US", nor "the us" of a text without capitals.
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|me|[Ww]e|[Oo]ur|(?<![Tt]he )us)\b")


def words(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each run of letters and digits: what counts as a word when summaries are compared."""
    return (match.span() for match in _WORD.finditer(text))


def whole_quotations(sentence: str) -> str:
    """The sentence without a quotation mark at either end whose other half stands in another sentence."""
    if sentence[:1] in _OPENING and not _closed(sentence[0], sentence[1:]):
        sentence = sentence[1:].lstrip()
    if sentence[-1:] in _CLOSING and not _opened(sentence[-1], sentence[:-1]):
        sentence = sentence[:-1].rstrip()
    return sentence


def statement(sentence: str) -> str:
    """The sentence as it is printed by itself: without the marker of a list or half a quotation's marks."""
    return whole_quotations(_LIST_MARKER.sub("", sentence))


def in_first_person(sentence: str) -> bool:
    """Whether it is somebody's own words, and alone does not say whose."""
    around = _QUOTED.sub(" ", sentence)
    return _FIRST_PERSON.search(around if _WORD.search(around) else sentence) is not None


def split_sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in order, without surrounding white space; lines never join."""
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        spans.extend(_split_line(text, line.start(), line.end()))
    return spans


def _split_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    line = text[start:end]
    blanked = line.translate(_BLANKED)
    if not blanked.strip():
        return []
    found = get_sentence_boundaries("en", blanked)[:-1]
    ends = {one["start_index"] + len(one["text"].rstrip()) for one in found}
    ends |= {match.end() for match in _END.finditer(blanked)}
    cuts = [0]
    for last in sorted(ends):
        closing = _GAP.match(line, last)
        cut = closing.end() if closing else last
        if cuts[-1] < cut < len(line) and not _NO_END.search(line, cuts[-1], cut):
            cuts.append(cut)
    cuts.append(len(line))
    spans = []
    for left, right in pairwise(cuts):
        piece = line[left:right]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + left + lead, start + left + len(piece.rstrip())))
    return spans


def _closed(mark: str, rest: str) -> bool:
    return rest.count(mark) % 2 == 1 if mark == '"' else any(one in rest for one in _PAIRS[mark])


def _opened(mark: str, rest: str) -> bool:
    if mark == '"':
        return rest.count(mark) % 2 == 1
    return any(opening in rest for opening, closing in _PAIRS.items() if mark in closing)
