"""Why a value is there and another is not: what the readers note down when they are asked to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from briefing.types import Evidence

Slot = Literal["who", "where", "agreed", "outlook"]


@dataclass(frozen=True)
class Note:
    """A rule that was considered for a slot at `evidence`.

    `made` says that it made the value; `why` what decided.  One place may have several notes.
    """

    slot: Slot
    rule: str
    evidence: Evidence
    made: bool
    why: str


@dataclass
class Notes:
    """Collects notes; where `on` is false it drops them, and nothing is written out for them."""

    on: bool = True
    notes: list[Note] = field(default_factory=list)

    def add(self, slot: Slot, rule: str, evidence: Evidence, *, made: bool, why: str) -> None:
        """Notes what became of a rule."""
        if self.on:
            self.notes.append(Note(slot, rule, evidence, made, why))
