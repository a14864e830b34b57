"""The rule files of this stage, checked when they are read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from briefing.errors import SettingsError
from briefing.strict_yaml import load_yaml
from briefing.types import Status

_T = TypeVar("_T", bound=BaseModel)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RegionRules(_Strict):
    """regions.yaml."""

    continents: dict[str, str]
    regions: dict[str, tuple[str, ...]]


class MeetingRules(_Strict):
    """meetings.yaml."""

    formats: dict[str, Pattern]
    planned: Pattern
    not_held: Pattern
    until: Pattern


class RankingRules(_Strict):
    """ranking.yaml."""

    independent_source: float
    independent_sources_most: float
    two_sides: float
    more_sides: float
    more_sides_most: float
    status: dict[Status, float]
    office: dict[Pattern, float]
    dated_event: float


class GradingRules(_Strict):
    """grading.yaml."""

    agencies: tuple[str, ...]
    same_agency: dict[str, str]
    official_domains: dict[str, tuple[str, ...]]
    official_labels: tuple[str, ...]
    official_names: dict[str, tuple[str, ...]]


def _read(name: str, schema: type[_T]) -> _T:
    path = Path(__file__).with_name(name)
    values: Any = load_yaml(path.read_text(encoding="utf-8"))
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        mistakes = [f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SettingsError(f"{path} cannot be used:\n" + "\n".join(mistakes), "Mend these lines.") from None


@cache
def region_rules() -> RegionRules:
    """The rules of regions.yaml."""
    return _read("regions.yaml", RegionRules)


@cache
def meeting_rules() -> MeetingRules:
    """The rules of meetings.yaml."""
    return _read("meetings.yaml", MeetingRules)


@cache
def ranking_rules() -> RankingRules:
    """The rules of ranking.yaml."""
    return _read("ranking.yaml", RankingRules)


@cache
def grading_rules() -> GradingRules:
    """The rules of grading.yaml."""
    return _read("grading.yaml", GradingRules)
