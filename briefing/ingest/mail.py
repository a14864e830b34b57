"""Reads mail messages and mailboxes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from briefing.errors import HEADER_ERRORS, SourceError
from briefing.ingest.addresses import web_address
from briefing.ingest.clean import tidy, tidy_line, unwrap
from briefing.ingest.dates import read_date
from briefing.ingest.decoding import decode
from briefing.ingest.document import Document, Item, Notice, make_article, our_own, too_large
from briefing.ingest.fragments import fragment_blocks
from briefing.ingest.newsletter import NewsItem, items_of, plain_blocks, without_foot
from briefing.seal import GENERATOR
from briefing.types import Failure

# "This message is in HTML" and its like, against a body that is there twice.
_STUB = 300
# The parser takes longer than in proportion, and no subject or sender is as long.
_LONGEST_HEADER = 5_000
_PREFIX = re.compile(r"(?:(?:fwd?|re|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- $.*", re.DOTALL | re.MULTILINE)
_WEB_ADDRESS = re.compile(r"https?://[^\s<>]+")


def read_mail(document: Document) -> Iterator[Item]:
    """The article of a message, or each item of a newsletter.

    Raises SourceError where it has no text.
    """
    yield from _message(document.origin, document.read())


def read_mbox(document: Document) -> Iterator[Item]:
    """The articles of each message; a message without text is named, and the others go on."""
    number = 0
    for number, data in enumerate(_split(document), 1):
        origin = f"{document.origin} message {number}"
        try:
            if data is None:
                raise too_large(document.max_bytes)
            yield from _message(origin, data)
        except SourceError as error:
            yield Failure(origin, error.message, error.remedy)
    if not number:
        raise SourceError("there is no message in it", "A mailbox begins with a line “From …”.")


def _split(document: Document) -> Iterator[bytes | None]:
    """The messages of a mailbox (RFC 4155, mboxrd quoting undone); None for one too large to read."""
    lines: list[bytes] = []
    size = 0
    inside = False
    after_blank = True
    for _, line in document.lines():
        if line is not None and after_blank and line.startswith(b"From "):
            if inside:
                yield b"".join(lines) if size <= document.max_bytes else None
            lines, size, inside, after_blank = [], 0, True, False
            continue
        size += document.max_bytes + 1 if line is None else len(line)
        after_blank = line in (b"\n", b"\r\n")
        if line is not None and size <= document.max_bytes:
            lines.append(line[1:] if re.match(rb">+From ", line) else line)
    if inside:
        yield b"".join(lines) if size <= document.max_bytes else None


def _message(origin: str, data: bytes) -> Iterator[Item]:
    try:
        message = message_from_bytes(data, policy=policy.default)
        own = _header(message, "X-Mailer") == GENERATOR
        subject = _PREFIX.sub("", tidy_line(_header(message, "Subject")) or "", count=1) or None
        items, notices = _body(message, origin, subject)
        names = [part.get_filename() for part in message.walk()]
    except RecursionError as error:
        raise SourceError("its parts are nested too deeply", "Save the article that it carries.") from error
    except HEADER_ERRORS as error:
        raise SourceError("its headers are broken", "Save the article that it carries.") from error
    if own:
        yield our_own(origin)
        return
    yield from (Notice(notice) for notice in notices)
    if not items[0].text:
        raise SourceError(
            "it is a mail without a text part", "Save the article that it carries, or its text."
        )
    dropped = sorted(filter(None, names))
    if dropped:
        yield Notice(
            f"{origin}: attachments are not read: {', '.join(filter(None, map(tidy_line, dropped)))}"
        )
    date, published = _date(message)
    address = _WEB_ADDRESS.search(_header(message, "Archived-At") or "")  # RFC 5064
    language = tidy_line((_header(message, "Content-Language") or "").split(",")[0])
    for number, item in enumerate(items, 1):
        yield make_article(
            origin if len(items) == 1 else f"{origin} item {number}",
            item.text,
            title=item.title,
            date=date,
            published=published,
            source=_sender(message),
            # Items of one address would be versions of one page.
            url=web_address(item.link) if len(items) > 1 else address[0] if address else None,
            language=language,
        )


def _body(message: EmailMessage, origin: str, subject: str | None) -> tuple[list[NewsItem], list[str]]:
    """(items, warnings): the items of the part that shows more of them, or else the text of the mail.

    That is the plain part, or the HTML one where the plain one is missing or a stub.
    """
    notices: list[str] = []
    of_rich: list[str] = []
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    raw = _plain(plain, _part_text(plain, origin, notices)) if plain else ""
    flowed = plain is not None and plain.get_param("format") == "flowed"
    blocks = fragment_blocks(_part_text(rich, origin, of_rich)) if rich else []
    items = items_of(plain_blocks(raw, wrapped=not flowed), subject)
    rich_items = items_of(blocks, subject)
    if len(rich_items) > len(items):
        return rich_items, of_rich
    if items:
        return items, notices
    text = tidy(raw if flowed else unwrap(raw))
    rich_text = "\n".join(block.text for block in without_foot(blocks) if block.text)
    if len(text) < _STUB and len(rich_text) > 2 * len(text):
        return [NewsItem(subject, rich_text, None)], of_rich
    return [NewsItem(subject, text, None)], notices


def _part_text(part: MIMEPart, origin: str, notices: list[str]) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    text, warning = decode(payload, f"the body of {origin}", part.get_content_charset())
    if warning:
        notices.append(warning)
    return text


def _plain(part: MIMEPart, text: str) -> str:
    text = _SIGNATURE.sub("", text.replace("\r\n", "\n"))
    if part.get_param("format") != "flowed":
        return text
    # RFC 3676: a line that ends in a space goes on in the next; DelSp drops that space.
    glue = "" if part.get_param("delsp") == "yes" else " "
    unstuffed = re.sub(r"^ ", "", text, flags=re.MULTILINE)
    return re.sub(r" \n(?=\S)", glue, unstuffed)


def _sender(message: EmailMessage) -> str | None:
    """The sender's display name, or else the domain of the address."""
    try:
        name, address = parseaddr(_header(message, "From") or "")
    except RecursionError:  # thousands of brackets
        return None
    return tidy_line(name) or address.rpartition("@")[2] or None


def _date(message: EmailMessage) -> tuple[dt.date | None, dt.datetime | None]:
    stated = re.sub(r"\s*\([^)]*\)\s*$", "", _header(message, "Date") or "")  # "(CEST)" and other comments
    return read_date(stated)


def _header(message: EmailMessage, name: str) -> str | None:
    """The header's text; one that breaks the standard is read as it stands."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return None
    raw = str(raw)
    if any("\ud800" <= character <= "\udfff" for character in raw):  # bytes that no encoding was given for
        return decode(raw.encode("ascii", "surrogateescape"), name)[0]
    if len(raw) > _LONGEST_HEADER:
        return raw
    try:
        return str(message[name])
    except (*HEADER_ERRORS, RecursionError):
        return raw
