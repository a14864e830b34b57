"""Holds the statement rules against the claims of a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.reading.wording import find_words
from briefing.slots.rules import AgreedRule, OutlookRule, Pattern, Rules
from briefing.types import TITLE, Claim, Mood, Reading, Ref, Source, Time

Rule = AgreedRule | OutlookRule

FACT = Source()
_FIRST_PERSON = frozenset(("i", "we", "us"))
_OWN = {"i", "we", "he", "she", "it", "they", "who", "that", "which"}
_PRESENT = {"present", "ing"}
# How near a time must be told: "month" leaves out the years ("by 2030"), "day" the months, too.
_EXACT = {"day", "week", None}
_NEAR = {"day": _EXACT, "month": _EXACT | {"month"}, "future": _EXACT | {"month", "year"}}


@dataclass(frozen=True)
class Match:
    """A rule that found a sentence by the claim `claim`."""

    rule: Rule
    claim: Claim


@dataclass(frozen=True)
class Miss:
    """A rule that the sentence set off by the claim `claim`, and what it lacks."""

    rule: Rule
    claim: Claim
    lacks: str


@dataclass(frozen=True)
class Context:
    """What the rules see of a sentence: its number, the offset `start`, and `lower`, its text, folded.

    `title` is that of the article, folded, `date` its day, and `actors` are the names of its who slot.
    """

    reading: Reading
    number: int
    start: int
    lower: str
    title: str = ""
    date: dt.date | None = None
    actors: frozenset[str] = frozenset()

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.start + len(self.lower)

    @property
    def claims(self) -> Sequence[Claim]:
        """Its claims, in order of their verbs."""
        return self.reading.claims_in(self.number)

    @property
    def source(self) -> Source:
        """By whose word it stands."""
        return self.reading.sources[self.number] if self.number != TITLE else FACT

    @cached_property
    def coming(self) -> Sequence[Time]:
        """The times to come that it names, then those which may lie on either side."""
        times = self.reading.times_in(self.number)
        return [time for time in times if time.future] + [time for time in times if time.future is None]

    def below(self, claim: Claim) -> Iterator[Claim]:
        """The claims of this sentence that this one holds as its complement."""
        for one in self.claims:
            if (
                one.holder is not None
                and one.link == "complement"
                and self.reading.claims[one.holder] is claim
            ):
                yield one


class Matcher:
    """All rules of one slot, ready to be held against sentences."""

    def __init__(self, rules: Rules, chosen: tuple[Rule, ...]) -> None:
        self._rules = chosen
        self._deciding = frozenset(rules.moods.deciding)
        self._things = frozenset(rules.organisations.things)
        outlets = (name.lower() for name in rules.organisations.outlets)
        self._outlets = frozenset(name.removeprefix("the ") for name in outlets)

    def consider(self, context: Context) -> Iterator[Match | Miss]:
        """What becomes of every rule that the sentence sets off, in the order of the rules."""
        for rule in self._rules:
            found = self._try(rule, context)
            if found is not None:
                yield found

    def _try(self, rule: Rule, context: Context) -> Match | Miss | None:
        missed: Miss | None = None
        for pattern in rule.match:
            for claim in _triggers(pattern, context):
                lacks = self._lacks(pattern, claim, context) or _wrong_moods(rule, pattern, claim)
                if lacks is None and (phrase := _unless(rule, context)) is not None:
                    lacks = f"unless: the sentence has \u201c{phrase}\u201d"
                if lacks is None:
                    return Match(rule, claim)
                missed = missed or Miss(rule, claim, lacks)
        return missed

    def _lacks(self, pattern: Pattern, claim: Claim, context: Context) -> str | None:
        """What the pattern asks for and the sentence has not; None where it has all."""
        if self._is_of_newsroom(claim, context):
            return "subjects: the newsroom does it"
        if pattern.forms and claim.form not in pattern.forms:
            return f"forms: the verb is {claim.form}"
        if claim.verb in pattern.sets["not_verbs"]:
            return f"not_verbs: the verb is {claim.verb}"
        if pattern.only_verbs and claim.verb not in pattern.sets["only_verbs"]:
            return f"only_verbs: the verb is {claim.verb}"
        # "heads back on Sunday": the present tense tells that the undated Sunday is to come.
        if pattern.time is not None:
            near = _NEAR[pattern.time]
            times = [time for time in context.coming if time.when.precision in near]
            if not any(one.future or claim.form in _PRESENT for one in context.coming) or not times:
                return "time: no time to come is named"
        if (clause := _clause_lacks(pattern, claim, context)) is not None:
            return clause
        if not self._subject_fits(pattern, claim, context):
            return f"subjects: the subject is {claim.agents[0].word if claim.agents else 'not named'}"
        if pattern.reported and not claim.reported:
            return "reported: nobody is said to say it"
        if pattern.by_itself and self._is_forecast(claim, context):
            return "by_itself: one says what another will do"
        return None

    def _is_of_newsroom(self, claim: Claim, context: Context) -> bool:
        """Whether a paper, or its reporter as "we", does it: that is no act of anybody's."""
        doer = claim.agents[0] if claim.agents else None
        if doer is None:
            return False
        ours = doer.word in _FIRST_PERSON and context.source.standing == "fact"
        return doer.word in self._outlets or (ours and not _speaks_for_a_side(context))

    def _subject_fits(self, pattern: Pattern, claim: Claim, context: Context) -> bool:
        doer = claim.agents[0] if claim.agents else None
        barred = pattern.sets["not_subjects"]
        if any(one is not None and one.word in barred for one in (doer, claim.subject)):
            return False
        if pattern.subject_nouns:
            return doer is not None and doer.lemma in pattern.sets["subject_nouns"]
        if pattern.subjects == "any":
            return True
        if pattern.subjects == "thing":
            return doer is not None and not doer.pronoun and not self.decides(context, doer)
        return doer is not None and self.decides(context, doer)

    def decides(self, context: Context, doer: Ref) -> bool:
        """Whether the word stands for someone who can agree, pledge or refuse."""
        if doer.word in _FIRST_PERSON:
            return _speaks_for_a_side(context)
        if doer.lemma in self._deciding or doer.word in self._deciding:
            return True
        if doer.actor is not None and doer.mention:
            return doer.form != "adjective"
        if doer.word in self._things:  # "the American Jobs Plan"
            return False
        return doer.count is not None or doer.proper  # "the eight committed to"

    def _is_forecast(self, claim: Claim, context: Context) -> bool:
        """Whether the sentence is what one says that another will do: no pledge, whoever says it."""
        source = context.source
        if source.standing in {"fact", "document"}:
            return False
        doer = claim.agents[0] if claim.agents else None
        named = doer is not None and doer.mention
        if doer is None or (not named and doer.word in _OWN):
            return source.outsider
        if not named or doer.form == "adjective":
            return source.outsider
        speaker = context.reading.entity(source.speaker)
        actor = context.reading.entity(doer.actor)
        if speaker is None or actor is None or actor is speaker or speaker.side is None:
            return (source.outsider and speaker is None) or self._is_reporter(context)
        return actor.side != speaker.side

    def _is_reporter(self, context: Context) -> bool:
        """Whether the speaker is named as of a paper or station: "the BBC's Ruth Adler"."""
        before = context.lower[: max(0, (context.source.span or (0, 0))[0] - context.start)].rstrip()
        owner = before.removesuffix("'s").removesuffix("\u2019s")
        return owner != before and any(owner.endswith(f" {one}") or owner == one for one in self._outlets)


