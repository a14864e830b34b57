"""Minimal pairs: modality, negation, attribution, time, passive and nominal forms decide."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from briefing.slots import Extractor, load_rules
from briefing.types import Agreed, Article, Outlook, Slots

PUBLISHED = dt.date(2026, 3, 18)
TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "slots_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CASES = [(row[0], expected, text) for row in TABLE for expected, text in ((row[1], row[2]), (row[3], row[4]))]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def test_the_table_covers_each_phenomenon() -> None:
    counts = Counter(row[0] for row in TABLE)
    assert set(counts) == {"modality", "negation", "attribution", "time", "passive", "nominal"}
    assert min(counts.values()) >= 15
    assert sum(counts.values()) >= 120
    assert all(len(row) == 5 and row[1] != row[3] for row in TABLE)


def shown(slots: Slots, expected: str) -> str:
    """What the slots say, in the words of the table."""
    if expected.startswith("when"):
        first = next(iter(slots.outlook), None)
        day = first.when.date if first is not None and first.when is not None else None
        return f"when {'-' if first is None else day or '?'}"
    if expected.startswith("by"):
        statements: list[Agreed | Outlook] = [*slots.agreed, *slots.outlook]
        statement = next(iter(statements), None)
        return (
            "by -" if statement is None else f"by {statement.attribution} {statement.speaker or ''}".strip()
        )
    return ",".join(one.status for one in slots.agreed) or "-"


@pytest.mark.parametrize(
    ("phenomenon", "expected", "text"), CASES, ids=[f"{c[0]}: {c[2][:60]}" for c in CASES]
)
def test_a_pair_is_told_apart(extractor: Extractor, phenomenon: str, expected: str, text: str) -> None:
    slots = next(extractor.extract([Article("x", text, None, PUBLISHED)]))
    assert shown(slots, expected) == expected
