"""Fixed phrases in a text, as whole words."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=4096)
def _finder(phrase: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase.split())) + r"(?!\w)")


def has_words(text: str, phrase: str) -> bool:
    """Whether the phrase stands in a lower-case text as whole words."""
    return phrase in text and _finder(phrase).search(text) is not None


def find_words(text: str, phrase: str) -> int | None:
    """Where the phrase stands in a lower-case text as whole words, any white space between them."""
    first = phrase.partition(" ")[0]
    found = _finder(phrase).search(text) if first in text else None
    return found.start() if found else None


def folded(text: str) -> str:
    """Lower case with straight apostrophes, every character in its place."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
