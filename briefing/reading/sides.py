"""For whom a person speaks, where the office itself does not say.

Only the text is asked, never the world.  In a readout `issuer.py` decides.  Elsewhere, the first that
says something wins:

1. another mention of the same office with its state: "the Chinese ambassador", "Vanuatu PM";
2. who reaffirms "Pakistan's commitment" speaks for Pakistan;
3. who says what his state will do or backs speaks for it: "said the US backed the entry";
4. of two officials joined by "and" with different portfolios the second shares the state of the first;
5. where "here" is a state by then, officials whose office names no state are the host's;
6. a senator or a speaker without a state speaks for the parliament that the text names;
7. an office that names a body speaks for it, and who is "of" a body or state for that (belonging.py);
8. a national office that names no state belongs to the state that the article is about: that of the
   dateline, unless the text is about another, or the one that it names most; an office that a state has
   but one of only where no other holds the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from briefing.reading import grammar
from briefing.reading.belonging import settle_belonging
from briefing.reading.cast import Actor
from briefing.reading.issuer import settle_readout
from briefing.reading.lexicon import Lexicon, plain
from briefing.reading.offices import OfficeReader
from briefing.reading.parsed import Parsed
from briefing.reading.words import Sentence, Word
from briefing.types import TITLE

_STANDS_FOR = frozenset(
    "commitment support position resolve readiness determination willingness stance policy desire view "
    "opposition concern government".split()
)
_RESTATING = frozenset(
    "reiterate reaffirm affirm restate convey express underscore underline emphasise emphasize stress".split()
)
_OWN_POLICY = frozenset("back support welcome favour favor seek oppose reject remain stand".split())
_SAYING = frozenset("say tell announce declare stress add insist pledge promise state confirm".split())
_HERE = re.compile(r"\bhere\b")
_NATIONAL = re.compile(
    r"\b(?:Ministry|Department|Foreign Office|Government|Cabinet|Supreme Court|Joint Chiefs)\b"
)
_MOSTLY = 2.0  # times the mentions of the next state
_OFTEN = 2  # mentions of the state that an article without a dateline is about


def settle_sides(parsed: Parsed, lexicon: Lexicon, offices: OfficeReader) -> tuple[str, ...]:
    """Gives the persons of the cast their sides; returns the states of the hosts, if any are known."""
    if parsed.is_readout:
        settle_readout(parsed, lexicon, offices)
        return ()
    _by_office_elsewhere(parsed, lexicon, offices)
    _by_commitment(parsed)
    _by_policy(parsed)
    _by_joining(parsed, lexicon, offices)
    hosts = _at_home(parsed)
    _by_parliament(parsed, offices)
    home = _home(parsed, hosts)
    _settle_shared(parsed, lexicon, home)
    _settle_bodies(parsed, home, frozenset(lexicon.rules.organisations.of_the_state))
    settle_belonging(parsed, lexicon, offices)
    _by_home(parsed, offices, home)
    return hosts


def _officials(parsed: Parsed) -> list[Actor]:
    return [one for one in parsed.cast.persons() if one.role and one.side is None and not one.former]


def _by_office_elsewhere(parsed: Parsed, lexicon: Lexicon, offices: OfficeReader) -> None:
    """The office of a person, named elsewhere with its state and without a name."""
    unsettled = {id(actor): actor for actor in _officials(parsed)}
    if not unsettled:
        return
    named: dict[str, set[str]] = {}
    nameless = {m.sentence for one in parsed.cast.persons() if one.role is None for m in one.mentions}
    for number, spoken in parsed.cast.offices.items():
        # "X ordered it.  The Norwegian president signed": the office may be that of X.
        if number != TITLE and nameless & {number, number - 1}:
            continue
        for office in spoken:
            side = offices.side(office)
            if side is not None and lexicon.is_state(side):
                named.setdefault(offices.core(office), set()).add(side)
    for actor in unsettled.values():
        core = offices.core(actor.role or "")
        sides = named.get(core, set())
        rivals = [one for one in parsed.cast.persons() if one.role and offices.core(one.role) == core]
        taken = {one.side for one in rivals if one is not actor}
        free = sides - taken
        if len(free) == 1 and sum(one.side is None for one in rivals) == 1:
            actor.side = next(iter(free))


def _by_commitment(parsed: Parsed) -> None:
    for sentence in parsed.sentences:
        for word in sentence.words:
            if word.lemma not in _STANDS_FOR or not (word.is_direct_object or word.follows_preposition):
                continue
            verb = sentence.words[word.head]
            owner = next((c for c in sentence.children(word) if c.is_owner), None)
            doer = grammar.subject(sentence, verb) if verb.is_full_verb else None
            state = parsed.cast.at(sentence, owner) if owner is not None else None
            if doer is None or state is None or state[0].kind == "person":
                continue
            for actor in _named_by(parsed, sentence, doer):
                if actor.side is None and not actor.former and verb.lemma in _RESTATING:
                    actor.side = state[0].side


def _by_policy(parsed: Parsed) -> None:
    """"President X said the US backed …": what a state backs, its own official announces."""  # fmt: skip
    for sentence in parsed.sentences:
        for verb in sentence.words:
            if verb.lemma not in _OWN_POLICY or not verb.is_content:
                continue
            said = sentence.words[verb.head]
            doer = grammar.subject_of_its_own(sentence, verb)
            speaker = grammar.grammatical_subject(sentence, said) if said.lemma in _SAYING else None
            state = parsed.cast.at(sentence, doer) if doer is not None else None
            if speaker is None or state is None or state[0].kind != "state":
                continue
            for actor in _named_by(parsed, sentence, speaker):
                if actor.side is None and actor.role and not actor.former:
                    actor.side = state[0].side


def _named_by(parsed: Parsed, sentence: Sentence, word: Word) -> list[Actor]:
    """The person a word names, also by office alone: "Foreign Secretary reiterated"."""
    found = parsed.cast.at(sentence, word)
    if found is not None:
        return [found[0]] if found[0].kind == "person" else []
    held = parsed.cast.office_holder(sentence, word)
    return [held] if held is not None else []


def _by_joining(parsed: Parsed, lexicon: Lexicon, offices: OfficeReader) -> None:
    for actor in _officials(parsed):
        if lexicon.first_in(actor.role or "") is not None:
            continue  # "Greek Minister X and Europe envoy Y": he says himself for what he is there
        for other in joined_before(parsed, actor):
            apart = {offices.portfolio(actor.role or ""), offices.portfolio(other.role or "")}
            if len(apart) > 1 and not offices.is_single(actor.role or ""):
                actor.side = other.side
                break


def joined_before(parsed: Parsed, actor: Actor) -> Iterator[Actor]:
    """The officials in office whom "and" joins this one to: "Israeli adviser X and Minister Y"."""
    for mention in actor.mentions:
        if mention.sentence == TITLE:
            continue
        sentence = parsed.sentences[mention.sentence]
        word = sentence.words[mention.last]
        if not word.is_joined:
            continue
        other = parsed.cast.at(sentence, sentence.words[word.head])
        if other is not None and other[0].kind == "person" and other[0].role and not other[0].former:
            yield other[0]


def _at_home(parsed: Parsed) -> tuple[str, ...]:
    """The host's state, where the article is written from it; its officials get it as their side."""
    opening = parsed.sentences[:3]
    here = any(_HERE.search(parsed.text, one.start, one.end) for one in opening)
    if not here:
        return ()
    numbers = {one.number for one in opening}
    present = [a for a in parsed.cast.persons() if a.side and any(m.sentence in numbers for m in a.mentions)]
    if len(present) < 2:
        return ()
    guest, hosts = present[0].side, [a.side for a in present[1:]]
    states = tuple(dict.fromkeys(side for side in hosts if side is not None and side != guest))
    if len(states) == 1:
        for actor in _officials(parsed):
            actor.side = states[0]
    return states


