from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from briefing.brief import Account, BriefOptions, Interests, Material, Ranking, account, assemble
from briefing.brief.merge import merge
from briefing.reading import ArticleReader
from briefing.slots import load_rules
from briefing.types import (
    Agreed,
    Article,
    Evidence,
    Outlook,
    Slots,
    Summary,
    SummarySentence,
    When,
    Where,
    Who,
)

DAY = dt.date(2022, 11, 15)
OPTIONS = BriefOptions("Daily brief", DAY)


def quote(text: str, words: str) -> tuple[Evidence, ...]:
    start = text.index(words)
    return (Evidence(start, start + len(words), words),)


def who(text: str, name: str, side: str | None, role: str | None = None) -> Who:
    return Who(name, "person", quote(text, name.split()[-1]), "test", role, side)


def material(article: Article, slots: Slots | None = None) -> Material:
    first = article.text.split(". ")[0]
    evidence = tuple(replace(one, article=article.id) for one in quote(article.text, first))
    sentences = (SummarySentence(first, evidence),)
    return Material((article,), (slots or Slots(),), Summary(sentences, "test", "test"))


def meeting(text: str, title: str | None = None) -> Material:
    people = [("Joe Biden", "United States"), ("Giorgia Meloni", "Italy"), ("Xi Jinping", "China")]
    named = tuple(
        who(text, name, side, "President")
        for name, side in people
        if name.split()[-1] in text or name in text
    )
    return read(material(Article("m", text, title, DAY), Slots(who=named)))


@cache
def reader() -> ArticleReader:
    return ArticleReader(load_rules())


def read(base: Material) -> Material:
    """The material with the meetings that its article tells."""
    (article,), (slots,) = base.articles, base.slots
    (reading,) = reader().read([article])
    return replace(base, accounts=(account(article, reading, slots),))


def test_every_line_names_the_article_it_quotes() -> None:
    text = "Biden met Meloni in Bali. They agreed to meet again."
    agreed = Agreed("They agreed to meet again.", "agreed", quote(text, "They agreed to meet again."), "test")
    slots = Slots(who=(who(text, "Joe Biden", "United States"),), agreed=(agreed,))
    brief = assemble([material(Article("a7", text, "Talks", DAY), slots)], OPTIONS)
    story = brief.stories[0]
    found = [
        story.summary.sentences[0].evidence,
        story.slots.who[0].evidence,
        story.slots.agreed[0].evidence,
        brief.bottom_line[0].evidence,
    ]
    for (evidence,) in found:
        assert evidence.article == "a7"
        assert text[evidence.start : evidence.end] == evidence.quote


def test_the_bottom_line_prefers_what_was_decided() -> None:
    text = "Biden met Meloni. They discussed Ukraine. They agreed to reopen the consulate."
    decided = "They agreed to reopen the consulate."
    pledge = Agreed("They discussed Ukraine.", "pledged", quote(text, "They discussed Ukraine."), "test")
    slots = Slots(agreed=(pledge, Agreed(decided, "agreed", quote(text, decided), "test")))
    assert assemble([material(Article("a", text), slots)], OPTIONS).bottom_line[0].text == decided
    undecided = assemble([material(Article("a", text), Slots(agreed=(pledge,)))], OPTIONS)
    assert undecided.bottom_line[0].text == "Biden met Meloni"


def test_what_somebody_decided_in_his_own_words_is_no_bottom_line() -> None:
    text = "The mission was announced. We agreed to send a ship."
    said = "We agreed to send a ship."
    slots = Slots(agreed=(Agreed(said, "agreed", quote(text, said), "test"),))
    lines = assemble([material(Article("a", text), slots)], OPTIONS).bottom_line
    assert [line.text for line in lines] == ["The mission was announced"]
    text = text.replace("We agreed", "The US agreed")
    said = said.replace("We agreed", "The US agreed")
    slots = Slots(agreed=(Agreed(said, "agreed", quote(text, said), "test"),))
    assert [line.text for line in assemble([material(Article("a", text), slots)], OPTIONS).bottom_line] == [
        said
    ]


