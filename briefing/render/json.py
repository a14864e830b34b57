"""The JSON of the contract.  Keys are the names of the fields in types.py, so that it can be read back.

What differs from the fields: an article is a reference without its text; a story says whether it is told in
full and which slots stay unfilled; a commitment says what a passed due date means; an evidence leaves out
what is usual.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefing.types import (
    Agreed,
    Article,
    Brief,
    Commitment,
    Evidence,
    Note,
    Outlook,
    Reading,
    Slots,
    Story,
    Summary,
    SummarySentence,
    Time,
)

SCHEMA = 1
OUTCOME_UNKNOWN = "due date passed, outcome not reported"

Object = dict[str, Any]

# A reader looks for these last.
_LAST = ("evidence", "rule")


def dumps(value: Mapping[str, Any], *, indent: int | None = None) -> str:
    """JSON text with every character as itself; lone surrogates as escapes, so that it is UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def slots_line(
    value: Article, slots: Slots, *, with_text: bool = False, notes: Sequence[Note] | None = None
) -> Object:
    """A line of `briefing slots --format jsonl`, with `considered` where `notes` are given."""
    line = {"schema": SCHEMA, "article": _line_article(value, with_text), **_slots(slots)}
    if slots.warnings:
        line["warnings"] = list(slots.warnings)
    if notes is not None:
        line["considered"] = [
            {
                "slot": note.slot,
                "rule": note.rule,
                "made": note.made,
                "why": note.why,
                "evidence": [_evidence(note.evidence)],
            }
            for note in notes
        ]
    return line


def claims_line(value: Article, reading: Reading, *, with_text: bool = False) -> Object:
    """A line of `briefing claims --format jsonl`."""
    line = {
        "schema": SCHEMA,
        "article": _line_article(value, with_text),
        "zones": [_fields(zone) for zone in reading.zones],
        "claims": [{**_fields(claim), "negated": claim.negated} for claim in reading.claims],
        "attributions": [_fields(one) for one in reading.attributions],
        "times": [_time(time) for time in reading.times],
    }
    if reading.unread is not None:
        line["warnings"] = [reading.unread]
    return line


def _time(time: Time) -> Object:
    when = time.when
    return {
        "start": time.start,
        "end": time.end,
        "phrase": when.phrase,
        "date": _plain(when.date),
        "end_date": _plain(when.end),
        "precision": when.precision,
        "future": time.future,
    }


def summary_line(value: Article, summary: Summary, *, with_text: bool = False) -> Object:
    """A line of `briefing summarise --format jsonl`."""
    made = _summary(summary)
    return {
        "schema": SCHEMA,
        "article": _line_article(value, with_text),
        "summary": made.pop("text"),
        **made,
    }


def brief_object(brief: Brief, *, with_text: bool = False) -> Object:
    """What `briefing daily --format json` prints; briefing/render/brief.schema.json describes it."""
    made = _fields(brief, without=("told", "stories"))
    stories = [
        _story(story, told=n < brief.told, with_text=with_text) for n, story in enumerate(brief.stories)
    ]
    made["commitments"] = [_commitment(row, brief.date) for row in brief.commitments]
    sources = [article_reference(one) for story in brief.stories for one in story.articles]
    return {"schema": SCHEMA, **made, "stories": stories, "sources": sources}


def changes_object(brief: Brief) -> Object:
    """What `briefing diff --format json` prints: the changes of a brief, and its day."""
    changes: Object = _plain(brief.changes)
    return {"schema": SCHEMA, "date": brief.date.isoformat(), **changes}


def ledger_line(row: Commitment, today: dt.date) -> Object:
    """A line of `briefing ledger --format jsonl`."""
    return {"schema": SCHEMA, **_commitment(row, today)}


def _line_article(value: Article, with_text: bool) -> Object:
    named = ("id", "source", "title", "date", "url", "sha256", *(["text"] if with_text else []))
    return {name: _plain(getattr(value, name)) for name in named}


def article_reference(value: Article, *, with_text: bool = False) -> Object:
    """An article as the JSON names it: without its text, unless that is asked for."""
    named = ("id", "source", "title", "url", "date", "published", "language", "origin", "sha256")
    return {name: _plain(getattr(value, name)) for name in (*named, *(["text"] if with_text else []))}


def _story(story: Story, *, told: bool, with_text: bool) -> Object:
    articles = ("articles", "duplicates")
    made = _fields(story, without=articles)
    named = {
        name: [article_reference(one, with_text=with_text) for one in getattr(story, name)]
        for name in articles
    }
    return {
        **made,
        "told": told,
        "score": round(story.score, 3),
        "unfilled": list(story.slots.unfilled),
        **named,
    }


def _summary(summary: Summary) -> Object:
    return {"text": summary.text, **_fields(summary)}


def _sentence(sentence: SummarySentence) -> Object:
    made = _fields(sentence)
    # Said only where a model wrote the words.
    return (
        made if sentence.generated else {name: value for name, value in made.items() if name != "generated"}
    )


def _statement(value: Agreed | Outlook) -> Object:
    made = _fields(value)
    # Said only of what a brief leaves out.
    return made if not value.told else {name: one for name, one in made.items() if name != "told"}


def _slots(slots: Slots) -> Object:
    return _fields(slots, without=("warnings",))


def _commitment(row: Commitment, today: dt.date) -> Object:
    overdue = row.overdue(today)
    return {**_fields(row), "overdue": overdue, "note": OUTCOME_UNKNOWN if overdue else None}


def _evidence(evidence: Evidence) -> Object:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        **({"field": "title"} if evidence.field == "title" else {}),
        **({"article": evidence.article} if evidence.article is not None else {}),
    }


# Types that are not written field by field.
_WRITERS: dict[type, Callable[[Any], Any]] = {
    Agreed: _statement,
    Article: article_reference,
    Evidence: _evidence,
    Outlook: _statement,
    Slots: _slots,
    Summary: _summary,
    SummarySentence: _sentence,
}


def _fields(value: Any, without: Sequence[str] = ()) -> Object:
    names = [field.name for field in dataclasses.fields(value) if field.name not in without]
    ordered = [name for name in names if name not in _LAST] + [name for name in _LAST if name in names]
    return {name: _plain(getattr(value, name)) for name in ordered}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if type(value) in _WRITERS:
        return _WRITERS[type(value)](value)
    return _fields(value) if dataclasses.is_dataclass(value) else value
