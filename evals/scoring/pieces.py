"""Sentences by a plain rule, which owes nothing to the way in which briefing splits texts."""

from __future__ import annotations

import re

# A sentence ends with its mark, or with the mark that closes a quotation or bracket after it; so does a line.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”’)])\s+|\n+")


def pieces(text: str) -> list[str]:
    """The sentences of a text by a plain rule, the same for every summary and reference."""
    return [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]