def test_one_person_under_two_names_is_told_once() -> None:
    first = Article("a", "Joseph R. Biden, Jr. met Meloni.", "One")
    second = Article("b", "Biden met Giorgia Meloni.", "Two")
    whole = Slots(who=(who(first.text, "Joseph R. Biden, Jr.", "United States", "President"),))
    whole = replace(whole, who=(replace(whole.who[0], evidence=quote(first.text, "Biden")),))
    short = Slots(
        who=(who(second.text, "Biden", "United States"), who(second.text, "Giorgia Meloni", "Italy"))
    )
    summary = Summary((), "test", "test")
    brief = assemble([Material((first, second), (whole, short), summary)], OPTIONS)
    told = brief.stories[0].slots.who
    assert [(value.name, value.role) for value in told] == [
        ("Joseph R. Biden, Jr.", "President"),
        ("Giorgia Meloni", None),
    ]
    assert [evidence.article for evidence in told[0].evidence] == ["a", "b"]


def test_people_who_share_a_last_name_are_two() -> None:
    text = "Joe Biden and Jill Biden received guests."
    slots = Slots(who=(who(text, "Joe Biden", "United States"), who(text, "Jill Biden", "United States")))
    assert len(assemble([material(Article("a", text), slots)], OPTIONS).stories[0].slots.who) == 2


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Mohammed Farouk", "Mohamed Farouk", 1),
        ("Muhammad Farouk", "Mohamed Farouk", 1),
        ("Ahmed Farouk", "Ahmad Farouk", 1),
        ("Martin Farouk", "Martina Farouk", 2),
        ("Kirsten Farouk", "Kristian Farouk", 2),
        ("Mona Farouk", "Mina Farouk", 2),
    ],
)
def test_a_name_from_another_script_is_known_in_two_spellings(one: str, other: str, told: int) -> None:
    articles = [Article(name, f"{name} spoke.", None, DAY) for name in (one, other)]
    slots = [Slots(who=(who(article.text, article.id, "Egypt"),)) for article in articles]
    assert len(merge(articles, slots).who) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Mazar-i-Sharif", "Mazar-e-Sharif", 1),
        ("Hartford", "Hertford", 2),
        ("District 1", "District 11", 2),
        ("Lima", "Lima", 1),
    ],
)
def test_a_place_in_two_spellings_is_one(one: str, other: str, told: int) -> None:
    articles = [Article(str(n), f"They met in {name}.", None, DAY) for n, name in enumerate((one, other))]
    slots = [
        Slots(where=(Where(quote(article.text, name), "test", name, "Norland"),))
        for article, name in zip(articles, (one, other), strict=True)
    ]
    assert len(merge(articles, slots).where) == told


def test_whom_most_articles_name_comes_first() -> None:
    texts = ["Ana Lind met Rui Costa.", "Rui Costa returned."]
    articles = [Article(str(n), text, None, DAY) for n, text in enumerate(texts)]
    slots = [
        Slots(who=tuple(who(text, name, None) for name in ("Ana Lind", "Rui Costa") if name in text))
        for text in texts
    ]
    assert [one.name for one in merge(articles, slots).who] == ["Rui Costa", "Ana Lind"]


def test_a_denial_is_not_support_for_the_claim() -> None:
    text = "The sides agreed to a truce. The sides refused to agree to a truce."
    claim, denial = text.split(". ")
    slots = Slots(
        agreed=(
            Agreed(claim, "agreed", quote(text, claim), "test"),
            Agreed(denial, "refused", quote(text, denial), "test"),
        )
    )
    assert len(assemble([material(Article("a", text), slots)], OPTIONS).stories[0].slots.agreed) == 2


def test_stories_beyond_the_limit_stay_in_the_brief() -> None:
    materials = [material(Article(str(n), f"Event {n} took place.", f"Event {n}")) for n in range(5)]
    brief = assemble(materials, replace(OPTIONS, told=2))
    assert brief.told == 2
    assert sorted(story.headline for story in brief.stories) == [f"Event {n}" for n in range(5)]
    assert len({story.id for story in brief.stories}) == 5


def test_the_story_that_decides_more_comes_first() -> None:
    text = "They signed a treaty."
    treaty = Slots(agreed=(Agreed(text, "signed", quote(text, text), "test"),))
    talk = replace(
        material(Article("a", "They talked.", "Talk")), accounts=(Account(facts={"two sides act": 1.0}),)
    )
    decided = {"two sides act": 1.0, "something was decided": 1.0}
    signed = replace(material(Article("b", text, "Treaty"), treaty), accounts=(Account(facts=decided),))
    brief = assemble([talk, signed], OPTIONS)
    by_points = sorted(brief.stories, key=lambda story: -story.score)
    assert [story.headline for story in by_points] == ["Treaty", "Talk"]
    assert any(reason.startswith("something was decided (+") for reason in by_points[0].reasons)


