"""Where things stand in the pictures of a page."""

from __future__ import annotations

import datetime as dt

from briefing.render.graph import Graph, graph_of
from briefing.render.timeline import Timeline, timeline_of
from briefing.types import Event, Evidence, Meeting, When, Who

TODAY = dt.date(2022, 11, 28)  # a Monday
SAID = (Evidence(0, 4, "They"),)


def event(story: str, first: str, last: str | None = None) -> Event:
    end = dt.date.fromisoformat(last) if last else None
    when = When("then", dt.date.fromisoformat(first), end, "day")
    return Event(f"Event {story}.", "scheduled", when, story, SAID)


def timeline(*events: Event) -> Timeline | None:
    return timeline_of(events, TODAY, {str(n): n for n in range(1, 9)})


def drawn(*events: Event) -> Timeline:
    made = timeline(*events)
    assert made is not None
    return made


def at(made: Timeline, below: str) -> float:
    return next(column.x for column in made.columns if column.below == below)


def test_an_event_stands_on_its_day_and_one_further_off_in_its_month() -> None:
    made = drawn(event("1", "2022-12-02"), event("2", "2023-03-10"), event("3", "2023-03-20"))
    assert [(column.above, column.below) for column in made.columns] == [
        *(("Mo", "28"), ("Tu", "29"), ("We", "30"), ("Th", "1"), ("Fr", "2"), ("Sa", "3"), ("Su", "4")),
        ("Mar", "2023"),
    ]
    assert [(mark.story, mark.x, mark.lane) for mark in made.marks] == [
        (1, at(made, "2"), 0),
        (2, at(made, "2023"), 0),
        (3, at(made, "2023"), 1),
    ]
    assert [column.month for column in made.columns if column.month] == ["November", "December"]


def test_what_may_be_on_several_days_is_spread_over_those_that_are_shown_below_the_others() -> None:
    made = drawn(event("1", "2022-11-01", "2022-11-30"), event("2", "2022-11-29"), event("3", "2022-11-29"))
    spread = next(mark for mark in made.marks if mark.spread)
    assert (spread.x, spread.x + spread.width, spread.on) == (0, at(made, "1"), False)
    assert [(mark.story, mark.lane) for mark in made.marks] == [(2, 0), (3, 1), (1, 2)]


def test_what_goes_on_behind_the_days_that_are_shown_says_so() -> None:
    made = drawn(event("1", "2022-12-01", "2022-12-31"), event("2", "2022-12-01", "2022-12-04"))
    ends = {mark.story: (round(mark.x + mark.width, 1), mark.on) for mark in made.marks}
    assert ends == {1: (100, True), 2: (100, False)}


def test_the_strip_ends_and_what_is_later_shares_the_last_column() -> None:
    made = drawn(*(event(str(n), f"202{n}-05-05") for n in range(3, 9)))
    last = made.columns[-1]
    assert (last.above, last.below) == ("Later", "")
    assert sum(mark.x == last.x for mark in made.marks) == 3
    assert abs(last.x + last.width - 100) < 0.1


def test_one_date_is_no_picture() -> None:
    assert timeline() is None
    assert timeline(event("1", "2022-12-02"), event("2", "2022-12-02")) is None
    assert timeline(event("1", "2022-12-02"), event("2", "2022-12-03")) is not None


def meeting(*sides: str, planned: bool = False, form: str = "meeting") -> Meeting:
    parties = tuple(Who(f"{side} {n}", "person", SAID, "test", side=side) for n, side in enumerate(sides))
    return Meeting(parties, form, "planned" if planned else "held", "1", SAID)


def graph(*meetings: Meeting) -> Graph:
    made = graph_of(meetings)
    assert made is not None
    return made


def test_the_side_that_met_most_stands_amid_those_whom_it_met() -> None:
    made = graph(meeting("Chile", "Peru"), meeting("Chile", "Egypt"), meeting("Italy", "France"))
    assert [side.name for side in made.sides] == ["Peru", "Chile", "Egypt", "Italy", "France"]
    assert {(arc.top, arc.bottom) for arc in made.arcs} == {
        (made.sides[0].y, made.sides[1].y),
        (made.sides[1].y, made.sides[2].y),
        (made.sides[3].y, made.sides[4].y),
    }
    assert made.sides[0].people == ("Peru 1",)
    assert made.sides[0].lines == ("Peru",)


def test_a_long_name_takes_two_lines() -> None:
    made = graph(meeting("Democratic Republic of the Congo", "Peru"), meeting("Chile", "Peru"))
    assert ("Democratic Republic of", "the Congo") in [side.lines for side in made.sides]


def test_an_arc_says_in_what_form_and_is_planned_only_where_nothing_was_held() -> None:
    made = graph(
        meeting("Chile", "Peru", form="call"),
        meeting("Peru", "Chile", planned=True),
        meeting("Italy", "France", planned=True),
    )
    assert [(arc.label, arc.planned) for arc in made.arcs] == [
        ("call, planned meeting", False),
        ("planned meeting", True),
    ]


def test_a_meeting_of_three_goes_from_one_to_the_next_and_is_named_once() -> None:
    made = graph(meeting("Chile", "Peru", "Egypt"), meeting("Chile", "Peru"))
    assert [bool(arc.label) for arc in made.arcs] == [True, False, True]
    ys = sorted(arc.y for arc in made.arcs if arc.label)
    assert ys[1] - ys[0] >= 13


def test_one_meeting_is_no_picture_and_many_sides_are_cut() -> None:
    assert graph_of([meeting("Chile", "Peru")]) is None
    many = graph(*(meeting(f"State {n}", f"Land {n}") for n in range(20)))
    assert (len(many.sides), many.left_out) == (14, 13)
