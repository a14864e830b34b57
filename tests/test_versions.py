"""One page, read at different times: the last state is the article."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.cluster import versions
from briefing.types import Article
from tests.desk import without_own_settings


def page(name: str, url: str | None, day: int | None, hour: int | None = None) -> Article:
    date = dt.date(2022, 11, day) if day else None
    published = dt.datetime(2022, 11, day, hour, tzinfo=dt.UTC) if day and hour else None
    return Article(id=name, text=name, url=url, date=date, published=published)


def test_of_one_address_the_latest_version_is_the_article() -> None:
    url = "https://post.example.org/a/7"
    pages = [
        page("corrected", f"{url}?utm_source=rss", 15, 19),
        page("first", url, 15, 8),
        page("undated", f"{url}#top", None),
        page("other", "https://post.example.org/a/8", 15, 9),
    ]
    assert versions(pages) == {1: 0, 2: 0}


def test_of_versions_of_one_moment_the_later_in_the_input_is_the_article() -> None:
    assert versions([page("a", "http://x.org/p", 15), page("b", "https://www.x.org/p/", 15)]) == {0: 1}


@pytest.mark.parametrize("url", [None, "", "https://x.org", "https://x.org/", "http://[", "x.txt"])
def test_without_an_address_of_its_own_a_page_has_no_versions(url: str | None) -> None:
    assert versions([page("a", url, 14), page("b", url, 15)]) == {}


def test_what_tells_pages_apart_in_an_address_is_kept() -> None:
    assert versions([page("a", "https://x.org/?id=1", 14), page("b", "https://x.org/?id=2", 15)]) == {}


def test_what_a_page_said_before_it_was_corrected_is_history_and_nothing_disputes_it(
    tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    without_own_settings(monkeypatch, models_dir)
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    monkeypatch.chdir(tmp_path)
    page = {"source": "Bay Times", "url": "https://bay.example/a/7", "date": "2022-11-15"}
    states = [
        (
            "Malta, Cyprus near wine deal",
            "Malta and Cyprus are close to a wine deal. At least 12 growers lose.",
        ),
        ("Malta and Cyprus sign wine deal", "Malta and Cyprus signed a wine deal. At least 17 growers lose."),
        (
            "Malta and Cyprus sign wine deal (corrected)",
            "Correction: an earlier version of this article misstated a number. It is 71, not 17. "
            "Malta and Cyprus signed a wine deal. At least 71 growers lose.",
        ),
    ]
    rows = [{**page, "id": str(n), "title": title, "text": text} for n, (title, text) in enumerate(states)]
    rows[2]["url"] += "?utm_source=rss"
    source = tmp_path / "page.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run(["daily", str(source), "--date", "2022-11-15", "--format", "json"]) == 0
    (story,) = json.loads(capfd.readouterr().out)["stories"]
    assert [one["id"] for one in story["articles"]] == ["2"]
    assert [one["id"] for one in story["duplicates"]] == ["0", "1"]
    assert (story["conflicts"], story["updates"]) == ([], [])
    assert story["headline"] == "Malta and Cyprus sign wine deal"
