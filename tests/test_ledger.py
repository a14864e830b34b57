from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.archive import Archive
from briefing.brief import Entry, entry, ledger, to_show
from briefing.history import History, dump_entry
from briefing.types import (
    Agreed,
    Article,
    Commitment,
    Evidence,
    Outlook,
    Slots,
    Status,
    Story,
    Summary,
    When,
    Who,
)

MONDAY = dt.date(2022, 11, 14)
TREATY = "The ministers agreed to sign a treaty on fishing quotas in the northern strait."


def day(
    date: dt.date,
    *said: tuple[Status, str],
    parties: tuple[str, ...] = ("Norland", "Sudia"),
    due: dt.date | None = None,
) -> Entry:
    """What a day says: statements with their status, each an article of its own."""
    stories = []
    for n, (status, text) in enumerate(said):
        article = Article(f"{date}-{n}", f"{text} More follows.", date=date)
        evidence = (Evidence(0, len(text), text, article=article.id),)
        states = tuple(
            Who(name, "state", evidence, "test", side=name) for name in ("Norland", "Sudia", "Ostmark")
        )
        agreed = (Agreed(text, status, evidence, "test", parties),)
        when = When("then", due, None, "day")
        outlook = (Outlook(text, "scheduled", evidence, "test", when),) if due else ()
        slots = Slots(who=states, agreed=agreed, outlook=outlook)
        stories.append(Story(str(n), text, "", (article,), Summary((), "", ""), slots))
    return entry(stories, date)


def later(days: int) -> dt.date:
    return MONDAY + dt.timedelta(days=days)


def statuses(row: Commitment) -> list[str]:
    return [step.status for step in row.history]


@pytest.mark.parametrize(
    "text",
    [
        TREATY,
        "Ministers signed the treaty on fishing quotas in the northern strait.",
        "The treaty on quotas for fishing in the northern strait was signed on Tuesday by both ministers.",
    ],
)
def test_the_same_commitment_in_other_words_moves_the_row(text: str) -> None:
    (row,) = ledger([day(MONDAY, ("agreed", TREATY)), day(later(1), ("signed", text))])
    assert (row.status, row.object, statuses(row)) == ("signed", text, ["agreed", "signed"])
    assert [step.evidence[0].quote for step in row.history] == [TREATY, text]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The ministers signed a treaty on rail tariffs in the southern plain.", ("Norland", "Sudia")),
        ("The ministers agreed to open a consulate in the northern port.", ("Norland", "Sudia")),
        (TREATY, ("Norland", "Ostmark")),
        (TREATY, ("Norland",)),
    ],
)
def test_another_commitment_opens_a_row_of_its_own(text: str, parties: tuple[str, ...]) -> None:
    rows = ledger([day(MONDAY, ("agreed", TREATY)), day(later(1), ("signed", text), parties=parties)])
    assert [len(row.history) for row in rows] == [1, 1]


def test_where_nobody_is_named_who_is_bound_there_is_no_row() -> None:
    assert ledger([day(MONDAY, ("agreed", TREATY), parties=())]) == ()
    (row,) = ledger([day(MONDAY, ("agreed", TREATY)), day(later(1), ("signed", TREATY), parties=())])
    assert statuses(row) == ["agreed"]


PLEDGE = "Norland pledged to send 50 generators to Sudia by 20 November."


@pytest.mark.parametrize(
    ("status", "text", "moved"),
    [
        ("reaffirmed", "Norland reaffirmed that it would send the 50 generators to Sudia.", True),
        ("pledged", "Norland now pledged to send the 50 generators to Sudia by 3 December 2022.", False),
        ("refused", "Norland refused to send the generators to Sudia.", True),
        ("signed", "Norland signed a contract to send generators to Sudia.", True),
        ("pledged", "Norland pledged to send 80 generators to Sudia.", False),
        ("signed", "Norland signed a contract to send 50 ambulances to Sudia.", False),
        ("signed", "Norland signed a contract to send 50 generators to Ostmark.", False),
        ("agreed", "Norland agreed not to send the generators to Sudia.", False),
        ("agreed", "Norland agreed to withdraw the generators from Sudia.", False),
    ],
)
def test_only_the_same_pledge_is_moved(status: Status, text: str, moved: bool) -> None:
    first = day(MONDAY, ("pledged", PLEDGE), parties=("Norland",))
    row = ledger([first, day(later(1), (status, text), parties=("Norland",))])[0]
    assert statuses(row) == ["pledged", status] if moved else ["pledged"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Norland agreed to raise duties on steel imports.",
            "Norland signed a law to cut duties on steel imports.",
        ),
        (
            "Norland pledged to reopen the consulate in Harbour Town.",
            "Norland agreed to reopen the consulate in Stone City.",
        ),
        # What all statements of the trade share makes no two of them one.
        (
            "Norland pledged to strengthen cooperation on security and peace in the region.",
            "Norland agreed to strengthen cooperation on trade and peace in the region.",
        ),
    ],
)
def test_what_only_reads_alike_is_another_commitment(one: str, other: str) -> None:
    days = [day(MONDAY, ("pledged", one), parties=("Norland",))]
    days.append(day(later(1), ("agreed", other), parties=("Norland",)))
    assert [len(row.history) for row in ledger(days)] == [1, 1]


