"""Mail messages and mailboxes."""

from __future__ import annotations

import base64
import io
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.ingest import IngestOptions, read
from briefing.types import Intake

HEAD = b"From: Press Office <press@ministry.example>\r\nSubject: Talks in Vienna\r\n"
DATE = b"Date: Fri, 21 Apr 2023 10:00:00 +0200 (CEST)\r\n"
TEXT = "The ministers met in Vienna. They agreed to meet again in May."


def read_mail(tmp_path: Path, content: bytes | EmailMessage) -> Intake:
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(content))
    return read([str(path)])


def test_headers_become_metadata(tmp_path: Path) -> None:
    head = HEAD + DATE + b"Content-Language: en-GB, fr\r\nArchived-At: <https://x.example/1>\r\n"
    (article,) = read_mail(tmp_path, head + b"\r\n" + TEXT.encode()).articles
    assert (article.title, article.source, article.text) == ("Talks in Vienna", "Press Office", TEXT)
    assert str(article.published) == "2023-04-21 10:00:00+02:00"
    assert (article.url, article.language) == ("https://x.example/1", "en-GB")


@pytest.mark.parametrize(
    ("header", "title", "source"),
    [
        (
            b"Subject: =?utf-8?q?Treffen_in_Z=C3=BCrich?=\nFrom: =?utf-8?b?TcO8bGxlcg==?= <m@x.example>",
            "Treffen in Zürich",
            "Müller",
        ),
        ("Subject: Treffen in Zürich\nFrom: Müller <m@x.example>".encode(), "Treffen in Zürich", "Müller"),
        ("Subject: Treffen in Zürich\nFrom: m@x.example".encode("cp1252"), "Treffen in Zürich", "x.example"),
        (b"Subject: Fwd: RE: Talks\nFrom: m@x.example", "Talks", "x.example"),
        (b'Subject: Talks\n in  Vienna\nFrom: "Doe, John" <j@x.example>', "Talks in Vienna", "Doe, John"),
        (b"Subject: =?utf-8?b?//8=?=\nFrom: <", "\ufffd\ufffd", None),
        (b"Subject:\nFrom: @", None, None),
        (b"Subject: Talks\nFrom: " + b"(" * 20_000, "Talks", None),
        (b"Subject: Talks\nFrom: " + b'"a" <a@x.example>, ' * 20_000, "Talks", "a"),
    ],
)
def test_headers_are_read_however_they_are_written(
    header: bytes, title: str | None, source: str | None, tmp_path: Path
) -> None:
    (article,) = read_mail(tmp_path, header + b"\n\n" + TEXT.encode()).articles
    assert (article.title, article.source) == (title, source)


@pytest.mark.parametrize("date", [b"", b"Date: soon\r\n", b"Date: \r\n"])
def test_a_mail_without_a_date_gets_none(date: bytes, tmp_path: Path) -> None:
    (article,) = read_mail(tmp_path, HEAD + date + b"\r\n" + TEXT.encode()).articles
    assert (article.date, article.published) == (None, None)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("text/plain; charset=utf-8", "Zürich – Genève".encode()),
        ("text/plain; charset=iso-8859-1", "Zürich – Genève".encode("cp1252")),
        ("text/plain", "Zürich – Genève".encode()),
        (
            "text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
            b"Z=C3=BCrich =E2=80=93 Gen=\n=C3=A8ve",
        ),
        (
            "text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
            base64.b64encode("Zürich – Genève".encode()),
        ),
        ("text/html; charset=utf-8", "<style>p{}</style><p>Zürich <b>–</b> Gen&egrave;ve</p>".encode()),
    ],
)
def test_encodings_are_undone(headers: str, body: bytes, tmp_path: Path) -> None:
    intake = read_mail(tmp_path, HEAD + f"Content-Type: {headers}\n\n".encode() + body)
    assert intake.articles[0].text == "Zürich – Genève"
    assert not intake.warnings


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii-and-more", "x-unknown"])
def test_a_wrong_charset_is_owned_up_to(charset: str, tmp_path: Path) -> None:
    body = "The President’s visit – “postponed”.".encode("cp1252")
    intake = read_mail(tmp_path, HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + body)
    assert intake.articles[0].text == "The President’s visit – “postponed”."
    assert "read as cp1252" in intake.warnings[0]


