"""Holds figures against the floors in floors.yaml, and refuses a drop.

A floor holds for one exact state of its data, named by its digest: on other data the same figure means
something else, so a changed file refuses as well.  Data that is not there is skipped, and that is said.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import ConfigDict, Field, TypeAdapter

from evals.documents import digest_of

FLOORS = Path(__file__).with_name("floors.yaml")
SHIPPED = Path(__file__).with_name("data")

Measure = Callable[[Sequence[str]], Mapping[str, Any]]
"""Gives the figures that a command of `python -m evals` prints."""


@dataclass(frozen=True)
class Check:
    """One command and the floors of what it prints.

    `run` is a command of `python -m evals` with its arguments, `data` the digest of each file among them;
    FOLDER among them stands for the folder that has the last of these files.
    `at_least` and `at_most` bound figures by their path in the output: "gain.rouge1.mean".
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: str
    run: Annotated[list[str], Field(min_length=1)]
    recorded: dt.date
    data: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]]
    at_least: dict[str, float] = field(default_factory=dict)
    at_most: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What became of one figure, or of a whole check."""

    outcome: Literal["holds", "REFUSED", "skipped"]
    check: str
    said: str

    def __str__(self) -> str:
        return f"{self.outcome:8} {self.check}: {self.said}"


def load_checks(path: Path = FLOORS) -> list[Check]:
    """The checks on record.  Raises pydantic.ValidationError with every mistake in the file."""
    return TypeAdapter(list[Check]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def printed(arguments: Sequence[str]) -> Mapping[str, Any]:
    """What `python -m evals ARGUMENTS` prints, from a process of its own, as users run it.

    Raises subprocess.CalledProcessError: it could not measure.
    """
    made = subprocess.run(
        [sys.executable, "-m", "evals", *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(made.stdout)
    return figures


def hold(checks: Sequence[Check], folders: Sequence[Path], measure: Measure = printed) -> Iterator[Verdict]:
    """The verdict on each figure, as soon as it is there.  Data is looked for in `folders`, in order."""
    for check in checks:
        places = {name: _find(name, folders) for name in check.data}
        absent = [name for name, place in places.items() if place is None]
        if absent:
            yield Verdict("skipped", check.name, f"{', '.join(absent)} is not here (--data FOLDER)")
            continue
        found = {name: place for name, place in places.items() if place is not None}
        changed = [name for name, place in found.items() if digest_of(place) != check.data[name]]
        if changed:
            yield Verdict(
                "REFUSED", check.name, f"{', '.join(changed)} is not the data that the floors hold for"
            )
            continue
        if found:
            name, place = list(found.items())[-1]
            found["FOLDER"] = place.parents[len(Path(name).parts) - 1]
        yield from judge(check, measure([str(found.get(word, word)) for word in check.run]))


def judge(check: Check, figures: Mapping[str, Any]) -> Iterator[Verdict]:
    """Holds each figure of a check against its bound."""
    bounds = [(path, floor, "floor") for path, floor in check.at_least.items()]
    bounds += [(path, ceiling, "ceiling") for path, ceiling in check.at_most.items()]
    for path, bound, kind in bounds:
        value = _figure(figures, path)
        if value is None:
            yield Verdict("REFUSED", check.name, f"{path} is not measured; its {kind} is {bound:g}")
            continue
        holds = value >= bound if kind == "floor" else value <= bound
        yield Verdict("holds" if holds else "REFUSED", check.name, f"{path} {value:g}, {kind} {bound:g}")


def _find(name: str, folders: Sequence[Path]) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _figure(figures: Mapping[str, Any], path: str) -> float | None:
    value: Any = figures
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return float(value) if isinstance(value, int | float) else None
