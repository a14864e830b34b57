from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from briefing.brief import compare, met_again
from briefing.types import (
    Agreed,
    Article,
    Brief,
    Changes,
    Difference,
    Evidence,
    Meeting,
    Outlook,
    Period,
    Prospect,
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
LATER = Article("b", "It was reported again.", "Talks", DAY + dt.timedelta(days=1))


def quoted(text: str, article: Article) -> tuple[Evidence, ...]:
    return (Evidence(0, 1, text, article=article.id),)


def brief(*stories: Story, date: dt.date = DAY, meetings: tuple[Meeting, ...] = ()) -> Brief:
    return Brief("Brief", date, Period(), stories, len(stories), meetings=meetings)


def story(number: int, article: Article = ARTICLE, told: Slots | None = None) -> Story:
    return Story(f"s{number}", f"Story {number}", "", (article,), Summary((), "", ""), told or Slots())


def statuses(changes: Changes) -> list[str]:
    return [item.status for item in changes.items]


def moved(before: Slots, now: Slots, article: Article = LATER) -> list[tuple[str, str | None, str | None]]:
    """What is told where a story of one article goes on in another one."""
    (change,) = compare(brief(story(1, told=before)), brief(story(1, article, now)), {"s1": "s1"}).items
    assert (change.status == "changed") is bool(change.revisions)
    for one in change.revisions:
        assert one.evidence
        assert bool(one.old_evidence) == (one.old is not None)
    return [(one.what, one.old, one.new) for one in change.revisions]


def agreed(
    text: str, status: Status = "pledged", article: Article = ARTICLE, parties: tuple[str, ...] = ("Norland",)
) -> Slots:
    return Slots(agreed=(Agreed(text, status, quoted(text, article), "test", parties),))


def coming(
    text: str,
    day: dt.date | None,
    article: Article = ARTICLE,
    end: dt.date | None = None,
    kind: Prospect = "scheduled",
) -> Slots:
    when = When("then", day, end, "month" if end else "day") if day else None
    return Slots(outlook=(Outlook(text, kind, quoted(text, article), "test", when),))


def test_the_same_input_on_the_next_day_is_all_unchanged() -> None:
    told = agreed("They may open the port.", "agreed")
    old = brief(*(story(n, replace(ARTICLE, id=str(n), text=f"{TEXT} {n}"), told) for n in range(5)))
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


def test_a_story_goes_on_in_other_articles_where_that_is_known_and_in_several_stories() -> None:
    other = replace(ARTICLE, id="b", text="The talks went on.")
    changes = compare(brief(story(1)), brief(story(2, other), story(3)), {"s2": "s1"})
    assert [(item.status, item.previous) for item in changes.items] == [("unchanged", "s1")] * 2


PORT = agreed("Norland proposed to open the port of Varna.", "proposed")


@pytest.mark.parametrize(
    ("before", "status", "parties", "told"),
    [
        (PORT, "agreed", ("Norland", "Sudia"), [("port of Varna is to open", "proposed", "agreed")]),
        (PORT, "refused", ("Norland",), [("port of Varna is to open", "proposed", "refused")]),
        # Background: what was signed is not pledged again.
        (agreed("Norland signed the port of Varna over.", "signed"), "pledged", ("Norland",), []),
        (agreed("Norland agreed to open the port of Varna.", "agreed"), "reaffirmed", ("Norland",), []),
        # Another side's position is no step of the first one's.
        (PORT, "agreed", ("Sudia",), [("agreed", None, "Now the port of Varna is to open.")]),
    ],
)
def test_a_matter_only_goes_further(
    before: Slots, status: Status, parties: tuple[str, ...], told: list[tuple[str, str | None, str]]
) -> None:
    assert moved(before, agreed("Now the port of Varna is to open.", status, LATER, parties)) == told


def test_an_older_article_moves_nothing_and_neither_does_one_that_was_read() -> None:
    older = replace(LATER, date=DAY - dt.timedelta(days=1))
    assert moved(PORT, agreed("Norland agreed to open the port of Varna.", "agreed", older), older) == []
    assert moved(PORT, agreed("Norland agreed to open the port of Varna.", "agreed"), ARTICLE) == []


@pytest.mark.parametrize(
    ("text", "status", "parties", "news"),
    [
        ("Sudia approved the dam at Korta.", "agreed", ("Sudia",), True),
        ("Sudia approved the dam at Korta last year.", "agreed", ("Sudia",), False),
        ("Sudia pledged to build the dam at Korta.", "pledged", ("Sudia",), False),
        ("Sudia agreed that the dam at Korta was a threat.", "agreed", ("Sudia",), False),
        ("It was agreed to build the dam at Korta.", "agreed", (), False),
        ("Sudia refused to build the dam at Korta.", "refused", ("Sudia",), True),
        ("Sudia will never give up the dam at Korta.", "refused", ("Sudia",), False),
        ("Sudia rejected the claims about the dam at Korta.", "refused", ("Sudia",), False),
    ],
)
def test_of_a_new_matter_only_what_is_decided_now_is_news(
    text: str, status: Status, parties: tuple[str, ...], news: bool
) -> None:
    now = agreed(text, status, LATER, parties)
    assert moved(PORT, now) == ([(status, None, text)] if news else [])


def test_what_the_earlier_article_said_is_not_new_though_no_slot_had_it() -> None:
    said = replace(ARTICLE, text=f"{TEXT} Ministers of Sudia approved the dam at Korta on Monday.")
    now = agreed("Sudia approved the dam at Korta.", "agreed", LATER, ("Sudia",))
    (change,) = compare(brief(story(1, said)), brief(story(1, LATER, now)), {"s1": "s1"}).items
    assert change.status == "unchanged"


def test_names_and_places_are_no_change() -> None:
    who = Who("Ana Lind", "person", quoted("Ana Lind", LATER), "test", "photographer", "Post")
    now = Slots(who=(who,), where=(Where(quoted("Oslo", LATER), "test", "Oslo", "Norway"),))
    assert moved(PORT, now) == []


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (
            agreed("Norland pledged $40 million for the flooded valley."),
            agreed("Norland pledged $90 million for the flooded valley.", article=LATER),
            [("pledged, flooded valley", "$40 million", "$90 million")],
        ),
        (
            agreed("Norland pledged $40 million for the flooded valley."),
            agreed("Norland pledged forty million dollars to the flooded valley.", article=LATER),
            [],
        ),
        (
            agreed("Norland pledged to send doctors to the valley."),
            agreed("Norland pledged not to send doctors to the valley.", article=LATER),
            [],
        ),
        (
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3)),
            coming("The summit in Bern will now open on 12 June 2023.", dt.date(2023, 6, 12), LATER),
            [("summit in Bern will now open", "3 May 2023", "12 June 2023")],
        ),
        (
            coming("Minister Ana Lind said the accord would enter into force on 3 May.", dt.date(2023, 5, 3)),
            coming("Minister Ana Lind said it would enter into force on 4 May.", dt.date(2023, 5, 4), LATER),
            [("enter into force", "3 May 2023", "4 May 2023")],
        ),
        (
            coming("The summit opens in Bern in May.", dt.date(2023, 5, 1), end=dt.date(2023, 5, 31)),
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3), LATER),
            [("summit opens in Bern", "May 2023", "3 May 2023")],
        ),
        (
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3)),
            coming("The summit opens in Bern in May.", dt.date(2023, 5, 1), LATER, dt.date(2023, 5, 31)),
            [],
        ),
        (
            coming("The summit in Bern will open soon.", None),
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3), LATER),
            [("summit opens in Bern", None, "3 May 2023")],
        ),
        (
            coming("The summit opens in Bern on 3 May.", dt.date(2023, 5, 3)),
            coming("The summit in Bern may open on 12 June.", dt.date(2023, 6, 12), LATER, kind="assessment"),
            [],
        ),
    ],
)
def test_a_statement_in_other_words_is_the_old_one_with_what_is_new(
    before: Slots, now: Slots, told: list[tuple[str, str | None, str]]
) -> None:
    assert moved(before, now) == told