def test_the_html_part_is_read_where_the_plain_one_is_a_stub(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Talks"
    message.set_content("Your mail program cannot show this message.")
    message.add_alternative(f"<p>{TEXT}</p><p>{TEXT}</p>", subtype="html")
    assert read_mail(tmp_path, message).articles[0].text == f"{TEXT}\n{TEXT}"


def test_the_plain_part_is_read_where_it_is_the_text(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(TEXT)
    message.add_alternative(f"<p>{TEXT}</p><p>Unsubscribe</p>", subtype="html")
    assert read_mail(tmp_path, message).articles[0].text == TEXT


def test_attachments_are_named_and_left_out(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(TEXT)
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="talks.pdf")
    intake = read_mail(tmp_path, message)
    assert intake.articles[0].text == TEXT
    assert intake.warnings == (f"{tmp_path}/a.eml: attachments are not read: talks.pdf",)


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"Content-Type: application/pdf\n\nJVBERi0=",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n",
        HEAD + b"\n",
        HEAD + b"Content-Type: multipart/alternative; boundary=missing\n\nno parts\n",
        HEAD + b"Content-Type: text/html\n\n<img src=x>",
    ],
)
def test_a_mail_without_a_text_part_is_named(content: bytes, tmp_path: Path) -> None:
    intake = read_mail(tmp_path, content)
    assert [failure.reason for failure in intake.failures] == ["it is a mail without a text part"]
    assert not intake.articles


def test_absurdly_nested_parts_end_in_words(tmp_path: Path) -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(3000)
    )
    (failure,) = read_mail(tmp_path, HEAD + nested + b"\n" + TEXT.encode()).failures
    assert failure.reason == "its parts are nested too deeply"


@pytest.mark.parametrize("header", [b"Archived-At: <@[ ", b"Content-Language: =@[ ", b"From: <@[ "])
def test_a_header_that_trips_the_parser_costs_no_article(header: bytes, tmp_path: Path) -> None:
    intake = read_mail(tmp_path, b"Subject: =@[ x\nTo: <@[ \n" + header + b"\n\n" + TEXT.encode())
    assert [article.text for article in intake.articles] == [TEXT]


def test_a_mail_whose_kind_cannot_be_read_is_named(tmp_path: Path) -> None:
    (failure,) = read_mail(tmp_path, HEAD + b"Content-Type: text/plain; ;\t\tb*\n\n" + TEXT.encode()).failures
    assert failure.reason == "its headers are broken"


def test_flowed_text_is_joined_and_the_signature_is_cut(tmp_path: Path) -> None:
    body = b"The ministers met in Vienna and \nagreed to meet again.\n\n From here: more. \n-- \nPress\n"
    head = HEAD + b"Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
    (article,) = read_mail(tmp_path, head + body).articles
    assert article.text == "The ministers met in Vienna and agreed to meet again.\nFrom here: more."


def mailbox(*bodies: bytes) -> bytes:
    return b"".join(b"From a@b Fri Apr 21 10:00:00 2023\n" + HEAD + b"\n" + body + b"\n\n" for body in bodies)


def test_a_mailbox_gives_an_article_a_message() -> None:
    data = mailbox(b"One.\n\n>From now on, all is quoted.", b"", b"Three.\nFrom inside a paragraph.")
    intake = read(["-"], stdin=io.BytesIO(data))
    assert [article.text for article in intake.articles] == [
        "One.\nFrom now on, all is quoted.",
        "Three.\nFrom inside a paragraph.",
    ]
    assert [article.origin for article in intake.articles] == ["- message 1", "- message 3"]
    assert [failure.source for failure in intake.failures] == ["- message 2"]


def test_a_message_too_large_to_read_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(mailbox(b"One.", b"x" * 60_000 + b"\n" + b"y" * 60_000, b"z" * 200_000, b"Four."))
    intake = read([str(path)], IngestOptions(max_bytes=100_000))
    assert [article.text for article in intake.articles] == ["One.", "Four."]
    assert [failure.source for failure in intake.failures] == [f"{path} message 2", f"{path} message 3"]
