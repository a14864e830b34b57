"""Phrases of time are resolved as far as they say, and no further."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.dates import find_times

PUBLISHED = dt.date(2026, 3, 18)  # a Wednesday


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


RESOLVED = [
    ("today (Wednesday)", day(3, 18), None, "day"),
    ("tomorrow", day(3, 19), None, "day"),
    ("next Tuesday", day(3, 24), None, "day"),
    ("on Friday", day(3, 20), None, "day"),
    ("next week", day(3, 23), day(3, 29), "week"),
    ("later this month", day(3, 1), day(3, 31), "month"),
    ("next month", day(4, 1), day(4, 30), "month"),
    ("next year", day(1, 1, 2027), day(12, 31, 2027), "year"),
    ("by the end of 2026", day(1, 1), day(12, 31), "year"),
    ("from 23 to 25 June", day(6, 23), day(6, 25), "day"),
    ("June 23-25", day(6, 23), day(6, 25), "day"),
    ("on April 26, 2027", day(4, 26, 2027), None, "day"),
    ("on 2 April", day(4, 2), None, "day"),
    ("in September", day(9, 1), day(9, 30), "month"),
    ("in January 2027", day(1, 1, 2027), day(1, 31, 2027), "month"),
    ("in two weeks", day(3, 30), day(4, 5), "week"),
    ("in three days", day(3, 21), None, "day"),
    ("in the coming weeks", None, None, "week"),
    ("in the coming days", None, None, "day"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "first", "last", "precision"), RESOLVED, ids=[row[0] for row in RESOLVED])
def test_a_phrase_covers_its_days(
    phrase: str, first: dt.date | None, last: dt.date | None, precision: str
) -> None:
    text = f"They will meet {phrase}."
    (time,) = find_times(text, 0, len(text), PUBLISHED, forward=True)
    assert (time.when.date, time.when.end, time.when.precision) == (first, last, precision)
    assert time.when.phrase == text[time.start : time.end]
    assert time.future


@pytest.mark.parametrize(
    "phrase", ["today", "tomorrow", "next week", "on Friday", "on 2 April", "in September", "in two weeks"]
)
def test_without_a_publication_date_nothing_relative_is_resolved(phrase: str) -> None:
    text = f"They will meet {phrase}."
    (time,) = find_times(text, 0, len(text), None, forward=True)
    assert time.when.date is None


def test_a_full_date_needs_no_publication_date() -> None:
    text = "They will meet on 2 April 2027."
    (time,) = find_times(text, 0, len(text), None, forward=True)
    assert time.when.date == day(4, 2, 2027)


@pytest.mark.parametrize("phrase", ["31 June", "30 February"])
def test_a_day_that_does_not_exist_is_no_date(phrase: str) -> None:
    text = f"They will meet on {phrase}."
    assert all(
        time.when.precision != "day" for time in find_times(text, 0, len(text), PUBLISHED, forward=True)
    )


def test_the_past_is_no_coming_time() -> None:
    text = "They met last week and on 2 March."
    assert [time.future for time in find_times(text, 0, len(text), PUBLISHED, forward=False)] == [
        False,
        False,
    ]


def test_a_bare_month_far_ahead_is_the_one_behind_unless_the_verb_looks_ahead() -> None:
    text = "in November"
    (behind,) = find_times(text, 0, len(text), PUBLISHED, forward=False)
    (ahead,) = find_times(text, 0, len(text), PUBLISHED, forward=True)
    assert (behind.when.date, ahead.when.date) == (day(11, 1, 2025), day(11, 1))


def test_this_week_said_on_a_sunday_of_what_will_be_is_the_week_that_begins() -> None:
    sunday = PUBLISHED + dt.timedelta(days=4)
    text = "this week"
    (ahead,) = find_times(text, 0, len(text), sunday, forward=True)
    (behind,) = find_times(text, 0, len(text), sunday, forward=False)
    assert (ahead.when.date, behind.when.date) == (day(3, 23), day(3, 16))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was the second crash in four months.", 0),
        ("the worst storm to hit the coast in ten years", 0),
        ("Ministers met for the fifth time in two weeks.", 0),
        ("Talks will resume in four months.", 1),
        ("The first round of talks opens; the second begins in two weeks.", 1),
    ],
)
def test_a_span_that_is_looked_back_on_is_no_time_to_come(text: str, found: int) -> None:
    assert len(find_times(text, 0, len(text), PUBLISHED, forward=True)) == found


def test_may_is_a_month_only_when_written_as_one() -> None:
    text = "They may 2 times refuse."
    assert find_times(text, 0, len(text), PUBLISHED, forward=True) == []
