"""Hands a message to the mail server and says, for each recipient, what became of it.

Before the first word to the server a run claims each recipient in the log, so that of two runs at once one
alone sends.  A claim is given back where nothing was sent; that of a run that was killed stays, and nobody
knows how it ended.

SMTP has one moment of doubt (RFC 1047): once the line with the single dot that ends the message is on
its way, and until the reply to it arrives, nobody on this side can know whether the server took the
message.  Before that line a server must throw away what it has (RFC 5321, 3.8 and 4.1.1.4).  So:

    broken before the dot   nothing was sent; the claim is given back; a rerun sends
    just before the dot     the log says "unknown" for every accepted recipient, whatever happens next
    reply 2xx               the log says "delivered"
    reply 4xx or 5xx        the server did not take it; the claim is given back
    no reply                "unknown" stays; a rerun leaves those recipients alone unless told to resend

smtplib.sendmail() does not tell these cases apart; hence the single commands.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

from briefing.deliver.connection import Server, connect, said
from briefing.deliver.envelope import Envelope
from briefing.deliver.message import content_digest
from briefing.errors import DeliveryError
from briefing.types import DeliveryLog, OnRecord

Outcome = Literal["delivered", "skipped", "refused", "unknown"]

# A server may take long to accept what it has read completely; to hang up early makes doubt out of
# nothing.  RFC 5321, 4.5.3.2.6 asks for 10 minutes: ten times the usual timeout of a minute.
_PATIENCE = 10

_RERUN = "Run the command again later: it sends only to those who have not got it."
_DOUBT = "Ask the recipient, or send again with --resend at the risk of a second copy."


@dataclass(frozen=True)
class Receipt:
    """What became of the message for one recipient.

    "delivered": the server took it.  "skipped": an earlier run delivered it.  "refused": it was not
    sent, `code` is the server's (4xx for now, 5xx for good).  "unknown": it may have been sent.
    """

    recipient: str
    outcome: Outcome
    code: int | None = None
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class _Job:
    sender: str
    digest: str
    content: bytes  # with the dots doubled, without the line that ends it
    needs_utf8: bool
    server: Server


def send(
    message: EmailMessage, envelope: Envelope, server: Server, log: DeliveryLog, *, resend: bool = False
) -> tuple[Receipt, ...]:
    """Sends to everyone whom the log does not know to have it; one receipt a recipient, in their order.

    Raises DeliveryError where nothing was sent to anyone, so that a rerun is safe.
    """
    digest = content_digest(message)
    receipts: dict[str, Receipt] = {}
    claimed: dict[str, OnRecord | None] = {}
    try:
        for recipient in envelope.recipients:
            known = log.claim(digest, recipient, again=resend)
            if known is None or resend:
                claimed[recipient] = known
            else:
                receipts[recipient] = _left_alone(recipient, known)
        if claimed:
            job = _Job(envelope.author.address, digest, _content(message), envelope.needs_utf8, server)
            receipts.update(_deliver(job, [*claimed], log))
    finally:
        for recipient, known in claimed.items():
            log.release(digest, recipient, known)
    return tuple(receipts[recipient] for recipient in envelope.recipients)


def _left_alone(recipient: str, known: OnRecord) -> Receipt:
    match known:
        case "delivered":
            return Receipt(recipient, "skipped", reason="has got it from an earlier run")
        case "unknown":
            reason = "an earlier run could not tell whether it was delivered"
        case "sending":
            reason = "another run is sending it, or was cut off while it did"
    return Receipt(recipient, "unknown", reason=reason, remedy=_DOUBT)


def _deliver(job: _Job, pending: list[str], log: DeliveryLog) -> dict[str, Receipt]:
    """Runs transactions over one connection until every recipient has a receipt."""
    receipts: dict[str, Receipt] = {}
    smtp = connect(job.server)
    try:
        _check_abilities(smtp, job)
        while pending:
            try:
                if receipts:
                    smtp.rset()
                receipts.update(_transact(smtp, job, pending, log))
            except (OSError, DeliveryError) as error:
                failure = _broken(error, job.server)
                if not receipts:
                    raise failure from error
                # Others have theirs already, so this is no failure of the whole.
                for recipient in pending:
                    receipts[recipient] = Receipt(recipient, "refused", None, failure.message, _RERUN)
            pending = [recipient for recipient in pending if recipient not in receipts]
        with contextlib.suppress(OSError):  # every receipt is in hand
            smtp.quit()
    finally:
        smtp.close()
    return receipts


def _transact(
    smtp: smtplib.SMTP, job: _Job, recipients: Sequence[str], log: DeliveryLog
) -> dict[str, Receipt]:
    """One transaction.  Recipients that a server has no more room for (452) are left without a receipt.

    Raises OSError or DeliveryError where nothing was sent.
    """
    options = [f"SIZE={len(job.content)}"] if smtp.has_extn("size") else []
    if job.needs_utf8:
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    code, reply = smtp.mail(job.sender, options)
    if code != 250:
        raise DeliveryError(
            f"the mail server {job.server} takes no mail from {job.sender} ({code} {said(reply)})",
            "Check mail.sender, and whether the server wants a login (BRIEFING_MAIL_USERNAME, "
            "BRIEFING_MAIL_PASSWORD)."
            if code >= 500
            else "Try again later.",
        )
    receipts: dict[str, Receipt] = {}
    accepted: list[str] = []
    for recipient in recipients:
        code, reply = smtp.rcpt(recipient)
        if code in {250, 251}:
            accepted.append(recipient)
        elif code == 452 and accepted:  # RFC 5321, 4.5.3.1.10: the rest in a transaction of its own
            break
        else:
            receipts[recipient] = _refused(recipient, code, reply)
    if accepted:
        receipts.update(_hand_over(smtp, job, accepted, log))
    return receipts


def _hand_over(
    smtp: smtplib.SMTP, job: _Job, accepted: Sequence[str], log: DeliveryLog
) -> dict[str, Receipt]:
    """Sends the message itself.  Raises OSError where it broke before the end of the message."""
    code, reply = smtp.docmd("DATA")
    if code != 354:
        return {recipient: _refused(recipient, code, reply) for recipient in accepted}
    smtp.send(job.content)

    for recipient in accepted:
        log.record(job.digest, recipient, "unknown")
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(_PATIENCE * job.server.timeout)
        smtp.send(b".\r\n")
        code, reply = smtp.getreply()
    except OSError:
        code, reply = -1, b""

    if 200 <= code < 300:
        for recipient in accepted:
            log.record(job.digest, recipient, "delivered")
        return {recipient: Receipt(recipient, "delivered", code) for recipient in accepted}
    if 400 <= code < 600:
        for recipient in accepted:
            log.record(job.digest, recipient, "sending")
        return {recipient: _refused(recipient, code, reply) for recipient in accepted}
    reason = f"the mail server {job.server} hung up after it had the message: delivery is unknown"
    return {recipient: Receipt(recipient, "unknown", None, reason, _DOUBT) for recipient in accepted}


def _refused(recipient: str, code: int, reply: bytes) -> Receipt:
    if 400 <= code < 500:
        return Receipt(recipient, "refused", code, f"refused for now ({code} {said(reply)})", _RERUN)
    reason = f"refused for good ({code} {said(reply)})"
    return Receipt(recipient, "refused", code, reason, "Check the address, or ask the server's postmaster.")


def _check_abilities(smtp: smtplib.SMTP, job: _Job) -> None:
    """Raises DeliveryError where the server says by itself that it cannot carry this message."""
    if job.needs_utf8 and not smtp.has_extn("smtputf8"):
        raise DeliveryError(
            f"the mail server {job.server} cannot carry addresses beyond ASCII before the @ (no SMTPUTF8)",
            "Leave those addresses out, or use another server.",
        )
    limit = smtp.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < len(job.content):
        raise DeliveryError(
            f"the message has {len(job.content):,} bytes, the mail server {job.server} takes {int(limit):,}",
            "Leave out attachments.",
        )


def _broken(error: OSError | DeliveryError, server: Server) -> DeliveryError:
    if isinstance(error, DeliveryError):
        return error
    cause = error.__context__ or error
    return DeliveryError(
        f"the connection to the mail server {server} broke before the message was sent ({cause})",
        f"Nobody has got it. {_RERUN}",
    )


def _content(message: EmailMessage) -> bytes:
    """The message as it goes over the wire: CRLF, dots at the start of a line doubled (RFC 5321, 4.5.2)."""
    content = re.sub(rb"(?m)^\.", b"..", bytes(message))
    return content if content.endswith(b"\r\n") else content + b"\r\n"
