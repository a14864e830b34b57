from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cluster import SIMILARITY, cluster, event_vector
from briefing.types import Article, Selector

TITLES = (
    "Readout of President Biden’s Call with President Duda of Poland",
    "President Biden meets Prime Minister Meloni",
    "Readout of President Biden’s Meeting with President Xi",
    "What Bali changed",
    "Budget passed",
)


def article(title: str, day: int = 15) -> Article:
    return Article(id=title, text=title, title=title, date=dt.date(2022, 11, day))


def event(title: str, text: str, day: int) -> Article:
    return Article(id=title, text=text, title=title, date=dt.date(2022, 11, day))


def vectors(*angles: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Unit vectors in the plane; two differ by the cosine of the angle between them."""
    return np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)


APART = float(np.arccos(SIMILARITY)) + 0.05
CLOSE = float(np.arccos(SIMILARITY)) - 0.05


def test_close_articles_are_one_story_and_distant_ones_two() -> None:
    articles = [article("Earthquake strikes"), article("Quake toll rises"), article("Budget passed")]
    assert sorted(map(sorted, cluster(articles, vectors(0.0, 0.3, 3.0)))) == [[0, 1], [2]]


@pytest.mark.parametrize(("angle", "stories"), [(CLOSE, 1), (APART, 2)])
def test_the_threshold_decides(angle: float, stories: int) -> None:
    assert len(cluster([article("Quake"), article("Budget")], vectors(0.0, angle))) == stories


def test_meetings_with_different_people_stay_apart_however_alike_they_read() -> None:
    articles = [
        article("Readout of President Biden’s Call with President Duda of Poland"),
        article("Readout of President Biden’s Call with President Zelenskyy of Ukraine"),
    ]
    assert len(cluster(articles, vectors(0.0, 0.0))) == 2


def test_one_meeting_in_two_outlets_is_one_story_however_it_is_told() -> None:
    articles = [
        article("President Biden meets Prime Minister Meloni"),
        article("Readout of President Biden’s Meeting with Prime Minister Meloni"),
    ]
    assert len(cluster(articles, vectors(0.0, 2.0))) == 1


def test_the_same_people_on_another_day_meet_again() -> None:
    title = "Readout of President Biden’s Call with Prime Minister Netanyahu of Israel"
    assert len(cluster([article(title, 8), article(title, 10)], vectors(0.0, 0.0))) == 2


def test_a_report_that_names_no_meeting_joins_the_meeting_it_is_about() -> None:
    articles = [
        article("Readout of President Biden’s Meeting with President Xi"),
        article("What Bali changed"),
        article("Readout of President Biden’s Meeting with Prime Minister Meloni"),
    ]
    assert sorted(map(sorted, cluster(articles, vectors(0.0, 0.1, 0.5)))) == [[0, 1], [2]]


def test_the_lead_is_the_most_central_article() -> None:
    articles = [article("Quake"), article("Toll"), article("Aid")]
    assert cluster(articles, vectors(0.0, 0.4, 0.8)) == [[1, 0, 2]]


def test_every_article_is_in_exactly_one_story() -> None:
    generator = np.random.default_rng(7)
    rows = generator.normal(size=(300, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    groups = cluster([article(f"item {n}") for n in range(300)], rows)
    assert sorted(n for group in groups for n in group) == list(range(300))


def test_the_result_is_average_linkage() -> None:
    """No two stories are closer than the threshold, and each was worth merging."""
    generator = np.random.default_rng(11)
    rows = generator.normal(size=(120, 4)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    groups = cluster([article(f"item {n}") for n in range(120)], rows)
    means = [rows[group].mean(axis=0) for group in groups]
    between = [float(a @ b) for n, a in enumerate(means) for b in means[:n]]
    assert max(between) < SIMILARITY


def test_talk_of_a_meeting_in_a_headline_is_no_announcement() -> None:
    """Outlets tell one event with different names in the headline."""
    articles = [
        article("Israel, Hamas near deal after talks in Qatar"),
        article("Gaza truce within reach, mediators say before Cairo summit"),
    ]
    assert len(cluster(articles, vectors(0.0, 0.1))) == 1


@pytest.mark.parametrize(
    ("one", "other", "stories"),
    [
        ("Trump meets Kim in Singapore", "Trump meets Kim Jong Un for first talks", 1),
        ("Trump meets Kim in Singapore", "Trump meets Abe in Florida", 2),
        ("Zelensky hosts Duda in Kyiv", "Zelenskyy hosts Duda", 1),
        ("Xi receives Putin on eve of Games", "Putin meets Xi in Beijing", 1),
    ],
)
def test_headlines_announce_one_meeting_where_one_names_all_whom_the_other_names(
    one: str, other: str, stories: int
) -> None:
    assert len(cluster([article(one), article(other)], vectors(0.0, 0.0))) == stories


def test_a_press_office_reports_one_meeting_under_one_title() -> None:
    titles = [
        "Readout of President Biden’s Call with European Leaders",
        "Readout of President Biden’s Call with European Commission President von der Leyen",
    ]
    records = [replace(article(title), source="White House") for title in titles]
    assert len(cluster(records, vectors(0.0, 0.0))) == 2


def test_an_undated_report_is_of_the_only_meeting_that_fits_and_of_none_where_two_do() -> None:
    title = "Readout of President Biden’s Call with Prime Minister Netanyahu of Israel"
    undated = replace(article(title), date=None)
    assert len(cluster([article(title, 8), undated], vectors(0.0, 2.0))) == 1
    both = [article(title, 8), article(title, 12), undated]
    assert sorted(map(sorted, cluster(both, vectors(0.0, 2.0, 2.1)))) == [[0], [1, 2]]


ROWS = st.lists(st.tuples(st.sampled_from(TITLES), st.integers(8, 16), st.floats(0, 6)), max_size=14)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_decides_nothing(
    rows: list[tuple[str, int, float]], chance: random.Random
) -> None:
    articles = [
        replace(article(title, day), id=str(n), text=f"{title} {n}") for n, (title, day, _) in enumerate(rows)
    ]
    angles = vectors(*(angle for _, _, angle in rows)).reshape(-1, 2)
    mixed = chance.sample(range(len(rows)), len(rows))
    groups = cluster(articles, angles)
    again = [[mixed[n] for n in group] for group in cluster([articles[n] for n in mixed], angles[mixed])]
    assert sorted(map(sorted, again)) == sorted(map(sorted, groups))
    assert {group[0] for group in again} == {group[0] for group in groups}


@given(ROWS)
def test_meetings_of_different_parties_are_never_one_story(rows: list[tuple[str, int, float]]) -> None:
    articles = [article(title, day) for title, day, _ in rows]
    groups = cluster(articles, vectors(*(angle for *_, angle in rows)).reshape(-1, 2))
    assert sorted(n for group in groups for n in group) == list(range(len(rows)))
    for group in groups:
        partners = {name for n in group for name in ("Duda", "Meloni", "Xi") if name in rows[n][0]}
        assert len(partners) <= 1


def test_what_is_told_of_one_event_is_closer_than_the_next_event_of_the_crisis(selector: Selector) -> None:
    told = [
        event(
            "Six killed as ferry sinks off Lamu",
            "A ferry carrying 140 people sank off Lamu on Monday, killing six, the coast guard said. "
            "The Tausi went down within minutes after it struck a reef, survivors told reporters.",
            14,
        ),
        event(
            "Kenya ferry disaster: captain held",
            "Police in Lamu arrested the captain of the Tausi, which sank on Monday with 140 on board. "
            "Six bodies have been found since it struck a reef, the coast guard said.",
            15,
        ),
        event(
            "Ferry capsizes near Mombasa, two missing",
            "A ferry capsized in the harbour of Mombasa on Friday in strong wind, and two of the crew of the "
            "Likoni are missing. Forty passengers were pulled from the water by fishermen.",
            18,
        ),
    ]
    groups = cluster(told, np.stack([event_vector(one, selector) for one in told]))
    assert sorted(map(sorted, groups)) == [[0, 1], [2]]


def test_a_vector_depends_on_what_is_named_and_when(selector: Selector) -> None:
    text = "The minister opened a school in {} on Monday. It has room for 300 pupils, the mayor of {} said."
    here, there = text.format("Lamu", "Lamu"), text.format("Nakuru", "Nakuru")
    base = event_vector(event("School opens", here, 14), selector)
    assert float(base @ base) == pytest.approx(1.0, abs=1e-4)
    same = float(base @ event_vector(event("School opens", here, 14), selector))
    later = float(base @ event_vector(event("School opens", here, 24), selector))
    elsewhere = float(base @ event_vector(event("School opens", there, 14), selector))
    assert later < same
    assert elsewhere < same


def test_nothing_in_gives_nothing_out() -> None:
    assert cluster([], np.zeros((0, 2), dtype=np.float32)) == []
