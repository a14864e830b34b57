from __future__ import annotations

import random
from typing import Any

from evals.disagreements import figures as disagreement_figures
from evals.documents import Document
from evals.reprints import changed, framed
from evals.reprints import figures as reprint_figures
from evals.scoring import clusters, slots
from evals.scoring.names import half_the_words, same_actor, same_name, same_place

TEXT = (
    "President Ana Ruiz met Kaz Oda in Lima. They agreed to open a port. Ruiz urged calm. Talks go on in May."
)
SENTENCES = ((0, 39), (40, 67), (68, 84), (85, 104))
DOCUMENT = Document(id="a", text=TEXT, title=None, article={}, sentences=SENTENCES)
GOLD = {
    "id": "a",
    "who": [
        {"name": "Ana Ruiz", "aliases": ["Ruiz"], "kind": "person", "role": "President", "side": "Peru"},
        {"name": "Kaz Oda", "kind": "person", "core": False},
    ],
    "where": [{"place": "Lima", "country": "Peru"}],
    "agreed": [{"sentence": 1, "status": "agreed"}],
    "outlook": [{"sentence": 3, "kind": "scheduled"}],
    "not_agreed_traps": [{"sentence": 2, "why": "urged"}],
}


def value(number: int, **fields: Any) -> dict[str, Any]:
    start, end = SENTENCES[number]
    return {"evidence": [{"start": start, "end": end, "quote": TEXT[start:end]}], **fields}


def perfect() -> dict[str, Any]:
    return {
        "who": [value(0, name="Ana Ruiz", role="President", side="Peru")],
        "where": [value(0, place="Lima", country="Peru")],
        "agreed": [value(1, status="agreed")],
        "outlook": [value(3, kind="scheduled")],
    }


def scored(row: dict[str, Any]) -> dict[str, Any]:
    return slots.figures([DOCUMENT], [GOLD], {"a": row})


def test_all_that_is_annotated_as_core_is_a_full_score() -> None:
    made = scored(perfect())
    assert made["mean_f1"] == 1.0
    assert [made[name] for name in ("side", "role", "city", "status", "kind")] == [1.0] * 5
    assert (made["traps"], made["invalid"], made["missing"]) == (0.0, 0, 0)


def test_a_trap_costs_precision_and_is_counted() -> None:
    row = perfect()
    row["agreed"].append(value(2, status="agreed"))
    made = scored(row)
    assert made["agreed"]["precision"] == 0.5
    assert made["traps"] == 1.0


def test_an_actor_named_twice_is_right_once() -> None:
    row = perfect()
    row["who"].append(value(2, name="Ruiz"))
    assert scored(row)["who"]["precision"] == 0.5


def test_a_value_without_true_evidence_is_invalid_and_counts_for_nothing() -> None:
    row = perfect()
    row["outlook"] = [value(3, kind="scheduled") | {"evidence": [{"start": 0, "end": 5, "quote": "Talks"}]}]
    made = scored(row)
    assert made["invalid"] == 1
    assert made["outlook"]["recall"] == 0.0


def test_a_document_without_output_is_missing_and_missed() -> None:
    made = slots.figures([DOCUMENT], [GOLD], {})
    assert made["missing"] == 1
    assert made["mean_f1"] == 0.0


def test_names_are_compared_as_a_reader_would() -> None:
    assert same_name("the U.S.", "United States of America")
    assert same_name("Türkiye’s", "Turkiye")
    assert not same_name("North Korea", "South Korea")
    assert not same_name(None, "")
    ruiz = {"name": "Ana Ruiz", "kind": "person"}
    assert same_actor({"name": "President Ruiz"}, ruiz)
    assert not same_actor({"name": "Luis Ruiz"}, ruiz)
    assert same_place({"place": "Cusco", "country": "Peru"}, {"place": "Lima", "country": "Peru"})
    assert half_the_words("Prime Minister", "Prime Minister of Peru")
    assert not half_the_words(None, "Envoy")


def story(*ids: str) -> dict[str, Any]:
    return {"articles": [{"id": one} for one in ids[:1]], "duplicates": [{"id": one} for one in ids[1:]]}


def test_stories_that_are_the_events_are_a_full_score() -> None:
    events = {"1": "x", "2": "x", "3": "y"}
    assert clusters.figures(events, [story("1", "2"), story("3")])["f1"] == 1.0


def test_an_article_in_no_story_stands_alone_and_is_missing() -> None:
    made = clusters.figures({"1": "x", "2": "x"}, [story("1")])
    assert made["missing"] == 1
    assert (made["precision"], made["recall"]) == (1.0, 0.5)


def test_pairs_of_reprints_differ_where_they_should() -> None:
    text = (
        "President Ana Ruiz met Prime Minister Kaz Oda in Lima on Monday, and they were glad of 3 ports. "
        "The ministry in Lima will publish the text, which has 40 pages, before Friday. "
    ) * 3
    chance = random.Random(1)  # noqa: S311 - nothing secret
    for kind, change in {**framed(), **changed(["Tokyo"])}.items():
        made = change(text, chance)
        assert made != text or kind in ("marks", "not dropped"), kind
    found = reprint_figures([Document("a", text, None, {})])
    assert found["framed"]["footer"] == {"pairs": 1, "taken": 1.0}
    assert found["changed"]["number"] == {"pairs": 1, "taken": 0.0}


def span(article: str, start: int, end: int) -> dict[str, Any]:
    return {"article": article, "start": start, "end": end}


def test_what_is_flagged_is_known_where_two_versions_stand_where_a_reader_s_do() -> None:
    read = [
        {"kind": "number", "sure": True, "versions": [span("a", 0, 20), span("b", 0, 20), span("c", 0, 20)]},
        {"kind": "date", "sure": True, "versions": [span("a", 30, 40), span("b", 30, 40)]},
        {"kind": "place", "sure": False, "versions": [span("a", 50, 60), span("b", 50, 60)]},
    ]

    def flagged(*spans: dict[str, Any]) -> dict[str, Any]:
        return {"versions": [{"value": "x", "evidence": [one]} for one in spans]}

    stories = [
        {"conflicts": [flagged(span("c", 10, 60), span("a", 10, 25))], "updates": []},
        {"conflicts": [flagged(span("a", 30, 40), span("b", 0, 20))], "updates": []},  # of two things
        {"conflicts": [], "updates": [flagged(span("a", 50, 60), span("b", 50, 60))]},
    ]
    assert disagreement_figures(read, stories) == {
        "read": 3,
        "sure": 2,
        "flagged": 3,
        "known": 2,
        "recall": 0.5,
        "kinds": {"date": {"sure": 1, "found": 0}, "number": {"sure": 1, "found": 1}},
    }
