"""Web pages and feeds from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.ingest import read
from briefing.types import Intake

SENTENCES = (
    "<p>The foreign ministers of Austria and Slovenia met in Vienna on Friday to discuss border controls.</p>"
    "<p>They agreed that their experts would meet again in May, the Austrian minister told reporters.</p>"
)
TEXT = (
    "The foreign ministers of Austria and Slovenia met in Vienna on Friday to discuss border controls.\n"
    "They agreed that their experts would meet again in May, the Austrian minister told reporters."
)


def read_page(tmp_path: Path, head: str = "", body: str = SENTENCES) -> Intake:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{head}</head><body><main><article>{body}</article></main></body></html>")
    return read([str(path)])


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2023-04-21">',
        '<meta property="article:published_time" content="2023-04-21T10:00:00+02:00">'
        '<meta property="article:modified_time" content="2024-01-01T00:00:00Z">',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, '
        '{"@type": "NewsArticle", "datePublished": "2023-04-21T10:00:00Z"}]}</script>',
        '<script type="application/ld+json">{broken</script>'
        '<meta itemprop="datePublished" content="21 April 2023">',
        '<link rel="canonical" href="https://x.example/2023/04/21/talks/">',
    ],
)
def test_the_date_that_a_page_states_is_read(head: str, tmp_path: Path) -> None:
    (article,) = read_page(tmp_path, head).articles
    assert str(article.date) == "2023-04-21"


@pytest.mark.parametrize(
    "mention",
    [
        "<p>Updated: 3 May 2022. The talks began on 12 March 2020 and ended on 14 March 2020.</p>",
        "<footer>Copyright 2019-2021</footer>",
        '<p>See <time datetime="2020-01-01">then</time> and <time datetime="2021-01-01">later</time>.</p>',
        '<img src="/uploads/2021/05/06/photo.jpg">',
    ],
)
def test_a_date_that_is_only_mentioned_is_not_the_articles(mention: str, tmp_path: Path) -> None:
    (article,) = read_page(tmp_path, body=SENTENCES + mention).articles
    assert article.date is None


def test_menus_cookie_walls_and_comments_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>"
        "<div class=cookie-banner><p>We use cookies to improve your experience on this site.</p></div>"
        f"<article><h1>Talks in Vienna</h1>{SENTENCES}</article>"
        "<div id=comments class=comments><p>I do not believe a word of this, said nobody.</p></div>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )
    (article,) = read([str(path)]).articles
    assert (article.title, article.text) == ("Talks in Vienna", TEXT)


def test_tables_are_rows_of_cells(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>Country</th><th>Pledge</th></tr><tr><td>Austria</td><td>5 million</td></tr></table>"
    )
    (article,) = read_page(tmp_path, body=SENTENCES + table + SENTENCES.replace("May", "June")).articles
    assert "\nCountry | Pledge\nAustria | 5 million\n" in article.text


@pytest.mark.parametrize(
    "body",
    [
        "<ul>" + "".join(f"<li><a href='/{n}'>Story number {n}</a></li>" for n in range(40)) + "</ul>",
        "<form><label>Name <input></label><label>Password <input></label><button>Log in</button></form>",
        "<p>Please enable JavaScript.</p>",
        "",
    ],
)
def test_a_page_without_an_article_is_named(body: str, tmp_path: Path) -> None:
    (failure,) = read_page(tmp_path, body=body).failures
    assert failure.reason == "it is a web page without an article in it"
    assert failure.remedy


def test_the_feed_that_a_page_offers_is_pointed_out(tmp_path: Path) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="https://x.example/feed">'
    (failure,) = read_page(tmp_path, head=link, body="").failures
    assert failure.remedy == "It offers a feed, which can be given instead: https://x.example/feed"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "iso-8859-2"])
def test_the_encoding_that_a_page_declares_is_used(charset: str, tmp_path: Path) -> None:
    page = f"<html><head><meta charset='{charset}'></head><body><article>{SENTENCES}<p>Mr Gröger agreed.</p>"
    (tmp_path / "page.html").write_bytes(page.encode(charset))
    intake = read([str(tmp_path)])
    assert intake.articles[0].text.endswith("Mr Gröger agreed.")
    assert not intake.warnings


@pytest.mark.parametrize("depth", [300, 5000])
def test_absurdly_nested_markup_ends_in_words(depth: int, tmp_path: Path) -> None:
    intake = read_page(tmp_path, body="<div>" * depth + SENTENCES)
    assert len(intake.articles) + len(intake.failures) == 1


def test_a_page_of_more_parts_than_can_be_searched_ends_in_words(tmp_path: Path) -> None:
    (failure,) = read_page(tmp_path, body="<p>One.</p>" * 40_000).failures
    assert failure.reason == "its HTML has more than 30,000 elements"


def test_what_scripts_hold_does_not_count_as_text(tmp_path: Path) -> None:
    script = f"<script>data = '{'x' * 1_500_000}'</script>"
    assert read_page(tmp_path, body=SENTENCES + script).articles[0].text == TEXT


def rss(*items: str, head: str = "", top: str = '<?xml version="1.0"?>') -> str:
    return f'{top}<rss version="2.0"><channel><title>Wire</title>{head}{"".join(items)}</channel></rss>'


def read_feed(tmp_path: Path, content: str | bytes) -> Intake:
    path = tmp_path / "feed.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read([str(path)])


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)).replace("&a0;", "&a;")
    + "]>"
)
LEAK = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ITEM = "<item><title>&a;</title><description>&a; text</description></item>"


@pytest.mark.parametrize("top", [BOMB, LEAK])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(top: str, encoding: str, tmp_path: Path) -> None:
    (failure,) = read_feed(tmp_path, rss(ITEM, top=top).encode(encoding)).failures
    assert "declares XML entities" in failure.reason
    assert failure.remedy


@pytest.mark.parametrize(
    "content",
    ["not XML at all", "<?xml version='1.0'?><catalogue><book/></catalogue>", "<?xml version='1.0'?>", "<rs"],
)
def test_a_feed_that_is_none_is_named(content: str, tmp_path: Path) -> None:
    (failure,) = read_feed(tmp_path, content).failures
    assert "not a feed" in failure.reason
    assert failure.remedy


def test_entries_keep_their_text_and_lose_their_links(tmp_path: Path) -> None:
    item = (
        "<item><title>Q&amp;amp;A: talks</title><link>https://x.example/1</link>"
        "<pubDate>Fri, 21 Apr 2023 10:00:00 GMT</pubDate><source url='u'>Agency</source><description>"
        "<![CDATA[<p>See <a href='https://x.example'>the text</a>.</p><p>AT&amp;T &lt;tag&gt;</p>]]>"
        "</description></item>"
    )
    (article,) = read_feed(tmp_path, rss(item)).articles
    assert article.text == "See the text.\nAT&T <tag>"
    assert (article.title, article.source, article.url) == ("Q&A: talks", "Agency", "https://x.example/1")
    assert str(article.published) == "2023-04-21 10:00:00+00:00"
    assert article.origin == f"{tmp_path}/feed.xml entry 1"


def test_an_entry_without_text_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    intake = read_feed(
        tmp_path, rss("<item><title>Empty</title></item>", "<item><description>T.</description></item>")
    )
    assert [article.text for article in intake.articles] == ["T."]
    assert [failure.source for failure in intake.failures] == [f"{tmp_path}/feed.xml entry 1"]


def test_an_entry_without_a_date_gets_none(tmp_path: Path) -> None:
    items = [
        f"<item><description>T{n}.</description>{date}</item>"
        for n, date in enumerate(("", "<pubDate>x</pubDate>"))
    ]
    head = "<lastBuildDate>Fri, 21 Apr 2023 10:00:00 GMT</lastBuildDate>"
    assert [article.date for article in read_feed(tmp_path, rss(*items, head=head)).articles] == [None, None]


def test_a_feed_cut_in_the_middle_gives_what_it_has_and_a_warning(tmp_path: Path) -> None:
    whole = rss(*(f"<item><title>{n}</title><description>Text {n}.</description></item>" for n in range(3)))
    intake = read_feed(tmp_path, whole[: whole.index("Text 2")])
    assert [article.text for article in intake.articles][:2] == ["Text 0.", "Text 1."]
    assert "not well-formed" in intake.warnings[0]


def test_an_empty_feed_is_a_warning(tmp_path: Path) -> None:
    intake = read_feed(tmp_path, rss())
    assert not intake.failures
    assert intake.warnings == (f"{tmp_path}/feed.xml is a feed without entries",)


def test_a_page_saved_as_xml_is_read_as_a_page(tmp_path: Path) -> None:
    page = f'<?xml version="1.0"?><!DOCTYPE html><html><body><article>{SENTENCES}</article></body></html>'
    assert read_feed(tmp_path, page).articles[0].text == TEXT
