"""URLs, against a real server that behaves and misbehaves."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from briefing import __version__
from briefing.ingest import IngestOptions, read, web
from briefing.types import Failure

OPEN = IngestOptions(allow_private=True, timeout=10, deadline=20)
SENTENCES = (
    "<p>The foreign ministers of Austria and Slovenia met in Vienna on Friday to discuss border controls.</p>"
    "<p>They agreed that their experts would meet again in May, the Austrian minister told reporters.</p>"
)
TEXT = (
    "The foreign ministers of Austria and Slovenia met in Vienna on Friday to discuss border controls.\n"
    "They agreed that their experts would meet again in May, the Austrian minister told reporters."
)
PAGE = f"<html lang=en><body><article><h1>Talks</h1>{SENTENCES}</article></body></html>".encode()


@dataclass
class Site:
    """A web server; `routes` maps a path to what answers there."""

    address: str
    stop: threading.Event = field(default_factory=threading.Event)
    routes: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    requests: list[BaseHTTPRequestHandler] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1", login: str = "") -> str:
        return f"http://{login}{host}:{self.address.rpartition(':')[2]}{path}"

    def serve(self, path: str, body: bytes, *, status: int = 200, **headers: str) -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.routes[path] = answer
        return self.url(path)

    def redirect(self, path: str, target: str) -> str:
        return self.serve(path, b"", status=302, Location=target)


def not_found(request: BaseHTTPRequestHandler) -> None:
    request.send_error(404)


def start(tls: ssl.SSLContext | None = None) -> tuple[Site, ThreadingHTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            made.requests.append(self)
            self.close_connection = True
            made.routes.get(self.path, not_found)(self)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # a client that hangs up is what the tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    made = Site(f"127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return made, server


@pytest.fixture
def site() -> Iterator[Site]:
    site, server = start()
    yield site
    site.stop.set()
    server.shutdown()
    server.server_close()


def void(_: object) -> None:
    """Lets a lambda answer a request."""


def failure_of(url: str, options: IngestOptions = OPEN) -> Failure:
    intake = read([url], options)
    assert not intake.articles
    (failure,) = intake.failures
    assert failure.source == url
    assert failure.remedy
    return failure


def test_a_page_becomes_an_article(site: Site) -> None:
    url = site.serve("/talks", PAGE, Content_Language="de")
    intake = read([url], OPEN)
    assert not intake.failures
    (article,) = intake.articles
    assert (article.title, article.text, article.url, article.origin) == ("Talks", TEXT, url, url)
    assert (article.source, article.language, article.date) == ("127.0.0.1", "en", None)
    assert site.requests[0].headers["User-Agent"] == f"briefing/{__version__}"


@pytest.mark.parametrize(
    ("path", "media_type", "body"),
    [
        ("/a", "text/plain; charset=utf-8", TEXT.encode()),
        ("/a.md", "text/plain", TEXT.replace("\n", "\n\n").encode()),
        (
            "/a.jsonl",
            "application/octet-stream",
            f'{{"text": "{TEXT}"}}\n'.replace(".\nThey", ".\\nThey").encode(),
        ),
        ("/a", "application/json", f'[{{"text": "{TEXT}"}}]'.replace(".\nThey", ".\\nThey").encode()),
        ("/a", "message/rfc822", b"Subject: Talks\n\n" + TEXT.encode()),
        (
            "/a",
            "text/html",
            b"<rss version='2.0'><channel><item><description>"
            + TEXT.encode()
            + b"</description></item></channel></rss>",
        ),
        ("/a", "", PAGE),
    ],
)
def test_the_kind_is_told_by_type_name_and_content(
    path: str, media_type: str, body: bytes, site: Site
) -> None:
    (article,) = read([site.serve(path, body, Content_Type=media_type)], OPEN).articles
    assert article.text == TEXT


def test_the_encoding_that_the_server_states_is_used(site: Site) -> None:
    body = PAGE.replace(b"Slovenia", "Česko".encode("iso-8859-2"))
    intake = read([site.serve("/a", body, Content_Type="text/html; charset=iso-8859-2")], OPEN)
    assert "Česko" in intake.articles[0].text
    assert not intake.warnings


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
def test_packed_pages_are_unpacked(encoding: str, pack: Callable[[bytes], bytes], site: Site) -> None:
    (article,) = read([site.serve("/a", pack(PAGE), Content_Encoding=encoding)], OPEN).articles
    assert article.text == TEXT


def test_redirects_are_followed_to_the_page(site: Site) -> None:
    site.serve("/new/talks", PAGE)
    site.redirect("/old", "/new/talks")
    (article,) = read([site.redirect("/older", "old")], OPEN).articles
    assert article.url == site.url("/new/talks")


def test_logins_are_sent_and_never_shown(site: Site) -> None:
    site.serve("/a", PAGE)
    intake = read([site.url("/a", login="desk:s3cret@"), site.url("/none", login="desk:s3cret@")], OPEN)
    assert site.requests[0].headers["Authorization"].startswith("Basic ")
    assert "s3cret" not in repr(intake)
    assert intake.articles[0].url == site.url("/a")


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "Not Found"), (500, "Internal Server Error"), (403, "Forbidden")]
)
def test_a_refusal_is_named(status: int, reason: str, site: Site) -> None:
    failure = failure_of(site.serve("/a", PAGE, status=status))
    assert failure.reason == f"the server answered {status} {reason}"


def test_a_server_that_hangs_is_left(site: Site) -> None:
    site.routes["/hang"] = lambda request: void(site.stop.wait())
    failure = failure_of(site.url("/hang"), IngestOptions(allow_private=True, timeout=0.1))
    assert failure.reason == "the server did not answer within 0.1 seconds"


@pytest.mark.parametrize("what", ["head", "body"])
def test_a_server_that_drips_is_left(what: str, site: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if what == "body" else b"X-Long: "))
        while not site.stop.wait(0.02):
            request.wfile.write(b"x")

    site.routes["/drip"] = drip
    failure = failure_of(site.url("/drip"), IngestOptions(allow_private=True, timeout=10, deadline=0.3))
    assert failure.reason == "the server did not answer within 0.3 seconds"


def test_a_redirect_that_goes_on_for_ever_is_left(site: Site) -> None:
    failure = failure_of(site.redirect("/loop", "/loop"))
    assert failure.reason == "it redirects more than 5 times"
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.example/", "http:///nowhere", "http://[::1", "javascript:0"]
)
def test_a_redirect_to_something_else_is_refused(target: str, site: Site) -> None:
    failure_of(site.redirect("/a", target))
    assert len(site.requests) == 1


def test_a_page_that_is_huge_is_left(site: Site) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not site.stop.is_set():
            request.wfile.write(b"x" * 65_536)

    site.routes["/huge"] = endless
    failure = failure_of(site.url("/huge"), IngestOptions(allow_private=True, max_bytes=1_000_000))
    assert failure.reason == "it is larger than 1 MB"


def test_a_page_that_unpacks_to_something_huge_is_left(site: Site) -> None:
    url = site.serve("/bomb", gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip")
    failure = failure_of(url, IngestOptions(allow_private=True, max_bytes=1_000_000))
    assert failure.reason == "it is larger than 1 MB"


@pytest.mark.parametrize(
    ("encoding", "reason"),
    [
        ("gzip, gzip", "it is packed as gzip, gzip, which was not asked for"),
        ("gzip", "the server sent damaged data"),
    ],
)
def test_odd_packing_is_refused(encoding: str, reason: str, site: Site) -> None:
    assert failure_of(site.serve("/a", PAGE, Content_Encoding=encoding)).reason.startswith(reason)


def test_a_page_that_ends_too_early_is_a_failure(site: Site) -> None:
    site.routes["/cut"] = lambda request: void(
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
    )
    assert "cannot be fetched" in failure_of(site.url("/cut")).reason


def test_what_answers_is_no_web_server(site: Site) -> None:
    site.routes["/odd"] = lambda request: void(request.wfile.write(b"220 mail.example ESMTP\r\n"))
    assert "cannot be fetched" in failure_of(site.url("/odd")).reason


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "cannot be fetched" in failure_of(f"http://127.0.0.1:{free.getsockname()[1]}/").reason


def test_a_name_without_an_address_is_named() -> None:
    assert failure_of("http://no-such-host.invalid/").reason.startswith("no-such-host.invalid has no address")


@pytest.mark.parametrize(
    "url", ["ftp://x.example/a", "file:///etc/passwd", "http://", "http://[bad/", "http://x:99999999/"]
)
def test_a_url_that_is_none_of_the_web_is_named(url: str) -> None:
    failure_of(url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"],  # noqa: S104
)
def test_private_addresses_are_refused_however_they_are_written(host: str, site: Site) -> None:
    site.serve("/a", PAGE)
    failure = failure_of(site.url("/a", host=host), IngestOptions())
    assert "private or special address" in failure.reason or "has no address" in failure.reason
    assert not site.requests


def test_a_redirect_into_the_desks_own_network_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server stands in for one on the open internet; 127.0.0.2 is the desk's own network.
    monkeypatch.setattr(web, "is_public", lambda address: address == "127.0.0.1")
    site.serve("/secret", PAGE)
    url = site.redirect("/a", site.url("/secret", host="127.0.0.2"))
    failure = failure_of(url, IngestOptions())
    assert failure.reason == "127.0.0.2 is at 127.0.0.2, a private or special address, and is refused"
    assert [request.path for request in site.requests] == ["/a"]


def test_the_address_that_is_checked_is_the_one_that_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name that resolves to an open address when it is checked and to a private one ever after.
    answers = ["203.0.113.7"]
    resolved: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        resolved.append(answers.pop() if answers else "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (resolved[-1], port))]

    connected: list[str] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(web, "is_public", lambda address: address == "203.0.113.7")
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    failure_of("http://rebind.example/", IngestOptions())
    assert resolved == connected == ["203.0.113.7"]


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.5.4", "192.168.1.1", "127.0.0.1", "0.0.0.0", "169.254.169.254", "100.64.0.1",  # noqa: S104
        "100.100.100.200", "168.63.129.16", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
        "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::1", "::a00:1",
    ],
)  # fmt: skip
def test_private_and_special_addresses_are_told(address: str) -> None:
    assert not web.is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_open_addresses_are_told(address: str) -> None:
    assert web.is_public(address)


def test_certificates_are_checked(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    site, server = start(context)
    try:
        site.serve("/a", PAGE)
        url = site.url("/a", host="localhost").replace("http", "https", 1)
        assert "certificate verify failed" in failure_of(url).reason
        trusting = IngestOptions(allow_private=True, ca_file=tmp_path / "ca.pem")
        assert read([url], trusting).articles[0].text == TEXT
        by_number = url.replace("localhost", "127.0.0.1")
        assert "certificate" in failure_of(by_number, trusting).reason
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_certificates_that_cannot_be_read_are_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    options = IngestOptions(allow_private=True, ca_file=path)
    assert str(path) in failure_of("https://127.0.0.1:1/", options).reason


def test_the_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert read([site.serve("/a", PAGE)], OPEN).articles


def feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Wire</title>{''.join(items)}</channel></rss>".encode()


def test_teasers_are_read_in_full_from_the_pages_they_link_to(site: Site) -> None:
    page, gone = site.serve("/talks", PAGE), site.url("/gone")
    items = (
        f"<item><title>Ministers meet</title><link>{page}</link>"
        "<pubDate>Fri, 21 Apr 2023 10:00:00 GMT</pubDate>"
        "<description>The ministers met …</description></item>",
        f"<item><link>{gone}</link><description>The teaser.</description></item>",
        f"<item><link>{page}</link><description>{'A whole sentence. ' * 50}</description></item>",
    )
    url = site.serve("/feed", feed(*items), Content_Type="application/rss+xml")
    intake = read([url], OPEN)
    assert not intake.failures
    full, teaser, whole = intake.articles
    assert (full.title, full.text, full.source, full.url) == ("Ministers meet", TEXT, "Wire", page)
    assert str(full.published) == "2023-04-21 10:00:00+00:00"
    assert full.origin == f"{url} entry 1"
    assert teaser.text == "The teaser."
    assert whole.text == ("A whole sentence. " * 50).strip()
    assert intake.warnings == (
        f"{url} entry 2: only its teaser is read, not the page: {gone}: the server answered 404 Not Found",
    )


def test_pages_are_left_alone_where_the_feed_is_a_file_or_the_user_says_so(
    site: Site, tmp_path: Path
) -> None:
    page = site.serve("/talks", PAGE)
    content = feed(f"<item><link>{page}</link><description>The ministers met …</description></item>")
    (tmp_path / "feed.xml").write_bytes(content)
    url = site.serve("/feed", content)
    intake = read(
        [str(tmp_path / "feed.xml"), url], IngestOptions(allow_private=True, follow_feed_links=False)
    )
    assert [article.text for article in intake.articles] == ["The ministers met …"] * 2
    assert [request.path for request in site.requests] == ["/feed"]
