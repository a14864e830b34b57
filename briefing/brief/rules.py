"""The rule files of this stage, checked when they are read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from briefing.rule_files import Strict, read_rules
from briefing.types import Prospect, Status

_HERE = Path(__file__).parent


def _compiled(pattern: object) -> re.Pattern[str]:
    if not isinstance(pattern, str):
        raise ValueError("expected a regular expression")
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None


def _any_of(patterns: object) -> re.Pattern[str]:
    if not isinstance(patterns, list):
        raise ValueError("expected a list of regular expressions")
    for pattern in patterns:
        _compiled(pattern)
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _words(patterns: object) -> re.Pattern[str]:
    return _compiled(rf"\b(?:{_any_of(patterns).pattern})(?!\w)")


# Regular expressions that ignore case: one; a list of which any may match; the same as whole words.
Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
AnyOf = Annotated[re.Pattern[str], BeforeValidator(_any_of)]
Points = Annotated[float, Field(allow_inf_nan=False)]
Words = Annotated[re.Pattern[str], BeforeValidator(_words)]


class RegionRules(Strict):
    """regions.yaml."""

    continents: dict[str, str]
    regions: dict[str, tuple[str, ...]]


class MeetingForm(Strict):
    """The words of a form of meeting, and the more general forms that a report may also call it.

    `verbs` says where those stand who are met.
    """

    verbs: dict[str, frozenset[str]]
    nouns: frozenset[str]
    general: tuple[str, ...] = Field(alias="is")


class TopicRules(Strict):
    """Where topics begin and end."""

    own: Words
    beside: Words
    later: AnyOf
    end: AnyOf
    apart: Words
    whole: Words


class MeetingRules(Strict):
    """meetings.yaml."""

    forms: dict[str, MeetingForm]
    journey: str
    beside_noun: frozenset[str]
    by_means: frozenset[str]
    means: dict[str, str]
    only_planned: frozenset[str]
    naming: frozenset[str]
    separately: frozenset[str]
    plural: frozenset[str]
    holding: frozenset[str]
    including: frozenset[str]
    carrying: frozenset[str]
    planning: frozenset[str]
    due: frozenset[str]
    called_off: frozenset[str]
    around: frozenset[str]
    apart: frozenset[str]
    ahead: frozenset[str]
    people: frozenset[str]
    inner: frozenset[str]
    topics: TopicRules


class ForwardRules(Strict):
    """forward.yaml."""

    firm: tuple[Prospect, ...]
    called_off: Words
    denial: Pattern
    small_words: tuple[str, ...]


class Weights(Strict):
    """Points that lift a story; briefing.toml may set each of them (settings.RankingSettings)."""

    independent_source: Points
    independent_sources_most: Points
    country: Points
    topic: Points
    person: Points


class RankingRules(Strict):
    """ranking.yaml."""

    weights: Weights
    offices: dict[Literal["leader", "minister"], Words]


class SubjectRules(Strict):
    """subjects.yaml."""

    headings: dict[str, str]
    subjects: dict[str, tuple[str, ...]]


class ValueRules(Strict):
    """value.yaml: what each fact adds, and the sums from which a story is told, or not left out."""

    told: Points
    listed: Points
    start: Points
    weights: dict[str, Points]


class ValueWords(Strict):
    """value_words.yaml."""

    classes: dict[str, Words]


class GradingRules(Strict):
    """grading.yaml."""

    agencies: tuple[str, ...]
    same_agency: dict[str, str]
    official_domains: dict[str, tuple[str, ...]]
    official_labels: tuple[str, ...]
    official_names: dict[str, tuple[str, ...]]


class WordingRules(Strict):
    """wording.yaml."""

    small: str
    acts: str
    common: str
    negations: str
    opposites: tuple[tuple[str, str], ...]


class StateRules(Strict):
    """state.yaml."""

    order: tuple[Status, ...]
    new: tuple[Status, ...]
    views: AnyOf
    past: AnyOf
    refusing: Words
    denying: Words
    planned: tuple[Prospect, ...]
    corrected: Words
    rising: Words


class LedgerRules(Strict):
    """ledger.yaml."""

    opens: tuple[Status, ...]
    binding: tuple[Status, ...]
    meeting: Pattern
    toward: tuple[str, ...]
    not_toward: tuple[str, ...]
    deadline: tuple[str, ...]


class TellingRules(Strict):
    """telling.yaml."""

    needs_purpose: frozenset[str]
    gatherings: frozenset[str]


@cache
def telling_rules() -> TellingRules:
    """The rules of telling.yaml."""
    return read_rules(_HERE / "telling.yaml", TellingRules)


@cache
def region_rules() -> RegionRules:
    """The rules of regions.yaml."""
    return read_rules(_HERE / "regions.yaml", RegionRules)


@cache
def meeting_rules() -> MeetingRules:
    """The rules of meetings.yaml."""
    return read_rules(_HERE / "meetings.yaml", MeetingRules)


@cache
def forward_rules() -> ForwardRules:
    """The rules of forward.yaml."""
    return read_rules(_HERE / "forward.yaml", ForwardRules)


@cache
def ranking_rules() -> RankingRules:
    """The rules of ranking.yaml."""
    return read_rules(_HERE / "ranking.yaml", RankingRules)


@cache
def subject_rules() -> SubjectRules:
    """The rules of subjects.yaml."""
    return read_rules(_HERE / "subjects.yaml", SubjectRules)


@cache
def value_rules() -> ValueRules:
    """The rules of value.yaml."""
    return read_rules(_HERE / "value.yaml", ValueRules)


@cache
def value_words() -> dict[str, re.Pattern[str]]:
    """The words of value_words.yaml, by their class."""
    return read_rules(_HERE / "value_words.yaml", ValueWords).classes


@cache
def grading_rules() -> GradingRules:
    """The rules of grading.yaml."""
    return read_rules(_HERE / "grading.yaml", GradingRules)


@cache
def wording_rules() -> WordingRules:
    """The rules of wording.yaml."""
    return read_rules(_HERE / "wording.yaml", WordingRules)


@cache
def state_rules() -> StateRules:
    """The rules of state.yaml."""
    return read_rules(_HERE / "state.yaml", StateRules)


@cache
def ledger_rules() -> LedgerRules:
    """The rules of ledger.yaml."""
    return read_rules(_HERE / "ledger.yaml", LedgerRules)
