"""The slots of several articles on one event, told once: each value keeps the evidence of all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.types import Agreed, Article, Evidence, Outlook, Slots, Where, Who

_Value = TypeVar("_Value", Who, Where, Agreed, Outlook)
_Statement = TypeVar("_Statement", Agreed, Outlook)

_VOWELS = str.maketrans("euy", "aoi")
_SHORTEST_SKELETON = 5
_JOINING = frozenset(("i", "e", "al", "el", "ul", "the"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
# Two statements are told as one where they share this much of their words.
_SAME_WORDS = 0.7


def merge(articles: Sequence[Article], slots: Sequence[Slots]) -> Slots:
    """One set of slots for a story; `slots` holds those of each article, in the same order."""
    named = [_name_articles(article, own) for article, own in zip(articles, slots, strict=True)]
    return Slots(
        who=tuple(_merge_who(value for own in named for value in own.who)),
        where=tuple(_merge_where(value for own in named for value in own.where)),
        agreed=tuple(_merge_statements(value for own in named for value in own.agreed)),
        outlook=tuple(_merge_statements(value for own in named for value in own.outlook)),
    )


def name_article(evidence: Iterable[Evidence], article: Article) -> tuple[Evidence, ...]:
    """The same evidence, saying which article it quotes."""
    return tuple(replace(one, article=article.id) for one in evidence)


def _name_articles(article: Article, slots: Slots) -> Slots:
    def named(values: tuple[_Value, ...]) -> tuple[_Value, ...]:
        return tuple(replace(value, evidence=name_article(value.evidence, article)) for value in values)

    return Slots(named(slots.who), named(slots.where), named(slots.agreed), named(slots.outlook))


def fold(name: str) -> str:
    """A name without case and diacritics, for comparison only."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def surname(name: str) -> str:
    """The last name of a person, folded: "Biden" of "Joseph R. Biden, Jr."."""
    words = [word.strip(",.") for word in fold(name).split()]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words[-1]


def _merge_who(values: Iterable[Who]) -> list[Who]:
    merged: list[Who] = []
    for value in values:
        for n, known in enumerate(merged):
            if same_actor(known, value):
                fuller = max(known.name, value.name, key=len)
                merged[n] = replace(
                    known,
                    name=fuller,
                    role=known.role or value.role,
                    side=known.side or value.side,
                    evidence=known.evidence + value.evidence,
                )
                break
        else:
            merged.append(value)
    # Whom most articles name comes first, else the order is that of the text.
    return sorted(merged, key=lambda one: -len({evidence.article for evidence in one.evidence}))


def same_actor(one: Who, other: Who) -> bool:
    """Whether two values name one actor: "Biden" and "Joe Biden", on one side as far as both have one."""
    if one.kind != other.kind or (one.side and other.side and one.side != other.side):
        return False
    mine, theirs = fold(one.name), fold(other.name)
    if mine == theirs:
        return True
    if one.kind != "person" or surname(mine) != surname(theirs):
        return False
    # "Biden" and "Joe Biden" are one person on one side, "Joe" and "Jill Biden" two; initials differ freely.
    first, second = mine.split()[0], theirs.split()[0]
    alone = surname(mine) in (first, second)
    return alone or _skeleton(first) == _skeleton(second) or (one.role is not None and one.role == other.role)


def _skeleton(name: str) -> str:
    """What the spellings of a given name from another script share: "Mohammed", "Mohamed" and "Muhammad".

    Doubled letters are one, and within the name a and e, o and u, i and y are; its ends stay as they are, so
    that "Martin" and "Martina" are two.  Short names stay whole.
    """
    letters = re.sub(r"([^\W\d_])\1", r"\1", re.sub(r"[\W_]", "", fold(name)))
    if len(letters) < _SHORTEST_SKELETON:
        return fold(name)
    return letters[0] + letters[1:-1].translate(_VOWELS) + letters[-1].replace("y", "i")


def same_place(one: str, other: str) -> bool:
    """Whether two names are of one place: "Mazar-i-Sharif" and "Mazar-e-Sharif"."""
    return _place_key(one) == _place_key(other)


def _place_key(name: str) -> str:
    """The words of a place without those that only join them."""
    words = re.findall(r"\w+", fold(name))
    return " ".join(word for word in words if word not in _JOINING or len(words) == 1)


def _merge_where(values: Iterable[Where]) -> list[Where]:
    merged: dict[tuple[str | None, str | None], Where] = {}
    for value in values:
        key = (_place_key(value.place) if value.place else None, value.country)
        known = merged.get(key)
        merged[key] = replace(known, evidence=known.evidence + value.evidence) if known else value
    return list(merged.values())


def _merge_statements(values: Iterable[_Statement]) -> list[_Statement]:
    merged: list[_Statement] = []
    bags: list[frozenset[str]] = []
    for value in values:
        bag = frozenset(re.findall(r"\w+", fold(value.text)))
        for n, known in enumerate(merged):
            # Attribution and status belong to the statement: a denial is no support for a claim.
            if _kind(known) == _kind(value) and len(bag & bags[n]) >= _SAME_WORDS * len(bag | bags[n]):
                merged[n] = replace(known, evidence=known.evidence + value.evidence)
                break
        else:
            merged.append(value)
            bags.append(bag)
    return merged


def _kind(statement: Agreed | Outlook) -> tuple[str, str, str | None]:
    kind = statement.status if isinstance(statement, Agreed) else statement.kind
    return kind, statement.attribution, statement.speaker
