from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cluster import Cluster, Profile, cluster, profile_of
from briefing.cluster.likeness import Weights, compare, groups_of, load_weights, merged
from briefing.reading import ArticleReader
from briefing.slots import load_rules
from briefing.types import Article, Selector

TITLES = (
    "Readout of President Biden’s Call with President Duda of Poland",
    "President Biden meets Prime Minister Meloni",
    "Readout of President Biden’s Meeting with President Xi",
    "What Bali changed",
    "Budget passed",
)
BOUND = 0.5
# One story where meanings are more alike than BOUND, whatever else is said.
MEANING = Weights(start=-BOUND, meaning=1, told=0, apart=0, far=0, elsewhere=0, bound=0)
APART = float(np.arccos(BOUND)) + 0.05
CLOSE = float(np.arccos(BOUND)) - 0.05


def article(title: str, day: int = 15) -> Article:
    return Article(id=title, text=title, title=title, date=dt.date(2022, 11, day))


def profile(
    angle: float = 0.0,
    words: str = "",
    names: str = "",
    states: Sequence[str] = (),
    day: int | None = 15,
) -> Profile:
    """Says `words` and `names` in title and lead; the cosine of the angle between two is their likeness."""
    return Profile(
        meaning=np.array([np.cos(angle), np.sin(angle)], dtype=np.float32),
        told=frozenset([*words.split(), *names.split()]),
        key=dict.fromkeys([*words.split(), *names.split()], 1),
        names=dict.fromkeys(names.split(), 1),
        states=frozenset(states),
        date=dt.date(2022, 11, day) if day else None,
    )


def stories(articles: Sequence[Article], *angles: float) -> list[list[int]]:
    """The stories by meaning alone, each with its lead first."""
    return [one.articles for one in cluster(articles, [profile(angle) for angle in angles], MEANING)]


def sure(one: Profile, other: Profile) -> float:
    """How likely one story is, as fitted."""
    return load_weights().of(compare(*groups_of([one, other])))


def test_close_articles_are_one_story_and_distant_ones_two() -> None:
    articles = [article("Earthquake strikes"), article("Quake toll rises"), article("Budget passed")]
    assert sorted(map(sorted, stories(articles, 0.0, 0.3, 3.0))) == [[0, 1], [2]]


@pytest.mark.parametrize(("angle", "count"), [(CLOSE, 1), (APART, 2)])
def test_the_bound_decides(angle: float, count: int) -> None:
    assert len(stories([article("Quake"), article("Budget")], 0.0, angle)) == count


def test_meetings_with_different_people_stay_apart_however_alike_they_read() -> None:
    articles = [
        article("Readout of President Biden’s Call with President Duda of Poland"),
        article("Readout of President Biden’s Call with President Zelenskyy of Ukraine"),
    ]
    assert len(stories(articles, 0.0, 0.0)) == 2


def test_one_meeting_in_two_outlets_is_one_story_however_it_is_told() -> None:
    articles = [
        article("President Biden meets Prime Minister Meloni"),
        article("Readout of President Biden’s Meeting with Prime Minister Meloni"),
    ]
    assert len(stories(articles, 0.0, 2.0)) == 1


def test_the_same_people_on_another_day_meet_again() -> None:
    title = "Readout of President Biden’s Call with Prime Minister Netanyahu of Israel"
    assert len(stories([article(title, 8), article(title, 10)], 0.0, 0.0)) == 2


def test_a_report_that_names_no_meeting_joins_the_meeting_it_is_about() -> None:
    articles = [
        article("Readout of President Biden’s Meeting with President Xi"),
        article("What Bali changed"),
        article("Readout of President Biden’s Meeting with Prime Minister Meloni"),
    ]
    assert sorted(map(sorted, stories(articles, 0.0, 0.1, 0.5))) == [[0, 1], [2]]


def test_the_lead_is_the_most_central_article() -> None:
    articles = [article("Quake"), article("Toll"), article("Aid")]
    assert stories(articles, 0.0, 0.4, 0.8) == [[1, 0, 2]]


