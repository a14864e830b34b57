"""Reads JSON lines, and JSON arrays and objects of the same form.

The text stays as it is, character for character, because evidence offsets of other programs may
point into it.  What cannot be used is named by line, and the other lines go on.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping

from briefing.errors import SourceError
from briefing.ingest.dates import read_date
from briefing.ingest.decoding import decode
from briefing.ingest.document import MEGABYTE, Document, Item, Notice, nothing_in_it, our_own, text_id
from briefing.seal import is_own_object
from briefing.types import Article, Failure

_FORM = 'Each article is an object such as {"id": "1", "title": "…", "date": "2023-04-21", "text": "…"}.'
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_jsonlines(document: Document) -> Iterator[Item]:
    """One item or more a line; blank lines are passed over.

    Raises SourceError where the file holds no line at all.
    """
    if document.head().startswith((b"\xff\xfe", b"\xfe\xff")):
        text, _ = decode(document.read(), document.origin)
        lines = ((number, line) for number, line in enumerate(text.split("\n"), 1))
        return _each_line(document, lines)
    return _each_line(document, document.lines())


def read_json(document: Document) -> Iterator[Item]:
    """The articles of an array, or the one that an object is.

    Raises SourceError where the content is not JSON.
    """
    text, warning = decode(document.read(), document.origin, "utf-8")
    if warning:
        yield Notice(warning)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":  # JSON lines after all
            yield from _each_line(document, enumerate(text.split("\n"), 1))
            return
        raise SourceError(f"it is not valid JSON: {_why(error)}", _FORM) from error
    if not isinstance(content, list):
        yield from _article(document, document.origin, content)
        return
    if not content:
        yield Notice(f"{document.origin} is an empty list")
    for number, entry in enumerate(content, 1):
        yield from _article(document, f"{document.origin} item {number}", entry)


def _each_line(
    document: Document, lines: Iterator[tuple[int, bytes | None]] | Iterator[tuple[int, str]]
) -> Iterator[Item]:
    seen = False
    for number, line in lines:
        where = f"{document.origin}:{number}"
        if line is None:
            seen = True
            limit = f"{document.max_bytes / MEGABYTE:g} MB"
            yield Failure(where, f"the line is longer than {limit}", "Is it really one article? Split it.")
        elif line.strip():
            seen = True
            try:
                content = json.loads(line if isinstance(line, str) else line.decode("utf-8-sig").strip())
            except UnicodeDecodeError as error:
                yield Failure(
                    where, f"the line is not UTF-8: {error.reason} at byte {error.start}", "Save it as UTF-8."
                )
            except (ValueError, RecursionError) as error:
                yield Failure(where, f"the line is not valid JSON: {_why(error)}", _FORM)
            else:
                yield from _article(document, where, content)
    if not seen:
        raise nothing_in_it()


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _article(document: Document, where: str, content: object) -> Iterator[Item]:
    if isinstance(content, dict) and is_own_object(content):
        yield our_own(document.origin)
        return
    if not isinstance(content, dict):
        yield Failure(where, f"{_name(content)} where an object belongs", _FORM)
        return
    text = content.get("text")
    if not isinstance(text, str) or not text.strip():
        if "text" not in content:
            reason = 'the object has no "text"'
        else:
            reason = '"text" is empty' if isinstance(text, str) else f'"text" is {_name(text)}, not a string'
        yield Failure(where, reason, _FORM)
        return
    if lone := _SURROGATE.search(text):
        yield Failure(
            where,
            f'"text" holds half a character, \\u{ord(lone[0]):04x}, at offset {lone.start()}',
            "It was cut in mid-character: export it again whole.",
        )
        return
    fields = _Fields(where, content)
    date, published = fields.date()
    article = Article(
        id=fields.id() or text_id(text),
        text=text,
        title=fields.string("title"),
        date=date,
        published=published,
        source=fields.string("source"),
        url=fields.string("url"),
        language=fields.string("language") or document.language,
        origin=where,
    )
    yield from fields.notices
    yield article


class _Fields:
    """Takes the optional fields out of an object, and notes what was wrong with them."""

    def __init__(self, where: str, content: Mapping[str, object]) -> None:
        self._where = where
        self._content = content
        self.notices: list[Notice] = []

    def string(self, key: str) -> str | None:
        """The field's text; None where there is none, with a notice where there is something else."""
        value = self._content.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self._left_out(key, f"is {_name(value)}, not a string")
            return None
        if _SURROGATE.search(value):
            self._left_out(key, "holds half a character")
            return None
        return value

    def id(self) -> str | None:
        """The id as a string; numbers count."""
        value = self._content.get("id")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return self.string("id")

    def date(self) -> tuple[dt.date | None, dt.datetime | None]:
        """Day and moment of publication."""
        value = self.string("date")
        if value is None:
            return None, None
        day, moment = read_date(value)
        if day is None:
            self._left_out("date", f"{value[:40]!r} is not a full date such as 2023-04-21")
        return day, moment

    def _left_out(self, key: str, why: str) -> None:
        self.notices.append(Notice(f'{self._where}: "{key}" {why}: read without it'))


def _name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
