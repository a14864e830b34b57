"""The summarisers that are compared.  Each is loaded, and its libraries imported, in its own process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from briefing.types import Article

Summariser = Callable[[Sequence[Article]], list[str]]
"""One summary an article, in order."""

SENTENCES = 3
"""What methods give that take a number of sentences: as many as the first-sentences baseline."""


@dataclass(frozen=True)
class Method:
    """A summariser: the function `load` of a module here, called with a scratch folder and `arguments`.

    `most` bounds the articles of one run, for methods that take seconds for each.  `writes_nonsense`: its
    weights are random, so that only its speed and memory mean anything.
    """

    name: str
    label: str
    module: str
    arguments: tuple[str, ...] = ()
    most: int | None = None
    writes_nonsense: bool = False

    def load(self, scratch: Path) -> Summariser:
        """The summariser, ready to run."""
        summariser: Summariser = import_module(f"bench.methods.{self.module}").load(scratch, *self.arguments)
        return summariser


OURS = "ours"
METHODS = {
    method.name: method
    for method in (
        Method(OURS, "briefing", "product"),
        Method("first", "first three sentences", "first"),
        Method("textrank", "TextRank (sumy)", "graph", ("TextRank",)),
        Method("lexrank", "LexRank (sumy)", "graph", ("LexRank",)),
        Method("centroid", "MiniLM centroid", "centroid"),
        Method("smollm2", "SmolLM2, checked", "product", ("smollm2",), most=12),
        Method("distilbart", "distilbart-cnn-12-6, shape only", "distilbart", most=6, writes_nonsense=True),
    )
}