def test_every_article_is_in_exactly_one_story_and_no_two_stories_are_one() -> None:
    chance = np.random.default_rng(7)
    profiles = [profile(angle) for angle in chance.uniform(0, 6.3, 300)]
    found = cluster([article(f"item {n}") for n in range(300)], profiles, MEANING)
    assert sorted(n for story in found for n in story.articles) == list(range(300))
    assert 1 < len(found) < 300
    wholes = []
    for story in found:
        whole, *rest = groups_of([profiles[n] for n in story.articles])
        for one in rest:
            whole = merged(whole, one)
        wholes.append(whole)
    between = [MEANING.of(compare(a, b)) for n, a in enumerate(wholes) for b in wholes[:n]]
    assert max(between) < 1e-3


def test_talk_of_a_meeting_in_a_headline_is_no_announcement() -> None:
    """Outlets tell one event with different names in the headline."""
    articles = [
        article("Israel, Hamas near deal after talks in Qatar"),
        article("Gaza truce within reach, mediators say before Cairo summit"),
    ]
    assert len(stories(articles, 0.0, 0.1)) == 1


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Trump meets Kim in Singapore", "Trump meets Kim Jong Un for first talks", 1),
        ("Trump meets Kim in Singapore", "Trump meets Abe in Florida", 2),
        ("Zelensky hosts Duda in Kyiv", "Zelenskyy hosts Duda", 1),
        ("Xi receives Putin on eve of Games", "Putin meets Xi in Beijing", 1),
    ],
)
def test_headlines_announce_one_meeting_where_one_names_all_whom_the_other_names(
    one: str, other: str, count: int
) -> None:
    assert len(stories([article(one), article(other)], 0.0, 0.0)) == count


def test_a_press_office_reports_one_meeting_under_one_title() -> None:
    titles = [
        "Readout of President Biden’s Call with European Leaders",
        "Readout of President Biden’s Call with European Commission President von der Leyen",
    ]
    records = [replace(article(title), source="White House") for title in titles]
    assert len(stories(records, 0.0, 0.0)) == 2


def test_an_undated_report_is_of_the_only_meeting_that_fits_and_of_none_where_two_do() -> None:
    title = "Readout of President Biden’s Call with Prime Minister Netanyahu of Israel"
    undated = replace(article(title), date=None)
    assert len(stories([article(title, 8), undated], 0.0, 2.0)) == 1
    both = [article(title, 8), article(title, 12), undated]
    assert sorted(map(sorted, stories(both, 0.0, 2.0, 2.1))) == [[0], [1, 2]]


ROWS = st.lists(st.tuples(st.sampled_from(TITLES), st.integers(8, 16), st.floats(0, 6)), max_size=14)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_decides_nothing(
    rows: list[tuple[str, int, float]], chance: random.Random
) -> None:
    articles = [
        replace(article(title, day), id=str(n), text=f"{title} {n}") for n, (title, day, _) in enumerate(rows)
    ]
    angles = [angle for _, _, angle in rows]
    mixed = chance.sample(range(len(rows)), len(rows))
    groups = stories(articles, *angles)
    again = [
        [mixed[n] for n in group]
        for group in stories([articles[n] for n in mixed], *(angles[n] for n in mixed))
    ]
    assert sorted(map(sorted, again)) == sorted(map(sorted, groups))
    assert {group[0] for group in again} == {group[0] for group in groups}


@given(ROWS)
def test_meetings_of_different_parties_are_never_one_story(rows: list[tuple[str, int, float]]) -> None:
    groups = stories([article(title, day) for title, day, _ in rows], *(angle for *_, angle in rows))
    assert sorted(n for group in groups for n in group) == list(range(len(rows)))
    for group in groups:
        partners = {name for n in group for name in ("Duda", "Meloni", "Xi") if name in rows[n][0]}
        assert len(partners) <= 1


def test_nothing_in_gives_nothing_out() -> None:
    assert cluster([], []) == []


def test_a_join_says_which_rare_names_and_words_both_parts_have() -> None:
    told = [
        profile(0.0, "ferry reef president", "lamu tausi"),
        profile(0.1, "ferry captain president", "tausi kibera"),
    ]
    (story,) = cluster([article("Ferry sinks"), article("Captain held")], told, MEANING)
    (join,) = story.joins
    assert {join.one, join.other} == {"Ferry sinks", "Captain held"}
    assert join.names == ("tausi",)
    assert join.words == ("ferry",)  # a president is in every other article
    assert 0.5 < join.likeness < 1


