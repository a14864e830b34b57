"""The rules of reprints.yaml, checked when they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from briefing.errors import SettingsError
from briefing.strict_yaml import load_yaml

_FILE = Path(__file__).with_name("reprints.yaml")


class _File(BaseModel):
    """reprints.yaml, as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agencies: tuple[str, ...]
    time: str
    boilerplate: tuple[str, ...]
    light: frozenset[str]


@dataclass(frozen=True)
class ReprintRules:
    """reprints.yaml, ready to match.

    `agency` finds the name of an agency; `frame` matches a whole sentence or line that is none of the text's
    own; `credit` finds an agency in brackets, `told` one to which somebody spoke; `light` words, in lower
    case, come and go in copying.
    """

    agency: re.Pattern[str]
    frame: re.Pattern[str]
    credit: re.Pattern[str]
    told: re.Pattern[str]
    light: frozenset[str]


@cache
def reprint_rules() -> ReprintRules:
    """The rules of reprints.yaml.  Raises SettingsError that says what is wrong in it."""
    values: Any = load_yaml(_FILE.read_text(encoding="utf-8"))
    try:
        file = _File.model_validate(values)
        agency = rf"(?:{'|'.join(file.agencies)})"
        frames = [p.replace("{agency}", agency).replace("{time}", file.time) for p in file.boilerplate]
        return ReprintRules(
            agency=_pattern(rf"\b{agency}\b"),
            frame=_pattern(rf"\W*(?:{'|'.join(f'(?:{frame})' for frame in frames)})\W*"),
            credit=_pattern(rf"\s*\((?:the )?{agency}(?:[/, &]+{agency})*+\)"),
            told=_pattern(rf"(?<=\btold )(?:the )?{agency}\b"),
            light=file.light,
        )
    except ValidationError as error:
        mistakes = [f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SettingsError(f"{_FILE} cannot be used:\n" + "\n".join(mistakes), "Mend these lines.") from None
    except re.error as error:
        raise SettingsError(f"{_FILE}: not a regular expression: {error}", "Mend that line.") from None


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
