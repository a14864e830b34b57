"""What a desk adds to a brief, from the command line to the mail server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import briefing.render
from briefing.cli import run
from briefing.marking import marking_lines, marking_of
from briefing.seal import check_seal, unsealed
from tests.desk import Mailbox, mail_server, without_own_settings

DAY = ["--date", "2022-07-17"]
ARTICLES = [
    {
        "title": "Ministers reopen the border",
        "source": "Daily Post",
        "date": "2022-07-17",
        "text": "The foreign ministers of Chile and Peru met in Lima on Sunday.\n"
        "They agreed to reopen the border at Tacna next month.",
    },
    {
        "title": "Parliament debates the budget",
        "source": "Evening News",
        "date": "2022-07-17",
        "text": "TLP:CLEAR\nThe parliament in Vienna opened its debate on the budget for the coming year.\n"
        "The opposition may well refuse it.",
    },
]
REPORT = "# Daily brief, 17 July 2022\n\nThe ministers met. (S1.1)\n"


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, two articles, an archive of its own, and none of the user's settings."""
    without_own_settings(monkeypatch, models_dir)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefing.toml").write_text('[paths]\narchive = "archive.sqlite3"\n')
    (tmp_path / "day.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ARTICLES))
    return tmp_path


def settings(surroundings: Path, text: str) -> None:
    (surroundings / "briefing.toml").write_text(f'[paths]\narchive = "archive.sqlite3"\n{text}')


def daily(*arguments: str) -> int:
    """Makes a brief that tells every story in full, whatever it is worth."""
    return run(["daily", "day.jsonl", "--all", *DAY, *arguments])


def value(path: str = "brief.json") -> dict[str, Any]:
    made = json.loads(Path(path).read_text())
    assert isinstance(made, dict)
    return made


def test_without_being_asked_for_nothing_is_added(surroundings: Path) -> None:
    assert daily("-o", "brief.json", "-o", "brief.md") == 0
    made = value()
    assert (made["marking"], made["serial"], made["made"], made["reliability"]) == (None, None, None, {})
    assert all(story["credibility"] is story["comment"] is None for story in made["stories"])
    assert marking_of(unsealed(Path("brief.md").read_text())) is None


def test_marking_number_and_grades_reach_every_format(surroundings: Path) -> None:
    (surroundings / "sources.yaml").write_text("Daily Post:\n  reliability: B\n  reason: checks twice\n")
    settings(surroundings, '[marking]\nserial = true\n[grading]\nsources = "sources.yaml"\n')
    outputs = [part for name in ("json", "md", "html") for part in ("-o", f"brief.{name}")]
    assert daily("--tlp", "AMBER+STRICT", *outputs) == 0
    made = value()
    schema = json.loads(Path(briefing.render.__file__).with_name("brief.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(made)
    assert made["marking"] == "TLP:AMBER+STRICT"
    assert made["serial"] == "1/2022"
    assert made["reliability"] == {
        "Daily Post": {"value": "B", "reason": "checks twice"},
        "Evening News": {"value": "F", "reason": "not in sources.yaml"},
    }
    assert {story["credibility"]["value"] for story in made["stories"]} == {"6"}
    report = Path("brief.md").read_text()
    assert check_seal(report) == "intact"
    assert marking_lines(unsealed(report)) == ("TLP:AMBER+STRICT", "TLP:AMBER+STRICT")
    assert re.search(r"^No\. 1/2022, \d{6}Z [A-Z]{3} \d\d$", report, re.MULTILINE)
    page = Path("brief.html").read_text()
    assert page.count('<p class="marking">TLP:AMBER+STRICT</p>') == 2
    assert "checks twice" in report + page or "[B]" in page
    # A rerun has the next number and says the same otherwise.
    assert daily("--tlp", "AMBER+STRICT", *outputs) == 0
    again = value()
    assert again["serial"] == "2/2022"
    # The manifest has the digest of the page, which has the number.
    own = {"serial": None, "made": None, "manifest": None}
    assert {**again, **own} == {**made, **own}


def test_a_wrong_label_or_file_stops_before_any_work(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert daily("--tlp", "amber") == 2
    assert "TLP:AMBER+STRICT" in capsys.readouterr().err
    (surroundings / "sources.yaml").write_text("Daily Post:\n  reliability: G\n")
    settings(surroundings, '[grading]\nsources = "sources.yaml"\n')
    assert daily() == 1
    assert "Daily Post.reliability: expected one of A" in capsys.readouterr().err
    settings(surroundings, "")
    assert daily("--comments", "none.md") == 1
    assert "none.md" in capsys.readouterr().err
    assert not (surroundings / "archive.sqlite3").exists()


def test_a_comment_survives_making_the_brief_again(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = ["-o", "brief.md", "-o", "brief.json"]
    assert daily(*outputs) == 0
    assert run(["comments", "brief.md"]) == 0
    file = surroundings / "brief.comments.md"
    assert "2 stories, 0 comments" in capsys.readouterr().out
    text = file.read_text()
    mine = "A visit is likely.\n\nTLP:CLEAR\n\n<b>Second</b> paragraph."
    text = re.sub(r"(## Ministers.*\n<!--.*-->\n)", lambda m: f"{m[1]}\n{mine}\n", text)
    text = re.sub(r"(## Parliament.*\n<!--.*-->\n)", lambda m: f"{m[1]}\nNo change.\n", text)
    file.write_text(text)

    assert daily(*outputs) == 0
    comments = {story["headline"]: story["comment"] for story in value()["stories"]}
    assert comments == {
        "Ministers reopen the border": mine,
        "Parliament debates the budget": "No change.",
    }
    report = Path("brief.md").read_text()
    assert "> **Comment:** A visit is likely." in report
    assert "\\<b\\>Second" in report
    assert marking_of(unsealed(report)) is None
    assert file.read_text() == text, "making a brief never writes the officer's file"

    # The next day one of the two stories is gone.
    (surroundings / "day.jsonl").write_text(json.dumps(ARTICLES[0]) + "\n")
    capsys.readouterr()
    assert daily(*outputs) == 0
    assert "Parliament debates the budget" in capsys.readouterr().err
    made = value()
    assert [story["comment"] for story in made["stories"]] == [mine]
    assert any("Parliament debates the budget" in warning for warning in made["warnings"])
    assert run(["comments", "brief.json"]) == 0
    assert "No change." in file.read_text()


def test_no_brief_is_written_over_comments(surroundings: Path) -> None:
    file = surroundings / "brief.comments.md"
    file.write_text("# Mine\n")
    assert daily("-o", "brief.comments.md") == 2
    assert file.read_text() == "# Mine\n"


def test_comments_need_the_brief_in_json(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (surroundings / "brief.md").write_text(REPORT)
    (surroundings / "list.json").write_text("[]")
    for name, said in (
        ("brief.md", "-o brief.json"),
        ("none.json", "No such file"),
        ("list.json", "list.json is no brief"),
    ):
        assert run(["comments", name]) == 1
        assert said in capsys.readouterr().err
    assert not (surroundings / "brief.comments.md").exists()


def test_lint_names_what_it_finds_in_every_form_of_a_brief(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert daily("-o", "brief.md", "-o", "brief.json") == 0
    assert run(["lint", "brief.md", "brief.json", "2022-07-17"]) == 0, capsys.readouterr().out
    assert run(["comments", "brief.json"]) == 0
    file = surroundings / "brief.comments.md"
    file.write_text(re.sub(r"(## Parl.*\n<!--.*-->\n)", r"\1\nThe house may well agree.\n", file.read_text()))
    settings(surroundings, "[lint]\nmarking = true\n")
    capsys.readouterr()
    assert run(["lint", "brief.md"]) == 1
    found = capsys.readouterr().out.splitlines()
    assert len(found) == 2
    assert "marking: the brief is not marked" in found[0]
    assert "“may well” is outside the scale" in found[1]
    assert "Parliament debates the budget" in found[1]
    # The same sentence of the source is left alone; in the next brief the comment is found.
    assert daily("--tlp", "GREEN", "-o", "brief.json", "-o", "brief.md") == 0
    capsys.readouterr()
    assert run(["lint", "brief.json"]) == run(["lint", "2022-07-17"]) == 1
    assert capsys.readouterr().out.count("“may well”") == 2
    assert run(["lint", "brief.comments.md"]) == 1


@pytest.mark.parametrize(
    "name", ["none.json", "none.md", "2022-01-01", "brief.html", "list.json", "bad.json"]
)
def test_what_lint_cannot_read_is_said(
    name: str, surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (surroundings / "brief.html").write_text("<p>")
    (surroundings / "list.json").write_text('{"stories": [1]}')
    (surroundings / "bad.json").write_bytes(b"\xff{")
    assert run(["lint", name]) == 1
    assert name in capsys.readouterr().err


# By mail


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server(monkeypatch) as box:
        yield box


def mail(*arguments: str, report: str = REPORT) -> int:
    Path("brief.md").write_text(report)
    return run(["email", "brief.md", "--to", "ana@x.org", *arguments])


def last(box: Mailbox) -> tuple[str, str, str]:
    """Subject, text and page of the mail that came last."""
    message = box.received[-1]
    parts = {
        part.get_content_type(): part.get_payload(decode=True).decode().replace("\r\n", "\n")
        for part in message.walk()
        if part.get_content_maintype() == "text"
    }
    return str(make_header(decode_header(message["Subject"]))), parts["text/plain"], parts["text/html"]


@pytest.mark.parametrize(
    ("report", "setting", "flag", "sent"),
    [
        (REPORT, None, None, None),
        (REPORT, "AMBER", None, "TLP:AMBER"),
        (REPORT, "AMBER", "RED", "TLP:RED"),
        (REPORT, "AMBER", "GREEN", "TLP:GREEN"),
        (f"TLP:AMBER\n\n{REPORT}", None, None, "TLP:AMBER"),
        (f"TLP:AMBER\n\n{REPORT}", "CLEAR", None, "TLP:AMBER"),
        (f"TLP:GREEN\n\n{REPORT}", "AMBER", None, "TLP:GREEN"),
        (f"**TLP:AMBER**\n\n{REPORT}", "CLEAR", "AMBER+STRICT", "TLP:AMBER+STRICT"),
        (f"{REPORT}\nTLP:CLEAR\n\nAn article said so.\n", "AMBER", None, "TLP:AMBER"),
    ],
)
def test_the_mail_is_marked_as_asked_as_the_report_is_or_as_the_settings_say(
    report: str,
    setting: str | None,
    flag: str | None,
    sent: str | None,
    surroundings: Path,
    mailbox: Mailbox,
) -> None:
    settings(surroundings, f'[marking]\ntlp = "{setting}"\n' if setting else "")
    assert mail(*(["--tlp", flag] if flag else []), report=report) == 0
    subject, text, page = last(mailbox)
    heading = "Daily brief, 17 July 2022"
    assert subject == (f"{sent} {heading}" if sent else heading)
    assert marking_lines(text) == (sent, sent)
    if sent:
        assert len(re.findall(rf">{re.escape(sent)}</(?:p|strong)>", page)) == 2


@pytest.mark.parametrize("flag", ["CLEAR", "GREEN", "AMBER"])
def test_no_flag_lowers_the_marking_of_a_report(
    flag: str, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mail("--tlp", flag, report=f"TLP:AMBER+STRICT\n\n{REPORT}") == 2
    assert "brief.md is marked TLP:AMBER+STRICT" in capsys.readouterr().err
    assert mailbox.received == []


def test_a_setting_that_is_not_followed_is_said(
    surroundings: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(surroundings, '[marking]\ntlp = "CLEAR"\n')
    assert mail(report=f"TLP:RED\n\n{REPORT}") == 0
    assert "brief.md is marked TLP:RED, so it goes out as such" in capsys.readouterr().err


def test_a_mail_marked_otherwise_is_another_mail(mailbox: Mailbox) -> None:
    assert mail() == mail() == 0
    assert mail("--tlp", "GREEN") == 0
    assert [str(message["Subject"])[:4] for message in mailbox.received] == ["Dail", "TLP:"]


def test_the_file_of_a_mail_is_marked_too(surroundings: Path) -> None:
    assert mail("--tlp", "RED", "--from", "desk@x.org", "--eml", "brief.eml") == 0
    message = (surroundings / "brief.eml").read_text()
    assert "Subject: TLP:RED Daily brief" in message
    assert message.count("**TLP:RED**") == 2


def test_a_marked_brief_goes_from_daily_to_the_reader(mailbox: Mailbox) -> None:
    assert daily("--tlp", "AMBER", "-o", "brief.md", "-o", "brief.html") == 0
    assert run(["email", "brief.md", "--to", "ana@x.org", "--attach", "brief.html"]) == 0
    subject, text, _ = last(mailbox)
    assert subject == "TLP:AMBER Daily brief, 17 July 2022"
    assert text == unsealed(Path("brief.md").read_text())
