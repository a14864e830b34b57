"""Fetches one URL, safely.

Addresses come from mail and feeds that others wrote, so a URL must not lead into the desk's own network
(server-side request forgery, CWE-918).  The address is checked where the connection is made, after the
name is resolved, so that what was checked is what is connected to, for every redirect anew.

Proxies in the environment are not used: behind one, the proxy resolves the name, and nothing here could
check where the connection ends.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import certifi
import httpcore
import httpx

from briefing import __version__
from briefing.errors import SourceError
from briefing.ingest.addresses import without_login
from briefing.ingest.document import MEGABYTE, Document, IngestOptions, open_bytes

_REMEDY = "Open it in a browser to see whether it is there; else save the page and give the file."
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Azure's metadata service answers on a public address.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
_CHUNK = 65_536
_INFLATERS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
_ACCEPT = "text/html, application/atom+xml, application/rss+xml, application/json;q=0.9, */*;q=0.5"


class WebClient:
    """Fetches URLs under one set of options."""

    def __init__(self, options: IngestOptions) -> None:
        self._options = options
        self._tls: ssl.SSLContext | None = None

    def fetch(self, url: str) -> Document:
        """What the URL leads to.

        Raises SourceError where it cannot be had: refused, missing, too slow, too large, not text.
        """
        shown = without_login(url)
        backend = _CheckedBackend(self._options)
        transport = _Transport(backend, self._tls_context())
        try:
            with httpx.Client(
                transport=transport,
                trust_env=False,
                timeout=self._options.timeout,
                headers={
                    "User-Agent": f"briefing/{__version__}",
                    "Accept": _ACCEPT,
                    "Accept-Encoding": "gzip, deflate",
                },
            ) as client:
                return self._follow(client, client.build_request("GET", url), shown)
        except httpcore.TimeoutException as error:
            limit = self._options.deadline if backend.is_over() else self._options.timeout
            raise SourceError(
                f"the server did not answer within {limit:g} seconds", "Try again later."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise SourceError(
                f"it cannot be fetched: {str(error) or type(error).__name__}", _REMEDY
            ) from error

    def _tls_context(self) -> ssl.SSLContext:
        """Trusts what the machine trusts, certifi's list and the user's own certificates."""
        if self._tls is None:
            context = ssl.create_default_context(cafile=certifi.where())
            context.load_default_certs()
            if self._options.ca_file:
                try:
                    context.load_verify_locations(self._options.ca_file)
                except OSError as error:  # an SSLError is one too
                    raise SourceError(
                        f"the certificates in {self._options.ca_file} cannot be read: {error}",
                        "Give a file of certificates in PEM form.",
                    ) from error
            self._tls = context
        return self._tls

    def _follow(self, client: httpx.Client, request: httpx.Request | None, shown: str) -> Document:
        for _ in range(self._options.max_redirects + 1):
            if request is None or request.url.scheme not in ("http", "https") or not request.url.host:
                raise SourceError("it does not lead to an http or https address", "Check the URL.")
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                if not response.has_redirect_location:
                    return self._received(response, shown)
                request = response.next_request
            finally:
                response.close()
        raise SourceError(f"it redirects more than {self._options.max_redirects} times", _REMEDY)

    def _received(self, response: httpx.Response, shown: str) -> Document:
        if not response.is_success:
            raise SourceError(
                f"the server answered {response.status_code} {response.reason_phrase}".rstrip(), _REMEDY
            )
        body = bytearray()
        for chunk in self._inflated(response):
            body += chunk
            if len(body) > self._options.max_bytes:
                raise SourceError(
                    f"it is larger than {self._options.max_bytes / MEGABYTE:g} MB",
                    "Give the page of a single article.",
                )
        return Document(
            origin=shown,
            stream=open_bytes(bytes(body)),
            name=PurePosixPath(unquote(response.url.path)).name,
            url=without_login(str(response.url)),
            media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower() or None,
            charset=response.charset_encoding,
            language=response.headers.get("Content-Language", "").partition(",")[0].strip() or None,
            max_bytes=self._options.max_bytes,
        )

    def _inflated(self, response: httpx.Response) -> Iterator[bytes]:
        """The body, unpacked in steps of bounded size, so that a small one cannot grow without end."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding in ("identity", ""):
            yield from response.iter_raw(_CHUNK)
            return
        if encoding not in _INFLATERS:
            raise SourceError(f"it is packed as {encoding}, which was not asked for", _REMEDY)
        inflater = zlib.decompressobj(_INFLATERS[encoding])
        try:
            for packed in response.iter_raw(_CHUNK):
                while packed:
                    yield inflater.decompress(packed, _CHUNK)
                    packed = inflater.unconsumed_tail
        except zlib.error as error:
            raise SourceError(f"the server sent damaged data: {error}", _REMEDY) from error
        yield inflater.flush()


class _CheckedBackend(httpcore.NetworkBackend):
    """Resolves names, connects to allowed addresses only, and keeps the deadline at each wait."""

    def __init__(self, options: IngestOptions) -> None:
        self._allow_private = options.allow_private
        self._expires = time.monotonic() + options.deadline
        self._connector = httpcore.SyncBackend()

    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() >= self._expires

    def remaining(self, timeout: float | None) -> float:
        """Seconds that the next wait may take.  Raises httpcore.ReadTimeout where none are left."""
        if self.is_over():
            raise httpcore.ReadTimeout("the deadline has passed")
        left = self._expires - time.monotonic()
        return max(0.001, left if timeout is None else min(timeout, left))  # 0 would mean not to wait

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _resolve(host, port, self.remaining(timeout))
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if not allowed:
            raise SourceError(
                f"{host} is at {addresses[0]}, a private or special address, and is refused",
                "If it is a server of your own that you trust, give --allow-private.",
            )
        for last, address in enumerate(allowed, 1):
            try:
                stream = self._connector.connect_tcp(
                    address, port, self.remaining(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == len(allowed):
                    raise
            else:
                return _TimedStream(stream, self)
        raise AssertionError("unreachable: the last address either connects or raises")


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however little arrives at a time."""

    def __init__(self, stream: httpcore.NetworkStream, backend: _CheckedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._backend.remaining(timeout))
        return _TimedStream(secure, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool with a network backend of our own, which httpx itself does not take."""

    def __init__(self, backend: httpcore.NetworkBackend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it wraps an IPv4 address."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _METADATA


def _resolve(host: str, port: int, timeout: float) -> list[str]:
    """The addresses of a host.

    The system's resolver knows no time limit, so it works in a thread that is left behind when it takes
    too long.
    """
    found: list[str] = []
    errors: list[OSError | UnicodeError] = []

    def work() -> None:
        try:
            found.extend(
                str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            )
        except (OSError, UnicodeError) as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(timeout)
    if errors:
        raise SourceError(
            f"{host} has no address: {getattr(errors[0], 'strerror', None) or errors[0]}",
            "Check the URL and the network.",
        ) from errors[0]
    if not found:
        raise httpcore.ConnectTimeout(f"no answer on the address of {host}")
    return list(dict.fromkeys(found))
