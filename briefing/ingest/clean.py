"""Tidies extracted text: one paragraph a line, single spaces, nothing invisible.

`tidy` is what every kind but JSON lines goes through, so that one article reads the same whichever way
it came.  It is idempotent, and it normalises to NFC (composed accents, as keyboards and word lists
have them), because macOS and some feeds send decomposed ones that no name list would match.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_LINE_ENDINGS = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Soft hyphens, zero-width spaces and word joiners, byte order marks, the other control characters.
# Zero-width joiners stay: Persian and the Indic scripts spell with them.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")

# Mail and old text files break lines at 72 to 80 characters; nobody breaks paragraphs beyond this.
WIDEST_WRAP = 100
_NARROWEST_WRAP = 40
# A lone pair of lines proves nothing.
_FEWEST_BREAKS = 3
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LIST_ITEM = re.compile(r"(?:[-*•–—]|\d{1,3}[.)])\s")


def tidy(text: str) -> str:
    """The text with NFC characters, single spaces, no blank lines and nothing invisible."""
    text = _LINE_ENDINGS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    # Removing what is invisible can bring a letter and its accent together, so composing comes after.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def tidy_line(text: str | None) -> str | None:
    """The text on one line; None where nothing is left."""
    return " ".join(tidy(text).split("\n")) or None if text else None


def unwrap(text: str) -> str:
    """Joins the lines of hard-wrapped paragraphs; other text comes back as it is.

    Text is hard-wrapped where the first word of a line would not have fitted on the line before,
    nearly always, and where the lines mostly end in mid-sentence.  Text with a paragraph on each line
    shows neither.
    """
    lines = [line.rstrip() for line in _LINE_ENDINGS.sub("\n", text).split("\n")]
    # A long address stands on a line of its own and says nothing of the width.
    width = max((len(line) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return text
    breaks = [(before, after) for before, after in pairwise(lines) if _joins(before, after)]
    full = sum(len(before) + 1 + len(after.split()[0]) > width for before, after in breaks)
    open_ended = sum(_SENTENCE_END.search(before) is None for before, _ in breaks)
    if len(breaks) < _FEWEST_BREAKS or full < 0.8 * len(breaks) or open_ended < 0.5 * len(breaks):
        return text
    joined = [lines[0]]
    for before, after in pairwise(lines):
        if _joins(before, after):
            joined[-1] += " " + after.strip()
        else:
            joined.append(after)
    return "\n".join(joined)


def _joins(before: str, after: str) -> bool:
    return bool(before.strip() and after.strip()) and _LIST_ITEM.match(after.lstrip()) is None
