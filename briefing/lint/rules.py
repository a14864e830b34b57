"""The rule files of this stage, checked when they are read; each rule brings examples that hold it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.rule_files import PatternText, Strict, read_rules

_HERE = Path(__file__).parent


class Band(Strict):
    """One of the seven bands of ICD 203; a term without a pattern is matched as it stands."""

    per_cent: tuple[int, int]
    first: str
    second: str
    first_pattern: PatternText | None = None
    second_pattern: PatternText | None = None


class Wording(Strict):
    """A pattern, with sentences that it finds something in and sentences that it does not."""

    pattern: PatternText
    flags: tuple[str, ...]
    passes: tuple[str, ...]


class Outside(Wording):
    """Words outside the scale, and what to write instead."""

    remedy: str


class LikelihoodRules(Strict):
    """likelihood.yaml."""

    bands: tuple[Band, ...]
    outside: tuple[Outside, ...]
    confidence: Wording


class FieldRules(Strict):
    """fields.yaml."""

    padding: Wording


@cache
def likelihood_rules() -> LikelihoodRules:
    """The rules of likelihood.yaml."""
    return read_rules(_HERE / "likelihood.yaml", LikelihoodRules)


@cache
def field_rules() -> FieldRules:
    """The rules of fields.yaml."""
    return read_rules(_HERE / "fields.yaml", FieldRules)