def test_another_due_date_moves_the_row_and_its_due_date() -> None:
    first = day(MONDAY, ("pledged", "Norland pledged to deliver the generators to Sudia by 20 November."),
                parties=("Norland",), due=later(6))  # fmt: skip
    second = day(later(1), ("pledged", "Norland pledged to deliver the generators to Sudia by 3 December."),
                 parties=("Norland",), due=later(19))  # fmt: skip
    (row,) = ledger([first, second])
    assert (statuses(row), row.last_day) == (["pledged", "pledged"], later(19))
    assert not row.overdue(later(7))


def test_the_same_articles_on_the_next_day_move_nothing() -> None:
    first = day(MONDAY, ("agreed", TREATY), ("pledged", PLEDGE))
    again = replace(
        first,
        commitments=tuple(
            replace(row, history=(replace(row.history[0], date=later(1)),)) for row in first.commitments
        ),
    )
    assert ledger([first, again]) == ledger([first])


def test_a_report_that_says_no_more_is_further_evidence() -> None:
    again = "The ministers of both states agreed to sign the treaty on fishing quotas in the northern strait."
    (row,) = ledger([day(MONDAY, ("agreed", TREATY)), day(later(1), ("agreed", again))])
    assert [step.date for step in row.history] == [MONDAY]
    assert [one.quote for one in row.history[0].evidence] == [TREATY, again]


def test_what_was_signed_is_not_moved_by_the_agreement_before_it() -> None:
    path: tuple[Status, ...] = ("agreed", "signed", "pledged", "agreed", "refused", "agreed")
    days = [day(later(n), (status, f"On {later(n):%A}, {TREATY}")) for n, status in enumerate(path)]
    assert [statuses(row) for row in ledger(days)] == [["agreed", "signed", "refused", "agreed"]]


@pytest.mark.parametrize(
    ("status", "text", "rows"),
    [
        ("pledged", "Norland pledged to send doctors.", 1),
        ("proposed", "Norland proposed a truce in the strait.", 1),
        ("refused", "Norland refused to send doctors.", 0),
        ("reaffirmed", "Norland reaffirmed its support for the alliance.", 0),
        ("reaffirmed", "Norland reaffirmed that it would send 40 doctors.", 1),
        ("agreed", "They agreed that the launch is a violation of the accord.", 0),
        ("agreed", "They agreed on the importance of dialogue.", 0),
        ("agreed", "They agreed that the envoy will visit the port.", 1),
    ],
)
def test_what_opens_a_row(status: Status, text: str, rows: int) -> None:
    assert len(ledger([day(MONDAY, (status, text))])) == rows


@pytest.mark.parametrize(
    ("text", "counterparts"),
    [
        ("Norland pledged aid to the government of Sudia.", ()),
        ("Norland pledged to give Sudia aid.", ("Sudia",)),
        ("Norland assured Sudian officials of its help.", ("Sudia",)),
        ("Norland pledged to impose costs on Ostmark.", ()),
        ("Norland pledged to help Sudia against Ostmark.", ("Sudia",)),
        ("Norland pledged to stand with Sudia and Ostmark.", ("Sudia",)),
        ("Norland pledged that Sudia would pay.", ()),
    ],
)
def test_the_counterpart_is_the_one_whom_it_is_towards(text: str, counterparts: tuple[str, ...]) -> None:
    (row,) = ledger([day(MONDAY, ("pledged", text), parties=("Norland",))])
    assert row.counterparts == counterparts


def test_another_figure_is_another_commitment() -> None:
    pledge = "Norland pledged {} million in aid for the flooded towns of the valley."
    for second, rows in ((pledge.format(40), 1), (pledge.format(90), 2)):
        days = [
            day(later(n), ("pledged", text), parties=("Norland",))
            for n, text in enumerate((pledge.format(40), second))
        ]
        assert len(ledger(days)) == rows


def test_another_counterpart_is_another_commitment() -> None:
    aid = "Norland pledged to send field hospitals and doctors to {} before the winter."
    days = [
        day(later(n), ("pledged", aid.format(name)), parties=("Norland",))
        for n, name in enumerate(("Sudia", "Ostmark", "Sudia"))
    ]
    assert [row.counterparts for row in ledger(days)] == [("Sudia",), ("Ostmark",)]


