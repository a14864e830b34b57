"""From runs to ratios: each against our own method, in the same round or on the same documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from bench.measure import Run
from bench.methods import OURS, Method

Rouge = tuple[float, float, float]
"""ROUGE-1, ROUGE-2 and ROUGE-Lsum of one summary, in percent."""


@dataclass(frozen=True)
class Spread:
    """What several rounds gave."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Quality:
    """Means over the documents that a method summarised, and its ROUGE-1 over ours on the same ones."""

    rouge: Rouge
    ratio: float
    documents: int


@dataclass(frozen=True)
class Row:
    """A method beside ours.  `ratio_of` is that of each figure to ours in the same round, by its name.

    `quality` is by the name of the set, empty for a method whose summaries mean nothing.  `speed` is in
    articles a second, `load` in seconds, `peak` in bytes.
    """

    method: Method
    quality: Mapping[str, Quality]
    speed: Spread
    load: Spread
    peak: Spread
    ratio_of: Mapping[str, float]
    articles: int


def compare(
    runs: Mapping[str, Sequence[Run]],
    rouge: Mapping[str, Mapping[str, Mapping[str, Rouge]]],
    methods: Mapping[str, Method],
) -> list[Row]:
    """A row for each method that ran, in the order of `runs`.

    `runs` holds the rounds of each method, ours among them; `rouge` the scores by set, method and id of
    the document.

    Raises ValueError: a method did not run as often as ours.
    """
    rows = []
    for name, theirs in runs.items():
        figures = {figure: [getattr(run, figure) for run in theirs] for figure in ("speed", "load", "peak")}
        ours = {figure: [getattr(run, figure) for run in runs[OURS]] for figure in figures}
        rows.append(
            Row(
                method=methods[name],
                quality={
                    documents: quality(scores[name], scores[OURS])
                    for documents, scores in rouge.items()
                    if name in scores
                },
                speed=spread(figures["speed"]),
                load=spread(figures["load"]),
                peak=spread(figures["peak"]),
                ratio_of={figure: ratio(figures[figure], ours[figure]) for figure in figures},
                articles=len(theirs[0].summaries),
            )
        )
    return rows


def quality(theirs: Mapping[str, Rouge], ours: Mapping[str, Rouge]) -> Quality:
    """Means, and the ratio of ROUGE-1 on the documents that both summarised."""
    one, two, longest = (fmean(score[part] for score in theirs.values()) for part in range(3))
    same = fmean(ours[document][0] for document in theirs)
    return Quality((one, two, longest), one / same if same else float("nan"), len(theirs))


def ratio(theirs: Sequence[float], ours: Sequence[float]) -> float:
    """The median over the rounds of theirs to ours in the same round, when the machine was the same.

    Raises ValueError: not as many rounds of one as of the other.
    """
    return median(their / our for their, our in zip(theirs, ours, strict=True))


def spread(values: Sequence[float]) -> Spread:
    """Median and range."""
    return Spread(median(values), min(values), max(values))