def _by_parliament(parsed: Parsed, offices: OfficeReader) -> None:
    for actor in _officials(parsed):
        if offices.is_legislator(actor.role or ""):
            actor.side = _parliament(parsed.cast.actors)


def _parliament(actors: Iterable[Actor]) -> str | None:
    named = [one.name for one in actors if one.name in {"Congress", "Senate", "House of Representatives"}]
    return named[0] if named else None


def _settle_bodies(parsed: Parsed, home: str | None, national_groups: frozenset[str]) -> None:
    """A ministry without a state belongs to the state that the article is about; else to none known."""
    for actor in parsed.cast.actors:
        if actor.side is None and actor.name.split()[-1] in national_groups:
            actor.side = home
        national = _NATIONAL.search(actor.name) is not None
        if actor.kind == "organisation" and actor.side == actor.name and national:
            actor.side = home


def _settle_shared(parsed: Parsed, lexicon: Lexicon, home: str | None) -> None:
    """A congress or supreme court is that of the state named with it, else of the state of the article."""
    shared = frozenset(lexicon.rules.states.shared_bodies)
    named = {one.name for one in parsed.cast.actors if one.kind == "state"}
    for actor in parsed.cast.actors:
        if actor.name not in shared:
            continue
        owner = _owner(parsed, actor)
        if owner is None and home != actor.side and (home is not None or actor.side not in named):
            owner = home if home is not None else actor.name
        if owner is None or owner == actor.side:
            continue
        for one in parsed.cast.persons():
            words = plain(one.role or "").lower()
            if one.side == actor.side and actor.name.lower() in words and lexicon.first_in(one.role or "") \
                    == lexicon.look_up(actor.name):  # fmt: skip
                one.side = owner if owner != actor.name else None
        actor.side = owner


