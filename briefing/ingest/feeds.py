"""Reads RSS and Atom feeds.

feedparser gets bytes that were already fetched, so that it never goes to the network or the file
system itself, and none that declare entities: those can name local files or grow without end.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from briefing.errors import SourceError
from briefing.ingest.addresses import site_of, web_address
from briefing.ingest.clean import tidy, tidy_line
from briefing.ingest.dates import read_date
from briefing.ingest.decoding import decode
from briefing.ingest.document import Document, Item, Notice, make_article
from briefing.ingest.fragments import fragment_text
from briefing.types import Article, Failure

_REMEDY = "Give the address of an RSS or Atom feed, or the page of an article."
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w.:-]+)")
# How teasers end, and how long an entry is that needs no proof of being whole.
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[\W*\]|(?:read|see|continue|learn)\s+(?:more|on|reading)\W*)$", re.IGNORECASE
)
_TEASER = 500
_TAG = re.compile(r"<[a-zA-Z/!]")

Follow = Callable[[str], Article]


def read_feed(document: Document, follow: Follow | None = None) -> Iterator[Item]:
    """An article an entry.

    `follow` reads the page of an entry that is only a teaser; without it the teaser is the article.
    Raises SourceError where the document is no feed, or declares entities.
    """
    data = document.read()
    declared = _XML_ENCODING.search(data[:200])
    text, warning = decode(
        data, document.origin, document.charset or (declared[1].decode() if declared else None)
    )
    if warning:
        yield Notice(warning)
    if _ENTITY.search(text):
        raise SourceError(
            "it declares XML entities, which can grow without end",
            "No feed needs them: ask its publisher, or remove the <!ENTITY …> lines if you trust it.",
        )
    feed = _parse(text)
    if not feed.version:
        raise SourceError(
            "it is not a feed" + (f": {feed.bozo_exception}" if feed.bozo else ""),
            _REMEDY,
        )
    if feed.bozo:
        yield Notice(f"{document.origin} is not well-formed ({feed.bozo_exception}): entries may be missing")
    if not feed.entries:
        yield Notice(f"{document.origin} is a feed without entries")
    for number, entry in enumerate(feed.entries, 1):
        yield from _entry(document, feed.feed, entry, f"{document.origin} entry {number}", follow)


def _parse(text: str) -> Any:
    import feedparser  # slow to wake, and few runs have feeds

    # The stated encoding is that of the bytes before they were decoded; the header outranks it.
    header = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")), response_headers=header)
    except Exception as error:  # what others wrote can trip a parser in ways that it does not declare
        raise SourceError(f"its XML cannot be read: {error}", _REMEDY) from error


def _entry(document: Document, feed: Any, entry: Any, origin: str, follow: Follow | None) -> Iterator[Item]:
    article, is_teaser = _own_article(document, feed, entry, origin)
    if is_teaser and article.url and follow:
        try:
            page = follow(article.url)
        except SourceError as error:
            yield Notice(f"{origin}: only its teaser is read, not the page: {article.url}: {error.message}")
        else:
            article = replace(
                page,
                title=article.title or page.title,
                date=article.date or page.date,
                published=article.published or page.published,
                source=article.source or page.source,
                url=article.url,
                origin=origin,
            )
    if not article.text:
        yield Failure(origin, "the entry has no text", "Open its page and give that instead.")
        return
    yield article


def _own_article(document: Document, feed: Any, entry: Any, origin: str) -> tuple[Article, bool]:
    """(what the entry itself holds, whether it is only a teaser)."""
    contents = entry.get("content") or []
    if contents:
        text = max((_text(content.get("value"), content.get("type")) for content in contents), key=len)
    else:
        text = _text(entry.get("summary"), (entry.get("summary_detail") or {}).get("type"))
    stated = entry.get("published") or entry.get("updated") or ""
    date, published = read_date(stated)
    if published is None and "T" not in stated and (parsed := entry.get("published_parsed")) and date is None:
        date = dt.date(*parsed[:3])
    article = make_article(
        origin,
        text,
        title=tidy_line(_text(entry.get("title"), "text/html")),
        date=date,
        published=published,
        source=tidy_line((entry.get("source") or {}).get("title") or feed.get("title"))
        or site_of(document.url),
        url=web_address(entry.get("link"), document.url),
        language=(contents[0].get("language") if contents else None)
        or feed.get("language")
        or document.language,
    )
    return article, bool(_CUT_OFF.search(text)) or (not contents and len(text) < _TEASER)


def _text(value: str | None, media_type: str | None) -> str:
    """The text of a feed's element, whose stated type is often wrong: what has no tags is plain text."""
    if not value:
        return ""
    if media_type == "text/plain":
        return tidy(value)
    return fragment_text(value) if _TAG.search(value) else tidy(unescape(value))
