"""Whether a day of ten thousand articles is ten times a day of one thousand: time, memory, stories.

    python -m bench.load --data FOLDER [--articles 1000 --articles 10000]

Articles are real ones from FOLDER (docs/evaluation.md) and variations of them.  Each size is run twice by
`briefing daily`, in a process of its own with an archive of its own: the first run reads everything, the
second finds all results in the archive, so that what is left is everything else.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from bench.material import read_articles
from bench.measure import BenchError, Memory
from bench.variations import vary
from evals.documents import Document, write_articles

_SIZES = (1000, 10000)


@dataclass(frozen=True)
class Day:
    """One `briefing daily`: what it took, and what came out.

    `seconds` by the clock and `cpu` of all its processes, for the first run; `again` by the clock, for the
    second; `peak` bytes of all its processes together, at their largest.
    """

    articles: int
    seconds: float
    cpu: float
    again: float
    peak: int
    stories: int
    reprints: int


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of articles (docs/evaluation.md).",
)
@click.option(
    "--articles",
    "sizes",
    type=click.IntRange(min=1),
    multiple=True,
    default=_SIZES,
    show_default=True,
    help="How many; several times for several sizes.",
)
def main(data: Path, sizes: tuple[int, ...]) -> None:
    """Measure `briefing daily` on many articles; print JSON."""
    try:
        documents = read_articles(data)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    days = []
    for size in sorted(sizes):
        days.append(measure(vary(documents, size)))
        click.echo(f"load: {asdict(days[-1])}", err=True)
    print(json.dumps({"days": [asdict(day) for day in days], **growth(days)}, indent=1))


def growth(days: Sequence[Day]) -> dict[str, float]:
    """Time per article at the largest size over that at the smallest: 1 is linear.  {} for one size.

    On a machine that does something else too, only `growth_cpu` means much.
    """
    if len(days) < 2:
        return {}
    first, last = days[0], days[-1]
    scale = first.articles / last.articles
    return {
        "growth": round(last.seconds / first.seconds * scale, 3),
        "growth_cpu": round(last.cpu / first.cpu * scale, 3),
        "growth_again": round(last.again / first.again * scale, 3),
    }


def measure(documents: Sequence[Document]) -> Day:
    """Runs a day twice.  Raises BenchError where a run fails."""
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        write_articles(documents, folder / "articles.jsonl")
        before = _cpu()
        first, peak = _daily(folder)
        cpu = _cpu() - before
        again, peak_again = _daily(folder)
        brief = json.loads((folder / "brief.json").read_text("utf-8"))
        return Day(
            articles=len(documents),
            seconds=round(first, 1),
            cpu=round(cpu, 1),
            again=round(again, 1),
            peak=max(peak, peak_again),
            stories=len(brief["stories"]),
            reprints=sum(len(story["duplicates"]) for story in brief["stories"]),
        )


def _cpu() -> float:
    """Seconds of processor time that finished child processes, and theirs, have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _daily(folder: Path) -> tuple[float, int]:
    """Seconds and bytes of one run; its briefs are left in the folder."""
    settings = folder / "briefing.toml"
    settings.write_text("", encoding="utf-8")
    outputs = [flag for kind in ("json", "md", "html") for flag in ("-o", str(folder / f"brief.{kind}"))]
    command = [sys.executable, "-m", "briefing", "daily", str(folder / "articles.jsonl"), *outputs]
    environment = {**os.environ, "BRIEFING_PATHS_ARCHIVE": str(folder / "archive.sqlite3")}
    started = time.perf_counter()
    with (
        (folder / "messages").open("w", encoding="utf-8") as messages,
        subprocess.Popen([*command, "--config", str(settings)], stderr=messages, env=environment) as process,
    ):
        memory = Memory(process.pid)
        memory.start()
        try:
            status = process.wait()
        finally:
            memory.stop()
    if status != 0:
        said = (folder / "messages").read_text("utf-8")[-2000:]
        raise BenchError(f"briefing daily ended with status {status}:\n{said}")
    return time.perf_counter() - started, memory.peak


if __name__ == "__main__":
    try:
        main(prog_name="python -m bench.load")
    except BenchError as error:
        sys.exit(f"load: {error}")
