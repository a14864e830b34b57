from __future__ import annotations

import datetime as dt
import itertools
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
        (TREATY, ()),
    ],
)
def test_another_commitment_opens_a_row_of_its_own(text: str, parties: tuple[str, ...]) -> None:
    rows = ledger([day(MONDAY, ("agreed", TREATY)), day(later(1), ("signed", text), parties=parties)])
    assert [len(row.history) for row in rows] == [1, 1]


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
    assert [one.article for one in row.history[0].evidence] == ["2022-11-14-0", "2022-11-14-1"]


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
