"""How a page shows what a brief makes of several sources and days."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt

import briefing.render
from briefing.errors import SourceError
from briefing.render import brief_object, find_template, render_brief
from briefing.render.load import load_brief, read_object
from briefing.types import (
    Agreed,
    Article,
    Brief,
    Change,
    Changes,
    Commitment,
    Difference,
    Evidence,
    Grade,
    Meeting,
    Period,
    Revision,
    Slots,
    Step,
    Story,
    Summary,
    SummarySentence,
    Topic,
    Version,
    When,
    Who,
)

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
DAY = dt.date(2022, 11, 15)
ONE = Article(
    "a1", "Norland met Sudia. 12 people were hurt. They agreed to open the port.", "Ferry", DAY, source="Post"
)
TWO = Article(
    "a2", "15 people were hurt. Norland pledged aid by 20 November.", "Ferry sinks", DAY, source="News"
)
OLD = Article("a0", "At least 3 people were hurt.", "Ferry lost", DAY - dt.timedelta(days=1), source="Wire")
SCHEMA = Path(briefing.render.__file__).with_name("brief.schema.json")


def quote(article: Article, words: str) -> tuple[Evidence, ...]:
    start = article.text.index(words)
    return (Evidence(start, start + len(words), words, article=article.id),)


def whole() -> Brief:
    """A brief in which everything that can be there is there."""
    port = "They agreed to open the port."
    aid = "Norland pledged aid by 20 November."
    norland = Who("Norland", "state", quote(ONE, "Norland"), "test", side="Norland")
    sudia = Who("Sudia", "state", quote(ONE, "Sudia"), "test", side="Sudia")
    hurt = (
        Version("12", quote(ONE, "12 people were hurt.")),
        Version("15", quote(TWO, "15 people were hurt.")),
    )
    story = Story(
        "s1",
        "Ferry",
        "Europe",
        (ONE, TWO),
        Summary((SummarySentence("Norland met Sudia.", quote(ONE, "Norland met Sudia.")),), "test", "test"),
        Slots(who=(norland, sudia), agreed=(Agreed(port, "agreed", quote(ONE, port), "test"),)),
        conflicts=(
            Difference("number", "people were hurt", hurt),
            Difference("spelling", "Sudia", (Version("Sudia", quote(ONE, "Norland met Sudia.")), hurt[1])),
        ),
        updates=(Difference("place", "the talks", hurt),),
        credibility=Grade("2", "one other outlet says so"),
        comment="This matters.\n\nWatch the # port | <b>closely</b>.",
    )
    step = Step(DAY - dt.timedelta(days=10), "pledged", aid, quote(TWO, aid))
    old = quote(OLD, "At least 3 people were hurt.")
    return Brief(
        "Daily brief",
        DAY,
        Period(),
        (story,),
        1,
        meetings=(
            Meeting(
                (norland, sudia), "meeting", "held", "s1", quote(ONE, "Norland met Sudia."),
                date=DAY, end=DAY + dt.timedelta(days=1), topics=(Topic("the port", quote(ONE, "the port")),),
            ),
        ),
        changes=Changes(
            OLD.date or DAY,
            (
                Change("changed", "Ferry", "s1", "s0",
                       (Revision("people hurt", "At least 3", "12", old, hurt[0].evidence),)),
                Change("dropped", "Old news", None, "s9"),
                Change("unchanged", "Same", None, "s8"),
            ),
        ),
        commitments=(
            Commitment("c1", ("Norland",), ("Sudia",), aid, "pledged", (step,),
                       When("by 20 November", dt.date(2022, 11, 10), None, "day")),
        ),
        earlier=(OLD,),
        reliability={"Post": Grade("B", "usually right")},
        marking="TLP:AMBER+STRICT",
        serial="12/2022",
        made=dt.datetime(2022, 11, 15, 3, 56, tzinfo=dt.UTC),
    )  # fmt: skip


def markdown(brief: Brief) -> str:
    return render_brief(brief, find_template("daily", "markdown", None))


def html(brief: Brief) -> str:
    return render_brief(brief, find_template("daily", "html", None))


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.parametrize("shown", [lambda b: words(MARKDOWN.render(markdown(b))), lambda b: words(html(b))])
def test_a_page_shows_all_that_the_brief_holds(shown) -> None:  # type: ignore[no-untyped-def]
    page = shown(whole())
    for said in (
        "No. 12/2022, 150356Z NOV 22",
        "Since 14 November 2022",
        "People hurt: At least 3",
        "not stated in 2 sources: place",
        "Post [B]",
        "one other outlet says so",
        "This matters.",
        "the port",
        "15 to 16 November 2022",
        "10 November 2022: due date passed, outcome not reported",
    ):
        assert said.casefold() in page.casefold(), said
    assert "Same" not in page
    assert "Old news" not in page
    still = replace(whole(), changes=Changes(DAY, (Change("dropped", "Old news", None, "s9"),)))
    assert "Nothing that was told then has moved." in shown(still)


def test_both_versions_are_shown_with_outlet_and_sentence() -> None:
    assert "“12” Post (S1.2) / “15” News (S2.1)" in markdown(whole())


@pytest.mark.parametrize("shown", [markdown, html])
def test_a_conflict_and_a_spelling_are_named_for_what_they_are(shown: Callable[[Brief], str]) -> None:
    page = shown(whole())
    assert "Sources differ" in page
    assert "Spelled differently" in page


def test_an_update_reads_from_the_old_value_to_the_new_one() -> None:
    made = markdown(whole())
    assert "“12” Post (S1.2) → “15” News (S2.1)" in made
    assert "At least 3 (S3.1) → 12 (S1.2)" in made


def test_the_marking_stands_first_and_last() -> None:
    lines = [line for line in markdown(whole()).splitlines() if line and not line.startswith("<!--")]
    assert lines[0] == lines[-1] == "**TLP:AMBER+STRICT**"


def test_a_comment_is_a_quotation_of_its_own_and_no_markup() -> None:
    quoted = re.search(r"<blockquote>(.*?)</blockquote>", MARKDOWN.render(markdown(whole())), re.DOTALL)
    assert quoted is not None
    assert quoted[1].split("\n") == [
        "",
        "<p><strong>Comment:</strong> This matters.</p>",
        "<p>Watch the # port | &lt;b&gt;closely&lt;/b&gt;.</p>",
        "",
    ]
    assert "<b>closely" not in html(whole())


def test_a_comment_on_a_story_told_in_a_line_is_shown_too() -> None:
    brief = replace(whole(), told=0, forward=(), meetings=(), commitments=(), changes=None)
    shown = MARKDOWN.render(markdown(brief))
    assert "<strong>Comment:</strong> This matters." in shown
    assert shown.count("<blockquote>") == 2
    assert "<p>This matters.</p>" in html(brief)


def test_what_is_not_asked_for_leaves_no_trace() -> None:
    bare = replace(
        whole(),
        changes=None,
        commitments=(),
        earlier=(),
        reliability={},
        marking=None,
        serial=None,
        made=None,
    )
    for page in (markdown(bare), html(bare)):
        assert not re.search(r"TLP|No\. |Since |Commitments|\[B\]", page)


def test_the_json_keeps_the_schema() -> None:
    made = json.loads(json.dumps(brief_object(whole())))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(made)
    assert made["commitments"][0]["note"] == "due date passed, outcome not reported"
    assert made["stories"][0]["unfilled"] == ["where", "outlook"]


def test_a_brief_is_read_back_as_it_was() -> None:
    brief = whole()
    articles = [*brief.stories[0].articles, *brief.earlier]
    written = json.loads(json.dumps(brief_object(brief)))
    assert load_brief(written, "x", {one.sha256: one.text for one in articles}) == brief


def test_a_brief_of_an_earlier_version_is_read_without_what_was_added_since() -> None:
    written = brief_object(whole())
    for key in ("changes", "commitments", "earlier", "reliability", "marking", "serial", "made"):
        del written[key]
    for key in ("conflicts", "updates", "credibility", "comment", "unfilled"):
        del written["stories"][0][key]
    (meeting,) = written["meetings"]
    del meeting["end"], meeting["topics"]
    for party in meeting["parties"]:
        del party["evidence"], party["rule"]
    read = load_brief(written, "x")
    assert [party.name for party in read.meetings[0].parties] == ["Norland", "Sudia"]
    assert read.meetings[0].parties[0].evidence == read.meetings[0].evidence
    assert (read.changes, read.commitments, read.stories[0].conflicts) == (None, (), ())


def test_without_texts_a_brief_still_knows_its_articles() -> None:
    read = load_brief(brief_object(whole()), "x").stories[0].articles
    assert [(one.text, one.sha256, one.title) for one in read] == [
        ("", ONE.sha256, "Ferry"),
        ("", TWO.sha256, "Ferry sinks"),
    ]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"schema": 9, "stories": [], "date": "x"}'])
def test_what_is_no_brief_is_named(text: str) -> None:
    with pytest.raises(SourceError, match=r"old\.json"):
        read_object(text, "old.json")


@pytest.mark.parametrize("stories", [[1], [{"articles": [{}]}], [{"headline": 1}], "x"])
def test_a_damaged_brief_is_named(stories: object) -> None:
    with pytest.raises(SourceError, match=r"old\.json"):
        load_brief({**brief_object(whole()), "stories": stories}, "old.json")


def test_sources_of_earlier_briefs_are_listed_apart_from_the_day_s() -> None:
    page = markdown(whole())
    assert "1 story from 2 sources." in page
    assert re.findall(r"\*\*(S\d)\*\* .*\(earlier\)", page) == ["S3"]


def test_of_many_actors_a_page_names_ten() -> None:
    story = whole().stories[0]
    people = tuple(Who(f"Person {n}", "person", quote(ONE, "Norland"), "test") for n in range(13))
    long = replace(story, slots=replace(story.slots, who=people))
    for page in (markdown(replace(whole(), stories=(long,))), html(replace(whole(), stories=(long,)))):
        assert "Person 9" in page
        assert "Person 10" not in page
        assert "; and 3 more" in page
