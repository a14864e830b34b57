"""Files, folders and patterns, and everything that can be wrong with them."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.ingest import IngestOptions, read
from briefing.types import Failure, Intake

NOBODY = 65534
TEXT = "The ministers met in Vienna on Friday."


def only_failure(intake: Intake) -> Failure:
    (failure,) = intake.failures
    assert failure.remedy
    return failure


def origins(intake: Intake, top: Path) -> list[str]:
    return [str(Path(article.origin).relative_to(top)) for article in intake.articles]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/2.md", "a/10.txt", "c.TXT", "plain", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}")
    return tmp_path


def test_no_sources_is_wrong_usage() -> None:
    with pytest.raises(UsageError):
        read([])


def test_a_folder_is_read_to_the_bottom_in_sorted_order_without_hidden_files(folder: Path) -> None:
    assert origins(read([str(folder)]), folder) == ["a/10.txt", "a/2.md", "b.txt", "c.TXT", "plain"]


def test_files_of_other_kinds_are_listed_and_no_failure(folder: Path) -> None:
    for name in ("x.pdf", "README.md", "y.docx"):
        (folder / name).write_bytes(b"%PDF-")
    intake = read([str(folder)])
    assert len(intake.articles) == 5
    assert not intake.failures
    assert intake.warnings == (f"{folder}: left out, of kinds that are not read: README.md, x.pdf, y.docx",)


def test_a_pattern_is_expanded_in_sorted_order(folder: Path) -> None:
    assert origins(read([f"{folder}/**/*.txt"]), folder) == ["a/10.txt", "b.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT)
    (tmp_path / "a1.txt").write_text(TEXT)
    assert origins(read([f"{tmp_path}/a[1].txt"]), tmp_path) == ["a[1].txt"]


@pytest.mark.parametrize("name", ["none.txt", "*.none", "a\0b", "x" * 5000])
def test_a_missing_source_is_named_and_the_rest_is_read(name: str, folder: Path) -> None:
    intake = read([str(folder / name), str(folder / "b.txt")])
    assert len(intake.articles) == 1
    assert only_failure(intake).source == str(folder / name)


def test_a_folder_with_nothing_to_read_is_a_failure(tmp_path: Path) -> None:
    assert "holds nothing" in only_failure(read([str(tmp_path)])).reason


def test_a_link_loop_ends_and_is_named(folder: Path) -> None:
    (folder / "a" / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    intake = read([str(folder)])
    assert len(intake.articles) == 5
    reasons = {failure.source: failure.reason for failure in intake.failures}
    assert reasons == {
        f"{folder}/a/up": "the link leads back to a folder that it is in",
        f"{folder}/self": os.strerror(errno.ELOOP).lower(),
    }


def test_a_link_to_another_folder_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.txt").write_text(TEXT)
    for name in ("one", "two"):
        (tmp_path / "here" / name).symlink_to(tmp_path / "there")
    assert origins(read([str(tmp_path / "here")]), tmp_path) == ["here/one/a.txt"]


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and no right to read everything: root gives up its rights for the test."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        top = Path(name)
        top.chmod(0o755)
        (top / "b.txt").write_text(TEXT)
        (top / "closed").mkdir()
        (top / "closed.txt").write_text(TEXT)
        (top / "closed").chmod(0)
        (top / "closed.txt").chmod(0)
        was_root = os.geteuid() == 0
        if was_root:
            os.seteuid(NOBODY)
        try:
            yield top
        finally:
            if was_root:
                os.seteuid(0)
            (top / "closed").chmod(0o700)


def test_what_may_not_be_read_is_named_and_the_rest_is_read(unprivileged: Path) -> None:
    intake = read([str(unprivileged)])
    assert origins(intake, unprivileged) == ["b.txt"]
    reasons = {failure.source: failure.reason for failure in intake.failures}
    assert reasons == {
        f"{unprivileged}/closed": "permission denied",
        f"{unprivileged}/closed.txt": "it cannot be opened: permission denied",
    }


def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    intake = read([str(tmp_path), str(tmp_path / "pipe.txt"), "/dev/zero"])
    assert [failure.source for failure in intake.failures] == [
        f"{tmp_path}/pipe.txt",
        f"{tmp_path}/pipe.txt",
        "/dev/zero",
    ]
    assert {failure.reason for failure in intake.failures} == {"it is no regular file"}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".eml", ".mbox", ".json", ".jsonl", ".xml", ""])
@pytest.mark.parametrize("content", [b"", b" \n\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named_whatever_its_kind(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    failure = only_failure(read([str(path)]))
    assert failure.source == str(path)
    assert failure.reason in {"there is nothing in it", "there is no text in it"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x7fELF\x02\x01\x01\x00\x00", "it is a binary file, not text"),
        (bytes(range(256)) * 10, "it is a binary file, not text"),
        (b"%PDF-1.7\n%\xe2\xe3\n", "it is a PDF file, not text"),
        (b"PK\x03\x04\x14\x00", "it is an office document or ZIP archive, not text"),
        (b"\x1f\x8b\x08\x00", "it is compressed with gzip, not text"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".xml", ".json", ".jsonl", ".eml", ".mbox", ".bin"])
def test_a_binary_file_is_named_whatever_it_is_called(
    content: bytes, reason: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    assert only_failure(read([str(path)])).reason == reason


@pytest.mark.parametrize("suffix", [".txt", ".html", ".eml", ".xml", ".json", ".md"])
def test_fifty_megabytes_of_text_are_refused_in_words(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"The ministers met again. " * 40_000)
    failure = only_failure(read([str(path)]))
    assert failure.reason == "it is larger than 20 MB, too large for one document"


def test_an_article_longer_than_any_article_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ministers met again. " * 50_000)
    failure = only_failure(read([str(path)], IngestOptions()))
    assert failure.reason == "its text has 1,250,000 characters, more than 1,000,000"


def test_standard_input_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "in").write_text(TEXT)
    with (tmp_path / "in").open("rb") as stdin:
        intake = read(["-", "-"], stdin=stdin)
    assert [article.origin for article in intake.articles] == ["-"]
    assert only_failure(intake).source == "-"


def test_a_slow_pipe_on_standard_input_is_read_whole() -> None:
    first, second = os.pipe()
    writer = (
        'import sys; [(sys.stdout.write(c), sys.stdout.flush()) for c in \'{"text": "One letter a write."}\']'
    )
    with os.fdopen(first, "rb") as stdin, subprocess.Popen([sys.executable, "-c", writer], stdout=second):
        os.close(second)
        intake = read(["-"], stdin=stdin)
    assert intake.articles[0].text == "One letter a write."


def test_only_the_parsers_that_are_needed_wake(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    program = (
        "import sys; from briefing.ingest import read; assert read([sys.argv[1]]).articles;"
        "print(*{'trafilatura', 'feedparser', 'httpx', 'lxml', 'markdown_it'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.txt")]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "\n"
