"""Finds articles that have the same text, or the same but for case, spacing and punctuation."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from briefing.types import Article

_QUOTES_AMONG_SYMBOLS = "`´^"


class _Unified(dict[int, str]):
    """Maps each character to itself, punctuation and spacing to a space; grows as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_filler = unicodedata.category(character)[0] in "PZC" or character in _QUOTES_AMONG_SYMBOLS
        self[code] = " " if is_filler else character
        return self[code]


_UNIFIED = _Unified()
_SPACES = re.compile(r"\s+")


def find_duplicates(articles: Sequence[Article]) -> dict[int, int]:
    """Index of each repeated article → index of the first with that text."""
    first: dict[bytes, int] = {}
    duplicates: dict[int, int] = {}
    for index, article in enumerate(articles):
        earlier = first.setdefault(_key(article.text), index)
        if earlier != index:
            duplicates[index] = earlier
    return duplicates


def _key(text: str) -> bytes:
    unified = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(
        _UNIFIED
    )
    return hashlib.sha256((_SPACES.sub(" ", unified).strip() or text).encode()).digest()
