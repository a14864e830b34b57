"""Results of the stages, kept in the archive as soon as they are there.

Each is kept under a digest of all that it depends on: the article, the model, the options, and the code
and rules of the stage.  So a run that was killed goes on where it was, and the same input is never computed
twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import TypeAdapter

import briefing
from briefing.archive import Archive
from briefing.cluster import Profile
from briefing.guard import guarded
from briefing.types import Article, Reading, Slots, Summary

_Result = TypeVar("_Result")

# What a killed run may lose.
BATCH = 16


class Progress(Protocol):
    """Is told how far a stage is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` results of a stage are there; the first call says 0."""
        ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Kind(Generic[_Result]):
    """A kind of result: its name in the archive and how it is written there."""

    name: str
    dump: Callable[[_Result], bytes]
    load: Callable[[bytes], _Result]


def through_cache(
    archive: Archive,
    progress: Progress,
    kind: Kind[_Result],
    keys: Sequence[str],
    articles: Sequence[Article],
    compute: Callable[[Sequence[Article]], Iterable[_Result]],
) -> Iterator[_Result]:
    """The result of each article, in order: from the archive, or computed once a key and kept in batches.

    One at a time, so that no more of them need be in memory than whoever takes them holds.  Raises StageError
    where the stage breaks on one of them.
    """
    stored = archive.results(kind.name, keys)
    missing = {key: one for key, one in zip(keys, articles, strict=True) if key not in stored}
    computed = zip(missing, guarded(kind.name, [*missing.values()], compute, lambda one: [one]), strict=True)
    fresh: dict[str, bytes] = {}
    done = 0
    if missing:
        progress(kind.name, done, len(missing))
    try:
        for key in keys:
            if key not in stored:
                _, result = next(computed)
                stored[key] = fresh[key] = kind.dump(result)
                done += 1
                progress(kind.name, done, len(missing))
            if len(fresh) == BATCH:
                archive.keep_results(kind.name, fresh)
                fresh = {}
            try:
                # What is used now is what a later run will read, to the last bit.
                loaded = kind.load(stored[key])
            except (ValueError, zlib.error):
                raise archive.damaged(f"a result of {kind.name}") from None
            yield loaded
        next(computed, None)  # lets the stage end what it began
    finally:
        archive.keep_results(kind.name, fresh)


def profile_kind() -> Kind[Profile]:
    """The profiles of articles, some 2 kB each; half precision tells their vectors apart as well."""
    import numpy as np

    def dump(profile: Profile) -> bytes:
        value = {
            "meaning": base64.b64encode(profile.meaning.astype(np.float16).tobytes()).decode(),
            "told": sorted(profile.told),
            "key": dict(profile.key),
            "names": dict(profile.names),
            "states": sorted(profile.states),
            "date": profile.date.isoformat() if profile.date else None,
        }
        return zlib.compress(json.dumps(value).encode(), 1)

    def load(stored: bytes) -> Profile:
        value = json.loads(zlib.decompress(stored))
        return Profile(
            np.frombuffer(base64.b64decode(value["meaning"]), np.float16).astype(np.float32),
            frozenset(map(sys.intern, value["told"])),
            value["key"],
            value["names"],
            frozenset(value["states"]),
            dt.date.fromisoformat(value["date"]) if value["date"] else None,
        )

    return Kind("profiles", dump, load)


def reading_kind() -> Kind[Reading]:
    """The readings of articles, some 5 kB each."""
    adapter = TypeAdapter(Reading)
    return Kind(
        "readings",
        lambda reading: zlib.compress(adapter.dump_json(reading, exclude_defaults=True), 1),
        lambda stored: adapter.validate_json(zlib.decompress(stored)),
    )


def slots_kind() -> Kind[Slots]:
    """The slots of articles."""
    adapter = TypeAdapter(Slots)
    return Kind("slots", adapter.dump_json, adapter.validate_json)


def subjects_kind() -> Kind[dict[str, float]]:
    """How like articles are to each subject."""
    adapter = TypeAdapter(dict[str, float])
    return Kind("subjects", adapter.dump_json, adapter.validate_json)


def summary_kind() -> Kind[Summary]:
    """The summaries of articles."""
    adapter = TypeAdapter(Summary)
    return Kind("summaries", adapter.dump_json, adapter.validate_json)


def key_of(stage: str, article: Article, *more: str) -> str:
    """A digest of all that a stage's result for an article depends on."""
    seen = [article.sha256, article.title or "", str(article.date), article.source or ""]
    return _digest(code_digest(stage), *seen, *more)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def code_digest(stage: str) -> str:
    """A digest of a stage's code and rules, so that an update never serves results of the old ones."""
    package = Path(briefing.__file__).parent
    shared = [
        package / "sentences.py",
        package / "numbers.py",
        *(package / "_inference").glob("*.py"),
        *(path for path in (package / "reading").rglob("*") if path.suffix in (".py", ".yaml", ".npz")),
    ]
    own = [path for path in (package / stage).rglob("*") if path.suffix in (".py", ".yaml")]
    own += [path for path in [package / f"{stage}.py"] if path.is_file()]
    whole = hashlib.sha256()
    for path in sorted([*shared, *own]):
        whole.update(path.read_bytes())
    return whole.hexdigest()
