"""The HTML brief in a real browser: readable at any width and in the dark, and nothing in it runs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.render import find_template, render_brief
from briefing.types import (
    Brief,
    Event,
    Line,
    Meeting,
    Period,
    Slots,
    Story,
    Summary,
    SummarySentence,
    When,
    Who,
)
from tests.browser import CHROMIUM, Browser
from tests.test_render_judgement import DAY, ONE, TWO, quote, whole

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

SCRIPT_URL = "javascript:document.title='taken over'"
SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">"

# Every text with the colour behind it, as contrast after WCAG 2.2, 1.4.3; the lowest first.
CONTRASTS = """(() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => rgb(c).slice(0, 3).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const dot = e.tagName == 'g' && e.querySelector('circle');
      if (dot) return getComputedStyle(dot).fill;
      const c = getComputedStyle(e).backgroundColor;
      if ((rgb(c)[3] ?? 1) > 0) return c;
    }
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest('title, desc')) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(e.closest('svg') ? style.fill : style.color), light(behind(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    found.push([ratio, walk.currentNode.data.trim()]);
  }
  return found.sort((a, b) => a[0] - b[0]);
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page in which everything that can be there is there, pictures too."""
    brief = whole()
    aid = quote(TWO, "Norland pledged aid by 20 November.")
    days = [When(f"on {n}", DAY + dt.timedelta(n), None, "day") for n in (1, 5)]
    long = When("in 2023", dt.date(2023, 3, 1), dt.date(2023, 3, 31), "month")
    westmark = Who("Verwaltungsgemeinschaftsvorsitzende", "state", quote(ONE, "Norland"), "test")
    (meeting,) = brief.meetings
    other = Meeting((meeting.parties[0], westmark), "call", "planned", "s1", meeting.evidence)
    brief = replace(
        brief,
        bottom_line=(Line("12 people were hurt.", "s1", quote(ONE, "12 people were hurt."), ("Norland",)),),
        forward=tuple(Event("Aid comes.", "scheduled", when, "s1", aid) for when in (*days, long)),
        meetings=(meeting, other),
    )
    file = tmp_path_factory.mktemp("page") / "brief.html"
    file.write_text(render_brief(brief, find_template("daily", "html", None)), encoding="utf-8")
    return file


def test_nothing_in_an_article_runs(browser: Browser, tmp_path: Path) -> None:
    hostile = replace(ONE, title=SCRIPT, text=f"Norland {SCRIPT} met Sudia.", source=SCRIPT, url=SCRIPT_URL)
    said = SummarySentence(hostile.text, quote(hostile, hostile.text))
    story = Story("s1", SCRIPT, SCRIPT, (hostile,), Summary((said,), "test", "test"), Slots())
    when = [When(SCRIPT, DAY + dt.timedelta(n), None, "day") for n in (1, 2)]
    brief = Brief(
        SCRIPT,
        DAY,
        Period(),
        (story,),
        1,
        forward=tuple(Event(SCRIPT, "scheduled", one, "s1", said.evidence) for one in when),
        meetings=tuple(
            Meeting(
                (Who(SCRIPT, "person", said.evidence, "test", side=SCRIPT), side),
                SCRIPT,
                "held",
                "s1",
                said.evidence,
            )
            for side in (
                Who("Sudia", "state", said.evidence, "test"),
                Who("Norland", "state", said.evidence, "test"),
            )
        ),
    )
    page = tmp_path / "brief.html"
    page.write_text(render_brief(brief, find_template("daily", "html", None)), encoding="utf-8")
    browser.open(page)
    assert browser.run("document.title").startswith("<script>")
    assert browser.run("document.querySelectorAll('script, img, [href^=javascript]').length") == 0
    # Nor would a script that got into the page all the same.
    browser.run(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert browser.run("window.ran") is None
    assert browser.run("document.querySelector('svg.graph').textContent.includes('<script>')")


def test_a_mark_leads_to_its_sentence_amid_its_neighbours_and_back(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.run("document.querySelector('#bottom-line .ref a').click()")
    shown = browser.run("document.querySelector('.footnotes li:target blockquote').innerText")
    assert shown.startswith("Norland met Sudia. 12 people were hurt. They agreed to open the port.")
    assert browser.run("document.querySelector(':target mark').innerText") == "12 people were hurt."
    browser.run("document.querySelector('.footnotes li:target .back a').click()")
    assert browser.run("document.querySelector(':target').closest('section').id") == "bottom-line"


def test_every_link_within_the_page_leads_somewhere(browser: Browser, page: Path) -> None:
    browser.open(page)
    links, anchors = browser.run(
        "[[...document.querySelectorAll('[href^=\"#\"]')].map(a => a.hash.slice(1)),"
        " [...document.querySelectorAll('[id]')].map(e => e.id)]"
    )
    assert set(links) <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_it_has_landmarks_and_no_heading_skips_a_level(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run(
        "['header', 'nav', 'main', 'footer'].map(t => document.querySelectorAll(t).length)"
    ) == [
        1,
        1,
        1,
        1,
    ]
    assert browser.run("document.querySelector('a').hash") == "#brief"
    levels = browser.run("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => +e.tagName[1])")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert browser.run("document.querySelectorAll('svg[role=img] > title').length") == 2


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_scrolls_down_only(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, width=width, height=800)
    assert browser.run("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("dark", [False, True])
def test_every_word_stands_out_from_what_is_behind_it(browser: Browser, page: Path, dark: bool) -> None:
    browser.open(page, dark=dark)
    assert (
        browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    ) is not dark
    contrasts = browser.run(CONTRASTS)
    assert len(contrasts) > 100
    assert contrasts[0][0] >= 4.5, contrasts[0]


def test_it_prints_on_a4_and_the_summary_is_the_largest_text_of_a_story(browser: Browser, page: Path) -> None:
    browser.open(page)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", browser.printed())
    assert sizes
    for width, height in sizes:
        assert abs(float(width) - 595.28) < 1
        assert abs(float(height) - 841.89) < 1
    browser.send("Emulation.setEmulatedMedia", media="print")
    summary, largest = browser.run(
        "['.summary', '*:not(.summary)'].map(which => Math.max(...[...document.querySelectorAll("
        "`article ${which}`)].map(e => parseFloat(getComputedStyle(e).fontSize))))"
    )
    assert largest < summary
