"""The weights of stories follow what the known events say, and common words what the texts say."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
import yaml

from briefing.cluster import Profile
from briefing.cluster.common import rarity
from briefing.cluster.likeness import compare, groups_of
from briefing.types import Article
from training.common import common_words
from training.stories import Known, fitted


def known(event: int, number: int) -> Known:
    """One of several articles on an event: near the others in meaning, with the same town and day."""
    name = f"event {event} article {number}"
    angle = event * 0.5 + number * 0.05
    profile = Profile(
        meaning=np.array([np.cos(angle), np.sin(angle)], dtype=np.float32),
        told=frozenset({f"town{event}", f"deed{event}", "minister", f"aside{event}{number}"}),
        key={f"town{event}": 1, f"deed{event}": 1, "minister": 1},
        names={f"town{event}": 1},
        states=frozenset({f"state{event}"}),
        date=dt.date(2022, 11, event + 1),
    )
    return Known(Article(name, name, date=profile.date), profile, str(event))


EVENTS = [known(event, number) for event in range(8) for number in range(3)]


@pytest.fixture(scope="module")
def twins() -> list[tuple[Profile, Profile]]:
    """Each first article, and the like of it in a town that nobody else names."""
    made = []
    for n, one in enumerate(EVENTS[::3]):
        town = next(iter(one.profile.names))
        other = f"elsewhere{n}"
        twin = Profile(
            one.profile.meaning,
            one.profile.told - {town} | {other},
            {other if word == town else word: count for word, count in one.profile.key.items()},
            {other: 1},
            one.profile.states,
            one.profile.date,
        )
        made.append((one.profile, twin))
    return made


def test_events_are_told_apart_and_the_like_elsewhere_too(twins: list[tuple[Profile, Profile]]) -> None:
    weights, report = fitted(EVENTS, twins)
    assert weights.elsewhere < 0 < weights.told
    groups = groups_of([one.profile for one in EVENTS])
    assert (
        weights.of(compare(groups[0], groups[1])) > weights.bound > weights.of(compare(groups[0], groups[3]))
    )
    assert any(line.startswith("events: F1") for line in report)


def test_the_same_events_give_the_same_weights(twins: list[tuple[Profile, Profile]]) -> None:
    assert fitted(EVENTS, twins) == fitted(EVENTS, twins)


def test_common_words_are_those_of_many_texts_of_every_kind() -> None:
    """Each collection counts as much as another, however many texts it has."""
    news = ["Ministers met.", "The minister left."]
    records = [f"The readout number {n} of the talks" for n in range(20)]
    words = yaml.safe_load(common_words([news, records]))["words"]
    level = {word: share for share, of in words.items() for word in (of or "").split()}
    assert level["minister"] >= 256
    assert level["readout"] >= 256
    assert level["left"] < level["minister"]


def test_a_word_of_many_articles_is_common_and_an_unknown_one_rare() -> None:
    assert 0 <= rarity("president") < rarity("ferri") <= 1
    assert rarity("qwertzuiop") == 1
