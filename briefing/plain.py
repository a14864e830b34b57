"""Words of others on one line, without what could move a cursor, colour a terminal or turn the reading."""

from __future__ import annotations

import re
import unicodedata

# What turns the direction of reading, and what no program shows.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_UNSEEN = ("Cc", "Cs")


def plain(text: str) -> str:
    """The text with white space folded, without control characters and overrides; none of them is a word."""
    folded = re.sub(r"\s+", " ", text)
    return "".join(c for c in folded if unicodedata.category(c) not in _UNSEEN and c not in _TURNING)
