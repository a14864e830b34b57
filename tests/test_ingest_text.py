"""Text, Markdown, HTML pieces, dates and encodings."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.ingest import read
from briefing.ingest.clean import tidy, unwrap
from briefing.ingest.fragments import fragment_text
from briefing.ingest.markdown import markdown_text
from briefing.types import Article

BODY = "The ministers met in Vienna on Friday.\n\nThey agreed to meet again in May."
CLEAN = "The ministers met in Vienna on Friday.\nThey agreed to meet again in May."


def read_file(path: Path, content: str | bytes) -> Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    intake = read([str(path)])
    assert not intake.failures
    return intake.articles[0]


@given(st.text())
@example("\r\u2028\u00ad\u0301e \u200b\u0301 \ud800 \x1c")
def test_cleaning_twice_equals_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_cleaning_loses_no_letter_and_no_mark(text: str) -> None:
    def seen(content: str) -> list[str]:
        return [character for character in unicodedata.normalize("NFC", content) if not character.isspace()]

    assert seen(tidy(text)) == seen(text)


def test_wrapped_paragraphs_become_one_line_each() -> None:
    wrapped = (
        "The foreign ministers of the two countries met in Geneva on Thursday to\n"
        "discuss the implementation of the agreement that was signed last year,\n"
        "and agreed that their experts would meet again before the end of the\n"
        "month.\n\n"
        "- first point, on its own line\n"
        "- second point, on its own line\n"
    )
    assert tidy(unwrap(wrapped)).split("\n") == [
        "The foreign ministers of the two countries met in Geneva on Thursday to discuss the implementation "
        "of the agreement that was signed last year, and agreed that their experts would meet again before "
        "the end of the month.",
        "- first point, on its own line",
        "- second point, on its own line",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph that ends here.\nAnother one on a line of its own.\nA third one.\nA fourth, and last.",
        "Participants:\nAntony Blinken, Secretary of State\nSergey Lavrov, Foreign Minister\nJosep Borrell",
        "Short\nlines\nof\na\npoem",
    ],
)
def test_lines_that_are_paragraphs_stay_apart(text: str) -> None:
    assert unwrap(text) == text


def test_a_header_block_is_read_as_metadata(tmp_path: Path) -> None:
    head = (
        "TITLE: Talks in Vienna\nDate: 21 April 2023\nsource : Reuters\nURL: https://x.example\nLang: en\n\n"
    )
    article = read_file(tmp_path / "a.txt", head + BODY)
    assert (article.title, str(article.date), article.source) == ("Talks in Vienna", "2023-04-21", "Reuters")
    assert (article.url, article.language, article.text) == ("https://x.example", "en", CLEAN)


@pytest.mark.parametrize(
    "content",
    [
        "Date: the minister has none yet, he said.\nThe ministers met in Vienna.\n\nThey agreed.",
        "Title: Talks in Vienna",
        "Note: the ministers met.\n\nThey agreed.",
    ],
)
def test_what_only_looks_like_a_header_block_stays_text(content: str, tmp_path: Path) -> None:
    article = read_file(tmp_path / "a.txt", content)
    assert article.text.split()[0] == content.split()[0]
    assert article.title is None


def test_a_short_first_line_above_a_blank_one_is_the_title(tmp_path: Path) -> None:
    article = read_file(tmp_path / "a.txt", f"Ministers meet in Vienna\r\n\r\n{BODY}")
    assert (article.title, article.text) == ("Ministers meet in Vienna", CLEAN)


@pytest.mark.parametrize(
    "content", [BODY, "Ministers meet\nThey agreed.", "Ministers meet", "x" * 300 + "\n\ny"]
)
def test_any_other_first_line_is_text(content: str, tmp_path: Path) -> None:
    article = read_file(tmp_path / "a.txt", content)
    assert article.title is None
    assert article.text == tidy(content)


@pytest.mark.parametrize("heading", ["# Talks in *Vienna* #", "Talks in Vienna\n==============="])
def test_a_markdown_heading_is_the_title(heading: str, tmp_path: Path) -> None:
    article = read_file(tmp_path / "a.md", f"{heading}\n\n{BODY}")
    assert (article.title, article.text) == ("Talks in Vienna", CLEAN)


def test_front_matter_is_metadata_and_nothing_in_it_runs(tmp_path: Path) -> None:
    head = "---\ntitle: 'Talks: day 2'\ndate: 2023-04-21T10:00:00Z\nevil: !!python/name:os.system\n---\n"
    article = read_file(tmp_path / "a.md", head + BODY)
    assert (article.title, str(article.date), article.text) == ("Talks: day 2", "2023-04-21", CLEAN)


@pytest.mark.parametrize("head", ["---\nkey: [unclosed\n---\n", "---\n- a\n- b\n---\n"])
def test_broken_front_matter_is_text(head: str, tmp_path: Path) -> None:
    assert CLEAN in read_file(tmp_path / "a.md", head + "\n" + BODY).text


def test_markdown_gives_its_words() -> None:
    marked = (
        "**Bold** and [a link](https://x.example) &amp; `code`<br>next\nsame paragraph\n\n"
        "* item *one*\n* item two\n\n3. third\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "![alt](x.png)\n\n"
        "<div>in <b>HTML</b><script>alert(1)</script></div>\n"
    )
    assert markdown_text(marked).split("\n") == [
        "Bold and a link & code",
        "next same paragraph",
        "- item one",
        "- item two",
        "3. third",
        "quoted",
        "a | b",
        "1 | 2",
        "in HTML",
    ]


def test_html_pieces_keep_all_their_visible_text() -> None:
    piece = (
        "Before<p>One <a href='x'>link</a>,\n two.</p>between<ul><li>a<li>b</ul><script>no</script>"
        "<!-- no --><span style='display: none'>no</span><table><tr><td>1<td>2</table><pre>x\ny</pre>"
        "caf&eacute; &lt;tag&gt;"
    )
    assert fragment_text(piece).split("\n") == [
        "Before",
        "One link, two.",
        "between",
        "- a",
        "- b",
        "1 | 2",
        "x",
        "y",
        "café <tag>",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_say_what_they_are_need_no_guess(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Treffen in Zürich – “gut”.\n".encode(encoding))
    intake = read([str(path)])
    assert intake.articles[0].text == "Treffen in Zürich – “gut”."
    assert not intake.warnings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The minister said it was “agreed” – and the President’s visit is on."),
        ("cp1252", "Le président français a déclaré à Genève que l’accord était signé. " * 5),
        ("cp1251", "Министры иностранных дел встретились в Женеве и договорились о новой встрече. " * 5),
    ],
)
def test_a_guessed_encoding_is_owned_up_to(encoding: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    intake = read([str(path)])
    assert intake.articles[0].text == text.strip()
    (warning,) = intake.warnings
    assert f"{path} is not UTF-8" in warning
    assert f"read as {encoding}" in warning


def test_utf8_with_a_damaged_spot_stays_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Zürich, Genève, Łódź. ".encode() * 50 + b"cut \xc3")
    intake = read([str(path)])
    assert intake.articles[0].text.endswith("Łódź. cut \ufffd")
    assert "damaged" in intake.warnings[0]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ('{"title": "A", "text": "T."}\n{"text": "U."}', "A"),
        ('[\n  {"title": "A", "text": "T."}]', "A"),
        ('{\n "title": "A",\n "text": "T."\n}', "A"),
        ("From: a@b.example\nSubject: A\n\nText of a mail.", "A"),
        (
            "From a@b.example Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nSubject: A\n\nText of a mail.\n",
            "A",
        ),
        (
            "<rss version='2.0'><item><title>A</title><description>T.</description></item></rss>",
            "A",
        ),
        (
            "<?xml version='1.0'?>\n<!-- c -->\n<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title>"
            "<content>T.</content></entry></feed>",
            "A",
        ),
        ("A\n\nPlain text: it is.", "A"),
        ("From the start, he said: it was clear.", None),
        ("Warning: it was clear.\n\nNo mail.", None),
        ("[Editor's note] Plain text.", None),
        ("<sigh> Plain text.", None),
    ],
)
def test_standard_input_is_told_by_its_content(content: str, title: str | None) -> None:
    intake = read(["-"], stdin=io.BytesIO(content.encode()))
    assert not intake.failures
    assert intake.articles[0].title == title
