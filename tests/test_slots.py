"""The slots as a whole: who and where, evidence that quotes its source, and texts out of the ordinary."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.slots import Extractor, load_rules
from briefing.types import Agreed, Article, Evidence, Outlook, Slots, Where, Who

READOUTS = [
    Article(row["id"], row["text"], row["title"], dt.date.fromisoformat(row["date"]), source=row["source"])
    for row in map(
        json.loads,
        (Path(__file__).parent / "data" / "slots_readouts.jsonl").read_text(encoding="utf-8").splitlines(),
    )
]
DECREE = "Readout of President Ana Costa’s Meeting with President Jonas Berg of Norway"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def read(
    extractor: Extractor,
    text: str,
    title: str | None = None,
    date: dt.date | None = None,
    source: str | None = None,
) -> Slots:
    return next(extractor.extract([Article("x", text, title, date, source=source)]))


def evidence(slots: Slots) -> Iterator[Evidence]:
    """Every evidence of every value."""
    values: Iterator[Who | Where | Agreed | Outlook]
    values = itertools.chain(slots.who, slots.where, slots.agreed, slots.outlook)
    for value in values:
        assert value.evidence
        assert value.rule
        yield from value.evidence


def assert_quotes(article: Article, slots: Slots) -> None:
    for one in evidence(slots):
        text = article.title or "" if one.field == "title" else article.text
        assert one.start < one.end
        assert one.quote == text[one.start : one.end]


@pytest.mark.parametrize("article", READOUTS, ids=[article.id[:60] for article in READOUTS])
def test_every_value_quotes_its_source(extractor: Extractor, article: Article) -> None:
    slots = next(extractor.extract([article]))
    assert slots.who
    assert_quotes(article, slots)


@pytest.mark.parametrize("article", READOUTS[:6], ids=[article.id[:60] for article in READOUTS[:6]])
def test_offsets_hold_with_astral_characters_and_combining_marks(
    extractor: Extractor, article: Article
) -> None:
    text = "🕊️ e\u0301 \U0001f1f3\U0001f1f4\n" + article.text.replace("e", "e\u0301", 5).replace(". ", ". 💬 ")
    changed = Article("x", text, article.title, article.date)
    assert_quotes(changed, next(extractor.extract([changed])))


@given(text=st.text(alphabet="Kenya agred.\n\"“” '’💥\u0301\u2028IwillUS(),-İß", max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_offsets(extractor: Extractor, text: str) -> None:
    article = Article("x", text, "Kenya will agree")
    assert_quotes(article, next(extractor.extract([article])))


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "—", "\ufeff", "a", "* * *"])
def test_a_text_without_words_has_no_values(extractor: Extractor, text: str) -> None:
    assert read(extractor, text) == Slots()


def test_articles_come_back_in_order(extractor: Extractor) -> None:
    together = list(extractor.extract(READOUTS))
    alone = [next(extractor.extract([article])) for article in READOUTS]
    assert together == alone


def test_a_very_long_text_is_read_to_its_end(extractor: Extractor) -> None:
    filler = "The weather stayed dry and the harvest was brought in. " * 800
    text = f"Kenya agreed to reopen the border.\n{filler}\nKenya rejected the second plan."
    statuses = [value.status for value in read(extractor, text).agreed]
    assert len(text) > 40_000
    assert statuses == ["agreed", "refused"]


def test_a_text_read_in_parts_keeps_its_offsets(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Article("x", "Kenya agreed to the plan.\n" * 40, "Kenya agrees")
    whole = read(extractor, article.text, article.title)
    monkeypatch.setattr("briefing.reading.PART_CHARS", 300)
    parted = read(extractor, article.text, article.title)
    assert_quotes(article, parted)
    assert parted.agreed == whole.agreed
    assert len(parted.agreed) == 40


def test_an_endless_line_is_read(extractor: Extractor) -> None:
    article = Article("x", "row " * 6000 + "Kenya agreed to reopen the border.")
    assert_quotes(article, next(extractor.extract([article])))


def test_what_only_the_title_holds_says_so(extractor: Extractor) -> None:
    slots = read(extractor, "More follows.", "Kenya and Uganda signed a treaty on water")
    assert [value.status for value in slots.agreed] == ["signed"]
    assert slots.agreed[0].evidence[0].field == "title"
    assert {one.name for one in slots.who} == {"Kenya", "Uganda"}


def test_an_unrelated_paragraph_at_the_end_changes_no_statement(extractor: Extractor) -> None:
    for article in READOUTS:
        longer = Article(
            article.id,
            article.text + "\n\nThe museum opens at ten.",
            article.title,
            article.date,
            source=article.source,
        )
        before, after = extractor.extract([article, longer])
        assert before == after


class TestWho:
    def test_office_and_side_come_from_the_text(self, extractor: Extractor) -> None:
        slots = read(
            extractor, "Kenyan Foreign Minister Amina Odhiambo met President Jonas Berg of Norway in Oslo."
        )
        assert {(one.name, one.role, one.side) for one in slots.who if one.kind == "person"} == {
            ("Amina Odhiambo", "Kenyan Foreign Minister", "Kenya"),
            ("Jonas Berg", "President of Norway", "Norway"),
        }

    def test_mentions_are_merged_under_the_fullest_name(self, extractor: Extractor) -> None:
        slots = read(
            extractor, "Mr Berg met reporters. President Jonas Berg said Norway agreed. Berg left Oslo."
        )
        assert [one.name for one in slots.who if one.kind == "person"] == ["Jonas Berg"]

    def test_an_apposition_gives_the_office(self, extractor: Extractor) -> None:
        slots = read(extractor, "Amina Odhiambo, the Kenyan foreign minister, said talks would resume.")
        person = next(one for one in slots.who if one.kind == "person")
        assert (person.role, person.side) == ("Kenyan foreign minister", "Kenya")

    def test_a_former_office_speaks_for_nobody(self, extractor: Extractor) -> None:
        slots = read(extractor, "Former Kenyan president Amina Odhiambo said talks would resume.")
        person = next(one for one in slots.who if one.kind == "person")
        assert (person.name, person.side) == ("Amina Odhiambo", None)

    def test_a_capital_that_acts_is_its_state(self, extractor: Extractor) -> None:
        slots = read(extractor, "Beijing rejected the plan. Nairobi said it would study it.")
        assert {(one.name, one.kind) for one in slots.who} == {("China", "state"), ("Kenya", "state")}

    def test_the_issuer_of_a_readout_is_its_officials_side(self, extractor: Extractor) -> None:
        article = Article(
            "x",
            "President Ana Costa met today with President Jonas Berg of Norway. They agreed to meet again.",
            DECREE,
            source="Government of Portugal",
        )
        slots = next(extractor.extract([article]))
        assert {(one.name, one.side) for one in slots.who if one.kind == "person"} == {
            ("Ana Costa", "Portugal"),
            ("Jonas Berg", "Norway"),
        }
        assert slots.agreed[0].parties == ("Ana Costa", "Jonas Berg")

    def test_the_reporting_outlet_is_no_actor(self, extractor: Extractor) -> None:
        slots = read(extractor, "Kenya rejected the plan, Reuters reported. CNN said talks went on.")
        assert [one.name for one in slots.who] == ["Kenya"]

    def test_who_restates_a_state_s_commitment_speaks_for_it(self, extractor: Extractor) -> None:
        text = (
            "Foreign Secretary Amina Odhiambo met the envoy. "
            "Foreign Secretary Odhiambo reiterated Kenya's commitment to peace."
        )
        person = next(one for one in read(extractor, text).who if one.name == "Amina Odhiambo")
        assert person.side == "Kenya"


PLACES = [
    ("The two ministers met in Nairobi on Tuesday.", "Nairobi", "Kenya", "stated"),
    ("OSLO -- The two ministers signed a treaty.", "Oslo", "Norway", "dateline"),
    ("OSLO, March 3 (Reuters) - The two ministers signed a treaty.", "Oslo", "Norway", "dateline"),
    ("The pact was signed at a summit in the Peruvian city of Cuzco.", "Cuzco", "Peru", "stated"),
    ("The delegation visited Honiara, Solomon Islands.", "Honiara", "Solomon Islands", "stated"),
    ("The President hosted the prime minister at the White House.", "White House", "United States", "stated"),
]


@pytest.mark.parametrize(("text", "place", "country", "basis"), PLACES, ids=[text for text, *_ in PLACES])
def test_the_place_of_the_event(
    extractor: Extractor, text: str, place: str, country: str, basis: str
) -> None:
    assert [(one.place, one.country, one.basis) for one in read(extractor, text).where] == [
        (place, country, basis)
    ]


NO_PLACES = [
    "The two ministers spoke by phone about the summit in Nairobi.",
    "They discussed the talks held in Oslo last month.",
    "The ministers, who met in Oslo in 2015, spoke again.",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_places_that_are_only_talked_about_are_left_out(extractor: Extractor, text: str) -> None:
    assert read(extractor, text).where == ()


def test_the_place_of_a_guest_who_arrived_here_is_the_host_s(extractor: Extractor) -> None:
    text = (
        "US envoy John Miller arrived here on Thursday and held talks with Foreign Secretary Amina Odhiambo. "
        "Foreign Secretary Odhiambo reiterated Kenya's commitment to the talks held in Doha last month."
    )
    assert [(one.country, one.basis) for one in read(extractor, text).where] == [("Kenya", "inferred")]


def test_an_office_goes_to_the_name_that_it_stands_before(extractor: Extractor) -> None:
    slots = read(
        extractor,
        "Marta Keller, President Jonas Berg and Prime Minister Ana Costa met in Oslo to discuss fisheries.",
        "Readout of the Trilateral Meeting of Prime Minister Ana Costa of Portugal and President Berg",
    )
    offices = {who.name: who.role for who in slots.who}
    assert offices["Jonas Berg"] == "President"
    assert offices["Ana Costa"] in ("Prime Minister", "Prime Minister of Portugal")
    assert offices.get("Marta Keller") is None


@pytest.mark.parametrize(
    ("text", "place", "country", "basis"),
    [
        (
            "ANKARA, Nov. 3 (Xinhua) -- Turkish police arrested four men in Istanbul on Friday.",
            "Istanbul",
            "Turkey",
            "stated",
        ),
        (
            "Germany on Monday banned the airline. German officials said this was for security. The ban "
            "takes effect at once. The airline did not comment.",
            "Germany",
            "Germany",
            "inferred",
        ),
        (
            "A small plane crashed in Ghana on Sunday, killing a family of four from Norway. It had taken "
            "off near Kumasi. Rescuers reached the wreck in the evening. The airline did not comment. The "
            "family lived in Bergen.",
            "Ghana",
            "Ghana",
            "stated",
        ),
        (
            "Two trams collided in Lisbon on Friday and eleven people were hurt. Police closed the street. A "
            "tourist from Sweden broke an arm. The mayor asked for a report.",
            "Lisbon",
            "Portugal",
            "stated",
        ),
    ],
)
def test_the_place_of_the_event_and_not_of_others(
    extractor: Extractor, text: str, place: str, country: str, basis: str
) -> None:
    assert [(one.place, one.country, one.basis) for one in read(extractor, text).where] == [
        (place, country, basis)
    ]


def test_a_readout_named_after_a_house_took_place_there(extractor: Extractor) -> None:
    slots = read(
        extractor,
        "Yesterday, Ana Costa, Assistant to the President, convened mayors to discuss housing.",
        "Readout of White House Convening on Housing",
    )
    assert [(one.place, one.country) for one in slots.where] == [("White House", "United States")]


def test_a_state_that_says_where_a_place_lies_is_no_actor(extractor: Extractor) -> None:
    slots = read(
        extractor, "President Jonas Berg met Prime Minister Ana Costa of Portugal in Bali, Indonesia."
    )
    assert "Indonesia" not in {who.name for who in slots.who}
    assert [(where.place, where.country) for where in slots.where] == [("Bali", "Indonesia")]


@pytest.mark.parametrize("city", ["Hamilton", "Valencia"])
def test_a_city_that_may_lie_in_several_states_gets_none(extractor: Extractor, city: str) -> None:
    slots = read(extractor, f"The two foreign ministers met in {city} on Tuesday.")
    assert all(where.country is None for where in slots.where)


def test_a_name_shared_with_a_small_capital_stands_for_no_state(extractor: Extractor) -> None:
    slots = read(extractor, "Lewis Hamilton won in Brazil. Hamilton said that he was happy with the race.")
    assert "Bermuda" not in {who.side for who in slots.who} | {where.country for where in slots.where}


def test_the_capital_of_a_state_that_is_named_is_meant(extractor: Extractor) -> None:
    slots = read(
        extractor, "Costa Rica and the United States met in San Jose, Costa Rica's capital, on Monday."
    )
    assert [(where.place, where.country) for where in slots.where] == [("San Jose", "Costa Rica")]


def test_a_readout_of_a_journey_tells_of_other_places_too(extractor: Extractor) -> None:
    slots = read(
        extractor,
        "Following the talks in Vienna on May 2, she directed her adviser, Dr. Ana Costa, to travel to "
        "Norway. Dr. Costa will visit Reykjavik on May 9.",
        title="Readout of National Security Advisor to the Vice President Ana Costa’s Trip to Norway",
        source="White House",
    )
    assert [where.place for where in slots.where] == ["Norway"]
    assert {who.name: who.side for who in slots.who}["Ana Costa"] == "United States"


def test_importing_the_slots_wakes_neither_spacy_nor_torch() -> None:
    code = "import sys, briefing.slots; print(sorted({'spacy', 'torch', 'transformers'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Secretary Ana Costa of the United States met fishermen in Lima.", ("Lima", "Peru")),
        ("Secretary Ana Costa of the United States met fishermen in Paris.", ("Paris", "France")),
        ("Secretary Ana Costa of the United States met fishermen in Geneva.", ("Geneva", "Switzerland")),
        ("Secretary Ana Costa of Lebanon met Lebanese fishermen in Tripoli.", ("Tripoli", "Lebanon")),
        ("The rocket lifted off at 12:30 UTC. Secretary Ana Costa met fishermen.", None),
        ("They praised the Investing in America agenda. Secretary Ana Costa met fishermen.", None),
    ],
)
def test_a_city_is_the_one_that_is_meant(
    extractor: Extractor, text: str, place: tuple[str, str] | None
) -> None:
    found = read(extractor, text).where
    assert [(where.place, where.country) for where in found] == ([place] if place else [])
