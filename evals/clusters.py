"""How well stories are told apart: BCubed precision, recall and F1 of a brief against known events.

usage: python -m evals.clusters ARTICLES.jsonl BRIEF.json

ARTICLES holds an id and an event a line; BRIEF is what `briefing daily ARTICLES.jsonl --format json`
prints.  Amigó et al., "A comparison of extrinsic clustering evaluation metrics based on formal
constraints", Information Retrieval 12 (2009).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path


def bcubed(story_of: dict[str, int], event_of: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the articles of `event_of`; each must be in a story."""
    stories = Counter(story_of[one] for one in event_of)
    events = Counter(event_of.values())
    together = Counter((story_of[one], event) for one, event in event_of.items())
    # Every article of a cell sees the same neighbours, so each cell counts once, weighted by its size.
    precision = sum(n * n / stories[story] for (story, _), n in together.items()) / len(event_of)
    recall = sum(n * n / events[event] for (_, event), n in together.items()) / len(event_of)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main(articles: Path, brief: Path) -> None:
    """Prints the figures as one JSON object."""
    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines() if line.strip()]
    stories = json.loads(brief.read_text(encoding="utf-8"))["stories"]
    story_of = {
        one["id"]: n for n, story in enumerate(stories) for one in (*story["articles"], *story["duplicates"])
    }
    precision, recall, f1 = bcubed(story_of, {str(row["id"]): str(row["event"]) for row in rows})
    figures = {"precision": precision, "recall": recall, "f1": f1}
    print(json.dumps({name: round(value, 3) for name, value in figures.items()} | {"stories": len(stories)}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
