"""Scores what a story's conflicts say on pairs of articles that differ in one known thing.

    python -m evals conflicts DATA.jsonl[.xz]... [--pairs 40] [--seed 1]

Each pair is a real article and a copy with one change: one that contradicts (positives, by aspect) or a
harmless one (negatives, by kind).  Half of the copies also have sentences left out or moved.  A positive is
found where a conflict of its aspect cites the changed sentence; whatever else is claimed counts against
precision.  Persons and places pass for each other: what a name is, one word often does not show.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing.brief.differences import differences
from briefing.sentences import split_sentences
from briefing.types import Article, Difference, Slots
from evals.documents import Document, read_documents
from evals.perturbing import CONTRADICTIONS, HARMLESS, Change, Edit

_SHORTEST = 8  # words of a sentence that is changed: no signature, no caption
_ASPECTS = {"person": ("participant", "place"), "place": ("place", "participant")}


def figures(paths: Sequence[Path], pairs: int, seed: int, misses: list[str] | None = None) -> dict[str, Any]:
    """Precision and recall over `pairs` pairs of each kind; `misses` collects what failed."""
    documents = [document for path in paths for document in read_documents(path)]
    rng = random.Random(seed)  # noqa: S311  (the same sample each time)
    found: Counter[str] = Counter()
    made: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for kind, change in CONTRADICTIONS.items():
        for article, copy, place in _pairs(documents, change, pairs, rng):
            aspects = _ASPECTS.get(kind, (kind,))
            made[kind] += 1
            hit = False
            for one in differences([article, copy], [Slots(), Slots()]).conflicts:
                if one.aspect in aspects and _cites(one, copy, place):
                    hit = True
                else:
                    false[one.aspect] += 1
                    _note(misses, f"false on {kind}", one, article, copy, place)
            found[kind] += hit
            if not hit:
                _note(misses, f"missed {kind}", None, article, copy, place)
    harmless: dict[str, list[int]] = {}
    for kind, change in HARMLESS.items():
        harmless[kind] = [0, 0]
        for article, copy, place in _pairs(documents, change, pairs, rng):
            claimed = differences([article, copy], [Slots(), Slots()]).conflicts
            harmless[kind][0] += 1
            harmless[kind][1] += bool(claimed)
            for one in claimed:
                false[one.aspect] += 1
                _note(misses, f"false on {kind}", one, article, copy, place)
    merged = {"person": "participant"}
    result: dict[str, Any] = {}
    for kind in CONTRADICTIONS:
        aspect = merged.get(kind, kind)
        result[aspect] = _rates(found[kind], made[kind], false[aspect])
    result["all"] = _rates(found.total(), made.total(), false.total())
    result["harmless"] = {kind: {"pairs": n, "flagged": wrong} for kind, (n, wrong) in harmless.items()}
    return result


def _rates(found: int, made: int, false: int) -> dict[str, float]:
    return {
        "pairs": made,
        "precision": round(found / (found + false), 3) if found + false else 0.0,
        "recall": round(found / made, 3) if made else 0.0,
    }


def _pairs(
    documents: Sequence[Document], change: Change, count: int, rng: random.Random
) -> list[tuple[Article, Article, int]]:
    """(article, changed copy, where the changed sentence begins there), at most `count` of them."""
    made: list[tuple[Article, Article, int]] = []
    for document in rng.sample(documents, len(documents)):
        if len(made) == count:
            break
        published = _day(document.article.get("date"))
        spans = split_sentences(document.text)
        for start, end in rng.sample(spans, len(spans)):
            sentence = document.text[start:end]
            if len(sentence.split()) < _SHORTEST:
                continue
            edit = change(sentence, published, rng)
            if edit is None or sentence[edit.start : edit.end] == edit.new:
                continue
            text, place = _copy(document.text, spans, (start, end), edit, rng)
            made.append(
                (
                    Article("original", document.text, document.title, published, source="One"),
                    Article("changed", text, document.title, published, source="Other"),
                    place,
                )
            )
            break
    return made


def _day(written: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(written)[:10])
    except ValueError:
        return None


def _copy(
    text: str, spans: Sequence[tuple[int, int]], at: tuple[int, int], edit: Edit, rng: random.Random
) -> tuple[str, int]:
    """The text with the edit in the sentence `at`, and where that sentence now begins.

    In half of the copies one sentence in eight is left out, and two neighbours change places.
    """
    start, end = at
    changed = text[start : start + edit.start] + edit.new + text[start + edit.end : end]
    if rng.random() < 0.5 or len(spans) < 4:
        return text[:start] + changed + text[end:], start
    pieces = [
        (changed if span == at else text[span[0] : span[1]], span == at)
        for span in spans
        if span == at or rng.random() > 0.125
    ]
    if len(pieces) > 1:
        n = rng.randrange(len(pieces) - 1)
        pieces[n], pieces[n + 1] = pieces[n + 1], pieces[n]
    whole, place = "", 0
    for piece, is_changed in pieces:
        if is_changed:
            place = len(whole)
        whole += piece + "\n"
    return whole, place


def _cites(difference: Difference, copy: Article, place: int) -> bool:
    return any(
        evidence.article == copy.id
        and evidence.field == "text"
        and evidence.start <= place + 1 < evidence.end + 1
        for version in difference.versions
        for evidence in version.evidence
    )


def _note(
    misses: list[str] | None, what: str, one: Difference | None, article: Article, copy: Article, place: int
) -> None:
    if misses is None:
        return
    shown = copy.text[place : place + 400].split("\n")[0]
    misses.append(
        f"[{what}] {shown}"
        + (
            f"\n      {one.aspect}: {[(v.value, v.evidence[0].quote[:300]) for v in one.versions]}"
            if one
            else ""
        )
    )
