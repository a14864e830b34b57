"""What a story is worth to a diplomatic desk: facts that can be named, and what each lifts or sinks.

The facts are what its lead article is about, as the sentence encoder tells it (subjects.yaml), who acts for
whom and where, what was decided, and words of its opening (value_words.yaml).  What each is worth is fitted
by `python -m training.value` on days that readers judged: value.yaml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.brief.regions import countries, is_known
from briefing.brief.rules import ranking_rules, subject_rules, value_rules, value_words
from briefing.types import DECIDED, TITLE, Article, Reading, Slots

# How fast what is less like an article counts less.
_SHARPNESS = 10.0
_MANY = 4
_DIGITS = 2
_ABOUT = "about "
_SERVED = re.compile(r"\s+to (?:the )?", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:vice|former|deputy)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Worth:
    """What a story is worth: its points, each with its reason, and what follows from them.

    `told` says that it belongs in the brief in full; `dropped` is the heading under which it is left out.
    """

    parts: tuple[tuple[float, str], ...]
    told: bool
    dropped: str | None

    def lifted(self, points: float) -> Worth:
        """The same with points that it has for other reasons than its facts."""
        if self.told or not points:
            return self
        total = points + sum(value for value, _ in self.parts)
        rules = value_rules()
        return Worth(self.parts, total >= rules.told, self.dropped if total < rules.listed else None)


def about(likeness: Mapping[str, float]) -> dict[str, float]:
    """How much of what an article is about falls to each subject, by the name of the fact."""
    return {_ABOUT + name: share for name, share in shares(likeness).items()}


def facts_of(article: Article, reading: Reading, slots: Slots) -> dict[str, float]:
    """What else speaks for or against a story by its lead, by name."""
    shown = [one for one in reading.entities if any(m.sentence in (TITLE, 0) for m in one.mentions)]
    opening = {name for one in shown for name in (one.name, one.side) if name and is_known(name)}
    acting = {who.side for who in slots.who if who.side and is_known(who.side)}
    abroad = any(where.country and side != where.country for where in slots.where for side in acting)
    states = opening | set(countries(slots))
    ranks = {rank_of(who.role) for who in slots.who if who.role}
    statuses = {one.status for one in slots.agreed}
    found: dict[str, float] = {"states or bodies in the opening": min(len(opening), _MANY)}
    said = {
        "several states or bodies in the opening": len(opening) > 1,
        "two sides act": len(acting) > 1,
        "no state or body": not states,
        "one state alone": len(states) == 1,
        "a leader acts": "leader" in ranks,
        "a minister acts": "minister" in ranks,
        "something was decided": bool(statuses & set(DECIDED)),
        "something was pledged, proposed or refused": bool(statuses - set(DECIDED)),
        "a dated event to come": any(one.when and one.when.date for one in slots.outlook),
        "nobody acts": not slots.who,
        "a readout": reading.readout,
        "somebody speaks for a state or body": any(
            who.kind == "person" and who.side in acting for who in slots.who
        ),
        "an act abroad": abroad,
    }
    start = " ".join([article.title or "", *(article.text[a:b] for a, b in reading.sentences[:1])])
    said |= {f"words of {name}": bool(words.search(start)) for name, words in value_words().items()}
    return found | {name: float(holds) for name, holds in said.items()}


def shares(likeness: Mapping[str, float]) -> dict[str, float]:
    """How much of what an article is about falls to each subject; all together 1."""
    most = max(likeness.values(), default=0.0)
    powers = {name: math.exp(_SHARPNESS * (one - most)) for name, one in likeness.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def rank_of(role: str) -> str | None:
    """The rank of an office; an "adviser to the president" is no president."""
    if _SUBORDINATE.match(role):
        return None
    head = _SERVED.split(role)[0]
    return next((rank for rank, words in ranking_rules().offices.items() if words.search(head)), None)


def worth(facts: Mapping[str, float]) -> Worth:
    """What a story with these facts is worth.  The score is the sum of the parts."""
    rules = value_rules()
    points = {name: round(rules.weights.get(name, 0.0) * value, _DIGITS) for name, value in facts.items()}
    points["as any story"] = round(rules.start, _DIGITS)
    parts = sorted(
        ((value, name) for name, value in points.items() if value), key=lambda one: (-abs(one[0]), one[1])
    )
    total = sum(value for value, _ in parts)
    dropped = None
    if total < rules.listed:
        dropped = _heading(facts)
    return Worth(tuple(parts), total >= rules.told, dropped)


def _heading(facts: Mapping[str, float]) -> str:
    """The subject that it is most about of those that a desk drops."""
    headings = subject_rules().headings
    return headings[max(headings, key=lambda name: facts.get(_ABOUT + name, 0.0))]
