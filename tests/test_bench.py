from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.compare import compare, quality
from bench.load import Day, growth, measure
from bench.material import read_material, sample
from bench.measure import BenchError, Run, run
from bench.methods import METHODS, OURS, Method
from bench.page import table
from bench.variations import vary
from evals.documents import Document


def runs(*speeds: float, load: float = 2.0, peak: int = 500_000_000) -> list[Run]:
    return [Run(load, 10 / speed, peak, ("",) * 10) for speed in speeds]


def documents(*lengths: int) -> list[Document]:
    return [Document(str(n), "x" * length, None, {}) for n, length in enumerate(lengths)]


def test_speed_is_held_against_ours_in_the_same_round() -> None:
    # The machine is half as fast in the last round, for both.
    rows = compare({OURS: runs(20, 20, 10), "first": runs(200, 200, 100)}, {}, METHODS)
    assert [row.ratio_of["speed"] for row in rows] == pytest.approx([1.0, 10.0])
    assert rows[1].speed.low == pytest.approx(100)


def test_a_method_that_missed_a_round_is_refused() -> None:
    with pytest.raises(ValueError, match=r"zip\(\)"):
        compare({OURS: runs(20, 20), "first": runs(200)}, {}, METHODS)


def test_quality_is_held_against_ours_on_the_same_documents() -> None:
    ours = {"a": (50.0, 20.0, 40.0), "b": (10.0, 2.0, 8.0)}
    found = quality({"a": (40.0, 10.0, 30.0)}, ours)
    assert (found.ratio, found.rouge, found.documents) == (0.8, (40.0, 10.0, 30.0), 1)


def test_the_table_opens_each_cell_with_the_ratio_and_scores_no_random_text() -> None:
    rouge = {"readouts": {OURS: {"a": (50.0, 20.0, 40.0)}}}
    rows = compare({OURS: runs(20), "distilbart": runs(0.2, load=8, peak=2_000_000_000)}, rouge, METHODS)
    lines = table(rows, ["readouts"]).splitlines()
    assert lines[2] == "| briefing | 1.00 (50.0 / 20.0 / 40.0) | 1 (20) | 1 (2) | 1 (500) | 10 |"
    assert lines[3] == "| distilbart-cnn-12-6, shape only | – | 0.01 (0.2) | 4 (8) | 4 (2,000) | 10 |"


@given(st.lists(st.integers(0, 500), max_size=60), st.integers(1, 20))
def test_a_sample_keeps_order_and_takes_no_document_twice(lengths: list[int], most: int) -> None:
    numbers = [int(one.id) for one in sample(documents(*lengths), most)]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == min(most, len(lengths))


def test_a_sample_is_as_long_as_the_whole() -> None:
    whole = documents(*(n * n for n in range(100)))
    mean = sum(len(one.text) for one in whole) / 100
    few = sample(whole, 10)
    assert sum(len(one.text) for one in few) / 10 == pytest.approx(mean, rel=0.02)


def test_what_ships_can_be_measured_and_no_article_twice() -> None:
    material = read_material(None)
    assert all(one.references for one in material.scored["readouts"])
    texts = [one.text for one in material.timed]
    assert len(texts) == len(set(texts)) > len(material.scored["readouts"])


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="too little to measure"):
        read_material(tmp_path)


def test_a_method_runs_in_a_process_of_its_own() -> None:
    some = read_material(None, scored=2).scored["readouts"]
    made = run(METHODS["first"], some)
    assert [len(summary.split(". ")) > 1 for summary in made.summaries] == [True, True]
    assert made.load > 0
    assert made.peak > 1_000_000


def test_a_method_that_fails_is_named() -> None:
    with pytest.raises(BenchError, match="no such"):
        run(Method("nothing", "no such method", "nothing"), read_material(None, scored=1).scored["readouts"])


def test_variations_are_other_events_of_the_same_size_and_shape() -> None:
    row = {
        "title": "Kos meets Weiss in Graz",
        "date": "2022-11-15",
        "source": "one",
        "text": "Kos met Weiss in Graz. Kos said 12 trains wait. Weiss left Graz. Kos and Weiss go.",
    }
    first = Document("a", row["text"], row["title"], {**row, "id": "a"}, event="freight")
    second = Document("b", row["text"], row["title"], {**row, "id": "b"}, event="freight")
    made = vary([first, second], 6)
    events = {event: [one for one in made if one.event == event] for event in {one.event for one in made}}
    assert sorted(len(articles) for articles in events.values()) == [2, 2, 2]
    assert len({one.id for one in made}) == 6
    for articles in events.values():
        assert len({one.text for one in articles}) == 1  # one event keeps one set of names
        assert articles[0].article["date"] == articles[1].article["date"]
    others = [articles[0] for event, articles in events.items() if event != "freight"]
    assert all("12" not in other.text and other.article["date"] > row["date"] for other in others)
    assert vary([first, second], 6) == made


def test_growth_is_time_per_article_against_the_smallest_day() -> None:
    days = [Day(1000, 100.0, 200.0, 10.0, 1, 1, 0), Day(10000, 1100.0, 1900.0, 100.0, 1, 1, 0)]
    assert growth(days) == {"growth": 1.1, "growth_cpu": 0.95, "growth_again": 1.0}
    assert growth(days[:1]) == {}


def test_a_small_day_is_measured_whole() -> None:
    articles = read_material(None).timed[:3]
    day = measure(articles)
    assert day.articles == day.stories + day.reprints == 3
    assert day.cpu > 0
    assert day.peak > 0
