"""What the JSON of a brief says beside what is read again from its sources, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.proof.evidence import Path, Wrong, named, place_of, shortened


def compare(
    value: Mapping[str, Any], again: Mapping[str, Any], path: Path, how: str = "read again"
) -> Iterator[Wrong]:
    """Every value at `path` of the brief that is not what `again`, a brief as well, has there.

    `how` says in messages what `again` is.
    """
    given: Any = value
    read: Any = again
    for step in path:
        if isinstance(given, Mapping) and step not in given:
            yield Wrong(path, place_of(value, path[:-1]), f"{step} is missing")
            return
        given, read = given[step], read[step]
    yield from _compare(value, given, read, path, how)


def _compare(value: Mapping[str, Any], given: Any, read: Any, path: Path, how: str) -> Iterator[Wrong]:
    if isinstance(given, Mapping) and isinstance(read, Mapping):
        for name in (*read, *(name for name in given if name not in read)):
            if name not in given:
                yield Wrong((*path, name), place_of(value, path), f"{name} is missing")
            elif name not in read:
                yield Wrong((*path, name), place_of(value, path), f"{name} belongs to no brief")
            else:
                yield from _compare(value, given[name], read[name], (*path, name), how)
    elif isinstance(given, list) and isinstance(read, list):
        if len(given) == len(read):
            for n, (one, other) in enumerate(zip(given, read, strict=True)):
                yield from _compare(value, one, other, (*path, n), how)
        else:
            yield from _uneven(value, given, read, path, how)
    elif given != read or type(given) is not type(read):
        *before, last = path
        where, what = (path, "it") if isinstance(last, int) else (tuple(before), str(last))
        yield Wrong(path, place_of(value, where), f"{what} is {_said(given)}; {how}, it is {_said(read)}")


def _uneven(
    value: Mapping[str, Any], given: Sequence[Any], read: Sequence[Any], path: Path, how: str
) -> Iterator[Wrong]:
    """Lists of different length: which of their values the other lacks."""
    place = place_of(value, path)
    for n, one in enumerate(given):
        if one not in read:
            yield Wrong((*path, n), place, f"{_said(one)} is not there, {how}")
    for one in read:
        if one not in given:
            yield Wrong(path, place, f"{_said(one)} is left out")
    if all(one in read for one in given) and all(one in given for one in read):
        yield Wrong(path, place, "a value stands there more than once")


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"“{shortened(value['quote'])}”" if "quote" in value else named(value) or "a value"
    if value is None:
        return "nothing"
    return f"“{shortened(value)}”" if isinstance(value, str) else shortened(value)
