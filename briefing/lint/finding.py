"""What a house rule found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`where` in the brief, the `rule` that was broken, by what, and what to do about it."""

    where: str
    rule: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.what}. {self.remedy}"
