"""Makes untrusted text harmless in each kind of output, without changing a word of it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

# Anything that CommonMark or GitHub's tables and strikethrough read as markup, wherever it stands.
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_INLINE = re.compile(r"([\\`*_\[\]<>|~])")
# At the start of a line these open a heading, a list, a quotation or a rule.
_OPENER = re.compile(r"^(\s*)(?:(#{1,6}|[-+=])(?=\s|$|[-=])|(\d{1,9})([.)])(?=\s|$))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def plain(text: str) -> str:
    """Text on one line: white space folded, control and direction-override characters left out.

    The characters left out can move a cursor, colour a terminal or turn the reading direction; none
    of them is a word.
    """
    folded = re.sub(r"\s+", " ", text)
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cs") and c not in _OVERRIDES)


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def markdown(text: str) -> str:
    """Text that reads in Markdown as the same words, with no markup of its own."""
    escaped = _INLINE.sub(r"\\\1", plain(text))
    escaped = _ENTITY.sub(r"\\&", escaped)
    return _OPENER.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped)


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, percent-encoded where it must be; None otherwise."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(parts.geturl(), safe="!#$%&'*+,-./:;=?@_~[]")
