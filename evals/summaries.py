"""Summarises a file of documents and prints what the scorer reads: a line of JSON an article.

    python -m evals.summaries DOCS.jsonl --models-dir FOLDER [--model minilm] > PREDICTED.jsonl

What `briefing summarise DOCS.jsonl --format jsonl` prints holds the same fields; this one runs the stage
alone, so that a change to it can be scored at once.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from briefing._inference import load_model
from briefing.models import fetch, find_model, load_models, verify
from briefing.summarise import SummaryOptions, summarise
from briefing.types import Article


def main() -> None:
    """Reads the arguments, writes the lines to standard output and the speed to standard error."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path)
    parser.add_argument("--models-dir", type=Path, required=True)
    parser.add_argument("--model", default="minilm")
    parser.add_argument("--sentences", type=int)
    parser.add_argument("--words", type=int)
    parser.add_argument("--threads", type=int)
    args = parser.parse_args()

    with args.docs.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    articles = [Article(id=str(row["id"]), text=row["text"], title=row.get("title")) for row in rows]
    spec = find_model(args.model, load_models())
    fetch(spec, args.models_dir)
    model = load_model(verify(spec, args.models_dir), args.models_dir / "converted", args.threads)

    started = time.perf_counter()
    options = SummaryOptions(sentences=args.sentences, words=args.words)
    for article, summary in zip(articles, summarise(articles, model, options), strict=True):
        sentences = [
            {
                "text": sentence.text,
                "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in sentence.evidence],
                **({"generated": True} if sentence.generated else {}),
            }
            for sentence in summary.sentences
        ]
        line = {
            "article": {"id": article.id},
            "summary": summary.text,
            "method": summary.method,
            "model": summary.model,
            "sentences": sentences,
            "warnings": summary.warnings,
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    taken = time.perf_counter() - started
    sys.stderr.write(f"{len(articles)} articles, {len(articles) / taken:.1f} a second\n")


if __name__ == "__main__":
    main()
