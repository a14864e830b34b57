"""What of a day fits into the words of a brief, and that each fact is told once."""

from __future__ import annotations

import datetime as dt

from briefing.brief.choosing import choose, untold
from briefing.types import (
    Agreed,
    Article,
    Evidence,
    Outlook,
    Slots,
    Status,
    Story,
    Summary,
    SummarySentence,
    When,
)

SAID = [
    "Norway and Chile signed a treaty on fisheries in the harbour of Oslo.",
    "Norway and Chile signed a treaty about fisheries in the harbour of Oslo yesterday.",
    "Peru refused to join the group of states before its election in April.",
    "The sea will stay cold.",
    "Ministers will meet in Lima on 5 April to speak about ships and nets.",
]
TEXT = " ".join(SAID)
MEETING = When("on 5 April", dt.date(2024, 4, 5), None, "day")


def at(text: str) -> tuple[Evidence, ...]:
    start = TEXT.index(text)
    return (Evidence(start, start + len(text), text, article="a"),)


def agreed(text: str, status: Status) -> Agreed:
    return Agreed(text, status, at(text), "test")


def story(*summary: str) -> Story:
    slots = Slots(
        agreed=(agreed(SAID[0], "signed"), agreed(SAID[1], "signed"), agreed(SAID[2], "refused")),
        outlook=(
            Outlook(SAID[3], "assessment", at(SAID[3]), "test"),
            Outlook(SAID[4], "scheduled", at(SAID[4]), "test", MEETING),
        ),
    )
    sentences = tuple(SummarySentence(one, at(one)) for one in summary)
    article = Article("a", TEXT, "Treaty signed", dt.date(2024, 3, 11))
    return Story("s", "Treaty signed", "Europe", (article,), Summary(sentences, "test", "test"), slots)


def told(one: Story) -> list[str]:
    values: list[Agreed | Outlook] = [*one.slots.agreed, *one.slots.outlook]
    return [value.text for value in values if value.told]


def test_with_room_everything_that_matters_is_told_once() -> None:
    (found,) = choose([story()], 500)
    assert told(found) == [SAID[0], SAID[2], SAID[4]]


def test_what_the_summary_says_is_not_told_again() -> None:
    (found,) = choose([story(SAID[0])], 500)
    assert told(found) == [SAID[2], SAID[4]]


def test_with_little_room_what_binds_comes_first() -> None:
    (found,) = choose([story()], 18)
    assert told(found) == [SAID[0]]


def test_stories_beyond_the_room_are_told_in_one_sentence() -> None:
    long = [story(SAID[0], SAID[2], SAID[4]) for _ in range(4)]
    found = choose(long, 160)
    lengths = [len(one.summary.sentences) for one in found]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] == 3
    assert lengths[-1] == 1


def test_choosing_twice_changes_nothing() -> None:
    once = choose([story(SAID[0], SAID[2]), story(SAID[4])], 60)
    assert choose(once, 60) == once


def test_of_a_story_that_is_not_told_no_statement_is() -> None:
    assert told(untold(story())) == []
