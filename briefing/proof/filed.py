"""A brief against what is on file: the keys that a brief has, its manifest, and the archive's own books.

Nothing of this is read from the sources: marking, number and time were given by the desk.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.archive import Archive, Filing
from briefing.brief import entry
from briefing.errors import SourceError
from briefing.history import History, dump_entry
from briefing.proof.compare import compare
from briefing.proof.evidence import Path, Wrong, place_of
from briefing.proof.manifest import Manifest, manifest_object, stage_digests
from briefing.render import brief_object
from briefing.types import Brief

_GIVEN = ("marking", "serial", "made")


def check_keys(value: Mapping[str, Any], brief: Brief, manifest: Manifest) -> Iterator[Wrong]:
    """The keys that no brief has, wherever they stand: a reader may take them for ours."""
    known = brief_object(brief, with_text=True) | {"manifest": manifest_object(manifest)}
    for path, name in _unknown(value, known, ()):
        yield Wrong((*path, name), place_of(value, path), f"{name} belongs to no brief")


def _unknown(given: Any, known: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(given, Mapping) and isinstance(known, Mapping):
        for name, one in given.items():
            if name in known:
                yield from _unknown(one, known[name], (*path, name))
            else:
                yield path, name
    elif isinstance(given, list) and isinstance(known, list):
        for n, (one, other) in enumerate(zip(given, known, strict=False)):
            yield from _unknown(one, other, (*path, n))


def check_given(
    value: Mapping[str, Any], brief: Brief, manifest: Manifest, archive: Archive
) -> Iterator[Wrong]:
    """Marking, number and time against the manifest, and both against the brief as it was filed."""
    for name in _GIVEN:
        given, noted = getattr(brief, name), getattr(manifest, name)
        if given != noted:
            yield Wrong((name,), name, f"it is {given or 'none'}, and the manifest says {noted or 'none'}")
    filing = _filing(value, brief, archive)
    if filing is not None:
        for name in (*_GIVEN, "manifest"):
            yield from compare(value, _object(filing), (name,), "as it was filed")
    elif brief.serial is not None:
        what = f"the archive {archive.path} has no brief of {brief.date} with the number {brief.serial}"
        yield Wrong(("serial",), "serial", what)


def _filing(value: Mapping[str, Any], brief: Brief, archive: Archive) -> Filing | None:
    """The brief in the archive that this one is, by its number or its manifest; None where it is a trial."""
    for filing in reversed(archive.filings(brief.date)):
        if brief.serial == f"{filing.number}/{brief.date.year}":
            return filing
        if brief.serial is None and _object(filing).get("manifest") == value["manifest"]:
            return filing
    return None


def check_books(brief: Brief, archive: Archive) -> Iterator[Wrong]:
    """The numbers that the archive gave, and what it keeps for the ledger of the days up to this one."""
    numbers = archive.numbers(brief.date.year)
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            what = f"the brief that should have the number {expected} of {brief.date.year} has {number}"
            yield _of_archive(archive, "number", f"{what}: one was changed or taken out")
            break
    for filing in archive.filings(brief.date):
        filed = _object(filing)
        said = {"date": str(brief.date), "serial": f"{filing.number}/{brief.date.year}"}
        for name, kept in said.items():
            if filed.get(name) not in (kept, None):
                what = f"the brief that it keeps as {kept} says {filed[name]!r}"
                yield _of_archive(archive, name, what)
        made = filed.get("made")
        if made is not None and dt.datetime.fromisoformat(made) != dt.datetime.fromisoformat(filing.made):
            what = f"the brief number {filing.number} says {made}, and was filed {filing.made}"
            yield _of_archive(archive, "made", what)
    yield from _commitments(brief, archive)


def _commitments(brief: Brief, archive: Archive) -> Iterator[Wrong]:
    history = History(archive)
    for day, kept in archive.commitments(brief.date):
        filed = archive.brief(day)
        stages = (json.loads(filed) if filed else {}).get("manifest", {}).get("stages", {})
        # By other rules other commitments are read; a day filed before there was a ledger keeps none.
        if not kept or stages.get("brief") != stage_digests()["brief"]:
            continue
        old = history.brief(day)
        if old is not None and dump_entry(entry(old.stories, old.date)) != kept:
            what = f"what it keeps for the ledger of {day} is not what the brief of that day says"
            yield _of_archive(archive, "commitments", what)


def _of_archive(archive: Archive, name: str, what: str) -> Wrong:
    return Wrong(("archive", name), f"archive {archive.path.name}", what)


def _object(filing: Filing) -> dict[str, Any]:
    try:
        value = json.loads(filing.json)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise SourceError(
            f"the brief number {filing.number} of the archive is no JSON object",
            "Restore the archive from a copy.",
        )
    return value
