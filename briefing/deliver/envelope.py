"""Who gets the mail, from whom, and under which headers: checked as a whole before any work starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from briefing.deliver.addresses import Mailbox, ascii_domain, parse_mailboxes, refuse_control_characters
from briefing.errors import UsageError

# RFC 5322 allows 998 characters a line; a URL cannot be folded, and the header's name needs some.
_LONGEST_URL = 900
_URL = re.compile(r"(https?://|mailto:)[!-;=?-~]+", re.IGNORECASE)
_LIST_ID = re.compile(r"(?:(?P<phrase>[^<>]*?)\s*<(?P<bracketed>[^<>]+)>|(?P<bare>[^<>\s]+))")


@dataclass(frozen=True)
class Envelope:
    """Everything about a mail but the report.

    Addresses are as typed (`desk@example.org`, `Ana Lima <ana@example.org>`), each entry of `to`, `cc`
    and `bcc` one or several separated by commas.  `subject` None means the report's first heading.
    `list_id` is `briefs.example.org` or `Morning brief <briefs.example.org>` (RFC 2919);
    `list_unsubscribe` holds https, http or mailto URLs (RFC 2369).

    Raises UsageError that lists every mistake at once.
    """

    sender: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    attachments: tuple[Path, ...] = ()
    list_id: str | None = None
    list_unsubscribe: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        mistakes = list(self._mistakes())
        if mistakes:
            raise UsageError("\n".join(mistakes), "Correct this and run the command again; nothing was sent.")

    @cached_property
    def author(self) -> Mailbox:
        """The sender, parsed."""
        return parse_mailboxes(self.sender)[0]

    @cached_property
    def recipients(self) -> tuple[str, ...]:
        """Every address that gets the mail, once, in the order to, cc, bcc."""
        return tuple(dict.fromkeys(box.address for box in self.boxes("to", "cc", "bcc")))

    @cached_property
    def needs_utf8(self) -> bool:
        """Whether an address can only be carried by a server with SMTPUTF8 (RFC 6531)."""
        return any(box.needs_utf8 for box in (self.author, *self.boxes("to", "cc", "bcc")))

    @cached_property
    def list_header(self) -> tuple[str, str] | None:
        """Phrase, possibly empty, and identifier of List-Id."""
        match = _LIST_ID.fullmatch(self.list_id.strip()) if self.list_id is not None else None
        if match is None:
            return None
        return (match["phrase"] or "").strip(' "'), match["bracketed"] or match["bare"]

    def boxes(self, *fields: str) -> tuple[Mailbox, ...]:
        """The mailboxes of the given fields ("to", "cc", "bcc"), parsed."""
        return tuple(
            box for field in fields for entry in getattr(self, field) for box in parse_mailboxes(entry)
        )

    def _mistakes(self) -> Iterable[str]:
        yield from _checked("from", self.sender, _one_mailbox)
        for field in ("to", "cc", "bcc"):
            for entry in getattr(self, field):
                yield from _checked(field, entry, parse_mailboxes)
        if not (self.to or self.cc or self.bcc):
            yield "to: no recipient is given"
        if self.subject is not None:
            yield from _checked("subject", self.subject, _text)
        for path in self.attachments:
            yield from _checked("attach", path.name, refuse_control_characters)
        if self.list_id is not None:
            yield from _checked("list_id", self.list_id, self._check_list_id)
        for url in self.list_unsubscribe:
            yield from _checked("list_unsubscribe", url, _check_url)

    def _check_list_id(self, text: str) -> None:
        refuse_control_characters(text)
        if self.list_header is None or "." not in self.list_header[1]:
            raise ValueError("is not like briefs.example.org or Morning brief <briefs.example.org>")
        ascii_domain(self.list_header[1])


def _checked(field: str, value: str, check: Callable[[str], object]) -> Iterable[str]:
    """The mistake that `check` finds in the value, as a line of the message."""
    try:
        check(value)
    except ValueError as error:
        yield f"{field}: {value!r} {error}"


def _one_mailbox(text: str) -> None:
    if len(parse_mailboxes(text)) != 1:
        raise ValueError("is more than one mail address")


def _text(text: str) -> None:
    refuse_control_characters(text)
    if not text.strip():
        raise ValueError("is empty")


def _check_url(url: str) -> None:
    if not _URL.fullmatch(url) or len(url) > _LONGEST_URL:
        raise ValueError("is not one https, http or mailto URL in ASCII")
