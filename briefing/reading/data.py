"""The schema of the language data in `english/`.

`briefing.slots.loading` reads it together with what a desk lays over it.  zones.yaml is also read by itself,
by stages that have no rules of a desk; calendar.yaml and people.yaml (pronouns.py) only so.
What is read is frozen and can be sent to another process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from briefing.rule_files import PatternText, Strict, read_rules
from briefing.types import ZoneKind

ENGLISH_DATA = Path(__file__).parent / "english"


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [word for word in words if word != word.lower() or word != word.strip() or not word]
    if wrong:
        raise ValueError(f"expected lower-case words without space around them, got {wrong}")
    return words


Words = Annotated[tuple[str, ...], AfterValidator(_lower)]
Names = tuple[str, ...]
Patterns = tuple[PatternText, ...]
PatternsOf = dict[ZoneKind, Patterns]


class MoodWords(Strict):
    """moods.yaml: the words that turn an assertion into something else."""

    urging: Words
    discussing: Words
    hoping: Words
    believing: Words
    denying: Words
    hearsay: Words
    meeting: Words
    praising: Words
    obliging: Words
    earlier: Words
    deciding: Words
    several: Words
    attendees: Words
    people: Words
    sides: Words
    counts: Words
    governments: Words
    acting_for: Words


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
    shared_bodies: Names


class Organisations(Strict):
    """organisations.yaml."""

    known: dict[str, Names]
    part_of: dict[str, str]
    heads: Words
    things: Words
    nameless: Words
    of_the_state: Words
    outlets: Names


class Offices(Strict):
    """offices.yaml."""

    heads: Words
    honorifics: Words
    parts: Words
    portfolios: Words
    not_names: Words
    past: Words
    ranks: Words
    national: Words
    abbreviations: dict[str, str]
    of_one_state: dict[str, Words]
    unknown_in: dict[str, Words]
    of_a_region: Words
    of_a_body: Words
    local: Words
    private: Words
    legislators: Words
    parliaments: dict[str, str]
    parliament_of: dict[str, str]
    portfolio: dict[str, Words]
    heads_of_state: Words


class Speech(Strict):
    """speech.yaml."""

    verbs: Words
    voiced: Words
    prepositions: Words
    unnamed: Words
    outsiders: Words
    documents: Words
    relaying: Words


class House(Strict):
    """Where a house or room is."""

    city: str
    state: str


class Events(Strict):
    """events.yaml."""

    meeting_verbs: Words
    meeting_nouns: Words
    event_nouns: Words
    happenings: Words
    remote: Words
    almost: Words
    place_verbs: Words
    local: Words
    not_at: Words
    parts_of_a_place: Words
    kinds_of_region: Words
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


class People(Strict):
    """people.yaml: nouns for people, how they are addressed, and verbs for what only people do."""

    singular: Words
    plural: Words
    titles: Words
    male: Words
    female: Words
    his: Words
    hers: Words
    things: Words
    deeds: Words


class Holiday(Strict):
    """A day with a name: a day of a month, so many days from an Easter, or the nth of a weekday."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    weekday: int = Field(default=0, ge=0, le=6)
    nth: int | None = Field(default=None, ge=-1, le=4)
    easter: int | None = None
    eastern: int | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Holiday:
        kinds = (
            self.month is not None and self.day is not None,
            self.month is not None and self.nth is not None,
            self.easter is not None,
            self.eastern is not None,
        )
        if sum(kinds) != 1:
            raise ValueError("give a month and a day, a month, weekday and nth, or the days from an Easter")
        return self


class Calendar(Strict):
    """calendar.yaml: what phrases of time are made of."""

    months: tuple[Words, ...] = Field(min_length=12, max_length=12)
    weekdays: tuple[Words, ...] = Field(min_length=7, max_length=7)
    ambiguous_months: Words
    verbs: Words
    numbers: dict[str, int]
    ordinals: Words = Field(min_length=31, max_length=31)
    vague: Words
    units: dict[str, tuple[int, Literal["hour", "day", "week", "month", "year"]]]
    parts_of_day: Words
    parts: Words
    steps: dict[str, int]
    steps_from: dict[str, int]
    seasons: dict[str, int]
    decades: dict[str, int]
    not_one: Words
    before_months: Words
    before_years: Words
    determiners: Words
    plurals: Words
    after_hours: Words
    numbered: Words
    ranks: Words
    verbs_to_come: Words
    planning: Words
    deferring: Words
    carrying: Words
    after_holidays: Words
    holidays: dict[str, Holiday]


class ZoneWords(Strict):
    """zones.yaml."""

    agencies: Patterns
    outlets: Patterns
    cities: Words
    labels: Words
    slugs: Patterns
    slugs_after: Patterns
    documents: Patterns
    months: dict[str, int]
    particles: Words
    clock: Patterns
    written_by: Words
    to_readers: Patterns
    openers: Words
    jobs: Words
    opening: PatternsOf
    whole: PatternsOf
    lines: PatternsOf
    pointers: Patterns
    lists: Patterns
    tails: Patterns
    bracketed: PatternsOf
    closing: PatternsOf
    author: Patterns
    author_more: Patterns


class Language(Strict):
    """All that is known of the language: word lists with names, one field for each file in `english/`."""

    moods: MoodWords
    states: States
    organisations: Organisations
    offices: Offices
    speech: Speech
    events: Events
    languages: Languages
    zones: ZoneWords


@cache
def load_people() -> People:
    """What ships as people.yaml."""
    return read_rules(ENGLISH_DATA / "people.yaml", People)


@cache
def load_zone_words() -> ZoneWords:
    """What ships as zones.yaml, for stages that only need to know what is body."""
    return read_rules(ENGLISH_DATA / "zones.yaml", ZoneWords)
