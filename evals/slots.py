"""Runs the slot rules over documents and writes what a scorer reads.

    python -m evals.slots DOCS.jsonl PREDICTED.jsonl

DOCS.jsonl holds a document a line: id, text, and title and date where known.  PREDICTED.jsonl gets a
line for each: {"article": {"id"}, "who", "where", "agreed", "outlook"}, as `briefing slots` prints them.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

from briefing.slots import Extractor, load_rules
from briefing.types import Article


def read(path: Path) -> list[Article]:
    """The documents of a JSONL file; a date that is no whole day counts as none."""
    articles = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        try:
            date = dt.date.fromisoformat(row.get("date") or "")
        except ValueError:
            date = None
        articles.append(
            Article(str(row["id"]), row["text"], row.get("title"), date, source=row.get("source"))
        )
    return articles


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path)
    parser.add_argument("predicted", type=Path)
    args = parser.parse_args()
    articles = read(args.docs)
    extractor = Extractor(load_rules())
    begun = time.perf_counter()
    with args.predicted.open("w", encoding="utf-8") as out:
        for article, slots in zip(articles, extractor.extract(articles), strict=True):
            row = {"article": {"id": article.id}, **dataclasses.asdict(slots)}
            out.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
    print(f"{len(articles) / (time.perf_counter() - begun):.1f} articles a second")


if __name__ == "__main__":
    main()
