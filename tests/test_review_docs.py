"""What docs/marking.md and docs/comments.md show is what the program does."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from briefing.brief.comments import parse_comments
from briefing.brief.grading import grade
from briefing.brief.ratings import Ratings, load_ratings
from briefing.lint import check_comments
from briefing.lint.rules import likelihood_rules
from briefing.marking import marking_of
from briefing.render.environment import dtg
from briefing.settings import load_settings
from briefing.types import Article, Brief, Period, Slots, Story, Summary

DOCS = Path(__file__).parent.parent / "docs"
MARKING = (DOCS / "marking.md").read_text(encoding="utf-8")
COMMENTS = (DOCS / "comments.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("block", [*blocks(MARKING, "toml"), *blocks(COMMENTS, "toml")])
def test_the_settings_shown_can_be_used(block: str, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(block)
    load_settings(None, {}, tmp_path)


def test_the_file_of_sources_shown_grades_as_it_says(tmp_path: Path) -> None:
    (block,) = blocks(MARKING, "yaml")
    (tmp_path / "sources.yaml").write_text(block)
    ratings = load_ratings(tmp_path / "sources.yaml")
    for source, url in (("Post Online", None), (None, "https://world.dailypost.example/a")):
        made = ratings.reliability(Article("1", "They met.", source=source, url=url))
        assert (made.value, made.reason) == ("B", "corrects its mistakes")


def test_the_reason_shown_is_the_one_that_is_given() -> None:
    value, reason = re.findall(r"^    Credibility (\d): (.*)$", MARKING, re.MULTILINE)[0]
    articles = (
        Article("1", "They met.", source="A Gazette"),
        Article("2", "They spoke.", source="B Gazette"),
    )
    story = Story("1", "Talks", "Europe", articles, Summary((), "test", "test"), Slots())
    brief = Brief("Daily brief", dt.date(2022, 7, 17), Period(), (story,), 1)
    made = grade(brief, Ratings("sources.yaml")).stories[0].credibility
    assert made is not None
    assert (made.value, made.reason) == (value, reason)


def test_the_marking_and_the_date_time_group_shown_are_read_and_written() -> None:
    (report,) = blocks(MARKING, "markdown")
    assert marking_of(report) == "TLP:AMBER"
    assert dtg(dt.datetime(2022, 7, 17, 3, 56, tzinfo=dt.UTC)) in MARKING


def test_the_comments_shown_are_read() -> None:
    (file,) = blocks(COMMENTS, "markdown")
    (section,) = parse_comments(file, "brief.comments.md").sections
    assert section.heading == "Ministers reopen the border"
    assert section.text == "We expect the first lorries in August.\n\nA second paragraph."


def test_the_finding_shown_is_the_one_that_is_made() -> None:
    shown = re.findall(r"^    brief\.json: (.*)$", COMMENTS, re.MULTILINE)[0]
    where = shown.partition(": likelihood")[0]
    (finding,) = check_comments([(where, "The house may well agree.")])
    assert str(finding) == shown


def test_the_scale_shown_is_the_one_that_holds() -> None:
    rows = [
        f"| {band.per_cent[0]}–{band.per_cent[1]} | {band.first} | {band.second} |"
        for band in likelihood_rules().bands
    ]
    assert re.findall(r"^\| \d+–\d+ \|.*$", COMMENTS, re.MULTILINE) == rows
