"""Grades after the Admiralty scheme: who is independent of whom, and what follows from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.brief.grading import grade
from briefing.brief.ratings import Rating, Ratings, load_ratings
from briefing.errors import SettingsError
from briefing.types import (
    Article,
    Aspect,
    Brief,
    Difference,
    Evidence,
    Grade,
    Period,
    Slots,
    Story,
    Summary,
    Version,
)

NO_FILE = Ratings("sources.yaml")


def rated(**sources: Rating) -> Ratings:
    return Ratings("sources.yaml", {name.replace("_", " "): rating for name, rating in sources.items()})


KNOWN = rated(
    Daily_Post=Rating(reliability="A", domains=("dailypost.example",)),
    Evening_News=Rating(reliability="E", domains=("evening.example",)),
    Morning_News=Rating(reliability="B", names=("Morning",), owner="One House"),
    Sunday_News=Rating(reliability="C", owner="one house"),
)


def article(n: int, source: str | None = None, url: str | None = None, text: str | None = None) -> Article:
    words = (
        text
        or f"The ministers of two countries met in town number {n} on that day. They talked about {n} things."
    )
    return Article(str(n), words, f"Report {n}", source=source, url=url)


def conflict(aspect: Aspect, *versions: tuple[Article, ...]) -> Difference:
    return Difference(
        aspect,
        "the toll",
        tuple(
            Version(str(n), tuple(Evidence(0, 3, one.text[:3], article=one.id) for one in articles))
            for n, articles in enumerate(versions)
        ),
    )


def graded(articles: list[Article], ratings: Ratings = KNOWN, *conflicts: Difference) -> Grade:
    story = Story(
        "1", "Talks", "Europe", tuple(articles), Summary((), "test", "test"), Slots(), conflicts=conflicts
    )
    brief = Brief("Daily brief", dt.date(2022, 11, 15), Period(), (story,), 1)
    made = grade(brief, ratings).stories[0].credibility
    assert made is not None
    assert made.reason
    return made


POST, NEWS = article(1, "Daily Post"), article(2, "Evening News")


# Credibility


def test_two_known_sources_confirm_each_other() -> None:
    assert graded([POST, NEWS]) == Grade("1", "2 independent sources report it: Daily Post, Evening News")


def test_one_source_alone_cannot_be_judged_however_often_it_reports() -> None:
    assert graded([POST]).value == "6"
    both = graded([POST, article(2, "Daily Post")])
    assert both == Grade(
        "6",
        "one source alone reports it, in 2 articles: Daily Post; there is nothing to compare it with",
    )


def test_outlets_that_nobody_knows_make_it_probable() -> None:
    assert graded([article(1, "A Gazette"), article(2, "B Gazette")]).value == "2"
    assert graded([POST, article(2, "B Gazette")]).value == "2"


def test_the_worth_of_a_source_does_not_change_the_figure() -> None:
    for letter in "ABCDEF":
        ratings = rated(Daily_Post=Rating(reliability=letter), Evening_News=Rating(reliability="E"))  # type: ignore[arg-type]
        assert graded([POST, NEWS], ratings).value == "1"
        assert graded([POST], ratings).value == "6"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            article(1, "Post", "https://www.post.example/a"),
            article(2, "Post World", "https://world.post.example/b"),
        ),
        (article(1, "Post", "https://post.co.example/a"), article(2, "Post", "https://other.example/b")),
        (article(1, "The Post"), article(2, "post")),
        (article(1, "Morning News"), article(2, "Sunday News")),
        (
            article(1, "A Gazette", text="(Reuters) - They met."),
            article(2, "B Gazette", text="They spoke. (Reuters)"),
        ),
        (article(1, "Reuters"), article(2, "B Gazette", text="VIENNA, 3 May (Reuters) - They met.")),
        (
            article(1, None, "https://www.reuters.com/x"),
            article(2, "B Gazette", text="VIENNA (Reuters) - They met."),
        ),
        (article(1, "AP"), article(2, "B Gazette", text="They met.\nAssociated Press")),
        (article(1, "Daily Post"), article(2, "Evening News", text="The Daily Post reported that they met.")),
        (article(1, "White House"), article(2, "B Gazette", text="They met, according to the White House.")),
        (article(1, "AP"), article(2, None, "https://post.example/wires/ap/article-1")),
        (article(1), article(2)),
    ],
)
def test_what_comes_from_one_source_confirms_nothing(one: Article, other: Article) -> None:
    assert graded([one, other]).value == "6"
    assert graded([other, one]).value == "6"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (article(1, "Post", "https://post.example/a"), article(2, "Times", "https://times.example/b")),
        (article(1, "Post", "https://post.co.uk/a"), article(2, "Times", "https://times.co.uk/b")),
        (article(1, "Morning News"), article(2, "Evening News")),
        (
            article(1, "A Gazette", text="(Reuters) - They met."),
            article(2, "B Gazette", text="They spoke. (AFP)"),
        ),
        (article(1, "A Gazette"), article(2, "B Gazette", text="The Reuters building stands in London.")),
        (article(1, "Daily Post"), article(2, "Evening News", text="A daily post is delivered to them.")),
    ],
)
def test_what_comes_from_two_does(one: Article, other: Article) -> None:
    assert graded([one, other]).value in ("1", "2")


def test_half_the_sentences_word_for_word_are_a_reprint() -> None:
    shared = "The two ministers met in the old town hall of Vienna on Monday."
    own = "They had not seen each other for more than eleven long years."
    other = "A band from the valley played for the guests until late at night."
    copied = [
        article(1, "A Gazette", text=f"{shared} {own}"),
        article(2, "B Gazette", text=f"{shared} {other}"),
    ]
    assert graded(copied).value == "6"
    quoted = article(2, "B Gazette", text=f"{shared} {other} {own.replace('eleven', 'twelve')}")
    assert graded([copied[0], replace(quoted, text=quoted.text.replace("Monday", "Tuesday"))]).value == "2"


def test_a_readout_of_each_side_is_independent_and_two_of_one_side_are_not() -> None:
    white_house = article(1, "White House", "https://www.whitehouse.gov/x")
    state = article(2, "State Department", "https://www.state.gov/x")
    kyiv = article(3, None, "https://mfa.gov.ua/x")
    assert graded([white_house, state], NO_FILE).value == "6"
    assert graded([white_house, kyiv], NO_FILE).value == "1"
    assert "Ukraine" in graded([white_house, kyiv], NO_FILE).reason
    # A page of the same name is no readout.
    copy = article(2, "Kremlin", "https://blog.example/x")
    assert graded([white_house, copy], NO_FILE).value == "2"


@pytest.mark.parametrize("aspect", ["number", "date", "place", "participant"])
def test_sources_that_differ_make_it_possible(aspect: Aspect) -> None:
    made = graded([POST, NEWS], KNOWN, conflict(aspect, (POST,), (NEWS,)))
    assert made.value == "3"
    assert aspect in made.reason


def test_a_name_spelled_in_two_ways_makes_no_report_less_credible() -> None:
    alike = graded([POST, NEWS], KNOWN)
    assert graded([POST, NEWS], KNOWN, conflict("spelling", (POST,), (NEWS,))) == alike


def test_one_source_that_differs_from_itself_is_still_one_source() -> None:
    later = article(2, "Daily Post")
    assert graded([POST, later], KNOWN, conflict("number", (POST,), (later,))).value == "6"


def test_what_is_denied_is_doubtful_and_improbable_where_more_deny_it() -> None:
    third, fourth = article(3, "Morning News"), article(4, "C Gazette")
    assert graded([POST, NEWS], KNOWN, conflict("denial", (POST,), (NEWS,))).value == "4"
    assert graded([POST, NEWS, third], KNOWN, conflict("denial", (POST, third), (NEWS,))).value == "4"
    assert graded([POST, NEWS, third], KNOWN, conflict("denial", (POST,), (NEWS, third))).value == "5"
    even = [POST, NEWS, third, fourth]
    assert graded(even, KNOWN, conflict("denial", (POST, fourth), (NEWS, third))).value == "4"
    # Two reports of one agency are one denial.
    copies = [replace(one, text=f"(TASS) - {one.text}") for one in (NEWS, third)]
    assert graded([POST, *copies], KNOWN, conflict("denial", (POST,), tuple(copies))).value == "4"


def test_a_denial_within_one_report_counts() -> None:
    assert graded([POST], KNOWN, conflict("denial", (POST,), (POST,))).value == "4"


# Reliability


def reliability(one: Article, ratings: Ratings = KNOWN) -> Grade:
    story = Story("1", "Talks", "Europe", (one,), Summary((), "test", "test"), Slots())
    brief = Brief("Daily brief", dt.date(2022, 11, 15), Period(), (story,), 1)
    (made,) = grade(brief, ratings).reliability.values()
    return made


@pytest.mark.parametrize(
    ("source", "url", "letter"),
    [
        ("Daily Post", None, "A"),
        ("the DAILY POST", None, "A"),
        ("Morning", None, "B"),
        (None, "https://www.dailypost.example/x", "A"),
        (None, "https://world.dailypost.example:8443/x", "A"),
        ("Evening News", "https://dailypost.example/x", "A"),
        ("Daily Post", "https://aggregator.example/x", "A"),
        (None, "https://notdailypost.example/x", "F"),
        (None, "https://dailypost.example.org/x", "F"),
        (None, "https://other.example/dailypost.example", "F"),
        (None, "https://[broken", "F"),
        ("Daily", None, "F"),
        (None, None, "F"),
    ],
)
def test_a_source_is_matched_by_its_address_else_by_its_name(
    source: str | None, url: str | None, letter: str
) -> None:
    assert reliability(article(1, source, url)).value == letter


def test_a_source_that_is_not_listed_says_so() -> None:
    assert reliability(article(1, "A Gazette")) == Grade("F", "not in sources.yaml")


def test_the_longest_domain_counts() -> None:
    ratings = rated(
        Site=Rating(reliability="C", domains=("site.example",)),
        Blogs=Rating(reliability="E", domains=("blogs.site.example",)),
    )
    assert reliability(article(1, None, "https://a.blogs.site.example/x"), ratings).value == "E"
    assert reliability(article(1, None, "https://site.example/x"), ratings).value == "C"


def test_the_file_of_the_docs_is_read(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(
        "Daily Post:\n  reliability: B\n  domains: [www.dailypost.example]\n  reason: corrects its mistakes\n"
    )
    ratings = load_ratings(file)
    assert reliability(article(1, None, "https://dailypost.example/x"), ratings) == Grade(
        "B", "corrects its mistakes"
    )
    file.write_text("")
    assert load_ratings(file).sources == {}


def test_every_mistake_in_the_file_is_listed_at_once(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(
        "One:\n  reliability: b\nTwo:\n  reliability: A\n  domain: two.example\nThree:\n  reason: none\n"
        "Four:\n  reliability: A\n  domains: ['https://four.example/', Five.example]\nSix: A\n"
    )
    with pytest.raises(SettingsError) as caught:
        load_ratings(file)
    message = caught.value.message
    assert str(file) in message
    for mistake in (
        "One.reliability: expected one of A, B, C, D, E, F, not 'b'",
        "Two.domain: no such key",
        "Three.reliability: ",
        "Four.domains.0: 'https://four.example/' is no domain",
        "Four.domains.1: ",
        "Six: ",
    ):
        assert mistake in message


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("A:\n  reliability: B\nA:\n  reliability: C\n", "given twice"),
        ("A:\n  reliability: B\nThe a:\n  reliability: C\n", "listed under A, too"),
        (
            "A:\n  reliability: B\n  domains: [x.org]\nB:\n  reliability: C\n  domains: [www.x.org]\n",
            "under A, too",
        ),
        ("- A\n- B\n", "valid dictionary"),
        ("A: {", "not valid YAML"),
    ],
)
def test_a_file_that_says_two_things_or_none_is_refused(tmp_path: Path, text: str, mistake: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=mistake):
        load_ratings(file)
    with pytest.raises(SettingsError, match=r"none\.yaml"):
        load_ratings(tmp_path / "none.yaml")
