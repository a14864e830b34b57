"""Days of the wires as readers judged them: which articles are one story, and what each is worth to a desk.

The relevance of an article is 3 (leads the brief), 2 (is in it), 1 (a line) or 0 (dropped).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from evals.annotated import ChangedError
from evals.documents import Document, document_of, read_rows

# Sport and culture among the events of clusters_dev.jsonl.xz, and how many pieces of them a mixed feed has.
_DULL_EVENTS = ("75", "44", "76", "28", "41", "42", "11")
_DULL_PIECES, _READOUTS = 10, 20
_FIRST = 10
_LEADING = 5
_DUE, _LEADS = 2, 3


@dataclass(frozen=True)
class Day:
    """The articles of a day, and of each by its id the story and the relevance."""

    name: str
    documents: tuple[Document, ...]
    story: Mapping[str, int]
    relevance: Mapping[str, int]


def read_days(annotations: Path, data: Path, half: str | None = None) -> list[Day]:
    """The days of a file of annotations with the texts of the folder `data`.

    Raises OSError where a file is missing, ChangedError where a text is not as it was.
    """
    rows = [row for row in read_rows(annotations) if half in (None, row["half"])]
    texts = {
        (name, str(one["id"])): one
        for name in sorted({row["file"] for row in rows})
        for one in read_rows(data / name)
    }
    days: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        article = texts.get((row["file"], row["id"]))
        if article is None or hashlib.sha256(article["text"].encode()).hexdigest() != row["sha256"]:
            raise ChangedError(f"{row['file']} has no text {row['id']} as it was annotated")
        days.setdefault(row["day"], []).append(row)
    return [
        _day(name, [{**texts[one["file"], one["id"]], "date": name} for one in own], own)
        for name, own in days.items()
    ]


def open_days(folder: Path) -> list[Day]:
    """The days of a folder: DAY.jsonl, the articles, with DAY.gold.jsonl, what a reader made of them."""
    golds = sorted(folder.glob("*.gold.jsonl"))
    names = [path.name.removesuffix(".gold.jsonl") for path in golds]
    return [
        _day(name, read_rows(folder / f"{name}.jsonl"), read_rows(path))
        for name, path in zip(names, golds, strict=True)
    ]


def mixed_feed(data: Path) -> Day:
    """The open days as one feed, with readouts, which belong in a brief, and pieces that a desk drops.

    All that is not of the days is dated as the last of them.  Which articles are one story is not told.
    """
    days = open_days(data / "days")
    last = days[-1].name
    readouts = read_rows(data / "readouts_2021_2023.jsonl.xz")
    every = max(1, len(readouts) // _READOUTS)
    dull = [row for row in read_rows(data / "clusters_dev.jsonl.xz") if str(row["event"]) in _DULL_EVENTS]
    worth = {str(row["id"]): _DUE for row in readouts[::every][:_READOUTS]}
    # Not all of one match.
    worth |= {str(row["id"]): 0 for row in dull[:: max(1, len(dull) // _DULL_PIECES)][:_DULL_PIECES]}
    added = [{**row, "date": last} for row in (*readouts, *dull) if str(row["id"]) in worth]
    relevance = {one: value for day in days for one, value in day.relevance.items()} | worth
    documents = (*(document for day in days for document in day.documents), *map(document_of, added))
    return Day(last, documents, {}, relevance)


def first_dull(day: Day, stories: Sequence[Mapping[str, Any]]) -> int | None:
    """The place of the first story of a brief in which a desk would drop every article; None without any."""
    for place, story in enumerate(stories, 1):
        if not any(day.relevance[str(one["id"])] for one in (*story["articles"], *story["duplicates"])):
            return place
    return None


def _day(name: str, articles: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> Day:
    return Day(
        name,
        tuple(map(document_of, articles)),
        {str(row["id"]): int(row["story"]) for row in gold},
        {str(row["id"]): int(row["relevance"]) for row in gold},
    )


def figures(day: Day, stories: Sequence[Mapping[str, Any]]) -> dict[str, float | None]:
    """How the stories of a brief, in its order, stand to what the reader made of the day.

    ndcg10: the gain of the first ten beside the best order; lead: the share of what leads that is among the
    first five; dull: the share of the stories told in full that a desk drops; lost: the share of what belongs
    in the brief that is not told in full.
    """
    best: dict[int, int] = {}
    for one, story in day.story.items():
        best[story] = max(best.get(story, 0), day.relevance[one])
    held = [
        {day.story[i] for i in (str(a["id"]) for a in (*s["articles"], *s["duplicates"])) if i in day.story}
        for s in stories
    ]
    gained, seen = [], set[int]()
    for own in held:
        # What a brief tells twice gains once.
        gained.append(max((best[one] for one in own - seen), default=0))
        seen |= own
    told = [own for own, story in zip(held, stories, strict=True) if story["told"]]
    leads = {story for story, worth in best.items() if worth >= _LEADS}
    due = {story for story, worth in best.items() if worth >= _DUE}
    shown = set().union(*told)
    ideal = _gain(sorted(best.values(), reverse=True))
    return {
        "ndcg10": _gain(gained) / ideal if ideal else None,
        "lead": len(leads & set().union(*held[:_LEADING])) / len(leads) if leads else None,
        "dull": sum(all(not best[one] for one in own) for own in told) / len(told) if told else None,
        "lost": len(due - shown) / len(due) if due else None,
    }


def means(rows: Sequence[Mapping[str, float | None]]) -> dict[str, float | None]:
    """The mean of each figure over the days that have it."""
    found = {name: [v for row in rows if (v := row[name]) is not None] for name in rows[0]} if rows else {}
    return {name: mean(values) if values else None for name, values in found.items()}


def _gain(worths: Sequence[int]) -> float:
    return sum((2.0**worth - 1) / math.log2(n + 2) for n, worth in enumerate(worths[:_FIRST]))
