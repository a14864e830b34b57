"""What a URL says by itself."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def is_url(source: str) -> bool:
    """Whether a source names a place on the net, of whatever scheme."""
    scheme, colon, _ = source.partition("://")
    return (
        bool(colon)
        and scheme.isascii()
        and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()
    )


def without_login(url: str) -> str:
    """The URL without the user name and password in it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def site_of(url: str | None) -> str | None:
    """The host of an address, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None
