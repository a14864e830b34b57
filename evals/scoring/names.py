"""Whether two names mean the same person, state or place, as generously as a reader would."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_POSSESSIVE = re.compile(r"['’]s\b")
_OTHER = re.compile(r"[^a-z0-9 ]+")
# Left out before two people are compared: what stands before a name, and is none.
_TITLES = frozenset(
    "mr mrs ms dr sir president vice prime minister foreign secretary deputy ambassador chancellor general "
    "king queen crown prince national security advisor adviser special envoy spokesperson spokesman "
    "spokeswoman the of state us".split()
)
_SAME = [
    {"us", "usa", "united states", "united states of america", "america", "american"},
    {"uk", "united kingdom", "britain", "great britain", "british"},
    {"eu", "european union"},
    {"un", "united nations"},
    {"russia", "russian federation"},
    {"china", "prc", "people republic of china", "people s republic of china"},
    {"north korea", "dprk", "democratic people republic of korea", "democratic people s republic of korea"},
    {"south korea", "rok", "republic of korea"},
]


def same_name(one: object, other: object) -> bool:
    """Whether two names are the same but for case, accents and punctuation, or are forms of one state."""
    a, b = _normal(one), _normal(other)
    if not a or not b:
        return False
    return a == b or any(a in forms and b in forms for forms in _SAME)


def same_actor(made: Mapping[str, Any], actor: Mapping[str, Any]) -> bool:
    """Whether a value names an annotated actor: by name or alias, a person also by surname."""
    name = str(made.get("name") or "")
    if any(same_name(name, other) for other in (actor["name"], *actor.get("aliases", ()))):
        return True
    bare, wanted = _bare(name), _bare(actor["name"])
    if not bare or not wanted:
        return False
    if actor.get("kind") != "person":
        return bare == wanted
    # Where both give a first name as well, it must be the same.
    return bare[-1] == wanted[-1] and (len(bare) == 1 or len(wanted) == 1 or bare[0] == wanted[0])


def same_place(made: Mapping[str, Any], place: Mapping[str, Any]) -> bool:
    """Whether a value names an annotated place or its country."""
    return any(
        same_name(made.get(mine), place.get(theirs))
        for mine in ("place", "country")
        for theirs in ("place", "country")
    )


def half_the_words(one: object, other: object) -> bool:
    """Whether two phrases share half of their words (Dice)."""
    a, b = set(_normal(one).split()), set(_normal(other).split())
    return bool(a and b) and 4 * len(a & b) >= len(a) + len(b)


def _bare(name: str) -> list[str]:
    return [word for word in _normal(name).split() if word not in _TITLES]


def _normal(name: object) -> str:
    letters = unicodedata.normalize("NFKD", name if isinstance(name, str) else "")
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    words = _OTHER.sub(" ", _POSSESSIVE.sub("", letters).replace(".", "")).split()
    while words and words[0] == "the":
        words.pop(0)
    return " ".join(words)
