"""The claims of a sentence: its verbs, and the nouns that name an event, with all that hangs on them.

A clause is read once, here, from the parse; what follows asks the claim.  After PredPatt (White et al.,
"Universal decompositional semantics on Universal Dependencies", EMNLP 2016): predicates are found first, then
their arguments, then what is shared between joined clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.numbers import numbers
from briefing.reading import grammar
from briefing.reading.cast import Actor, Cast, Mention
from briefing.reading.data import Language
from briefing.reading.factuality import moods
from briefing.reading.words import Sentence, Word
from briefing.types import Claim, Form, Link, Qualifier, Ref

_FORMS: dict[str, Form] = {
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VBN": "participle",
    "VBG": "ing",
}
_LINKS: dict[str, Link] = {
    "ccomp": "complement", "xcomp": "complement", "csubj": "complement", "csubjpass": "complement",
    "pcomp": "adverbial", "advcl": "adverbial", "relcl": "relative", "acl": "relative", "conj": "joined",
}  # fmt: skip
_PLURAL = {"NNS", "NNPS"}
# Names that the cast may not know: "Labour", "the Quartet".
_NAMES = {"", "ORG", "PERSON", "GPE", "NORP"}


class ClauseReader:
    """Reads claims off parsed sentences."""

    def __init__(self, words: Language) -> None:
        self._moods = words.moods
        self._saying = frozenset(words.speech.verbs)
        self._events = frozenset(words.events.event_nouns)
        self._counts = frozenset(words.moods.counts)
        self._standing_for = frozenset(words.events.standing_for)

    def read(self, sentences: Sequence[Sentence], cast: Cast) -> list[Claim]:
        """The claims of an article, in order of their verbs; `holder` counts in this list."""
        found: list[Claim] = []
        for sentence in sentences:
            verbs = [word for word in sentence.words if self._claims(word)]
            index = {word.i: len(found) + n for n, word in enumerate(verbs)}
            found += [self._claim(sentence, word, cast, index) for word in verbs]
        return found

    def _claims(self, word: Word) -> bool:
        """Whether the word is a verb of its own, or a noun that names an event."""
        if word.is_verb:
            return word.dep not in {"aux", "auxpass", "amod", "compound"}
        return word.is_noun and _singular(word) in self._events and not word.is_compound

    def _claim(self, sentence: Sentence, word: Word, cast: Cast, index: dict[int, int]) -> Claim:
        whole = sentence.subtree(word)
        holder = next((above for above in sentence.ancestors(word) if above.i in index), None)
        noun = word.is_noun
        subject = grammar.grammatical_subject(sentence, word)
        doer = grammar.subject(sentence, word)
        objects, obliques = self._acted_on(sentence, word, cast)
        return Claim(
            sentence=sentence.number,
            start=whole[0].start,
            end=whole[-1].end,
            at=(word.start, word.end),
            verb=_singular(word),
            form="noun" if noun else _FORMS.get(word.tag, "base"),
            link=_link(sentence, word, holder),
            holder=index[holder.i] if holder is not None else None,
            passive=grammar.is_passive(sentence, word),
            auxiliaries=tuple(one.lower for one in grammar.auxiliaries(sentence, word)),
            marks=tuple(_marks(sentence, word)),
            subject=self._ref(sentence, subject, cast) if subject is not None else None,
            agents=tuple(self._joined(sentence, doer, cast)) if doer is not None else (),
            objects=objects,
            obliques=obliques,
            complements=tuple(sorted(grammar.complements(sentence, word))),
            qualifiers=tuple(
                Qualifier(mood, cue.start, cue.end)
                for mood, cue in moods(sentence, word, self._moods, self._saying).items()
            ),
            reported=grammar.reporting_verb(sentence, word, self._saying) is not None,
            aside=grammar.is_aside(sentence, word),
        )

    def _acted_on(
        self, sentence: Sentence, verb: Word, cast: Cast
    ) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
        objects = tuple(self._ref(sentence, one, cast) for one in grammar.direct_objects(sentence, verb))
        obliques = tuple(
            replace(self._ref(sentence, one, cast), via=preposition.lower)
            for preposition, one in grammar.obliques(sentence, verb)
        )
        return objects, obliques

    def _joined(self, sentence: Sentence, word: Word, cast: Cast) -> Iterator[Ref]:
        found = list(grammar.joined(sentence, word))
        found += [one for one in cast.joined_after(sentence, word) if one not in found]
        for one in found:
            yield self._ref(sentence, one, cast)

    def _ref(self, sentence: Sentence, word: Word, cast: Cast) -> Ref:
        named = cast.at(sentence, word)
        actor: Actor | None = named[0] if named is not None else cast.office_holder(sentence, word)
        mention: Mention | None = named[1] if named is not None else None
        first, last = (mention.start, mention.end) if mention is not None else (word.start, word.end)
        beside = [one for one in sentence.children(word) if one.dep in {"amod", "compound"}]
        if actor is None and word.lemma in self._standing_for:
            # "The Italian government": the adjective says whose.
            states = [found[0] for one in beside if (found := cast.at(sentence, one)) is not None]
            actor = states[0] if len(states) == 1 and states[0].kind == "state" else None
        return Ref(
            start=first,
            end=last,
            word=word.lower,
            lemma=word.lemma,
            actor=actor.name if actor is not None else None,
            kind=actor.kind if actor is not None else None,
            form=mention.form if mention is not None else None,
            mention=mention is not None,
            proper=word.is_proper_noun and word.entity in _NAMES,
            pronoun=word.is_pronoun,
            several=word.tag in _PLURAL or word.lower in {"they", "both", "we", "all"} or word.tag == "CD",
            count=self._count(sentence, word),
            described=any(cast.at(sentence, one) is None for one in beside),
            opens=min(
                (sentence.subtree(one)[0].start for one in beside if one.start < word.start), default=None
            ),
        )

    def _count(self, sentence: Sentence, word: Word) -> int | None:
        """How many they are said to be: "both", "the four leaders"; 0 where it is a number beyond reading."""
        if word.lower == "both":
            return 2
        for one in (word, *sentence.children(word)):
            if one.tag == "CD" or one.lower in self._counts:
                told = next(numbers(one.text), None)
                return int(told.value) if told is not None and told.value.isdigit() else 0
        return None


def _singular(word: Word) -> str:
    """The lemma, of a capitalised plural too, which the parser takes for a name: "Conti’s Calls"."""
    return word.lemma.removesuffix("s") if word.tag == "NNPS" else word.lemma


def _marks(sentence: Sentence, word: Word) -> Iterator[str]:
    """What introduces the clause, and its adverbs, those beside a preposition of it too."""
    for child in sentence.children(word):
        for one in (child, *(sentence.children(child) if child.dep == "prep" else ())):
            if one.dep in {"mark", "advmod"}:
                yield one.lower


def _link(sentence: Sentence, word: Word, holder: Word | None) -> Link:
    """How the clause hangs on the one above, whatever phrase stands between them."""
    if holder is None:
        return "main"
    below = word
    while True:
        if below.dep in _LINKS:
            return _LINKS[below.dep]
        if below.head == holder.i:
            return "adverbial" if below.dep == "prep" else "complement"
        below = sentence.words[below.head]
