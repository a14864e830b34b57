"""The likelihood words of an officer's Comment, held to ICD 203; what sources say is never looked at.

https://www.dni.gov/files/documents/ICD/ICD-203.pdf, D.6.e.2: one of two rows of seven terms, the rows not
mixed; and no level of confidence in the same sentence as a likelihood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.lint.finding import Finding
from briefing.lint.rules import Band, likelihood_rules
from briefing.sentences import split_sentences

Row = Literal["first", "second"]
# Quoted words are the source's own.  A single mark may be an apostrophe: only a pair around words counts.
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|„[^“”\n]*[“”]|(?<!\w)‘[^’\n]*’(?!\w)")


@dataclass(frozen=True)
class _Term:
    """A word of the scale, and the row that it is of."""

    text: str
    row: Row


def check_comments(comments: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """What is wrong in the comments of one brief, given as (where it stands, text)."""
    used: dict[Row, tuple[str, str]] = {}
    for where, text in comments:
        own = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
        for start, end in split_sentences(own):
            sentence = own[start:end]
            yield from _outside(where, sentence)
            terms = [_Term(found[0], _row(found)) for found in _scale().finditer(sentence)]
            confidence = _confidence().search(sentence)
            if confidence and terms:
                yield Finding(
                    where,
                    "confidence and likelihood",
                    f"“{confidence[0]}” and “{terms[0].text}” stand in one sentence",
                    "Say how likely it is in one sentence, and how sure you are in another.",
                )
            for term in terms:
                used.setdefault(term.row, (where, term.text))
    if len(used) == 2:
        (where, first), (elsewhere, second) = used["first"], used["second"]
        place = where if where == elsewhere else f"{where}, {elsewhere}"
        yield Finding(
            place,
            "mixed scale",
            f"“{first}” and “{second}” are terms of two rows",
            f"Use one row throughout: {_listed('first')}; or {_listed('second')}.",
        )


def _outside(where: str, sentence: str) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for rule in likelihood_rules().outside:
        for found in re.finditer(rf"\b(?:{rule.pattern})\b", sentence, re.IGNORECASE):
            # "may well" is one finding, although "may" alone would be another.
            if not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                yield Finding(
                    where,
                    "likelihood",
                    f"“{found[0]}” is outside the scale of ICD 203",
                    rule.remedy[0].upper() + rule.remedy[1:] + ".",
                )


@cache
def _scale() -> re.Pattern[str]:
    """Every term, longer ones first, so that "very unlikely" is not read as "likely"."""
    terms = sorted(
        (
            (f"{row}_{n}", _pattern(band, row), len(_term(band, row)))
            for n, band in enumerate(likelihood_rules().bands)
            for row in ("first", "second")
        ),
        key=lambda term: -term[2],
    )
    choices = "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in terms)
    return re.compile(rf"\b(?:{choices})\b", re.IGNORECASE)


@cache
def _confidence() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{likelihood_rules().confidence.pattern})\b", re.IGNORECASE)


def _row(found: re.Match[str]) -> Row:
    return "first" if (found.lastgroup or "").startswith("first") else "second"


def _term(band: Band, row: str) -> str:
    return band.first if row == "first" else band.second


def _pattern(band: Band, row: str) -> str:
    own = band.first_pattern if row == "first" else band.second_pattern
    return own or r"\s+".join(map(re.escape, _term(band, row).split()))


def _listed(row: Row) -> str:
    return ", ".join(_term(band, row) for band in likelihood_rules().bands)
