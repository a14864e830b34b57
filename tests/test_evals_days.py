"""How the choice and the order of a brief are scored against a reader's."""

from __future__ import annotations

from typing import Any

import pytest

from evals.days import Day, figures, first_dull, means

DAY = Day("2022-11-16", (), {"a": 1, "b": 1, "c": 2, "d": 3}, {"a": 3, "b": 3, "c": 2, "d": 0})


def told(*ids: str, full: bool = True) -> dict[str, Any]:
    return {"articles": [{"id": one} for one in ids], "duplicates": [], "told": full}


def test_the_reader_s_own_choice_is_perfect() -> None:
    best = [told("a", "b"), told("c"), told("d", full=False)]
    assert figures(DAY, best) == {"ndcg10": pytest.approx(1), "lead": 1, "dull": 0, "lost": 0}


def test_what_is_dull_lost_or_told_twice_costs() -> None:
    found = figures(DAY, [told("d"), told("a"), told("b"), told("c", full=False)])
    assert found["dull"] == pytest.approx(1 / 3)
    assert found["lost"] == pytest.approx(1 / 2)
    assert found["ndcg10"] is not None
    assert found["ndcg10"] < 0.7


def test_a_day_without_a_leading_story_does_not_count_for_it() -> None:
    dull = Day("2022-11-17", (), {"a": 1}, {"a": 0})
    rows = [figures(dull, [told("a")]), figures(DAY, [told("a", "b"), told("c")])]
    assert rows[0]["lead"] is None
    assert means(rows)["lead"] == 1


def test_the_first_dull_story_is_one_of_which_a_desk_wants_nothing() -> None:
    assert first_dull(DAY, [told("c"), told("d", "a"), told("d")]) == 3
    assert first_dull(DAY, [told("a"), told("c")]) is None
