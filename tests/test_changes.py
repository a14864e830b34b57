from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from briefing.brief import compare
from briefing.types import (
    Agreed,
    Article,
    Brief,
    Changes,
    Evidence,
    Outlook,
    Period,
    Slots,
    Status,
    Story,
    Summary,
    When,
    Where,
    Who,
)

DAY = dt.date(2022, 11, 15)
TEXT = "Norland met Sudia. They may open the port. Talks resume on 3 May."
ARTICLE = Article("a", TEXT, "Talks", DAY)
WHOLE = (Evidence(0, len(TEXT), TEXT, article="a"),)


def slots(
    status: Status = "proposed",
    when: dt.date = dt.date(2023, 5, 3),
    role: str = "Minister",
    places: tuple[tuple[str | None, str], ...] = (("Bern", "Switzerland"),),
    more: tuple[str, ...] = (),
) -> Slots:
    return Slots(
        who=(Who("Ana Lind", "person", WHOLE, "test", role, "Norland"),),
        where=tuple(Where(WHOLE, "test", place, country) for place, country in places),
        agreed=tuple(Agreed(text, status, WHOLE, "test") for text in ("They may open the port.", *more)),
        outlook=(
            Outlook(
                "Talks resume on 3 May.", "scheduled", WHOLE, "test", When("on 3 May", when, None, "day")
            ),
        ),
    )


def brief(*stories: Story, date: dt.date = DAY) -> Brief:
    return Brief("Brief", date, Period(), stories, len(stories))


def story(number: int, article: Article = ARTICLE, told: Slots | None = None) -> Story:
    return Story(f"s{number}", f"Story {number}", "", (article,), Summary((), "", ""), told or slots())


def statuses(changes: Changes) -> list[str]:
    return [item.status for item in changes.items]


def test_the_same_input_on_the_next_day_is_all_unchanged() -> None:
    old = brief(*(story(n, replace(ARTICLE, id=str(n), text=f"{TEXT} {n}")) for n in range(5)))
    new = replace(old, date=DAY + dt.timedelta(days=1), stories=tuple(reversed(old.stories)))
    changes = compare(old, new)
    assert changes.since == DAY
    assert statuses(changes) == ["unchanged"] * 5


def test_what_only_one_brief_has_is_new_or_dropped() -> None:
    other = replace(ARTICLE, id="b", text="Something else.")
    changes = compare(brief(story(1)), brief(story(2, other)))
    assert [(item.status, item.story, item.previous) for item in changes.items] == [
        ("new", "s2", None),
        ("dropped", None, "s1"),
    ]


def test_a_story_goes_on_in_other_articles_where_that_is_known() -> None:
    other = replace(ARTICLE, id="b", text="The talks went on.")
    changes = compare(brief(story(1)), brief(story(2, other)), {"s2": "s1"})
    assert statuses(changes) == ["unchanged"]


def test_a_shared_article_counts_more_than_what_a_story_is_about() -> None:
    other = replace(ARTICLE, id="b", text="The talks went on.")
    changes = compare(brief(story(1)), brief(story(2, other), story(3)), {"s2": "s1"})
    assert [(item.status, item.previous) for item in changes.items] == [("new", None), ("unchanged", "s1")]


@pytest.mark.parametrize(
    ("now", "what", "old", "new"),
    [
        (slots(status="agreed"), "status of “They may open the port.”", "proposed", "agreed"),
        (slots(when=dt.date(2023, 6, 1)), "date of “Talks resume on 3 May.”", "2023-05-03", "2023-06-01"),
        (slots(role="Prime Minister"), "office of Ana Lind", "Minister", "Prime Minister"),
        (slots(places=(("Oslo", "Norway"),)), "place", "Bern, Switzerland", "Oslo, Norway"),
        (
            slots(places=(("Bern", "Switzerland"), ("Oslo", "Norway"))),
            "place",
            None,
            "Oslo, Norway",
        ),
        (slots(more=("A ferry will run.",)), "proposed", None, "A ferry will run."),
    ],
)
def test_a_changed_value_is_told_with_the_old_one(now: Slots, what: str, old: str | None, new: str) -> None:
    (change,) = compare(brief(story(1)), brief(story(1, told=now))).items
    assert change.status == "changed"
    assert [(one.what, one.old, one.new) for one in change.revisions] == [(what, old, new)]
    assert change.revisions[0].evidence
    assert bool(change.revisions[0].old_evidence) == (old is not None)


@pytest.mark.parametrize(
    "now",
    [
        replace(slots(), agreed=()),
        replace(slots(), who=()),
        slots(places=((None, "Switzerland"),)),
        slots(places=()),
        replace(slots(), agreed=(replace(slots().agreed[0], text="They may soon open the port."),)),
    ],
)
def test_what_is_merely_not_repeated_or_said_in_other_words_is_no_change(now: Slots) -> None:
    assert statuses(compare(brief(story(1)), brief(story(1, told=now)))) == ["unchanged"]
