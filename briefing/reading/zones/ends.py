"""What goes on from a marked sentence, and what a text ends with: boxes, links, sources, sign-offs."""

from __future__ import annotations

import re

from briefing.reading.furniture import LONGEST_LINK, Furniture
from briefing.reading.zones.sheet import ENDS, Sheet, Unit
from briefing.types import ZoneKind

# A longer sentence is no furniture.
_LONGEST = 600  # characters
# Sentences that may go on from a box for readers.
_GOES_ON = 3
# Lines of a list of links that ends a text.
_LINKS = 12
# "Sources" ends a text only in this last part of it.
_TAIL = 0.4
# Share of the lines of a list of links that may have a full stop.
_ENDED = 0.5


def mark_what_goes_on(sheet: Sheet, furniture: Furniture) -> None:
    """Marks the rest of boxes for readers, the links below "Read more:", and all that follows "Sources"."""
    box = links = 0
    for unit in sheet.units:
        said = sheet.said(unit)
        if unit.line and _heads_end(sheet, furniture, unit):
            sheet.mark(unit.start, len(sheet.text), "link")
            return
        if sheet.is_marked(unit):
            box = _GOES_ON if sheet.kind_at(unit.start) == "promotion" else 0
            links = unit.line and furniture.heads_links(said)
            continue
        if box and furniture.is_to_readers(said) and len(said) <= _LONGEST:
            sheet.mark(unit.start, unit.end, "promotion")
            box -= 1
        elif links and unit.line and not ENDS.search(said) and len(said) <= LONGEST_LINK:
            sheet.mark(unit.start, unit.end, "link")
        elif unit.line and sheet.several and furniture.heads_links(said):
            sheet.mark(unit.start, unit.end, "link")
            links = True
            box = 0
        else:
            box = links = 0


def _heads_end(sheet: Sheet, furniture: Furniture, unit: Unit) -> bool:
    """Whether all that follows a line is sources or a list of links, in the last part of the text."""
    said = sheet.said(unit)
    tail = furniture.heads_tail(said)
    if not sheet.several or unit.start < (1 - _TAIL) * len(sheet.text):
        return False
    if not tail and not (said.endswith(":") and furniture.heads_links(said)):
        return False
    after = [one for one in sheet.units if one.start > unit.start]
    if any(one.end - one.start > LONGEST_LINK for one in after):
        return False
    ended = sum(one.closes and sheet.ended(one) for one in after)
    lines = sum(one.closes for one in after)
    return tail or (lines <= _LINKS and ended <= _ENDED * lines)


def mark_end(sheet: Sheet, furniture: Furniture) -> None:
    """Marks sign-offs and the box of the author, from the end backwards."""
    more: list[Unit] = []
    for unit in reversed(sheet.units):
        if sheet.is_marked(unit):
            continue
        said = sheet.said(unit)
        kind = furniture.closing(said) or _of_source(sheet, said)
        if kind is not None and unit.start > 0:
            sheet.mark(unit.start, unit.end, kind)
        elif (
            unit.start > 0
            and furniture.is_author(said)
            and not _is_told_of(sheet, furniture, said, unit.start)
        ):
            for one in (unit, *more):
                sheet.mark(one.start, one.end, "promotion")
            more = []
        elif furniture.is_more_of_author(said) and len(more) < _GOES_ON:
            more.append(unit)
        else:
            return


def _of_source(sheet: Sheet, said: str) -> ZoneKind | None:
    """A credit to the one who sent the text: the name of the outlet alone."""
    name = sheet.source.removeprefix("The ").casefold()
    return "credit" if name and said.strip(" .()-–—").casefold().removeprefix("the ") == name else None


def _is_told_of(sheet: Sheet, furniture: Furniture, said: str, before: int) -> bool:
    """Whether the report tells of the person, so that the sentence is of it: a journalist in prison."""
    name = furniture.name_at_start(said)
    if name is None:  # "The writer is …"
        return False
    surname = name.split()[-1]
    return any(
        re.search(rf"\b{re.escape(surname)}\b", sheet.text[start:end]) for start, end in sheet.free(0, before)
    )
