"""Scores the meetings of a brief against those that a reader wrote down.

A row is right if it has both main parties of a meeting of its article not yet told, and says rightly whether
it was held or is planned.  Recall is over the meetings that the reader was sure of, precision over the rows
that are no meeting of which the reader was in doubt.  Over the right rows: form, date and place are shares of
right ones (place: where both give one, by its name or its country), `placed` is how many of the places that
the reader gives are given, and `parties` how many of the parties.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.brief import BriefOptions, Material, account, assemble
from briefing.reading import ArticleReader
from briefing.render import brief_object
from briefing.slots import SlotReader, load_rules
from briefing.types import Summary
from evals.documents import Document, article_of
from evals.scoring.names import same_actor, same_name

_Row = Mapping[str, Any]
# Talks are what a source calls them that says no more.
_FORMS = {"talks": {"talks", "meeting", "call", "summit"}, "meeting": {"meeting", "virtual meeting"}}


@dataclass
class _Counts:
    documents: int = 0
    rows: int = 0
    meetings: int = 0
    right: int = 0
    found: int = 0
    doubtful: int = 0
    shares: dict[str, list[bool]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def note(self, share: str, right: bool) -> None:
        self.shares.setdefault(share, []).append(right)


def told(documents: Sequence[Document]) -> list[_Row]:
    """The meetings of each document, as a brief of it alone tells them."""
    articles = [article_of(one) for one in documents]
    rules = load_rules()
    reader = SlotReader(rules)
    rows: list[_Row] = []
    for article, reading in zip(articles, ArticleReader(rules).read(articles), strict=True):
        slots = reader.read(article, reading)
        own = (account(article, reading, slots),)
        material = Material((article,), (slots,), Summary((), "evals", "evals"), accounts=own)
        options = BriefOptions("Brief", article.date or dt.date.min)
        rows += brief_object(assemble([material], options))["meetings"]
    return rows


def figures(
    documents: Sequence[Document],
    gold: Sequence[_Row],
    rows: Sequence[_Row],
    differing: list[str] | None = None,
) -> dict[str, Any]:
    """Precision and recall of the rows, and what the right ones say; what differs goes to `differing`."""
    counts = _Counts()
    texts = {one.id: one.text for one in documents}
    for read in gold:
        text = texts.get(read["article"])
        # A text that is not the one that was read would be scored by spans of another.
        if text is not None and hashlib.sha256(text.encode()).hexdigest() == read["sha256"]:
            counts.documents += 1
            _article(read, text, rows, counts)
    if differing is not None:
        differing += counts.wrong
    certain = counts.rows - counts.doubtful
    return {
        "documents": counts.documents,
        "meetings": counts.meetings,
        "rows": certain,
        "precision": _share(counts.right, certain),
        "recall": _share(counts.found, counts.meetings),
    } | {name: _share(sum(each), len(each)) for name, each in sorted(counts.shares.items())}


def _article(read: _Row, text: str, rows: Sequence[_Row], counts: _Counts) -> None:
    mine = [row for row in rows if any(one["article"] == read["article"] for one in row["evidence"])]
    left = list(read["meetings"])
    counts.rows += len(mine)
    counts.meetings += sum(_is_sure(one) for one in left)
    for row in mine:
        told = next((one for one in left if _right(row, one, text)), None)
        if told is None:
            counts.wrong.append(f"{read['article']}: wrong {_shown(row)}")
            continue
        left.remove(told)
        if not _is_sure(told):
            counts.doubtful += 1
            continue
        counts.right += 1
        counts.found += 1
        _details(read["article"], row, told, text, counts)
    counts.wrong += [
        f"{read['article']}: missed {text[slice(*one['sentence'])][:160]!r}" for one in left if _is_sure(one)
    ]


def _is_sure(told: _Row) -> bool:
    return bool(told.get("sure", True))


def _right(row: _Row, told: _Row, text: str) -> bool:
    return row["status"] == told["status"] and all(
        any(_names(one, spans, text) for one in row["parties"]) for spans in told["parties"][:2]
    )


def _names(party: _Row, spans: Sequence[Sequence[int]], text: str) -> bool:
    """Whether a party of a row is the one that stands at any of the spans."""
    for span in spans:
        name = text[slice(*span)]
        if same_actor(party, {"name": name, "kind": party["kind"]}) or name in party["name"]:
            return True
    return False


def _details(article: str, row: _Row, told: _Row, text: str, counts: _Counts) -> None:
    forms = _FORMS.get(told["form"], {told["form"]})
    days = (row.get("date"), row.get("end")) == (told.get("date"), told.get("end"))
    counts.note("form", row["format"] in forms)
    counts.note("date", days)
    if row["format"] not in forms or not days:
        read = f"{told['form']} {told.get('date')} {told.get('end')}"
        counts.wrong.append(f"{article}: {_shown(row)} is {read}")
    for spans in told["parties"]:
        counts.note("parties", any(_names(one, spans, text) for one in row["parties"]))
    if "place" in told:
        counts.note("placed", row.get("place") is not None)
    if "place" in told and row.get("place"):
        where = [row["place"].get("place"), row["place"].get("country")]
        quoted = " ".join(one["quote"] for one in row["place"]["evidence"])
        named = [text[slice(*span)] for span in told["place"]]
        counts.note("place", any(name in quoted or any(same_name(name, x) for x in where) for name in named))


def _shown(row: _Row) -> str:
    return f"{[one['name'] for one in row['parties']]} {row['format']} {row['status']} {row.get('date')}"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
