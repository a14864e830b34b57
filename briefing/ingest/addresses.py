"""What a URL says by itself.  None of these raises on a URL that makes no sense."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/?#]*@")


def is_url(source: str) -> bool:
    """Whether a source names a place on the net, of whatever scheme."""
    return _SCHEME.match(source) is not None


def without_login(url: str) -> str:
    """The URL without the user name and password in it."""
    return _LOGIN.sub("", url, count=1)


def web_address(link: str | None, base: str | None = None) -> str | None:
    """The http or https address that a link leads to, without a login; None where it leads elsewhere."""
    try:
        address = urljoin(base or "", (link or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return without_login(address) if parts.scheme in ("http", "https") and parts.hostname else None


def site_of(url: str | None) -> str | None:
    """The host of a web address, without "www."."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None
