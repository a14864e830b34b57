"""The actors of the reported event: who met, spoke, decided, signed, refused or was addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.reading.article import Reading
from briefing.reading.cast import TITLE, Actor, Mention
from briefing.reading.offices import OfficeReader
from briefing.reading.parse import Sentence, Word
from briefing.reading.speech import is_outsider
from briefing.slots.notes import Notes
from briefing.slots.partners import is_one_of, partner_group
from briefing.slots.rules import Rules
from briefing.types import Who

# How much a mention says for its actor, by its part in the sentence.  Set by hand on the development
# documents; the ranking hardly moves when one of them changes by a quarter.
_DOER, _PARTNER, _ADDRESSED, _POSSESSOR, _OTHER = 3.0, 2.5, 1.5, 1.0, 0.4
_REPORTED = 0.5  # in what another says of it
_IN_A_PLACE = re.compile(r"\b(?:in|at|near|from|outside) (?:[A-Z][\w'’.-]+ ?){1,3}, $")
_TITLE_WEIGHT, _LEAD_WEIGHT, _EARLY_WEIGHT, _LATE_WEIGHT = 2.0, 2.0, 1.2, 0.6
_EARLY = 5  # sentences
_COUNTED = 4  # mentions: a name often repeated is not the more an actor for it
_ENOUGH = 3.4
_ENOUGH_WITH_OFFICE = 1.7
_ENOUGH_OUTSIDE = 6.0  # an analyst who is quoted is no actor; one whom the article is about may be
_MOST = 8
_READOUT_MOST = 6

_MODIFIES = {"acl", "relcl", "advcl", "amod"}
_OF_PLACE = {"at", "in", "from", "near", "during", "about", "on", "over", "since", "into", "outside"}
_PARTNERS = {"with", "between", "among", "against", "to", "by", "alongside"}


@dataclass
class _Score:
    total: float = 0.0
    acts: bool = False
    best: Mention | None = None
    best_weight: float = -1.0


class WhoReader:
    """Reads the who slot."""

    def __init__(self, rules: Rules, offices: OfficeReader) -> None:
        self._offices = offices
        self._meeting_verbs = frozenset(rules.events.meeting_verbs)
        self._meetings = self._meeting_verbs | frozenset(rules.events.meeting_nouns)
        self._outsiders = frozenset(rules.speech.outsiders)
        self._saying = frozenset(rules.speech.verbs)
        self._standing_for = frozenset(rules.events.standing_for)

    def read(self, reading: Reading, notes: Notes) -> list[Who]:
        """The actors in the order in which the text names them, at most eight."""
        scores = {id(actor): self._score(reading, actor) for actor in reading.cast.actors}
        # Whom a readout's title names is there, however many others are.
        ranked = sorted(
            reading.cast.actors,
            key=lambda actor: (not (reading.is_readout and _is_titled(actor)), -scores[id(actor)].total),
        )
        most = _READOUT_MOST if reading.is_readout else _MOST
        chosen = [
            actor
            for actor in ranked
            if scores[id(actor)].acts and scores[id(actor)].total >= self._enough(actor)
        ][:most]
        if not chosen:
            chosen = [actor for actor in ranked if scores[id(actor)].acts][:2]
        if notes.on:
            self._note(reading, notes, scores, chosen)
        chosen.sort(key=_first_named)
        found = [self._value(reading, actor, scores[id(actor)]) for actor in chosen]
        group = partner_group(reading, self._offices)
        if group is not None and not any(
            _overlap(group, one) or is_one_of(one, group, self._offices) for one in found
        ):
            # "Israeli Officials" are Israel in this readout, and the state is not named beside them.
            found = [one for one in found if one.kind == "person" or one.name != group.side]
            found.insert(min(1, len(found)), group)
        return found

    def _note(self, reading: Reading, notes: Notes, scores: dict[int, _Score], chosen: list[Actor]) -> None:
        for actor in reading.cast.actors:
            score = scores[id(actor)]
            shown = score.best or actor.mentions[0]
            need = self._enough(actor)
            why = f"weight {score.total:.1f}, needs {need:.1f}"
            if not score.acts:
                why = "is named, and does nothing in any sentence"
            elif actor not in chosen and score.total >= need:
                why += ", but others weigh more"
            evidence = reading.evidence(shown.start, shown.end, shown.sentence)
            notes.add("who", _rule_of(actor), evidence, made=actor in chosen, why=f"{actor.name}: {why}")

    def _enough(self, actor: Actor) -> float:
        if actor.role is None:
            return _ENOUGH
        return _ENOUGH_OUTSIDE if is_outsider(actor.role, self._outsiders) else _ENOUGH_WITH_OFFICE

    def _score(self, reading: Reading, actor: Actor) -> _Score:
        score = _Score()
        seen: dict[int, float] = {}
        for mention in actor.mentions:
            sentence = self._sentence(reading, mention)
            if sentence is None:
                continue
            weight, acts = self._part(reading, sentence, mention)
            weight *= self._place(reading, mention.sentence)
            if self._is_reported(sentence, mention):
                weight *= _REPORTED
            score.acts |= acts and not _nobody(actor)
            seen[mention.sentence] = max(seen.get(mention.sentence, 0.0), weight)
            better = weight + (0.01 if acts else 0.0) - (100.0 if mention.sentence == TITLE else 0.0)
            if score.best is None or better > score.best_weight:
                score.best, score.best_weight = mention, better
        score.total = sum(sorted(seen.values(), reverse=True)[:_COUNTED])
        return score

    @staticmethod
    def _sentence(reading: Reading, mention: Mention) -> Sentence | None:
        return reading.title_sentence if mention.sentence == TITLE else reading.sentences[mention.sentence]

    @staticmethod
    def _place(reading: Reading, number: int) -> float:
        if number == TITLE:
            return _TITLE_WEIGHT
        if number == 0:
            return _LEAD_WEIGHT
        return _EARLY_WEIGHT if number < _EARLY else _LATE_WEIGHT

    def _part(self, reading: Reading, sentence: Sentence, mention: Mention) -> tuple[float, bool]:
        """The weight of a mention by its part in the sentence, and whether the actor acts in it."""
        head = _head(sentence, mention)
        if mention.form == "office" or self._locates(reading, mention) or _in_dateline(reading, mention):
            return 0.0, False
        if mention.form == "adjective" or head.dep == "compound":
            stands_for = _governed_noun(sentence, head)
            if stands_for is None or stands_for.lemma not in self._standing_for:
                return (0.0, False) if mention.form == "adjective" else (_OTHER, False)
            head = stands_for
        dep, above = _role_in_clause(sentence, head)
        if mention.sentence == TITLE and reading.is_readout:
            destination = dep.startswith("pobj:") and dep[5:] in {"to", "in"}
            return (_OTHER, False) if destination else (_DOER, True)
        return self._in_clause(dep, above, mention)

    def _in_clause(self, dep: str, above: Word | None, mention: Mention) -> tuple[float, bool]:
        if above is None:
            return _OTHER, False
        if dep == "agent" and above.dep in _MODIFIES and above.lemma not in self._meeting_verbs:
            return _OTHER, False  # "the threat posed by X"
        if dep in {"nsubj", "agent"}:
            return _DOER, True
        if dep == "nsubjpass":
            return _ADDRESSED, True
        if mention.form == "metonym":
            return _OTHER, False
        preposition = dep.partition(":")[2]
        if above.lemma in self._meetings and preposition not in _OF_PLACE:
            return _PARTNER, True
        if dep in {"dobj", "dative"} or (dep == "pobj" and above.lemma in self._saying):
            return _ADDRESSED, True
        if dep == "poss":
            return _POSSESSOR, mention.form != "person"
        return (_POSSESSOR, True) if preposition in _PARTNERS else (_OTHER, False)

    def _is_reported(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether the mention stands in a clause that reports what somebody says."""
        verb = next(
            (one for one in sentence.ancestors(_head(sentence, mention)) if one.pos in {"VERB", "AUX"}), None
        )
        said = sentence.head(verb) if verb is not None and verb.dep == "ccomp" else None
        # "…, a spokesman said" at the end leaves the clause the news of the sentence.
        return said is not None and said.lemma in self._saying and said.i < mention.first

    @staticmethod
    def _locates(reading: Reading, mention: Mention) -> bool:
        """Whether a state only says where a place lies: "in Bali, Indonesia"."""
        text = reading.title if mention.sentence == TITLE else reading.text
        return mention.form == "name" and _IN_A_PLACE.search(text[: mention.start][-60:]) is not None

    def _value(self, reading: Reading, actor: Actor, score: _Score) -> Who:
        best = score.best or actor.mentions[0]
        fullest = next(
            (
                m
                for m in actor.mentions
                if m.sentence != TITLE and _quote(reading, m).startswith(actor.name[:12])
            ),
            None,
        )
        shown = fullest or best
        evidence = [reading.evidence(shown.start, shown.end, shown.sentence)]
        held = actor.role_mention
        if held is not None and held.role_span is not None:
            sentence = self._sentence(reading, held)
            if sentence is not None:
                first, last = (sentence.words[n] for n in held.role_span)
                evidence.append(reading.evidence(first.start, last.end, held.sentence))
        return Who(
            name=actor.name,
            kind=actor.kind,
            evidence=tuple(dict.fromkeys(evidence)),
            rule=_rule_of(actor),
            role=actor.role,
            side=actor.side,
        )


