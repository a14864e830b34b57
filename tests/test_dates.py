"""Phrases of time are resolved as far as they say, and no further."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.reading.dates import find_times
from briefing.reading.dates.days import easter, eastern_easter
from briefing.reading.parse import Reader
from briefing.reading.times import read_times
from briefing.types import Time

PUBLISHED = dt.date(2026, 3, 18)  # a Wednesday


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def times(text: str, published: dt.date | None = PUBLISHED, *, forward: bool = True) -> list[Time]:
    return find_times(text, 0, len(text), published, forward=forward)


AHEAD = [
    ("today (Wednesday)", day(3, 18), None, "day"),
    ("tomorrow", day(3, 19), None, "day"),
    ("the day after tomorrow", day(3, 20), None, "day"),
    ("a week tomorrow", day(3, 26), None, "day"),
    ("next Tuesday", day(3, 24), None, "day"),
    ("on Friday", day(3, 20), None, "day"),
    ("this coming Sunday", day(3, 22), None, "day"),
    ("a week from Thursday", day(3, 26), None, "day"),
    ("a week on Friday", day(3, 27), None, "day"),
    ("on Thursday week", day(3, 26), None, "day"),
    ("on Monday of next week", day(3, 23), None, "day"),
    ("next week on Monday", day(3, 23), None, "day"),
    ("on the 23rd", day(3, 23), None, "day"),
    ("on the 13th", day(4, 13), None, "day"),
    ("on Good Friday", day(4, 3), None, "day"),
    ("on Easter Monday", day(4, 6), None, "day"),
    ("at Christmas", day(12, 25), None, "day"),
    ("on New Year’s Eve", day(12, 31), None, "day"),
    ("on Orthodox Easter", day(4, 12), None, "day"),
    ("on Thanksgiving Day 2027", day(11, 25, 2027), None, "day"),
    ("two days after Easter", day(4, 7), None, "day"),
    ("three days before 2 April", day(3, 30), None, "day"),
    ("on the first Monday of May", day(5, 4), None, "day"),
    ("by the end of the day", day(3, 18), None, "day"),
    ("on April 26, 2027", day(4, 26, 2027), None, "day"),
    ("on 2 April", day(4, 2), None, "day"),
    ("on Nov. 27", day(11, 27), None, "day"),
    ("on Friday, 8 June", day(6, 8), None, "day"),
    ("on Sunday, April fifth", day(4, 5), None, "day"),
    ("on 2026-05-01", day(5, 1), None, "day"),
    ("on 2026/05/01", day(5, 1), None, "day"),
    ("on 11/29/26", day(11, 29), None, "day"),
    ("on 29/11/2026", day(11, 29), None, "day"),
    ("on 5.11.2026", day(11, 5), None, "day"),
    ("from 23 to 25 June", day(6, 23), day(6, 25), "day"),
    ("June 23-25", day(6, 23), day(6, 25), "day"),
    ("on 27-28 November", day(11, 27), day(11, 28), "day"),
    ("on 27 and 28 November", day(11, 27), day(11, 28), "day"),
    ("from 27 November to 1 December", day(11, 27), day(12, 1), "day"),
    ("from 30 December to 2 January", day(12, 30), day(1, 2, 2027), "day"),
    ("from Nov. 27, 2026 to Dec. 1, 2026", day(11, 27), day(12, 1), "day"),
    ("in 24 hours", day(3, 19), None, "day"),
    ("in three days", day(3, 21), None, "day"),
    ("next week", day(3, 23), day(3, 29), "week"),
    ("the week after next", day(3, 30), day(4, 5), "week"),
    ("in the week of 6 April", day(4, 6), day(4, 12), "week"),
    ("in the first week of May", day(5, 1), day(5, 7), "week"),
    ("at the weekend", day(3, 21), day(3, 22), "week"),
    ("this weekend", day(3, 21), day(3, 22), "week"),
    ("in two weeks", day(3, 30), day(4, 5), "week"),
    ("in a fortnight", day(3, 30), day(4, 5), "week"),
    ("in a fortnight’s time", day(3, 30), day(4, 5), "week"),
    ("two weeks from now", day(3, 30), day(4, 5), "week"),
    ("later this month", day(3, 1), day(3, 31), "month"),
    ("by the end of the month", day(3, 1), day(3, 31), "month"),
    ("at the beginning of next month", day(4, 1), day(4, 30), "month"),
    ("next month", day(4, 1), day(4, 30), "month"),
    ("in September", day(9, 1), day(9, 30), "month"),
    ("in mid-April", day(4, 1), day(4, 30), "month"),
    ("as early as May", day(5, 1), day(5, 31), "month"),
    ("next June", day(6, 1), day(6, 30), "month"),
    ("in June next year", day(6, 1, 2027), day(6, 30, 2027), "month"),
    ("in January 2027", day(1, 1, 2027), day(1, 31, 2027), "month"),
    ("in the third quarter", day(7, 1), day(9, 30), "month"),
    ("in the second half of 2027", day(7, 1, 2027), day(12, 31, 2027), "month"),
    ("this summer", day(6, 1), day(8, 31), "month"),
    ("this autumn", day(9, 1), day(11, 30), "month"),
    ("next spring", day(3, 1, 2027), day(5, 31, 2027), "month"),
    ("in winter 2026", day(12, 1), day(2, 28, 2027), "month"),
    ("next year", day(1, 1, 2027), day(12, 31, 2027), "year"),
    ("by the end of 2026", day(1, 1), day(12, 31), "year"),
    ("by year-end", day(12, 1), day(12, 31), "month"),
    ("this decade", day(1, 1, 2020), day(12, 31, 2029), "year"),
    ("in 15 years", day(1, 1, 2041), day(12, 31, 2041), "year"),
    ("in the coming weeks", None, None, "week"),
    ("in the coming days", None, None, "day"),
    ("over the next two years", None, None, "year"),
    ("in the months ahead", None, None, "month"),
    ("in the next decade", None, None, "year"),
]  # fmt: skip
BEHIND = [
    ("yesterday", day(3, 17), None, "day"),
    ("the day before yesterday", day(3, 16), None, "day"),
    ("last night", day(3, 17), None, "day"),
    ("on Friday", day(3, 13), None, "day"),
    ("last Wednesday", day(3, 11), None, "day"),
    ("a week ago Thursday", day(3, 5), None, "day"),
    ("the day before last Tuesday", day(3, 16), None, "day"),
    ("on the 13th", day(3, 13), None, "day"),
    ("two days before Christmas", day(12, 23, 2025), None, "day"),
    ("last Easter", day(4, 20, 2025), None, "day"),
    ("on March 3 last year", day(3, 3, 2025), None, "day"),
    ("ten years ago today", day(3, 18, 2016), None, "day"),
    ("last week", day(3, 9), day(3, 15), "week"),
    ("over the weekend", day(3, 14), day(3, 15), "week"),
    ("three weeks ago", day(2, 23), day(3, 1), "week"),
    ("a fortnight ago", day(3, 2), day(3, 8), "week"),
    ("a year ago this month", day(3, 1, 2025), day(3, 31, 2025), "month"),
    ("last June", day(6, 1, 2025), day(6, 30, 2025), "month"),
    ("last March", day(3, 1, 2025), day(3, 31, 2025), "month"),
    ("in October of last year", day(10, 1, 2025), day(10, 31, 2025), "month"),
    ("in Feb. 2025", day(2, 1, 2025), day(2, 28, 2025), "month"),
    ("last spring", day(3, 1, 2025), day(5, 31, 2025), "month"),
    ("in Q3 2024", day(7, 1, 2024), day(9, 30, 2024), "month"),
    ("in the fourth quarter", day(10, 1, 2025), day(12, 31, 2025), "month"),
    ("earlier this year", day(1, 1), day(12, 31), "year"),
    ("two years ago", day(1, 1, 2024), day(12, 31, 2024), "year"),
    ("two and a half years ago", day(1, 1, 2023), day(12, 31, 2023), "year"),
    ("a year earlier", day(1, 1, 2025), day(12, 31, 2025), "year"),
    ("the year before last", day(1, 1, 2024), day(12, 31, 2024), "year"),
    ("in fiscal 1989", day(1, 1, 1989), day(12, 31, 1989), "year"),
    ("in 1996-97", day(1, 1, 1996), day(12, 31, 1997), "year"),
    ("in nineteen ninety-six", day(1, 1, 1996), day(12, 31, 1996), "year"),
    ("in ’98", day(1, 1, 1998), day(12, 31, 1998), "year"),
    ("in the 1990s", day(1, 1, 1990), day(12, 31, 1999), "year"),
    ("in the eighties", day(1, 1, 1980), day(12, 31, 1989), "year"),
    ("years ago", None, None, "year"),
    ("a few days ago", None, None, "day"),
    ("in the past year", None, None, "year"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "first", "last", "precision"), AHEAD, ids=[row[0] for row in AHEAD])
def test_a_phrase_covers_its_days(
    phrase: str, first: dt.date | None, last: dt.date | None, precision: str
) -> None:
    text = f"They will meet {phrase}."
    (time,) = times(text)
    assert (time.when.date, time.when.end, time.when.precision) == (first, last, precision)
    assert time.when.phrase == text[time.start : time.end]
    assert time.future


@pytest.mark.parametrize(("phrase", "first", "last", "precision"), BEHIND, ids=[row[0] for row in BEHIND])
def test_a_phrase_covers_its_days_where_the_verb_looks_back(
    phrase: str, first: dt.date | None, last: dt.date | None, precision: str
) -> None:
    (time,) = times(f"They met {phrase}.", forward=False)
    assert (time.when.date, time.when.end, time.when.precision) == (first, last, precision)
    assert time.future is False


@pytest.mark.parametrize(
    "text",
    [
        "They will talk for two days.",
        "They will hold a two-day meeting.",
        "He was given five years in prison.",
        "They will meet in two weeks of talks.",
        "They will meet every Friday.",
        "They met on a Sunday after Bloody Sunday.",
        "They will meet on Easter Island.",
        "They will meet on the 13th floor.",
        "They will meet at 2000 GMT on 11/12/26.",
        "They adopted Resolution 1701 and resolution 2231, at a cost of $2000 or 2000 euros.",
        "Some 2000 armed men and 1998 people came.",
        "Theresa May met June Smith and may leave; they march with Jan Reis.",
        "In the fall of Kabul nobody won.",
        "At the end of the day, nobody won.",
        "The 27 states, 12 of them new, met.",
    ],
)
def test_a_length_of_time_a_count_or_a_name_is_no_time(text: str) -> None:
    assert times(text) == []


def test_a_length_of_time_is_none_where_the_verb_looks_back() -> None:
    assert times("Trade fell by a third in two years.", forward=False) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They met on 4 March and left the next day.", day(3, 5)),
        ("They met on Monday and again later the same day.", day(3, 16)),
        ("They met on 4 March; three days later they signed.", day(3, 7)),
        ("They met on 4 March, having spoken the day before.", day(3, 3)),
        ("They met in March last year; the following month they signed.", day(4, 1, 2025)),
        ("They met in 1998 and signed later that year.", day(1, 1, 1998)),
        ("They left the previous day.", None),
        ("They signed three weeks later.", None),
    ],
)
def test_a_time_may_be_told_from_the_one_before_it(text: str, told: dt.date | None) -> None:
    assert times(text, forward=False)[-1].when.date == told


def test_a_time_may_be_told_from_the_sentence_before() -> None:
    text = "They met on 4 March. The next day they left."
    (time,) = find_times(text, text.index("The next"), len(text), PUBLISHED, forward=False)
    assert (time.when.phrase, time.when.date) == ("The next day", day(3, 5))


@pytest.mark.parametrize(
    "phrase",
    [
        "today",
        "tomorrow",
        "the day after tomorrow",
        "next week",
        "on Friday",
        "on 2 April",
        "in September",
        "in two weeks",
        "on Easter Monday",
        "this summer",
        "on the 13th",
        "by the end of the month",
        "in the third quarter",
        "next June",
        "at the weekend",
        "from 27 November to 1 December",
    ],
)
def test_without_a_publication_date_nothing_relative_is_resolved(phrase: str) -> None:
    (time,) = times(f"They will meet {phrase}.", None)
    assert time.when.date is None
    assert time.when.precision is not None


@pytest.mark.parametrize("phrase", ["2 April 2027", "Good Friday 2027", "summer 2027", "the 2020s"])
def test_a_full_date_needs_no_publication_date(phrase: str) -> None:
    (time,) = times(f"They will meet in {phrase}.", None)
    assert time.when.date is not None


@pytest.mark.parametrize("phrase", ["31 June", "30 February"])
def test_a_day_that_does_not_exist_is_no_date(phrase: str) -> None:
    assert all(time.when.precision != "day" for time in times(f"They will meet on {phrase}."))


@pytest.mark.parametrize("published", [dt.date.min, dt.date.max])
def test_nothing_lies_beyond_the_calendar(published: dt.date) -> None:
    text = " ".join(f"They met {row[0]}." for row in (*AHEAD, *BEHIND))
    for forward in (True, False):
        assert times(text, published, forward=forward)


def test_the_past_is_no_coming_time() -> None:
    found = times("They met last week and on 2 March.", forward=False)
    assert [time.future for time in found] == [False, False]


def test_a_bare_month_far_ahead_is_the_one_behind_unless_the_verb_looks_ahead() -> None:
    (behind,) = times("in November", forward=False)
    (ahead,) = times("in November")
    assert (behind.when.date, ahead.when.date) == (day(11, 1, 2025), day(11, 1))


def test_this_week_said_on_a_sunday_of_what_will_be_is_the_week_that_begins() -> None:
    sunday = PUBLISHED + dt.timedelta(days=4)
    (ahead,) = times("this week", sunday)
    (behind,) = times("this week", sunday, forward=False)
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
    assert len(times(text)) == found


def test_may_is_a_month_only_when_written_as_one() -> None:
    assert times("They may 2 times refuse.") == []


# Western: the U.S. Naval Observatory's table; Eastern: that of the World Council of Churches.
@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (1954, (4, 18), (4, 25)),
        (2000, (4, 23), (4, 30)),
        (2008, (3, 23), (4, 27)),
        (2011, (4, 24), (4, 24)),
        (2024, (3, 31), (5, 5)),
        (2026, (4, 5), (4, 12)),
        (2038, (4, 25), (4, 25)),
    ],
)
def test_easter_is_known_of_every_year(year: int, western: tuple[int, int], eastern: tuple[int, int]) -> None:
    assert easter(year) == dt.date(year, *western)
    assert eastern_easter(year) == dt.date(year, *eastern)


def test_days_counted_from_another_are_those_of_the_case() -> None:
    text = (
        "Peru will host a summit the day after tomorrow. Kenya and Oman will meet a week from Thursday. "
        "The vote will be held on Thursday week. The summit will be held on Easter Monday."
    )
    found = [time.when.date for time in times(text, dt.date(2024, 2, 28))]
    assert found == [day(3, 1, 2024), day(3, 7, 2024), day(3, 7, 2024), day(4, 1, 2024)]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


CLAUSES = [
    ("Kenya and Oman will meet on Friday.", [(day(3, 20), True)]),
    ("Kenya and Oman met on Friday.", [(day(3, 13), False)]),
    ("The minister arrives Friday in Cairo.", [(day(3, 20), True)]),
    ("The envoys are due to meet on Friday.", [(day(3, 20), True)]),
    ("The envoys were due to meet on Friday.", [(day(3, 20), True)]),
    ("The talks are scheduled for Friday.", [(day(3, 20), True)]),
    ("Peace talks set for Friday", [(day(3, 20), True)]),
    ("They plan to meet on 8 June.", [(day(6, 8), True)]),
    ("The council is to vote on Friday.", [(day(3, 20), True)]),
    ("They agreed to meet on Friday.", [(day(3, 20), True)]),
    ("They began to arrive on Friday.", [(day(3, 13), False)]),
    ("They failed to reach a deal on Friday.", [(day(3, 13), False)]),
    ("The minister flew to Oslo to meet him on Friday.", [(day(3, 13), False)]),
    ("The envoy had met him on Friday.", [(day(3, 13), False)]),
    ("He could have left on Friday.", [(day(3, 13), False)]),
    ("Officials postponed the vote until Friday.", [(day(3, 20), True)]),
    ("The bank has extended the loan through January.", [(day(1, 1, 2027), True)]),
    ("The council demanded that troops leave by Friday.", [(day(3, 20), True)]),
    ("Ahead of Friday’s summit, the two leaders spoke.", [(day(3, 20), True)]),
    (
        "The minister said on Monday that he will travel to Oslo on Friday.",
        [(day(3, 16), False), (day(3, 20), True)],
    ),
    (
        "The minister said on Monday he would travel to Oslo on Friday.",
        [(day(3, 16), False), (day(3, 20), True)],
    ),
    ("The accord signed on Friday will take effect in June.", [(day(3, 13), False), (day(6, 1), True)]),
    ("The council has scheduled a vote on Friday.", [(day(3, 20), True)]),
    ("The record set on Friday was beaten.", [(day(3, 13), False)]),
    ("The move follows Tuesday’s declaration.", [(day(3, 17), False)]),
    ("They met in January.", [(day(1, 1), False)]),
    ("They will meet in January.", [(day(1, 1, 2027), True)]),
    ("Trade fell by a third in two years.", []),
    ("Elections will be held in two years.", [(day(1, 1, 2028), True)]),
    ("The council will vote on Wednesday.", [(day(3, 18), True)]),
    ("The council voted on Wednesday.", [(day(3, 18), False)]),
    ("The council will vote today.", [(day(3, 18), True)]),
    ("The deal was reached today.", [(day(3, 18), False)]),
    ("On Thursday, 19 March, she met the envoy.", [(day(3, 19), False)]),
]


@pytest.mark.parametrize(("text", "told"), CLAUSES, ids=[row[0] for row in CLAUSES])
def test_a_time_points_where_the_verb_of_its_clause_does(
    reader: Reader, text: str, told: list[tuple[dt.date, bool]]
) -> None:
    ((sentence,),) = reader.read([text])
    found = read_times(sentence, text, PUBLISHED)
    assert [(time.when.date, time.future) for time in found] == told


def test_an_article_without_a_date_has_no_dates_invented(reader: Reader) -> None:
    text = "Kenya and Oman will meet on Friday, and in June next year."
    ((sentence,),) = reader.read([text])
    assert [time.when.date for time in read_times(sentence, text, None)] == [None, None]
