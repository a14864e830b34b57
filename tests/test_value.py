"""The news value of a story: its facts, and what they are worth."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from briefing.brief.rules import subject_rules, value_rules, value_words
from briefing.brief.subjects import Subjects
from briefing.brief.value import about, facts_of, rank_of, shares, worth
from briefing.cluster import profile_of
from briefing.reading import ArticleReader
from briefing.slots import SlotReader, load_rules
from briefing.types import Article, Selector

DAY = dt.date(2022, 11, 16)
TREATY = Article(
    "a",
    "NAIROBI -- Kenya's foreign minister Ann Otieno met her Norwegian counterpart Kari Berg in Nairobi on "
    "Wednesday, and the two ministers signed an agreement on fisheries. They will meet in Oslo in March.",
    "Kenya and Norway sign fisheries agreement",
    DAY,
)
MATCH = Article(
    "b",
    "The home team beat the visitors 3-1 in the final of the cup on Wednesday. The coach praised his "
    "striker, who scored twice before the break. The league goes on at the weekend.",
    "Striker scores twice as home team wins cup final",
    DAY,
)


def facts(article: Article, selector: Selector) -> dict[str, float]:
    rules = load_rules()
    (reading,) = ArticleReader(rules).read([article])
    meaning = profile_of(article, reading, selector).meaning
    likeness = Subjects(selector, subject_rules().subjects).likeness(meaning)
    return {**facts_of(article, reading, SlotReader(rules).read(article, reading)), **about(likeness)}


def test_a_treaty_is_told_and_a_match_is_left_out_as_sport(selector: Selector) -> None:
    treaty, match = worth(facts(TREATY, selector)), worth(facts(MATCH, selector))
    assert treaty.told
    assert treaty.dropped is None
    assert not match.told
    assert match.dropped == "sport"
    assert any(reason == "about sport" and points < 0 for points, reason in match.parts)


def test_the_facts_of_an_article_say_who_acts_and_where(selector: Selector) -> None:
    found = facts(TREATY, selector)
    assert found["several states or bodies in the opening"] == 1
    assert found["a minister acts"] == 1
    assert found["no state or body"] == 0
    assert facts(MATCH, selector)["no state or body"] == 1


def test_what_an_article_is_about_adds_up_to_one() -> None:
    found = shares({"sport": 0.5, "markets": 0.1, "culture": 0.3})
    assert sum(found.values()) == pytest.approx(1)
    assert found["sport"] > found["culture"] > found["markets"]
    assert shares({}) == {}


def test_what_says_nothing_is_like_no_subject(selector: Selector) -> None:
    width = selector.encode(["A treaty."]).shape[1]
    assert Subjects(selector, subject_rules().subjects).likeness(np.zeros(width, np.float32)) == {}


@pytest.mark.parametrize(
    ("role", "rank"),
    [
        ("President", "leader"),
        ("Foreign Minister", "minister"),
        ("adviser to the President", "minister"),
        ("former President", None),
        ("coach", None),
    ],
)
def test_an_office_has_its_rank(role: str, rank: str | None) -> None:
    assert rank_of(role) == rank


def test_every_weight_is_that_of_a_fact_that_is_read(selector: Selector) -> None:
    assert set(value_rules().weights) <= set(facts(TREATY, selector))


def test_every_heading_is_that_of_a_subject_and_no_class_of_words_is_empty() -> None:
    assert set(subject_rules().headings) < set(subject_rules().subjects)
    assert not any(words.search("") for words in value_words().values())
