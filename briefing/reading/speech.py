"""By whose word each sentence stands, from the attributions of the text.

A statement is a fact of the article, the word of a named speaker, that of someone without a name, or
that of a document.  An official without a name never gets one.  An attribution counts here where its cue is a
word for saying or its content a quotation: who only plans or wants a thing has not said it.  Of several, the
outermost is the source; what it reports may hold another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.reading.cast import Actor, Cast
from briefing.reading.data import Language
from briefing.reading.grammar import subject_of_its_own
from briefing.reading.words import Sentence, Word
from briefing.types import Attribution, Source, Span

FACT = Source()
_HE = {"he", "she"}
_PRONOUNS = {*_HE, "they", "it", "who", "we", "i"}
# Of the letters of a sentence, so many must be what is said.
_MOSTLY = 0.35
_NEAR = 3  # words
_QUOTED = re.compile(r'["“”]')


@dataclass(frozen=True)
class _Told:
    """An attribution, and the words of its cue and its source in the sentence where these stand."""

    attribution: Attribution
    cue: tuple[Word, ...]
    source: tuple[Word, ...]
    home: Sentence | None


class SpeechReader:
    """Tells by whose word the sentences of an article stand."""

    def __init__(self, language: Language) -> None:
        words = language.speech
        self.saying = frozenset(words.verbs)
        self.prepositions = frozenset(words.prepositions)
        self.unnamed = frozenset(words.unnamed)
        self.outsiders = frozenset(words.outsiders)
        self.documents = frozenset(words.documents)
        self.relaying = frozenset(words.relaying)
        self.outlets = frozenset(language.organisations.outlets)
        self.offices = frozenset(language.offices.heads)
        self.deciding = frozenset(language.moods.deciding)

    def read(
        self, sentences: Sequence[Sentence], text: str, cast: Cast, attributions: Sequence[Attribution]
    ) -> list[Source]:
        """The source of each sentence, in order."""
        return _Attributer(self, text, cast, attributions, sentences).run()


class _Attributer:
    """The sources of one article, while they are found from its first sentence to its last."""

    def __init__(
        self,
        words: SpeechReader,
        text: str,
        cast: Cast,
        attributions: Sequence[Attribution],
        sentences: Sequence[Sentence],
    ) -> None:
        self._words = words
        self._text = text
        self._cast = cast
        self._sentences = sentences
        self._told = [_told(one, sentences) for one in attributions]
        # Who "he", "she" and "the official" are: the last who spoke.
        self._last: Source | None = None
        # Else who "he" and "she" are: the one person of whom the sentence before told.
        self._told_of: Source | None = None
        self._settled: dict[Attribution, Source] = {}

    def run(self) -> list[Source]:
        found: list[Source] = []
        for sentence in self._sentences:
            source = self._own(sentence)
            if source.standing != "fact":
                self._last = source
            found.append(source)
            self._told_of = self._subject(sentence) or self._told_of
        return found

    def _own(self, sentence: Sentence) -> Source:
        shares = ((_share(one.attribution, sentence), one) for one in self._told)
        # The outermost first, which tells most of the sentence; a paper that relays what another says, last.
        ranked = sorted(
            ((share, one) for share, one in shares if share >= _MOSTLY and self._says(one)),
            key=lambda pair: (self._relays(pair[1]), -pair[0]),
        )
        for _, one in ranked:
            source = self._settled.get(one.attribution) or self._speaker(one)
            if source is not None:
                self._settled.setdefault(one.attribution, source)
                return source if one.home is sentence else replace(source, at=None)
        return FACT

    def _says(self, told: _Told) -> bool:
        """Whether it is said, in words for saying or in quotation marks, and not only meant."""
        words = self._words
        if any(word.lemma in words.saying or word.lower in words.prepositions for word in told.cue):
            return True
        start, end = told.attribution.content[0]
        return any(mark in self._text[max(0, start - 1) : end + 1] for mark in '"“”')

    def _relays(self, told: _Told) -> bool:
        """Whether the source is a paper, an agency, a station."""
        source = " ".join(word.text for word in told.source).removeprefix("the ").removeprefix("The ")
        return source in self._words.outlets or any(
            word.lemma in self._words.relaying for word in told.source[-2:]
        )

    def _speaker(self, told: _Told) -> Source | None:
        verb = next((word for word in told.cue if word.is_verb), None)
        at = verb.start if verb is not None else None
        sentence = told.home
        if sentence is None:
            return self._last
        inside = {word.i for word in told.source}
        heads = [word for word in told.source if word.head not in inside or word.head == word.i]
        # "The former secretary of state for the Near East X": the name ends it, whatever it hangs on.
        beside = [word for word in told.source if _names(sentence, word, heads)] + list(told.source[-1:])
        for word in (*heads, *beside, *_next_to(sentence, told)):
            found = self._cast.at(sentence, word)
            if found is not None and found[1].form not in {"adjective", "office"}:
                actor, mention = found
                if actor.kind == "person" or word in heads:
                    span = mention.start, mention.end
                    return Source("named", actor.name, at, span, self._outside(actor))
        if not heads:
            return self._last
        found_by = self._by_name(sentence, told.source, heads[0], at)
        return found_by or self._by_head(sentence, heads[0], at)

    def _by_name(
        self, sentence: Sentence, source: Sequence[Word], who: Word, at: int | None
    ) -> Source | None:
        """A body that the cast does not know: "the Anatolia news agency", or "the ministry" named before."""
        if (
            who.lemma in self._words.unnamed
            or who.lemma in self._words.outsiders
            or who.lower in self._words.offices
        ):
            return None
        proper = [one for one in source if one.is_proper_noun and one.entity in {"ORG", "GPE", "PERSON", ""}]
        beside = [one for one in proper if one.i == who.i or (one.head == who.i and one.is_compound)]
        if beside and not any(one.entity == "GPE" for one in beside[:1]):
            first, last = beside[0], max((*beside, who), key=lambda one: one.i)
            name = " ".join(self._text[first.start : last.end].split())
            person = next((one for one in self._cast.persons() if name in one.name.split()), None)
            name = person.name if person is not None else name
            return Source("named", name, at, (first.start, last.end))
        if not who.is_one_of_a_kind or not any(one.lower == "the" for one in sentence.children(who)):
            return None
        return self._body_named(sentence, who, at)

    def _body_named(self, sentence: Sentence, who: Word, at: int | None) -> Source | None:
        """The body last named before whose name ends in this word."""
        named = [
            (mention.start, actor, mention)
            for actor in self._cast.actors
            if actor.kind == "organisation" and actor.name.lower().split()[-1] == who.lower
            for mention in actor.mentions
            if 0 <= mention.sentence < sentence.number
        ]
        if not named:
            return None
        _, actor, mention = max(named, key=lambda one: one[0])
        return Source("named", actor.name, at, (mention.start, mention.end))

    def _by_head(self, sentence: Sentence, who: Word, at: int | None) -> Source | None:
        """The speaker whom the text does not name here: a pronoun, an office, a paper, somebody."""
        if who.lower in _HE:
            return self._he(at)
        if who.lower in _PRONOUNS:
            last = self._last
            body = last is not None and last.standing == "named" and who.lower == "it"
            return replace(last, at=at) if last is not None and body else None
        if who.lemma in self._words.documents:
            return Source("document", None, at, (who.start, who.end))
        by_office = self._by_office(sentence, who, at)
        if who.lemma in self._words.unnamed or who.lemma in self._words.outsiders:
            return self._office_or_unnamed(who, at, by_office)
        # "A farmer told me" decides nothing for anybody.
        span = who.start, who.end
        return by_office or Source("unnamed", None, at, span, who.lemma not in self._words.deciding)

    def _he(self, at: int | None) -> Source:
        if self._last is not None and self._last.standing in {"named", "unnamed"}:
            return replace(self._last, at=at)
        if self._told_of is not None:
            return replace(self._told_of, at=at)
        return Source("unnamed", None, at, None)

    def _subject(self, sentence: Sentence) -> Source | None:
        """The person whose deed the main clause tells, also by office: "The Vice President discussed"."""
        root = next((word for word in sentence.words if word.is_root), None)
        who = subject_of_its_own(sentence, root) if root is not None else None
        if root is None or who is None:
            return None
        named = [found[0] for word in sentence.words[: root.i] if (found := self._cast.at(sentence, word))]
        people = {id(actor): actor for actor in named if actor.kind == "person"}
        holder = self._cast.office_holder(sentence, who) if not people else next(iter(people.values()))
        if holder is None or len(people) > 1:
            return None
        mention = next((m for m in holder.mentions if m.sentence >= 0), None)
        return Source("named", holder.name, None, (mention.start, mention.end) if mention else None)

    def _by_office(self, sentence: Sentence, who: Word, at: int | None) -> Source | None:
        """The one who holds an office that stands without his name: "the President"."""
        children = sentence.children(who)
        # "The president of the bank" is another than the president told of.
        elsewhere = any(one.is_owner or one.lower in {"of", "for"} for one in children)
        definite = not elsewhere and any(one.lower == "the" for one in children)
        holder = self._cast.office_holder(sentence, who) if definite and who.is_singular else None
        if holder is None:
            return None
        mention = next((m for m in holder.mentions if m.sentence >= 0), None)
        span = (mention.start, mention.end) if mention else None
        return Source("named", holder.name, at, span, self._outside(holder))

    def _office_or_unnamed(self, who: Word, at: int | None, by_office: Source | None) -> Source:
        """One with an office: "the spokesperson" is the one named before, "a senior official" is nobody."""
        last = self._last
        nobody = last is not None and last.standing == "unnamed" and last.speaker is None
        if by_office is not None and not nobody:
            return by_office
        return Source("unnamed", None, at, (who.start, who.end), who.lemma in self._words.outsiders)

    def _outside(self, actor: Actor) -> bool:
        return actor.kind == "person" and is_outsider(actor.role or "", self._words.outsiders)


def is_outsider(role: str, outsiders: frozenset[str]) -> bool:
    """Whether it is the calling of one who watches and speaks for none of the sides."""
    return any(word.strip(",.").rstrip("s") in outsiders for word in role.lower().split())


def _told(one: Attribution, sentences: Sequence[Sentence]) -> _Told:
    """The attribution with its words; at home is it where its source stands, or its cue if it has none."""
    places = one.source or one.cue
    home = next((s for s in sentences for start, _ in places[:1] if s.start <= start < s.end), None)
    if home is None:
        return _Told(one, (), (), None)
    return _Told(one, tuple(_within(home, one.cue)), tuple(_within(home, one.source)), home)


def _share(one: Attribution, sentence: Sentence) -> float:
    """How much of the sentence is said, with the words that tell it, as a share of its characters."""
    if one.content[0][0] >= sentence.end or one.content[-1][1] <= sentence.start:
        return 0.0
    said = sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in one.content)
    said += sum(
        end - start for start, end in (*one.cue, *one.source) if sentence.start <= start < sentence.end
    )
    return said / max(1, sentence.end - sentence.start)


def _within(sentence: Sentence, spans: Sequence[Span]) -> Iterator[Word]:
    """The words of the sentence that stand in these spans."""
    for word in sentence.words:
        if not word.is_punctuation and any(start <= word.start < end for start, end in spans):
            yield word


def _names(sentence: Sentence, word: Word, heads: Sequence[Word]) -> bool:
    """Whether the word names one of the heads, as an apposition does, and only that."""
    for above in sentence.ancestors(word):
        if not word.names_its_head:
            return False
        if above in heads:
            return True
        word = above
    return False


def _next_to(sentence: Sentence, told: _Told) -> Iterator[Word]:
    """The words right before the source and before the cue, across a comma.

    The parser takes "X, a leader of Y, said" for what is said and a leader.
    """
    for part in (told.source, told.cue):
        first = part[0].i - 1 if part else -1
        while first >= 0 and (sentence.words[first].is_punctuation or sentence.words[first].is_adverb):
            first -= 1
        if first >= 0 and part[0].i - first <= _NEAR and not _QUOTED.search(sentence.words[first + 1].text):
            yield sentence.words[first]
