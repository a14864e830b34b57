"""Reads texts of any length in parts, so that memory does not grow with them.

An article this long is no article: a dump, a book, a day of a wire.  Who and where come from the first
part, which tells the event; what was agreed and what comes next from all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.sentences import split_sentences
from briefing.types import Agreed, Article, Evidence, Outlook, Slots

PART_CHARS = 250_000

_Statement = TypeVar("_Statement", Agreed, Outlook)


def parts(article: Article) -> Iterator[tuple[int, Article]]:
    """The article in parts of whole sentences with the offset of each; nearly always the article itself."""
    text = article.text
    if len(text) <= PART_CHARS:
        yield 0, article
        return
    start = 0
    for first, end in split_sentences(text):
        if end - start > PART_CHARS and first > start:
            yield start, replace(article, text=text[start:first], title=article.title if start == 0 else None)
            start = first
    yield start, replace(article, text=text[start:], title=article.title if start == 0 else None)


def merge(found: Sequence[tuple[int, Slots]]) -> Slots:
    """One Slots from those of the parts, with offsets of the whole."""
    _, whole = found[0]
    if len(found) == 1:
        return whole
    return replace(
        whole,
        agreed=tuple(_shifted(value, offset) for offset, slots in found for value in slots.agreed),
        outlook=tuple(_shifted(value, offset) for offset, slots in found for value in slots.outlook),
    )


def _shifted(value: _Statement, offset: int) -> _Statement:
    return replace(value, evidence=tuple(_moved(one, offset) for one in value.evidence))


def _moved(one: Evidence, offset: int) -> Evidence:
    return one if one.field == "title" else replace(one, start=one.start + offset, end=one.end + offset)