def test_a_meeting_that_was_planned_is_held_or_put_off() -> None:
    sides = [Who(name, "state", quoted(name, ARTICLE), "test", side=name) for name in ("Norland", "Sudia")]
    planned = Meeting(tuple(sides), "talks", "planned", "s1", quoted("Talks", ARTICLE), date=DAY)
    held = replace(planned, status="held", story="s2", evidence=quoted("Talks", LATER))
    late = replace(held, status="planned", date=DAY + dt.timedelta(days=9))
    for row, told in (
        (held, ("talks, Norland, Sudia", "planned", "held")),
        (late, ("talks, Norland, Sudia", "15 November 2022", "24 November 2022")),
    ):
        old, new = brief(story(1), meetings=(planned,)), brief(story(2, LATER), meetings=(row,))
        (change,) = compare(old, new, met_again(old, new)).items
        assert [(one.what, one.old, one.new) for one in change.revisions] == [told]
    other = replace(held, parties=(sides[0], replace(sides[1], name="Vardia", side="Vardia")))
    assert met_again(old, brief(story(2, LATER), meetings=(other,))) == {}


def version(value: str, article: Article) -> Version:
    return Version(value, quoted(f"{value} people were hurt.", article))


def test_a_figure_that_a_further_article_gives_otherwise_is_a_change_and_the_same_is_none_again() -> None:
    later = replace(ARTICLE, id="b", text="15 people were hurt.")
    both = replace(story(1), articles=(ARTICLE, later))
    differ = Difference("number", "people hurt", (version("12", ARTICLE), version("15", later)))
    updated, disputed = replace(both, updates=(differ,)), replace(both, conflicts=(differ,))
    for now in (updated, disputed):
        (change,) = compare(brief(story(1)), brief(now)).items
        assert [(one.what, one.old, one.new) for one in change.revisions] == [("injured", "12", "15")]
        assert change.revisions[0].old_evidence == differ.versions[0].evidence
        assert change.revisions[0].evidence == differ.versions[1].evidence
        assert statuses(compare(brief(now), brief(now, date=DAY + dt.timedelta(days=1)))) == ["unchanged"]
        (twice,) = compare(brief(story(1)), brief(now), {}, {"s1": [differ]}).items
        assert twice.revisions == change.revisions


def test_a_toll_goes_back_only_where_an_article_takes_it_back() -> None:
    later = replace(ARTICLE, id="b", text="12 people were hurt.")
    fewer = version("12", later)
    differ = Difference("number", "people hurt", (version("15", ARTICLE), fewer))
    old, new = brief(story(1)), brief(story(1, later))
    assert statuses(compare(old, new, {"s1": "s1"}, {"s1": [differ]})) == ["unchanged"]
    taken = replace(fewer, evidence=quoted("Police revised the number of people hurt to 12.", later))
    back = replace(differ, versions=(differ.versions[0], taken))
    assert statuses(compare(old, new, {"s1": "s1"}, {"s1": [back]})) == ["changed"]


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
