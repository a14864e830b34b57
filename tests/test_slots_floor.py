"""A floor under the slots as a whole: annotated readouts (CC0) and made-up news.

tests/data/slots_cases.jsonl: `who` maps each actor to its side, `where` lists places that are right,
`agreed` and `outlook` map the first words of a statement to its status or kind; what `…_may` lists is
neither asked for nor wrong.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from briefing.slots import Extractor, load_rules
from briefing.types import Agreed, Article, Outlook, Slots

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "slots_cases.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
Count = Counter[str]


def surname(name: str) -> str:
    return name.replace(",", "").removesuffix(" Jr.").split()[-1].lower()


def count_who(slots: Slots, case: dict[str, Any], count: Count) -> None:
    wanted = {surname(name): side for name, side in case["who"].items()}
    allowed = {surname(name) for name in case["who_may"]}
    for who in slots.who:
        key = surname(who.name)
        if key in wanted:
            count["who right"] += 1
            count["side"] += 1
            count["side right"] += who.side == wanted[key] if wanted[key] is not None else 1
        elif key not in allowed:
            count["who wrong"] += 1
    count["who missed"] += len(wanted.keys() - {surname(who.name) for who in slots.who})


def count_where(slots: Slots, case: dict[str, Any], count: Count) -> None:
    right = {(place, country) for place, country in case["where"]}
    found = {(where.place, where.country) for where in slots.where}
    count["where right"] += bool(found & right)
    count["where wrong"] += len(found - right)
    count["where missed"] += bool(right and not found & right)


def count_statements(
    slot: str, found: Iterable[Agreed | Outlook], case: dict[str, Any], count: Count
) -> None:
    wanted: dict[str, str] = case[slot]
    seen = set()
    for value in found:
        opening = next((words for words in wanted if value.text.startswith(words)), None)
        if opening is not None:
            seen.add(opening)
            count[f"{slot} right"] += 1
            label = value.status if isinstance(value, Agreed) else value.kind
            count[f"{slot} label"] += label == wanted[opening]
        elif not any(value.text.startswith(words) for words in case[f"{slot}_may"]):
            count[f"{slot} wrong"] += 1
    count[f"{slot} missed"] += len(wanted.keys() - seen)


@pytest.fixture(scope="module")
def count() -> Count:
    articles = [
        Article(
            case["id"],
            case["text"],
            case["title"],
            dt.date.fromisoformat(case["date"]),
            source=case["source"],
        )
        for case in CASES
    ]
    total: Count = Counter()
    for slots, case in zip(Extractor(load_rules()).extract(articles), CASES, strict=True):
        count_who(slots, case, total)
        count_where(slots, case, total)
        count_statements("agreed", slots.agreed, case, total)
        count_statements("outlook", slots.outlook, case, total)
    return total


@pytest.mark.parametrize(
    ("slot", "floor"), [("who", 0.85), ("where", 0.85), ("agreed", 0.85), ("outlook", 0.8)]
)
def test_each_slot_is_found(count: Count, slot: str, floor: float) -> None:
    right = count[f"{slot} right"]
    precision = right / (right + count[f"{slot} wrong"])
    recall = right / (right + count[f"{slot} missed"])
    assert 2 * precision * recall / (precision + recall) >= floor


def test_sides_statuses_and_kinds_are_right(count: Count) -> None:
    assert count["side right"] / count["side"] >= 0.85
    assert count["agreed label"] / count["agreed right"] >= 0.85
    assert count["outlook label"] / count["outlook right"] >= 0.8
