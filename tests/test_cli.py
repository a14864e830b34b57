from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import briefing.render
from briefing.archive import Archive
from briefing.cli import run
from briefing.history import History
from briefing.models import load_models
from briefing.seal import check_seal
from tests.desk import Mailbox, evidence_in, mail_server, without_own_settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "2022-11-15"
DAY = ["--date", "2022-11-15"]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, an archive of its own, and none of the user's settings."""
    without_own_settings(monkeypatch, models_dir)
    monkeypatch.setenv("BRIEFING_PATHS_ARCHIVE", str(tmp_path / "archive.sqlite3"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """An archive with what the stages make of the example day, and with no brief."""
    folder = tmp_path_factory.mktemp("results")
    archive = folder / "archive.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        without_own_settings(patch, models_dir)
        patch.setenv("BRIEFING_PATHS_ARCHIVE", str(archive))
        patch.chdir(folder)
        assert run(["daily", str(EXAMPLE), *DAY, "-o", "brief.json"]) == 0
    with closing(sqlite3.connect(archive)) as database, database:
        database.execute("DELETE FROM brief")
        database.execute("DELETE FROM article")
    return archive


@pytest.fixture
def day_was_read(results: Path, surroundings: Path) -> None:
    """For a test of what is made of results: those of the example day are there already."""
    shutil.copy(results, surroundings / "archive.sqlite3")


def lines(captured: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.splitlines()]


def brief(*arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["daily", *arguments, *DAY, "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert isinstance(value, dict)
    return value


def test_the_example_day_becomes_a_brief_that_keeps_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    made = brief(str(EXAMPLE), "--with-text", capsys=capsys)
    schema = Path(briefing.render.__file__).with_name("brief.schema.json")
    jsonschema.Draft202012Validator(json.loads(schema.read_text())).validate(made)
    assert len(made["stories"]) == 7
    assert [article["title"] for story in made["stories"] for article in story["duplicates"]] == [
        "Readout of President Joe Biden’s Call with President Andrzej Duda of Poland"
    ]


@pytest.mark.usefixtures("day_was_read")
def test_every_evidence_of_a_brief_quotes_its_article(capsys: pytest.CaptureFixture[str]) -> None:
    made = brief(str(EXAMPLE), "--with-text", capsys=capsys)
    articles = {article["id"]: article for story in made["stories"] for article in story["articles"]}
    found = list(evidence_in(made))
    assert len(found) > 50
    for one in found:
        article = articles[one["article"]]
        text = article["title"] if one.get("field") == "title" else article["text"]
        assert text[one["start"] : one["end"]] == one["quote"]


@pytest.mark.usefixtures("day_was_read")
def test_who_met_whom_on_the_example_day(capsys: pytest.CaptureFixture[str]) -> None:
    rows = brief(str(EXAMPLE), capsys=capsys)["meetings"]
    met = {
        frozenset(party["side"] for party in row["parties"]): row["format"]
        for row in rows
        if row["status"] == "held"
    }
    assert met[frozenset({"United States", "Poland"})] == "call"
    assert met[frozenset({"United States", "China"})] == "meeting"
    assert met[frozenset({"United States", "India", "Indonesia"})] == "meeting"


@pytest.mark.usefixtures("day_was_read")
def test_one_run_writes_several_formats(surroundings: Path) -> None:
    files = ["brief.md", "brief.html", "brief.json"]
    assert run(["daily", str(EXAMPLE), *DAY, *(part for name in files for part in ("-o", name))]) == 0
    assert check_seal((surroundings / "brief.md").read_text()) == "intact"
    assert (surroundings / "brief.html").read_text().startswith("<!DOCTYPE html>")
    assert json.loads((surroundings / "brief.json").read_text())["schema"] == 1


def test_a_second_run_computes_nothing_and_says_the_same(
    surroundings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = brief(str(EXAMPLE), capsys=capsys)

    def unexpected(*arguments: object) -> None:
        raise AssertionError("a model was loaded for work that was done before")

    monkeypatch.setattr("briefing.pipeline.load_selector", unexpected)
    monkeypatch.setattr("briefing.pipeline.load_generator", unexpected)
    monkeypatch.setattr("briefing.pipeline.ArticleReader", unexpected)
    assert brief(str(EXAMPLE), capsys=capsys) == first


def test_lines_come_in_input_order_duplicates_included(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["The ministers met.", "The talks failed.", "The ministers met."]
    rows = [json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)]
    (surroundings / "in.jsonl").write_text("".join(rows))
    for command in ("slots", "summarise", "summarize"):
        assert run([command, "in.jsonl", "--format", "jsonl"]) == 0
        made = lines(capsys.readouterr().out)
        assert [line["article"]["id"] for line in made] == ["0", "1", "2"]
        assert all(line["schema"] == 1 for line in made)


def test_a_summary_line_keeps_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["summarise", str(EXAMPLE / "call-with-poland.txt"), "--format", "jsonl", "--with-text"]) == 0
    (line,) = lines(capsys.readouterr().out)
    assert line["summary"] == " ".join(sentence["text"] for sentence in line["sentences"])
    assert line["checked"] is None, "nothing was generated"
    for one in evidence_in(line["sentences"]):
        assert line["article"]["text"][one["start"] : one["end"]] == one["quote"]


def test_length_is_never_more_than_asked(capsys: pytest.CaptureFixture[str]) -> None:
    source = str(EXAMPLE / "meeting-with-china.html")
    assert run(["summarise", source, "--format", "jsonl", "--sentences", "2", "--words", "45"]) == 0
    (line,) = lines(capsys.readouterr().out)
    assert 1 <= len(line["sentences"]) <= 2
    assert len(line["summary"].split()) <= 45


def test_sentences_are_tightened_unless_they_are_asked_for_as_they_stand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, surroundings: Path
) -> None:
    said = "The two ministers also signed the treaty today."
    text = f"ISLAMABAD: {said}"
    (surroundings / "in.jsonl").write_text(json.dumps({"text": text, "date": "2022-11-15"}))
    printed = []
    for flags in ([], ["--verbatim"]):
        assert run(["summarise", "in.jsonl", "--format", "jsonl", *flags]) == 0
        (line,) = lines(capsys.readouterr().out)
        assert line["sentences"][0]["evidence"] == [{"start": 11, "end": len(text), "quote": said}]
        printed.append(line["summary"])
    assert printed == ["The two ministers signed the treaty [15 November 2022].", said]
    monkeypatch.setenv("BRIEFING_SUMMARY_VERBATIM", "true")
    assert brief("in.jsonl", capsys=capsys)["stories"][0]["summary"]["text"] == said


def test_standard_input_is_a_source(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, surroundings: Path
) -> None:
    (surroundings / "in").write_text('{"text": "The ministers met in Vienna."}\n')
    with (surroundings / "in").open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert run(["slots", "-", "--format", "jsonl"]) == 0
    assert len(lines(capsys.readouterr().out)) == 1


def test_a_reprint_in_another_kind_of_file_is_no_source(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "The foreign ministers of Austria and Slovenia met in Graz on Tuesday to end a dispute over freight. "
        "They agreed to open two more crossings by 1 March. At least 12 trains a day wait at the border."
    )
    (surroundings / "a.txt").write_text(text)
    (surroundings / "b.eml").write_text(
        "From: desk@agency.example\nSubject: Border crossings\nDate: Tue, 15 Nov 2022 17:00:00 +0000\n"
        f"Content-Type: text/plain; charset=utf-8\n\nGRAZ (AFP) - {text}\n\nReporting by Jo Weiss\n"
    )
    changed = text.replace("12 trains", "15 trains")
    (surroundings / "c.jsonl").write_text(json.dumps({"id": "c", "text": changed}) + "\n")
    (story,) = brief("a.txt", "b.eml", "c.jsonl", capsys=capsys)["stories"]
    assert len(story["articles"]) == 2
    assert len(story["duplicates"]) == 1
    assert "c" in {article["id"] for article in story["articles"]}


@pytest.mark.usefixtures("day_was_read")
def test_articles_outside_the_period_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    made = brief(str(EXAMPLE), "--period", "1d", capsys=capsys)
    assert {article["date"] for article in made["outside"]} == {"2022-11-14"}
    assert {article["date"] for story in made["stories"] for article in story["articles"]} == {"2022-11-15"}
    both = brief(str(EXAMPLE), "--period", "2022-11-14..2022-11-15", capsys=capsys)
    assert both["outside"] == []


@pytest.mark.usefixtures("day_was_read")
def test_a_source_that_fails_is_named_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["daily", str(EXAMPLE), "missing.txt", *DAY, "--format", "json"]) == 3
    captured = capsys.readouterr()
    assert "missing.txt" in captured.err
    assert [failure["source"] for failure in json.loads(captured.out)["failures"]] == ["missing.txt"]


@pytest.mark.parametrize("command", ["daily", "summarise", "slots"])
def test_nothing_made_is_status_1(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "missing.txt"]) == 1
    captured = capsys.readouterr()
    assert "missing.txt" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["daily"],
        ["daily", ".", "--date", "yesterday"],
        ["daily", ".", "--period", "soon"],
        ["daily", ".", "--period", "2022-11-15..2022-11-14"],
        ["daily", ".", "--max-stories", "0"],
        ["daily", ".", "-o", "brief.docx"],
        ["summarise", ".", "--sentences", "0"],
        ["email", str(ROOT / "README.md")],
        ["email", str(ROOT / "README.md"), "--to", "no address", "--from", "desk@x.org", "--eml", "x.eml"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    assert run(arguments) == 2


def test_settings_that_are_wrong_stop_the_run(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (surroundings / "briefing.toml").write_text('[brief]\ntitel = "x"\n')
    assert run(["daily", str(EXAMPLE)]) == 1
    assert "brief.titel" in capsys.readouterr().err


def test_a_model_that_is_not_here_says_how_to_get_it(
    surroundings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_PATHS_MODELS", str(surroundings / "none"))
    assert run(["summarise", str(EXAMPLE), "--model", "smollm2"]) == 1
    assert "briefing models fetch smollm2" in capsys.readouterr().err


@pytest.mark.usefixtures("day_was_read")
def test_a_broken_template_leaves_the_old_brief(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (surroundings / "own.md.j2").write_text("{{ breif }}")
    (surroundings / "brief.md").write_text("yesterday's")
    assert run(["daily", str(EXAMPLE), *DAY, "--template", "own.md.j2", "-o", "brief.md"]) == 1
    assert "own.md.j2, line 1" in capsys.readouterr().err
    assert (surroundings / "brief.md").read_text() == "yesterday's"
    assert sorted(path.name for path in surroundings.glob("*.md*")) == ["brief.md", "own.md.j2"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["slots", str(EXAMPLE / "call-with-poland.txt"), "--format", "jsonl", "-o", "/dev/full"]) == 1
    assert "No space left" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["daily", "summarise", "slots"])
def test_an_output_folder_that_does_not_exist_is_said_before_the_work(
    command: str, surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, str(EXAMPLE / "call-with-poland.txt"), "-o", "no/such/folder.txt"]) == 1
    assert "there is no folder no/such" in capsys.readouterr().err
    assert not (surroundings / "archive.sqlite3").exists()


def test_help_wakes_nothing_heavy() -> None:
    code = (
        "import sys; from briefing.cli import run; run(['--help']); run(['daily', '--help'])\n"
        "print(sorted({'torch', 'transformers', 'spacy', 'numpy', 'trafilatura'} & set(sys.modules)))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.endswith("[]\n")


# Refuses every connection and look-up but those within this machine's own processes.
NO_NETWORK = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise PermissionError(f"the network is off: {event} {arguments}")
sys.addaudithook(refuse)
from briefing.archive import Archive
from briefing.cli import run
from briefing.history import History
sys.exit(run(sys.argv[1:]))
"""


def test_with_the_network_off_a_brief_is_made(surroundings: Path) -> None:
    command = [sys.executable, "-c", NO_NETWORK, "daily", str(EXAMPLE), *DAY, "-o", "brief.md"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert "Duda" in (surroundings / "brief.md").read_text()


def test_interrupted_it_says_so_and_goes_on_next_time(surroundings: Path) -> None:
    command = [sys.executable, "-m", "briefing", "slots", "-", "--format", "jsonl"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    # More than a pipe holds: once this is written, the command is reading.
    for n in range(4000):
        process.stdin.write(json.dumps({"id": n, "text": "The ministers met. " * 5}).encode() + b"\n")
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert b"interrupted" in said
    assert b"Traceback" not in said


def test_killed_in_the_middle_it_goes_on_where_it_was(surroundings: Path) -> None:
    text = (EXAMPLE / "call-with-poland.txt").read_text()
    rows = [json.dumps({"id": n, "text": f"{text} Number {n}."}) + "\n" for n in range(60)]
    (surroundings / "in.jsonl").write_text("".join(rows))
    archive = surroundings / "archive.sqlite3"
    command = [sys.executable, "-m", "briefing", "slots", "in.jsonl", "--format", "jsonl", "-o", "out.jsonl"]
    process = subprocess.Popen(command, start_new_session=True)
    kept = 0
    while not kept:
        assert process.poll() is None, "it was done before it could be killed"
        try:
            with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as database:
                (kept,) = database.execute("SELECT count(*) FROM result").fetchone()
        except sqlite3.Error:
            continue
    process.kill()
    process.wait()
    assert not (surroundings / "out.jsonl").exists()
    assert run(["slots", "in.jsonl", "--format", "jsonl", "-o", "out.jsonl"]) == 0
    assert len((surroundings / "out.jsonl").read_text().splitlines()) == 60
    with closing(sqlite3.connect(archive)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = database.execute("SELECT kind, count(*) FROM result GROUP BY kind ORDER BY kind").fetchall()
        assert counts == [("readings", 60), ("slots", 60)]


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server(monkeypatch) as box:
        yield box


@pytest.mark.usefixtures("day_was_read")
def test_a_brief_is_mailed_once(
    surroundings: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["daily", str(EXAMPLE), *DAY, "-o", "brief.md"]) == 0
    mail = ["email", "brief.md", "--to", "ana@x.org", "--bcc", "bo@x.org"]
    assert run(mail) == 0
    assert run(mail) == 0
    (message,) = mailbox.received
    assert message["Subject"] == "Daily brief, 15 November 2022"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert "not sent again" in capsys.readouterr().out
    assert run([*mail, "--resend"]) == 0
    assert len(mailbox.received) == 2


def test_a_refused_recipient_is_named_and_the_others_get_it(
    surroundings: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    (surroundings / "brief.md").write_text("# Brief\n\nText.\n")
    assert run(["email", "brief.md", "--to", "ana@x.org,nobody@x.org"]) == 3
    captured = capsys.readouterr()
    assert "ana@x.org: delivered" in captured.out
    assert "nobody@x.org" in captured.err
    assert run(["email", "brief.md", "--to", "nobody@x.org"]) == 1


@pytest.mark.usefixtures("day_was_read")
def test_an_edited_report_is_sent_with_a_warning(
    surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["daily", str(EXAMPLE), *DAY, "-o", "brief.md"]) == 0
    file = surroundings / "brief.md"
    file.write_text(file.read_text().replace("Bali", "Rome"))
    mail = ["email", "brief.md", "--to", "ana@x.org", "--from", "desk@x.org", "--eml", "brief.eml"]
    assert run(mail) == 0
    assert "no longer what" in capsys.readouterr().err
    assert b"Subject: Daily brief, 15 November 2022\r\n" in (surroundings / "brief.eml").read_bytes()


def test_a_report_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    mail = ["email", "brief.md", "--to", "ana@x.org", "--from", "desk@x.org", "--eml", "brief.eml"]
    assert run(mail) == 1
    assert "brief.md" in capsys.readouterr().err


def test_models_are_listed_shown_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "list"]) == 0
    assert "salience" in capsys.readouterr().out
    digest = load_models()["salience"].sha256
    assert digest
    assert run(["models", "show", "salience"]) == 0
    assert f"sha256: {digest}" in capsys.readouterr().out
    assert run(["models", "verify", "salience"]) == 0
    assert digest[:12] in capsys.readouterr().out


def test_templates_are_listed_and_copied(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates", "list"]) == 0
    names = capsys.readouterr().out.split()
    assert "daily.md.j2" in names
    assert run(["templates", "copy", "daily.md.j2", "--to", "mine"]) == 0
    assert (surroundings / "mine" / "daily.md.j2").is_file()


def test_settings_are_written_once(surroundings: Path) -> None:
    assert run(["init"]) == 0
    assert run(["init"]) == 1
    assert (surroundings / "briefing.toml").is_file()


def test_where_one_output_fails_the_others_are_written(
    day_was_read: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["daily", str(EXAMPLE), *DAY, "-o", "/dev/full", "-o", "brief.md", "-o", "brief.json"]) == 3
    assert Path("brief.md").stat().st_size
    assert Path("brief.json").stat().st_size
    assert "/dev/full: No space left" in capsys.readouterr().err


def test_an_archive_that_is_deleted_under_the_run_is_said_and_the_brief_written(
    day_was_read: None,
    surroundings: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    earlier_day = History.earlier_day

    def delete(self: History, date: dt.date, since: dt.date | None) -> dt.date | None:
        (surroundings / "archive.sqlite3").unlink(missing_ok=True)
        return earlier_day(self, date, since)

    monkeypatch.setattr(History, "earlier_day", delete)
    flags = ["--file", "--serial", "-o", "brief.json"]
    assert run(["daily", str(EXAMPLE), *DAY, *flags]) == 3
    assert json.loads(Path("brief.json").read_text("utf-8"))["serial"] is None
    said = capsys.readouterr().err
    assert "the brief is not filed: the archive" in said
    assert "was deleted or replaced" in said


@pytest.mark.parametrize(("closed", "status"), [(">&-", 1), ("2>&- <&-", 0)])
def test_a_stream_that_is_closed_costs_no_more_than_what_goes_there(
    closed: str, status: int, surroundings: Path
) -> None:
    command = ["sh", "-c", f'"$0" -m briefing ledger {closed}', sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert ("standard output: " in done.stderr) == bool(status)
    assert "Traceback" not in done.stderr
    with Archive(surroundings / "archive.sqlite3") as archive:
        assert archive.numbers(2022) == []
