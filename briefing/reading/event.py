"""What each claim is to its article: a part of the event that it reports, what was before, or a view.

The event is what the title and the opening tell; the inverted pyramid of news puts it there (Pöttker, "News
and its communicative quality", Journalism Studies 2003).  A claim is

- `view` where somebody is said to think, fear or expect it, or where one who speaks for no side says it;
- `background` where its own words put it before the event ("had", "last year", a date long past);
- `other` where it tells a past deed, far down, of none whom the title or the opening names;
- `event` otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.types import TITLE, Claim, ClaimRole, Entity, Source, Time

_OPENING = 3  # sentences
_FAR_DOWN = 5  # sentences
_FRESH = dt.timedelta(days=10)  # news of a week, told late


def with_roles(
    claims: Sequence[Claim],
    sources: Sequence[Source],
    entities: Sequence[Entity],
    times: Sequence[Time],
    published: dt.date | None,
) -> tuple[Claim, ...]:
    """The claims with their roles, and by whose word each stands."""
    mentions = [(mention.sentence, entity.name) for entity in entities for mention in entity.mentions]
    opening = {name for sentence, name in mentions if sentence < _OPENING}
    named: dict[int, set[str]] = {}
    for sentence, name in mentions:
        named.setdefault(sentence, set()).add(name)
    found = []
    for claim in claims:
        source = sources[claim.sentence] if claim.sentence != TITLE else Source()
        known = bool(named.get(claim.sentence, set()) & opening) or claim.sentence < _FAR_DOWN
        past = any(_is_long_past(time, published) for time in _within(claim, times))
        role = _role(claim, source, known=known, past=past)
        found.append(replace(claim, standing=source.standing, speaker=source.speaker, role=role))
    return tuple(found)


def _role(claim: Claim, source: Source, *, known: bool, past: bool) -> ClaimRole:
    moods = claim.moods
    if "believed" in moods or (source.outsider and claim.reported):
        return "view"
    if past or "earlier" in moods:
        return "background"
    return "event" if known or claim.form != "past" else "other"


def _within(claim: Claim, times: Sequence[Time]) -> Iterator[Time]:
    """The times that stand in the clause; those of the title are not among `times`."""
    if claim.sentence == TITLE:
        return iter(())
    return (time for time in times if claim.start <= time.start < claim.end)


def _is_long_past(time: Time, published: dt.date | None) -> bool:
    day = time.when.end or time.when.date
    return day is not None and published is not None and day < published - _FRESH
