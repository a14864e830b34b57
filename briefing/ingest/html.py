"""Finds the article in a web page, and what the page says about it.

trafilatura finds the text.  Title, site and address come from it too; the date does not, because it
looks for anything like a date when the page states none, and a date found that way is invented.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from briefing.errors import SourceError
from briefing.ingest.addresses import site_of, web_address
from briefing.ingest.clean import tidy, tidy_line
from briefing.ingest.dates import read_date
from briefing.ingest.decoding import decode
from briefing.ingest.document import Document, Item, Notice, make_article, our_own
from briefing.ingest.fragments import parse_html
from briefing.seal import GENERATOR

# What these libraries report by logging, the user is told as a failure that names the source.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# An article has sentences; what is left of a page of links, a log-in form or a cookie wall has not.
_FEWEST_WORDS = 20
# The extraction takes longer than in proportion: seconds for these, and minutes for ten times as many.
_MOST_ELEMENTS = 30_000
_SENTENCE = re.compile(r"\w{2,}[.!?][\"'”’)]*(?:\s|$)")
_TABLE_RULE = re.compile(r"^(?:\|\s*-{3,}\s*)+\|[ \t]*$", re.MULTILINE)
_TABLE_ROW = re.compile(r"^\|[ \t]?(.*?)[ \t]?\|[ \t]*$", re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "pubdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
)
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|$|-)")


def read_html(document: Document) -> Iterator[Item]:
    """The one article of a page.

    Raises SourceError where the page holds none.
    """
    import trafilatura  # half a second, and only pages need it

    data = document.read()
    declared = _META_CHARSET.search(data[:4096])
    charset = document.charset or (declared[1].decode() if declared else None)
    markup, warning = decode(data, document.origin, charset)
    if warning:
        yield Notice(warning)
    tree = parse_html(markup)
    if tree is None:
        raise _no_article(None)
    if any(one.strip() == GENERATOR for one in tree.xpath("//meta[@name='generator']/@content")):
        yield our_own(document.origin)
        return
    document.bounded("".join(tree.xpath("//text()[not(parent::script or parent::style)]")))
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise SourceError(f"its HTML has more than {_MOST_ELEMENTS:,} elements", "Save its text as .txt.")
    facts = _Facts(tree, document.url)
    try:
        found = trafilatura.bare_extraction(
            markup,
            url=facts.url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_precision=True,
        )
    except Exception as error:  # what others wrote can trip a parser in ways that it does not declare
        raise SourceError(f"its HTML cannot be read: {error}", "Save its text as .txt.") from error
    if found is None or isinstance(found, dict):
        raise _no_article(facts)
    title = tidy_line(found.title)
    text = _without_title(tidy(_plain_tables(found.text or "")), title)
    if len(text.split()) < _FEWEST_WORDS or not _SENTENCE.search(text):
        raise _no_article(facts)
    date, published = facts.date()
    yield make_article(
        document.origin,
        text,
        title=title,
        date=date,
        published=published,
        source=_site(tidy_line(found.sitename), facts.url),
        url=facts.url,
        language=facts.language or document.language,
    )


def _site(stated: str | None, url: str | None) -> str | None:
    """The name of the site; its host where the page states none (trafilatura adds the port to that)."""
    host = site_of(url)
    return host if not stated or (host and stated.startswith(host)) else stated


def _no_article(facts: _Facts | None) -> SourceError:
    remedy = "Give the page of a single article, or save its text as .txt."
    if facts and facts.feed:
        remedy = f"It offers a feed, which can be given instead: {facts.feed}"
    return SourceError("it is a web page without an article in it", remedy)


def _plain_tables(text: str) -> str:
    """The text with trafilatura's Markdown tables as cells parted by bars, as the other kinds have them."""
    return _TABLE_ROW.sub(r"\1", _TABLE_RULE.sub("", text))


def _without_title(text: str, title: str | None) -> str:
    """The text without the headline on top of it, which some pages repeat there."""
    first, _, rest = text.partition("\n")
    return rest if title and rest and first.casefold() == title.casefold() else text


class _Facts:
    """What the head of a page states."""

    def __init__(self, tree: HtmlElement, base: str | None) -> None:
        self._tree = tree
        self.url = self._link("//link[@rel='canonical']", base) or base
        self.feed = self._link(
            "//link[@rel='alternate' and (@type='application/rss+xml' or @type='application/atom+xml')]", base
        )
        self.language = (
            tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        ).strip()

    def date(self) -> tuple[dt.date | None, dt.datetime | None]:
        """Day and moment of publication: from JSON-LD, meta elements, a time element, the address."""
        for stated in self._dates():
            day, moment = read_date(stated)
            if day:
                return day, moment
        in_address = _DATE_IN_ADDRESS.search(self.url or "")
        return read_date("-".join(in_address.groups())) if in_address else (None, None)

    def _link(self, path: str, base: str | None) -> str | None:
        for link in self._tree.xpath(path):
            if address := web_address(link.get("href"), base):
                return address
        return None

    def _dates(self) -> Iterator[str]:
        for script in self._tree.xpath("//script[@type='application/ld+json']/text()"):
            try:
                yield from _published(json.loads(script))
            except (ValueError, RecursionError):
                continue
        named: dict[str, str] = {}
        for meta in self._tree.xpath("//meta[@content]"):
            for key in ("property", "name", "itemprop"):
                named.setdefault((meta.get(key) or "").lower(), meta.get("content"))
        yield from (named[name] for name in _META_DATES if name in named)
        yield from self._tree.xpath("//time[@datetime and (@pubdate or @itemprop='datePublished')]/@datetime")
        # One time element is the article's; of several, any may be that of another story.
        times = self._tree.xpath("//time/@datetime")
        if len(set(times)) == 1:
            yield times[0]


def _published(content: object) -> Iterator[str]:
    """The datePublished of the JSON-LD objects, outermost first, in an @graph or a list too."""
    if isinstance(content, list):
        for entry in content:
            yield from _published(entry)
    elif isinstance(content, dict):
        if isinstance(stated := content.get("datePublished"), str):
            yield stated
        yield from _published(content.get("@graph"))
