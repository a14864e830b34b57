"""What a newsroom does is no act of anybody's; what is in another language is left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.slots import Extractor, load_rules
from briefing.types import Article, Slots


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def read(extractor: Extractor, text: str) -> Slots:
    return next(extractor.extract([Article("x", text, "At the pass", dt.date(2024, 5, 6))]))


def test_we_of_a_reporter_agrees_to_nothing(extractor: Extractor) -> None:
    slots = read(
        extractor,
        "We agreed with the rangers to stay in the car. Minister Ida Holm said Norway will close the pass "
        "on Friday. We will continue to follow the story.",
    )
    assert [(one.status, one.speaker) for one in slots.agreed] == [("pledged", "Ida Holm")]


def test_an_outlet_is_no_party(extractor: Extractor) -> None:
    slots = read(extractor, "The Guardian has agreed to withhold the name of the guide.")
    assert not slots.agreed


def test_a_bystander_pledges_for_nobody(extractor: Extractor) -> None:
    slots = read(extractor, 'Soldiers came at dawn. "I will not leave," a shepherd told reporters.')
    assert not slots.agreed


@pytest.mark.parametrize(
    ("who", "status"), [("Minister Ada Finch", ["pledged"]), ("The BBC's Ada Finch", [])]
)
def test_what_a_reporter_says_that_others_will_do_is_no_pledge(
    extractor: Extractor, who: str, status: list[str]
) -> None:
    slots = read(extractor, f"{who} says Norway will close the pass on Friday.")
    assert [one.status for one in slots.agreed] == status
    assert [(one.kind, one.speaker) for one in slots.outlook] == [("scheduled", "Ada Finch")]


def test_what_a_correspondent_understands_is_somebodys_word(extractor: Extractor) -> None:
    slots = read(extractor, "Our correspondent understands that Norway has offered to send guides.")
    assert [(one.status, one.parties, one.attribution) for one in slots.agreed] == [
        ("proposed", ("Norway",), "unnamed")
    ]


def test_we_of_a_statement_is_who_makes_it(extractor: Extractor) -> None:
    slots = read(extractor, "We are committed to a peaceful solution.")
    assert [one.status for one in slots.agreed] == ["reaffirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "Schweden will den Pakt mit Peru im Juni unterschreiben.",
        "El gobierno de Chile va a firmar el acuerdo con Kenia en mayo.",
    ],
)
def test_one_sentence_in_another_language_is_left_alone(extractor: Extractor, text: str) -> None:
    slots = read(extractor, text)
    assert not slots.agreed
    assert not slots.outlook
    assert "another language" in slots.warnings[0]
