"""Holds the statement rules against a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing._language import Sentence, Word
from briefing.slots import grammar
from briefing.slots.cast import Cast
from briefing.slots.rules import AgreedRule, Mood, OutlookRule, Pattern, Rules
from briefing.slots.speech import FACT, Source

Rule = AgreedRule | OutlookRule

_OWN = {"i", "we", "he", "she", "it", "they", "who", "that", "which"}


@dataclass(frozen=True)
class Match:
    """A rule that found a sentence by the word `word`."""

    rule: Rule
    word: Word
    moods: frozenset[Mood]


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

    def matches(self, context: Context) -> Iterator[Match]:
        """Every rule that finds the sentence, in the order of the rules."""
        for rule in self._rules:
            if any(grammar.find_words(context.lower, phrase) is not None for phrase in rule.unless):
                continue
            for pattern in rule.match:
                match = self._first(rule, pattern, context)
                if match is not None:
                    yield match
                    break

    def _first(self, rule: Rule, pattern: Pattern, context: Context) -> Match | None:
        for word in self._triggers(pattern, context):
            if not self._fits(pattern, word, context):
                continue
            moods = grammar.moods(context.sentence, word, self._words, self._saying)
            if pattern.negated:
                if "negated" not in moods:
                    continue
                moods -= {"negated"}
            if (rule.moods == "any" or moods <= set(rule.moods)) and not moods & set(rule.not_moods):
                return Match(rule, word, moods)
        return None

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

    def _fits(self, pattern: Pattern, word: Word, context: Context) -> bool:
        return (
            (not pattern.tags or word.tag in pattern.tags)
            and word.lemma not in pattern.sets["not_verbs"]
            and (not pattern.only_verbs or word.lemma in pattern.sets["only_verbs"])
            and self._time_fits(pattern, word, context)
            and self._clause_fits(pattern, word, context.sentence)
            and self._subject_fits(pattern, word, context)
            and self._speech_fits(pattern, word, context.sentence)
            and not (pattern.by_itself and self._is_forecast(word, context))
        )

    @staticmethod
    def _time_fits(pattern: Pattern, word: Word, context: Context) -> bool:
        if pattern.time is None or context.future:
            return True
        # "heads back on Sunday": the present tense tells that the undated Sunday is to come.
        return context.undated and word.tag in {"VBZ", "VBP", "VBG"}

    @staticmethod
    def _clause_fits(pattern: Pattern, word: Word, sentence: Sentence) -> bool:
        sets = pattern.sets
        if pattern.clause_modals and not any(
            one.lower in sets["clause_modals"] and one.pos == "AUX" for one in sentence.words
        ):
            return False
        if pattern.voice and (pattern.voice == "passive") != grammar.is_passive(sentence, word):
            return False
        if pattern.complements and not grammar.complements(sentence, word) & sets["complements"]:
            return False
        if not (pattern.objects or pattern.not_objects):
            return True
        acted_on = {one.lemma for one in grammar.objects(sentence, word)}
        return not acted_on & sets["not_objects"] and (
            not pattern.objects or bool(acted_on & sets["objects"])
        )

    def _subject_fits(self, pattern: Pattern, word: Word, context: Context) -> bool:
        if pattern.subjects == "any" and not (pattern.subject_nouns or pattern.not_subjects):
            return True
        doer = grammar.subject(context.sentence, word)
        if doer is not None and doer.lower in pattern.sets["not_subjects"]:
            return False
        if pattern.subject_nouns:
            return doer is not None and doer.lemma in pattern.sets["subject_nouns"]
        if pattern.subjects == "thing":
            return doer is not None and doer.pos in {"NOUN", "PROPN"} and not self.decides(context, doer)
        return doer is not None and self.decides(context, doer)

    def decides(self, context: Context, doer: Word) -> bool:
        """Whether the word stands for someone who can agree, pledge or refuse."""
        if doer.lemma in self._deciding or doer.lower in self._deciding:
            return True
        found = context.cast.at(context.sentence, doer)
        if found is not None:
            return found[1].form != "adjective"
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
        if not (pattern.reported or pattern.own_words):
            return True
        verb = grammar.reporting_verb(sentence, word, self._saying)
        if verb is None:
            return False
        if pattern.own_words:
            speaker = grammar.grammatical_subject(sentence, verb)
            doer = grammar.subject(sentence, word)
            return (
                doer is not None
                and speaker is not None
                and (doer.lower in {"it", "they", "he", "she", "i", "we"} or doer.lemma == speaker.lemma)
            )
        return True


def _verb_of(sentence: Sentence, word: Word) -> Word:
    """The verb that a phrase belongs to: the word itself, or the nearest verb above it."""
    if word.pos in {"VERB", "AUX"} and word.dep not in {"aux", "auxpass"}:
        return word
    return next((above for above in sentence.ancestors(word) if above.pos in {"VERB", "AUX"}), word)
