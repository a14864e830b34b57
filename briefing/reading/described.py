"""What the grammar says that a person is, where no office is told: "boxer X", "Y, a student from the north".

Any noun will do that stands before the name as a part of it, or behind it in apposition.
"""

from __future__ import annotations

from briefing.reading.spans import Span, apposition
from briefing.reading.words import Word

_ARTICLES = {"a", "an", "the", "another"}


def described(words: tuple[Word, ...], first: int, last: int, named: set[int]) -> Span | None:
    """What the person at words `first` to `last` is said to be; `named` are the words of all names."""
    if first == last:
        return None  # a single name may well be no person's
    return _before(words, first, last, named) or _behind(words, first, last, named)


def _before(words: tuple[Word, ...], first: int, last: int, named: set[int]) -> Span | None:
    noun = words[first - 1] if first else None
    if noun is None or not _may_describe(noun):
        return None
    apposed = any(one.is_apposed and one.head == noun.i for one in words[first : last + 1])
    if not apposed and not (noun.is_inside_phrase and first <= noun.head <= last):
        return None
    start = noun.i
    while start > 0 and start - 1 not in named:
        word = words[start - 1]
        inside = (word.is_inside_phrase and word.i < word.head <= last) or word.is_mark_of_owner
        if word.lower == "of" and start > 1 and _may_belong(words[start - 2]):
            start -= 2  # "superintendent of police X"
            continue
        if not inside or not _may_belong(word):
            break
        start -= 1
    while words[start].is_mark_of_owner:
        start += 1
    return start, noun.i


def _behind(words: tuple[Word, ...], first: int, last: int, named: set[int]) -> Span | None:
    span = apposition(words, last, named)
    if span is None or words[span[0]].lower not in _ARTICLES:
        return None
    nouns = (word for word in words[span[0] : span[1] + 1] if word.is_apposed)
    noun = next((word for word in nouns if first <= word.head <= last), None)
    return (span[0] + 1, span[1]) if noun is not None and _may_describe(noun) else None


def _may_belong(word: Word) -> bool:
    return word.is_noun or word.is_adjective or word.is_particle


def _may_describe(noun: Word) -> bool:
    return noun.is_one_of_a_kind and noun.text.islower() and noun.entity not in {"DATE", "TIME"}