def _in_dateline(reading: Reading, mention: Mention) -> bool:
    found = reading.dateline
    return found is not None and mention.sentence != TITLE and found.start <= mention.start < found.end


def _rule_of(actor: Actor) -> str:
    return "named-person" if actor.kind == "person" else f"acting-{actor.kind}"


# What no body has in its name.
_PIECE_OF_A_HEADLINE = re.compile(r"['’]s\b|\b(?:Against|With|From|Held|Their|Its)\b")


def _nobody(actor: Actor) -> bool:
    """Whether it looks like a person or a body in the title alone, where every word may have a capital."""
    in_title = all(mention.sentence == TITLE for mention in actor.mentions)
    several = actor.kind == "organisation" and _PIECE_OF_A_HEADLINE.search(actor.name) is not None
    return in_title and (several or (actor.kind == "person" and actor.role is None))


def _is_titled(actor: Actor) -> bool:
    return actor.kind == "person" and any(mention.sentence == TITLE for mention in actor.mentions)


def _first_named(actor: Actor) -> tuple[int, int]:
    """Where the text first names an actor otherwise than in somebody's office; the title comes last."""
    named = [m for m in actor.mentions if m.form not in {"office", "adjective"}] or actor.mentions
    body = [m for m in named if m.sentence != TITLE]
    return (body[0].sentence, body[0].first) if body else (len(actor.mentions) + 10_000, 0)


