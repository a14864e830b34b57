"""What a sentence needs of those before it: minimal pairs, one leaning and one standing alone."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.reading import ArticleReader
from briefing.reading.standing import Needs, needs_of
from briefing.slots import load_rules
from briefing.types import Article

READER = ArticleReader(load_rules())
LEAD = "Norwegian Foreign Minister Ida Lund opened talks on fish with Chile in Oslo on Monday. "


def needs(*texts: str) -> list[tuple[Needs, ...]]:
    articles = [Article(str(n), text, None, dt.date(2024, 3, 11)) for n, text in enumerate(texts)]
    return [
        needs_of(article, reading) for article, reading in zip(articles, READER.read(articles), strict=True)
    ]


@pytest.mark.parametrize(
    ("leaning", "alone"),
    [
        ("She praised the sailors of Bergen.", "Jon Vik praised the sailors of Bergen."),
        ("Lund praised the sailors of Bergen.", "Ida Lund praised the sailors of Bergen."),
        ("In a note, Lund praised the sailors.", "In a note, Minister Lund praised the sailors."),
        ("The talks will last three days.", "The government will last three days."),
        ("This decision was welcomed by farmers.", "This year was welcomed by farmers."),
        ("But Peru stayed away.", "Peru stayed away."),
        ("Two days later Peru withdrew its fleet.", "Peru withdrew its fleet."),
        ("The decision was welcomed by farmers.", "The decision to buy boats was welcomed by farmers."),
        (
            "\"Nobody won,\" he told a newspaper in Lima.",
            "\"Nobody won,\" Jon Vik told a newspaper in Lima.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_takes_something_up_needs_what_it_takes_up(leaning: str, alone: str) -> None:
    (_, one), (_, other) = needs(LEAD + leaning, LEAD + alone)
    assert one.never is None
    assert one.unmet([]) == frozenset({0})
    assert one.unmet([0]) is None
    assert other.nothing


def test_a_pronoun_needs_the_sentence_that_says_whom_it_means_right_before_it() -> None:
    text = LEAD + "Chilean Minister Rosa Lima spoke next. She praised the sailors."
    ((_, _, last),) = needs(text)
    assert last.unmet([0]) == frozenset({1})
    assert last.unmet([1, 0]) == frozenset({1})
    assert last.unmet([0, 1]) is None


def test_what_is_told_in_the_first_person_or_of_a_place_not_named_is_never_told() -> None:
    own, quoted, here, there = needs(
        "We welcome our neighbours to Oslo for talks on fish.",
        "\"We welcome our neighbours to Oslo for talks on fish,\" Ida Lund said.",
        "Ida Lund left Lima. Rosa Lima arrived here for talks on fish.",
        "OSLO, March 11 (Reuters) -- Rosa Lima arrived here for talks on fish.",
    )  # fmt: skip
    assert own[0].never
    assert here[1].never
    assert quoted[0].nothing
    assert there[0].nothing


def test_a_lead_may_point_forward_but_not_back() -> None:
    back, forward = needs(
        "She arrived in Oslo on Monday for talks on fish.",
        "In her first speech, Foreign Minister Ida Lund promised talks on fish.",
    )
    assert back[0].never
    assert forward[0].nothing
