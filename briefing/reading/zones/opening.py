"""What a text opens with, one after the other: its title, labels, who wrote it, the dateline, a headline."""

from __future__ import annotations

import re

from briefing.reading.dateline import DatelineFinder
from briefing.reading.furniture import LONGEST_LINK, Furniture
from briefing.reading.zones.headings import is_headline
from briefing.reading.zones.sheet import BREAKS, WORDS, Sheet, end_of_line
from briefing.types import ZoneKind

# Words of a heading above the text.
_TOP_HEADING = 12
# Words of a title that may stand before the text without a line of its own.
_TITLE = 4
# Characters in which a dateline may follow a byline or headline on one line.
_TOP = 400
# "By sportswriter Lena Berg DOHA, Nov. 27 (Xinhua) --"
_AUTHOR_BEFORE = re.compile(r"By [^.,;:()\n]{3,60}? (?=[A-Z\u00c0-\u00de]{3})")


class OpeningMarker:
    """Marks what texts open with."""

    def __init__(self, furniture: Furniture, datelines: DatelineFinder) -> None:
        self._furniture = furniture
        self._datelines = datelines

    def mark(self, sheet: Sheet) -> None:
        """Marks what the text opens with, one after the other, until something is body."""
        at = 0
        kind: ZoneKind | None = None
        while kind != "dateline":
            at += len(sheet.text) - at - len(sheet.text[at:].lstrip())
            found = self._next_at_top(sheet, at) if at < len(sheet.text) else None
            if found is None:
                return
            kind, end = found
            sheet.mark(at, end, kind)
            at = end
        self._mark_second(sheet, at)

    def _mark_second(self, sheet: Sheet, at: int) -> None:
        """A further dateline behind the first, from an office that sends on what another wrote."""
        at += len(sheet.text) - at - len(sheet.text[at:].lstrip())
        author = _AUTHOR_BEFORE.match(sheet.text, at)
        begins = author.end() if author is not None else at
        second = self._datelines.at(sheet.text, begins, first=True) if begins < len(sheet.text) else None
        if second is not None and second.credited:
            sheet.mark(at, begins, "byline")
            sheet.mark(begins, second.end, "dateline")

    def _next_at_top(self, sheet: Sheet, at: int) -> tuple[ZoneKind, int] | None:
        line_end = end_of_line(sheet.text, at)
        title = _title_at(sheet.text, at, sheet.title)
        if title is not None:
            return "heading", title
        furniture = self._furniture_at_top(sheet, at)  # "(Agencies)"
        if furniture is not None:
            return furniture
        opening = self._datelines.at(sheet.text, at, first=True)
        if opening is not None:
            return "dateline", opening.end
        return (
            self._furniture.opening(sheet.text, at, line_end)
            or self._before_dateline(sheet, at, line_end)
            or self._headline_at_top(sheet, at, line_end)
        )

    def _furniture_at_top(self, sheet: Sheet, at: int) -> tuple[ZoneKind, int] | None:
        unit = next((unit for unit in sheet.units if unit.start >= at), None)
        if unit is None or unit.start > at:
            return None
        kind = self._furniture.whole(sheet.said(unit), line=unit.line and sheet.several)
        return (kind, unit.end) if kind is not None else None

    def _headline_at_top(self, sheet: Sheet, at: int, line_end: int) -> tuple[ZoneKind, int] | None:
        opens = sheet.text[:at].rstrip(" \t")
        said = sheet.text[at:line_end].strip()
        if (
            (opens and opens[-1] not in BREAKS)
            or len(said) > LONGEST_LINK
            or not sheet.text[line_end:].strip()
        ):
            return None
        headline = 0 < len(WORDS.findall(said)) <= _TOP_HEADING and is_headline(said)
        return ("heading", line_end) if headline and sheet.has_paragraphs else None

    def _before_dateline(self, sheet: Sheet, at: int, line_end: int) -> tuple[ZoneKind, int] | None:
        """A byline or headline on the line of the dateline: "By Jon Vik OSLO, March 3 (Reuters) - …"."""
        text = sheet.text
        end = min(line_end, at + _TOP)
        for space in re.finditer(r"[ \u00a0](?=[A-Z(])", text[at:end]):
            start = at + space.end()
            opening = self._datelines.at(text, start, first=False)
            if opening is None or not opening.credited or opening.place is None:
                continue
            if not text[slice(*opening.place)].isupper():
                continue
            before = text[at:start].strip()
            if self._furniture.opens_byline(before):
                return "byline", start
            return None if re.search(r"[.!?]\s", before) else ("heading", start)
        return None

    def mark_items(self, sheet: Sheet) -> None:
        """Marks datelines at the beginning of later lines: those of items that follow each other."""
        for unit in sheet.units:
            if unit.opens and sheet.kind_at(unit.start) is None:
                opening = self._datelines.at(sheet.text, unit.start, first=False)
                if opening is not None:
                    sheet.mark(opening.start, opening.end, "dateline")


def _title_at(text: str, at: int, title: str) -> int | None:
    """Where the title ends that is repeated at an offset, on a line of its own or before the text."""
    words = WORDS.findall(title.casefold())
    if not words:
        return None
    end = at
    for word in words:
        match = WORDS.search(text, end)
        if match is None or match[0].casefold() != word or match.start() - end > 5:
            return None
        end = match.end()
    closing = re.compile(r"[\"'”’»)\].!?]*").match(text, end)
    end = closing.end() if closing is not None else end
    line_end = end_of_line(text, end)
    rest = text[end:line_end]
    if not rest.strip():
        return end if text[line_end:].strip() else None
    if re.match(r" [|–—-] [\w .'’]{2,40}$", rest):
        return line_end  # "Accord signed | Harbour Post"
    parted = re.match(r"\s+[\"“‘(]?[A-Z0-9À-Þ]", rest) is not None
    return end if parted and len(words) >= _TITLE else None
