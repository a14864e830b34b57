"""The officer's comments: found again by their story, never changed, never lost."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief.comments import Subject, extend_comments, parse_comments, with_comments
from briefing.errors import SourceError
from briefing.render import find_template, render_brief
from briefing.types import Article, Brief, Period, Slots, Story, Summary
from tests.test_render import ARTICLE, HOSTILE, brief_of

BALI = Article("1", "Leaders met in Bali.", "Leaders meet")
ROME = Article("2", "Talks failed in Rome.", "Talks fail")
OSLO = Article("3", "Oslo signed the treaty.", "Treaty signed")


def story(*articles: Article) -> Story:
    name = articles[0].title or ""
    return Story(articles[0].sha256[:12], name, "Europe", articles, Summary((), "test", "test"), Slots())


def brief(*stories: Story) -> Brief:
    return Brief("Daily brief", dt.date(2022, 11, 15), Period(), stories, len(stories))


def subjects(*stories: Story) -> list[Subject]:
    return [Subject(one.id, one.headline, tuple(a.sha256 for a in one.articles)) for one in stories]


def written(text: str, heading: str, comment: str) -> str:
    """The file after an officer has written under a heading."""
    return re.sub(rf"(## {heading}\n<!--.*-->\n)", lambda m: f"{m[1]}\n{comment}\n", text)


def comment_of(text: str, *stories: Story) -> list[str | None]:
    made = with_comments(brief(*stories), parse_comments(text, "brief.comments.md"))
    return [one.comment for one in made.stories]


def test_the_file_has_a_section_for_each_story_and_says_what_to_do() -> None:
    text = extend_comments(None, subjects(story(BALI), story(ROME)), "f")
    assert text.startswith("# Comments\n\nWrite below")
    assert re.findall(r"^## (.*)\n<!-- story (\w+): \w+ -->$", text, re.MULTILINE) == [
        ("Leaders meet", BALI.sha256[:12]),
        ("Talks fail", ROME.sha256[:12]),
    ]
    assert comment_of(text, story(BALI), story(ROME)) == [None, None]


def test_a_comment_comes_back_with_its_story_and_keeps_its_paragraphs() -> None:
    file = extend_comments(None, subjects(story(BALI), story(ROME)), "f")
    file = written(file, "Talks fail", "First line,\nsecond.\n\n- A new *paragraph*.")
    told = "First line,\nsecond.\n\n- A new *paragraph*."
    assert comment_of(file, story(BALI), story(ROME)) == [None, told]
    assert comment_of(file, story(ROME), story(OSLO)) == [told, None]


def test_a_story_under_another_id_is_found_by_an_article_it_shares() -> None:
    file = written(extend_comments(None, subjects(story(BALI, ROME)), "f"), "Leaders meet", "Mine.")
    # An earlier article has joined, so that the story's id is another.
    grown = story(OSLO, BALI, ROME)
    assert comment_of(file, grown) == ["Mine."]
    assert comment_of(file, story(OSLO)) == [None]
    after = extend_comments(file, subjects(grown), "f")
    assert f"<!-- story {grown.id}:" in after
    assert after.count("<!-- story") == 1
    assert comment_of(after, grown) == ["Mine."]


def test_of_two_halves_of_a_story_the_one_with_more_of_its_articles_has_the_comment() -> None:
    file = written(extend_comments(None, subjects(story(BALI, ROME, OSLO)), "f"), "Leaders meet", "Mine.")
    file = file.replace(f"story {BALI.sha256[:12]}", "story 000000000000")
    assert comment_of(file, story(BALI), story(ROME, OSLO)) == [None, "Mine."]


def test_stories_that_become_one_keep_both_comments() -> None:
    file = extend_comments(None, subjects(story(BALI), story(ROME)), "f")
    file = written(written(file, "Leaders meet", "One."), "Talks fail", "Two.")
    both = story(BALI, ROME)
    assert comment_of(file, both) == ["One.\n\nTwo."]
    # Also where the new id is that of the second section, or of neither.
    for merged in (story(ROME, BALI), story(OSLO, ROME, BALI)):
        after = extend_comments(file, subjects(merged), "f")
        assert comment_of(after, merged) == ["One.\n\nTwo."]
        assert extend_comments(after, subjects(merged), "f") == after


def test_a_comment_without_its_story_stays_in_the_file_and_is_a_warning() -> None:
    file = written(extend_comments(None, subjects(story(BALI)), "f"), "Leaders meet", "Mine.")
    made = with_comments(brief(story(ROME)), parse_comments(file, "/home/ana/brief.comments.md"))
    (warning,) = made.warnings
    assert "Leaders meet" in warning
    assert warning.endswith("it stays in brief.comments.md"), "the brief does not tell whose machine it was"
    after = extend_comments(file, subjects(story(ROME)), "f")
    assert "Mine." in after
    assert comment_of(after, story(BALI)) == ["Mine."]


def test_an_empty_section_goes_with_its_story_and_is_no_warning() -> None:
    file = extend_comments(None, subjects(story(BALI), story(ROME)), "f")
    after = extend_comments(file, subjects(story(ROME)), "f")
    assert "Leaders meet" not in after
    assert with_comments(brief(story(ROME)), parse_comments(file, "f")).warnings == ()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda t: t.replace("<!-- story", "<!-- stori", 1), "heading without"),
        (lambda t: t.replace("<!-- story", "<!--story", 1), "damaged"),
        (lambda t: t.replace(" -->", "", 1) if t.index(" -->") else t, "damaged"),
        (lambda t: re.sub(r"<!-- story.*\n", "", t, count=1), "heading without"),
        (lambda t: t + "\n## A heading of my own\n\nText.\n", "heading without"),
        (lambda t: t + "\n## Again\n" + re.findall(r"<!-- story.*-->", t)[0] + "\n", "second time"),
    ],
)
def test_a_broken_marker_is_refused_with_its_line(change: object, what: str) -> None:
    assert callable(change)
    file = extend_comments(None, subjects(story(BALI), story(ROME)), "f").replace("<!-- -->", "them")
    with pytest.raises(SourceError, match=rf"brief\.comments\.md, line \d+: .*{what}"):
        parse_comments(change(file), "brief.comments.md")


def test_headings_of_the_officers_own_are_text() -> None:
    file = written(extend_comments(None, subjects(story(BALI)), "f"), "Leaders meet", "### Mine\n\n# Also")
    assert comment_of(file, story(BALI)) == ["### Mine\n\n# Also"]


def test_line_ends_of_another_system_change_nothing() -> None:
    file = written(extend_comments(None, subjects(story(BALI)), "f"), "Leaders meet", "One.\n\nTwo.")
    windows = file.replace("\n", "\r\n")
    assert comment_of(windows, story(BALI)) == ["One.\n\nTwo."]
    assert extend_comments(windows, subjects(story(BALI)), "f") == windows


def test_a_headline_cannot_break_the_file() -> None:
    hostile = replace(BALI, title="A -->\n<!-- story 000000000000: -->\n## x\u2028y\x00 <!-- story 1: -->")
    file = extend_comments(None, subjects(story(hostile), story(ROME)), "f")
    assert len(parse_comments(file, "f").sections) == 2


# What an officer may write: lines that are no marker and no heading of the second level.
LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=30).filter(
        lambda line: not line.startswith("## ") and "story" not in line.lower()
    ),
    max_size=6,
)
ARTICLES = [BALI, ROME, OSLO, Article("4", "A fourth."), Article("5", "A fifth."), Article("6", "A sixth.")]
STORIES = st.lists(
    st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=3, unique=True),
    max_size=5,
    unique_by=lambda a: a[0],
).map(lambda groups: [story(*group) for group in groups])


@given(st.lists(STORIES, min_size=1, max_size=4), st.lists(LINES, min_size=5, max_size=5))
def test_nothing_that_was_written_is_ever_lost(days: list[list[Story]], texts: list[list[str]]) -> None:
    file = extend_comments(None, subjects(*days[0]), "f")
    for n, section in reversed([*enumerate(parse_comments(file, "f").sections)]):
        lines = file.split("\n")
        file = "\n".join([*lines[: section.marker + 1], *texts[n], *lines[section.marker + 1 :]])
    before = [section.text for section in parse_comments(file, "f").sections if section.text]
    for day in days:
        file = extend_comments(file, subjects(*day), "f")
        assert extend_comments(file, subjects(*day), "f") == file
        parsed = parse_comments(file, "f")
        assert [section.text for section in parsed.sections if section.text] == before
        made = with_comments(brief(*day), parsed)
        shown = "\n\n".join(one.comment or "" for one in made.stories)
        assert all(text in shown for text in before) or len(made.warnings) > 0
        assert sum(text in shown for text in before) + len(made.warnings) >= len(before)


def test_a_hostile_comment_is_text_in_every_format() -> None:
    made = replace(brief_of(ARTICLE), stories=(replace(brief_of(ARTICLE).stories[0], comment=HOSTILE),))
    page = render_brief(made, find_template("daily", "html", None))
    assert "<script>alert" not in page
    report = render_brief(made, find_template("daily", "markdown", None))
    assert "\\<script\\>" in report
