"""Sentences and lines that are furniture as a whole, captions of pictures, and credits in brackets."""

from __future__ import annotations

import re

from briefing.reading.furniture import LINK_WORDS, Furniture
from briefing.reading.zones.sheet import Sheet, Unit
from briefing.types import ZoneKind

_LONGEST_CAPTION = 500  # characters
# Characters beside brackets that tell whether a sentence begins or ends there.
_BESIDE = 8
# Words in brackets that may be a short name.
_SHORT_NAME = 2

_FULL_STOPS = '.!?”"'
_BRACKETS = re.compile(r"\(([^()\n]{3,300})\)|\[([^\[\]\n]{3,300})\]")


def mark_whole(sheet: Sheet, furniture: Furniture) -> None:
    """Marks what is furniture as a whole, or opens with a pointer."""
    known: dict[tuple[str, bool], ZoneKind | None] = {}
    for unit in sheet.units:
        said = sheet.said(unit)
        key = (said, unit.line and sheet.several)
        if key not in known:
            known[key] = furniture.whole(said, line=key[1])
        kind = known[key]
        if kind is not None:
            end = _end_of_caption(sheet, furniture, unit, said) if kind == "caption" else unit.end
            sheet.mark(unit.start, end, kind)
        elif (pointer := furniture.pointer(said, line=key[1])) is not None:
            sheet.mark(unit.start, unit.start + pointer, "link")
    if sheet.several:
        _mark_captions(sheet, furniture)


def _end_of_caption(sheet: Sheet, furniture: Furniture, unit: Unit, said: str) -> int:
    """Where a caption ends: without a line of its own it may run into the next sentence of the body."""
    if unit.line and sheet.several:
        return unit.end
    after = furniture.next_sentence(said)
    if after is not None:
        return unit.start + after
    return unit.end if len(said.split()) <= LINK_WORDS else unit.start


def _mark_captions(sheet: Sheet, furniture: Furniture) -> None:
    """Lines of several sentences that end in the credit of a picture."""
    first = None
    for unit in sheet.units:
        first = unit if unit.opens else first
        if first is None or not unit.closes or unit.opens or unit.end - first.start > _LONGEST_CAPTION:
            continue
        if furniture.whole(sheet.said(unit), line=True) == "caption":
            sheet.mark(first.start, unit.end, "caption")


def mark_brackets(sheet: Sheet, furniture: Furniture) -> None:
    """Marks credits in brackets at the edge of a sentence."""
    for unit in sheet.units:
        if "(" not in sheet.said(unit) and "[" not in sheet.said(unit):
            continue
        for match in _BRACKETS.finditer(sheet.text, unit.start, unit.end):
            before = sheet.text[max(unit.start, match.start() - _BESIDE) : match.start()].rstrip()
            after = sheet.text[match.end() : min(unit.end, match.end() + _BESIDE)].strip()
            parted = not before or before[-1] in _FULL_STOPS
            # "the Environmental Protection Agency (EPA) said", "the Associated Press (AP)."
            if not parted and after and (after != "." or len(match[0].split()) <= _SHORT_NAME):
                continue
            kind = furniture.bracketed(match[1] or match[2])
            if kind is not None:
                sheet.mark(match.start(), match.end(), kind)