# How sure one story is, as the weights were fitted.


def test_a_shared_town_says_more_than_a_shared_word_of_the_trade() -> None:
    base = profile(0.0, "minister strike", "bingol")
    town, word = profile(0.9, "visit", "bingol rioja"), profile(0.9, "minister visit", "rioja")
    assert sure(base, town) > sure(base, word)


def test_other_states_in_title_and_lead_speak_against_one_story() -> None:
    base = profile(0.0, "quake rescue", states=["Peru"])
    assert sure(base, profile(0.5, "quake rescue", states=["Peru"])) > sure(
        base, profile(0.5, "quake rescue", states=["Chad"])
    )


def test_a_second_state_speaks_against_one_story_where_each_has_one_of_its_own() -> None:
    base = profile(0.0, "envoy summon", states=["Iran", "Peru"])
    more = profile(0.5, "envoy summon", states=["Iran", "Peru", "Chad"])
    told_below = profile(0.5, "envoy summon peru", states=["Iran", "Chad"])
    other = profile(0.5, "envoy summon", states=["Iran", "Chad"])
    assert sure(base, more) > sure(base, other)
    assert sure(base, told_below) > sure(base, other)


def test_what_is_alike_in_all_but_the_names_is_an_event_elsewhere() -> None:
    words = "bomb market blast shop wound driver ambulance"
    base = profile(0.0, words, "kirkuk rashad", states=["Iraq"])
    assert sure(base, profile(0.3, words, "kirkuk rashad", states=["Iraq"])) > 0
    assert sure(base, profile(0.3, words, "basra nasir", states=["Iraq"])) < 0


def test_days_between_and_unknown_days_speak_against_one_story() -> None:
    base = profile(0.0, "quake", day=3)
    same, later, undated = (sure(base, profile(0.5, "quake", day=day)) for day in (3, 20, None))
    assert same > later > undated


def test_the_weights_take_what_is_alike_for_one_event_and_what_is_elsewhere_for_two() -> None:
    weights = load_weights()
    assert weights.start < 0 < min(weights.meaning, weights.told)
    assert max(weights.apart, weights.far, weights.elsewhere) < 0


# From the text to the story.


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return ArticleReader(load_rules())


def told(title: str, text: str, day: int | None = 14, source: str = "A") -> Article:
    date = dt.date(2022, 11, day) if day else None
    return Article(id=title, text=text, title=title, date=date, source=source)


def profiles_of(reader: ArticleReader, selector: Selector, articles: Sequence[Article]) -> list[Profile]:
    return [
        profile_of(one, reading, selector)
        for one, reading in zip(articles, reader.read(articles), strict=True)
    ]


def found(reader: ArticleReader, selector: Selector, articles: Sequence[Article]) -> list[Cluster]:
    return cluster(articles, profiles_of(reader, selector, articles))


def test_a_profile_leaves_out_what_every_article_of_the_day_shares(
    reader: ArticleReader, selector: Selector
) -> None:
    text = (
        "NAIROBI, Nov. 14 (Xinhua) -- Kenyan Transport Minister Amina Oduya opened the port of Kilifi "
        "on Monday. "
        "She told Reuters that 12 ships would call in March. The Tausi is to be the first."
    )
    (one,) = profiles_of(reader, selector, [told("Kenya opens port of Kilifi", text)])
    assert {"kilifi", "oduya"} <= one.names.keys()
    assert not {"monday", "march", "nairobi", "xinhua", "reuter", "12", "nov"} & one.told
    assert not {"kenya", "kenyan", "minister", "transport"} & one.names.keys()
    assert one.states == {"Kenya"}


def test_a_slug_of_the_wire_is_no_title(reader: ArticleReader, selector: Selector) -> None:
    text = "The council of Tartu bought nine trams on Monday. They will run from June."
    slug, none = profiles_of(reader, selector, [told("trams", text), told("", text)])
    assert np.allclose(slug.meaning, none.meaning)
    assert slug.key == none.key


