"""Runs one method in this process: python -m bench.worker METHOD ARTICLES.jsonl.

Standard output gets two lines of JSON: {"ready": true} once the method is loaded and has summarised an
article that is not measured, then {"seconds", "peak", "summaries"}.  `peak` is this process's own largest
memory in bytes where the kernel counts it, else 0.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from pathlib import Path

from bench.methods import METHODS
from briefing.types import Article
from evals.documents import read_rows

# Read before the clock starts: libraries do part of their loading with the first text.
_FIRST = Article(
    id="first",
    title="Ministers meet in Vienna",
    text="The foreign ministers of Austria and Slovenia met in Vienna on Tuesday to discuss rail links. "
    "They agreed to open talks on a night train between the two capitals by the end of the year. "
    "Austria's minister said that the line had waited for forty years. "
    "A joint committee will report in March, and both parliaments would have to approve the cost.",
)


def main(name: str, path: Path) -> None:
    """Loads, runs, prints."""
    # Whatever a library prints goes where it cannot be taken for a result.
    results, sys.stdout = sys.stdout, sys.stderr
    articles = [
        Article(id=str(row["id"]), text=row["text"], title=row.get("title")) for row in read_rows(path)
    ]
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        summarise = METHODS[name].load(Path(scratch))
        summarise([_FIRST])
        print(json.dumps({"ready": True}), file=results, flush=True)
        started = time.perf_counter()
        summaries = summarise(articles)
        seconds = time.perf_counter() - started
    result = {"seconds": seconds, "peak": _peak(), "summaries": summaries}
    print(json.dumps(result), file=results, flush=True)


def _peak() -> int:
    """Largest resident memory of this process in bytes (proc(5), VmHWM); 0 where the system does not say.

    Not by getrusage(2): that counts what the parent held when it started this process as well.
    """
    try:
        found = re.search(r"^VmHWM:\s*(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
    except OSError:
        found = None
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
