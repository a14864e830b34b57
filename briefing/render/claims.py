"""What an article says, for people: its claims, who says what, and its times, each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.types import Article, Claim, Evidence, Reading, Ref, Span, quotation, text_of


@dataclass(frozen=True)
class Told:
    """A line: what kind it is, its words, and where they stand."""

    kind: str
    text: str
    evidence: tuple[Evidence, ...]


def told(article: Article, reading: Reading) -> list[Told]:
    """The lines of a reading: zones that are not body, claims, attributions, times."""
    return [
        *_zones(article, reading),
        *(_claim(article, claim) for claim in reading.claims),
        *_attributions(article, reading),
        *_times(article, reading),
    ]


def _zones(article: Article, reading: Reading) -> Iterator[Told]:
    for zone in reading.zones:
        span = zone.start, zone.end
        if zone.kind != "body" and article.text[slice(*span)].strip():
            yield Told(zone.kind, _words(article.text, span), (quotation(article, *span),))


def _claim(article: Article, claim: Claim) -> Told:
    text = text_of(article, claim.sentence)
    parts = [
        _joined("who", (_name(one) for one in claim.agents)),
        f"{'not ' if claim.negated else ''}{' '.join((*claim.auxiliaries, claim.verb))}",
        _joined("what", (_name(one) for one in claim.objects)),
        _joined("", (f"{one.via} {_name(one)}" for one in claim.obliques)),
        _joined("by", [claim.speaker] if claim.speaker else []),
        _joined("", (f"{one.kind} by “{text[one.start : one.end]}”" for one in claim.qualifiers)),
    ]
    return Told(
        f"claim ({claim.role})",
        "; ".join(part for part in parts if part),
        (quotation(article, *claim.at, claim.sentence),),
    )


def _attributions(article: Article, reading: Reading) -> Iterator[Told]:
    for one in reading.attributions:
        said = [_all(article, spans) for spans in (one.source, one.cue, one.content)]
        yield Told("said", " | ".join(said), tuple(quotation(article, *span) for span in one.content))


def _times(article: Article, reading: Reading) -> Iterator[Told]:
    for time in reading.times:
        when = time.when
        day = f"{when.date or 'no date'}{f' to {when.end}' if when.end else ''}"
        yield Told("time", f"{when.phrase}: {day}", (quotation(article, time.start, time.end),))


def _name(ref: Ref) -> str:
    return ref.actor or ref.word


def _joined(label: str, names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"{label} {listed}".strip() if listed else ""


def _all(article: Article, spans: tuple[Span, ...]) -> str:
    return " … ".join(_words(article.text, span) for span in spans) or "-"


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())
