"""How well the check on generated sentences tells the faithful from the unfaithful, beside two baselines.

    python -m evals faithfulness JUDGED.jsonl[.xz] [--fit]

JUDGED has a line a document: {"text", "title"?, "labels": {"sentences": [{"sentence", "consistent"}]}}.
Sentences that stand in the text word for word are not counted: they need no check.  Texts that were taken
apart into tokens ("$ 3, 500", "well - known") are put together first, as the check reads upright text.

The documents fall into two halves by their digest.  `all`, `first` and `second` are figures of the check as
it ships, whose weights were fitted on the first half; `overlap` is a threshold on the share of words that
the likest sentence has, set on one half and measured on the other; `random` is a coin.
Balanced accuracy is the mean of the shares judged rightly of each kind, in percent; its interval holds 95 of
100 samples of the documents.  `area` compares the score with the overlap half by half, without thresholds.
--fit fits the weights of briefing/summarise/fidelity.py anew on each half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from briefing.reading.parse import Reader
from briefing.summarise.candidates import Sentence, sentences_of
from briefing.summarise.fidelity import Fidelity
from briefing.summarise.judge import Judge
from briefing.summarise.support import content_words
from briefing.types import Article

_SAMPLES = 2000
# What tokenising did, and what undoes it.
_REPAIRS = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=\d), (?=\d{3}\b)", ","),
        (r"(?<=\d)\. (?=\d)", "."),
        (r"(?<=\w) - (?=\w)", "-"),
        (r"([$£€]) (?=\d)", r"\1"),
        (r"` ?`|' ?'", '"'),
        (r"(?<!\w)` ?", "'"),
        (r"\( ", "("),
        (r" ([):;,.!?])", r"\1"),
    )
]


@dataclass(frozen=True)
class Judged:
    """One generated sentence: what people said of it, what the check did, and the two baselines' means."""

    document: int
    half: int
    faithful: bool
    refused: bool
    fidelity: Fidelity
    overlap: float


