"""The forward look: one row a coming event, in order; and as a calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief.forward import first_day, forward, last_day
from briefing.cli import run
from briefing.render import render_calendar
from briefing.types import (
    Agreed,
    Article,
    Brief,
    Event,
    Evidence,
    Outlook,
    Period,
    Precision,
    Prospect,
    Slots,
    Story,
    Summary,
    When,
)

DAY = dt.date(2022, 11, 16)
JUNE = When("on 16 June", dt.date(2023, 6, 16), None, "day")


def outlook(text: str, kind: Prospect = "scheduled", when: When | None = JUNE, article: str = "a") -> Outlook:
    return Outlook(text, kind, (Evidence(0, len(text), text, article=article),), "test", when)


def story(*values: Outlook, number: str = "s", agreed: tuple[Agreed, ...] = ()) -> Story:
    ids = dict.fromkeys(str(value.evidence[0].article) for value in values)
    articles = tuple(
        Article(
            one,
            next(value.text for value in values if value.evidence[0].article == one),
            f"Title of {one}",
            DAY,
            source="The Lima Post",
            url=f"https://example.org/{one}",
        )
        for one in ids
    )
    slots = Slots(outlook=values, agreed=agreed)
    return Story(number, f"Headline {number}", "Other", articles, Summary((), "test", "test"), slots)


def brief(*stories: Story, marking: str | None = None) -> Brief:
    return Brief(
        "Daily brief", DAY, Period(), stories, len(stories), forward=forward(stories, DAY), marking=marking
    )


def entries(text: str) -> list[Any]:
    """The entries of a calendar, read back by the library; its properties have a type each, hence Any."""
    calendar = icalendar.Calendar.from_ical(text)
    assert isinstance(calendar, icalendar.Calendar)
    return list(calendar.walk("VEVENT"))


@pytest.mark.parametrize(
    ("one", "other", "rows"),
    [
        ("Brandt and Conti will meet in Geneva on 16 June.", "Brandt and Conti are to meet in Geneva.", 1),
        ("Brandt will travel to Paris on 16 June.", "Weil will travel to Paris on 16 June.", 2),
        ("Brandt will travel to Paris on 16 June.", "Brandt will travel to Rome on 16 June.", 2),
        ("The next round of talks opens on 16 June.", "The next round of talks opens in Oslo on 16 June.", 1),
        ("Chile will send 20 ships on 16 June.", "Chile will send 30 ships on 16 June.", 2),
        ("Chile will attend the summit on 16 June.", "Chile will not attend the summit on 16 June.", 2),
        ("Talks resume on 16 June.", "Talks in Oslo about the dam resume on 16 June.", 2),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_an_event_is_one_row_however_many_articles_say_so(
    one: str, other: str, rows: int, apart: bool
) -> None:
    first, second = outlook(one), outlook(other, article="b")
    day = [story(first), story(second, number="t")] if apart else [story(first, second)]
    found = forward(day, DAY)
    assert len(found) == rows
    assert {evidence.quote for event in found for evidence in event.evidence} == {one, other}


@pytest.mark.parametrize(
    ("text", "phrase", "rows"),
    [
        ("The summit on 16 June will be held in Oslo.", "on 16 June", 1),
        ("The summit on 16 June has been cancelled.", "on 16 June", 0),
        ("The talks planned for 16 June were called off.", "16 June", 0),
        ("The summit has been postponed until 16 June.", "until 16 June", 1),
        ("The summit has been postponed to 16 June.", "16 June", 1),
        ("The summit has been postponed until 16 June", "until 16 June", 1),
        ("The summit has been postponed and will now be held on 16 June.", "on 16 June", 1),
        ("Brandt, who cancelled the talks in May, will meet Conti on 16 June.", "on 16 June", 1),
        ("The talks were suspended in May and will resume on 16 June.", "on 16 June", 1),
        ("The talks, which were to open on 16 June, have been cancelled.", "on 16 June", 0),
    ],
)
def test_what_is_called_off_is_not_to_come_unless_it_has_a_new_day(text: str, phrase: str, rows: int) -> None:
    when = replace(JUNE, phrase=phrase)
    assert len(forward([story(outlook(text, when=when))], DAY)) == rows


def test_another_day_is_another_event() -> None:
    text = "Brandt and Conti will meet in Geneva."
    later = replace(JUNE, date=dt.date(2023, 6, 17))
    assert len(forward([story(outlook(text), outlook(text, when=later, article="b"))], DAY)) == 2


def test_what_may_come_is_no_support_for_what_will() -> None:
    text = "Brandt and Conti will meet in Geneva."
    (firm,) = forward([story(outlook(text), outlook(text, "conditional", article="b"))], DAY)
    assert [one.article for one in firm.evidence] == ["a"]
    (row,) = forward([story(outlook(text, "expected"), outlook(text, article="b"))], DAY)
    assert (row.kind, [one.article for one in row.evidence]) == ("scheduled", ["b", "a"])


def test_what_has_a_day_after_that_of_its_article_is_to_come() -> None:
    def on(month: int, day: int, last: int | None = None) -> When:
        end = dt.date(2022, month, last) if last else None
        return When("then", dt.date(2022, month, day), end, "day")

    values = [
        outlook("Weil visits Oslo.", when=None),
        outlook("Brandt visits Lima.", when=on(12, 1)),
        outlook("Conti visits Quito.", when=on(11, 10, 20)),
        outlook("Minh visits Rome.", when=on(11, 10)),
        outlook("Serra visits Bonn.", when=on(11, 16)),
        outlook("Kaye visits Bern.", when=on(11, 17)),
        outlook("Lund visits Malta.", when=replace(on(11, 17), precision="year")),
        outlook("Rossi may visit Rome.", "assessment", when=on(11, 17)),
        outlook("Oram expects rain.", "expected", when=None),
    ]
    found = [event.text for event in forward([story(*values)], DAY)]
    assert found == ["Conti visits Quito.", "Kaye visits Bern.", "Brandt visits Lima."]


TEXTS = [f"{name} will visit {place}." for name in ("Brandt", "Conti") for place in ("Lima", "Oslo")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TEXTS),
            st.one_of(st.none(), st.dates(DAY - dt.timedelta(9), DAY + dt.timedelta(9))),
        ),
        max_size=12,
    )
)
def test_rows_are_in_order_and_lose_no_evidence(values: list[tuple[str, dt.date | None]]) -> None:
    made = [
        outlook(text, when=When("then", day, None, "day") if day else None, article=f"a{n}")
        for n, (text, day) in enumerate(values)
    ]
    found = forward([story(*made)], DAY)
    days = [first_day(event) for event in found]
    assert days == sorted(days)
    coming = [one for one in made if one.when is not None and (one.when.date or DAY) > DAY]
    assert sorted(str(e.article) for event in found for e in event.evidence) == sorted(
        str(one.evidence[0].article) for one in coming
    )
    assert len({(event.text, first_day(event), last_day(event)) for event in found}) == len(found)


def test_a_day_is_an_all_day_entry_with_its_source() -> None:
    text = "Brandt and Conti will meet in Geneva on 16 June."
    (entry,) = entries(render_calendar(brief(story(outlook(text)))))
    assert entry["SUMMARY"] == text
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (dt.date(2023, 6, 16), dt.date(2023, 6, 17))
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert f"“{text}” (The Lima Post, 16 November 2022)" in entry["DESCRIPTION"]
    assert "Story: Headline s" in entry["DESCRIPTION"]
    assert entry["URL"] == "https://example.org/a"
    assert (entry["CATEGORIES"].cats, entry["STATUS"]) == (["scheduled"], "CONFIRMED")


def test_what_is_not_firm_is_tentative() -> None:
    (entry,) = entries(render_calendar(brief(story(outlook("Brandt and Conti meet.", "expected")))))
    assert (entry["CATEGORIES"].cats, entry["STATUS"]) == (["expected"], "TENTATIVE")


@pytest.mark.parametrize(
    ("precision", "days", "says"),
    [("day", 1, False), ("week", 6, True), ("month", 29, True)],
)
def test_what_a_source_dates_to_a_span_says_so(precision: Precision, days: int, says: bool) -> None:
    first = dt.date(2023, 6, 1)
    when = When("then", first, first + dt.timedelta(days), precision)
    (entry,) = entries(render_calendar(brief(story(outlook("Brandt and Conti meet.", when=when)))))
    assert entry.decoded("DTEND") == first + dt.timedelta(days + 1)
    assert ("some time from 1 June 2023 to" in entry["SUMMARY"]) == says


def test_without_a_date_there_is_no_entry_and_the_calendar_is_still_one() -> None:
    text = render_calendar(brief(story(outlook("Brandt and Conti meet.", when=None))))
    assert entries(text) == []
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "VERSION:2.0" in text


def test_the_same_brief_is_the_same_file_and_an_event_keeps_its_uid_on_the_next_day() -> None:
    one = brief(story(outlook("Brandt and Conti meet.")))
    assert render_calendar(one) == render_calendar(one)
    tomorrow = replace(one, date=DAY + dt.timedelta(1))
    (first,), (second,) = entries(render_calendar(one)), entries(render_calendar(tomorrow))
    assert first["UID"] == second["UID"]
    assert first.decoded("DTSTAMP") == dt.datetime(2022, 11, 16, tzinfo=dt.UTC)


def test_the_marking_goes_with_every_entry() -> None:
    text = render_calendar(brief(story(outlook("Brandt and Conti meet.")), marking="TLP:AMBER"))
    (entry,) = entries(text)
    assert entry["DESCRIPTION"].startswith("TLP:AMBER")
    assert "TLP:AMBER" in text.split("BEGIN:VEVENT")[0]


@given(st.text(min_size=1, max_size=300))
def test_any_text_stays_inside_its_property(text: str) -> None:
    """Commas, line breaks, and what would open another property are text and nothing else."""
    hostile = f"{text}\r\nEND:VEVENT\nBEGIN:VALARM, ; \\ \x00 {text}"
    one = story(outlook(hostile))
    made = replace(one, headline=hostile, articles=(replace(one.articles[0], source=hostile, url=hostile),))
    calendar = render_calendar(brief(made))
    (entry,) = entries(calendar)
    assert not entry.subcomponents
    assert "VALARM" in entry["SUMMARY"]
    assert "URL" not in entry
    for line in calendar.encode("utf-8").split(b"\r\n"):
        assert len(line) <= 75
        assert not any(byte < 32 for byte in line)
        line.decode("utf-8")  # no character is cut in two


def test_the_command_writes_a_calendar(tmp_path: Path, models_dir: Path) -> None:
    settings = tmp_path / "briefing.toml"
    settings.write_text(f'[paths]\narchive = "a.sqlite3"\nmodels = "{models_dir}"\n')
    source = tmp_path / "a.txt"
    source.write_text(
        "Title: Brandt to meet Conti\nDate: 2022-11-15\n\n"
        "President Anna Brandt of Chile will meet Prime Minister Marco Conti of Italy on 16 June 2023."
    )
    target = tmp_path / "brief.ics"
    command = ["daily", str(source), "--date", "2022-11-16", "--config", str(settings), "-o", str(target)]
    assert run(command) == 0
    (entry,) = entries(target.read_text("utf-8"))
    assert entry.decoded("DTSTART") == dt.date(2023, 6, 16)
    first = target.read_bytes()
    assert run(command) == 0
    assert target.read_bytes() == first


def test_an_event_of_no_story_of_the_brief_is_still_an_entry() -> None:
    event = Event("Brandt meets Conti.", "scheduled", JUNE, "gone", (Evidence(0, 6, "Brandt", article="x"),))
    (entry,) = entries(render_calendar(replace(brief(), forward=(event,))))
    assert "(x)" in entry["DESCRIPTION"]


def test_a_month_gives_way_to_a_day_of_the_same_story() -> None:
    month = When("in June", dt.date(2023, 6, 1), dt.date(2023, 6, 30), "month")
    tour = outlook("Brandt will tour the region in June.", when=month)
    visit = outlook("Brandt will visit Oslo on 16 June.", article="b")
    assert [one.text for one in forward([story(tour, visit)], DAY)] == [visit.text]
    assert [one.text for one in forward([story(tour)], DAY)] == [tour.text]


def test_a_sentence_that_leans_on_the_one_before_is_no_row() -> None:
    rows = [outlook("They will meet on 16 June."), outlook("Brandt will visit Oslo on 16 June.", article="b")]
    found = forward([story(*rows)], DAY, lambda at: at.article == "b")
    assert [one.text for one in found] == ["Brandt will visit Oslo on 16 June."]
