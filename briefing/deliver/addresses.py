"""Mail addresses and other header values as people type them → as mail servers want them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.header import Header
from email.policy import SMTP
from email.utils import quote

import idna

from briefing.errors import HEADER_ERRORS

_PLAIN_NAME = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]*", re.ASCII)
_ASCII_DOMAIN = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


@dataclass(frozen=True)
class Mailbox:
    """A display name, possibly empty, and an address whose domain is lower-case ASCII."""

    name: str
    address: str

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server with SMTPUTF8 (RFC 6531) can carry the address."""
        return not self.address.isascii()

    def header(self) -> str:
        """As written in a header: the name quoted or encoded (RFC 2047) where it must be."""
        if not self.name:
            return self.address
        if not _is_plain(self.name):
            return f"{encoded_words(self.name, 'Cc')} <{self.address}>"
        name = self.name if _PLAIN_NAME.fullmatch(self.name) else f'"{quote(self.name)}"'
        return f"{name} <{self.address}>"


def parse_mailboxes(text: str) -> tuple[Mailbox, ...]:
    """The mailboxes of a comma-separated list such as `Ana Lima <ana@example.org>, desk@example.org`.

    Raises ValueError with a reason fit to be shown.
    """
    refuse_control_characters(text)
    try:
        header = SMTP.header_factory("to", text)
    except HEADER_ERRORS:  # a line break, too
        raise ValueError("is not a mail address") from None
    mailboxes = []
    for address in header.addresses:
        refuse_control_characters(address.display_name + address.username + address.domain)
        if not address.username or not address.domain:
            raise ValueError("is not a mail address: expected name@domain")
        local = address.addr_spec.rpartition("@")[0]
        mailboxes.append(Mailbox(address.display_name, f"{local}@{ascii_domain(address.domain)}"))
    # A local part beyond ASCII is legal where the server has SMTPUTF8; every other defect is not.
    defects = [d for d in header.defects if type(d).__name__ != "NonASCIILocalPartDefect"]
    if defects or not mailboxes:
        raise ValueError("is not a mail address: expected name@domain")
    return tuple(mailboxes)


def ascii_domain(domain: str) -> str:
    """The domain in lower-case ASCII (IDNA 2008); an address literal such as [192.0.2.1] as it is.

    Raises ValueError with a reason fit to be shown.
    """
    if domain.startswith("[") and domain.endswith("]"):
        return domain
    if not domain.isascii():
        try:
            return idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise ValueError(f"has a domain that cannot exist ({error})") from None
    lowered = domain.lower()
    if len(lowered) > 253 or not _ASCII_DOMAIN.fullmatch(lowered):
        raise ValueError(f"has a domain that cannot exist ({domain})")
    return lowered


def encoded_words(text: str, header: str) -> str:
    """Free text for a header, folded at a line feed, as encoded words (RFC 2047) where it must be."""
    charset = "us-ascii" if _is_plain(text) else "utf-8"
    return Header(text, charset, header_name=header, maxlinelen=76).encode()


def refuse_control_characters(text: str) -> None:
    """Raises ValueError if the text holds a line break or another control character.

    A line break in a header value would start a header of its own.
    """
    for character in text:
        if unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"}:
            raise ValueError(f"holds a line break or control character (U+{ord(character):04X})")


def _is_plain(text: str) -> bool:
    """Whether a header can hold the text as it is: ASCII, nothing like an encoded word, no endless word."""
    return text.isascii() and "=?" not in text and all(len(word) <= 60 for word in text.split())