FERRY = (
    told(
        "Six killed as ferry sinks off Lamu",
        "A ferry carrying 140 people sank off Lamu on Monday, killing six, the coast guard said. "
        "The Tausi went down within minutes after it struck a reef, survivors told reporters.",
    ),
    told(
        "Kenya ferry disaster: captain held",
        "Police in Lamu arrested the captain of the Tausi, which sank on Monday with 140 on board. "
        "Six bodies have been found since it struck a reef, the coast guard said.",
        15,
    ),
    told(
        "Ferry capsizes near Mombasa, two missing",
        "A ferry capsized in the harbour of Mombasa on Friday in strong wind, and two of the crew of the "
        "Likoni are missing. Forty passengers were pulled from the water by fishermen.",
        18,
    ),
)


def test_what_is_told_of_one_event_is_one_story_and_the_next_event_of_the_kind_another(
    reader: ArticleReader, selector: Selector
) -> None:
    groups = [sorted(story.articles) for story in found(reader, selector, FERRY)]
    assert sorted(groups) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            (
                "Flood kills 30 in southern Ghana",
                "A flood killed 30 people in southern Ghana on Sunday, officials said. Boats reached the "
                "town "
                ""
                "of Keta by noon. Interior Minister Kofi Asare asked for aid. Roads remain closed.",
            ),
            (
                "Flood kills 14 in western Nepal",
                "A flood killed 14 people in western Nepal on Sunday, officials said. Boats reached the town "
                "of Dhangadhi by noon. The interior minister asked for aid. Roads remain closed.",
            ),
        ),
        (
            (
                "Malta and Cyprus sign wine pact",
                "Malta and Cyprus signed a wine pact in Valletta on Monday. Trade Minister Rita Borg said it "
                "would enter into force in May.",
            ),
            (
                "Laos and Brunei sign timber pact",
                "Laos and Brunei signed a timber pact in Vientiane on Monday. Trade Minister Kham Souk "
                "said it would enter into force in April.",
            ),
        ),
        (  # nobody is named in title and lead
            (
                "Quake of 6.1 hits central Chile",
                "A quake of magnitude 6.1 struck central Chile on Monday, the geological service said. "
                "Nobody was hurt. Buildings shook in Talca.",
            ),
            (
                "Quake of 5.8 hits southern Japan",
                "A quake of magnitude 5.8 struck southern Japan on Monday, the weather agency said. "
                "Nobody was hurt. Buildings shook in Kagoshima.",
            ),
        ),
        (
            (
                "Bomb kills nine in market in Kirkuk",
                "A car bomb killed nine people in a market in Kirkuk in northern Iraq on Tuesday, police "
                "said. Eleven people were wounded in the blast, which set several shops on fire.",
            ),
            (
                "Bomb kills five near mosque in Basra",
                "A car bomb killed five people near a mosque in Basra in southern Iraq on Tuesday, police "
                "said. Twenty people were wounded in the blast, which damaged several houses.",
            ),
        ),
    ],
)
def test_events_of_one_kind_in_different_places_stay_apart(
    reader: ArticleReader, selector: Selector, one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert len(found(reader, selector, [told(*one), told(*other)])) == 2


def test_reactions_come_to_the_event_they_react_to(reader: ArticleReader, selector: Selector) -> None:
    articles = [
        told(
            "Slovenia and Croatia sign freight accord",
            "Slovenia and Croatia signed an accord on freight trains in Maribor on Monday. Transport "
            "Minister Ana Zupan said it would open two more crossings by June.",
        ),
        told(
            "Hauliers welcome Slovenian-Croatian freight deal",
            "Hauliers welcomed the accord on freight trains that Slovenia and Croatia signed in Maribor. Two "
            "more crossings are to open by June, Ana Zupan, the transport minister, said.",
            15,
            "B",
        ),
        told(
            "Hungary protests against rail accord of neighbours",
            "Hungary protested on Tuesday against the freight accord that Slovenia and Croatia had signed "
            "the day before in Maribor, saying that it had not been consulted.",
            15,
            "C",
        ),
        told(
            "Slovenia raises price of vignettes",
            "Motorists will pay a tenth more for the Slovenian vignette from January, the motorway company "
            "in Celje said. It needs the money for noise barriers.",
        ),
    ]
    groups = [sorted(story.articles) for story in found(reader, selector, articles)]
    assert sorted(groups) == [[0, 1, 2], [3]]
