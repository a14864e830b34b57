"""Scores summaries against references, and against the text that they are made from.

rouge1, rouge2, rougeLsum   F of stemmed words, of pairs, and of longest common subsequences by sentence, in
                            percent (Lin 2004, by the rouge-score package); of several references the one
                            that fits best
words                       length
unsupported                 capitalised words and numbers that the article and its title do not have
untraced                    sentences without true evidence, and quoted ones with other words than it has
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import fmean
from typing import Any

from rouge_score import rouge_scorer

from evals.documents import Document
from evals.scoring.pieces import pieces

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,:]*\d|\d")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_POSSESSIVE = re.compile(r"('s|')$")
_DATES = re.compile(
    r"\d+|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    re.IGNORECASE,
)
# Capitalised because they open a sentence, not because they name anything.
_OPENERS = frozenset(
    "a an the this that these those it its he his she her they their we our there here one two three both "
    "all each no not some any many most more and or but yet so if as then also however meanwhile "
    "in on at by for from to of with without after before during while when where despite since until under "
    "over between among amid following according speaking earlier later today yesterday".split()
)


@dataclass(frozen=True)
class SummaryScore:
    """One summary: ROUGE in percent, length in words, and numbers of faults."""

    rouge1: float
    rouge2: float
    rougeLsum: float  # noqa: N815 - what the field calls it
    words: int
    unsupported: int = 0
    untraced: int = 0
    missing: int = 0


class Scorer:
    """Scores one summary after another."""

    def __init__(self) -> None:
        self._rouge = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)

    def score(
        self, document: Document, summary: str, sentences: Sequence[Mapping[str, Any]] | None = None
    ) -> SummaryScore:
        """The score of a summary of a document that has references.

        `sentences` is what `briefing summarise` prints with it; None where nothing is to be traced.
        """
        untraced = 0
        if sentences is not None:
            untraced = sum(not traced(sentence, document.text) for sentence in sentences)
            untraced += bool(summary) and not sentences
        source = f"{document.title or ''}\n{document.text}"
        return SummaryScore(
            *self.rouge(summary, document.references),
            words=len(summary.split()),
            unsupported=len(unsupported(summary, source)),
            untraced=untraced,
            missing=not summary,
        )

    def rouge(self, summary: str, references: Sequence[str]) -> tuple[float, float, float]:
        """ROUGE-1, ROUGE-2 and ROUGE-Lsum against the reference that fits best."""
        made = _by_line(summary)
        found = [self._rouge.score(_by_line(reference), made) for reference in references]
        best = max(found, key=lambda score: score["rouge1"].fmeasure + score["rouge2"].fmeasure)
        one, two, longest = (100 * best[name].fmeasure for name in ("rouge1", "rouge2", "rougeLsum"))
        return one, two, longest


def lead(document: Document, sentences: int) -> str:
    """The first sentences of the text: hard to beat in news, which opens with what matters."""
    return " ".join(pieces(document.text)[:sentences])


def figures(scores: Sequence[SummaryScore]) -> dict[str, float]:
    """Means over the documents; faults are counted a hundred summaries, missing ones as they are."""

    def mean(name: str) -> float:
        return fmean(getattr(score, name) for score in scores)

    return {
        **{name: round(mean(name), 2) for name in ("rouge1", "rouge2", "rougeLsum")},
        "words": round(mean("words"), 1),
        **{name: round(100 * mean(name), 1) for name in ("unsupported", "untraced")},
        "missing": sum(score.missing for score in scores),
        "documents": len(scores),
    }


def unsupported(summary: str, source: str) -> list[str]:
    """The capitalised words and numbers of a summary that its source does not have.

    What opens a sentence in many others too is let through, and so are dates in square brackets: the day
    that stands for "today".
    """
    known = set(_with_parts(_WORD.findall(source)))
    said = _BRACKETS.sub(lambda match: _DATES.sub(" ", match.group()), summary)
    strange = []
    for sentence in pieces(said):
        for place, word in enumerate(_WORD.findall(sentence)):
            if not (word[0].isdigit() or word[0].isupper()) or (place == 0 and _plain(word) in _OPENERS):
                continue
            if _plain(word) not in known and not all(
                part in known for part in map(_plain, word.split("-")) if part
            ):
                strange.append(word)
    return strange


def traced(sentence: Mapping[str, Any], text: str) -> bool:
    """Whether all evidence of a sentence is true, and the sentence says nothing but its words, in order.

    Of a generated sentence only the evidence counts.  What stands in square brackets is ours and says so.
    """
    evidence = sentence.get("evidence") or []
    if not evidence or not all(_quotes(span, text) for span in evidence):
        return False
    if sentence.get("generated"):
        return True
    quoted = iter([_plain(word) for span in evidence for word in _WORD.findall(span["quote"])])
    said = _WORD.findall(_BRACKETS.sub(" ", sentence.get("text") or ""))
    # Each search goes on where the last one ended, so the order counts.
    return all(_plain(word) in quoted for word in said)


def per_document(scores: Iterable[SummaryScore]) -> dict[str, list[float]]:
    """Every figure as a list, a value a document."""
    rows = list(scores)
    return {field.name: [getattr(score, field.name) for score in rows] for field in fields(SummaryScore)}


def _quotes(span: Mapping[str, Any], text: str) -> bool:
    start, end = span.get("start"), span.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return False
    return bool(span.get("quote") == text[start:end])


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower().replace("’", "'")).strip(".,:-")


def _with_parts(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield _plain(word)
        yield from map(_plain, word.split("-"))


def _by_line(text: str) -> str:
    return "\n".join(pieces(text))
