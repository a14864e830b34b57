"""Fits the weights of the choice of actors: briefing/slots/weights/who.yaml, from annotated articles.

    python -m training.who DATA

DATA is a folder with gold/, slots/ (docs.jsonl and gold.jsonl each) and the files that
evals/data/annotated.jsonl names; of these only the half to tune on is used.  A logistic regression
(logistic.py).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from briefing.reading import ArticleReader
from briefing.slots import load_rules
from briefing.slots.weighing import WEIGHTS
from briefing.slots.who import WhoReader
from briefing.types import Article
from evals.annotated import annotated
from evals.documents import article_of, read_documents, read_rows
from evals.gate import SHIPPED
from evals.scoring.names import same_actor
from training.logistic import logistic

Example = tuple[Mapping[str, float], bool]
"""The facts of an entity, and whether the annotators name it as an actor."""

_RIDGE = 120.0  # by five-fold cross-validation over the articles
_RARE = 20  # a fact of fewer entities says nothing

_HEAD = """\
# How much each fact says for or against a named one being an actor of the event (weighing.py names them).
# Fitted by `python -m training.who DATA` on {count} articles.

start: {start:.3f}
weights:
"""


def main() -> None:
    """Reads the arguments, fits and writes."""
    parser = argparse.ArgumentParser(
        prog="python -m training.who",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, metavar="FILE")
    args = parser.parse_args()
    documents, annotations = annotated(SHIPPED / "annotated.jsonl", args.data, "tuned")
    for name in ("gold", "slots"):
        documents += read_documents(args.data / name / "docs.jsonl")
        annotations += read_rows(args.data / name / "gold.jsonl")
    found = list(examples([article_of(one) for one in documents], annotations))
    sys.stderr.write(f"{len(documents)} articles, {len(found)} named ones\n")
    start, weights = fit(found)
    head = _HEAD.format(count=len(documents), start=start)
    args.output.write_text(head + "".join(f"  {name}: {one:.3f}\n" for name, one in weights.items()), "utf-8")


def examples(articles: Sequence[Article], annotations: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Every entity of the articles, with its facts."""
    actors = {str(row["id"]): row["who"] for row in annotations}
    rules = load_rules()
    reader = WhoReader(rules)
    for article, reading in zip(articles, ArticleReader(rules).read(articles), strict=True):
        for name, facts in reader.facts(reading).items():
            yield facts, any(same_actor({"name": name}, one) for one in actors[article.id])


def fit(found: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Where all start from, and the weight of each fact."""
    counts = Counter(name for facts, _ in found for name, value in facts.items() if value)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    table = np.array([[facts.get(name, 0.0) for name in names] for facts, _ in found])
    right = np.array([float(actor) for _, actor in found])
    start, weights = logistic(table, right, _RIDGE)
    return start, dict(zip(names, weights.tolist(), strict=True))


if __name__ == "__main__":
    main()
