"""Sending to a real SMTP server, with TLS, login, and every way in which it can go wrong."""

import asyncio
import datetime as dt
import email
import email.policy
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from briefing.archive import Archive
from briefing.deliver import Envelope, Receipt, Server, compose, send
from briefing.deliver.message import content_digest
from briefing.errors import ArchiveError, DeliveryError, SettingsError
from briefing.types import DeliveryLog, OnRecord

NOW = dt.datetime(2023, 3, 14, 6, 30, tzinfo=dt.UTC)
BRIEF = (
    "# Daily brief — 14 March\n\nTürkiye and Sweden agreed to resume talks.\n\n.A line with a dot.\n..Two.\n"
)
ANA, BO, CY = "ana@example.org", "bo@example.org", "cy@example.org"
LOGIN, PASSWORD = "desk", "pass wörd"

Drop = Literal["before data", "in the message", "before the reply"]


class MemoryLog:
    """A delivery log that also keeps every entry it was asked to make, in order."""

    def __init__(self) -> None:
        self.outcomes: dict[tuple[str, str], OnRecord] = {}
        self.entries: list[tuple[str, OnRecord]] = []

    def claim(self, digest: str, recipient: str, *, again: bool = False) -> OnRecord | None:
        before = self.outcomes.get((digest, recipient))
        if before is None or again:
            self.record(digest, recipient, "sending")
        return before

    def record(self, digest: str, recipient: str, outcome: OnRecord) -> None:
        self.entries.append((recipient, outcome))
        self.outcomes[digest, recipient] = outcome

    def release(self, digest: str, recipient: str, before: OnRecord | None) -> None:
        if self.outcomes[digest, recipient] == "sending":
            del self.outcomes[digest, recipient]
            if before is not None:
                self.outcomes[digest, recipient] = before

    def known(self) -> dict[str, str]:
        return {recipient: outcome for (_, recipient), outcome in self.outcomes.items()}


@dataclass
class Postmaster:
    """How the server behaves, and what it got."""

    replies: dict[str, str] = field(default_factory=dict)  # to RCPT, by recipient
    must_log_in: bool = False
    sender_reply: str = "250 OK"
    data_reply: str = "250 OK"
    drop: Drop | None = None
    room: int = 100  # recipients a transaction
    on_data: Callable[[], None] = lambda: None
    mails: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.must_log_in and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self.sender_reply.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.sender_reply

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250") and len(envelope.rcpt_tos) == self.room:
            return "452 4.5.3 Too many recipients"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.on_data()
        if self.drop == "before the reply":
            await hang_up(server)
        if self.data_reply.startswith("250"):
            self.mails.append((envelope.rcpt_tos, envelope.content))
        return self.data_reply


async def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()
    await asyncio.Event().wait()  # until the lost connection cancels this


