"""How sure a value of a slot is: named facts, the weight of each, and the bound that it must reach.

The rules propose; this ranks and refuses.  The weights are fitted on annotated articles by `python -m
training.slots`, a file for each slot, which can be read: what speaks for a value has a weight above nought.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from briefing.rule_files import Strict, read_rules

WEIGHTS = Path(__file__).parent / "weights"


class Weights(Strict):
    """What each fact adds or takes, what all start from, and how sure a value must be."""

    bound: float
    start: float
    weights: dict[str, float]

    def sure(self, facts: Mapping[str, float]) -> float:
        """How sure it is, from 0 to 1, that a value with these facts is right."""
        total = self.start + sum(self.weights.get(name, 0.0) * value for name, value in facts.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def why(self, facts: Mapping[str, float]) -> str:
        """How sure it is and must be, and the three facts that say most for or against it."""
        said = {name: self.weights.get(name, 0.0) * value for name, value in facts.items()}
        strongest = sorted(said, key=lambda one: -abs(said[one]))[:3]
        told = ", ".join(f"{name} {said[name]:+.1f}" for name in strongest)
        return f"{self.sure(facts):.2f} sure, needs {self.bound} ({told})"


def load_weights(slot: str) -> Weights:
    """The weights of a slot, as fitted."""
    return read_rules(WEIGHTS / f"{slot}.yaml", Weights)
