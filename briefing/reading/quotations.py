"""Where the quotations of a text are, whatever marks it uses and wherever one is missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from briefing.reading.words import Sentence
from briefing.types.claims import Span

_MARK = re.compile(r"[“”„«»\"]|''|``")
_OPENS = frozenset({"“", "„", "«", "``"})
_CLOSES = frozenset({"”", "»"})
# What may stand before a straight mark that opens, and after one that closes.
_BEFORE = re.compile(r"[\s(\[{—–/‘'-]")
_AFTER = re.compile(r"[\s)\]}—–/.,;:?!’'-]")


def find_quotations(sentences: Sequence[Sentence], text: str) -> list[Span]:
    """(start, end) of each quotation with its marks, in order, without overlap.

    A quotation of several paragraphs, each with an opening mark and only the last with a closing one, is one
    quotation for each paragraph.  One that is never closed ends with the sentence it begins in.
    """
    starts = [one.start for one in sentences]
    found: list[Span] = []
    begun: int | None = None
    for start, end, opens in [*_marks(text), (len(text), len(text), True)]:
        # A paragraph that begins with a mark goes on with what the paragraph before left open.
        line = text.find("\n", begun, start) if begun is not None else -1
        if begun is not None and (opens or line >= 0):
            sentence = sentences[max(bisect_right(starts, begun) - 1, 0)].end if sentences else start
            goes_on = opens and line >= 0 and not text[line:start].strip()
            found.append((begun, line if goes_on else min(sentence, start)))
            begun = None
        if opens:
            begun = start
        elif begun is not None:
            found.append((begun, end))
            begun = None
    return [(start, end) for start, end in found if end > start + 1]


def _marks(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, opens) of each quotation mark; a straight one goes by what stands around it."""
    inside = False
    for match in _MARK.finditer(text):
        start, end = match.span()
        if match[0] in _OPENS or match[0] in _CLOSES:
            inside = match[0] in _OPENS
        else:
            may_open = not start or _BEFORE.match(text, start - 1) is not None
            may_close = end == len(text) or _AFTER.match(text, end) is not None
            # Both or neither: the text has spaces where none should be, or lacks them.
            inside = may_open if may_open != may_close else not inside
        yield start, end, inside
