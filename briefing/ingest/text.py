"""Reads plain text and Markdown files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from briefing.ingest.clean import tidy, tidy_line, unwrap
from briefing.ingest.dates import read_date
from briefing.ingest.decoding import decode
from briefing.ingest.document import Document, Item, Notice, make_article, our_own
from briefing.seal import is_own

# What a header block may hold, and what each means.
_NAMES = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "source": "source",
    "outlet": "source",
    "publisher": "source",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
    "author": "author",
}
_HEADER_LINE = re.compile(rf"({'|'.join(_NAMES)})[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_LONGEST_TITLE = 250
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_LONGEST_FRONT_MATTER = 20_000
_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)")
_UNDERLINED = re.compile(r"\s*([^\n]+)\n=+[ \t]*(?:\n|$)")


def read_text(document: Document) -> Iterator[Item]:
    """The one article of a text file.

    A block of "Title: …" lines on top gives title, date, source, url and language.  Without a title
    there, the first line is the title if it is short, ends in no full stop and has a blank line below.
    """
    text, warning = decode(document.read(), document.origin, document.charset)
    if warning:
        yield Notice(warning)
    if is_own(text):
        yield our_own(document.origin)
        return
    fields, body = _header_block(_plain_line_ends(document.bounded(text)))
    if "title" not in fields:
        title, body = _first_line_title(body)
        if title:
            fields["title"] = title
    yield from _article(document, fields, tidy(unwrap(body)))


def read_markdown(document: Document) -> Iterator[Item]:
    """The one article of a Markdown file: its front matter and first heading, its marks left out."""
    from briefing.ingest.markdown import markdown_text  # wakes a parser that few runs need

    text, warning = decode(document.read(), document.origin, document.charset)
    if warning:
        yield Notice(warning)
    if is_own(text):
        yield our_own(document.origin)
        return
    text = _plain_line_ends(document.bounded(text))
    fields, body = _front_matter(text)
    if not fields:
        fields, body = _header_block(text)
    if heading := _HEADING.match(body) or _UNDERLINED.match(body):
        fields.setdefault("title", markdown_text(heading[1]))
        body = body[heading.end() :]
    yield from _article(document, fields, markdown_text(body))


def _article(document: Document, fields: Mapping[str, str], text: str) -> Iterator[Item]:
    stated = fields.get("date", "")
    date, published = read_date(stated) if stated else (None, None)
    if stated and date is None:
        yield Notice(
            f"{document.origin}: {stated[:40]!r} is not a full date such as 2023-04-21: read without it"
        )
    yield make_article(
        document.origin,
        text,
        title=tidy_line(fields.get("title")),
        date=date,
        published=published,
        source=tidy_line(fields.get("source")),
        url=fields.get("url") or document.url,
        language=fields.get("language") or document.language,
    )


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _header_block(text: str) -> tuple[dict[str, str], str]:
    """(fields, rest); no fields unless every line above the first blank one is a known field."""
    block, _, rest = text.lstrip("\n").partition("\n\n")
    lines = [_HEADER_LINE.fullmatch(line.strip()) for line in block.split("\n")]
    found = [line for line in lines if line]
    if len(found) < len(lines) or not rest.strip():
        return {}, text
    return {_NAMES[line[1].lower()]: line[2].strip() for line in found if line[2].strip()}, rest


def _first_line_title(text: str) -> tuple[str | None, str]:
    first, newline, rest = text.lstrip().partition("\n")
    first = first.strip()
    blank = newline and rest.split("\n", 1)[0].strip() == "" and rest.strip()
    if not blank or len(first) > _LONGEST_TITLE or first.endswith((".", "!”", ".”", '."', ":", ",", ";")):
        return None, text
    return first, rest


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT_MATTER.match(text.lstrip("\n"))
    if not found or len(found[0]) > _LONGEST_FRONT_MATTER:
        return {}, text
    try:
        # BaseLoader knows no tags and makes every scalar a string, dates too.
        content = yaml.load(found[1] or "", yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        return {}, text
    if not isinstance(content, dict):
        return {}, text
    fields = {
        _NAMES[key.lower()]: value.strip()
        for key, value in content.items()
        if isinstance(key, str) and isinstance(value, str) and key.lower() in _NAMES and value.strip()
    }
    return fields, text.lstrip("\n")[found.end() :]
