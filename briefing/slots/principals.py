"""Whom "they" and "the two sides" stand for: the partners of the reported event."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.types import TITLE, Reading, Who

# "Readout from Spokesperson X of Y's meeting": X met nobody.
SPEAKS_FOR = re.compile(r"(?i)\bspokes(?:person|man|woman)\b")


@dataclass(frozen=True)
class Partners:
    """Whom "they" (`principals`) and "the two sides" (`sides`) stand for in an article."""

    principals: tuple[str, ...]
    sides: tuple[str, ...]


def partners_of(reading: Reading, who: list[Who]) -> Partners:
    """Whom "they" and "the two sides" stand for: the partners of the event, and their sides.

    Those whom the title names; where it does not name two, those of the first sentence; else the first two.
    """
    persons = [
        one for one in who if one.kind == "person" and one.side and not SPEAKS_FOR.search(one.role or "")
    ]
    met = next(
        (found for number in (TITLE, 0) if len(found := _named_in(reading, persons, number)) > 1), persons[:2]
    )
    sides = tuple(dict.fromkeys(one.side for one in met if one.side))
    if len(sides) < 2:
        sides = tuple(dict.fromkeys(one.side for one in who if one.side))[:2]
    if not persons:
        return Partners(tuple(one.name for one in who[:2]), sides)
    # Those of one side have met somebody whom the text does not name.
    return Partners(tuple(one.name for one in met) if len({one.side for one in met}) > 1 else (), sides)


def _named_in(reading: Reading, persons: list[Who], number: int) -> list[Who]:
    """Those of the persons whom this sentence, or the title, names."""
    entities = ((one, reading.entity(one.name)) for one in persons)
    return [one for one, named in entities if named and any(m.sentence == number for m in named.mentions)]
