"""Which names are of one person."""

from __future__ import annotations

from briefing.reading.cast import Actor, Cast
from briefing.reading.lexicon import plain
from briefing.types import TITLE


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


def _parts(name: str) -> list[str]:
    folded = plain(name).lower().replace(",", " ").replace(".", " ").replace("-", " ").replace("'s", "")
    return [part for part in folded.split() if part not in {"jr", "sr"}]
