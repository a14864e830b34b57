"""What speaks for and against a statement that a rule found: named facts of its clause, speaker and place.

A rule sees one sentence.  Whether what it found belongs into a brief hangs on more: who does it, on whose
word it stands, how far down, and whether it is of those whom the article is about.  What follows says
nothing: a paragraph more at the end changes no statement.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator

from briefing.slots.matching import Context, Match
from briefing.types import TITLE, Claim, Entity, Reading, Ref

_OPENING = 4  # sentences
_LONGEST = 60  # sentences: about the longest articles that the weights were fitted on
_POSSIBLE = {"could", "might", "may"}
_SHORT = 60  # characters
_FRESH, _OLD = 3, 9  # days before the article
_TENSES = {"perfect": {"has", "have", "'s", "'ve"}, "had": {"had"}, "do": {"does", "do", "did"}}
_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"\w{4,}")


def facts_of(context: Context, match: Match, others: int) -> dict[str, float]:
    """The facts of a statement; `others` is how many further rules found its sentence."""
    reading, claim, number = context.reading, match.claim, context.number
    named = [one for one in reading.entities if any(mention.sentence == number for mention in one.mentions)]
    told = (
        f"rule-{match.rule.name}",
        *_of_clause(claim, reading),
        *_of_verb(context, claim),
        *_of_age(context, claim),
        *_of_doer(context, claim),
        *_of_source(context, claim),
        *_of_words(context, named),
    )
    return dict.fromkeys(told, 1.0) | {
        "far-down": math.log(1 + min(number, _LONGEST)),
        "long": math.log(1 + len(context.lower)),
        "many-named": math.log(1 + len(named)),
        "many-claims": math.log(1 + len(context.claims)),
        "other-rules": float(others),
    }


def _of_clause(claim: Claim, reading: Reading) -> Iterator[str]:
    yield f"role-{claim.role}"
    yield f"link-{claim.link}"
    yield f"form-{claim.form}"
    yield from (f"mood-{mood}" for mood in claim.moods)
    yield from (name for name in ("reported", "aside", "passive") if getattr(claim, name))
    yield from (name for name in ("will", "would") if name in claim.auxiliaries)
    if not _POSSIBLE.isdisjoint(claim.auxiliaries):
        yield "possible"
    if claim.holder is not None:
        yield "held"
        yield f"held-by-{reading.claims[claim.holder].role}"
    if claim.objects:
        yield "object"
    if any(one.actor for one in claim.objects):
        yield "object-named"
    if any(one.actor for one in claim.obliques):
        yield "oblique-named"


def _of_verb(context: Context, claim: Claim) -> Iterator[str]:
    """Its tense, and whether the title or the lead tells by the same verb."""
    yield from (name for name, helpers in _TENSES.items() if not helpers.isdisjoint(claim.auxiliaries))
    for name, numbers in (("title-verb", (TITLE,)), ("lead-verb", (0, 1))):
        told = (one.verb for number in numbers for one in context.reading.claims_in(number))
        if context.number not in numbers and claim.verb in told:
            yield name


def _of_age(context: Context, claim: Claim) -> Iterator[str]:
    """Whether its clause, or another of its sentence, names a day of the news or one long before."""
    if context.date is None:
        return
    for time in context.reading.times_in(context.number):
        last = time.when.end or time.when.date
        days = (context.date - last).days if last is not None else -1
        age = "fresh" if 0 <= days <= _FRESH else "old" if days > _OLD else None
        if age is not None:
            yield f"age-{age}"
            if claim.start <= time.start < claim.end:
                yield f"clause-{age}"


def _of_doer(context: Context, claim: Claim) -> Iterator[str]:
    doer = claim.agents[0] if claim.agents else None
    entity = context.reading.entity(doer.actor) if doer is not None else None
    yield f"doer-{_kind(doer, entity)}"
    if doer is not None and doer.described:
        yield "doer-described"
    if entity is not None:
        at = {mention.sentence for mention in entity.mentions}
        told = {
            "actor": entity.name in context.actors,
            "side": entity.side is not None,
            "office": entity.role is not None,
            "outsider": entity.outsider,
            "titled": TITLE in at,
            "early": not at.isdisjoint((0, 1)),
        }
        yield from (f"doer-{name}" for name, true in told.items() if true)


def _kind(doer: Ref | None, entity: Entity | None) -> str:
    if doer is None:
        return "none"
    if doer.word in {"i", "we"}:
        return "speaker"
    if doer.pronoun:
        return "pronoun"
    if entity is not None:
        return f"{'named' if doer.mention else 'meant'}-{entity.kind}"
    return "name" if doer.proper else "several" if doer.several else "noun"


def _of_source(context: Context, claim: Claim) -> Iterator[str]:
    source = context.source
    yield f"by-{source.standing}"
    if source.standing != "named":
        return
    speaker = context.reading.entity(source.speaker)
    if source.outsider:
        yield "speaker-outsider"
    if speaker is None:
        yield "speaker-unknown"
        return
    yield f"speaker-{speaker.kind}"
    told = {
        "office": speaker.role is not None,
        "side": speaker.side is not None,
        "former": speaker.former,
        "actor": speaker.name in context.actors,
        "doer": bool(claim.agents) and claim.agents[0].actor == speaker.name,
    }
    yield from (f"speaker-{name}" for name, true in told.items() if true)


def _of_words(context: Context, named: Collection[Entity]) -> Iterator[str]:
    reading, number, text = context.reading, context.number, context.lower
    times = [time.future for time in reading.times_in(number)]
    title = set(_TELLING.findall(context.title))
    words = set(_WORD.findall(text))
    told = {
        "lead": number == 0,
        "early": 0 < number < _OPENING,
        "short": len(text) < _SHORT,
        "question": text.rstrip().endswith("?"),
        "quotation": text.lstrip()[:1] in {'"', "'"},
        "first-person": not words.isdisjoint(("i", "me", "my")),
        "addressed": not words.isdisjoint(("you", "your")),
        "time-future": True in times,
        "time-open": None in times,
        "time-past": False in times,
        "time-none": not times,
        "title-words": not title.isdisjoint(_TELLING.findall(text)),
        "actor-named": any(one.name in context.actors for one in named),
        "titled-named": any(m.sentence == TITLE for one in named for m in one.mentions),
        "no-actors": not context.actors,
        "readout": reading.readout,
    }
    yield from (name for name, true in told.items() if true)
    yield from sorted({f"names-{one.kind}" for one in named})
