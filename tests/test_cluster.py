from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from briefing.cluster import SIMILARITY, cluster
from briefing.types import Article


def article(title: str, day: int = 15) -> Article:
    return Article(id=title, text=title, title=title, date=dt.date(2022, 11, day))


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


def test_nothing_in_gives_nothing_out() -> None:
    assert cluster([], np.zeros((0, 2), dtype=np.float32)) == []
