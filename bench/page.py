"""Ratios as a Markdown page: one table, one picture, and what they are worth."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.compare import Quality, Row, Spread
from bench.methods import SENTENCES

_GIB = 2**30
_MB = 1e6
_LIBRARIES = ("torch", "transformers", "sumy")

_PAGE = """\
# Benchmark

Made by `make bench` on {date}. Each cell opens with the ratio to briefing itself; what was measured follows
in brackets.

{table}

![ROUGE-1, speed and memory of each method]({picture})

## How it was measured

- **Machine:** {machine}. Load average before the first run: {load:.1f}; above 0.5 other work was in the way,
  and times are worth little.
- **ROUGE-1 / 2 / Lsum:** F, stemmed, in percent, on {sets}. The ratio is that of ROUGE-1, on the documents
  that both summarised.
- **Articles a second:** measured {rounds} times, the methods in turn, every method in a process of its own
  in the same process group. Median and range of these rounds; the ratio is the median of those
  within a round. Reading files is not counted, nor is loading.
- **Load:** from the start of the process to the first summary, imports included.
- **Memory:** the largest resident memory of the process and all that it starts; shared pages count for each.
- Slow methods run on fewer articles, long and short ones in the proportion of all.

## What was compared

- **briefing**: the default model and length, through everything that `briefing summarise` does between
  reading and printing.
- **first three sentences**: what any summariser of news must beat.
- **TextRank, LexRank**: as sumy has them, {sentences} sentences, its stemmer and stop words, our split into
  sentences.
- **MiniLM centroid**: the {sentences} sentences nearest to the mean of all sentence vectors, each encoded
  by itself; in batches it would be quicker.
- **SmolLM2, checked**: `--model smollm2`, with the check that replaces what the article does not bear out.
- **distilbart-cnn-12-6, shape only**: a network of exactly its shape with random weights, forced to
  70 tokens, four beams, float32, one article at a time. It measures speed and memory; its text means nothing
  and has no score.

A ratio holds for these data and this machine. ROUGE counts words shared with one person's summary; it does
not see whether a sentence is true ([evaluation](evaluation.md)).
"""


@dataclass(frozen=True)
class Circumstances:
    """What a reader must know to judge the figures; `sets` is by name, in numbers of documents."""

    date: str
    machine: str
    load: float
    rounds: int
    sets: Mapping[str, int]
    picture: str


def circumstances(
    date: str, load: float, rounds: int, sets: Mapping[str, int], picture: str
) -> Circumstances:
    """Those of this machine, for figures that were made on it just now."""
    memory = psutil.virtual_memory().total / _GIB
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    machine = (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}; "
        f"Python {platform.python_version()}, {libraries}"
    )
    return Circumstances(date, machine, load, rounds, sets, picture)


def page(rows: Sequence[Row], of: Circumstances) -> str:
    """The whole page."""
    sets = ", ".join(f"{name} ({number} documents)" for name, number in of.sets.items())
    return _PAGE.format(
        date=of.date,
        table=table(rows, list(of.sets)),
        picture=of.picture,
        machine=of.machine,
        load=of.load,
        sets=sets,
        rounds=of.rounds,
        sentences=SENTENCES,
    )


def table(rows: Sequence[Row], sets: Sequence[str]) -> str:
    """The table: a row a method, a column a figure."""
    heads = ["", *(f"ROUGE-1 on {name} (1 / 2 / Lsum)" for name in sets)]
    heads += ["articles a second", "load, s", "memory, MB", "articles a round"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for row in rows:
        lines.append(
            [
                row.method.label,
                *(_quality(row.quality.get(name)) for name in sets),
                _cell(row.ratio_of["speed"], row.speed),
                _cell(row.ratio_of["load"], row.load),
                _cell(row.ratio_of["peak"], row.peak, _MB),
                str(row.articles),
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quality(found: Quality | None) -> str:
    if found is None:
        return "–"
    return f"{found.ratio:.2f} ({' / '.join(f'{score:.1f}' for score in found.rouge)})"


def _cell(ratio: float, values: Spread, unit: float = 1.0) -> str:
    middle, low, high = (_short(value / unit) for value in (values.median, values.low, values.high))
    return f"{_short(ratio)} ({middle}{f'; {low}–{high}' if low != high else ''})"


def _short(value: float) -> str:
    """Three significant digits, and no exponent."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _processor() -> str:
    """What the processor calls itself, where the system says so."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()
