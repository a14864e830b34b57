"""Why a value is there and another is not: what the readers note down when they are asked to."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.types import Evidence, Note, Slot


@dataclass
class Notes:
    """Collects notes; where `on` is false it drops them, and nothing is written out for them."""

    on: bool = True
    notes: list[Note] = field(default_factory=list)

    def add(self, slot: Slot, rule: str, evidence: Evidence, *, made: bool, why: str) -> None:
        """Notes what became of a rule."""
        if self.on:
            self.notes.append(Note(slot, rule, evidence, made, why))
