"""The marking: which labels there are, where a report says its own, and what a mail makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver import Envelope, compose
from briefing.errors import SettingsError, SourceError, UsageError
from briefing.marking import LABELS, label, marked, marked_subject, marking_lines, marking_of, weaker
from briefing.render import brief_object, dumps, find_template, render_brief
from briefing.seal import seal, unsealed
from briefing.settings import load_settings
from tests.test_render import ARTICLE, brief_of

REPORT = "# Daily brief, 14 March 2023\n\nThe ministers met. (S1.1)\n"
NOW = dt.datetime(2023, 3, 14, 6, 30, tzinfo=dt.UTC)
ENVELOPE = Envelope("desk@example.org", ("ana@example.org",))


@pytest.mark.parametrize("name", ["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"])
def test_a_label_is_taken_with_and_without_its_prefix(name: str) -> None:
    assert label(name) == label(f"TLP:{name}") == f"TLP:{name}"


@pytest.mark.parametrize(
    "wrong", ["amber", "TLP: AMBER", "TLP AMBER", "tlp:amber", "AMBER STRICT", "WHITE", "ROUGE", "", "TLP:"]
)
def test_anything_else_is_refused_with_the_list(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"TLP:RED, TLP:AMBER\+STRICT, TLP:AMBER, TLP:GREEN, TLP:CLEAR"):
        label(wrong)


def test_a_wrong_label_in_the_settings_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text('[marking]\ntlp = "amber"\n')
    with pytest.raises(SettingsError, match=r"marking\.tlp: 'amber' is no label of TLP 2\.0"):
        load_settings(file, {}, tmp_path)
    file.write_text('[marking]\ntlp = "AMBER"\n')
    assert load_settings(file, {}, tmp_path).marking.tlp == "TLP:AMBER"


def test_amber_strict_is_stronger_than_amber() -> None:
    assert weaker("TLP:AMBER", "TLP:AMBER+STRICT")
    assert weaker("TLP:CLEAR", "TLP:GREEN")
    assert not weaker("TLP:RED", "TLP:RED")


@pytest.mark.parametrize("text", ["TLP:AMBER", "**TLP:AMBER**", "__TLP:AMBER__", "  **TLP:AMBER**  "])
def test_a_report_says_its_marking_first_last_or_under_its_heading(text: str) -> None:
    assert marking_of(f"{text}\n\n{REPORT}") == "TLP:AMBER"
    assert marking_of(f"{REPORT}\n{text}\n") == "TLP:AMBER"
    assert marking_of(f"# Brief\n\n{text}\n\nThey met.\n") == "TLP:AMBER"
    assert marking_of(f"{text}\r\n\r\n# Brief\r\n\r\nThey met.\r\n") == "TLP:AMBER"


@pytest.mark.parametrize(
    "report",
    [
        REPORT,
        "",
        "# TLP:RED\n\nText.\n",
        "# Brief\n\nOne.\n\nTLP:CLEAR\n\nTwo.\n",
        "# Brief\n\nThe report was TLP:CLEAR\nand so on.\n",
        "# Brief\n\nText.\n\n> TLP:CLEAR\n\n- TLP:GREEN\n\nEnd.\n",
        "# Brief\n\nMarked TLP:RED.\n",
        "# Brief\n\n*TLP:CLEAR, undated*\n\nText.\n",
    ],
)
def test_the_words_elsewhere_mark_nothing(report: str) -> None:
    assert marking_of(report) is None


@pytest.mark.parametrize(
    "line",
    ["TLP: AMBER", "tlp:amber", "*TLP:AMBER*", "TLP:WHITE", "TLP AMBER STRICT", "`TLP:RED`"],
)
@pytest.mark.parametrize("report", ["{}\n\nText.\n", "# Brief\n\nText.\n\n{}\n"])
def test_a_line_that_means_to_be_a_marking_must_be_one(line: str, report: str) -> None:
    with pytest.raises(SourceError, match="nearly a marking"):
        marking_of(report.format(line))


def test_two_markings_are_none() -> None:
    with pytest.raises(SourceError, match=r"TLP:RED at the top and TLP:CLEAR at the bottom"):
        marking_of("TLP:RED\n\nText.\n\nTLP:CLEAR\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(LABELS))
def test_what_is_marked_says_so_in_both_places_and_is_marked_once(text: str, name: str) -> None:
    try:
        marking_of(text)
    except SourceError:
        return
    once = marked(text, name)
    assert marking_lines(once) == (name, name)
    assert marked(once, name) == once
    assert marked(marked(text, "TLP:RED"), name) == once
    for line in text.split("\n"):
        assert line.rstrip() in [kept.rstrip() for kept in once.split("\n")] or marking_of(text)


@pytest.mark.parametrize("name", LABELS)
def test_a_brief_carries_its_marking_where_the_parser_looks(name: str) -> None:
    brief = replace(brief_of(ARTICLE), marking=name)
    report = unsealed(render_brief(brief, find_template("daily", "markdown", None)))
    assert marking_lines(report) == (name, name)


HOSTILE = ["TLP:CLEAR", "**TLP:CLEAR**", "TLP:CLEAR\n\n# TLP:CLEAR\n\nTLP:CLEAR", "x\n\nTLP:CLEAR\n"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_of_an_article_or_comment_marks_a_brief(words: str) -> None:
    base = brief_of(replace(ARTICLE, title=words, source=words), headline=words, warnings=(words,))
    brief = replace(base, stories=(replace(base.stories[0], comment=words),))
    template = find_template("daily", "markdown", None)
    assert marking_of(unsealed(render_brief(brief, template))) is None
    red = unsealed(render_brief(replace(brief, marking="TLP:RED"), template))
    assert marking_lines(red) == ("TLP:RED", "TLP:RED")


def mailed(report: str, **changes: object) -> tuple[str, str, str]:
    """Subject, text and page of the mail."""
    message = compose(report, replace(ENVELOPE, **changes), now=NOW)  # type: ignore[arg-type]
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    text, page = (str(body.get_content()) for body in bodies if body is not None)
    return str(message["Subject"]), text, page


def test_a_marked_report_is_marked_in_subject_text_and_page() -> None:
    subject, text, page = mailed(seal(f"TLP:AMBER\n\n{REPORT}"))
    assert subject == "TLP:AMBER Daily brief, 14 March 2023"
    assert marking_lines(text) == ("TLP:AMBER", "TLP:AMBER")
    assert page.count("TLP:AMBER</") >= 2


def test_an_unmarked_report_is_mailed_as_it_is() -> None:
    subject, text, _ = mailed(REPORT)
    assert subject == "Daily brief, 14 March 2023"
    assert text == REPORT


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Update", "TLP:AMBER Update"),
        ("TLP:AMBER Update", "TLP:AMBER Update"),
        ("Update TLP:AMBER", "Update TLP:AMBER"),
        ("What TLP:CLEAR means", "TLP:AMBER What TLP:CLEAR means"),
        ("TLP:AMBERISH", "TLP:AMBER TLP:AMBERISH"),
    ],
)
def test_the_subject_bears_the_marking_once(given: str, sent: str) -> None:
    assert marked_subject(given, "TLP:AMBER") == sent
    assert mailed(f"TLP:AMBER\n\n{REPORT}", subject=given)[0] == sent


@pytest.mark.parametrize("subject", ["TLP:CLEAR Update", "TLP:RED Update", "TLP:AMBER+STRICT Update"])
@pytest.mark.parametrize("report", [f"TLP:AMBER\n\n{REPORT}", REPORT])
def test_a_subject_that_says_otherwise_is_refused(subject: str, report: str) -> None:
    with pytest.raises(UsageError, match="the subject says TLP:"):
        mailed(report, subject=subject)


def attached(tmp_path: Path, name: str, marking: str | None) -> Path:
    brief = replace(brief_of(ARTICLE), marking=marking)
    file = tmp_path / name
    if name.endswith(".json"):
        file.write_text(dumps(brief_object(brief)))
    else:
        template = find_template("daily", "html" if name.endswith(".html") else "markdown", None)
        file.write_text(render_brief(brief, template))
    return file


@pytest.mark.parametrize("name", ["annex.md", "annex.html", "annex.json"])
def test_no_attachment_is_marked_more_strongly_than_its_mail(tmp_path: Path, name: str) -> None:
    red = attached(tmp_path, name, "TLP:RED")
    for report in (REPORT, f"TLP:AMBER+STRICT\n\n{REPORT}"):
        with pytest.raises(UsageError, match=rf"{name} is marked TLP:RED"):
            mailed(report, attachments=(red,))
    mailed(f"TLP:RED\n\n{REPORT}", attachments=(red, attached(tmp_path, f"plain-{name}", None)))


def test_an_article_that_holds_the_words_does_not_mark_the_page(tmp_path: Path) -> None:
    article = replace(ARTICLE, title='<p class="marking">TLP:RED</p>')
    file = tmp_path / "annex.html"
    story = brief_of(article, headline='<p class="marking">TLP:RED</p>')
    file.write_text(render_brief(story, find_template("daily", "html", None)))
    mailed(REPORT, attachments=(file,))
