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
    Difference,
    Evidence,
    Outlook,
    Period,
    Slots,
    Status,
    Story,
    Summary,
    Version,
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
    role: str = "Foreign Minister",
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
        (slots(role="Prime Minister"), "office of Ana Lind", "Foreign Minister", "Prime Minister"),
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


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("Foreign Minister", "Norlandic Foreign Minister", False),
        ("Foreign Minister of Norland", "Norland's Foreign Minister", False),
        ("Foreign Minister", "Minister", False),
        ("Foreign Minister", "former Foreign Minister", True),
        ("Foreign Minister", "Finance Minister", True),
        ("Foreign Minister", "President of Norland", True),
    ],
)
def test_an_office_in_other_words_is_the_same_office(before: str, now: str, changed: bool) -> None:
    (change,) = compare(brief(story(1, told=slots(role=before))), brief(story(1, told=slots(role=now)))).items
    assert (change.status == "changed") is changed


def agreed(text: str, status: Status = "pledged") -> Slots:
    return Slots(agreed=(Agreed(text, status, (Evidence(0, 1, text, article="a"),), "test"),))


def coming(text: str, day: dt.date | None) -> Slots:
    when = When("then", day, None, "day") if day else None
    return Slots(outlook=(Outlook(text, "expected", (Evidence(0, 1, text, article="a"),), "test", when),))


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (
            agreed("Norland pledged $40 million for the flooded valley."),
            agreed("Norland pledged $90 million for the flooded valley."),
            [
                (
                    "pledged",
                    "Norland pledged $40 million for the flooded valley.",
                    "Norland pledged $90 million for the flooded valley.",
                )
            ],
        ),
        (
            agreed("Norland pledged $40 million for the flooded valley."),
            agreed("Norland pledged forty million dollars to the flooded valley."),
            [],
        ),
        (
            agreed("Norland pledged $40 million for the flooded valley."),
            agreed("Norland refused to pay for the flooded valley.", "refused"),
            [("status of “Norland refused to pay for the flooded valley.”", "pledged", "refused")],
        ),
        (
            agreed("Norland pledged to send doctors to the valley."),
            agreed("Norland pledged not to send doctors to the valley."),
            [("pledged", None, "Norland pledged not to send doctors to the valley.")],
        ),
        (
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3)),
            coming("The summit in Bern will now open on 12 June 2023.", dt.date(2023, 6, 12)),
            [("date of “The summit in Bern will now open on 12 June 2023.”", "2023-05-03", "2023-06-12")],
        ),
        (
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3)),
            coming("The summit in Bern will open soon.", None),
            [],
        ),
        (
            coming("The summit in Bern will open soon.", None),
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3)),
            [("date of “The summit opens in Bern on 3 May.”", None, "2023-05-03")],
        ),
    ],
)
def test_a_statement_in_other_words_is_the_old_one_with_what_is_new(
    before: Slots, now: Slots, told: list[tuple[str, str | None, str]]
) -> None:
    (change,) = compare(brief(story(1, told=before)), brief(story(1, told=now))).items
    assert [(one.what, one.old, one.new) for one in change.revisions] == told
    assert (change.status == "changed") is bool(told)


def version(value: str, article: Article) -> Version:
    return Version(value, (Evidence(0, 1, value, article=article.id),))


def test_a_figure_that_a_further_article_gives_otherwise_is_a_change_and_the_same_is_none_again() -> None:
    later = replace(ARTICLE, id="b", text="15 were hurt.")
    both = replace(story(1), articles=(ARTICLE, later))
    differ = Difference("number", "people hurt", (version("12", ARTICLE), version("15", later)))
    updated, disputed = replace(both, updates=(differ,)), replace(both, conflicts=(differ,))
    for now in (updated, disputed):
        (change,) = compare(brief(story(1)), brief(now)).items
        assert [(one.what, one.old, one.new) for one in change.revisions] == [("people hurt", "12", "15")]
        assert change.revisions[0].old_evidence == differ.versions[0].evidence
        assert change.revisions[0].evidence == differ.versions[1].evidence
        assert statuses(compare(brief(now), brief(now, date=DAY + dt.timedelta(days=1)))) == ["unchanged"]
        (twice,) = compare(brief(story(1)), brief(now), {}, {"s1": [differ]}).items
        assert twice.revisions == change.revisions


def test_further_sources_that_add_nothing_are_no_change() -> None:
    copy = replace(ARTICLE, id="b", text=f"{TEXT} So it was reported.")
    more = replace(story(1), articles=(copy, ARTICLE), id="s9")
    assert statuses(compare(brief(story(1)), brief(more))) == ["unchanged"]


def test_a_story_that_was_split_is_not_new_and_one_that_was_merged_not_dropped() -> None:
    other = replace(ARTICLE, id="b", text="Something else.")
    whole = replace(story(1), articles=(ARTICLE, other))
    parts = brief(story(2), story(3, other))
    split = compare(brief(whole), parts)
    assert [(item.status, item.previous) for item in split.items] == [("unchanged", "s1")] * 2
    merged = compare(parts, brief(whole))
    assert [(item.status, item.previous) for item in merged.items] == [("unchanged", "s2")]


def test_of_several_places_none_is_said_to_have_taken_the_place_of_another() -> None:
    before = slots(places=(("Bern", "Switzerland"), ("Basel", "Switzerland")))
    (change,) = compare(
        brief(story(1, told=before)), brief(story(1, told=slots(places=(("Oslo", "Norway"),))))
    ).items
    assert [(one.old, one.new) for one in change.revisions] == [(None, "Oslo, Norway")]
