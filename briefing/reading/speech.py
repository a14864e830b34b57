"""Attribution: who says what a sentence states.

A statement is a fact of the article, the word of a named speaker, that of someone without a name, or
that of a document.  An official without a name never gets one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.reading.cast import Actor, Cast
from briefing.reading.data import Speech
from briefing.reading.grammar import find_words, subject_of_its_own
from briefing.reading.parse import Sentence, Word
from briefing.types import Source

_OPEN, _CLOSE = "“", "”"


FACT = Source()


def attribute(sentences: Sequence[Sentence], text: str, cast: Cast, words: Speech) -> list[Source]:
    """The source of each sentence, in order.

    Where a quotation runs over several sentences, all of them have the speaker named in any of them.
    """
    return _Attributer(text, cast, words).run(sentences)


class _Attributer:
    def __init__(self, text: str, cast: Cast, words: Speech) -> None:
        self._text = text
        self._cast = cast
        self._verbs = frozenset(words.verbs)
        self._unnamed = frozenset(words.unnamed)
        self._outsiders = frozenset(words.outsiders)
        self._documents = frozenset(words.documents)
        self._prepositions = words.prepositions
        # Who "he", "she" and "the official" are: the last who spoke.
        self._last: Source | None = None
        # Else who "he" and "she" are: the one person of whom the sentence before told.
        self._told_of: Source | None = None

    def run(self, sentences: Sequence[Sentence]) -> list[Source]:
        found: list[Source] = []
        quoted = _quoted(sentences, self._text)
        for sentence in sentences:
            source = self._own(sentence)
            if source.standing != "fact":
                self._last = source
            found.append(source)
            self._told_of = self._subject(sentence) or self._told_of
        return [self._carried(n, found, quoted) for n in range(len(found))]

    def _subject(self, sentence: Sentence) -> Source | None:
        """The person whose deed the main clause tells, also by office: "The Vice President discussed"."""
        root = next((word for word in sentence.words if word.dep == "ROOT"), None)
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

    def _carried(self, n: int, found: list[Source], quoted: list[tuple[bool, bool]]) -> Source:
        """The sentence's own source, or inside a quotation that of the sentence which opens or closes it."""
        source = found[n]
        if source.standing != "fact" or not (quoted[n][0] or quoted[n][1]):
            return source
        ahead = n
        while quoted[ahead][1] and ahead + 1 < len(found):
            ahead += 1
            if found[ahead].standing != "fact":
                return _from(found[ahead])
        back = n
        while quoted[back][0] and back > 0:
            back -= 1
            if found[back].standing != "fact":
                return _from(found[back])
        # A quotation that stands alone goes on with the speaker of the sentence before.
        if n and found[n - 1].standing != "fact":
            return _from(found[n - 1])
        return source

    def _own(self, sentence: Sentence) -> Source:
        for phrase in self._prepositions:
            at = find_words(self._text[sentence.start : sentence.end].lower(), phrase)
            if at is not None:
                for word in sentence.words:
                    if word.start > sentence.start + at + len(phrase) and word.dep in {"pobj", "ROOT"}:
                        source = self._speaker(sentence, word, None)
                        if source is not None:
                            return source
        # The outermost verb of saying is the source; what it reports may hold another.
        for verb in sorted(self._saying(sentence), key=lambda one: (_depth(sentence, one), one.i)):
            who = subject_of_its_own(sentence, verb) or _inverted(sentence, verb)
            if who is None and verb.dep == "conj":
                above = sentence.head(verb)
                who = subject_of_its_own(sentence, above) if above else None
            if who is not None:
                source = self._speaker(sentence, who, verb)
                if source is not None:
                    return source
        return FACT

    def _saying(self, sentence: Sentence) -> list[Word]:
        found = []
        for word in sentence.words:
            if (
                word.lemma not in self._verbs
                or word.pos not in {"VERB", "AUX"}
                or word.dep in {"relcl", "acl", "amod"}
            ):
                continue
            children = sentence.children(word)
            if word.tag in {"VB", "VBG"} and not any(child.dep == "aux" for child in children):
                continue
            reports = any(child.dep in {"ccomp", "parataxis"} for child in children) or word.dep in {
                "parataxis",
                "ccomp",
            }
            quotes = any(c in self._text[sentence.start : sentence.end] for c in '"“”')
            if reports or quotes:
                found.append(word)
        return found

    def _speaker(self, sentence: Sentence, who: Word, verb: Word | None) -> Source | None:
        at = verb.start if verb else None
        for word in (who, *(c for c in sentence.children(who) if c.dep in {"appos", "conj"})):
            found = self._cast.at(sentence, word)
            if found and found[1].form != "adjective":
                actor, mention = found
                return Source("named", actor.name, at, (mention.start, mention.end), self._outside(actor))
        if who.lower in {"he", "she"} and self._last and self._last.standing in {"named", "unnamed"}:
            last = self._last
            return Source(last.standing, last.speaker, at, last.span, last.outsider)
        if who.lower in {"he", "she"} and self._told_of:
            return replace(self._told_of, at=at)
        if who.lower in {"he", "she", "they", "it", "who", "we", "i"}:
            return Source("unnamed", None, at, None) if who.lower in {"he", "she"} else None
        if who.lemma in self._documents:
            return Source("document", None, at, (who.start, who.end))
        if who.lemma in self._unnamed or who.lemma in self._outsiders:
            return self._office_or_unnamed(sentence, who, at)
        return self._by_office(sentence, who, at)

    def _by_office(self, sentence: Sentence, who: Word, at: int | None) -> Source | None:
        """The one who holds an office that stands without his name: "the President"."""
        children = sentence.children(who)
        # "The president of the bank" is another than the president told of.
        elsewhere = any(one.dep == "poss" or one.lower in {"of", "for"} for one in children)
        definite = not elsewhere and any(one.lower == "the" for one in children)
        holder = self._cast.office_holder(sentence, who) if definite and who.tag in {"NN", "NNP"} else None
        if holder is None:
            return None
        mention = next((m for m in holder.mentions if m.sentence >= 0), None)
        span = (mention.start, mention.end) if mention else None
        return Source("named", holder.name, at, span, self._outside(holder))

    def _office_or_unnamed(self, sentence: Sentence, who: Word, at: int | None) -> Source:
        """One with an office: "the spokesperson" is the one named before, "a senior official" is nobody."""
        last = self._last
        nobody = last is not None and last.standing == "unnamed" and last.speaker is None
        by_office = self._by_office(sentence, who, at)
        if by_office is not None and not nobody:
            return by_office
        return Source("unnamed", None, at, (who.start, who.end), who.lemma in self._outsiders)

    def _outside(self, actor: Actor) -> bool:
        return actor.kind == "person" and is_outsider(actor.role or "", self._outsiders)


