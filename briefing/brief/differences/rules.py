"""The rule files beside this module, checked when they are read."""

from __future__ import annotations

import re
from functools import cache, cached_property
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


# A part of a larger expression: kept as text.
Pattern = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hedges(_Strict):
    """What stands around a number that is not exact."""

    floor: Pattern
    ceiling: Pattern
    near: Pattern
    floor_after: Pattern
    near_after: Pattern
    range: Pattern
    between: Pattern


class Language(_Strict):
    """language.yaml."""

    hedges: Hedges
    currencies: dict[str, tuple[str, ...]]
    measures: dict[str, dict[str, float]]
    scales: frozenset[str]
    negators: frozenset[str]
    negating: tuple[str, ...]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    fillers: frozenset[str]
    irregular: dict[str, str]
    titles: frozenset[str]
    no_names: frozenset[str]
    openers: frozenset[str]
    locative: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]

    @cached_property
    def currency_of(self) -> dict[str, str]:
        """What each spelling of a currency stands for."""
        return {one.lower(): unit for unit, spellings in self.currencies.items() for one in spellings}

    @cached_property
    def unit_of(self) -> dict[str, tuple[str, float]]:
        """The unit that each spelling is brought to, and by which factor."""
        return {
            spelling: (unit, factor)
            for unit, spellings in self.measures.items()
            for spelling, factor in spellings.items()
        }

    @cached_property
    def alias_of(self) -> dict[str, int]:
        """A number for each name that has others: the same for all of them."""
        return {
            " ".join(word for word in name.split() if word not in self.fillers) or name: n
            for n, names in enumerate(self.aliases)
            for name in names
        }

    @cached_property
    def single_negating(self) -> frozenset[str]:
        """The verbs and adjectives among the words that deny what follows."""
        return frozenset(word for word in self.negating if " " not in word)


class Measure(_Strict):
    """How reports give one quantity: the text around the number.

    `scoped` says that the noun beside the number tells of whom it is.
    """

    before: Pattern | None = None
    after: Pattern | None = None
    object: Pattern | None = None
    scoped: bool = True


class Measures(_Strict):
    """measures.yaml."""

    measures: dict[str, Measure]
    everybody: frozenset[str]
    added: Pattern
    elsewhere: Pattern
    opening: int


def _read(name: str, schema: type[_T]) -> _T:
    path = Path(__file__).with_name(name)
    values: Any = load_yaml(path.read_text(encoding="utf-8"))
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        mistakes = [f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SettingsError(f"{path} cannot be used:\n" + "\n".join(mistakes), "Mend these lines.") from None


@cache
def language() -> Language:
    """The rules of language.yaml."""
    return _read("language.yaml", Language)


@cache
def measures() -> Measures:
    """The rules of measures.yaml."""
    return _read("measures.yaml", Measures)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the rules; letters of either case match."""
    return re.compile(pattern, re.IGNORECASE)
