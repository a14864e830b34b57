"""Fits what ranks and refuses the values of a slot: briefing/slots/weights/*.yaml, from annotated articles.

    python -m training.slots DATA [who|state|place|agreed|outlook ...]

DATA is a folder with gold/, slots/ (docs.jsonl and gold.jsonl each) and the files that
evals/data/annotated.jsonl and places.jsonl name; of these only the half to tune on is used.  A logistic
regression (logistic.py).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from briefing.reading import ArticleReader
from briefing.slots import SlotReader, load_rules
from briefing.slots.weighing import WEIGHTS
from briefing.slots.where import FIRST, WhereReader
from briefing.types import Article, Reading
from evals.annotated import annotated
from evals.documents import Document, article_of, read_documents, read_rows
from evals.gate import SHIPPED
from evals.scoring.names import same_actor, same_name, same_place
from training.logistic import logistic

Example = tuple[Mapping[str, float], bool]
"""The facts of a value, and whether the annotators have it."""


@dataclass(frozen=True)
class Plan:
    """How a slot is fitted: the penalty, how many values must have a fact, and the bound that is written.

    All were set by cross-validation over the articles; the bound of a statement is where a fifth (agreed) or
    a third (outlook) of what is wrong goes and at most a tenth of what is right.  That of a state is where
    more than nine of ten that are printed for news of the web are right.
    """

    ridge: float
    rare: int
    bound: float


PLANS = {
    "who": Plan(120.0, 20, 0.53),
    "state": Plan(30.0, 20, 0.45),
    "place": Plan(30.0, 20, 0.6),
    "agreed": Plan(60.0, 12, 0.55),
    "outlook": Plan(60.0, 12, 0.55),
}
_FACTS = {"who": "acting", "state": "placing", "place": "placing"}

_HEAD = """\
# How much each fact (briefing/slots/{facts}.py names them) says for or against a value of this slot, and how
# sure it must be to be printed.  Fitted by `python -m training.slots DATA` on {count} articles.

bound: {bound}
start: {start:.3f}
weights:
"""


def main() -> None:
    """Reads the arguments, fits and writes."""
    parser = argparse.ArgumentParser(
        prog="python -m training.slots",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("slots", nargs="*", choices=[*PLANS, []], default=[])
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, metavar="FOLDER")
    args = parser.parse_args()
    documents, annotations = annotated(SHIPPED / "annotated.jsonl", args.data, "tuned")
    more = annotated(SHIPPED / "places.jsonl", args.data, "tuned")
    documents, annotations = documents + more[0], annotations + more[1]
    for name in ("gold", "slots"):
        documents += read_documents(args.data / name / "docs.jsonl")
        annotations += read_rows(args.data / name / "gold.jsonl")
    found = examples(documents, annotations)
    for slot in args.slots or PLANS:
        plan = PLANS[slot]
        sys.stderr.write(f"{slot}: {len(documents)} articles, {len(found[slot])} values\n")
        start, weights = fit(found[slot], plan)
        head = _HEAD.format(
            facts=_FACTS.get(slot, "stating"), count=len(documents), bound=plan.bound, start=start
        )
        lines = "".join(f"  {name}: {one:.3f}\n" for name, one in weights.items())
        (args.output / f"{slot}.yaml").write_text(head + lines, "utf-8")


def examples(
    documents: Sequence[Document], annotations: Sequence[Mapping[str, Any]]
) -> dict[str, list[Example]]:
    """Every value that could be in a slot, by slot."""
    rules = load_rules()
    slots = SlotReader(rules)
    rows = {str(row["id"]): row for row in annotations}
    found: dict[str, list[Example]] = {slot: [] for slot in PLANS}
    articles = [article_of(one) for one in documents]
    for document, article, reading in zip(
        documents, articles, ArticleReader(rules).read(articles), strict=True
    ):
        row = rows[document.id]
        for slot, right, facts in _places(slots.where, reading, row["where"]):
            found[slot].append((facts, right))
        if "who" not in row:
            continue
        for name, facts in slots.who.facts(reading).items():
            found["who"].append((facts, any(same_actor({"name": name}, one) for one in row["who"])))
        for slot, number, facts in _statements(slots, article, reading):
            start = reading.sentences[number][0]
            told = {document.sentences[one["sentence"]] for one in row[slot]}
            found[slot].append((facts, any(a <= start < b for a, b in told)))
    return found


def _places(
    reader: WhereReader, reading: Reading, told: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, bool, dict[str, float]]]:
    """The states of news without a dateline, and the places in that of the event, in other news too."""
    if reading.readout or reading.remote is not None:
        return
    dated = next((one.country for one in reading.places if one.rule == "dateline"), None)
    states = reader.facts_of_states(reading)
    if not any(one.rule in FIRST for one in reading.places):
        for name, facts in states.items():
            yield "state", any(same_place({"country": name}, one) for one in told), facts
    core = [one for one in told if one.get("core", True)]
    state = dated or next((one for one in states if any(same_name(one, c["country"]) for c in core)), None)
    for name, facts in reader.facts_of_places(reading, state).items() if state else ():
        right = any(same_name(name, one["place"]) for one in core)
        # What is accepted beside the place asked for teaches neither that it is the one nor that it is not.
        if right or not core or not any(same_name(name, one["place"]) for one in told):
            yield "place", right, facts


def _statements(
    slots: SlotReader, article: Article, reading: Reading
) -> Iterator[tuple[str, int, dict[str, float]]]:
    actors = frozenset(one.name for one in slots.read(article, reading).who)
    for slot, settler in (("agreed", slots.agreed.settler), ("outlook", slots.outlook.settler)):
        for context, facts in settler.facts(article, reading, actors):
            yield slot, context.number, facts


def fit(found: Sequence[Example], plan: Plan) -> tuple[float, dict[str, float]]:
    """Where all start from, and the weight of each fact."""
    counts = Counter(name for facts, _ in found for name, value in facts.items() if value)
    names = sorted(name for name, count in counts.items() if count >= plan.rare)
    table = np.array([[facts.get(name, 0.0) for name in names] for facts, _ in found])
    right = np.array([float(actor) for _, actor in found])
    start, weights = logistic(table, right, plan.ridge)
    return start, dict(zip(names, weights.tolist(), strict=True))


if __name__ == "__main__":
    main()
