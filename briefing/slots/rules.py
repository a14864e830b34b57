"""The schema of the rules and word lists of the slots; `loading.py` reads them.

What is read is frozen and can be sent to another process.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from briefing.rule_files import Strict
from briefing.types import Prospect, Status

Mood = Literal[
    "negated",
    "future",
    "possible",
    "obliged",
    "conditional",
    "urged",
    "discussed",
    "hoped",
    "believed",
    "denied",
    "earlier",
    "relative",
    "asked",
    "purpose",
    "unreal",
    "praised",
]


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [word for word in words if word != word.lower() or word != word.strip() or not word]
    if wrong:
        raise ValueError(f"expected lower-case words without space around them, got {wrong}")
    return words


Words = Annotated[tuple[str, ...], AfterValidator(_lower)]
Names = tuple[str, ...]


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
    tags: Names = ()
    negated: bool = False
    reported: bool = False
    by_itself: bool = False
    clause_modals: Words = ()
    not_below: Words = ()
    time: Literal["future"] | None = None

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


class MoodWords(Strict):
    """moods.yaml: the words that turn an assertion into something else."""

    urging: Words
    discussing: Words
    hoping: Words
    believing: Words
    denying: Words
    meeting: Words
    praising: Words
    obliging: Words
    earlier: Words
    deciding: Words
    groups: Words


class States(Strict):
    """states.yaml."""

    adjectives: dict[str, Names]
    aliases: dict[str, Names]
    styles: Names
    renamed: dict[str, str]
    areas: Names
    needs_full_name: Names
    regions: dict[str, Names]
    metonyms: dict[str, Names]
    bodies: dict[str, Names]


class Organisations(Strict):
    """organisations.yaml."""

    known: dict[str, Names]
    part_of: dict[str, str]
    heads: Words
    things: Words
    outlets: Names


class Offices(Strict):
    """offices.yaml."""

    heads: Words
    honorifics: Words
    parts: Words
    portfolios: Words
    not_names: Words
    past: Words
    abbreviations: dict[str, str]
    of_one_state: dict[str, Words]
    unknown_in: dict[str, Words]
    of_a_region: Words
    of_a_body: Words
    legislators: Words
    parliaments: dict[str, str]
    parliament_of: dict[str, str]
    portfolio: dict[str, Words]
    heads_of_state: Words


class Speech(Strict):
    """speech.yaml."""

    verbs: Words
    prepositions: Words
    unnamed: Words
    outsiders: Words
    documents: Words


class House(Strict):
    """Where a house or room is."""

    city: str
    state: str


class Events(Strict):
    """events.yaml."""

    meeting_verbs: Words
    meeting_nouns: Words
    remote: Words
    place_verbs: Words
    standing_for: Words
    houses: dict[str, House]
    seats: dict[str, House]


class Languages(Strict):
    """languages.yaml."""

    words: dict[str, Words]
    scripts: dict[str, str]

    @model_validator(mode="after")
    def _has_english(self) -> Languages:
        if "English" not in self.words:
            raise ValueError("words: English must be among them")
        return self


class Rules(Strict):
    """All rule files, checked.  `digest` is the hex sha256 of their bytes and of the model's version."""

    agreed: AgreedRules
    outlook: OutlookRules
    moods: MoodWords
    states: States
    organisations: Organisations
    offices: Offices
    speech: Speech
    events: Events
    languages: Languages
    digest: str
