"""To which body or state a person belongs, where the words beside the name or in the office say so.

"Forestry Bureau director X", "Y, a spokesman for the Harbour Union", "Z of the Trade Institute", "Peru's X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.reading.cast import Actor, Mention
from briefing.reading.grammar import POSSESSIVE
from briefing.reading.lexicon import Lexicon, plain
from briefing.reading.names import last_names, written_out
from briefing.reading.offices import OfficeReader
from briefing.reading.parsed import Parsed
from briefing.reading.words import Sentence, Word
from briefing.types import TITLE

_OF = {"of", "from", "with"}
_NAMES = {"name", "organisation"}
_OWNERS = {"name", "organisation", "person", "group"}
_SMALL = frozenset("of for the and in on to de".split())


def settle_belonging(parsed: Parsed, lexicon: Lexicon, offices: OfficeReader) -> None:
    """Gives persons without a side that of the body or state which they are said to be of."""
    full = written_out(parsed.text)
    for actor in parsed.cast.persons():
        if actor.side is not None or actor.former:
            continue
        sides = [
            *_named_in_office(parsed, actor, lexicon, offices, full),
            *_served(parsed, actor),
            *(side for one in actor.mentions for side in _beside(parsed, one)),
        ]
        actor.side = next(iter(sides), None)


def _named_in_office(
    parsed: Parsed, actor: Actor, lexicon: Lexicon, offices: OfficeReader, full: dict[str, str]
) -> Iterator[str]:
    """The bodies that his office names: "NLD joint chairman", "head of the Harbour Union"."""
    known = [one for one in parsed.cast.actors if one.kind == "organisation" and one.side is not None]
    role = f" {plain(actor.role or '')} ".replace("'s ", " ")
    named = [one for one in known if f" {plain(one.name)} " in role]
    if named:
        yield max(named, key=lambda one: len(one.name)).side or ""
    mention = actor.role_mention
    if mention is None or mention.role_span is None:
        return
    sentence = parsed.sentence(mention.sentence)
    for run in _runs(sentence.words[mention.role_span[0] : mention.role_span[1] + 1], offices):
        written = " ".join(parsed.text_of(mention.sentence)[run[0].start : run[-1].end].split())
        name = full.get(written, written)
        if len(run) == 1 and re.search(rf"\b{re.escape(name.lower())}\b", parsed.text):
            continue  # "Race Director", "Postal worker": a word that the text has in small letters, too
        if any(word.lower in last_names(parsed.cast) for word in run):
            continue  # "Lind spokesman X"
        if lexicon.look_up(name) is None and lexicon.city(name) is None and not offices.is_national(name):
            yield next((one.side for one in known if one.name == name and one.side), name)


def _served(parsed: Parsed, actor: Actor) -> Iterator[str]:
    """The side of the one whose aide he is: "Lind's spokesman", "a senior Lind aide"."""
    mention = actor.role_mention
    if mention is None or mention.role_span is None or mention.sentence == TITLE:
        return
    sentence = parsed.sentence(mention.sentence)
    first, last = mention.role_span
    within = list(range(first, last + 1))
    if first >= 2 and sentence.words[first - 1].lower in POSSESSIVE:
        within.insert(0, first - 2)
    for n in within:
        word = sentence.words[n]
        found = parsed.cast.at(sentence, word)
        served = found[0] if found is not None and found[1].form in _OWNERS else None
        if found is None and word.text[:1].isupper():
            served = last_names(parsed.cast).get(word.lower)
        if served is None or served is actor or served.side is None:
            continue
        if served.kind != "person" or not actor.weak:  # not "Lind's son"
            yield served.side


def _runs(words: tuple[Word, ...], offices: OfficeReader) -> Iterator[list[Word]]:
    """The names of bodies among the words of an office: what the model takes for one, and letters."""
    run: list[Word] = []
    for word in (*words, None):
        letters = word is not None and len(word.text) > 1 and word.text.isupper() and word.is_proper_noun
        if word is not None and (word.entity == "ORG" or letters) and not offices.is_head(word.lower):
            run.append(word)
            continue
        while run and not (run[-1].text[:1].isupper() or run[-1].text[:1].isdigit()):
            run.pop()
        while run and run[0].lower in _SMALL:
            run.pop(0)
        if not all(offices.is_of_offices(one.lower) for one in run):
            yield run
        run = []


def _beside(parsed: Parsed, mention: Mention) -> Iterator[str]:
    """The state or body of "X of the Fishing Institute", "Peru's X"."""
    if mention.sentence == TITLE:
        return
    sentence = parsed.sentence(mention.sentence)
    words = sentence.words
    after = mention.last + 1
    if after + 1 < len(words) and words[after].lower in _OF:
        first = after + 2 if words[after + 1].lower == "the" else after + 1
        yield from _side_at(parsed, sentence, first)
    if mention.first >= 2 and words[mention.first - 1].lower in POSSESSIVE:
        yield from _side_at(parsed, sentence, mention.first - 2)


def _side_at(parsed: Parsed, sentence: Sentence, n: int) -> Iterator[str]:
    found = parsed.cast.at(sentence, sentence.words[n]) if n < len(sentence.words) else None
    if found is not None and found[0].kind != "person" and found[1].form in _NAMES and found[0].side:
        yield found[0].side