def main() -> None:
    """Reads the arguments, writes one object of JSON to standard output."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("judged", type=Path)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    path: Path = args.judged
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    judged = list(_judged([json.loads(line) for line in content.decode("utf-8").splitlines()]))

    def refused(some: Sequence[Judged]) -> npt.NDArray[np.bool_]:
        return np.array([one.refused for one in some])

    halves = [[one for one in judged if one.half == half] for half in (0, 1)]
    figures: dict[str, Any] = {
        "all": _figures(judged, refused),
        "first": _figures(halves[0], refused),
        "second": _figures(halves[1], refused),
        "overlap": [_figures(halves[1 - half], _below(_overlap_threshold(halves[half]))) for half in (0, 1)],
        "random": {"balanced_accuracy": 50.0},
        "area": {
            "score": [_area([one.fidelity.score for one in half], half) for half in halves],
            "overlap": [_area([one.overlap for one in half], half) for half in halves],
        },
    }
    if args.fit:
        figures["fitted"] = [_fitted(halves[half], halves[1 - half]) for half in (0, 1)]
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def _judged(rows: Sequence[dict[str, Any]]) -> Iterator[Judged]:
    reader = Reader()
    for number, row in enumerate(rows):
        half = int(hashlib.sha256(row["text"].encode()).hexdigest()[:8], 16) % 2
        article = Article(id=str(number), title=row.get("title"), text=_upright(row["text"]))
        sentences = sentences_of(article)
        own = {sentence.text for sentence in sentences}
        labels = [(_upright(one["sentence"]), one["consistent"]) for one in row["labels"]["sentences"]]
        labels = [(text, faithful) for text, faithful in labels if text not in own]
        judge = Judge(article, sentences, reader)
        texts = [text for text, _ in labels]
        for (text, faithful), found, fidelity in zip(
            labels, judge.judge(texts), judge.measure(texts), strict=True
        ):
            yield Judged(number, half, faithful, bool(found.doubts), fidelity, _overlap(text, sentences))


def _upright(text: str) -> str:
    for pattern, instead in _REPAIRS:
        text = pattern.sub(instead, text)
    return text


def _overlap(text: str, sentences: Sequence[Sentence]) -> float:
    words = content_words(text)
    return max((len(words & content_words(one.text)) for one in sentences), default=0) / max(1, len(words))


def _figures(
    judged: Sequence[Judged], refuse: Callable[[Sequence[Judged]], npt.NDArray[np.bool_]]
) -> dict[str, Any]:
    faithful = np.array([one.faithful for one in judged])
    refused = refuse(judged)
    return {
        "unfaithful": int((~faithful).sum()),
        "found": int((refused & ~faithful).sum()),
        "faithful": int(faithful.sum()),
        "refused": int((refused & faithful).sum()),
        "balanced_accuracy": _balanced(refused, faithful),
        "interval": _interval(judged, refused, faithful),
    }


def _balanced(refused: npt.NDArray[np.bool_], faithful: npt.NDArray[np.bool_]) -> float:
    return round(50 * float(refused[~faithful].mean() + (~refused[faithful]).mean()), 1)


def _area(scores: Sequence[float], judged: Sequence[Judged]) -> float:
    """How often a faithful sentence scores above an unfaithful one, in percent: free of any threshold."""
    faithful = np.array([one.faithful for one in judged])
    true, false = np.array(scores)[faithful][:, None], np.array(scores)[~faithful][None, :]
    return round(100 * float((true > false).mean() + (true == false).mean() / 2), 1)


def _interval(
    judged: Sequence[Judged], refused: npt.NDArray[np.bool_], faithful: npt.NDArray[np.bool_]
) -> list[float]:
    random = np.random.default_rng(20)
    documents = np.array([one.document for one in judged])
    places = [np.flatnonzero(documents == document) for document in np.unique(documents)]
    found = []
    for _ in range(_SAMPLES):
        sample = np.concatenate([places[n] for n in random.integers(len(places), size=len(places))])
        found.append(_balanced(refused[sample], faithful[sample]))
    return [round(float(bound), 1) for bound in np.percentile(found, [2.5, 97.5])]


def _below(threshold: float) -> Callable[[Sequence[Judged]], npt.NDArray[np.bool_]]:
    return lambda some: np.array([one.overlap < threshold for one in some])


def _overlap_threshold(judged: Sequence[Judged]) -> float:
    faithful = np.array([one.faithful for one in judged])
    return max(
        sorted({one.overlap for one in judged}), key=lambda least: _balanced(_below(least)(judged), faithful)
    )


def _fitted(judged: Sequence[Judged], others: Sequence[Judged]) -> dict[str, Any]:
    """Weights by logistic regression, both kinds weighing the same in all, and what they do elsewhere."""
    faithful = np.array([one.faithful for one in judged])
    measures = _measures(judged)
    mean, spread = measures.mean(axis=0), measures.std(axis=0)
    known = np.c_[np.ones(len(judged)), (measures - mean) / spread]
    weight = np.where(faithful, 0.5 / faithful.mean(), 0.5 / (~faithful).mean())
    ridge = np.diag([1e-6, 1.0, 1.0])
    found = np.zeros(3)
    for _ in range(30):  # Newton's method; five steps are enough
        expected = 1 / (1 + np.exp(-known @ found))
        slope = known.T @ (weight * (faithful - expected)) - ridge @ found
        bend = (known * (weight * expected * (1 - expected))[:, None]).T @ known + ridge
        found = found + np.linalg.solve(bend, slope)
    weights = found[1:] / spread
    constant = float(found[0] - weights @ mean)
    scores = constant + _measures(others) @ weights
    return {
        "borne_out": round(constant, 2),
        "breaks": round(-float(weights[0]), 2),
        "strange": round(-float(weights[1]), 2),
        "score_alone_on_other_half": _balanced(scores <= 0, np.array([one.faithful for one in others])),
    }


def _measures(judged: Sequence[Judged]) -> npt.NDArray[np.float64]:
    return np.array([(one.fidelity.breaks, one.fidelity.strange) for one in judged])


if __name__ == "__main__":
    main()