def test_two_reports_of_one_day_are_one_step_with_the_evidence_of_both() -> None:
    (row,) = ledger([day(MONDAY, ("agreed", TREATY), ("agreed", TREATY.replace("treaty", "new treaty")))])
    assert len(row.history) == 1
    assert {one.article for one in row.history[0].evidence} == {"2022-11-14-0", "2022-11-14-1"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_days_made_in_any_order_give_the_same_ledger(order: tuple[int, ...], tmp_path: Path) -> None:
    path: tuple[Status, ...] = ("proposed", "agreed", "signed")
    days = [day(later(n), (status, TREATY)) for n, status in enumerate(path)]
    now = dt.datetime(2022, 11, 20, tzinfo=dt.UTC)
    with Archive(tmp_path / "a.sqlite3") as archive:
        # An early brief of the second day that a later one replaces.
        archive.keep_brief(later(1), now, dump_entry(day(later(1), ("refused", TREATY))), lambda n: "{}")
        for n in order:
            archive.keep_brief(later(n), now, dump_entry(days[n]), lambda n: "{}")
        (row,) = History(archive).ledger(later(9))
        assert statuses(row) == list(path)
        assert statuses(History(archive).ledger(later(1))[0]) == ["proposed", "agreed"]


def test_a_passed_due_date_says_that_nothing_is_known_and_no_more() -> None:
    (row,) = ledger([day(MONDAY, ("pledged", TREATY), due=later(3))])
    assert [row.overdue(later(n)) for n in (0, 3, 4)] == [False, False, True]
    assert row.status == "pledged"


def test_a_report_after_the_due_date_ends_the_waiting() -> None:
    days = [day(MONDAY, ("pledged", TREATY), due=later(3)), day(later(5), ("signed", TREATY))]
    (row,) = ledger(days)
    assert not row.overdue(later(9))


@pytest.mark.parametrize(
    ("status", "on", "overdue"),
    [
        ("signed", 1, False),
        ("signed", 3, False),
        ("refused", 2, False),
        ("agreed", 1, True),
        ("agreed", 3, False),
        ("reaffirmed", 5, True),
        ("pledged", 5, True),
    ],
)
def test_an_outcome_alone_ends_the_waiting(status: Status, on: int, overdue: bool) -> None:
    days = [day(MONDAY, ("proposed", TREATY), due=later(3)), day(later(on), (status, TREATY))]
    (row,) = ledger(days)
    assert row.overdue(later(9)) is overdue


def test_a_whole_year_is_a_due_date_only_as_a_limit() -> None:
    (article,) = (Article("a", "x", date=MONDAY),)
    for text, phrase, due in (
        ("Norland pledged to meet its 2030 goals.", "2030", False),
        ("Norland pledged to be neutral by 2030.", "2030", True),
        ("Norland pledged to be neutral by 2030.", "by 2030", True),
    ):
        evidence = (Evidence(0, len(text), text, article="a"),)
        when = When(phrase, dt.date(2030, 1, 1), dt.date(2030, 12, 31), "year")
        slots = Slots(
            agreed=(Agreed(text, "pledged", evidence, "test", ("Norland",)),),
            outlook=(Outlook(text, "expected", evidence, "test", when),),
        )
        story = Story("s", text, "", (article,), Summary((), "", ""), slots)
        (row,) = entry([story], MONDAY).commitments
        assert (row.due is not None) is due


def test_the_ledger_of_a_year_of_busy_days_is_the_same_however_the_stories_are_ranked() -> None:
    texts = [f"Norland pledged to build {n} bridges over the river {chr(97 + n)}lta." for n in range(2, 20)]
    said: list[tuple[Status, str]] = [("pledged", text) for text in texts]
    forwards = [day(later(n), *said[n % 9 :]) for n in range(60)]
    backwards = [day(later(n), *reversed(said[n % 9 :])) for n in range(60)]
    assert [row.id for row in ledger(forwards)] == [row.id for row in ledger(backwards)]
    assert len(ledger(forwards)) == len(texts)


def test_a_brief_shows_what_moved_what_is_due_and_what_is_overdue() -> None:
    week = dt.timedelta(days=7)

    def shown(days: list[Entry], today: dt.date) -> list[str]:
        return [row.status for row in to_show(ledger(days), today, week)]

    pledged = day(MONDAY, ("pledged", TREATY), due=later(30))
    assert shown([pledged], MONDAY) == []
    assert shown([pledged], later(25)) == ["pledged"]
    assert shown([pledged], later(31)) == ["pledged"]
    assert shown([pledged, day(later(1), ("signed", TREATY))], later(1)) == ["signed"]
    assert shown([pledged, day(later(1), ("reaffirmed", TREATY))], later(1)) == []


def test_the_articles_of_a_day_are_kept_by_reference() -> None:
    articles = day(MONDAY, ("pledged", TREATY)).articles
    assert [(one.id, one.text, len(one.sha256)) for one in articles] == [("2022-11-14-0", "", 64)]
