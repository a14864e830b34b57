"""How many unfaithful generated sentences the check finds, and how many faithful ones it refuses.

    python -m evals.faithfulness JUDGED.jsonl[.xz]

JUDGED has a line a document: {"text", "title"?, "labels": {"sentences": [{"sentence", "consistent"}]}}.
Sentences that stand in the text word for word are not counted: they need no check.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from pathlib import Path

from briefing.summarise.candidates import sentences_of
from briefing.summarise.check import Source, unsupported
from briefing.summarise.support import support


def main() -> None:
    """Reads the arguments, writes one line of JSON to standard output."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("judged", type=Path)
    path: Path = parser.parse_args().judged
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()

    refused = {True: 0, False: 0}
    judged = {True: 0, False: 0}
    for row in map(json.loads, content.decode("utf-8").splitlines()):
        source = Source(f"{row.get('title') or ''}\n{row['text']}")
        sentences = sentences_of(row["text"])
        for label in row["labels"]["sentences"]:
            if any(label["sentence"] == sentence.text for sentence in sentences):
                continue
            doubted = support(label["sentence"], sentences).doubts or unsupported(label["sentence"], source)
            judged[label["consistent"]] += 1
            refused[label["consistent"]] += bool(doubted)
    figures = {
        "unfaithful": judged[False],
        "found": refused[False],
        "faithful": judged[True],
        "refused": refused[True],
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