def a_story(name: str, **facts: float) -> Material:
    """A story with these facts, named with underscores."""
    named = {fact.replace("_", " "): value for fact, value in facts.items()}
    return replace(material(Article(name, f"{name} took place.", name)), accounts=(Account(facts=named),))


WORTHY = {
    "about_diplomacy": 1.0,
    "two_sides_act": 1.0,
    "words_of_meets_or_visits": 1.0,
    "about_peacemaking": 1.0,
}
DULL = {"about_sport": 0.9, "words_of_sport": 1.0, "nobody_acts": 1.0}


def test_only_what_is_worth_it_is_told_and_the_brief_is_not_filled_up() -> None:
    brief = assemble([a_story("Match", **DULL), a_story("Truce", **WORTHY), a_story("Game", **DULL)], OPTIONS)
    assert brief.told == 1
    assert [story.headline for story in brief.stories[:1]] == ["Truce"]
    assert {story.headline: story.dropped for story in brief.stories} == {
        "Truce": None,
        "Match": "sport",
        "Game": "sport",
    }
    assert [line.story for line in brief.bottom_line] == [brief.stories[0].id]


def test_everything_is_told_where_that_is_asked_for() -> None:
    day = [a_story("Match", **DULL), a_story("Truce", **WORTHY)]
    brief = assemble(day, replace(OPTIONS, told=1, everything=True))
    assert brief.told == 2
    assert not any(story.dropped for story in brief.stories)


def test_what_the_desk_asks_for_is_never_left_out() -> None:
    asked = replace(OPTIONS, ranking=Ranking(Interests(topics=("match",))))
    brief = assemble([a_story("Match", **DULL), a_story("Game", **DULL)], asked)
    assert [(story.headline, story.dropped) for story in brief.stories] == [
        ("Match", None),
        ("Game", "sport"),
    ]
    assert brief.told == 1


def test_the_left_out_come_last_after_those_with_a_line() -> None:
    between = {
        "about_home_affairs": 0.2,
        "one_state_alone": 1.0,
        "a_leader_acts": 1.0,
        "words_of_politics": 1.0,
    }
    between |= {"about_international_bodies": 0.5}
    day = [a_story("Match", **DULL), a_story("Law", **between), a_story("Truce", **WORTHY)]
    brief = assemble(day, OPTIONS)
    assert [story.headline for story in brief.stories] == ["Truce", "Law", "Match"]
    assert [story.dropped for story in brief.stories] == [None, None, "sport"]


@pytest.mark.parametrize(
    ("sides", "heading"),
    [
        (["United States", "Poland"], "Europe"),
        (["United States", "Qatar"], "Middle East and North Africa"),
        (["United States", "Kenya"], "Africa"),
        (["United States", "India", "Indonesia"], "Asia and Pacific"),
        (["United States", "India", "Kenya", "Poland"], "Multilateral"),
        (["United States"], "Americas"),
        ([], "Other"),
    ],
)
def test_a_story_is_filed_under_the_other_side(sides: list[str], heading: str) -> None:
    text = " ".join(f"Person{n}" for n in range(len(sides))) + " met."
    slots = Slots(who=tuple(who(text, f"Person{n}", side) for n, side in enumerate(sides)))
    brief = assemble([material(Article("a", text), slots)], replace(OPTIONS, home="United States"))
    assert brief.stories[0].region == heading


def test_the_country_that_most_stories_share_is_taken_for_home() -> None:
    text = "Ann met Bob."
    others = ["Poland", "Qatar", "Kenya"]
    materials = [
        material(
            Article(side, text, side), Slots(who=(who(text, "Ann", "United States"), who(text, "Bob", side)))
        )
        for side in others
    ]
    regions = {story.headline: story.region for story in assemble(materials, OPTIONS).stories}
    assert regions == {"Poland": "Europe", "Qatar": "Middle East and North Africa", "Kenya": "Africa"}


