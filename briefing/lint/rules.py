"""The rule files of this stage, checked when they are read; each rule brings examples that hold it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from briefing.errors import SettingsError
from briefing.strict_yaml import load_yaml

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


class Band(_Strict):
    """One of the seven bands of ICD 203; a term without a pattern is matched as it stands."""

    per_cent: tuple[int, int]
    first: str
    second: str
    first_pattern: Pattern | None = None
    second_pattern: Pattern | None = None


class Wording(_Strict):
    """A pattern, with sentences that it finds something in and sentences that it does not."""

    pattern: Pattern
    flags: tuple[str, ...]
    passes: tuple[str, ...]


class Outside(Wording):
    """Words outside the scale, and what to write instead."""

    remedy: str


class LikelihoodRules(_Strict):
    """likelihood.yaml."""

    bands: tuple[Band, ...]
    outside: tuple[Outside, ...]
    confidence: Wording


class FieldRules(_Strict):
    """fields.yaml."""

    padding: Wording


def _read(name: str, schema: type[_T]) -> _T:
    path = Path(__file__).with_name(name)
    values: Any = load_yaml(path.read_text(encoding="utf-8"))
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        mistakes = [f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SettingsError(f"{path} cannot be used:\n" + "\n".join(mistakes), "Mend these lines.") from None


@cache
def likelihood_rules() -> LikelihoodRules:
    """The rules of likelihood.yaml."""
    return _read("likelihood.yaml", LikelihoodRules)


@cache
def field_rules() -> FieldRules:
    """The rules of fields.yaml."""
    return _read("fields.yaml", FieldRules)
