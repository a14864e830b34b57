"""A sentence as two reports of it are laid side by side: numbers, days, names and the stems of the rest."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from briefing.brief.differences.rules import language
from briefing.brief.differences.values import Amount, Day, amounts, days
from briefing.types import Article, Evidence

_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*|\d[\w.,:-]*\w|\d|\w+|[%$€£]")
_SMALL = re.compile(r"(?<![\w'’])[a-z]{2,}(?![\w])")
_CONTRACTED = re.compile(r"n['’]t$", re.IGNORECASE)
_SUFFIX = re.compile(r"['’]s?$", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """A word, a name, a number or a time at `start`..`end` of its text.

    `key` is what must be equal for two tokens to say the same; `value` is there for numbers and times.
    `n` is its number in the sentence, the same in every copy of it.
    """

    kind: str
    key: str
    start: int
    end: int
    value: Amount | Day | None = None
    n: int = 0


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, or its title, read."""

    article: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    field: Literal["text", "title"] = "text"


def text_of(article: Article, sentence: Sentence) -> str:
    """What the offsets of the sentence point into: the article's text, or its title."""
    return (article.title or "") if sentence.field == "title" else article.text


def evidence_of(article: Article, sentence: Sentence) -> Evidence:
    """The whole sentence, quoted."""
    quote = text_of(article, sentence)[sentence.start : sentence.end]
    return Evidence(sentence.start, sentence.end, quote, sentence.field, article.id)


def folded(text: str) -> str:
    """Without case, accents and typographic apostrophes."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        # The dotless i of Turkish is a letter of its own, which other alphabets write with a dot.
        text = text.replace("’", "'").replace("‘", "'").replace("ı", "i")
    return text.casefold()


fold = lru_cache(maxsize=100_000)(folded)
"""The same, remembered: for words, which come again; a whole text would only fill the memory."""


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """One form for the forms of a word, good enough to compare two reports and not a dictionary's."""
    rules = language()
    said = word
    word = rules.irregular.get(word, word)
    for ending, kept in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + kept
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    return f"{word}-" if word in rules.negators and said not in rules.negators else word  # "noted"


def read(
    text: str, start: int, end: int, published: dt.date | None, lower: frozenset[str], title: bool = False
) -> tuple[Token, ...]:
    """The tokens of text[start:end].

    `lower` holds the words that the story also writes small: with a capital they name nothing.  In a title
    every word may have a capital, so it is read for no names.
    """
    rules = language()
    times = days(text, start, end, published)
    valued = [
        Token("day", _key(one.value, text[one.start : one.end]), one.start, one.end, one.value)
        for one in times
    ]
    for one in amounts(text, start, end, times):
        valued.append(Token("number", _key(one.value, ""), one.start, one.end, one.value))
    tokens = list(valued)
    first, last_kind = True, ""
    for match in _WORD.finditer(text, start, end):
        if any(one.start < match.end() and match.start() < one.end for one in valued):
            first = False
            continue
        word = match.group()
        bare = _SUFFIX.sub("", word)
        small = fold(bare).replace(".", "")
        if _CONTRACTED.search(word) and small not in rules.negators:
            tokens.append(Token("word", "not", match.start(), match.end()))
            first = False
            continue
        named = bare[:1].isupper() and small not in rules.no_names and not title and len(small) > 1
        follows = last_kind == "name" and text[tokens[-1].end : match.start()] == " "
        if named and not follows and (first or small in lower):
            named = small not in lower and small not in rules.openers and small not in rules.fillers
        kind = "word"
        if small in rules.titles:
            kind = "title"
        elif named:
            kind = "name"
        last = tokens[-1] if tokens else None
        if kind == last_kind == "name" and last and text[last.end : match.start()].strip(" .") == "":
            tokens[-1] = replace(last, key=f"{last.key} {small}", end=match.end())
        else:
            tokens.append(Token(kind, small if kind == "name" else stem(small), match.start(), match.end()))
        last_kind = kind
        first = False
    ordered = sorted(tokens, key=lambda one: (one.start, -one.end))
    return tuple(replace(token, n=n) for n, token in enumerate(ordered))


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand somewhere without a capital."""
    return frozenset(word for text in texts for word in _SMALL.findall(text))


def _key(value: Amount | Day, phrase: str) -> str:
    if isinstance(value, Amount):
        return f"#{value.low:g}-{value.high:g}{value.unit}"
    if value.clock is not None:
        return f"@{value.clock}"
    if value.first is not None:
        return f"@{value.first}/{value.last}"
    return "@" + " ".join(fold(phrase).replace(",", " ").replace(".", " ").split())
