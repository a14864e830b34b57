"""Holds the statement rules against a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.reading import grammar
from briefing.reading.article import Reading
from briefing.reading.cast import Cast
from briefing.reading.data import Mood
from briefing.reading.factuality import moods as moods_of
from briefing.reading.parse import Sentence, Word
from briefing.reading.speech import FACT, Source
from briefing.slots.notes import Notes
from briefing.slots.rules import AgreedRule, OutlookRule, Pattern, Rules
from briefing.types import Slot

Rule = AgreedRule | OutlookRule

_FIRST_PERSON = frozenset(("i", "we", "us"))
_OWN = {"i", "we", "he", "she", "it", "they", "who", "that", "which"}


@dataclass(frozen=True)
class Match:
    """A rule that found a sentence by the word `word`."""

    rule: Rule
    word: Word
    moods: frozenset[Mood]


@dataclass(frozen=True)
class Miss:
    """A rule that the sentence set off by the word `word`, and what it lacks."""

    rule: Rule
    word: Word
    lacks: str


@dataclass(frozen=True)
class Context:
    """What the rules see of a sentence.

    `lower` is its text, folded; `future` says that it names a coming time, `undated` that it names one
    which may lie on either side.
    """

    sentence: Sentence
    lower: str
    cast: Cast
    source: Source = FACT
    future: bool = False
    undated: bool = False


class Matcher:
    """All rules of one slot, ready to be held against sentences."""

    def __init__(self, rules: Rules, chosen: tuple[Rule, ...]) -> None:
        self._rules = chosen
        self._words = rules.moods
        self._saying = frozenset(rules.speech.verbs)
        self._deciding = frozenset(rules.moods.deciding)
        self._things = frozenset(rules.organisations.things)

    def consider(self, context: Context) -> Iterator[Match | Miss]:
        """What becomes of every rule that the sentence sets off, in the order of the rules."""
        for rule in self._rules:
            found = self._try(rule, context)
            if found is not None:
                yield found

    def _try(self, rule: Rule, context: Context) -> Match | Miss | None:
        missed: Miss | None = None
        for pattern in rule.match:
            for word in self._triggers(pattern, context):
                lacks = self._lacks(pattern, word, context)
                moods: frozenset[Mood] = frozenset()
                if lacks is None:
                    moods = frozenset(moods_of(context.sentence, word, self._words, self._saying))
                    lacks = _wrong_moods(rule, pattern, moods)
                if lacks is None and (phrase := self._unless(rule, context)) is not None:
                    lacks = f"unless: the sentence has \u201c{phrase}\u201d"
                if lacks is None:
                    return Match(rule, word, moods)
                missed = missed or Miss(rule, word, lacks)
        return missed

    @staticmethod
    def _unless(rule: Rule, context: Context) -> str | None:
        return next((one for one in rule.unless if grammar.find_words(context.lower, one) is not None), None)

    def _triggers(self, pattern: Pattern, context: Context) -> Iterator[Word]:
        sentence = context.sentence
        sets = pattern.sets
        if pattern.phrases:
            at = next(
                (n for n in (grammar.find_words(context.lower, p) for p in pattern.phrases) if n is not None),
                None,
            )
            if at is None:
                return
            if not (pattern.verbs or pattern.modals or pattern.nouns or pattern.marks):
                word = next(
                    (one for one in sentence.words if one.start - sentence.start >= at), sentence.words[0]
                )
                yield _verb_of(sentence, word)
                return
        for word in sentence.words:
            if (
                (word.lemma in sets["verbs"] and word.pos in {"VERB", "AUX"} and word.dep != "amod")
                or (word.lemma in sets["nouns"] and word.pos in {"NOUN", "PROPN"})
                or (word.lower in sets["marks"] and word.dep in {"mark", "advmod"})
            ):
                yield word
            elif word.lower in sets["modals"] and word.dep in {"aux", "ROOT"}:
                yield from self._governed(sentence, word)

    @staticmethod
    def _governed(sentence: Sentence, modal: Word) -> Iterator[Word]:
        """The verb of an auxiliary, and those joined to it."""
        verb = sentence.head(modal)
        if verb is not None:
            yield verb

    def _lacks(self, pattern: Pattern, word: Word, context: Context) -> str | None:
        """What the pattern asks for and the sentence has not; None where it has all."""
        if pattern.tags and word.tag not in pattern.tags:
            return f"tags: the verb is {word.tag}"
        if word.lemma in pattern.sets["not_verbs"]:
            return f"not_verbs: the verb is {word.lemma}"
        if pattern.only_verbs and word.lemma not in pattern.sets["only_verbs"]:
            return f"only_verbs: the verb is {word.lemma}"
        if not self._time_fits(pattern, word, context):
            return "time: no time to come is named"
        if (clause := self._clause_lacks(pattern, word, context.sentence)) is not None:
            return clause
        if not self._subject_fits(pattern, word, context):
            doer = grammar.subject(context.sentence, word)
            return f"subjects: the subject is {doer.lower if doer is not None else 'not named'}"
        if not self._speech_fits(pattern, word, context.sentence):
            return "reported: nobody is said to say it"
        if pattern.by_itself and self._is_forecast(word, context):
            return "by_itself: one says what another will do"
        return None

    @staticmethod
    def _time_fits(pattern: Pattern, word: Word, context: Context) -> bool:
        if pattern.time is None or context.future:
            return True
        # "heads back on Sunday": the present tense tells that the undated Sunday is to come.
        return context.undated and word.tag in {"VBZ", "VBP", "VBG"}

    @staticmethod
    def _clause_lacks(pattern: Pattern, word: Word, sentence: Sentence) -> str | None:
        sets = pattern.sets
        if pattern.clause_modals and not any(
            one.lower in sets["clause_modals"] and one.pos == "AUX" for one in sentence.words
        ):
            return "clause_modals: none of them stands in the sentence"
        below = [one for one in sentence.children(word) if one.dep == "ccomp"]
        if any(
            one.lower in sets["not_below"] for verb in below for one in grammar.auxiliaries(sentence, verb)
        ):
            return "not_below: one of them stands in the clause after the verb"
        if pattern.voice and (pattern.voice == "passive") != grammar.is_passive(sentence, word):
            return f"voice: the verb is not {pattern.voice}"
        if pattern.complements:
            found = grammar.complements(sentence, word)
            if not found & sets["complements"]:
                return f"complements: {', '.join(sorted(found)) or 'nothing'} follows"
        if pattern.objects or pattern.not_objects:
            acted_on = {one.lemma for one in grammar.objects(sentence, word)}
            if acted_on & sets["not_objects"] or (pattern.objects and not acted_on & sets["objects"]):
                return f"objects: it is about {', '.join(sorted(acted_on)) or 'nothing'}"
        return None

    def _subject_fits(self, pattern: Pattern, word: Word, context: Context) -> bool:
        doer = grammar.subject(context.sentence, word)
        barred = pattern.sets["not_subjects"]
        acted_on = grammar.grammatical_subject(context.sentence, word) if barred else None
        if any(one is not None and one.lower in barred for one in (doer, acted_on)):
            return False
        if pattern.subject_nouns:
            return doer is not None and doer.lemma in pattern.sets["subject_nouns"]
        if pattern.subjects == "any":
            return True
        if pattern.subjects == "thing":
            return doer is not None and doer.pos in {"NOUN", "PROPN"} and not self.decides(context, doer)
        return doer is not None and self.decides(context, doer)

    def decides(self, context: Context, doer: Word) -> bool:
        """Whether the word stands for someone who can agree, pledge or refuse."""
        if doer.lower in _FIRST_PERSON:
            return _speaks_for_a_side(context)
        if doer.lemma in self._deciding or doer.lower in self._deciding:
            return True
        found = context.cast.at(context.sentence, doer)
        if found is not None:
            return found[1].form != "adjective"
        if doer.lower in self._things:  # "the American Jobs Plan"
            return False
        if doer.tag == "CD":  # "the eight committed to"
            return True
        # A name that the lists do not know: "Labour", "the Quartet".
        return doer.pos == "PROPN" and doer.entity in {"", "ORG", "PERSON", "GPE", "NORP"}

    @staticmethod
    def _is_forecast(word: Word, context: Context) -> bool:
        """Whether the sentence is what one says that another will do: no pledge, whoever says it."""
        source = context.source
        if source.attribution in {"fact", "document"}:
            return False
        doer = grammar.subject(context.sentence, word)
        found = context.cast.at(context.sentence, doer) if doer is not None else None
        if doer is None or (found is None and doer.lower in _OWN):
            return source.outsider
        if found is None or found[1].form == "adjective":
            return source.outsider
        speaker = context.cast.find(source.speaker) if source.speaker else None
        if speaker is None or found[0] is speaker:
            return source.outsider and speaker is None
        if speaker.side is None:
            return source.outsider
        return found[0].side != speaker.side

    def _speech_fits(self, pattern: Pattern, word: Word, sentence: Sentence) -> bool:
        return not pattern.reported or grammar.reporting_verb(sentence, word, self._saying) is not None


def _speaks_for_a_side(context: Context) -> bool:
    """Whether "I" and "we" are somebody in office, a body, or as in a readout the one who issues the text."""
    source = context.source
    if source.attribution in {"fact", "document"}:
        return True
    speaker = context.cast.find(source.speaker) if source.speaker else None
    if speaker is None:
        return not source.outsider
    return speaker.kind != "person" or speaker.role is not None or speaker.side is not None


def _wrong_moods(rule: Rule, pattern: Pattern, moods: frozenset[Mood]) -> str | None:
    """The moods of the clause that the rule does not allow, or the negation that it asks for."""
    if pattern.negated:
        if "negated" not in moods:
            return "negated: the verb is not negated"
        moods -= {"negated"}
    wrong = moods & set(rule.not_moods)
    if rule.moods != "any":
        wrong |= moods - set(rule.moods)
    return f"moods: the clause is {', '.join(sorted(wrong))}" if wrong else None


def _verb_of(sentence: Sentence, word: Word) -> Word:
    """The verb that a phrase belongs to: the word itself, or the nearest verb above it."""
    if word.pos in {"VERB", "AUX"} and word.dep not in {"aux", "auxpass"}:
        return word
    return next((above for above in sentence.ancestors(word) if above.pos in {"VERB", "AUX"}), word)


def settle_notes(
    notes: Notes,
    slot: Slot,
    reading: Reading,
    sentence: Sentence,
    considered: Sequence[Match | Miss],
    chosen: Match | None,
) -> None:
    """Notes what became of each rule that a sentence set off."""
    if not notes.on:
        return
    for one in considered:
        where = reading.evidence(one.word.start, one.word.end, sentence.number)
        if isinstance(one, Miss):
            notes.add(slot, one.rule.name, where, made=False, why=one.lacks)
        elif one is chosen:
            notes.add(slot, one.rule.name, where, made=True, why="all that the rule asks for is there")
        elif chosen is not None:
            notes.add(slot, one.rule.name, where, made=False, why=f"{chosen.rule.name} comes before it")
