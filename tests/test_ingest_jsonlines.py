"""JSON lines: the contract with other programs."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import IngestOptions, read
from briefing.types import Intake

TEXT = "Ministers met in Vienna. They agreed to meet again."


def read_lines(*lines: str | dict[str, Any], options: IngestOptions | None = None) -> Intake:
    content = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    return read(["-"], options, stdin=io.BytesIO(content.encode("utf-8")))


# Surrogates have no UTF-8 form, so a JSON file can hold them as escapes only: see below.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip())


@given(st.lists(texts, min_size=1), st.booleans())
def test_the_text_stays_as_it_is(contents: list[str], escaped: bool) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=escaped) for text in contents]
    articles = read_lines(*lines).articles
    assert [article.text for article in articles] == contents
    assert [article.id for article in articles] == [
        hashlib.sha256(text.encode()).hexdigest()[:12] for text in contents
    ]


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    text = "\U0001f91d Cafe\u0301 talks \U0001f1eb\U0001f1f7 resume.\r\nNext\tline\u2028end."
    (article,) = read_lines({"text": text}).articles
    assert article.text[2:7] == "Cafe\u0301"
    assert len(article.text) == len(text)


@pytest.mark.parametrize(
    ("given_id", "read_id"), [("a/b.md", "a/b.md"), (7, "7"), ("07", "07"), (" x ", " x ")]
)
def test_the_id_passes_through_as_a_string(given_id: object, read_id: str) -> None:
    intake = read_lines({"id": given_id, "text": TEXT})
    assert intake.articles[0].id == read_id
    assert not intake.warnings


@pytest.mark.parametrize("given_id", [None, "", True, [1], {"a": 1}])
def test_what_is_no_id_is_replaced_by_the_digest(given_id: object) -> None:
    (article,) = read_lines({"id": given_id, "text": TEXT}).articles
    assert article.id == article.sha256[:12]


def test_a_repeated_id_stays_with_a_warning() -> None:
    intake = read_lines({"id": "a", "text": TEXT}, {"id": "a", "text": "Another text."})
    assert [article.id for article in intake.articles] == ["a", "a"]
    assert intake.warnings == ("-:2: the id 'a' is also that of -:1; both stay",)
    assert not intake.failures


def test_duplicates_stay_in_their_places() -> None:
    intake = read_lines(
        {"id": "a", "text": "The two sides’ talks—long awaited—began."},
        {"id": "b", "text": TEXT},
        {"id": "c", "text": "the two sides' talks - long  awaited - began"},
        {"id": "d", "text": TEXT},
    )
    assert [article.id for article in intake.articles] == ["a", "b", "c", "d"]
    assert intake.duplicates == {2: 0, 3: 1}
    assert "-:4 is the same text as -:2: read once" in intake.warnings


@pytest.mark.parametrize("text", ["Pledged $5 million.", "Pledged €5 million.", "Pledged $50 million."])
def test_a_different_sum_is_no_duplicate(text: str) -> None:
    assert not read_lines({"text": "Pledged $500 million."}, {"text": text}).duplicates


@pytest.mark.parametrize(
    ("stated", "day", "moment"),
    [
        ("2023-04-21", dt.date(2023, 4, 21), None),
        ("2023-04-21T23:30:00-05:00", dt.date(2023, 4, 21), "2023-04-22T04:30:00+00:00"),
        ("2023-04-21T10:00:00Z", dt.date(2023, 4, 21), "2023-04-21T10:00:00+00:00"),
        ("2023-04-21 10:00", dt.date(2023, 4, 21), None),
        ("Fri, 21 Apr 2023 10:00:00 +0200", dt.date(2023, 4, 21), "2023-04-21T08:00:00+00:00"),
        ("Fri, 21 Apr 2023 10:00:00 -0000", dt.date(2023, 4, 21), None),
        ("21 April 2023", dt.date(2023, 4, 21), None),
        ("April 21st, 2023", dt.date(2023, 4, 21), None),
        ("Sept. 3, 2023", dt.date(2023, 9, 3), None),
    ],
)
def test_full_dates_are_read(stated: str, day: dt.date, moment: str | None) -> None:
    intake = read_lines({"text": TEXT, "date": stated})
    (article,) = intake.articles
    assert article.date == day
    published = article.published.astimezone(dt.UTC).isoformat() if article.published else None
    assert published == moment
    assert not intake.warnings


@pytest.mark.parametrize(
    "stated",
    [
        "2004-2005",
        "2023",
        "2023-04",
        "04/05/2023",
        "yesterday",
        "2023-02-30",
        "21 Foo 2023",
        1682035200,
        ["x"],
    ],
)
def test_what_is_no_full_date_gives_none_and_a_warning(stated: object) -> None:
    intake = read_lines({"id": "a", "text": TEXT, "date": stated})
    assert intake.articles[0].date is None
    assert intake.articles[0].published is None
    (warning,) = intake.warnings
    assert warning.startswith('-:1: "date" ')


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1, 2]", "a list where an object belongs"),
        ('"text"', "a string where an object belongs"),
        ("null", "null where an object belongs"),
        ('{"id": "x"}', 'the object has no "text"'),
        ('{"text": 5}', '"text" is a number, not a string'),
        ('{"text": null}', '"text" is null, not a string'),
        ('{"text": ""}', '"text" is empty'),
        ('{"text": " \\n "}', '"text" is empty'),
        ('{"text": "cut \\ud83d"}', '"text" holds half a character, \\ud83d, at offset 4'),
        ('{"text": "open', "the line is not valid JSON: Unterminated string starting at, column 10"),
        ("[" * 200_000, "the line is not valid JSON: it is nested too deeply"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "the line is not valid JSON: Exceeds the limit"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(line: str, reason: str) -> None:
    intake = read_lines({"text": TEXT}, line, {"text": "Another text."})
    assert [article.origin for article in intake.articles] == ["-:1", "-:3"]
    (failure,) = intake.failures
    assert failure.source == "-:2"
    assert failure.reason.startswith(reason)
    assert failure.remedy


def test_a_line_that_is_not_utf8_is_named_and_the_others_go_on() -> None:
    data = b'{"text": "One."}\n{"text": "Caf\xe9"}\n\n{"text": "Two."}\r\n'
    intake = read(["-"], stdin=io.BytesIO(data))
    assert [article.origin for article in intake.articles] == ["-:1", "-:4"]
    assert intake.failures[0].source == "-:2"
    assert "not UTF-8" in intake.failures[0].reason


def test_an_overlong_line_is_passed_over_without_being_held() -> None:
    options = IngestOptions(max_bytes=200_000)
    intake = read_lines({"text": "x" * 1_000_000}, {"text": TEXT}, options=options)
    assert [article.origin for article in intake.articles] == ["-:2"]
    assert intake.failures[0].source == "-:1"
    assert "longer than 0.2 MB" in intake.failures[0].reason


def test_damaged_metadata_costs_a_warning_and_not_the_article() -> None:
    intake = read_lines('{"id": "a", "text": "Whole.", "title": "cut \\ud83d", "source": 3, "url": null}')
    (article,) = intake.articles
    assert (article.title, article.source, article.url) == (None, None, None)
    assert len(intake.warnings) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_first_line(encoding: str) -> None:
    content = '{"text": "Café."}\n{"text": "Zwei."}\n'
    intake = read(["-"], stdin=io.BytesIO(content.encode(encoding)))
    assert [article.text for article in intake.articles] == ["Café.", "Zwei."]
