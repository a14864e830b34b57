"""The entities of an article, each mention with the part that it plays in its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.reading.cast import Actor
from briefing.reading.cast import Mention as Named
from briefing.reading.data import Language
from briefing.reading.parsed import Parsed
from briefing.reading.speech import is_outsider
from briefing.reading.words import Sentence, Word
from briefing.types import Entity, Mention, Part

_MODIFIES = {"acl", "relcl", "advcl", "amod"}
_IN_A_PLACE = re.compile(r"\b(?:in|at|near|from|outside) (?:[A-Z][\w'’.-]+ ?){1,3}, $")
_PARTS: dict[str, Part] = {
    "nsubj": "agent", "agent": "agent", "csubj": "agent", "nsubjpass": "subject", "dobj": "object",
    "dative": "object", "poss": "possessor", "pobj": "oblique", "pcomp": "oblique",
}  # fmt: skip


class MentionReader:
    """Turns a cast into entities."""

    def __init__(self, words: Language) -> None:
        self._outsiders = frozenset(words.speech.outsiders)
        self._saying = frozenset(words.speech.verbs)
        self._standing_for = frozenset(words.events.standing_for)

    def read(self, parsed: Parsed) -> tuple[Entity, ...]:
        """The entities in the order in which the article first names them."""
        return tuple(self._entity(parsed, actor) for actor in parsed.cast.actors)

    def _entity(self, parsed: Parsed, actor: Actor) -> Entity:
        mentions = [(one, self._mention(parsed, one)) for one in actor.mentions]
        office = next((read for one, read in mentions if one is actor.role_mention), None)
        return Entity(
            name=actor.name,
            kind=actor.kind,
            role=actor.role,
            side=actor.side,
            former=actor.former,
            outsider=actor.kind == "person" and is_outsider(actor.role or "", self._outsiders),
            mentions=tuple(read for _, read in mentions),
            office=office,
        )

    def _mention(self, parsed: Parsed, named: Named) -> Mention:
        sentence = parsed.sentence(named.sentence)
        head = _head(sentence, named)
        part, governor, via, modifying = self._part(parsed, sentence, named, head)
        span = None
        if named.role_span is not None:
            first, last = (sentence.words[n] for n in named.role_span)
            span = first.start, last.end
        return Mention(
            sentence=named.sentence,
            start=named.start,
            end=named.end,
            form=named.form,
            part=part,
            governor=governor,
            via=via,
            modifying=modifying,
            reported=self._is_reported(sentence, named, head),
            office=span,
        )

    def _part(
        self, parsed: Parsed, sentence: Sentence, named: Named, head: Word
    ) -> tuple[Part, str, str, bool]:
        if named.form == "office":
            return "office", "", "", False
        if _locates(parsed, named):
            return "place", "", "", False
        if named.form == "adjective" or head.is_compound:
            governed = _governed_noun(sentence, head)
            if governed is None or governed.lemma not in self._standing_for:
                return "beside", governed.lemma if governed is not None else "", "", False
            head = governed
        dep, via, above = _role_in_clause(sentence, head)
        if above is None:
            return "other", "", "", False
        modifying = dep == "agent" and above.dep in _MODIFIES
        return _PARTS.get(dep, "other"), above.lemma, via, modifying

    def _is_reported(self, sentence: Sentence, named: Named, head: Word) -> bool:
        """Whether the mention stands in a clause that reports what somebody says."""
        verb = next((one for one in sentence.ancestors(head) if one.is_verb), None)
        said = sentence.head(verb) if verb is not None and verb.dep == "ccomp" else None
        # "…, a spokesman said" at the end leaves the clause the news of the sentence.
        return said is not None and said.lemma in self._saying and said.i < named.first


def _locates(parsed: Parsed, named: Named) -> bool:
    """Whether a state only says where a place lies: "in Bali, Indonesia"."""
    before = parsed.text_of(named.sentence)[max(0, named.start - 60) : named.start]
    return named.form == "name" and _IN_A_PLACE.search(before) is not None


def _head(sentence: Sentence, named: Named) -> Word:
    """The word of a mention, its office included, on which the others depend."""
    inside = set(range(named.first, named.last + 1))
    top = sentence.words[named.last]
    for i in range(named.last, named.first - 1, -1):
        word = sentence.words[i]
        if word.head not in inside or word.head == i:
            top = word
            break
    # "President of Finland X": the name hangs on the office, and the office on the verb.
    office = range(named.role_span[0], named.role_span[1] + 1) if named.role_span else range(0)
    while top.head in office and top.head != top.i:
        top = sentence.words[top.head]
    return top


def _governed_noun(sentence: Sentence, word: Word) -> Word | None:
    """The noun that an adjective goes with: "the Turkish government"."""
    above = sentence.head(word)
    return above if word.dep in {"amod", "compound", "nmod", "poss"} and above is not None else None


def _upwards(sentence: Sentence, word: Word) -> Iterator[Word]:
    """The word, and those that it is joined to or stands beside, upwards."""
    seen = word
    yield seen
    while seen.dep in {"conj", "appos", "compound", "nmod"} and (above := sentence.head(seen)) is not None:
        seen = above
        yield seen


def _role_in_clause(sentence: Sentence, word: Word) -> tuple[str, str, Word | None]:
    """The label of the part a name plays, its preposition, and the word that governs it."""
    *_, seen = _upwards(sentence, word)
    above = sentence.head(seen)
    if seen.dep in {"pobj", "pcomp"} and above is not None:
        governor = sentence.head(above)
        return ("agent", "", governor) if above.dep == "agent" else ("pobj", above.lower, governor)
    return seen.dep, "", above
