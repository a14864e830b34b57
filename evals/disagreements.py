"""Scores the conflicts and updates of real stories against what people found by reading the articles.

    python -m evals disagreements DOCS.jsonl[.xz] [disagreements.jsonl]

A line of the second file is one disagreement: `kind`, `subject` in the reader's words, `sure` or not, and two
or more `versions`, each a span of an article's text or title.  The readers saw the articles of an event side
by side and nothing of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

_Row = Mapping[str, Any]


def figures(read: Sequence[_Row], stories: Iterable[_Row]) -> dict[str, Any]:
    """How much of what was read is flagged, by kind, and how much of what is flagged was read.

    `stories` are those of a brief.  `known` are the flagged ones that a reader wrote down too: a floor of
    precision, since one reading does not find everything.  `recall` counts what the readers were sure of.
    """
    flagged = [one for story in stories for one in (*story["conflicts"], *story["updates"])]
    holds = [[_is(one, row) for row in read] for one in flagged]
    found = {n for hits in holds for n, hit in enumerate(hits) if hit}
    made = Counter(row["kind"] for row in read if row["sure"])
    hit = Counter(read[n]["kind"] for n in found if read[n]["sure"])
    known = sum(any(hits) for hits in holds)
    return {
        "read": len(read),
        "sure": made.total(),
        "flagged": len(flagged),
        "known": known,
        "recall": round(hit.total() / made.total(), 3) if made else 0.0,
        "kinds": {kind: {"sure": count, "found": hit[kind]} for kind, count in sorted(made.items())},
    }


def _is(flagged: _Row, row: _Row) -> bool:
    """Whether two versions of what is flagged stand where two versions of the row do."""
    return any(
        _meet(ours, mine) and _meet(theirs, other)
        for ours, theirs in combinations(flagged["versions"], 2)
        for one, two in combinations(row["versions"], 2)
        for mine, other in ((one, two), (two, one))
    )


def _meet(version: _Row, span: _Row) -> bool:
    return any(
        evidence["article"] == span["article"]
        and evidence.get("field", "text") == span.get("field", "text")
        and evidence["start"] < span["end"]
        and span["start"] < evidence["end"]
        for evidence in version["evidence"]
    )