def _owner(parsed: Parsed, actor: Actor) -> str | None:
    """The state that a mention of a body names with it: "the Supreme Court of Kenya", "Peru's Congress"."""
    for mention in actor.mentions:
        sentence = parsed.sentence(mention.sentence)
        words = sentence.words
        near = [mention.first - 1, mention.first - 2]
        if [word.lower for word in words[mention.last + 1 : mention.last + 2]] == ["of"]:
            near += [mention.last + 2, mention.last + 3]
        for n in near:
            found = parsed.cast.at(sentence, words[n]) if 0 <= n < len(words) else None
            if found is not None and found[0].kind == "state":
                return found[0].side
    return None


def _home(parsed: Parsed, hosts: tuple[str, ...]) -> str | None:
    """The state that the article is about: that of the dateline where the text is not more about another.

    Without a dateline, the state which it names far more often than any other.
    """
    if hosts:
        return hosts[0]
    counts = Counter(
        {one.name: len(one.mentions) for one in parsed.cast.actors if one.kind == "state" and _is_named(one)}
    )
    state = parsed.dateline.state if parsed.dateline is not None else None
    if state is not None:
        own = counts.pop(state, 0)
        other = max(counts.values(), default=0)
        return state if own * _MOSTLY >= other or other <= 1 else None
    ranked = [(name, count) for name, count in counts.most_common(2) if count >= _OFTEN]
    clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= _MOSTLY * ranked[1][1])
    return ranked[0][0] if clear else None


def _is_named(state: Actor) -> bool:
    """Whether the article names a state itself, not only its capital or an office that is of it."""
    return any(mention.form not in {"office", "metonym"} for mention in state.mentions)


def _by_home(parsed: Parsed, offices: OfficeReader, home: str | None) -> None:
    """A national office that names no state is one of the state that the article is about.

    Not where its holder seems to be named without a name as well: "the Russian President signed".
    """
    if home is None:
        return
    nameless = {
        offices.core(office)
        for spoken in parsed.cast.offices.values()
        for office in spoken
        if offices.side(office) == home
    }
    for actor in _officials(parsed):
        role = actor.role or ""
        core = offices.core(role)
        if not offices.is_national(role):
            continue
        rivals = [
            one
            for one in parsed.cast.persons()
            if one is not actor and one.role and offices.core(one.role) == core and one.side in {None, home}
        ]
        if not (offices.is_single(role) and (rivals or core in nameless)):
            actor.side = home