@pytest.mark.parametrize(
    ("sentence", "parties", "status"),
    [
        ("Biden met today with Meloni in Bali.", ["Joe Biden", "Giorgia Meloni"], "held"),
        ("Biden spoke with Meloni about Xi Jinping.", ["Joe Biden", "Giorgia Meloni"], "held"),
        ("Biden will meet Meloni next week.", ["Joe Biden", "Giorgia Meloni"], "planned"),
        ("Biden met with Meloni to discuss Xi Jinping.", ["Joe Biden", "Giorgia Meloni"], "held"),
    ],
)
def test_who_met_whom(sentence: str, parties: list[str], status: str) -> None:
    (row,) = assemble([meeting(sentence)], OPTIONS).meetings
    assert [party.name for party in row.parties] == parties
    assert row.status == status
    assert row.evidence[0].quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Biden did not meet Meloni.",
        "Biden refused to meet Meloni.",
        "Biden called for talks and so did Meloni.",
        "Biden might meet Meloni.",
        "Biden criticised Meloni.",
        "Biden met advisers.",
        "Biden-Harris officials met Meloni.",
    ],
)
def test_no_meeting_is_made_up(sentence: str) -> None:
    assert assemble([meeting(sentence)], OPTIONS).meetings == ()


def test_states_alone_or_people_without_a_side_are_no_meeting() -> None:
    text = "Chile urged Peru at the meeting. Ann met Bob."
    states = tuple(Who(name, "state", quote(text, name), "test", None, name) for name in ("Chile", "Peru"))
    people = (who(text, "Ann", None), who(text, "Bob", None))
    brief = assemble([read(material(Article("a", text), Slots(who=(*states, *people))))], OPTIONS)
    assert brief.meetings == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Biden met Meloni in Bali. The ministers gathered in Rome.", "Bali"),
        ("Biden met Meloni. The ministers gathered in Rome.", None),
    ],
)
def test_the_place_of_a_meeting_is_that_of_its_own_sentence(text: str, place: str | None) -> None:
    (row,) = assemble([meeting(text)], OPTIONS).meetings
    assert (row.place.place if row.place else None) == place


def test_a_call_has_no_place() -> None:
    text = "Biden spoke with Meloni."
    base = meeting(text, "Readout of President Biden’s Call with Prime Minister Meloni")
    place = Where(quote(text, "Biden"), "test", "Rome", "Italy")
    (row,) = assemble(
        [read(replace(base, slots=(replace(base.slots[0], where=(place,)),)))], OPTIONS
    ).meetings
    assert (row.format, row.place) == ("call", None)


def test_the_forward_look_is_in_order_of_date_and_leaves_out_the_past() -> None:
    text = "One. Two. Three."
    dates = {"One": dt.date(2022, 12, 1), "Two": dt.date(2022, 11, 16), "Three": dt.date(2022, 11, 1)}
    outlook = tuple(
        Outlook(word, "scheduled", quote(text, word), "test", When("then", day, None, "day"))
        for word, day in dates.items()
    )
    brief = assemble([material(Article("a", text), Slots(outlook=outlook))], OPTIONS)
    assert [event.text for event in brief.forward] == ["Two", "One"]


def test_where_no_home_is_known_a_story_is_filed_under_its_place() -> None:
    text = "Ann met Bob in Lima."
    people = (who(text, "Ann", "United States"), who(text, "Bob", "Poland"))
    slots = Slots(who=people, where=(Where(quote(text, "Lima"), "test", "Nairobi", "Kenya"),))
    assert assemble([material(Article("a", text), slots)], OPTIONS).stories[0].region == "Africa"


def test_an_article_without_title_is_headed_by_its_own_words() -> None:
    text = "The two ministers " + "and their many colleagues " * 10 + "met."
    headline = assemble([material(Article("a", text))], OPTIONS).stories[0].headline
    assert headline.endswith(" …")
    assert text.startswith(headline.removesuffix(" …"))


def test_the_order_in_which_stories_come_changes_nothing() -> None:
    """Two countries act in all of them: whichever is taken for the desk's own, it must be the same."""
    pairs = ["Biden met Xi.", "Xi met Biden.", "Biden called Xi.", "Xi called Biden."]
    sides = (("Biden", "United States"), ("Xi", "China"))
    told = []
    for n, text in enumerate(pairs):
        actors = [who(text, name, side) for name, side in sides]
        first = actors if text.startswith("Biden") else actors[::-1]
        told.append(material(Article(f"a{n}", text, f"Talks {n}", DAY), Slots(who=tuple(first))))
    assert assemble(told, OPTIONS) == assemble(told[::-1], OPTIONS)
