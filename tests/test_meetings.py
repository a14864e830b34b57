"""Who met whom: what a sentence says, and one row however many articles say it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.brief.meetings import meetings, read_meetings
from briefing.brief.merge import merge
from briefing.reading import ArticleReader
from briefing.slots import SlotReader, load_rules
from briefing.strict_yaml import load_yaml
from briefing.types import Article, Evidence, Kind, Meeting, Reading, Slots, Story, Summary, Where, Who

DAY = dt.date(2022, 11, 16)
ACTORS: list[tuple[str, Kind, str | None, str | None]] = [
    ("Anna Brandt", "person", "President of Norland", "Norland"),
    ("Jonas Weil", "person", "Foreign Minister", "Norland"),
    ("Marco Conti", "person", "Prime Minister of Sudria", "Sudria"),
    ("Lia Serra", "person", "Foreign Minister", "Sudria"),
    ("Ho Minh", "person", "President of Estia", "Estia"),
    ("Pavel Oram", "person", "Secretary-General", "United Nations"),
    ("Peru", "state", None, "Peru"),
    ("Chile", "state", None, "Chile"),
    ("Kenya", "state", None, "Kenya"),
]
CAST = tuple(
    Who(name, kind, (Evidence(0, len(name), name),), "test", role, side) for name, kind, role, side in ACTORS
)
PAIRS: list[dict[str, Any]] = load_yaml(
    (Path(__file__).parent / "data" / "meetings.yaml").read_text("utf-8")
)["pairs"]
SENTENCES = [(sentence, rows) for pair in PAIRS for sentence, rows in pair.items() if sentence != "name"]


def story(
    *texts: str,
    title: str | None = None,
    days: tuple[dt.date | None, ...] = (),
    where: tuple[Where, ...] = (),
    number: int = 0,
) -> Story:
    articles = tuple(
        Article(f"a{number}.{n}", text, title, (days or (DAY,) * len(texts))[n])
        for n, text in enumerate(texts)
    )
    slots = Slots(who=CAST, where=where)
    return Story(f"s{number}", title or "Headline", "Other", articles, Summary((), "test", "test"), slots)


@cache
def reader() -> ArticleReader:
    return ArticleReader(load_rules())


@cache
def reading_of(article: Article) -> Reading:
    (reading,) = reader().read([article])
    return reading


def told(stories: Sequence[Story]) -> tuple[Meeting, ...]:
    """The meetings of a day whose articles all have the slots of their story."""
    rows = {
        story.id: [
            row
            for article in story.articles
            for row in read_meetings(article, reading_of(article), story.slots)
        ]
        for story in stories
    }
    return meetings(stories, rows)


def last_names(row: Meeting) -> list[str]:
    return [party.name.split()[-1] for party in row.parties]


@pytest.mark.parametrize(("sentence", "rows"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_reports_these_meetings(sentence: str, rows: list[dict[str, Any]]) -> None:
    found = told([story(sentence)])
    assert [
        (sorted(last_names(row)), row.format, row.status, row.date, row.end, [t.text for t in row.topics])
        for row in found
    ] == [
        (
            sorted(row["parties"]),
            row["form"],
            row["status"],
            row.get("date"),
            row.get("end"),
            row.get("topics", []),
        )
        for row in rows
    ]


def test_a_row_quotes_the_sentences_that_report_it() -> None:
    text = "The weather was mild. Brandt met Conti in Lima."
    (row,) = told([story(text, title="Brandt meets Conti")])
    assert [(one.field, one.quote) for one in row.evidence] == [
        ("text", "Brandt met Conti in Lima."),
        ("title", "Brandt meets Conti"),
    ]
    for one in row.evidence:
        assert one.article == "a0.0"
        assert ("Brandt meets Conti" if one.field == "title" else text)[one.start : one.end] == one.quote


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        ("Brandt met Conti in Lima.", "Conti held talks with Anna Brandt.", 1),
        ("Brandt met Conti on Monday.", "Brandt met Conti.", 1),
        ("Brandt met Conti on Monday.", "Brandt met Conti on Tuesday.", 2),
        ("Brandt met Conti.", "Brandt telephoned Conti.", 2),
        ("Brandt met Conti.", "Weil met Conti.", 2),
        ("Brandt met Conti.", "Brandt met Conti and Minh.", 2),
        ("Brandt met Conti.", "Brandt will meet Conti next week.", 2),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_one_row_a_meeting_however_many_report_it(first: str, second: str, rows: int, apart: bool) -> None:
    day = [story(first), story(second, number=1)] if apart else [story(first, second)]
    found = told(day)
    assert len(found) == rows
    assert {one.quote for row in found for one in row.evidence} == {first, second}


def test_a_meeting_is_told_with_what_each_report_adds() -> None:
    bare, full = "Conti had talks with Brandt.", "Brandt met Conti on Monday to discuss the dam."
    (row,) = told([story(bare, full)])
    assert (row.format, row.date, [topic.text for topic in row.topics]) == (
        "meeting",
        dt.date(2022, 11, 14),
        ["the dam"],
    )


def test_a_title_that_names_fewer_parties_is_no_second_meeting() -> None:
    (row,) = told([story("Brandt met Conti and Minh.", title="Brandt meets Conti")])
    assert last_names(row) == ["Brandt", "Conti", "Minh"]


def test_a_title_says_in_what_form_they_spoke() -> None:
    (row,) = told([story("Brandt spoke today with Conti.", title="Brandt’s Call with Conti")])
    assert (row.format, row.place) == ("call", None)


@pytest.mark.parametrize(
    ("announced", "held", "statuses"),
    [
        ("Brandt will meet Conti tomorrow.", "Brandt met Conti today.", ["held"]),
        ("Brandt will meet Conti.", "Brandt met Conti today.", ["held"]),
        ("Brandt will meet Conti on Friday.", "Brandt met Conti today.", ["held", "planned"]),
        ("Brandt will telephone Conti tomorrow.", "Brandt met Conti today.", ["held", "planned"]),
        ("Brandt will meet Minh tomorrow.", "Brandt met Conti today.", ["held", "planned"]),
    ],
)
def test_what_was_announced_and_has_been_held_is_told_as_held(
    announced: str, held: str, statuses: list[str]
) -> None:
    day = story(announced, held, days=(DAY - dt.timedelta(1), DAY))
    assert [row.status for row in told([day])] == statuses


@pytest.mark.parametrize(
    ("sent", "days"),
    [("November 15-16", [dt.date(2022, 11, 15)]), ("November 18-19", [None, dt.date(2022, 11, 18)])],
)
def test_a_visit_to_a_state_is_the_meetings_held_there(sent: str, days: list[dt.date | None]) -> None:
    text = f"The cabinet directed Brandt to travel to Kenya {sent}. Brandt met Amina Otieno of Kenya."
    otieno = Who("Amina Otieno", "person", (Evidence(0, 1, "T"),), "test", "Foreign Minister", "Kenya")
    trip = replace(story(text, title="Brandt’s Trip to Kenya"), slots=Slots(who=(*CAST, otieno)))
    rows = told([trip])
    assert [row.date for row in rows] == days
    assert last_names(rows[0]) == ["Brandt", "Otieno"]


def test_the_next_meeting_is_no_announcement_of_this_one() -> None:
    text = "Brandt met Conti today. Brandt will meet Conti again."
    assert [row.status for row in told([story(text)])] == ["held", "planned"]


def test_the_rows_are_held_first_then_planned_by_date() -> None:
    day = [
        story("Brandt will meet Minh on Friday."),
        story("Brandt will meet Conti on Thursday.", number=1),
        story("Weil met Serra.", number=2),
    ]
    assert [(row.status, last_names(row)[-1]) for row in told(day)] == [
        ("held", "Serra"),
        ("planned", "Conti"),
        ("planned", "Minh"),
    ]


def test_without_a_day_of_publication_relative_days_stay_open() -> None:
    (row,) = told([story("Brandt met Conti today.", days=(None,))])
    assert row.date is None
    (row,) = told([story("On 14 November 2022, Brandt met Conti.", days=(None,))])
    assert row.date == dt.date(2022, 11, 14)


def test_the_topics_of_the_sentences_that_follow_belong_to_the_meeting_before_them() -> None:
    text = (
        "Brandt met Conti. They discussed trade. The ministers will discuss the dam. "
        "Brandt spoke with Minh. The two leaders also discussed the border and agreed to reopen it."
    )
    first, second = told([story(text)])
    assert [topic.text for topic in first.topics] == ["trade"]
    assert [topic.text for topic in second.topics] == ["the border"]
    for topic in (*first.topics, *second.topics):
        for one in topic.evidence:
            assert text[one.start : one.end] == one.quote == topic.text


def test_a_place_is_taken_from_the_report_alone() -> None:
    text = "Brandt met Conti in Lima. The ministers gathered in Cusco."

    def place(name: str) -> Where:
        start = text.index(name)
        return Where((Evidence(start, start + 4, name[:4], article="a0.0"),), "test", name, "Peru")

    (row,) = told([story(text, where=(place("Lima"), place("Cusco")))])
    assert row.place is not None
    assert row.place.place == "Lima"
    (row,) = told([story(text, where=(place("Cusco"),))])
    assert row.place is not None
    assert row.place.place == "Lima"


@pytest.mark.parametrize(
    ("beside", "place"),
    [("", "LIMA"), (" in Oslo", "Oslo"), (" on Saturday", None)],
)
def test_a_meeting_without_a_place_was_where_the_dateline_says(beside: str, place: str | None) -> None:
    text = f"LIMA, Nov 16 (AFP) - Brandt met Conti{beside}. Fishermen waited for news."
    dateline = Where((Evidence(0, 4, "LIMA", article="a0.0"),), "dateline", "LIMA", "Peru", "dateline")
    (row,) = told([story(text, where=(dateline,))])
    assert (row.place.place if row.place else None) == place


def test_a_list_of_those_present_names_whom_the_office_stands_for() -> None:
    text = "The President convened leaders. In addition to the President, the meeting included: Conti, Minh."
    cast = tuple(replace(who, role="President") if who.name == "Anna Brandt" else who for who in CAST)
    one = replace(story(text), slots=Slots(who=cast))
    (row,) = told([one])
    assert last_names(row) == ["Brandt", "Conti", "Minh"]


_FRAGMENTS = (
    *(name.split()[-1] for name, *_ in ACTORS),
    *"met will meet spoke with and to discuss about on Monday today . , ; ’s talks between visit".split(),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map(" ".join), min_size=1, max_size=3))
def test_whatever_the_text_a_row_has_two_sides_and_quotes_its_article(texts: list[str]) -> None:
    one = story(*texts)
    found = told([one])
    assert told([one]) == found
    text_of = {article.id: article.text for article in one.articles}
    for row in found:
        assert len({party.side for party in row.parties if party.side}) > 1
        assert row.evidence
        for evidence in (*row.evidence, *(e for topic in row.topics for e in topic.evidence)):
            assert text_of[str(evidence.article)][evidence.start : evidence.end] == evidence.quote


@settings(deadline=None, max_examples=40)
@given(st.permutations([sentence for sentence, rows in SENTENCES if rows][:6]))
def test_the_same_report_twice_is_one_row(sentences: list[str]) -> None:
    once = told([story(one, number=n) for n, one in enumerate(sentences)])
    twice = told([story(one, number=n) for n, one in enumerate([*sentences, *sentences])])
    assert [(last_names(row), row.status, row.date) for row in once] == [
        (last_names(row), row.status, row.date) for row in twice
    ]


def test_real_readouts_of_two_leaders_give_one_row_each(readouts: list[Article]) -> None:
    """Each readout is headed by the two who met, and by the form in which they did."""
    headed = re.compile(
        r"(?:Call|Meeting) with (?:President|Prime Minister|Chancellor|King|Amir|Crown Prince|NATO).* of "
    )
    chosen = [
        replace(one, date=dt.date.fromisoformat(one.id[:10]))
        for one in readouts
        if one.title and headed.search(one.title)
    ][:12]
    assert len(chosen) > 5
    wrong = []
    slot_reader = SlotReader(load_rules())
    for article, reading in zip(chosen, reader().read(chosen), strict=True):
        slots = merge([article], [slot_reader.read(article, reading)])
        summary = Summary((), "test", "test")
        one = Story(article.id, str(article.title), "Other", (article,), summary, slots)
        held = [row for row in told([one]) if row.status == "held"]
        form = "call" if "Call" in str(article.title) else "meeting"
        if [row.format for row in held] != [form]:
            wrong.append((article.title, [(row.format, last_names(row)) for row in held]))
    assert wrong == []
