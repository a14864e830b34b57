"""What speaks for a named one being an actor of the event: named facts of its mentions."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from briefing.types import TITLE, Entity, Mention, Reading

_OPENING = 5  # sentences
_COUNTED = 3  # mentions of one kind: a name often repeated is not the more an actor for it
_PARTS = {"agent", "subject", "object", "possessor", "oblique"}


@dataclass(frozen=True)
class Part:
    """What an entity does in the article: its weight by the parts of its mentions, and how that compares.

    It is compared with those whom the opening names or the text before it: a paragraph further below, on
    another matter, makes nobody less of an actor.
    """

    weight: float
    acts: bool
    most: float  # the weight of the heaviest of them
    rank: int  # how many of them are heavier
    often: int  # the mentions of the one most named
    named: int  # how many they are, itself among them
    before: int  # how many are named before it


def parts_of(
    entities: Sequence[Entity], weights: Mapping[str, float], acts: Collection[str]
) -> dict[str, Part]:
    """The part of each entity, by its name; `weights` are those of its mentions."""
    ordered = sorted(entities, key=_first_named)
    opening = bisect_left(ordered, (_OPENING, 0), key=_first_named)
    found = {}
    lighter: list[float] = []
    most, often = 0.0, 0
    for end in range(len(ordered)):
        one = ordered[end]
        insort(lighter, weights[one.name])
        most, often = max(most, weights[one.name]), max(often, len(one.mentions))
        named = end + 1
        if named < opening:
            continue
        for before in range(opening) if named == opening else (end,):
            name = ordered[before].name
            rank = named - bisect_right(lighter, weights[name])
            found[name] = Part(weights[name], name in acts, most, rank, often, named, before)
    return found


def _first_named(entity: Entity) -> tuple[int, int]:
    return min((one.sentence, one.start) for one in entity.mentions)


def facts_of(
    reading: Reading, entity: Entity, saying: Collection[str], meetings: Collection[str], part: Part
) -> dict[str, float]:
    """The facts of an entity that plays this part."""
    facts: Counter[str] = Counter()
    for mention in entity.mentions:
        for name in _facts_of_mention(mention, saying, meetings):
            facts[name] = min(_COUNTED, facts[name] + 1)
    first = min((one.sentence for one in entity.mentions if one.sentence != TITLE), default=99)
    forms = {one.form for one in entity.mentions}
    facts[f"is-{'group' if 'group' in forms else entity.kind}"] = 1
    found = {name: float(value) for name, value in facts.items()}
    found |= _by_claims(reading, entity)
    if "group" in forms:
        found[f"called-{entity.name.split()[-1]}"] = 1.0
    found |= {
        "weight": min(part.weight, 20.0) / 5,
        "weight-root": math.sqrt(min(part.weight, 20.0)),
        "relative": part.weight / max(part.most, 0.1),
        "rank": min(10.0, part.rank),
        "log-rank": math.log(1 + min(10, part.rank)),
        "acts": float(part.acts),
        "has-role": float(entity.role is not None),
        "full-name": float(entity.kind == "person" and " " in entity.name),
        "former": float(entity.former),
        "outsider": float(entity.outsider),
        "named-at-once": float(first == 0),
        "named-early": float(0 < first < _OPENING),
        "often": math.log(len(entity.mentions)),
        "share": len(entity.mentions) / part.often,
        "has-spokesman": float(entity.kind != "person" and _has_person(reading, entity)),
        "only-title": float(all(one.sentence == TITLE for one in entity.mentions)),
        "many-named": math.log(1 + part.named),
        "named-before": math.log(1 + part.before),
    }
    if reading.readout:
        found |= {"readout": 1.0, f"readout-{entity.kind}": 1.0}
        found["readout-title"] = float(any(one.sentence == TITLE for one in entity.mentions))
        found["readout-at-once"] = found["named-at-once"]
    if entity.kind == "state":
        found |= {f"state-{name}": value for name, value in found.items() if name in _STATE}
    return found


_STATE = {"weight", "agent-title", "agent-lead", "agent-early", "often", "share", "beside", "place", "office",
          "possessor-lead", "meets", "named-at-once"}  # fmt: skip


def _facts_of_mention(mention: Mention, saying: Collection[str], meetings: Collection[str]) -> list[str]:
    """The names of what one mention says."""
    where = (
        "title"
        if mention.sentence == TITLE
        else "lead" if mention.sentence == 0 else "early" if mention.sentence < _OPENING else "late"
    )  # fmt: skip
    if mention.part not in _PARTS:
        return [mention.part]
    found = [f"{mention.part}-{where}"]
    if mention.part == "oblique" and mention.via:
        found.append(f"via-{mention.via}")
    if mention.part == "agent" and mention.governor in saying:
        found.append("says")
    if mention.part == "agent" and mention.governor == "report":
        found.append("reports")
    if mention.governor in meetings:
        found.append("meets")
    if mention.modifying:
        found.append("modifying")
    if mention.reported:
        found.append("reported")
    if mention.form in {"metonym", "adjective"}:
        found.append(mention.form)
    return found


def _by_claims(reading: Reading, entity: Entity) -> dict[str, float]:
    """How many of its sentences tell the event, what was before, or somebody's view."""
    found: Counter[str] = Counter()
    for number in {one.sentence for one in entity.mentions}:
        for role in {claim.role for claim in reading.claims_in(number)}:
            found[f"in-{role}"] += 1
    return {name: math.log(1 + count) for name, count in found.items()}


def _has_person(reading: Reading, entity: Entity) -> bool:
    """Whether a person of the article speaks for this state or body."""
    return any(one.kind == "person" and one.side == entity.name for one in reading.entities)
