"""Puts the place of the dateline for "here"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.editing import Edit, overlaps
from briefing.types.claims import Span

# "Here is what he said" and "here's" name no place.
_HERE = re.compile(r"\bhere\b(?!['’-])(?!\s+(?:is|are|was|were|come|comes|goes)\b)", re.IGNORECASE)
_QUOTED = re.compile(r"\u201c[^\u201d]*\u201d|\"[^\"]*\"")
# "Near here", "reaching here": the place follows as it is.
_TAKES_IT = re.compile(
    r"\b(?:of|from|near|to|outside|around|in|at|for|into|via|reach\w*|left|leav\w+|enter\w*|visit\w*)\s+$",
    re.IGNORECASE,
)
# "Here in the capital": said already.
_SAID = re.compile(r"here\s+(?=(?:in|at)\s+(?:the\s|this\s|[A-Z]))", re.IGNORECASE)


def points_here(text: str, span: Span) -> bool:
    """Whether a place is meant by "here", outside quotations."""
    return any(True for _ in _outside(text, span))


def placed(text: str, span: Span, place: Span, name: str) -> Iterator[Edit]:
    """The edits of text[span] that put the name of a place, which stands at `place`, for each "here".

    "Met here" becomes "met [in Islamabad]"; in a quotation it stays, since its speaker may be elsewhere.
    """
    name = " ".join(name.split())
    for found in _outside(text, span):
        said = _SAID.match(text, found.start(), span[1])
        if said is not None and found.start() > span[0]:
            yield Edit(said.span(), rule="here")
            continue
        put = name if _TAKES_IT.search(text, span[0], found.start()) else f"in {name}"
        opens = found.start() == span[0]
        yield Edit(found.span(), f"[{put[0].upper()}{put[1:]}]" if opens else f"[{put}]", [place], "here")


def _outside(text: str, span: Span) -> Iterator[re.Match[str]]:
    """Each "here" outside quotations; none where these are not plain."""
    if text.count('"', *span) % 2:
        return
    quoted = [found.span() for found in _QUOTED.finditer(text, *span)]
    yield from (found for found in _HERE.finditer(text, *span) if not overlaps(found.span(), quoted))
