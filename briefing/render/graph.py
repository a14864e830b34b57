"""Who met whom as a picture: the sides one below the other, and an arc from each to whom it met.

A list with arcs reads on a phone, where a net of dots with names between them does not.  Lengths are those of
the picture's own units; what it looks like is the template's.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.types import Meeting

# More sides than this are no small graph any more: the table has all.
_SIDES = 14
_ROW = 44
_NAME = 22
_GAP = 12
_REACH = 16
_FARTHEST = 76
_LINE = 13


@dataclass(frozen=True)
class Side:
    """A state or body, and who met for it."""

    name: str
    people: tuple[str, ...]
    y: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The name, in two lines where it is long."""
        return tuple(textwrap.wrap(self.name, _NAME, max_lines=2, placeholder="…"))


@dataclass(frozen=True)
class Arc:
    """A meeting of the sides at `top` and `bottom`, `reach` to the right; `label` stands at `y`."""

    top: int
    bottom: int
    reach: int
    y: int
    label: str
    planned: bool


@dataclass(frozen=True)
class Graph:
    """The sides and arcs, how high that is, and how many meetings it leaves out."""

    sides: tuple[Side, ...]
    arcs: tuple[Arc, ...]
    height: int
    left_out: int


_Ties = dict[tuple[str, ...], list[Meeting]]


def graph_of(meetings: Sequence[Meeting]) -> Graph | None:
    """The graph of the meetings, the first ones where they are many; None of fewer than two."""
    people: dict[str, dict[str, None]] = {}
    ties: _Ties = {}
    left_out = 0
    for meeting in meetings:
        sides = dict.fromkeys(who.side or who.name for who in meeting.parties)
        if len(sides) < 2 or len(people.keys() | sides.keys()) > _SIDES:
            left_out += 1
            continue
        for who in meeting.parties:
            known = people.setdefault(who.side or who.name, {})
            if who.kind == "person":
                known[who.name] = None
        ties.setdefault(tuple(sorted(sides)), []).append(meeting)
    if sum(map(len, ties.values())) < 2:
        return None
    rows: dict[str, int] = {}
    y = 0
    for group in _groups(people, ties):
        for name in group:
            rows[name] = y + _ROW // 2
            y += _ROW
        y += _GAP
    return Graph(
        tuple(Side(name, tuple(people[name]), at) for name, at in rows.items()),
        tuple(_arcs(ties, rows)),
        y - _GAP,
        left_out,
    )


def _groups(people: Iterable[str], ties: _Ties) -> list[list[str]]:
    """Sides that hang together, the one with the most meetings amid those whom it met."""
    met: dict[str, dict[str, None]] = {name: {} for name in people}
    for sides in ties:
        for one in sides:
            met[one].update(dict.fromkeys(other for other in sides if other != one))
    order = {name: n for n, name in enumerate(met)}
    groups = []
    left = dict.fromkeys(met)
    while left:
        group = _reached(next(iter(left)), met)
        for name in group:
            del left[name]
        hub = min(group, key=lambda name: (-len(met[name]), order[name]))
        near = sorted(met[hub], key=order.__getitem__)
        half = len(near) // 2
        far = [name for name in group if name != hub and name not in met[hub]]
        groups.append([*near[:half], hub, *near[half:], *far])
    return groups


def _reached(start: str, met: Mapping[str, Iterable[str]]) -> list[str]:
    found = dict.fromkeys([start])
    queue = [start]
    for one in queue:
        new = [other for other in met[one] if other not in found]
        found.update(dict.fromkeys(new))
        queue += new
    return [*found]


def _arcs(ties: _Ties, rows: Mapping[str, int]) -> Iterable[Arc]:
    """An arc for each two sides, one below the other, of those that met; the topmost says in what form."""
    taken: list[int] = []
    for sides, meetings in ties.items():
        label = ", ".join(
            dict.fromkeys(
                f"planned {one.format}" if one.status == "planned" else one.format for one in meetings
            )
        )
        planned = all(one.status == "planned" for one in meetings)
        for n, (top, bottom) in enumerate(pairwise(sorted(rows[name] for name in sides))):
            reach = min(_REACH * max(1, round((bottom - top) / _ROW)), _FARTHEST)
            y = (top + bottom) // 2
            if n == 0:
                y = _free(y, taken)
                taken.append(y)
            yield Arc(top, bottom, reach, y, "" if n else label, planned)


def _free(y: int, taken: Iterable[int]) -> int:
    """The nearest height at which no other label stands."""
    steps = sorted(range(-9, 10), key=lambda step: (abs(step), -step))
    tried = [y + step * _LINE for step in steps]
    return next((at for at in tried if all(abs(at - one) >= _LINE for one in taken)), y)
