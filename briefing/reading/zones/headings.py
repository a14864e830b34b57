"""Headings within a text: short lines without a full stop before a paragraph."""

from __future__ import annotations

import re

from briefing.reading.furniture import LONGEST_LINK
from briefing.reading.zones.sheet import ENDS, WORDS, Sheet, Unit

# Words of a heading within the text.
_HEADING = 8
# Words of a sentence that makes a paragraph of what is below a heading.
_PARAGRAPH = 8

_LISTED = re.compile(r"\s*(?:[-•·*#|>+]|\d{1,3}[.)])\s")
_MAY_HEAD = re.compile(r"[\"“‘'(]?[A-Z0-9À-Þ]")


def mark_headings(sheet: Sheet) -> None:
    """Marks the headings of a text whose lines are paragraphs."""
    if not sheet.has_paragraphs:
        return
    for n, unit in enumerate(sheet.units[:-1]):
        below = sheet.units[n + 1]
        if not unit.line or sheet.is_marked(unit) or not below.opens:
            continue
        said = sheet.said(unit)
        if (
            len(said) <= LONGEST_LINK
            and len(WORDS.findall(said)) <= _HEADING
            and is_headline(said)
            and _is_paragraph(sheet, below)
            and (n == 0 or sheet.is_marked(sheet.units[n - 1]) or sheet.ended(sheet.units[n - 1]))
        ):
            sheet.mark(unit.start, unit.end, "heading")


def is_headline(said: str) -> bool:
    """Whether words could be a heading."""
    return not (ENDS.search(said) or _LISTED.match(said) or "|" in said or "**" in said) and (
        _MAY_HEAD.match(said) is not None
    )


def _is_paragraph(sheet: Sheet, unit: Unit) -> bool:
    said = sheet.said(unit)
    return _MAY_HEAD.match(said) is not None and (
        not unit.closes or (len(WORDS.findall(said)) >= _PARAGRAPH and sheet.ended(unit))
    )
