"""Scores slots against annotations: who acts, where, what was agreed, what comes next.

who        an actor is right if it names an annotated one (by name, alias or surname) not yet named; recall
           is over the core ones.  side, role: over the right ones (role: half of the words; an organisation
           or state may be its own side)
where      a place is right if it names an annotated place or its country; recall is over documents with a
           core place, where one right place is enough; city: the same by the name of the place alone
agreed,    counted by distinct sentences that evidence[0] covers (half of the sentence or of the evidence, and
outlook    12 characters); recall is over core sentences; status, kind: over the right ones
traps      share of the sentences that look like agreements and are none which the agreed slot touches
invalid    values without evidence that quotes the text or title

All are summed over the documents before they are divided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.documents import Document
from evals.scoring.names import half_the_words, same_actor, same_name, same_place

_SLOTS = ("who", "where", "agreed", "outlook")
_KINDS = {"agreed": "status", "outlook": "kind"}
_SHARES = ("side", "role", "city", "status", "kind", "traps")
# Evidence that shares less with a sentence than this many characters does not touch it.
_TOUCH = 12

_Item = Mapping[str, Any]


def figures(
    documents: Sequence[Document], annotations: Sequence[_Item], made: Mapping[str, _Item]
) -> dict[str, Any]:
    """Precision, recall and F1 of each slot, their mean F1, and shares.

    `made` maps the id of a document to what `briefing slots` printed for it.

    Raises KeyError: an annotation is of none of the documents.
    """
    by_id = {document.id: document for document in documents}
    counts: Counter[str] = Counter()
    for gold in annotations:
        document = by_id[str(gold["id"])]
        row = made.get(document.id, {})
        out: dict[str, list[_Item]] = {}
        for slot in _SLOTS:
            items = row.get(slot) or []
            out[slot] = [item for item in items if _valid(item, document)]
            counts["invalid"] += len(items) - len(out[slot])
        _count_who(out["who"], gold["who"], counts)
        _count_where(out["where"], gold["where"], counts)
        for slot in _KINDS:
            touched = _count_statements(slot, out[slot], gold[slot], document, counts)
            if slot == "agreed":
                right = {one["sentence"] for one in gold["agreed"]}
                traps = {one["sentence"] for one in gold.get("not_agreed_traps") or ()} - right
                counts["traps_n"] += len(traps)
                counts["traps_ok"] += len(traps & touched)
    unseen = {str(gold["id"]) for gold in annotations} - made.keys()
    return _table(counts) | {"documents": len(annotations), "missing": len(unseen)}


def _table(counts: Counter[str]) -> dict[str, Any]:
    def share(name: str, of: str) -> float:
        return counts[name] / counts[of] if counts[of] else 0.0

    table: dict[str, Any] = {}
    for slot in _SLOTS:
        precision, recall = share(f"{slot}_ok", f"{slot}_n"), share(f"{slot}_hit", f"{slot}_core")
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        table[slot] = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
    mean = sum(table[slot]["f1"] for slot in _SLOTS) / len(_SLOTS)
    shares = {
        name: round(share(f"{name}_ok", f"{name}_n"), 3) if counts[f"{name}_n"] else None for name in _SHARES
    }
    return table | shares | {"mean_f1": round(mean, 3), "invalid": counts["invalid"]}


def _count_who(items: Iterable[_Item], gold: Sequence[_Item], counts: Counter[str]) -> None:
    found: set[int] = set()
    for item in items:
        named = {number for number, actor in enumerate(gold) if same_actor(item, actor)}
        fresh = named - found
        found |= named
        counts["who_n"] += 1
        if not fresh:
            continue
        counts["who_ok"] += 1
        actor = gold[min(fresh)]
        if actor.get("side"):
            sides = [actor["side"], *([actor["name"]] if actor.get("kind") != "person" else [])]
            counts["side_n"] += 1
            counts["side_ok"] += any(same_name(item.get("side"), side) for side in sides)
        if actor.get("role"):
            counts["role_n"] += 1
            counts["role_ok"] += half_the_words(item.get("role"), actor["role"])
    core = {number for number, actor in enumerate(gold) if actor.get("core", True)}
    counts["who_core"] += len(core)
    counts["who_hit"] += len(core & found)


def _count_where(items: Sequence[_Item], gold: Sequence[_Item], counts: Counter[str]) -> None:
    counts["where_n"] += len(items)
    counts["where_ok"] += sum(any(same_place(item, place) for place in gold) for item in items)
    core = [place for place in gold if place.get("core", True)]
    if core:
        counts["where_core"] += 1
        counts["where_hit"] += any(same_place(item, place) for item in items for place in core)
        counts["city_n"] += 1
        counts["city_ok"] += any(
            same_name(item.get("place"), place["place"]) for item in items for place in core
        )


def _count_statements(
    slot: str, items: Iterable[_Item], gold: Sequence[_Item], document: Document, counts: Counter[str]
) -> set[int]:
    """Counts one slot of statements; the numbers of the sentences that it touches."""
    label = _KINDS[slot]
    right = {one["sentence"]: one for one in gold}
    seen: set[int] = set()
    for item in items:
        touched = _touched(item, document)
        # A value that touches no sentence at all is one wrong answer.
        counts[f"{slot}_n"] += len(touched - seen) or (not touched)
        for number in (touched & right.keys()) - seen:
            counts[f"{slot}_ok"] += 1
            counts[f"{label}_n"] += 1
            counts[f"{label}_ok"] += right[number][label] == item.get(label)
        seen |= touched
    core = {number for number, one in right.items() if one.get("core", True)}
    counts[f"{slot}_core"] += len(core)
    counts[f"{slot}_hit"] += len(core & seen)
    return seen


def _touched(item: _Item, document: Document) -> set[int]:
    """The numbers of the sentences that the statement itself covers: the first evidence in the text."""
    spans = [span for span in item["evidence"] if span.get("field", "text") == "text"]
    found = set()
    for span in spans[:1]:
        for number, (start, end) in enumerate(document.sentences):
            shared = min(end, span["end"]) - max(start, span["start"])
            half = min(end - start, span["end"] - span["start"]) / 2
            if shared >= max(min(_TOUCH, end - start), half):
                found.add(number)
    return found


def _valid(item: object, document: Document) -> bool:
    spans = (item.get("evidence") if isinstance(item, Mapping) else None) or []
    return bool(spans) and all(_quotes(span, document) for span in spans)


def _quotes(span: object, document: Document) -> bool:
    if not isinstance(span, Mapping):
        return False
    text = document.title or "" if span.get("field", "text") == "title" else document.text
    start, end = span.get("start"), span.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return False
    return bool(span.get("quote") == text[start:end])
