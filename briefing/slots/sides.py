"""For whom a person speaks, where the office itself does not say.

Only the text is asked, never the world:

1. the partners in a readout's title have the state that the title gives them; its other officials speak
   for the state that issued it;
2. who reaffirms "Pakistan's commitment" speaks for Pakistan;
3. two officials joined by "and", of whom one has a state, share it;
4. where "here" is a state by then, officials whose office names no state are the host's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from briefing._language import Sentence, Word
from briefing.slots import grammar
from briefing.slots.cast import TITLE, Actor, Mention
from briefing.slots.lexicon import Lexicon
from briefing.slots.reading import Reading

_STANDS_FOR = frozenset(
    "commitment support position resolve readiness determination willingness stance policy desire view "
    "opposition concern government".split()
)
_RESTATING = frozenset(
    "reiterate reaffirm affirm restate convey express underscore underline emphasise emphasize stress".split()
)
_PAIR = re.compile(r"\b([A-Z][\w.]*)[-–]([A-Z][\w.]*)")
_OPENING = 2  # sentences
_HERE = re.compile(r"\bhere\b")
_WITH = re.compile(r"\b(?:with|and)\b", re.IGNORECASE)


def settle_sides(reading: Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Gives the persons of the cast their sides; returns the states of the hosts, if any are known."""
    if reading.is_readout:
        _settle_readout(reading, lexicon)
        return ()
    _by_commitment(reading)
    _by_joining(reading)
    return _at_home(reading)


def _settle_readout(reading: Reading, lexicon: Lexicon) -> None:
    partner = _title_partner(reading, lexicon)
    issuer = _issuer(reading, lexicon, partner)
    split = _WITH.search(reading.title)
    for actor in _officials(reading):
        title = [m for m in actor.mentions if m.sentence == TITLE]
        if title and split is not None:
            partners = title[0].start > split.start()
        else:
            partners = _is_received(reading, actor)
        actor.side = partner if partners else issuer


def _title_partner(reading: Reading, lexicon: Lexicon) -> str | None:
    """The state after "with" in the title."""
    split = _WITH.search(reading.title)
    entry = lexicon.first_in(reading.title[split.end() :]) if split else None
    return entry.side if entry is not None and entry.form in {"name", "adjective", "organisation"} else None


def _issuer(reading: Reading, lexicon: Lexicon, partner: str | None) -> str | None:
    """The state whose readout it is.

    That of the source; else the first half of "the U.S.-Kenya partnership"; else the state whose bodies
    open the text, or which owns ("the United States' commitment") and acts most often.  Where none of
    these speaks clearly, none is guessed.
    """
    entry = lexicon.first_in(reading.source or "")
    if entry is not None:
        return entry.side
    for match in _PAIR.finditer(f"{reading.title} {reading.text}"):
        first, second = lexicon.look_up(match[1]), lexicon.look_up(match[2])
        if first is not None and second is not None and second.side == partner:
            return first.side
    counts: Counter[str] = Counter()
    for actor in reading.cast.actors:
        if actor.side is None or actor.side == partner or actor.side not in lexicon.states:
            continue
        for mention in actor.mentions:
            counts[actor.side] += _speaks_as_issuer(reading, actor, mention, partner)
    for sentence in reading.sentences:
        for word in sentence.words:
            region = lexicon.region(word.text) if word.entity == "GPE" else None
            if region is not None:
                counts[region] += 1
    ranked = [(name, count) for name, count in counts.most_common(2) if count]
    clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= 2 * ranked[1][1])
    return ranked[0][0] if ranked and clear else None


def _speaks_as_issuer(reading: Reading, actor: Actor, mention: Mention, partner: str | None) -> int:
    if actor.kind == "organisation":
        return 3 if mention.sentence < _OPENING else 0
    if actor.kind != "state" or mention.sentence == TITLE or mention.form != "name":
        return 0
    sentence = reading.sentences[mention.sentence]
    word = sentence.words[mention.last]
    above = sentence.words[word.head]
    joined = [above] if word.dep == "conj" else [c for c in sentence.children(word) if c.dep == "conj"]
    for other in joined:  # "between the United States and Gabon"
        found = reading.cast.at(sentence, other)
        if partner is not None and found is not None and found[0].name == partner:
            return 3
    return int(word.dep in {"nsubj", "compound"} or (word.dep == "poss" and above.lemma in _STANDS_FOR))


def _officials(reading: Reading) -> Iterable[Actor]:
    return [one for one in reading.cast.persons() if one.role and one.side is None and not one.former]


def _is_received(reading: Reading, actor: Actor) -> bool:
    """Whether the text first names the person as the one met: "met with X", "hosted X"."""
    mention = next((m for m in actor.mentions if m.sentence != TITLE), None)
    if mention is None:
        return False
    sentence = reading.sentences[mention.sentence]
    word = _top(sentence, mention)
    return word.dep in {"dobj", "pobj"} and (sentence.words[word.head].lower not in {"by"})


def _top(sentence: Sentence, mention: Mention) -> Word:
    word = sentence.words[mention.last]
    while word.dep in {"conj", "appos", "compound", "nmod", "flat"}:
        word = sentence.words[word.head]
    return word


def _by_commitment(reading: Reading) -> None:
    for sentence in reading.sentences:
        for word in sentence.words:
            if word.lemma not in _STANDS_FOR or word.dep not in {"dobj", "pobj"}:
                continue
            verb = sentence.words[word.head]
            owner = next((c for c in sentence.children(word) if c.dep == "poss"), None)
            doer = grammar.subject(sentence, verb) if verb.pos == "VERB" else None
            state = reading.cast.at(sentence, owner) if owner is not None else None
            if doer is None or state is None or state[0].kind == "person":
                continue
            for actor in _named_by(reading, sentence, doer):
                if actor.side is None and not actor.former and verb.lemma in _RESTATING:
                    actor.side = state[0].side


def _named_by(reading: Reading, sentence: Sentence, word: Word) -> list[Actor]:
    """The person a word names, also by office alone: "Foreign Secretary reiterated"."""
    found = reading.cast.at(sentence, word)
    if found is not None:
        return [found[0]] if found[0].kind == "person" else []
    held = reading.cast.office_holder(sentence, word)
    return [held] if held is not None else []


def _by_joining(reading: Reading) -> None:
    for actor in _officials(reading):
        for mention in actor.mentions:
            if mention.sentence == TITLE:
                continue
            sentence = reading.sentences[mention.sentence]
            word = sentence.words[mention.last]
            if word.dep != "conj":
                continue
            other = reading.cast.at(sentence, sentence.words[word.head])
            if other is not None and other[0].kind == "person" and other[0].role and not other[0].former:
                actor.side = other[0].side
                break


def _at_home(reading: Reading) -> tuple[str, ...]:
    """The host's state, where the article is written from it; its officials get it as their side."""
    opening = reading.sentences[:3]
    here = any(_HERE.search(reading.text, one.start, one.end) for one in opening)
    if not here:
        return ()
    numbers = {one.number for one in opening}
    present = [a for a in reading.cast.persons() if a.side and any(m.sentence in numbers for m in a.mentions)]
    if len(present) < 2:
        return ()
    guest, hosts = present[0].side, [a.side for a in present[1:]]
    states = tuple(dict.fromkeys(side for side in hosts if side is not None and side != guest))
    if len(states) == 1:
        for actor in _officials(reading):
            actor.side = states[0]
    return states
