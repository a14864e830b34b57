"""Which names are of one person, and which of one body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefing.reading.bodies import SentenceRead
from briefing.reading.cast import Actor, Cast
from briefing.reading.lexicon import plain
from briefing.types import TITLE

_IN_BRACKETS = re.compile(r"((?:[\w’'&.-]+ ){2,10})\(([A-Z]{2,8})\)")
_SMALL = frozenset("of for the and in on to de".split())


def same_person(cast: Cast, name: str, sentence: int) -> Actor | None:
    """The known person whom this name also names; of several with one surname, the first."""
    parts = _parts(name)
    if not parts:
        return None
    for actor in cast.persons():
        known = _parts(actor.name)
        if set(parts) <= set(known):
            return actor
        if sentence == TITLE and set(known) <= set(parts):
            if parts[-1] == known[-1]:  # "Kamala Harris" in the title, "Harris" below; not "Harris Briefed"
                cast.rename(actor, name)
            return actor
        # "Joe Biden" and "Joseph R. Biden, Jr."
        if len(parts) > 1 and len(known) > 1 and parts[-1] == known[-1] and parts[0][0] == known[0][0]:
            return actor
    return None


def last_names(cast: Cast) -> dict[str, Actor]:
    """The last names by which a person may be named alone, where they are long enough to be sure."""
    found: dict[str, Actor] = {}
    for actor in cast.persons():
        parts = _parts(actor.name)
        if parts and len(parts[-1]) > 3:
            found.setdefault(parts[-1], actor)
    return found


def see_persons(cast: Cast) -> None:
    """Sees persons in names that the model took for bodies: "Mina Okada", later "Okada" alone."""
    bodies = {one.name: one for one in cast.actors if one.kind == "organisation" and one.side == one.name}
    endings = Counter(name.split()[-1] for name in bodies if " " in name)
    for name, actor in bodies.items():
        words = name.split()
        alone = bodies.get(words[-1]) if len(words) == 2 else None
        if alone is None or not all(word[:1].isupper() and word[1:].islower() for word in words):
            continue
        if endings[words[-1]] > 1:  # "Harbour Times", "Evening Times": the ending alone is nobody's own
            continue
        actor.kind, actor.side = "person", None
        actor.mentions = [replace(one, form="person") for one in (*actor.mentions, *alone.mentions)]
        cast.actors.remove(alone)
        for mention in actor.mentions:
            cast.point(mention, actor)


def join_short_forms(cast: Cast, read: Sequence[SentenceRead]) -> None:
    """One body under its name and its short form: "the Harbour Union Party (HUP)", later "HUP"."""
    short: dict[str, Actor] = {}
    for one in read:
        words = one.sentence.words
        for bracket in words[1:-2]:
            form = words[bracket.i + 1]
            if bracket.text != "(" or not form.text.isupper() or words[bracket.i + 2].text != ")":
                continue
            named = cast.at(one.sentence, words[bracket.i - 1])
            if named is not None and named[0].kind == "organisation" and len(form.text) > 1:
                short.setdefault(form.text, named[0])
            elif named is None and (listed := cast.at(one.sentence, form)) is not None:
                _call_as_written(cast, listed[0], written_out(one.text).get(form.text))
    for letters, actor in short.items():
        alone = cast.find(letters)
        if alone is None or alone is actor or alone.kind == "state":
            continue
        cast.actors.remove(alone)
        for mention in alone.mentions:
            moved = replace(mention, form="organisation")
            actor.mentions.append(moved)
            cast.point(moved, actor)


def _parts(name: str) -> list[str]:
    folded = plain(name).lower().replace(",", " ").replace(".", " ").replace("-", " ").replace("'s", "")
    return [part for part in folded.split() if part not in {"jr", "sr"}]


def _call_as_written(cast: Cast, actor: Actor, written: str | None) -> None:
    """A body of the word lists may have had another name then: "the Islamic Conference (OIC)" of 2006."""
    if written is None or actor.side != actor.name or cast.find(written) is not None:
        return
    for person in cast.persons():
        if person.side == actor.name:
            person.side = written
    cast.rename(actor, written)
    actor.side = written


def written_out(text: str) -> dict[str, str]:
    """What letters in brackets stand for: "the Harbour Union Party (HUP)".

    After Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003: the
    shortest run of words before the bracket whose capitals spell the letters.
    """
    found: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        words = match[1].split()
        for first in range(len(words) - 1, -1, -1):
            initials = "".join(word[0] for word in words[first:] if word.lower() not in _SMALL)
            if initials.upper() == match[2] and words[first][0].isupper():
                found.setdefault(match[2], " ".join(words[first:]))
                break
    return found
