"""The weights of a slot follow what the annotated articles say."""

from __future__ import annotations

import math

from training.slots import PLANS, fit

PLAN = PLANS["who"]


def sure(start: float, weights: dict[str, float], facts: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-(start + sum(weights.get(name, 0.0) * one for name, one in facts.items()))))


def test_a_fact_that_actors_have_speaks_for_one() -> None:
    told = {"acts": 1.0, "often": 2.0}
    named = {"acts": 0.0, "often": 2.0, "place": 1.0}
    start, weights = fit([(told, True)] * 300 + [(named, False)] * 300 + [(told, False)] * 20, PLAN)
    assert weights["acts"] > 0 > weights["place"]
    assert abs(weights["often"]) < 0.01
    assert sure(start, weights, told) > 0.7
    assert sure(start, weights, named) < 0.3


def test_what_few_have_says_nothing() -> None:
    examples = [({"acts": 1.0, "rare": float(n < 5)}, n % 2 == 0) for n in range(60)]
    assert "rare" not in fit(examples, PLAN)[1]


def test_the_same_articles_give_the_same_weights() -> None:
    examples = [({"acts": float(n % 3), "place": float(n % 2)}, n % 5 == 0) for n in range(200)]
    assert fit(examples, PLAN) == fit(examples, PLAN)
