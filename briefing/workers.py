"""Worker processes for language analysis: one parser to a core, none left behind.

Processes are spawned, not forked: the parent may already hold torch's threads, which do not survive a
fork.  A worker ends with its parent however that ends, and leaves interrupts to it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from briefing.errors import BriefingError
from briefing.reading import ArticleReader
from briefing.reading.data import Language
from briefing.types import Article, Reading

# Batches handed out ahead, for each worker: enough that none waits, few enough that an interrupt is quick.
_AHEAD = 3
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS")

_reader: ArticleReader | None = None


class Workers:
    """A pool of readers; use as a context manager."""

    def __init__(self, language: Language, number: int) -> None:
        self._number = number
        self._pool = ProcessPoolExecutor(
            number, multiprocessing.get_context("spawn"), initializer=_start, initargs=(language,)
        )
        with _one_thread_each():
            self._pool.submit(int)  # the first task starts all processes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def read(self, articles: Sequence[Article], batch: int) -> Iterator[Reading]:
        """The reading of each article, in order, as the batches are done.

        Raises BriefingError where a worker dies, most likely for want of memory.
        """
        waiting: deque[Future[list[Reading]]] = deque()
        try:
            for start in range(0, len(articles), batch):
                waiting.append(self._pool.submit(_read, articles[start : start + batch]))
                if len(waiting) >= self._number * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise BriefingError(
                "a worker process ended in the middle of its work, most likely for want of memory",
                "Run again: what was done is kept.  Close other programs, or give fewer sources at once.",
            ) from error


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started meanwhile compute with one thread each.

    There is one for every core, and threads that wait for each other cost a third of the speed.  Libraries of
    linear algebra look at this when they are loaded.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start(language: Language) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = ArticleReader(language)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        # The pool's own queues never report that the parent is gone: every worker holds their other end.
        os._exit(1)


def _read(articles: Sequence[Article]) -> list[Reading]:
    if _reader is None:
        raise RuntimeError("the worker was not started")
    return list(_reader.read(articles))
