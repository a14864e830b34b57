"""Makes untrusted text harmless in each kind of output, without changing a word of it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from briefing.plain import plain

# Anything that CommonMark or GitHub's tables and strikethrough read as markup, wherever it stands.
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_INLINE = re.compile(r"([\\`*_\[\]<>|~])")
# Words in brackets are a link only before one of these, or with a definition, which takes the colon.
_BRACKETED = re.compile(r"\[\w[\w .,'’-]*\w\](?![(\[:])")
# At the start of a line these open a heading, a list, a quotation or a rule.
_OPENER = re.compile(r"^(\s*)(?:(#{1,6}|[-+=])(?=\s|$|[-=])|(\d{1,9})([.)])(?=\s|$))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown(text: str) -> str:
    """Text that reads in Markdown as the same words, with no markup of its own."""
    folded = plain(text)
    kept = [match.span() for match in _BRACKETED.finditer(folded)]
    pieces = []
    last = 0
    for start, end in kept:
        # The words within may hold an underscore, the brackets themselves stay as they are.
        pieces += [_inline(folded[last:start]), "[", _inline(folded[start + 1 : end - 1]), "]"]
        last = end
    escaped = "".join([*pieces, _inline(folded[last:])])
    return _OPENER.sub(_escape_opener, escaped)


def markdown_link(text: str, address: str) -> str:
    """The text as a Markdown link; `address` must come from `web_address`."""
    return f"[{_OPENER.sub(_escape_opener, _inline(plain(text)))}](<{address}>)"


def _inline(text: str) -> str:
    return _ENTITY.sub(r"\\&", _INLINE.sub(r"\\\1", text))


def _escape_opener(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"


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
    # A login is nobody's to read.
    parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return quote(parts.geturl(), safe="!#$%&'*+,-./:;=?@_~[]")
