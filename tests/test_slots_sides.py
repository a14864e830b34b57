"""For whom a person speaks, as far as the text says it, and no further."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.reading import ArticleReader
from briefing.slots import Extractor, load_rules
from briefing.types import Article

# ruff: noqa: E501  (a case a line reads best)
READOUT = "Readout of President Ana Costa’s Meeting with President Jonas Berg of Norway"

# name, side, text, title, source
SIDES = [
    ("Jonas Berg", "Norway", "The Norwegian ambassador was summoned. Ambassador Jonas Berg said he regretted the remark.", None, None),
    ("Juma Otieno", "Kenya", "Prime Minister Juma Otieno closed the port. Fishermen protested.", "Kenya PM closes port", None),
    ("John Miller", "United States", "Secretary of State John Miller met fishermen in Oslo.", None, None),
    ("Rosa Duarte", "Andean Bank", "Rosa Duarte, the former Chilean president who serves as head of the Andean Bank, met fishermen.", None, None),
    ("Ann Barlow", "Green Party", "Green Party leader Ann Barlow met fishermen in Bristol.", None, None),
    ("Ann Barlow", "Kenya Red Cross", "Ann Barlow, secretary of the Kenya Red Cross, met fishermen.", None, None),
    ("Rosa Duarte", None, "The Chilean singer Rosa Duarte met fishermen in Bristol.", None, None),
    ("Rosa Duarte", "Chile", "The Chilean ambassador Rosa Duarte met fishermen in Bristol.", None, None),
    ("Rosa Duarte", None, "Chilean opposition leader Rosa Duarte met fishermen in Bristol.", None, None),
    ("Jon Vik", None, "Greek Cypriot leader Jon Vik met fishermen in Bristol.", None, None),
    ("Jon Vik", "Cyprus", "Cypriot leader Jon Vik met fishermen in Bristol.", None, None),
    ("Carl Stone", "Texas", "Texas Governor Carl Stone met fishermen in Houston.", None, None),
    ("Juma Otieno", "Kenya", "NAIROBI (AP) - President Juma Otieno opened the port. Kenya had waited for it, and Kenyan fishermen cheered.", None, None),
    ("Eva Lind", "Norway", "President Costa met with Norwegian Foreign Minister Jonas Berg and Fisheries Minister Eva Lind.", READOUT, "Government of Portugal"),
    ("Ana Costa", "Portugal", "President Ana Costa met with President Jonas Berg of Norway.", READOUT, "Government of Portugal"),
    ("Eva Lind", "Norway", "President Costa met with Fisheries Minister Eva Lind.", "Readout of the U.S.-Norway Dialogue", "White House"),
    ("Armen Petrosian", "Armenia", "Jake Miller spoke with National Security Council Secretary Armen Petrosian of Armenia.", "Readout of a Call", "White House"),
]  # fmt: skip
# A readout of a meeting with others whose own administration is named beside it.
OWN = (
    "National Security Advisor Ana Lind met with Japanese National Security Advisor Taro Abe for the fourth "
    "meeting of the Berg-Diallo Administration. President Berg looks forward to it."
)

SEVERAL = (
    "National Security Advisor Ana Lind met with Japanese National Security Advisor Taro Abe and ROK National "
    "Security Advisor Cho Min. The National Security Advisors reviewed the plan. President Berg and President Han agreed."
)

# What the text leaves open stays open.
UNSAID = [
    ("Juma Otieno", "President Juma Otieno met fishermen. Norway and Chile sent observers."),
    ("Jonas Berg", "Former Norwegian president Jonas Berg met fishermen."),
    ("Eva Lind", "Eva Lind ordered it. The Russian President signed the paper. President Jonas Berg protested, Eva Lind said."),
    ("Jonas Berg", "Eva Lind ordered it. The Russian President signed the paper. President Jonas Berg protested."),
]  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def side_of(extractor: Extractor, name: str, article: Article) -> str | None:
    slots = next(extractor.extract([article]))
    return next(who.side for who in slots.who if who.name == name)


@pytest.mark.parametrize(
    ("name", "side", "text", "title", "source"), SIDES, ids=[f"{n}: {t[:40]}" for n, _, t, _, _ in SIDES]
)
def test_the_text_tells_the_side(
    extractor: Extractor, name: str, side: str, text: str, title: str | None, source: str | None
) -> None:
    assert side_of(extractor, name, Article("x", text, title, source=source)) == side


@pytest.mark.parametrize(("name", "text"), UNSAID, ids=[text[:50] for _, text in UNSAID])
def test_no_side_is_guessed(extractor: Extractor, name: str, text: str) -> None:
    assert side_of(extractor, name, Article("x", text)) is None


def test_who_gives_an_administration_its_name_is_not_the_one_received(extractor: Extractor) -> None:
    article = Article(
        "x",
        OWN,
        "Readout of Ana Lind’s Meeting with the National Security Advisor of Japan",
        source="White House",
    )
    assert side_of(extractor, "Berg", article) == "United States"


def test_ministers_of_several_states_are_no_body_and_no_state_has_two_presidents(
    extractor: Extractor,
) -> None:
    title = (
        "Readout of Ana Lind’s Meeting with the National Security Advisors of Japan and the Republic of Korea"
    )
    slots = next(extractor.extract([Article("x", SEVERAL, title, source="White House")]))
    told = {who.name: who.side for who in slots.who}
    assert "organisation" not in {who.kind for who in slots.who}
    assert (told["Taro Abe"], told["Cho Min"]) == ("Japan", "South Korea")
    assert (told.get("Berg"), told.get("Han")) == (None, None)


def test_an_assistant_to_the_president_is_no_president(extractor: Extractor) -> None:
    rows = map(json.loads, (Path(__file__).parent / "data" / "week.jsonl").read_text("utf-8").splitlines())
    row = next(row for row in rows if "civil-commission-on-october-7" in row["id"])
    article = Article(row["id"], row["text"], row["title"], source=row["source"])
    told = {who.name: (who.role, who.side) for who in next(extractor.extract([article])).who}
    assert told["Jennifer Klein"] == (
        "Assistant to the President and Director of the Gender Policy Council",
        "United States",
    )
    assert not any("Against" in name or "’s" in name for name in told)


def test_a_name_behind_a_portfolio_is_a_person_and_no_body(extractor: Extractor) -> None:
    text = (
        "She met with Secretary of the Interior Deb Haaland, Secretary of Homeland Security Ana Lind, "
        "Secretary of Commerce Rosa Duarte and Director of the National Economic Council Jon Berg."
    )
    slots = next(extractor.extract([Article("x", text, "Readout of a Meeting", source="White House")]))
    assert {who.name: who.role for who in slots.who} == {
        "Deb Haaland": "Secretary of the Interior",
        "Ana Lind": "Secretary of Homeland Security",
        "Rosa Duarte": "Secretary of Commerce",
        "Jon Berg": "Director of the National Economic Council",
    }
    none = ["The head of Agriculture Research Unit spoke.", "The head of the Turkish Red Crescent spoke."]
    for text in none:
        assert "person" not in {who.kind for who in next(extractor.extract([Article("x", text)])).who}
    slots = next(extractor.extract([Article("x", "She met with President of Finland Kai Aho.")]))
    assert [(who.name, who.role, who.side) for who in slots.who] == [
        ("Kai Aho", "President of Finland", "Finland")
    ]


def test_whom_the_title_names_is_there_however_many_others_are(extractor: Extractor) -> None:
    text = (
        "President Ana Lind met with President Jon Berg of Norway, President Kai Aho of Finland, President Leo Saar of "
        "Estonia and President Max Ozols of Latvia. Norway, Finland, Estonia and Latvia thanked her. Norway, Finland, "
        "Estonia and Latvia agreed to meet again. Norway, Finland, Estonia and Latvia welcomed it."
    )
    title = (
        "Readout of President Lind’s Meeting with President Berg of Norway, President Aho of Finland, "
        "President Saar of Estonia, and President Ozols of Latvia"
    )
    slots = next(extractor.extract([Article("x", text, title, source="White House")]))
    assert {who.name.split()[-1] for who in slots.who} >= {"Lind", "Berg", "Aho", "Saar", "Ozols"}


@pytest.mark.parametrize(
    ("further", "acts"), [("They discussed fishing.", False), ("Kenya agreed to open the port.", True)]
)
def test_a_state_named_in_an_office_acts_only_where_it_does_something(
    extractor: Extractor, further: str, acts: bool
) -> None:
    text = f"Ana Lind spoke with President Juma Otieno of Kenya. {further}"
    article = Article(
        "x", text, "Readout of Ana Lind’s Call with President Otieno of Kenya", source="White House"
    )
    assert ("Kenya" in {who.name for who in next(extractor.extract([article])).who}) is acts


def test_where_the_forebears_lived_is_no_side(extractor: Extractor) -> None:
    title = "Readout of Jon Lee’s Meeting with Cuban American Leaders"
    article = Article("x", "Jon Lee met with Cuban American leaders.", title, source="White House")
    assert "Cuba" not in {who.side for who in next(extractor.extract([article])).who}


def test_a_capital_that_is_a_word_stands_for_no_state(extractor: Extractor) -> None:
    text = "Black male advocates met with Secretary Ana Costa and agreed to continue the conversation."
    slots = next(extractor.extract([Article("x", text, "Readout of Meeting with Black Male Advocates")]))
    assert "Maldives" not in {who.side for who in slots.who}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rebels took Sake, which lies near Goma, the chief town of the province.", set()),
        ("The mayor praised Anna Lund, the chief doctor of the province.", {"Anna Lund"}),
        ("The link ends at Loc Ninh, a border town in the south.", set()),
        ("The talks were led by Loc Ninh, a border official in the south.", {"Loc Ninh"}),
    ],
)
def test_what_is_said_to_be_a_thing_is_no_person(text: str, named: set[str]) -> None:
    (reading,) = ArticleReader(load_rules()).read([Article("a", text)])
    assert {one.name for one in reading.entities if one.kind == "person"} == named
