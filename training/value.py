"""Fits what the facts of a story are worth to a desk: briefing/brief/value.yaml, from judged days.

    python -m training.value DATA [-o FILE]

DATA is a folder with the texts that evals/data/days.jsonl names, of whose days those to tune on are used, and
days/ with further days.  One logistic regression tells how likely an article has a relevance of 1, 2 and 3 or
more, with weights that are the same for each step (McCullagh, "Regression models for ordinal data", Journal
of the Royal Statistical Society B, 1980); nothing is left to chance.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

from briefing._inference import load_selector
from briefing.brief.rules import subject_rules
from briefing.brief.subjects import Subjects
from briefing.brief.value import about, facts_of
from briefing.cluster import profile_of
from briefing.models import load_models, verify
from briefing.reading import ArticleReader
from briefing.slots import SlotReader, load_rules
from briefing.types import Selector
from evals.days import Day, open_days, read_days
from evals.documents import article_of
from evals.gate import SHIPPED
from training.slots import Example, Plan, fit

VALUE = Path(__file__).parents[1] / "briefing" / "brief" / "value.yaml"
# Set by cross-validation over the days, as are the bounds.
PLAN = Plan(ridge=120.0, rare=12, bound=0.35)
_LISTED = 0.3
_STEPS = (1, 2, 3)
_STEP = "step {}"

_HEAD = """\
# What each fact of a story adds to its points (briefing/brief/value.py names them), and the points from which
# it is told in full (`told`), or not left out (`listed`).
# Fitted by `python -m training.value DATA` on {count} articles of {days} days.

told: {told:.2f}
listed: {listed:.2f}
start: {start:.3f}
weights:
"""


def main() -> None:
    """Reads the arguments, fits and writes."""
    parser = argparse.ArgumentParser(
        prog="python -m training.value",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, default=Path("models"), help="Where fetched models lie.")
    parser.add_argument("-o", "--output", type=Path, default=VALUE, metavar="FILE")
    args = parser.parse_args()
    days = [*read_days(SHIPPED / "days.jsonl", args.data, "tuned"), *open_days(args.data / "days")]
    selector = load_selector(verify(load_models()["salience"], args.models), threads=1)
    args.output.write_text(
        written([one for day in days for one in judged(day, selector)], len(days)), "utf-8"
    )


def judged(day: Day, encoder: Selector) -> list[tuple[dict[str, float], int]]:
    """The facts of each article of a day, and its relevance."""
    rules = load_rules()
    slots, subjects = SlotReader(rules), Subjects(encoder, subject_rules().subjects)
    articles = [article_of(one) for one in day.documents]
    return [
        (
            facts_of(article, reading, slots.read(article, reading))
            | about(subjects.likeness(profile_of(article, reading, encoder).meaning)),
            day.relevance[article.id],
        )
        for article, reading in zip(articles, ArticleReader(rules).read(articles), strict=True)
    ]


def written(rows: Sequence[tuple[dict[str, float], int]], days: int) -> str:
    """The file of weights that these articles ask for."""
    start, weights = fit(examples(rows), PLAN)
    second = weights.pop(_STEP.format(2))
    weights.pop(_STEP.format(3))
    # Points are those of belonging in the brief: at nought it is as likely as not.
    start += second
    bounds = {"told": _log_odds(PLAN.bound), "listed": second + _log_odds(_LISTED)}
    lines = "".join(f"  {name}: {one:.3f}\n" for name, one in weights.items())
    return _HEAD.format(count=len(rows), days=days, start=start, **bounds) + lines


def examples(rows: Sequence[tuple[dict[str, float], int]]) -> list[Example]:
    """Whether each article reaches each step of relevance; the step is a fact of its own."""
    return [
        (facts | {_STEP.format(other): float(step >= other) for other in _STEPS[1:]}, relevance >= step)
        for facts, relevance in rows
        for step in _STEPS
    ]


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


if __name__ == "__main__":
    main()
