"""The mail server: its settings, and a connection that is encrypted, verified and logged in, or none."""

from __future__ import annotations

import base64
import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefing.deliver.addresses import ascii_domain
from briefing.errors import DeliveryError, SettingsError
from briefing.plain import plain

Security = Literal["starttls", "tls", "none"]

_PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Server:
    """Where mail is handed in.

    `security`: "starttls" (usual on port 587) and "tls" (465) verify the server's certificate against
    the system's authorities and those in `ca_file` (PEM); "none" (25) does not encrypt, and then a
    login is refused unless the server is on this machine.  `port` None means the usual one.
    `timeout` is in seconds, for each step of the conversation.

    Raises SettingsError that lists every mistake at once.
    """

    host: str
    port: int | None = None
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        mistakes = list(self._mistakes())
        if mistakes:
            raise SettingsError("\n".join(mistakes), "Correct the [mail] section of briefing.toml.")

    def __str__(self) -> str:
        return f"{self.host}:{self.number}"

    @property
    def number(self) -> int:
        """The port that is used."""
        return self.port or _PORTS[self.security]

    def _mistakes(self) -> Iterable[str]:
        try:
            if not _is_ip_address(self.host):
                ascii_domain(self.host)
        except ValueError:
            yield f"mail.host: {self.host!r} is not a host name"
        if self.port is not None and not 0 < self.port < 65536:
            yield f"mail.port: expected 1 to 65535, not {self.port}"
        if self.security not in _PORTS:
            yield f"mail.security: expected starttls, tls or none, not {self.security!r}"
        if self.timeout <= 0:
            yield f"mail.timeout: expected seconds above 0, not {self.timeout}"
        if self.username and self.password is None:
            yield "mail.password: missing for this username (BRIEFING_MAIL_PASSWORD holds it)"
        if self.password is not None and not self.username:
            yield "mail.username: missing for this password (BRIEFING_MAIL_USERNAME holds it)"
        if self.username and self.security == "none" and not _is_loopback(self.host):
            yield f'mail.security: "none" would show the password to everyone on the way to {self.host}'


def connect(server: Server) -> smtplib.SMTP:
    """A connection ready for a message.  The caller closes it.

    Raises DeliveryError naming the server and what to do.
    """
    context = _context(server) if server.security != "none" else None
    smtp: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.number, timeout=server.timeout, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.number, timeout=server.timeout)
        _greet(smtp, server)
        if server.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise DeliveryError(
                    f"the mail server {server} offers no STARTTLS; nothing goes out unencrypted",
                    'Check mail.port, or set mail.security to "tls" (often port 465).',
                )
            smtp.starttls(context=context)
            _greet(smtp, server)
        if server.username:
            _log_in(smtp, server)
    except OSError as error:  # smtplib's own exceptions are of this kind too
        if smtp is not None:
            smtp.close()
        raise DeliveryError(*_explained(error, server)) from error
    except BaseException:
        if smtp is not None:
            smtp.close()
        raise
    return smtp


def said(reply: bytes) -> str:
    """A server's words, fit for a terminal: one line, no control characters, not endless."""
    return plain(reply.decode("utf-8", "replace")).strip()[:300]


def _greet(smtp: smtplib.SMTP, server: Server) -> None:
    code, reply = smtp.ehlo()
    if code != 250:
        raise DeliveryError(
            f"the mail server {server} refuses to talk ({code} {said(reply)})",
            "Check mail.host and mail.port: it may be no server to hand in mail at.",
        )


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    """Logs in with PLAIN or LOGIN.  smtplib's login() stops at a password that is not ASCII."""
    username, password = server.username or "", server.password or ""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, _ = smtp.docmd("AUTH", "PLAIN " + _base64(f"\0{username}\0{password}"))
    elif "LOGIN" in offered:
        code, _ = smtp.docmd("AUTH", "LOGIN")
        for answer in (username, password):
            if code == 334:
                code, _ = smtp.docmd(_base64(answer))
    else:
        raise DeliveryError(
            f"the mail server {server} offers no login with a password (AUTH PLAIN or LOGIN)",
            "Ask its operator how programs log in; leave mail.username out if it needs no login.",
        )
    if code != 235:
        # The server's words stay out: some repeat the command, and with it the password.
        raise DeliveryError(
            f"the mail server {server} refuses the login of {username} (code {code})",
            "Try again later."
            if 400 <= code < 500
            else "Check BRIEFING_MAIL_USERNAME and BRIEFING_MAIL_PASSWORD; some want an app password.",
        )


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file is not None:
        try:
            context.load_verify_locations(cafile=server.ca_file)
        except OSError as error:  # ssl.SSLError, for what is no certificate, is one too
            reason = "no PEM certificate in it" if isinstance(error, ssl.SSLError) else error.strerror
            raise DeliveryError(
                f"cannot use the certificate authorities in {server.ca_file}: {reason}",
                "Correct mail.ca_file.",
            ) from error
    return context


def _explained(error: OSError, server: Server) -> tuple[str, str]:
    """Message and remedy for a connection that did not come about."""
    # smtplib reports a socket that failed while it waited for a reply as a disconnection.
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    lead = f"cannot send through the mail server {server}: "
    match cause:
        case ssl.SSLCertVerificationError():
            return (
                f"{lead}its certificate is not valid ({cause.verify_message})",
                "Set mail.host to the certificate's name, or mail.ca_file to your authority's certificate.",
            )
        case ssl.SSLError():
            return (
                f"{lead}no encrypted connection ({cause.reason or cause})",
                'Set mail.security to fit the port: "tls" for 465, "starttls" for 587.',
            )
        case TimeoutError():
            return (
                f"{lead}no answer within {server.timeout:g} s",
                "Check mail.host, mail.port and the firewall, or try again later.",
            )
        case socket.gaierror():
            return f"{lead}the name {server.host} cannot be found", "Check mail.host and the network."
        case ConnectionRefusedError():
            return f"{lead}nothing answers there", "Check mail.host and mail.port."
        case smtplib.SMTPResponseException():
            reply = cause.smtp_error
            text = said(reply if isinstance(reply, bytes) else reply.encode())
            return f"{lead}it answers {cause.smtp_code} {text}", "Try again later."
    return (
        f"{lead}the connection broke ({cause or error})",
        'Check mail.security ("tls" for port 465, "starttls" for 587), or try again later.',
    )


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_ip_address(host) and ipaddress.ip_address(host).is_loopback)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
