"""What a text says that a person is: offices of several words, and what stands where none is told."""

from __future__ import annotations

import pytest

from briefing.slots import Extractor, load_rules
from briefing.types import Article, Who

# ruff: noqa: E501  (a case a line reads best)
# text, and name, role and side of each person
OFFICES = [
    (
        "Minister for Energy Rosa Duarte received Permanent Secretary in the Ministry of Justice Jonas Berg and Premier Kai Aho in Oslo.",
        {("Rosa Duarte", "Minister for Energy", None), ("Jonas Berg", "Permanent Secretary in the Ministry of Justice", None), ("Kai Aho", "Premier", None)},
    ),
    (
        "The Chairperson-in-Office of the African Union Juma Otieno met Special Envoy for the Balkans Max Ozols and H.E. Ms Ana Costa, Ambassador of Chile to Norway.",
        {("Juma Otieno", "Chairperson-in-Office of the African Union", "African Union"), ("Max Ozols", "Special Envoy for the Balkans", None), ("Ana Costa", "Ambassador of Chile to Norway", "Chile")},
    ),
    (
        "African leaders and Norwegian President Jonas Berg opened the port.",
        {("Jonas Berg", "Norwegian President", "Norway")},
    ),
    (
        "Harbour Trust (HT) chief executive Eva Lind opened the port.",
        {("Eva Lind", "Harbour Trust (HT) chief executive", "Harbour Trust")},
    ),
    (
        "Port commission chairman Leo Saar opened the port.",
        {("Leo Saar", "Port commission chairman", None)},
    ),
    (
        "The port reopens, said Kai Aho, a retired fisherman. It was late, boxer Rosa Duarte told them.",
        {("Kai Aho", "retired fisherman", None), ("Rosa Duarte", "boxer", None)},
    ),
    (
        "Captain Leo Saar opened the port. Fishermen cheered. Leo Saar, the army spokesman, thanked them.",
        {("Leo Saar", "army spokesman", None)},
    ),
]  # fmt: skip
# name, side, text
BODIES = [
    ("Max Ozols", "Green Dockers' Union", "The Green Dockers' Union (GDU) called a strike. GDU joint chairman Max Ozols said it would last."),
    ("Eva Lind", "Fishing Research Institute", "Eva Lind of the Fishing Research Institute said the stocks had recovered."),
    ("Jonas Berg", "Norway", "Norwegian Prime Minister Ana Costa left. Costa spokesman Jonas Berg said she was well."),
    ("Leo Saar", "Bergen", "Leo Saar, the mayor of Bergen, opened the port."),
    ("police", "Kenya", "NAIROBI (AP) - Kenya closed the port on Monday. Police arrested two fishermen in Kenya and said that the search went on."),
]  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def who(extractor: Extractor, text: str, title: str | None = None) -> tuple[Who, ...]:
    return tuple(next(extractor.extract([Article("x", text, title)])).who)


@pytest.mark.parametrize(("text", "persons"), OFFICES, ids=[text[:50] for text, _ in OFFICES])
def test_each_person_has_the_office_told_with_the_name(
    extractor: Extractor, text: str, persons: set[tuple[str, str | None, str | None]]
) -> None:
    found = who(extractor, text)
    assert {(one.name, one.role, one.side) for one in found if one.kind == "person"} == persons


@pytest.mark.parametrize(("name", "side", "text"), BODIES, ids=[text[:50] for _, _, text in BODIES])
def test_who_is_of_a_body_speaks_for_it(extractor: Extractor, name: str, side: str, text: str) -> None:
    assert {one.name: one.side for one in who(extractor, text)}[name] == side


def test_the_wife_of_an_official_does_not_speak_for_his_state(extractor: Extractor) -> None:
    text = (
        "Norwegian Prime Minister Jonas Berg left the port. Berg's daughter Eva Lind thanked the fishermen."
    )
    found = {one.name: one for one in who(extractor, text)}
    assert (found["Eva Lind"].role, found["Eva Lind"].side) == ("daughter", None)


def test_a_state_that_only_an_office_names_is_nobody_elses(extractor: Extractor) -> None:
    text = "Minister of Trade Kai Aho met Ana Costa, Ambassador of Chile to Norway, in Oslo on Monday."
    assert {one.name: one.side for one in who(extractor, text)} == {"Kai Aho": None, "Ana Costa": "Chile"}


REGION = [
    "ATLANTA (AP) - Georgia Governor Jonas Berg signed the water bill on Monday. Georgia will lend fishermen money.",
    "Jonas Berg, the governor of Georgia, met dockers in Savannah, Georgia, on Monday.",
    "Governor Jonas Berg of Georgia met dockers on Monday. Georgia, Alabama and Tennessee share the river.",
]  # fmt: skip
STATE = [
    "Prime Minister Jonas Berg of Georgia met dockers on Monday. Georgia agreed to open the port.",
    "TBILISI (AP) - Georgian Prime Minister Jonas Berg met dockers from Atlanta. Georgia agreed to open the port.",
]  # fmt: skip


@pytest.mark.parametrize("text", REGION, ids=[text[:40] for text in REGION])
def test_georgia_is_no_foreign_state_where_its_governor_acts(extractor: Extractor, text: str) -> None:
    found = who(extractor, text)
    assert ("Jonas Berg", "Georgia") in {(one.name, one.side) for one in found}
    assert "state" not in {one.kind for one in found}
    slots = next(extractor.extract([Article("x", text)]))
    assert {place.country for place in slots.where} <= {"United States"}


@pytest.mark.parametrize("text", STATE, ids=[text[:40] for text in STATE])
def test_georgia_is_a_state_where_its_prime_minister_acts(extractor: Extractor, text: str) -> None:
    assert ("Georgia", "state") in {(one.name, one.kind) for one in who(extractor, text)}


def test_names_of_people_and_of_cities_are_no_states(extractor: Extractor) -> None:
    text = (
        "Chad Miller agreed to sell the ship. Jordan Berg signed a lease. Israel Costa left the team. "
        "Dockers met in Lebanon, Ohio."
    )
    assert {one.name for one in who(extractor, text)}.isdisjoint({"Chad", "Jordan", "Israel", "Lebanon"})
