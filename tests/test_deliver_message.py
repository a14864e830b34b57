"""The message as it goes over the wire, read back with the standard library's parser."""

import datetime as dt
import email
import email.policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.deliver import Envelope, compose, content_digest, write_eml
from briefing.errors import DeliveryError, OutputError, UsageError
from briefing.seal import seal

NOW = dt.datetime(2023, 3, 14, 6, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
BRIEF = """\
# Daily brief — Tuesday, 14 March 2023

**Bottom line.** Türkiye and Sweden agreed to resume talks; *no date* was set.

## Who met whom

| Who | With | Where |
|:----|:----:|------:|
| Foreign Minister | Special Envoy \\| Türkiye | Ankara |

## Europe

### Talks resume

> “We will return to the table,” the spokesperson said.

- **Outlook**: next round [in April](https://example.org/readout?a=1&b=2 "Readout")

.A line that begins with a dot.
"""


def envelope(**changes: object) -> Envelope:
    given: dict[str, object] = {"sender": "desk@example.org", "to": ("ana@example.org",), **changes}
    return Envelope(**given)  # type: ignore[arg-type]


def over_the_wire(message: EmailMessage) -> EmailMessage:
    parsed = email.message_from_bytes(bytes(message), policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def mailed(markdown: str = BRIEF, **changes: object) -> EmailMessage:
    return over_the_wire(compose(markdown, envelope(**changes), now=NOW))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


class Page(HTMLParser):
    """Every tag with its attributes, and the text in between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def styles(self, tag: str) -> list[str]:
        return [attributes.get("style") or "" for name, attributes in self.tags if name == tag]

    def targets(self) -> list[str | None]:
        return [attributes.get("href") for name, attributes in self.tags if name == "a"]


# The two bodies


def test_plain_text_is_the_markdown_without_its_seal() -> None:
    message = mailed(seal(BRIEF))
    assert message.get_content_type() == "multipart/alternative"
    assert part(message, "plain") == BRIEF
    assert "sha256" not in part(message, "html")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")))
def test_any_report_arrives_as_it_was(text: str) -> None:
    report = f"# Brief\n{text}\n"
    raw = bytes(compose(report, envelope(), now=NOW))
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.isascii()
    assert part(email.message_from_bytes(raw, policy=email.policy.default), "plain") == report


def test_the_page_is_a_whole_document_with_its_styles_in_the_elements() -> None:
    html = part(mailed(), "html")
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert "Daily brief — Tuesday, 14 March 2023" in html.partition("<title>")[2].partition("</title>")[0]
    assert "font-size: 24px" in page.styles("h1")[0]
    assert "border: 1px solid" in page.styles("td")[0]
    assert [style.rpartition("text-align")[2] for style in page.styles("td")] == [
        ": left",
        ": center",
        ": right",
    ]
    assert "Special Envoy | Türkiye" in page.text
    assert page.targets() == ["https://example.org/readout?a=1&b=2"]
    assert "@media print" in html


HOSTILE = """\
# Brief

<script>alert(1)</script>

Text <b onclick="alert(1)">bold</b> <img src="https://tracker.example.net/p.gif"> <!-- hidden -->

[click](javascript:alert(1)) [data](data:text/html;base64,AAAA) [up](JaVaScRiPt:alert(1)) [file](file:///etc/passwd)

<javascript:alert(1)> ![Map](https://tracker.example.net/q.png) ![x](data:image/png;base64,AAAA)

[in page](#sources) [relative](other.md) [protocol](//evil.example.net) [ftp](ftp://example.net)

[break](https://example.org/"onmouseover="alert(1)) <https://example.org/<script>>
"""


def test_nothing_in_a_report_can_run_or_fetch() -> None:
    page = Page(part(mailed(HOSTILE), "html"))
    assert {tag for tag, _ in page.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "p", "a"),
    }
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
    assert all(target is None or target.startswith("https://example.org/") for target in page.targets())


def test_html_in_a_report_is_shown_as_text_and_an_image_as_its_description() -> None:
    text = Page(part(mailed(HOSTILE), "html")).text
    assert "<script>alert(1)</script>" in text
    assert '<b onclick="alert(1)">bold</b>' in text
    assert "Map" in text
    assert "q.png" not in text


def test_a_link_that_leads_nowhere_in_a_mail_keeps_its_words() -> None:
    html = part(mailed("# Brief\n\nSee [source 2](#source-2).\n"), "html")
    assert "source 2" in Page(html).text
    assert Page(html).targets() == [None]


CITED = """\
# Brief

They met (S1.2, S2.title). Nobody came (S9.9), as "(S1.2)" says. They met (S1.2).

| What | [link (S1.2)](https://example.org/) |
|---|---|
| They met. | (S1.title) |

- **S1** Post
  - **S1.title** Talks
  - **S1.2** They met, said (S1.title).
- **S2** News: **S1.2**
  - **S2.title** Talks held
"""


def test_a_citation_leads_to_the_sentence_at_the_end_and_that_back_to_the_first_line() -> None:
    links = [attributes for tag, attributes in Page(part(mailed(CITED), "html")).tags if tag == "a"]
    assert [(link.get("id"), link.get("href")) for link in links] == [
        ("to-S1.2", "#S1.2"),
        ("to-S2.title", "#S2.title"),
        (None, "#S1.2"),
        (None, "#S1.2"),
        (None, "https://example.org/"),
        ("to-S1.title", "#S1.title"),
        ("S1", None),
        ("S1.title", "#to-S1.title"),
        ("S1.2", "#to-S1.2"),
        ("S2", None),
        ("S2.title", "#to-S2.title"),
    ]
    assert all(link.get("name") == link.get("id") for link in links)


# Headers


def test_subject_is_the_first_heading_without_markup() -> None:
    assert mailed("Text\n\nThe *daily*\nbrief [1](https://x.org)\n====\n")["Subject"] == "The daily brief 1"
    assert mailed(subject="Другая тема")["Subject"] == "Другая тема"


def test_a_report_without_heading_needs_a_subject() -> None:
    with pytest.raises(UsageError, match="no heading") as caught:
        mailed("Just text.\n")
    assert "--subject" in caught.value.remedy


def decoded(header: str) -> str:
    return str(make_header(decode_header(header)))


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], include_characters=" "), min_size=1
    )
)
def test_any_subject_and_name_arrive_as_they_were(text: str) -> None:
    words = " ".join(text.split()) or "x"
    name = words.replace('"', "").replace("\\", "").strip() or "x"
    raw = bytes(compose(BRIEF, envelope(subject=words, to=(f'"{name}" <ana@example.org>',)), now=NOW))
    headers = raw.partition(b"\r\n\r\n")[0]
    assert headers.isascii()
    # The parser of the default policy puts a space between the encoded words of a name.
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    shown, address = parseaddr(parsed["To"].replace("\r\n", ""))
    assert (decoded(parsed["Subject"]), decoded(shown), address) == (words, name, "ana@example.org")


def test_a_long_subject_is_folded_and_keeps_every_space() -> None:
    subject = "Großbritannien — " * 12 + "Ende"
    raw = bytes(compose(BRIEF, envelope(subject=subject), now=NOW))
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == subject


def test_date_and_message_id_are_there_and_name_no_machine() -> None:
    message = mailed()
    assert message["Date"].datetime == NOW
    assert str(message["Message-ID"]).endswith("@example.org>")


def test_list_headers_keep_a_long_address_in_one_piece() -> None:
    url = "https://lists.example.org/unsubscribe?token=" + "0123456789abcdef" * 8
    raw = bytes(
        compose(
            BRIEF,
            envelope(
                list_id="Morgenbrief für alle <briefs.example.org>",
                list_unsubscribe=(url, "mailto:off@x.org"),
            ),
            now=NOW,
        )
    )
    assert f"List-Unsubscribe: <{url}>,\r\n <mailto:off@x.org>\r\n".encode() in raw
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert parsed["List-Id"] == "Morgenbrief für alle <briefs.example.org>"


def test_one_click_is_promised_for_https_only() -> None:
    message = mailed(list_id="briefs.example.org", list_unsubscribe=("mailto:off@example.org",))
    assert message["List-Unsubscribe-Post"] is None
    assert message["List-Id"] == "<briefs.example.org>"


def test_blind_copies_leave_no_trace() -> None:
    composed = compose(BRIEF, envelope(cc=("b@example.org",), bcc=("secret@example.org",)), now=NOW)
    assert b"secret" not in bytes(composed)
    assert composed["Bcc"] is None
    only_blind = envelope(to=(), bcc=("secret@example.org",))
    assert over_the_wire(compose(BRIEF, only_blind, now=NOW))["To"] == "undisclosed-recipients:;"
    assert only_blind.recipients == ("secret@example.org",)


# Addresses


def test_addresses_are_read_as_people_write_them_and_each_gets_one_copy() -> None:
    read = envelope(
        to=("Ana Lima <ana@Example.ORG>, bo@example.org", '"Öz, Ünal" <oz@bücher.example>'),
        cc=("bo@example.org",),
    )
    assert read.recipients == ("ana@example.org", "bo@example.org", "oz@xn--bcher-kva.example")
    message = over_the_wire(compose(BRIEF, read, now=NOW))
    assert [a.display_name for a in message["To"].addresses] == ["Ana Lima", "", "Öz, Ünal"]
    assert not read.needs_utf8


def test_a_name_before_the_at_sign_beyond_ascii_asks_for_smtputf8() -> None:
    read = envelope(to=("jörg@bücher.example",))
    assert read.needs_utf8
    raw = bytes(compose(BRIEF, read, now=NOW))
    assert "To: jörg@xn--bcher-kva.example\r\n".encode() in raw


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Brief\r\nBcc: x@example.net"),
        ("subject", "Brief\nX: y"),
        ("subject", "Brief\x00"),
        ("subject", "Brief\u2028X: y"),
        ("subject", " "),
        ("sender", "desk@example.org\nBcc: x@example.net"),
        ("sender", "a@example.org, b@example.org"),
        ("sender", ""),
        ("to", ("ana@example.org\r\nX: y",)),
        ("to", ("=?utf-8?q?a=0AX=3A_y?= <ana@example.org>",)),
        ("to", ("=?utf-8?q?a=00b?= <ana@example.org>",)),
        ("to", ("ana@example.org>\nRCPT TO:<x@example.net>",)),
        ("to", ("ana",)),
        ("to", ("ana@",)),
        ("to", ("ana@exa mple.org",)),
        ("to", ("ana@example..org",)),
        ("to", ("ana@example.org bo@example.org",)),
        ("to", ("Lima, Ana <ana@example.org>",)),
        ("to", ("",)),
        ("to", ()),
        ("list_id", "a\nb.c"),
        ("list_id", "nodots"),
        ("list_unsubscribe", ("javascript:alert(1)",)),
        ("list_unsubscribe", ("https://x.org/>\r\nX: y",)),
        ("list_unsubscribe", ("https://x.org/ü",)),
    ],
)
def test_what_could_break_a_header_is_refused_before_work_starts(field: str, value: object) -> None:
    with pytest.raises(UsageError):
        envelope(**{field: value})


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        envelope(to=("ana",), subject="a\nb", list_id="x")
    assert [line.partition(":")[0] for line in caught.value.message.splitlines()] == [
        "to",
        "subject",
        "list_id",
    ]


def test_a_heading_with_a_control_character_does_not_become_a_header() -> None:
    with pytest.raises(UsageError, match="control character"):
        mailed("# Brief \x07 x\n")


@given(st.text(st.sampled_from('ab@.,:;<>()[]"\\ \t\r\n=?ü'), max_size=30))
@example(" .;")  # the standard library's parser fails on it by a TypeError
@example("<@[ ")  # and on it by an UnboundLocalError
@example("=@[ ")
def test_any_nonsense_is_an_address_or_a_message(text: str) -> None:
    try:
        read = envelope(to=(text,))
    except UsageError:
        return
    for line in bytes(compose(BRIEF, read, now=NOW)).partition(b"\r\n\r\n")[0].split(b"\r\n"):
        assert line.startswith(b" ") or line.partition(b":")[0] in {
            *(
                b"From",
                b"To",
                b"Subject",
                b"Date",
                b"Message-ID",
                b"MIME-Version",
                b"X-Mailer",
                b"Content-Type",
            ),
        }


# Attachments


def test_attachments_keep_name_type_and_bytes(tmp_path: Path) -> None:
    contents = {
        "Übersicht – März.pdf": b"%PDF-1.7\n\xff\x00",
        "day.jsonl": b"{}\n",
        "table.csv": "Zürich;1\r\n".encode(),
        "forwarded.eml": b"Subject: x\n\nbody\n",
        "log.txt.gz": b"\x1f\x8b\x08",
        "noextension": b"\x00",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    message = mailed(attachments=tuple(tmp_path / name for name in contents))
    assert message.get_content_type() == "multipart/mixed"
    assert part(message, "plain") == BRIEF
    attached = list(message.iter_attachments())
    assert {a.get_filename(): a.get_payload(decode=True) for a in attached} == contents
    types = {a.get_filename(): a.get_content_type() for a in attached}
    assert types["Übersicht – März.pdf"] == "application/pdf"
    assert types["table.csv"] == "text/csv"
    assert types["forwarded.eml"] == types["noextension"] == "application/octet-stream"
    assert types["log.txt.gz"] == "application/gzip"
    assert attached[2].get_content_charset() == "utf-8"


def test_an_attachment_that_cannot_be_read_stops_the_mail(tmp_path: Path) -> None:
    for missing in (tmp_path / "no.pdf", tmp_path):
        with pytest.raises(DeliveryError, match=str(missing)):
            mailed(attachments=(missing,))
    with pytest.raises(UsageError, match="control character"):
        envelope(attachments=(tmp_path / "a\nb.pdf",))


# The digest


def test_the_digest_knows_the_content_and_not_the_moment(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")

    def digest(markdown: str = BRIEF, now: dt.datetime = NOW, **changes: object) -> str:
        return content_digest(compose(markdown, envelope(**changes), now=now))

    first = digest(attachments=(file,))
    assert digest(attachments=(file,), now=NOW + dt.timedelta(hours=1), to=("b@example.org",)) == first
    assert digest(seal(BRIEF), attachments=(file,)) == first
    assert digest() != first
    assert digest(BRIEF + "More.\n", attachments=(file,)) != first
    assert digest(attachments=(file,), subject="Другая") != first
    file.write_text("two")
    assert digest(attachments=(file,)) != first


# The file


def test_the_file_is_the_message(tmp_path: Path) -> None:
    message = compose(BRIEF, envelope(), now=NOW)
    write_eml(message, tmp_path / "brief.eml")
    assert (tmp_path / "brief.eml").read_bytes() == bytes(message)
    assert [path.name for path in tmp_path.iterdir()] == ["brief.eml"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError, match="taken"):
        write_eml(compose(BRIEF, envelope(), now=NOW), tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    with pytest.raises(OutputError, match="nowhere"):
        write_eml(compose(BRIEF, envelope(), now=NOW), tmp_path / "nowhere" / "brief.eml")
