"""The actors of the reported event: who met, spoke, decided, signed, refused or was addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.slots.acting import facts_of, parts_of
from briefing.slots.notes import Notes
from briefing.slots.rules import Rules
from briefing.slots.weighing import load_weights
from briefing.types import TITLE, Article, Entity, Evidence, Mention, Reading, Who, quotation

# How much a mention says for its actor, by its part in the sentence.  Set by hand on the development
# documents; the ranking hardly moves when one of them changes by a quarter.
_DOER, _PARTNER, _ADDRESSED, _POSSESSOR, _OTHER = 3.0, 2.5, 1.5, 1.0, 0.4
_REPORTED = 0.5  # in what another says of it
_TITLE_WEIGHT, _LEAD_WEIGHT, _EARLY_WEIGHT, _LATE_WEIGHT = 2.0, 2.0, 1.2, 0.6
_EARLY = 5  # sentences
_COUNTED = 4  # mentions: a name often repeated is not the more an actor for it
_SHORT = 4  # sentences
_ENOUGH = 3.4  # by the parts in the sentences alone, in a text so short
_ENOUGH_WITH_OFFICE = 1.7
_MOST = 8
_READOUT_MOST = 6

_OF_PLACE = {"at", "in", "from", "near", "during", "about", "on", "over", "since", "into", "outside"}
_PARTNERS = {"with", "between", "among", "against", "to", "by", "alongside"}


@dataclass
class _Score:
    total: float = 0.0
    acts: bool = False
    best: Mention | None = None
    best_weight: float = -1.0
    sure: float = 0.0
    why: str = ""


class WhoReader:
    """Reads the who slot."""

    def __init__(self, rules: Rules) -> None:
        self._meeting_verbs = frozenset(rules.events.meeting_verbs)
        self._meetings = self._meeting_verbs | frozenset(rules.events.meeting_nouns)
        self._weights = load_weights("who")
        self._saying = frozenset(rules.speech.verbs)

    def read(self, article: Article, reading: Reading, notes: Notes) -> list[Who]:
        """The actors in the order in which the text names them, at most eight."""
        scores = {one.name: self._score(reading, one) for one in reading.entities}
        known = self._facts(reading, scores)
        for one in reading.entities:
            facts = known[one.name]
            scores[one.name].sure, scores[one.name].why = self._weights.sure(facts), self._weights.why(facts)
            if len(reading.sentences) < _SHORT and scores[one.name].acts and not one.outsider:
                # The weights were fitted on whole articles; in two or three sentences whoever acts is one.
                enough = scores[one.name].total >= (_ENOUGH if one.role is None else _ENOUGH_WITH_OFFICE)
                if enough:
                    scores[one.name].sure, scores[one.name].why = 1.0, "it acts, in so short a text"
        # Whom a readout's title names is there, however many others are.
        ranked = sorted(
            reading.entities,
            key=lambda one: (not (reading.readout and _is_titled(one)), -scores[one.name].sure),
        )
        most = _READOUT_MOST if reading.readout else _MOST
        acting = [one for one in ranked if scores[one.name].acts]
        chosen = [one for one in ranked if scores[one.name].sure >= self._weights.bound][:most] or acting[:2]
        if notes.on:
            self._note(article, reading, notes, scores, chosen)
        chosen.sort(key=_first_named)
        found = [_value(article, one, scores[one.name]) for one in chosen]
        return _with_group(article, reading, found)

    def facts(self, reading: Reading) -> dict[str, dict[str, float]]:
        """What speaks for each entity being an actor, by its name: what the weights are fitted on."""
        return self._facts(reading, {one.name: self._score(reading, one) for one in reading.entities})

    def _facts(self, reading: Reading, scores: dict[str, _Score]) -> dict[str, dict[str, float]]:
        weights = {name: one.total for name, one in scores.items()}
        parts = parts_of(reading.entities, weights, {name for name, one in scores.items() if one.acts})
        return {
            one.name: facts_of(reading, one, self._saying, self._meetings, parts[one.name])
            for one in reading.entities
        }

    def _note(
        self,
        article: Article,
        reading: Reading,
        notes: Notes,
        scores: dict[str, _Score],
        chosen: list[Entity],
    ) -> None:
        for one in reading.entities:
            score = scores[one.name]
            shown = score.best or one.mentions[0]
            why = score.why
            if one not in chosen and score.sure >= self._weights.bound:
                why += ", but others are surer"
            at = quotation(article, shown.start, shown.end, shown.sentence)
            notes.add("who", _rule_of(one), at, made=one in chosen, why=f"{one.name}: {why}")

    def _score(self, reading: Reading, entity: Entity) -> _Score:
        score = _Score()
        seen: dict[int, float] = {}
        for mention in entity.mentions:
            weight, acts = self._part(reading, mention)
            weight *= _place(mention.sentence) * (_REPORTED if mention.reported else 1.0)
            score.acts |= acts and not _nobody(entity)
            seen[mention.sentence] = max(seen.get(mention.sentence, 0.0), weight)
            better = weight + (0.01 if acts else 0.0) - (100.0 if mention.sentence == TITLE else 0.0)
            if score.best is None or better > score.best_weight:
                score.best, score.best_weight = mention, better
        score.total = sum(sorted(seen.values(), reverse=True)[:_COUNTED])
        return score

    def _part(self, reading: Reading, mention: Mention) -> tuple[float, bool]:
        """The weight of a mention by its part in the sentence, and whether the actor acts in it."""
        if mention.part in {"office", "place"}:
            return 0.0, False
        if mention.part == "beside":
            return (0.0, False) if mention.form == "adjective" else (_OTHER, False)
        if mention.sentence == TITLE and reading.readout:
            return (_OTHER, False) if mention.via in {"to", "in"} else (_DOER, True)
        if not mention.governor or (mention.modifying and mention.governor not in self._meeting_verbs):
            return _OTHER, False  # "the threat posed by X"
        if mention.part == "agent":
            return _DOER, True
        if mention.part == "subject":
            return _ADDRESSED, True
        return self._acted_on(mention)

    def _acted_on(self, mention: Mention) -> tuple[float, bool]:
        if mention.form == "metonym":
            return _OTHER, False
        if mention.governor in self._meetings and mention.via not in _OF_PLACE:
            return _PARTNER, True
        if mention.part == "object":
            return _ADDRESSED, True
        if mention.part == "possessor":
            return _POSSESSOR, mention.form != "person"
        return (_POSSESSOR, True) if mention.via in _PARTNERS else (_OTHER, False)


def _place(number: int) -> float:
    if number == TITLE:
        return _TITLE_WEIGHT
    if number == 0:
        return _LEAD_WEIGHT
    return _EARLY_WEIGHT if number < _EARLY else _LATE_WEIGHT


def _value(article: Article, entity: Entity, score: _Score) -> Who:
    fullest = next(
        (
            one
            for one in entity.mentions
            if one.sentence != TITLE and _quote(article, one).startswith(entity.name[:12])
        ),
        None,
    )
    shown = fullest or score.best or entity.mentions[0]
    found = [quotation(article, shown.start, shown.end, shown.sentence)]
    if entity.office is not None and entity.office.office is not None:
        found.append(quotation(article, *entity.office.office, entity.office.sentence))
    return Who(
        name=entity.name,
        kind=entity.kind,
        evidence=tuple(dict.fromkeys(found)),
        rule=_rule_of(entity),
        role=entity.role,
        side=entity.side,
    )


def _with_group(article: Article, reading: Reading, found: list[Who]) -> list[Who]:
    """Adds the partners without names: "Israeli Officials" are Israel, and the state is not named beside."""
    group = reading.group
    if group is None:
        return found
    at = quotation(article, group.start, group.end, TITLE if group.in_title else 0)
    if any(one.name in group.members or _overlap(at, one.evidence[0]) for one in found):
        return found
    found = [one for one in found if one.kind == "person" or one.name != group.side]
    found.insert(min(1, len(found)), Who(group.name, "organisation", (at,), "partner-group", side=group.side))
    return found


def _rule_of(entity: Entity) -> str:
    return "named-person" if entity.kind == "person" else f"acting-{entity.kind}"


# What no body has in its name.
_PIECE_OF_A_HEADLINE = re.compile(r"['’]s\b|\b(?:Against|With|From|Held|Their|Its)\b")


def _nobody(entity: Entity) -> bool:
    """Whether it looks like a person or a body in the title alone, where every word may have a capital."""
    in_title = all(mention.sentence == TITLE for mention in entity.mentions)
    several = entity.kind == "organisation" and _PIECE_OF_A_HEADLINE.search(entity.name) is not None
    return in_title and (several or (entity.kind == "person" and entity.role is None))


def _is_titled(entity: Entity) -> bool:
    return entity.kind == "person" and any(mention.sentence == TITLE for mention in entity.mentions)


def _first_named(entity: Entity) -> tuple[int, int]:
    """Where the text first names an actor otherwise than in somebody's office; the title comes last."""
    named = [m for m in entity.mentions if m.form not in {"office", "adjective"}] or list(entity.mentions)
    body = [m for m in named if m.sentence != TITLE]
    return (body[0].sentence, body[0].start) if body else (len(entity.mentions) + 10_000, 0)


def _overlap(mine: Evidence, theirs: Evidence) -> bool:
    return mine.field == theirs.field and mine.start < theirs.end and theirs.start < mine.end


def _quote(article: Article, mention: Mention) -> str:
    return " ".join(article.text[mention.start : mention.end].split())
