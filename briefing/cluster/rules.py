"""The rules of reprints.yaml, checked when they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefing.errors import SettingsError
from briefing.rule_files import Strict, read_rules

_FILE = Path(__file__).with_name("reprints.yaml")


class _File(Strict):
    """reprints.yaml, as it is written."""

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
    file = read_rules(_FILE, _File)
    try:
        agency = rf"(?:{'|'.join(file.agencies)})"
        frames = [p.replace("{agency}", agency).replace("{time}", file.time) for p in file.boilerplate]
        return ReprintRules(
            agency=_pattern(rf"\b{agency}\b"),
            frame=_pattern(rf"\W*(?:{'|'.join(f'(?:{frame})' for frame in frames)})\W*"),
            credit=_pattern(rf"\s*\((?:the )?{agency}(?:[/, &]+{agency})*+\)"),
            told=_pattern(rf"(?<=\btold )(?:the )?{agency}\b"),
            light=file.light,
        )
    except re.error as error:
        raise SettingsError(f"{_FILE}: not a regular expression: {error}", "Mend that line.") from None


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