class Protocol(SMTP):
    """aiosmtpd, able to hang up where it hurts."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        drop = self.event_handler.drop
        if drop == "before data":
            await hang_up(self)
        if drop == "in the message":
            await self.push("354 Go on")
            await self._reader.readline()
            await hang_up(self)
        await super().smtp_DATA(arg)


class MailServer(Controller):
    """On a port that the system chooses."""

    def factory(self) -> SMTP:
        return Protocol(self.handler, **self.SMTP_kwargs)

    async def _create_server(self) -> asyncio.AbstractServer:
        server: asyncio.AbstractServer = await super()._create_server()
        self.port = server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        return server


def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
    assert isinstance(login, LoginPassword)
    return AuthResult(success=login == LoginPassword(LOGIN.encode(), PASSWORD.encode()), handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


Start = Callable[..., tuple[Postmaster, Server]]


@pytest.fixture
def start(authority: trustme.CA, ca_file: Path) -> Iterator[Start]:
    """Starts a server as described; gives its postmaster and the settings to reach it."""
    running: list[MailServer] = []

    def _start(
        security: str = "starttls", *, login: bool = True, certificate: str = "localhost", **smtp: Any
    ) -> tuple[Postmaster, Server]:
        postmaster = Postmaster()
        context = certified(authority, certificate)
        options: dict[str, Any] = {"hostname": "127.0.0.1", "port": 0, **smtp}
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        elif security == "tls":
            # aiosmtpd takes only STARTTLS for encryption when it decides whether to offer a login.
            options |= {"ssl_context": context, "auth_require_tls": False}
        else:
            options |= {"auth_require_tls": False}
        if login:
            options["authenticator"] = authenticate
        server = MailServer(postmaster, **options)
        server.start()
        running.append(server)
        return postmaster, Server(
            "localhost",
            server.port,
            security,  # type: ignore[arg-type]
            username=LOGIN if login else None,
            password=PASSWORD if login else None,
            timeout=20,
            ca_file=ca_file,
        )

    yield _start
    for server in running:
        server.stop()


def envelope(*to: str, **changes: Any) -> Envelope:
    return Envelope(sender="desk@example.org", to=to or (ANA, BO), **changes)


def mail(
    server: Server, log: DeliveryLog, to: Envelope | None = None, report: str = BRIEF, *, resend: bool = False
) -> dict[str, Receipt]:
    to = to or envelope()
    receipts = send(compose(report, to, now=NOW), to, server, log, resend=resend)
    return {receipt.recipient: receipt for receipt in receipts}


def outcomes(receipts: dict[str, Receipt]) -> dict[str, str]:
    return {recipient: receipt.outcome for recipient, receipt in receipts.items()}


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


# It arrives


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_brief_arrives_encrypted_and_logged_in(start: Start, security: str) -> None:
    postmaster, server = start(security)
    postmaster.must_log_in = True
    to = envelope(ANA, bcc=("secret@example.org",))
    log = MemoryLog()
    message = compose(BRIEF, to, now=NOW)
    receipts = send(message, to, server, log)
    assert [(r.recipient, r.outcome) for r in receipts] == [
        (ANA, "delivered"),
        ("secret@example.org", "delivered"),
    ]
    [(recipients, content)] = postmaster.mails
    assert recipients == [ANA, "secret@example.org"]
    assert content == bytes(message)
    body = read(content).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == BRIEF
    assert b"secret" not in content
    assert log.known() == {ANA: "delivered", "secret@example.org": "delivered"}


def test_login_works_where_only_the_older_way_is_offered(start: Start) -> None:
    postmaster, server = start(auth_exclude_mechanism=["PLAIN"])
    postmaster.must_log_in = True
    assert outcomes(mail(server, MemoryLog())) == {ANA: "delivered", BO: "delivered"}
    assert len(postmaster.mails) == 1


def test_an_address_beyond_ascii_travels_where_the_server_can(start: Start) -> None:
    postmaster, server = start(enable_SMTPUTF8=True)
    mail(server, MemoryLog(), envelope("jörg@bücher.example"))
    [(recipients, content)] = postmaster.mails
    assert recipients == ["jörg@xn--bcher-kva.example"]
    assert "To: jörg@xn--bcher-kva.example".encode() in content
    _, plain = start(enable_SMTPUTF8=False)
    with pytest.raises(DeliveryError, match="SMTPUTF8"):
        mail(plain, MemoryLog(), envelope("jörg@bücher.example"))


def test_a_server_with_room_for_few_gets_several_transactions(start: Start) -> None:
    postmaster, server = start()
    postmaster.room = 2
    everyone = [f"r{number}@example.org" for number in range(5)]
    assert set(outcomes(mail(server, MemoryLog(), envelope(*everyone))).values()) == {"delivered"}
    assert [recipients for recipients, _ in postmaster.mails] == [everyone[:2], everyone[2:4], everyone[4:]]


# Refusals


def test_a_refused_recipient_is_named_and_the_others_get_it(start: Start) -> None:
    postmaster, server = start()
    postmaster.replies = {BO: "550 5.1.1 No such user", CY: "451 4.7.1 Greylisted"}
    log = MemoryLog()
    receipts = mail(server, log, envelope(ANA, BO, CY))
    assert outcomes(receipts) == {ANA: "delivered", BO: "refused", CY: "refused"}
    assert receipts[BO].code == 550
    assert receipts[BO].reason == "refused for good (550 5.1.1 No such user)"
    assert receipts[CY].reason == "refused for now (451 4.7.1 Greylisted)"
    assert log.known() == {ANA: "delivered"}

    postmaster.replies = {}
    assert outcomes(mail(server, log, envelope(ANA, BO, CY))) == {
        ANA: "skipped",
        BO: "delivered",
        CY: "delivered",
    }
    assert [recipients for recipients, _ in postmaster.mails] == [[ANA], [BO, CY]]


def test_where_all_are_refused_no_message_is_sent(start: Start) -> None:
    postmaster, server = start()
    postmaster.replies = {ANA: "550 no", BO: "550 no"}
    assert outcomes(mail(server, MemoryLog())) == {ANA: "refused", BO: "refused"}
    assert postmaster.mails == []


@pytest.mark.parametrize(("reply", "said"), [("451 Busy", "for now"), ("554 Spam", "for good")])
def test_a_refused_message_leaves_no_trace_in_the_log(start: Start, reply: str, said: str) -> None:
    postmaster, server = start()
    postmaster.data_reply = reply
    log = MemoryLog()
    receipts = mail(server, log)
    assert outcomes(receipts) == {ANA: "refused", BO: "refused"}
    assert said in receipts[ANA].reason
    assert log.known() == {}
    postmaster.data_reply = "250 OK"
    assert outcomes(mail(server, log)) == {ANA: "delivered", BO: "delivered"}


def test_a_refused_resend_keeps_what_was_known(start: Start) -> None:
    postmaster, server = start()
    log = MemoryLog()
    mail(server, log)
    postmaster.data_reply = "451 Busy"
    assert outcomes(mail(server, log, resend=True)) == {ANA: "refused", BO: "refused"}
    assert log.known() == {ANA: "delivered", BO: "delivered"}


def test_a_refused_sender_is_named(start: Start) -> None:
    postmaster, server = start()
    postmaster.sender_reply = "553 5.7.1 Not your address"
    with pytest.raises(DeliveryError, match=r"takes no mail from desk@example\.org \(553 5\.7\.1 Not your"):
        mail(server, MemoryLog())


def test_a_message_beyond_the_servers_limit_is_not_even_offered(start: Start) -> None:
    postmaster, server = start(data_size_limit=1000)
    with pytest.raises(DeliveryError, match="takes 1,000"):
        mail(server, MemoryLog())
    assert postmaster.mails == []


# Twice


def test_a_rerun_skips_who_has_it_and_a_changed_brief_goes_to_all(start: Start) -> None:
    postmaster, server = start()
    log = MemoryLog()
    mail(server, log, envelope(ANA))
    assert outcomes(mail(server, log, envelope(ANA, BO))) == {ANA: "skipped", BO: "delivered"}
    assert outcomes(mail(server, log, report=BRIEF + "More.\n")) == {ANA: "delivered", BO: "delivered"}
    assert outcomes(mail(server, log, resend=True)) == {ANA: "delivered", BO: "delivered"}
    assert len(postmaster.mails) == 4


def test_where_everyone_has_it_no_server_is_needed(start: Start) -> None:
    _, server = start()
    log = MemoryLog()
    mail(server, log)
    nowhere = Server("localhost", free_port())
    assert outcomes(mail(nowhere, log)) == {ANA: "skipped", BO: "skipped"}


# The connection drops


def test_dropped_before_the_message_nothing_was_sent(start: Start) -> None:
    postmaster, server = start()
    postmaster.drop = "before data"
    log = MemoryLog()
    with pytest.raises(DeliveryError, match="before the message was sent"):
        mail(server, log)
    assert log.known() == {}
    postmaster.drop = None
    assert outcomes(mail(server, log)) == {ANA: "delivered", BO: "delivered"}


@pytest.mark.parametrize("drop", ["in the message", "before the reply"])
def test_dropped_after_the_message_delivery_is_unknown_until_told_to_resend(start: Start, drop: Drop) -> None:
    postmaster, server = start()
    postmaster.drop = drop
    postmaster.replies = {CY: "550 no"}
    log = MemoryLog()
    receipts = mail(server, log, envelope(ANA, BO, CY))
    assert outcomes(receipts) == {ANA: "unknown", BO: "unknown", CY: "refused"}
    assert "--resend" in receipts[ANA].remedy
    assert log.known() == {ANA: "unknown", BO: "unknown"}

    postmaster.drop = None
    assert outcomes(mail(server, log)) == {ANA: "unknown", BO: "unknown"}
    assert postmaster.mails == []
    assert outcomes(mail(server, log, resend=True)) == {ANA: "delivered", BO: "delivered"}


def test_a_message_that_surely_never_ended_was_not_sent(start: Start, tmp_path: Path) -> None:
    # More than the buffers of a connection hold: the drop is felt before the message's last line.
    (tmp_path / "scan.bin").write_bytes(bytes(24_000_000))
    postmaster, server = start(data_size_limit=None)
    postmaster.drop = "in the message"
    log = MemoryLog()
    with pytest.raises(DeliveryError, match="before the message was sent"):
        mail(server, log, envelope(attachments=(tmp_path / "scan.bin",)))
    assert log.known() == {}


def test_a_drop_between_two_transactions_fails_only_the_second(start: Start) -> None:
    postmaster, server = start()
    postmaster.room = 1
    postmaster.on_data = lambda: setattr(postmaster, "drop", "before data")
    log = MemoryLog()
    receipts = mail(server, log)
    assert outcomes(receipts) == {ANA: "delivered", BO: "refused"}
    assert "before the message was sent" in receipts[BO].reason
    assert log.known() == {ANA: "delivered"}


def test_doubt_is_on_record_before_the_server_can_have_the_message(start: Start) -> None:
    postmaster, server = start()
    log = MemoryLog()
    seen: list[dict[str, str]] = []
    postmaster.on_data = lambda: seen.append(log.known())
    mail(server, log)
    assert seen == [{ANA: "unknown", BO: "unknown"}]
    steps: list[OnRecord] = ["sending", "unknown", "delivered"]
    assert log.entries == [(one, step) for step in steps for one in (ANA, BO)]


def test_killed_while_the_server_thinks_delivery_is_unknown(
    start: Start, ca_file: Path, tmp_path: Path
) -> None:
    postmaster, server = start()
    arrived, killed = threading.Event(), threading.Event()

    def wait() -> None:
        arrived.set()
        killed.wait()

    postmaster.on_data = wait
    code = f"import test_deliver_sending as t; t.send_from_another_process({server.port}, {str(ca_file)!r})"
    tests = Path(__file__).parent
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tests.parent}{os.pathsep}{tests}"},
    )
    assert arrived.wait(timeout=60)
    child.send_signal(signal.SIGKILL)
    child.wait()
    killed.set()
    postmaster.on_data = lambda: None
    with Archive(tmp_path / "archive") as log:
        assert outcomes(mail(server, log)) == {ANA: "unknown", BO: "unknown"}


def send_from_another_process(port: int, ca_file: str) -> None:
    server = Server("localhost", port, username=LOGIN, password=PASSWORD, ca_file=Path(ca_file))
    with Archive(Path("archive")) as log:
        mail(server, log)


def test_of_two_runs_at_once_one_sends(start: Start, tmp_path: Path) -> None:
    postmaster, server = start()
    for n in range(5):
        meet = threading.Barrier(2)
        receipts: list[dict[str, str]] = []

        def run(n: int = n, meet: threading.Barrier = meet, told: list[dict[str, str]] = receipts) -> None:
            with Archive(tmp_path / str(n)) as log:
                meet.wait()
                told.append(outcomes(mail(server, log)))

        runs = [threading.Thread(target=run) for _ in range(2)]
        for one in runs:
            one.start()
        for one in runs:
            one.join()
        copies = [recipient for recipients, _ in postmaster.mails for recipient in recipients]
        assert copies.count(ANA) == copies.count(BO) == n + 1
        for recipient in (ANA, BO):
            both = sorted(told[recipient] for told in receipts)
            assert both[0] == "delivered"
            assert both[1] in {"skipped", "unknown"}


def test_cut_off_before_the_server_had_a_word_it_is_unknown_until_told_to_resend(
    start: Start, tmp_path: Path
) -> None:
    postmaster, server = start()
    with Archive(tmp_path / "archive") as log:
        # What a run that is killed at once leaves behind.
        log.claim(content_digest(compose(BRIEF, envelope(), now=NOW)), ANA)
        receipts = mail(server, log)
        assert outcomes(receipts) == {ANA: "unknown", BO: "delivered"}
        assert "cut off" in receipts[ANA].reason
        assert "--resend" in receipts[ANA].remedy
        assert outcomes(mail(server, log, resend=True)) == {ANA: "delivered", BO: "delivered"}
    assert len(postmaster.mails) == 2


def test_a_log_that_cannot_be_written_keeps_the_message_from_being_sent(start: Start) -> None:
    postmaster, server = start()

    class FullDisk(MemoryLog):
        def record(self, digest: str, recipient: str, outcome: OnRecord) -> None:
            raise ArchiveError("no space left")

    with pytest.raises(ArchiveError, match="no space left"):
        mail(server, FullDisk())
    assert postmaster.mails == []


# No connection worth having


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def failure(server: Server) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        mail(server, MemoryLog())
    assert f"{server.host}:{server.number}" in caught.value.message
    assert caught.value.remedy
    return caught.value


def changed(server: Server, **changes: Any) -> Server:
    return Server(**{**vars(server), **changes})


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_is_refused(start: Start, security: str) -> None:
    postmaster, server = start(security)
    error = failure(changed(server, ca_file=None))
    assert "certificate is not valid" in error.message
    assert "mail.ca_file" in error.remedy
    assert postmaster.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_name_is_refused(start: Start, security: str) -> None:
    postmaster, server = start(security, certificate="mail.example.org")
    error = failure(server)
    assert "certificate is not valid (Hostname mismatch" in error.message
    assert "mail.host" in error.remedy
    assert postmaster.mails == []


def test_a_wrong_password_is_said_without_showing_it(start: Start) -> None:
    postmaster, server = start()
    error = failure(changed(server, password="wrong-secret"))
    assert "refuses the login of desk" in error.message
    assert "BRIEFING_MAIL_PASSWORD" in error.remedy
    shown: BaseException | None = error
    while shown is not None:
        assert "wrong-secret" not in f"{shown!r}{shown}"
        shown = shown.__cause__ or shown.__context__
    assert "wrong-secret" not in repr(changed(server, password="wrong-secret"))
    assert postmaster.mails == []


def test_without_starttls_nothing_is_sent_in_the_clear(start: Start) -> None:
    postmaster, server = start("none")
    error = failure(changed(server, security="starttls"))
    assert "offers no STARTTLS" in error.message
    assert postmaster.mails == []


def test_a_login_that_the_server_does_not_offer_is_said(start: Start) -> None:
    _, server = start(login=False, auth_exclude_mechanism=["PLAIN", "LOGIN"])
    assert "offers no login" in failure(changed(server, username="desk", password="x")).message


def test_a_login_that_the_server_demands_is_said(start: Start) -> None:
    postmaster, server = start()
    postmaster.must_log_in = True
    error = failure(changed(server, username=None, password=None))
    assert "530" in error.message
    assert "BRIEFING_MAIL_USERNAME" in error.remedy


def test_tls_on_a_plain_port_names_the_setting(start: Start) -> None:
    _, server = start("none")
    assert "mail.security" in failure(changed(server, security="tls")).remedy


def test_nobody_there() -> None:
    assert "nothing answers" in failure(Server("localhost", free_port())).message


def test_a_name_that_does_not_exist() -> None:
    assert "cannot be found" in failure(Server("mail.invalid")).message


def test_a_server_that_never_speaks() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert "no answer within 0.2 s" in failure(Server("127.0.0.1", port, timeout=0.2)).message


def test_something_that_is_no_mail_server() -> None:
    def answer(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\x1b[31m\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        error = failure(Server("127.0.0.1", listener.getsockname()[1]))
        thread.join()
    assert "\x1b" not in error.message


def test_a_ca_file_that_holds_no_certificate(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    for name, reason in (("ca.pem", "no PEM certificate"), ("missing.pem", "No such file")):
        with pytest.raises(DeliveryError, match=reason):
            mail(Server("localhost", 1, ca_file=tmp_path / name), MemoryLog())


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"host": ""}, "mail.host"),
        ({"host": "a b"}, "mail.host"),
        ({"host": "mail.example.org\n"}, "mail.host"),
        ({"port": 0}, "mail.port"),
        ({"port": 65536}, "mail.port"),
        ({"security": "ssl"}, "mail.security"),
        ({"timeout": 0}, "mail.timeout"),
        ({"username": "desk"}, "mail.password"),
        ({"password": "x"}, "mail.username"),
        ({"security": "none", "username": "desk", "password": "x"}, "mail.security"),
    ],
)
def test_wrong_settings_are_named_before_work_starts(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Server(**{"host": "mail.example.org", **changes})
    assert caught.value.message.startswith(named)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_usual_port_follows_from_the_security(security: Any, port: int) -> None:
    assert Server("mail.example.org", security=security).number == port