def _overlap(group: Who, other: Who) -> bool:
    mine, theirs = group.evidence[0], other.evidence[0]
    return mine.field == theirs.field and mine.start < theirs.end and theirs.start < mine.end


def _quote(reading: Reading, mention: Mention) -> str:
    return " ".join(reading.text_of(mention.sentence)[mention.start : mention.end].split())


def _head(sentence: Sentence, mention: Mention) -> Word:
    """The word of a mention, its office included, on which the others depend."""
    inside = set(range(mention.first, mention.last + 1))
    top = sentence.words[mention.last]
    for i in range(mention.last, mention.first - 1, -1):
        word = sentence.words[i]
        if word.head not in inside or word.head == i:
            top = word
            break
    # "President of Finland X": the name hangs on the office, and the office on the verb.
    office = range(mention.role_span[0], mention.role_span[1] + 1) if mention.role_span else range(0)
    while top.head in office and top.head != top.i:
        top = sentence.words[top.head]
    return top


def _governed_noun(sentence: Sentence, word: Word) -> Word | None:
    """The noun that an adjective goes with: "the Turkish government"."""
    above = sentence.head(word)
    return above if word.dep in {"amod", "compound", "nmod", "poss"} and above is not None else None


def _role_in_clause(sentence: Sentence, word: Word) -> tuple[str, Word | None]:
    """The part a name plays, through "X and Y", appositions and titles; and the word that governs it."""
    seen = word
    while seen.dep in {"conj", "appos", "compound", "nmod"} and sentence.head(seen) is not None:
        seen = sentence.words[seen.head]
    above = sentence.head(seen)
    if seen.dep in {"pobj", "pcomp"} and above is not None:
        governor = sentence.head(above)
        if above.dep == "agent":
            return "agent", governor
        return f"pobj:{above.lower}", governor
    if seen.dep in {"nsubj", "nsubjpass"}:
        verb = above
        return seen.dep, verb
    return seen.dep, above
