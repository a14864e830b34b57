"""Rules as data: YAML files beside the code, held to a schema when they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from briefing.errors import SettingsError
from briefing.strict_yaml import load_shipped_yaml


class Strict(BaseModel):
    """Base of the schemas: what they do not know is refused, and what was read never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __hash__(self) -> int:
        # Some hold dicts.  A cache of what is made from them keeps one or two: identity tells those apart.
        return hash(type(self))


_T = TypeVar("_T", bound=Strict)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


# A regular expression kept as text, because it becomes a part of a larger one.
PatternText = Annotated[str, AfterValidator(_compiles)]


def read_rules(path: Path, schema: type[_T]) -> _T:
    """The rules of a file that ships.  Raises SettingsError that names the file and every mistake in it."""
    values: Any = load_shipped_yaml(path.read_text(encoding="utf-8"))
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        mistakes = [f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SettingsError(f"{path} cannot be used:\n" + "\n".join(mistakes), "Mend these lines.") from None
