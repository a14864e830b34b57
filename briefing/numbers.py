"""Numbers in digits and in words, brought to one form: "1,000", "one thousand" and "1000" are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "dozen": 12,
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_FRACTIONS = {"half": "1/2", "halves": "1/2", "quarter": "1/4", "quarters": "1/4", "thirds": "1/3"}
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percentage points?\b)", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[.,:]\d+)*)(?P<suffix>st|nd|rd|th)?(?=\W|_|$|[a-zA-Z])|(?P<word>[a-zA-Z]+)", re.ASCII
)
_VAGUE = frozenset("dozens hundreds thousands millions billions".split())
# "one" is mostly no number: "one of", "no one", "one another", "the one who".
_ONE_IS_NONE = re.compile(
    r"\bone\s+(?:of|another|who|that|to)\b|\b(?:no|the|this|that|any|every|some)\s+one\b", re.I
)
# "second" and "quarter" are also times and places; as numbers they count only where one is plainly meant.
_AMBIGUOUS = {"second", "quarter", "quarters", "m"}


@dataclass(frozen=True)
class Number:
    """A number at `start`..`end` of a text: `value` in one form for all spellings, `said` as written."""

    value: str
    said: str
    start: int
    end: int


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in order; a percentage is another number than the bare one."""
    tokens = list(_TOKEN.finditer(text))
    ones = [match.span() for match in _ONE_IS_NONE.finditer(text)]
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token["suffix"]:
            yield _number(text, f"{_plain(token['digits'])}th", token.start(), token.end())
        elif token["digits"] or token["word"].lower() in _SMALL or token["word"].lower() == "dozen":
            value, last = _cardinal(text, tokens, position)
            is_one = token["word"] and any(start <= token.start() < end for start, end in ones)
            if not (is_one and last == position):
                percent = _PERCENT.match(text, tokens[last].end())
                end = percent.end() if percent else tokens[last].end()
                yield _number(text, f"{value}%" if percent else value, token.start(), end)
            position = last
        elif (word := token["word"].lower()) not in _AMBIGUOUS:
            if word in _ORDINALS:
                yield _number(text, f"{_ORDINALS[word]}th", *token.span())
            elif word in _FRACTIONS:
                yield _number(text, _FRACTIONS[word], *token.span())
            elif word in _VAGUE:
                yield _number(text, word, *token.span())
        position += 1


def _number(text: str, value: str, start: int, end: int) -> Number:
    return Number(value, text[start:end], start, end)


def _cardinal(text: str, tokens: list[re.Match[str]], position: int) -> tuple[str, int]:
    """(value, index of its last token) of the number that starts at a token."""
    total, part = Decimal(0), Decimal(0)
    last = position
    for index in range(position, len(tokens)):
        token = tokens[index]
        between = text[tokens[index - 1].end() : token.start()] if index > position else ""
        word = (token["word"] or "").lower()
        if index > position and not re.fullmatch(r"[\s-]*", between):
            break
        if token["digits"]:
            plain = _plain(token["digits"])
            if index > position or not re.fullmatch(r"\d+(\.\d+)?", plain):
                return (plain, position) if index == position else (_shown(total + part), last)
            part = Decimal(plain)
        elif word in _SMALL and (index == position or tokens[index - 1]["word"]):
            # "twenty one" adds up; "two three" are two numbers.
            before = (tokens[index - 1]["word"] or "").lower() if index > position else ""
            if before in _SMALL and not (before in _TENS and _SMALL[word] < 10):
                break
            part += _SMALL[word]
        elif word in _SCALES and not (word == "m" and between):
            part = (part or Decimal(1)) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, part = total + part, Decimal(0)
        elif word == "and" and index > position and _continues(tokens, index):
            continue
        else:
            break
        last = index
    return _shown(total + part), last


def _continues(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether "and" stands inside a number: "two hundred and six"."""
    before = (tokens[index - 1]["word"] or "").lower()
    after = (tokens[index + 1]["word"] or "").lower() if index + 1 < len(tokens) else ""
    return before in ("hundred", "thousand") and after in _SMALL


def _plain(digits: str) -> str:
    """Without the commas of thousands; a comma or colon of another use stays."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    return _shown(Decimal(digits)) if re.fullmatch(r"\d+(\.\d+)?", digits) else digits


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
