"""Versions of one page: articles read from one address at different times.

The latest is the article; the earlier ones are its history, and what they said and it no longer says is
nobody's report.  What an address is followed by to count readers tells no page from another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from briefing.types import Article

_COUNTING = ("utm_", "fbclid", "gclid", "ref", "cmpid", "smid")


def versions(articles: Sequence[Article]) -> dict[int, int]:
    """Index of each earlier version → index of the latest of the same address.

    Of versions of the same moment the later in the input is the later one; one without a date comes before
    those that have one.
    """
    of_page: dict[str, list[int]] = {}
    for n, article in enumerate(articles):
        if page := _page(article.url):
            of_page.setdefault(page, []).append(n)
    latest: dict[int, int] = {}
    for found in of_page.values():
        last = max(found, key=lambda n: (_moment(articles[n]), n))
        latest |= {n: last for n in found if n != last}
    return latest


def _moment(article: Article) -> tuple[dt.date, dt.datetime]:
    published = article.published or dt.datetime.min.replace(tzinfo=dt.UTC)
    return (article.date or dt.date.min, published)


def _page(url: str | None) -> str | None:
    """An address without what tells no pages apart; None where it has no path, which many pages share."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    told = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith(_COUNTING)]
    path = parts.path.rstrip("/")
    return f"{host}{path}?{urlencode(sorted(told))}" if host and (path or told) else None
