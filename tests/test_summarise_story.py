from __future__ import annotations

import pytest

from briefing.sentences import split_sentences
from briefing.summarise import summarise_story
from briefing.types import Article, Difference, Evidence, Summary, SummarySentence, Version

LEAD = "Ministers of Norland and Sudia signed a fishing treaty in Port Royal on Monday."


def article(number: int, text: str) -> Article:
    return Article(f"a{number}", text, f"Report {number}", source=f"Paper {number}")


def summary(of: Article, *chosen: int) -> Summary:
    """Of these sentences, by their number; of the first one if none is named."""
    spans = split_sentences(of.text)
    picked = [spans[n] for n in chosen or (0,)]
    return Summary(
        tuple(SummarySentence(of.text[a:b], (Evidence(a, b, of.text[a:b]),)) for a, b in picked),
        "test",
        "test",
    )


def told(*articles: Article, updates: tuple[Difference, ...] = ()) -> Summary:
    return summarise_story(articles, [summary(one) for one in articles], updates, alone(*articles))


def alone(*articles: Article) -> list[set[int]]:
    """All sentences, as if each stood alone."""
    return [{start for start, _ in split_sentences(one.text)} for one in articles]


def cited(made: Summary) -> list[list[str | None]]:
    return [[one.article for one in sentence.evidence] for sentence in made.sentences]


def test_what_two_articles_say_is_told_once_and_cites_both() -> None:
    other = article(
        2, "PORT ROYAL - Ministers of Norland and Sudia on Monday signed a fishing treaty in Port Royal."
    )
    made = told(article(1, LEAD), other)
    assert [one.text for one in made.sentences] == [LEAD]
    assert cited(made) == [["a1", "a2"]]
    assert made.sentences[0].evidence[1].quote == other.text.removeprefix("PORT ROYAL - ")


@pytest.mark.parametrize(
    "other",
    [
        "Ministers of Norland and Sudia did not sign a fishing treaty in Port Royal on Monday.",
        "Ministers of Norland and Sudia signed a fishing treaty in Port Royal on 3 occasions on Tuesday.",
        "Ministers of Sudia and Norland signed a mining accord in Kingstown last Monday.",
        "Sudia praised Norland before ministers signed a fishing treaty in Port Royal on Monday.",
    ],
)
def test_a_sentence_that_says_something_else_is_no_support(other: str) -> None:
    made = summarise_story([article(1, LEAD), article(2, other)], [summary(article(1, LEAD)), None])
    assert cited(made) == [["a1"]]


def test_a_number_must_be_the_same_to_support() -> None:
    lead = article(1, "The flood in the northern valley killed 12 people and cut two roads, officials said.")
    same = article(
        2, "The flood in the northern valley killed twelve people and cut 2 roads, officials said."
    )
    more = article(3, "The flood in the northern valley killed 15 people and cut two roads, officials said.")
    made = summarise_story([lead, same, more], [summary(lead), None, None])
    assert cited(made) == [["a1", "a2"]]


def test_what_another_article_adds_follows_the_lead() -> None:
    lead = article(1, f"{LEAD} The treaty ends a dispute over herring quotas.")
    other = article(
        2, "The treaty divides the herring quotas equally between Norland and Sudia from next spring."
    )
    made = told(lead, other)
    assert cited(made) == [["a1"], ["a2"]]


@pytest.mark.parametrize(
    "other",
    [
        "It divides the herring quotas equally between Norland and Sudia from next spring.",
        "I was in Port Royal when the treaty on herring quotas between Norland and Sudia was read out.",
        "Sign up for our morning letter and never miss what matters to readers like you.",
    ],
)
def test_a_sentence_that_needs_its_own_article_is_not_added(other: str) -> None:
    lead = article(1, f"{LEAD} The treaty ends a dispute over herring quotas.")
    assert cited(told(lead, article(2, other))) == [["a1"]]


def test_what_most_articles_report_is_added_first() -> None:
    lead = article(
        1, "Long talks between Norland and Sudia opened in Port Royal without any of the advisers."
    )
    alone = article(2, "Norland and Sudia seated delegates from eleven harbours in Port Royal for talks.")
    often = "Norland closed all Sudia fishing harbours for the length of talks at Port Royal."
    made = told(lead, alone, article(3, often), article(4, f"Officials said: {often}"))
    assert made.sentences[1].text == often
    assert cited(made)[1] == ["a3", "a4"]


def test_a_later_figure_takes_the_place_of_the_one_it_overtakes() -> None:
    first = article(1, "A ferry sank off Port Royal, killing 12 people, the coast guard said.")
    later = article(2, "The coast guard said 15 people had died when a ferry sank off Port Royal.")

    def version(value: str, of: Article) -> Version:
        return Version(value, (Evidence(0, len(of.text), of.text, article=of.id),))

    update = Difference("number", "people killed", (version("12", first), version("15", later)))
    made = told(first, later, updates=(update,))
    assert [one.text for one in made.sentences] == [later.text]


def test_the_summary_of_one_article_only_gains_its_name() -> None:
    one = article(1, f"{LEAD} The treaty ends a dispute over herring quotas.")
    made = summarise_story([one], [summary(one, 0, 1)])
    assert [s.text for s in made.sentences] == [s.text for s in summary(one, 0, 1).sentences]
    assert cited(made) == [["a1"], ["a1"]]


def test_every_evidence_quotes_the_article_that_it_names() -> None:
    articles = [
        article(1, f"{LEAD} The treaty ends a dispute over herring quotas."),
        article(2, f"News. {LEAD} Both parliaments must still ratify the treaty on herring quotas."),
        article(3, "Fishermen in Sudia protested against the treaty on herring quotas in Port Royal."),
    ]
    texts = {one.id: one.text for one in articles}
    made = told(*articles)
    for evidence in (one for sentence in made.sentences for one in sentence.evidence):
        assert texts[evidence.article or ""][evidence.start : evidence.end] == evidence.quote
