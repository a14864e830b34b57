"""The news of an article in one line: short, readable alone, and nothing but what the article says."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.brief.telling import MOST, Told, told
from briefing.reading import ArticleReader
from briefing.reading.headline import headline, is_mark, names_document
from briefing.reading.standing import needs_of
from briefing.slots import SlotReader, load_rules
from briefing.types import Article

RULES = load_rules()
READER = ArticleReader(RULES)
SLOTS = SlotReader(RULES)
DAY = dt.date(2024, 3, 11)  # a Monday


def told_of(text: str, title: str | None = None) -> Told | None:
    article = Article("a", text, title, DAY)
    (reading,) = READER.read([article])
    return told(article, reading, SLOTS.read(article, reading), needs_of(article, reading))


def line(text: str, title: str | None = None) -> str | None:
    found = told_of(text, title)
    if found is None:
        return None
    article = Article("a", text, title, DAY)
    assert len(found.text.split()) <= MOST
    for one in found.evidence:
        of = article.title or "" if one.field == "title" else article.text
        assert of[one.start : one.end] == one.quote
    return found.text


def test_a_short_lead_stands_as_it_is() -> None:
    text = "Norway's parliament approved the fisheries treaty with Chile. Nobody voted against it."
    assert line(text) == "Norway's parliament approved the fisheries treaty with Chile."


def test_a_dateline_is_no_part_of_it_and_here_is_its_place() -> None:
    text = "OSLO, March 11 (Reuters) -- Chilean Foreign Minister Rosa Lima arrived here for talks on fish."
    assert line(text) == "Chilean Foreign Minister Rosa Lima arrived [in Oslo] for talks on fish."


def test_what_commas_set_off_goes_first_and_who_says_it_stays() -> None:
    text = (
        "Two Chilean trawlers, which had sailed from Valparaiso in January with a crew of forty people, "
        "were stopped off Bergen on Monday after a chase of nine hours in heavy seas, the coast guard said."
    )
    found = line(text)
    assert found is not None
    assert "Valparaiso" not in found
    assert found.startswith("Two Chilean trawlers were stopped off Bergen")
    assert found.endswith("the coast guard said.")


def test_a_relative_clause_that_says_which_one_is_meant_stays() -> None:
    text = (
        "Police detained the captain who had rammed a patrol boat of the coast guard in the harbour of "
        "Bergen, after a chase that had lasted through the whole of a stormy night at sea."
    )
    found = line(text)
    assert found is None or "who had rammed" in found


@pytest.mark.parametrize(
    ("town", "kept"),
    [
        ("a town that they had taken at the weekend", "a town"),
        ("the town that they had taken at the weekend", "the town that they had taken at the weekend"),
        ("a town in a bid to win the war", "a town in a bid to win the war"),
    ],
)
def test_of_any_town_it_need_not_be_said_which(town: str, kept: str) -> None:
    text = (
        "Chilean and Norwegian soldiers of the peace force of the United Nations drove the rebels out of "
        f"{town}, the mission said."
    )
    assert line(text) == text.replace(town, kept)


def test_a_heading_is_shorter_than_the_line_and_still_tells_the_news() -> None:
    after = "after Norway had lifted its ban on some of the herring of the south."
    long = f"Chile's minister voiced satisfaction {after}"
    short = f"Chile's minister voiced satisfaction in Oslo with the new treaty {after}"
    found = [one for one in map(told_of, (long, short)) if one is not None]
    assert [one.text for one in found] == [long, short]
    assert found[0].heading == long.rstrip(".")
    assert found[1].heading == "Chile's minister voiced satisfaction in Oslo with the new treaty"


def test_a_sentence_that_points_back_is_not_told() -> None:
    text = "It was over. The two had talked about it for a long time in the rain outside."
    assert line(text) is None


def test_where_the_lead_is_too_long_the_title_tells_it() -> None:
    text = (
        "The foreign ministers of Norway, Chile, Peru, Iceland, Japan, Namibia, Angola, Spain, Portugal, "
        "Denmark, Canada, Morocco, Ecuador and Ghana agreed on quotas for cod, hake, tuna, herring, squid, "
        "mackerel, haddock, halibut, sprat and prawns in all of the waters that their fleets share."
    )
    assert line(text, "UPDATE 2: Fourteen states agree on quotas") == "Fourteen states agree on quotas"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("5th LD Writethru: Plane crashes near Oslo, 3 killed", "Plane crashes near Oslo, 3 killed"),
        ("URGENT: Lund arrives in Lima for talks", "Lund arrives in Lima for talks"),
        ("UPDATE 2-Oil falls on demand worries", "Oil falls on demand worries"),
        ("(Recast) Government to lift ban on herring", "Government to lift ban on herring"),
        ("Hopes rise for talks on fish by Rosa Lima", "Hopes rise for talks on fish"),
        ("Lima and Oslo resume talks (repetition, correcting date)", "Lima and Oslo resume talks"),
        ("Lima and Oslo (the capitals) resume talks", "Lima and Oslo (the capitals) resume talks"),
        ("Treaty approved by Norwegian parliament", "Treaty approved by Norwegian parliament"),
        ("Readout of President Lund's Call with King Ako", "President Lund's Call with King Ako"),
        ("Lead levels found in water of Oslo", "Lead levels found in water of Oslo"),
        ("1st Lead: exiled leader lands in Lima", "exiled leader lands in Lima"),
        ("(PICTURE) =", None),
        ("next year", None),
        ("fisheries", None),
        ("ATTENTION - ADDS quotes, details ///", None),
        ("", None),
    ],
)
def test_a_title_is_a_heading_without_the_marks_of_the_newsroom(title: str, heading: str | None) -> None:
    span = headline(title)
    assert (None if span is None else title[slice(*span)]) == heading


def test_a_mark_of_the_newsroom_is_no_title() -> None:
    assert is_mark("ATTENTION - ADDS quotes, details ///")
    assert not is_mark("Treaty")
    assert not is_mark("")


@pytest.mark.parametrize(
    ("title", "document"),
    [
        ("Joint Statement on Fisheries", True),
        ("Readout of a call", True),
        ("Remarks by President Lund", True),
        ("Letter bomb hurts two in Oslo", False),
        ("Ministers issue statement on fisheries", False),
    ],
)
def test_the_name_of_a_document_is_told_from_news(title: str, document: bool) -> None:
    assert names_document(title) is document


def test_of_a_record_what_was_decided_is_told_by_name() -> None:
    text = (
        "President Ana Lund of Norway met today with President Rosa Lima of Chile in Oslo. "
        "The two leaders agreed to reopen the border. They spoke for two hours."
    )
    found = line(text, "Readout of President Ana Lund's Meeting with President Rosa Lima of Chile")
    assert found == "[Ana Lund and Rosa Lima] agreed to reopen the border."


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "OSLO -- Norwegian Prime Minister Kari Berg met Chilean President Rosa Diaz on Tuesday.",
            ("Norway", "Chile"),
        ),
        ("OSLO -- Norway and Chile signed an accord on fisheries on Tuesday.", ("Norway", "Chile")),
        ("OSLO -- Norway and Chile signed an accord at the G20 summit on Tuesday.", ("Norway", "Chile")),
    ],
)
def test_a_line_names_the_sides_of_its_own_sentence(text: str, sides: tuple[str, ...]) -> None:
    found = told_of(text + " Peru was not asked.")
    assert found is not None
    assert found.sides == sides