def _unless(rule: Rule, context: Context) -> str | None:
    return next((one for one in rule.unless if find_words(context.lower, one) is not None), None)


def _triggers(pattern: Pattern, context: Context) -> Iterator[Claim]:
    sets = pattern.sets
    if pattern.phrases:
        places = (find_words(context.lower, phrase) for phrase in pattern.phrases)
        at = next((place for place in places if place is not None), None)
        if at is None:
            return
        if not (pattern.verbs or pattern.modals or pattern.nouns or pattern.marks):
            found = _claim_at(context, context.start + at)
            if found is not None:
                yield found
            return
    for claim in context.claims:
        noun = claim.form == "noun"
        if (
            claim.verb in (sets["nouns"] if noun else sets["verbs"])
            or not sets["marks"].isdisjoint(claim.marks)
            or not sets["modals"].isdisjoint(claim.auxiliaries)
        ):
            yield claim


def _claim_at(context: Context, offset: int) -> Claim | None:
    """The innermost claim of a verb that holds this place, or the first after it."""
    verbs = [one for one in context.claims if one.form != "noun"]
    around = [one for one in verbs if one.start <= offset < one.end]
    if around:
        return min(around, key=lambda one: (one.at[0] < offset and one.end - one.start, one.end - one.start))
    return next((one for one in verbs if one.at[0] >= offset), verbs[-1] if verbs else None)


def _clause_lacks(pattern: Pattern, claim: Claim, context: Context) -> str | None:
    sets = pattern.sets
    if pattern.clause_modals and all(
        sets["clause_modals"].isdisjoint(one.auxiliaries) for one in context.claims
    ):
        return "clause_modals: none of them stands in the sentence"
    if pattern.not_below and not all(
        sets["not_below"].isdisjoint(one.auxiliaries) for one in context.below(claim)
    ):
        return "not_below: one of them stands in the clause after the verb"
    if pattern.voice and (pattern.voice == "passive") != claim.passive:
        return f"voice: the verb is not {pattern.voice}"
    if pattern.complements and sets["complements"].isdisjoint(claim.complements):
        return f"complements: {', '.join(claim.complements) or 'nothing'} follows"
    if pattern.objects or pattern.not_objects:
        acted_on = {one.lemma for one in (*claim.objects, *claim.obliques)}
        if acted_on & sets["not_objects"] or (pattern.objects and not acted_on & sets["objects"]):
            return f"objects: it is about {', '.join(sorted(acted_on)) or 'nothing'}"
    return None


def _speaks_for_a_side(context: Context) -> bool:
    """Whether "I" and "we" are somebody in office, a body, or as in a readout the one who issues the text."""
    source = context.source
    reading = context.reading
    if source.standing == "fact":
        # Where others are told to say things, "we" outside their words is the newsroom.
        return reading.readout or all(one.standing != "named" for one in reading.sources)
    if source.standing == "document":
        return True
    speaker = reading.entity(source.speaker)
    if speaker is None:
        return not source.outsider
    return speaker.kind != "person" or speaker.role is not None or speaker.side is not None


def _wrong_moods(rule: Rule, pattern: Pattern, claim: Claim) -> str | None:
    """The moods of the clause that the rule does not allow, or the negation that it asks for."""
    moods: frozenset[Mood] = claim.moods
    if pattern.negated:
        if "negated" not in moods:
            return "negated: the verb is not negated"
        moods -= {"negated"}
    wrong = moods & set(rule.not_moods)
    if rule.moods != "any":
        wrong |= moods - set(rule.moods)
    return f"moods: the clause is {', '.join(sorted(wrong))}" if wrong else None
