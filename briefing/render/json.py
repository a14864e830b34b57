"""The JSON of the contract: one function a type, in the order in which a reader wants the keys."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.types import (
    Agreed,
    Article,
    Brief,
    Checked,
    Event,
    Evidence,
    Failure,
    Meeting,
    Note,
    Outlook,
    Slots,
    Story,
    Summary,
    When,
    Where,
    Who,
)

SCHEMA = 1

Object = dict[str, Any]


def dumps(value: Mapping[str, Any], *, indent: int | None = None) -> str:
    """JSON text with every character as itself; lone surrogates as escapes, so that it is UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def article(value: Article) -> Object:
    """The article of a line of output."""
    return {
        "id": value.id,
        "source": value.source,
        "title": value.title,
        "date": _day(value.date),
        "url": value.url,
        "sha256": value.sha256,
    }


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
                "evidence": _evidence((note.evidence,)),
            }
            for note in notes
        ]
    return line


def summary_line(value: Article, summary: Summary, *, with_text: bool = False) -> Object:
    """A line of `briefing summarise --format jsonl`."""
    return {
        "schema": SCHEMA,
        "article": _line_article(value, with_text),
        "summary": summary.text,
        "method": summary.method,
        "model": summary.model,
        "sentences": _sentences(summary),
        "checked": _checked(summary.checked),
        "warnings": list(summary.warnings),
    }


def brief_object(brief: Brief, *, with_text: bool = False) -> Object:
    """What `briefing daily --format json` prints; briefing/render/brief.schema.json describes it."""
    return {
        "schema": SCHEMA,
        "title": brief.title,
        "date": brief.date.isoformat(),
        "period": {"start": _day(brief.period.start), "end": _day(brief.period.end)},
        "bottom_line": [
            {
                "topic": list(line.topic),
                "text": line.text,
                "story": line.story,
                "evidence": _evidence(line.evidence),
            }
            for line in brief.bottom_line
        ],
        "stories": [
            _story(story, told=n < brief.told, with_text=with_text) for n, story in enumerate(brief.stories)
        ],
        "forward": [_event(event) for event in brief.forward],
        "meetings": [_meeting(meeting) for meeting in brief.meetings],
        "outside": [_reference(one) for one in brief.outside],
        "sources": [_reference(one) for story in brief.stories for one in story.articles],
        "failures": [_failure(failure) for failure in brief.failures],
        "warnings": list(brief.warnings),
    }


def _line_article(value: Article, with_text: bool) -> Object:
    return {**article(value), "text": value.text} if with_text else article(value)


def _reference(value: Article, *, with_text: bool = False) -> Object:
    reference = {
        "id": value.id,
        "source": value.source,
        "title": value.title,
        "url": value.url,
        "date": _day(value.date),
        "published": value.published.isoformat() if value.published else None,
        "origin": value.origin,
        "sha256": value.sha256,
    }
    return {**reference, "text": value.text} if with_text else reference


def _story(story: Story, *, told: bool, with_text: bool) -> Object:
    return {
        "id": story.id,
        "headline": story.headline,
        "region": story.region,
        "told": told,
        "score": round(story.score, 3),
        "reasons": list(story.reasons),
        "summary": {
            "text": story.summary.text,
            "sentences": _sentences(story.summary),
            "method": story.summary.method,
            "model": story.summary.model,
            "checked": _checked(story.summary.checked),
            "warnings": list(story.summary.warnings),
        },
        "slots": _slots(story.slots),
        "articles": [_reference(one, with_text=with_text) for one in story.articles],
        "duplicates": [_reference(one, with_text=with_text) for one in story.duplicates],
    }


def _sentences(summary: Summary) -> list[Object]:
    return [
        {
            "text": sentence.text,
            "evidence": _evidence(sentence.evidence),
            **({"generated": True} if sentence.generated else {}),
        }
        for sentence in summary.sentences
    ]


def _checked(checked: Checked | None) -> Object | None:
    return (
        {"sentences": checked.sentences, "replaced": checked.replaced, "dropped": checked.dropped}
        if checked
        else None
    )


def _slots(slots: Slots) -> Object:
    return {
        "who": [_who(value) for value in slots.who],
        "where": [_where(value) for value in slots.where],
        "agreed": [_agreed(value) for value in slots.agreed],
        "outlook": [_outlook(value) for value in slots.outlook],
    }


def _who(value: Who) -> Object:
    return {
        "name": value.name,
        "kind": value.kind,
        "role": value.role,
        "side": value.side,
        "evidence": _evidence(value.evidence),
        "rule": value.rule,
    }


def _where(value: Where) -> Object:
    return {
        "place": value.place,
        "country": value.country,
        "basis": value.basis,
        "evidence": _evidence(value.evidence),
        "rule": value.rule,
    }


def _agreed(value: Agreed) -> Object:
    return {
        "text": value.text,
        "status": value.status,
        "parties": list(value.parties),
        "speaker": value.speaker,
        "attribution": value.attribution,
        "evidence": _evidence(value.evidence),
        "rule": value.rule,
    }


def _outlook(value: Outlook) -> Object:
    return {
        "text": value.text,
        "kind": value.kind,
        "when": _when(value.when) if value.when else None,
        "speaker": value.speaker,
        "attribution": value.attribution,
        "evidence": _evidence(value.evidence),
        "rule": value.rule,
    }


def _event(event: Event) -> Object:
    return {
        "text": event.text,
        "kind": event.kind,
        "when": _when(event.when) if event.when else None,
        "story": event.story,
        "speaker": event.speaker,
        "attribution": event.attribution,
        "evidence": _evidence(event.evidence),
    }


def _meeting(meeting: Meeting) -> Object:
    return {
        "parties": [
            {"name": party.name, "kind": party.kind, "role": party.role, "side": party.side}
            for party in meeting.parties
        ],
        "format": meeting.format,
        "status": meeting.status,
        "date": _day(meeting.date),
        "place": _where(meeting.place) if meeting.place else None,
        "story": meeting.story,
        "evidence": _evidence(meeting.evidence),
    }


def _when(when: When) -> Object:
    return {
        "phrase": when.phrase,
        "date": _day(when.date),
        "end": _day(when.end),
        "precision": when.precision,
    }


def _failure(failure: Failure) -> Object:
    return {"source": failure.source, "reason": failure.reason, "remedy": failure.remedy}


def _evidence(evidence: Sequence[Evidence]) -> list[Object]:
    return [
        {
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            **({"field": "title"} if one.field == "title" else {}),
            **({"article": one.article} if one.article is not None else {}),
        }
        for one in evidence
    ]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
