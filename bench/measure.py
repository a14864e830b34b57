"""Starts workers one at a time in our own process group, and watches their clocks and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.methods import Method
from evals.documents import Document, write_articles

# Often enough to see a batch of a model, seldom enough to cost nothing.
_EVERY = 0.05


class BenchError(Exception):
    """A method could not be measured."""


@dataclass(frozen=True)
class Run:
    """One method over some articles.

    `load`: seconds from the start of its process until its first summary is made.  `seconds`: what the
    articles took after that.  `peak`: bytes of its process and all that it started, at their largest.
    """

    load: float
    seconds: float
    peak: int
    summaries: tuple[str, ...]

    @property
    def speed(self) -> float:
        """Articles a second, after loading."""
        return len(self.summaries) / self.seconds


def run(method: Method, documents: Sequence[Document]) -> Run:
    """Runs a method once, in a process of its own.  Raises BenchError where it fails."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "articles.jsonl"
        write_articles(documents, path)
        started = time.perf_counter()
        command = [sys.executable, "-m", "bench.worker", method.name, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            memory = Memory(process.pid)
            memory.start()
            try:
                assert process.stdout is not None  # noqa: S101 - a pipe was asked for
                ready = process.stdout.readline()
                load = time.perf_counter() - started
                result = process.stdout.readline()
            finally:
                memory.stop()
        if process.returncode != 0 or not ready or not result:
            raise BenchError(f"{method.label}: its process ended with status {process.returncode}")
    made: dict[str, Any] = json.loads(result)
    if len(made["summaries"]) != len(documents):
        raise BenchError(f"{method.label}: {len(made['summaries'])} summaries of {len(documents)} articles")
    return Run(load, made["seconds"], max(memory.peak, made["peak"]), tuple(made["summaries"]))


class Memory(threading.Thread):
    """Adds up the resident memory of a process and all its descendants, and remembers the largest sum.

    Pages that processes share count for each, so the sum errs upwards.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._process = psutil.Process(pid)
        self._over = threading.Event()

    def run(self) -> None:
        """Looks until it is stopped or the process is gone."""
        with suppress(psutil.NoSuchProcess):
            while not self._over.wait(_EVERY):
                family = [self._process, *self._process.children(recursive=True)]
                self.peak = max(self.peak, sum(map(_resident, family)))

    def stop(self) -> None:
        """Returns once the last look is over."""
        self._over.set()
        self.join()


def _resident(process: psutil.Process) -> int:
    with suppress(psutil.NoSuchProcess):
        return int(process.memory_info().rss)
    return 0
