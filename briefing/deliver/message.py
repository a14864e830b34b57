"""Report and envelope → a mail message, and the message → a file.

The standard library folds headers by itself, but (up to Python 3.12 at least) it turns a long URL into
encoded words that no mail program reads back, and loses a space between two encoded words.  So every
header that is ours comes with its lines already laid out, and the library only writes them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import mimetypes
import os
import re
from collections.abc import Iterable
from email.message import EmailMessage, Message
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, make_msgid
from pathlib import Path

from briefing.deliver.addresses import Mailbox, ascii_domain, encoded_words, refuse_control_characters
from briefing.deliver.envelope import Envelope
from briefing.deliver.page import first_heading, render_page
from briefing.errors import BriefingError, DeliveryError, OutputError, UsageError
from briefing.marking import LABELS, marked, marked_subject, marking_of, opening_label, weaker
from briefing.seal import GENERATOR, unsealed

# Seven bits throughout: no relay on the way has a reason to re-encode, and so to break, the message.
_POLICY = SMTP.clone(cte_type="7bit")


# As templates/daily.html.j2 has it; no text of an article can hold a tag.
_PAGE_MARKING = re.compile(r'<p class="marking">\s*(TLP:[A-Z+]+)\s*</p>')


class _Header(str):
    """A header's value as read, with the lines that go over the wire."""

    name: str
    wire: str

    def __new__(cls, name: str, value: str, wire: str) -> _Header:
        header = super().__new__(cls, value)
        header.name, header.wire = name, wire
        return header

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self.wire}\n".replace("\n", policy.linesep)


def compose(markdown: str, envelope: Envelope, *, now: dt.datetime) -> EmailMessage:
    """The message: the Markdown as plain text without its seal, the same as HTML, and the attachments.

    The marking of the report stands in the subject, and above and below the text.  `now` (with a time zone)
    becomes Date.  Blind copies leave no trace in the message.

    Raises UsageError where the report has no heading to take the subject from, or the subject or an
    attachment is marked otherwise than the report; SourceError where the report's marking is not clear;
    DeliveryError where an attachment cannot be read.
    """
    report = unsealed(markdown)
    marking = marking_of(report)
    subject = (envelope.subject or _subject_from(report)).strip()
    stated = opening_label(subject)
    if stated and stated != marking:
        raise UsageError(
            f"the subject says {stated}, and the report is marked {marking or 'not at all'}",
            f"Give another --subject, or mark the report with --tlp {stated.removeprefix('TLP:')}.",
        )
    if marking:
        report = marked(report, marking)
        subject = marked_subject(subject, marking)
    message = EmailMessage(policy=_POLICY.clone(utf8=envelope.needs_utf8))
    message["Subject"] = _Header("Subject", subject, encoded_words(subject, "Subject"))
    for name, wire in _headers(envelope, now):
        message[name] = _Header(name, wire, wire)
    # Quoted-printable stays readable in the raw mail and keeps lines short, whatever the report holds.
    message.set_content(report, cte="quoted-printable")
    message.add_alternative(render_page(report, subject), subtype="html", cte="quoted-printable")
    for path in envelope.attachments:
        _attach(message, path, marking)
    return message


def content_digest(message: EmailMessage) -> str:
    """Hex sha256 of what readers get: subject, plain text and attachments, not Date or Message-ID.

    Two messages with one digest are the same mail, written twice.
    """
    text = message.get_body(("plain",))
    parts = [str(message["Subject"]).encode(), _payload(text) if text else b""]
    for attachment in message.iter_attachments():
        parts += [(attachment.get_filename() or "").encode(), _payload(attachment)]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def write_eml(message: EmailMessage, path: Path) -> None:
    """Writes the message to a file, whole or not at all.

    Raises OutputError.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with partial.open("xb") as file:
                file.write(bytes(message))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}", "Choose another place with --eml."
        ) from error


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _subject_from(report: str) -> str:
    heading = first_heading(report)
    if heading is None:
        raise UsageError("the report has no heading to take the subject from", "Give one with --subject.")
    try:
        refuse_control_characters(heading)
    except ValueError as error:
        raise UsageError(f"the report's first heading {error}", "Give a subject with --subject.") from None
    return heading


def _headers(envelope: Envelope, now: dt.datetime) -> Iterable[tuple[str, str]]:
    if now.tzinfo is None:
        raise ValueError("now must have a time zone")
    yield "From", envelope.author.header()
    for name in ("To", "Cc"):
        boxes = envelope.boxes(name.lower())
        if boxes:
            yield name, _listed(boxes)
    if not envelope.to and not envelope.cc:
        yield "To", "undisclosed-recipients:;"
    yield "Date", format_datetime(now)
    # The sender's domain instead of this machine's name, which is nobody's business.
    yield "Message-ID", make_msgid(domain=envelope.author.address.rpartition("@")[2].strip("[]"))
    yield "X-Mailer", GENERATOR
    if envelope.list_header:
        phrase, identifier = envelope.list_header
        yield "List-Id", f"{encoded_words(phrase, 'List-Id')} <{ascii_domain(identifier)}>".strip()
    if envelope.list_unsubscribe:
        yield "List-Unsubscribe", ",\n ".join(f"<{url}>" for url in envelope.list_unsubscribe)
        if any(url.lower().startswith("https:") for url in envelope.list_unsubscribe):
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058


def _listed(boxes: Iterable[Mailbox]) -> str:
    return ",\n ".join(dict.fromkeys(box.header() for box in boxes))


def _attach(message: EmailMessage, path: Path, marking: str | None) -> None:
    try:
        if not path.is_file():
            raise OSError(None, "not a file" if path.exists() else "no such file")
        content = path.read_bytes()
    except OSError as error:
        raise DeliveryError(
            f"cannot read the attachment {path}: {error.strerror or error}",
            "Correct --attach and run the command again; nothing was sent.",
        ) from error
    stated = _marking_of_file(path, content)
    if stated and (marking is None or weaker(marking, stated)):
        raise UsageError(
            f"the attachment {path} is marked {stated}, the report {marking or 'not at all'}",
            f"Leave it out, or mark the mail with --tlp {stated.removeprefix('TLP:')}.",
        )
    guessed, encoding = mimetypes.guess_type(path.name)
    kind, _, subtype = (guessed if guessed and not encoding else "").partition("/")
    if encoding == "gzip":
        kind, subtype = "application", "gzip"
    if kind in {"", "message", "multipart"}:  # a message inside a message may not be base64 (RFC 2046)
        kind, subtype = "application", "octet-stream"
    message.add_attachment(
        content,
        maintype=kind,
        subtype=subtype,
        filename=path.name,
        params={"charset": "utf-8"} if kind == "text" and _is_utf8(content) else None,
    )


def _marking_of_file(path: Path, content: bytes) -> str | None:
    """The marking of a file that is a report, in any form that `briefing daily` writes."""
    text = content.decode("utf-8", "replace")
    match path.suffix.lower():
        case ".md" | ".txt":
            try:
                return marking_of(unsealed(text))
            except BriefingError as error:
                raise UsageError(f"{path}: {error.message}", error.remedy) from error
        case ".html" | ".htm":
            found = _PAGE_MARKING.search(text)
            return found[1] if found and found[1] in LABELS else None
        case ".json":
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                return None
            stated = value.get("marking") if isinstance(value, dict) else None
            return stated if stated in LABELS else None
    return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
