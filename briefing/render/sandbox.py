"""What a template may do: read the template folders, compute what comes out the same again, and end.

A template may come from elsewhere, so nothing is left to its good will.  Memory and time are bounded for the
whole of a run and not call by call: there are too many ways to ask Jinja for a long text or a long loop.
"""

from __future__ import annotations

import inspect
import resource
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Never

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.errors import TemplateError

# A brief of a thousand articles takes a second and some 50 MB.
_SECONDS = 20.0
_BYTES = 512 * 1024 * 1024
_LONGEST_FILE = 1024 * 1024
_AGAIN = "a brief must come out the same when it is made again"


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without what differs from run to run."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters["random"] = self.globals["lipsum"] = _by_chance

    def is_safe_callable(self, obj: Any) -> bool:
        """Not the methods of a class itself either: `today` and `now` are among them."""
        return not isinstance(getattr(obj, "__self__", None), type) and super().is_safe_callable(obj)


def _by_chance(*_: object, **__: object) -> Never:
    raise SecurityError(f"chance has no place in a template: {_AGAIN}")


def with_text(value: object) -> object:
    """The value, which is to be printed.

    Raises TypeError where only its place in memory could be, which is another in each run.
    """
    if isinstance(value, Iterator) or inspect.isroutine(value):
        raise TypeError(f"a {type(value).__name__} cannot be printed: call it, or make a list of it")
    return value


class Folders(jinja2.BaseLoader):
    """Loads from folders alone: a link that leads out of all of them is not followed."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._allowed = [folder.resolve() for folder in folders]

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of the first file of that name.  Raises TemplateNotFound, or TemplateError for a link."""
        for folder in self._folders:
            path = folder.joinpath(*split_template_path(template))
            real = path.resolve()
            if not any(real.is_relative_to(allowed) for allowed in self._allowed):
                raise TemplateError(
                    f"{path} is a link that leads out of the template folders",
                    "Put a copy of the file there.",
                )
            # No pipe and no device: they may never end.
            if real.is_file():
                if real.stat().st_size > _LONGEST_FILE:
                    raise TemplateError(f"{path} is longer than 1 MB", "Name a template.")
                return real.read_text("utf-8"), str(path), None
        raise jinja2.TemplateNotFound(template)


class OutOfTime(BaseException):
    """A template has run too long.  No `Exception`, so that nothing on the way takes it for its own."""


@contextmanager
def bounded() -> Iterator[None]:
    """Bounds what runs within.

    Raises OutOfTime, in the main thread alone (signals reach no other), and MemoryError, where the system
    bounds address space: Linux does.
    """
    with _bounded_memory(), _bounded_time():
        yield


@contextmanager
def _bounded_time() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> Never:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    # Again each second: an exception is lost where it arises while an object is being deleted.
    timer = signal.setitimer(signal.ITIMER_REAL, _SECONDS, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _bounded_memory() -> Iterator[None]:
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [
        pages * resource.getpagesize() + _BYTES,
        *(n for n in (soft, hard) if n != resource.RLIM_INFINITY),
    ]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
