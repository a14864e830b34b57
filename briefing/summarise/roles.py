"""Who did what, to whom, where and when: what a generated sentence and its article must agree on.

A deed is a verb with those who do it and those whom it is done to, the same in active and passive.  A
generated deed is doubted where the article has that verb and gives it to others, denies it, or has it as
a possibility only.  A word left out of a summary is no error; a word that took another's place is one.

The rules speak up only where both sides are plain: a pronoun, a description ("the envoy") that may stand
for a name, or a verb without a subject can be anyone, and is let through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from briefing.numbers import numbers
from briefing.reading.parse import Sentence
from briefing.summarise.deeds import Deed, Party, deeds, party
from briefing.summarise.fidelity import key, spoken

# Verbs that join rather than act: "A met B" is "B met A".
_MUTUAL = frozenset("meet talk agree speak discuss confer negotiate".split())
# Verbs that say next to nothing alone: they are compared only where the article has the object as well.
_EMPTY = frozenset("be have do make take get give go come".split())
# Verbs of which an article has so many that two with different contents prove nothing.
_SAYS_ANYTHING = _EMPTY | frozenset("say tell add want need".split())
_OFFICES = frozenset(
    "president premier minister chancellor secretary ambassador envoy spokesman spokeswoman spokesperson "
    "governor king queen prince princess emir sultan senator congressman commissioner director chairman "
    "chairwoman chair chief general admiral representative negotiator adviser advisor judge mayor leader "
    "speaker consul delegate".split()
)
_SPEECH = frozenset(
    "say tell add announce declare state note write post tweet ask warn argue insist stress claim reply "
    "explain emphasise emphasize remark".split()
)
# Whom these stand for is named in the same sentence or just before it.
_THIRD_PERSON = frozenset("he she they him her them".split())
_JUST_BEFORE = 2
_NAMING = frozenset({"NOUN", "PROPN"})
_MARKS = frozenset({'"', "“", "”", "``", "''", "«", "»"})
_FEWEST_QUOTED = 3
"""Words of a quotation that are enough to tell who said them; a single one is a term that many use."""


class Account:
    """What an article tells: its deeds, its numbers of things, and which words name one and the same."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences

    def doubts(self, generated: Sequence[Sentence]) -> Iterator[str]:
        """Where a generated sentence, which may be parsed as several, differs: phrases for a warning."""
        for sentence in generated:
            for deed in deeds(sentence):
                yield from self._doubts(deed)
            for counted, value, said in _counted(sentence):
                known = self._counts.get(counted)
                if known and value not in known:
                    yield f"says '{said}', which the article does not"
            yield from self._misquoted(sentence)
            for office, holder in _offices(sentence):
                if not any(office in name and holder in name for name in self._names):
                    yield f"calls '{holder}' '{office}', which the article does not"

    @cached_property
    def _deeds(self) -> dict[str, list[Deed]]:
        found: dict[str, list[Deed]] = {}
        for n, sentence in enumerate(self._sentences):
            for deed in deeds(sentence):
                found.setdefault(deed.verb, []).append(self._resolved(deed, n))
        return found

    @cached_property
    def _names(self) -> list[frozenset[str]]:
        """The words of each noun phrase: those of one phrase may stand for each other."""
        return [
            party(sentence, word).words
            for sentence in self._sentences
            for word in sentence.words
            if word.pos in {"NOUN", "PROPN"}
        ]

    @cached_property
    def _counts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for sentence in self._sentences:
            for counted, value, _ in _counted(sentence):
                found.setdefault(counted, set()).add(value)
        return found

    def _resolved(self, deed: Deed, number: int) -> Deed:
        """The deed with "he" and "she" as anyone who is named there or just before."""
        if not any(one.head in _THIRD_PERSON for one in deed.doers):
            return deed
        near = self._sentences[max(0, number - _JUST_BEFORE) : number + 1]
        words = frozenset(key(word) for sentence in near for word in sentence.words if word.pos in _NAMING)
        doers = [
            replace(one, words=words, named=True, anyone=False) if one.head in _THIRD_PERSON else one
            for one in deed.doers
        ]
        return replace(deed, doers=tuple(doers))

    def _misquoted(self, sentence: Sentence) -> Iterator[str]:
        """Whether words of one are given to another."""
        quoted = _quoted(sentence)
        speakers = [
            one for deed in deeds(sentence) if deed.verb in _SPEECH for one in deed.doers if one.named
        ]
        if len(quoted) < _FEWEST_QUOTED or not speakers:
            return
        for n, theirs in enumerate(self._sentences):
            if f" {' '.join(quoted)} " not in f" {' '.join(word.lower for word in spoken(theirs))} ":
                continue
            told = [self._resolved(one, n) for one in deeds(theirs) if one.verb in _SPEECH]
            if told and not any(self._same(speakers, one.doers) for one in told):
                yield f"gives the words '{' '.join(quoted)}' to '{speakers[0].said}'"

    def _doubts(self, deed: Deed) -> Iterator[str]:
        told = self._deeds.get(deed.verb, [])
        # The article's deeds with the same object; where it has none, all of this verb.
        rivals = [one for one in told if self._same(deed.others, one.others)]
        equals = [one for one in rivals if self._same(deed.doers, one.doers)]
        if not equals and deed.doers and deed.verb not in _MUTUAL:
            yield from self._other_doers(deed, told, rivals)
        if not equals:
            return
        if all(one.denied != deed.denied for one in equals):
            yield f"differs from the article in whether to deny '{deed.verb}'"
        if not deed.open and all(one.open for one in equals):
            yield f"states '{deed.verb}' as a fact, which the article does not"
        contents = {one.content for one in equals}
        if deed.content and deed.verb not in _SAYS_ANYTHING and not {deed.content, None} & contents:
            yield f"says '{deed.verb} ... {deed.content}', which the article does not"
        for question, words, said in deed.settings:
            known = [setting for one in equals for setting in one.settings if setting.question == question]
            if known and not any(words & setting.words for setting in known):
                yield f"says '{deed.verb} {said}', which the article does not"

    def _other_doers(self, deed: Deed, told: Sequence[Deed], rivals: Sequence[Deed]) -> Iterator[str]:
        said = " and ".join(one.said for one in deed.doers)
        if deed.others and any(self._turned_round(deed, one) for one in told):
            yield f"turns round who did '{deed.verb}' to whom"
        elif rivals and not (deed.verb in _EMPTY and not deed.others):
            theirs = [one for rival in rivals for one in rival.doers]
            # "The envoy" may be anyone; "one envoy" is nobody whom the article has named before.
            if all(one.named for one in deed.doers) and all(one.named or one.new for one in theirs):
                yield f"says '{deed.verb}' of '{said}', where the article says it of another"

    def _turned_round(self, deed: Deed, told: Deed) -> bool:
        return bool(
            told.doers
            and told.others
            and self._same(deed.doers, told.others)
            and self._same(deed.others, told.doers)
        )

    def _same(self, these: Sequence[Party], those: Sequence[Party]) -> bool:
        """Whether each of these can be one of those; so it is where either side is not told."""
        if not those or any(one.anyone for one in those):
            return True
        return all(this.anyone or any(self._one(this, that) for that in those) for this in these)

    def _one(self, this: Party, that: Party) -> bool:
        return this.is_like(that) or any(this.head in name and that.head in name for name in self._names)


def _quoted(sentence: Sentence) -> list[str]:
    """The words within the first quotation of a sentence."""
    marks = [word.i for word in sentence.words if word.text in _MARKS]
    if len(marks) < 2:
        return []
    return [word.lower for word in spoken(sentence) if marks[0] < word.i < marks[1]]


def _counted(sentence: Sentence) -> Iterator[tuple[str, str, str]]:
    """(what is counted, how many in one form, as said) for each number before a noun."""
    for word in sentence.words:
        head = sentence.head(word)
        if word.dep != "nummod" or head is None or head.pos != "NOUN":
            continue
        parts = [*(one for one in sentence.children(word) if one.dep in {"compound", "quantmod"}), word]
        said = " ".join(one.text for one in sorted(parts, key=lambda one: one.i))
        for number in numbers(said):
            yield key(head), number.value, f"{said} {head.text}"


def _offices(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """(office, name) for each name that is given an office in its own phrase."""
    for word in sentence.words:
        if word.pos in {"NOUN", "PROPN"}:
            named = party(sentence, word)
            for office in sorted(named.words & _OFFICES):
                holders = [one for one in named.names if one not in _OFFICES]
                if holders:
                    yield office, holders[-1]