def is_outsider(role: str, outsiders: frozenset[str]) -> bool:
    """Whether it is the calling of one who watches and speaks for none of the sides."""
    return any(word.strip(",.").rstrip("s") in outsiders for word in role.lower().split())


def _from(source: Source) -> Source:
    return Source(source.standing, source.speaker, None, source.span, source.outsider)


def _depth(sentence: Sentence, word: Word) -> int:
    return sum(1 for _ in sentence.ancestors(word))


def _inverted(sentence: Sentence, verb: Word) -> Word | None:
    """The speaker after the verb: "says Todd Stern"."""
    return next(
        (
            c
            for c in sentence.children(verb)
            if c.i > verb.i and c.dep in {"dobj", "attr"} and c.entity == "PERSON"
        ),
        None,
    )


def _quoted(sentences: Sequence[Sentence], text: str) -> list[tuple[bool, bool]]:
    """For each sentence: whether it begins inside a quotation, and whether it ends inside one."""
    found = []
    inside = False
    end = 0
    for sentence in sentences:
        if "\n" in text[end : sentence.start] and "\n\n" in text[end : sentence.start].replace("\r", ""):
            inside = False  # a quotation mark that was never closed ends with its paragraph
        begins = inside
        for c in text[sentence.start : sentence.end]:
            if c == _OPEN:
                inside = True
            elif c == _CLOSE:
                inside = False
            elif c == '"':
                inside = not inside
        found.append((begins, inside))
        end = sentence.end
    return found
