"""The schema of the rules and word lists of the slots; `loading.py` reads them.

What is read is frozen and can be sent to another process.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from briefing.reading.data import Language, Words
from briefing.rule_files import Strict
from briefing.types import Form, Mood, Prospect, Status


class Pattern(Strict):
    """One way in which a sentence can state a thing: every field that is set must hold."""

    verbs: Words = ()
    nouns: Words = ()
    modals: Words = ()
    marks: Words = ()
    phrases: Words = ()
    not_verbs: Words = ()
    only_verbs: Words = ()
    voice: Literal["active", "passive"] | None = None
    objects: Words = ()
    not_objects: Words = ()
    complements: Words = ()
    subjects: Literal["any", "deciding", "thing"] = "any"
    subject_nouns: Words = ()
    not_subjects: Words = ()
    forms: tuple[Form, ...] = ()
    negated: bool = False
    reported: bool = False
    by_itself: bool = False
    clause_modals: Words = ()
    not_below: Words = ()
    time: Literal["future", "month", "day"] | None = None

    @model_validator(mode="after")
    def _has_trigger(self) -> Pattern:
        triggers = [name for name in ("verbs", "nouns", "modals", "marks", "phrases") if getattr(self, name)]
        if not triggers:
            raise ValueError("name what sets the rule off: verbs, nouns, modals, marks or phrases")
        return self

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The word lists as sets, for quick look-up."""
        return {
            name: frozenset(value)
            for name in type(self).model_fields
            if isinstance(value := getattr(self, name), tuple)
        }


class _StatementRule(Strict):
    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    moods: tuple[Mood, ...] | Literal["any"] = ()
    not_moods: tuple[Mood, ...] = ()
    match: tuple[Pattern, ...] = Field(min_length=1)
    unless: Words = ()
    finds: tuple[str, ...] = Field(min_length=1)
    ignores: tuple[str, ...] = Field(min_length=1)


class AgreedRule(_StatementRule):
    """A rule of agreed.yaml."""

    status: Status


class OutlookRule(_StatementRule):
    """A rule of outlook.yaml."""

    kind: Prospect


def _unique(rules: tuple[Any, ...]) -> tuple[Any, ...]:
    names = [rule.name for rule in rules]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"names used twice: {', '.join(twice)}")
    return rules


class AgreedRules(Strict):
    """agreed.yaml: the rules, and which status wins where several find one sentence."""

    order: tuple[Status, ...]
    rules: Annotated[tuple[AgreedRule, ...], AfterValidator(_unique)]


class OutlookRules(Strict):
    """outlook.yaml: the rules, and which kind wins where several find one sentence."""

    order: tuple[Prospect, ...]
    rules: Annotated[tuple[OutlookRule, ...], AfterValidator(_unique)]


class Rules(Language):
    """All rule files, checked.  `digest` is the hex sha256 of their bytes and of the model's version."""

    agreed: AgreedRules
    outlook: OutlookRules
    digest: str
