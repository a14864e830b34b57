"""Mails of several items, beside mails of one article that has headings too."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.ingest import read
from briefing.types import Article

CHAD = "Chad rejects Oman's offer for Lake Fitri"
PERU = "Peru to host summit on glaciers"
FIJI = "Fiji and Tonga sign reef pact"
OF_CHAD = (
    "Chad refused an offer by Oman to run the locks of Lake Fitri, President Idris Moussa said in N'Djamena. "
    "He added that talks would not be taken up again this year."
)
OF_PERU = "Peru will host a summit on glaciers in Cusco on 4 May, Environment Minister Rosa Quispe announced."
OF_FIJI = (
    "Fiji and Tonga signed a pact on the Minerva reefs in Suva on Monday. "
    "Foreign Minister Seru Vula said that it would enter into force in July."
)
HELLO = "Good morning. Here is what we are reading today."
FOOT = "You receive this mail because you signed up. Unsubscribe. Blue Note, 12 Quay Street, Suva."
THREE = [(FIJI, OF_FIJI), (CHAD, OF_CHAD), (PERU, OF_PERU)]

# One article: the lead, and two parts that go on from it below headings of their own.
LEAD = OF_FIJI
QUOTAS = (
    "Tonga may send sixty boats a year to the Minerva reefs, and Fiji forty. Vula called that fair to the "
    "fishermen of both islands."
)
PAST = "Fiji had claimed the reefs since 1978, when Tonga built a lighthouse on the southern one."


def mail(body: str, subtype: str, subject: str = "Blue Note: what to know today") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Blue Note <note@note.example>"
    message["Subject"] = subject
    message["Date"] = "Tue, 12 Mar 2024 06:30:00 +0000"
    message["Archived-At"] = "<https://note.example/2024/12>"
    message.set_content(body, subtype=subtype)
    return message


def articles(tmp_path: Path, message: EmailMessage) -> tuple[Article, ...]:
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    return read([str(path)]).articles


def wrapped(text: str, width: int = 66) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


HTML = {
    "headings": "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in THREE),
    "cells in bold": "".join(
        f'<table><tr><td style="font-weight: 700">{title}</td></tr><tr><td>{text}</td></tr></table>'
        for title, text in THREE
    ),
    "bold lines": "".join(f"<p><b>{title}</b><br>{text}</p>" for title, text in THREE),
    "links": "".join(
        f'<h3><a href="https://note.example/{n}">{title}</a></h3><p>{text}</p>'
        for n, (title, text) in enumerate(THREE)
    ),
    "regions above": "".join(
        f"<h2>{region}</h2><h3>{title}</h3><p>{text}</p>"
        for region, (title, text) in zip(("Pacific", "Africa", "Americas"), THREE, strict=True)
    ),
    "a first item above the others": f"<h1>{FIJI}</h1><p>{OF_FIJI}</p>"
    + "".join(f"<h3>{title}</h3><p>{text}</p>" for title, text in THREE[1:]),
    "what is in it on top": "<p>Today: a reef pact of Fiji and Tonga, why Chad refused Oman, ice in Peru.</p>"
    + "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in THREE),
}
TEXT = {
    "capitals": "\n\n".join(f"{title.upper()}\n{wrapped(text)}" for title, text in THREE),
    "numbers": "\n\n".join(f"{n}. {title}\n{wrapped(text)}" for n, (title, text) in enumerate(THREE, 1)),
    "rules": "\n\n* * *\n\n".join(f"{title}\n\n{wrapped(text)}" for title, text in THREE),
    "underlined": "\n\n".join(f"{title}\n{'-' * len(title)}\n{wrapped(text)}" for title, text in THREE),
    "blank lines": "\n\n".join(f"{title}\n\n{text}" for title, text in THREE),
}


@pytest.mark.parametrize("items", HTML.values(), ids=HTML)
def test_a_newsletter_of_three_items_is_three_articles(items: str, tmp_path: Path) -> None:
    paid = "<h3>Sponsored: travel smarter</h3><p>Save 20 percent on lounge passes with code NOTE.</p>"
    found = articles(tmp_path, mail(f"<p>{HELLO}</p>{items}{paid}<p>{FOOT}</p>", "html"))
    assert [one.title for one in found] == [FIJI, CHAD, PERU]
    assert [one.text for one in found] == [OF_FIJI, OF_CHAD, OF_PERU]
    assert {(one.source, str(one.date)) for one in found} == {("Blue Note", "2024-03-12")}


@pytest.mark.parametrize("items", TEXT.values(), ids=TEXT)
def test_a_newsletter_in_plain_text_is_three_articles(items: str, tmp_path: Path) -> None:
    found = articles(tmp_path, mail(f"{HELLO}\n\n{items}\n\n{wrapped(FOOT)}\n", "plain"))
    assert [(one.title or "").casefold() for one in found] == [t.casefold() for t in (FIJI, CHAD, PERU)]
    assert [one.text for one in found] == [OF_FIJI, OF_CHAD, OF_PERU]


ONE = {
    "subheadings": f"<p>{LEAD}</p><h3>Quotas for both</h3><p>{QUOTAS}</p><h3>Background</h3><p>{PAST}</p>",
    "a title above": f"<h1>{FIJI}</h1><p>{LEAD}</p><h2>Quotas</h2><p>{QUOTAS}</p><h2>Then</h2><p>{PAST}</p>",
    "headings alike": f"<h2>{FIJI}</h2><p>{LEAD}</p><h2>Quotas</h2><p>{QUOTAS}</p><h2>Then</h2><p>{PAST}</p>",
    "subheadings that tell": f"<p>{LEAD}</p><h3>Tonga may send sixty boats a year</h3><p>{QUOTAS}</p>"
    f"<h3>Fiji claimed the reefs since 1978</h3><p>{PAST}</p>",
    "a notice at the end": f"<p>{LEAD}</p><p>{QUOTAS}</p><p>{PAST}</p><h3>About the reef fund</h3>"
    "<p>The Pacific Reef Fund pays for wardens in nine states from its seat in Apia.</p>",
}


@pytest.mark.parametrize("body", ONE.values(), ids=ONE)
def test_an_article_with_subheadings_is_one(body: str, tmp_path: Path) -> None:
    (found,) = articles(tmp_path, mail(body, "html", FIJI))
    assert found.title == FIJI
    assert all(part in found.text for part in (LEAD, QUOTAS, PAST))
    assert found.url == "https://note.example/2024/12"


PLAIN = {
    "short lines": [
        FIJI.upper(),
        wrapped(LEAD),
        "Quotas for both",
        wrapped(QUOTAS),
        "Earlier",
        wrapped(PAST),
    ],
    "a list": [
        wrapped(LEAD),
        "The pact says:",
        "1. Fiji may send forty.\n2. Tonga may send sixty.",
        wrapped(PAST),
    ],
    "a rule": [wrapped(LEAD), wrapped(QUOTAS), "-----", wrapped(PAST)],
}


@pytest.mark.parametrize("paragraphs", PLAIN.values(), ids=PLAIN)
def test_an_article_in_plain_text_is_one(paragraphs: list[str], tmp_path: Path) -> None:
    (found,) = articles(tmp_path, mail("\n\n".join(paragraphs), "plain", FIJI))
    assert (found.title, found.url) == (FIJI, "https://note.example/2024/12")


def test_an_item_keeps_what_goes_on_below_a_heading_of_its_own(tmp_path: Path) -> None:
    body = "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in THREE[:2])
    more = "She invited the leaders of nine states to Cusco."
    body += f"<h2>{PERU}</h2><p>{OF_PERU}</p><h4>What comes next</h4><p>{more}</p>"
    assert articles(tmp_path, mail(body, "html"))[2].text == f"{OF_PERU}\nWhat comes next\n{more}"


def test_items_of_one_state_are_several(tmp_path: Path) -> None:
    kenya = [
        (
            "Kenya turns down loan for port",
            "Kenya turned down a loan for its port, Minister Lena Otieno said.",
        ),
        ("Kenya to reopen border post", "Kenya will reopen a border post in May, Minister Paul Kamau said."),
        (
            "Kenya names envoy to Chad",
            "Kenya named Ruth Njeri its envoy to Chad, a minister in Nairobi said.",
        ),
    ]
    body = "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in kenya)
    assert [one.title for one in articles(tmp_path, mail(body, "html"))] == [title for title, _ in kenya]


def test_the_link_of_an_item_is_its_address_where_no_other_has_it(tmp_path: Path) -> None:
    linked = "".join(
        f'<h3><a href="https://note.example/{n}">{title}</a></h3><p>{text}</p>'
        for n, (title, text) in zip(["", "", "glaciers"], THREE, strict=True)
    )
    found = articles(tmp_path, mail(linked, "html"))
    assert [one.url for one in found] == [None, None, "https://note.example/glaciers"]
    assert len({one.id for one in found}) == len({one.origin for one in found}) == 3
