"""A stretch of a text with parts left out or put in brackets, and a line cut to a length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.types.claims import Span


@dataclass(frozen=True)
class Edit:
    """The words at a span of a text give way to `put`, which stands in the text at `sources`.

    `sources` is empty where something is left out, and where what is put is counted, such as a day.  `rule`
    names what made it.
    """

    span: Span
    put: str = ""
    sources: Sequence[Span] = ()
    rule: str = ""


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order of the text; of two that share a character the earlier one stays."""
    kept: list[Edit] = []
    for edit in edits:
        if not overlaps(edit.span, (one.span for one in kept)):
            kept.append(edit)
    return sorted(kept, key=lambda edit: edit.span)


def applied(text: str, span: Span, edits: Iterable[Edit], gap: str = "") -> str:
    """text[span] after the edits, which lie apart and in order; `gap` stands where something was left out."""
    pieces, at = [], span[0]
    for edit in edits:
        pieces += [text[at : edit.span[0]], edit.put or gap]
        at = edit.span[1]
    return "".join((*pieces, text[at : span[1]]))


def shortened(line: str, words: int) -> str:
    """The line in at most so many words, cut between two of them: where nothing better can be left out."""
    own = line.split()
    return line if len(own) <= words else " ".join(own[: words - 1]).rstrip(" ,;:–-") + " …"
