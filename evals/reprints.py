"""Whether copies are known for copies: pairs made of real articles, as outlets do and as they must not.

A framed pair is an article and the same with another header, credit, marks or end: a reprint.  A changed
pair is an article and the same with one number, name, date or polarity changed, outside the lines that
frame it: two articles.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from briefing.cluster import reprints
from briefing.cluster.rules import reprint_rules
from briefing.sentences import split_sentences
from briefing.types import Article
from evals.documents import Document

# A shorter text has too little to cut or to change.
_FEWEST_WORDS = 60
_DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August".split()
)
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_DATE = re.compile("|".join(_DAYS))
_VERB = re.compile(r"(?<= )(?:is|are|was|were|will|would|has|have|had|can|could)(?= (?!not))")
_NOT = re.compile(r" not\b")
_FOOTERS = (
    "\n\nReporting by Jane Smith and Jo Weiss; Editing by Bob Hall",
    "\n© 2017 Agence France-Presse",
    "\n— AFP",
    "\nThis story has not been edited by our staff and is published from a syndicated feed.",
    "\nRead more: Night trains are back",
)
_HEADERS = (
    "MINISTRY OF FOREIGN AFFAIRS\nPress release\n",
    "By Jane Smith, Associated Press\nUpdated 5:30 p.m. EST\n",
    "Reuters Staff\n3 min read\n",
)
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "\xa0": " "})

Change = Callable[[str, random.Random], str]


def _cut(text: str, chance: random.Random) -> str:
    short = text[: int(len(text) * chance.uniform(0.4, 0.9))]
    return short.rsplit(" ", 1)[0] + chance.choice([" …", "...", ""])


def _shortened(text: str, chance: random.Random) -> str:
    spans = split_sentences(text)
    return text[: spans[int(len(spans) * chance.uniform(0.5, 0.9))][1]]


def _other(pattern: re.Pattern[str], replace: Callable[[str, random.Random], str]) -> Change:
    """Changes one match, of those outside the frame, as `replace` says."""

    def change(text: str, chance: random.Random) -> str:
        frame = reprint_rules().frame
        own = [(a, b) for a, b in split_sentences(text) if not frame.fullmatch(text[a:b])]
        found = [match for a, b in own for match in pattern.finditer(text, a, b)]
        if not found:
            return text
        one = chance.choice(found)
        return text[: one.start()] + replace(one[0], chance) + text[one.end() :]

    return change


def framed() -> dict[str, Change]:
    """What outlets do to an agency's text."""
    return {
        "header": lambda text, chance: chance.choice(_HEADERS) + text,
        "footer": lambda text, chance: text + chance.choice(_FOOTERS),
        "marks": lambda text, _: text.translate(_PLAIN),
        "cut": _cut,
        "shortened": _shortened,
    }


def changed(names: Sequence[str]) -> dict[str, Change]:
    """What makes a copy another report; `names` are put in the place of others."""
    return {
        "number": _other(_NUMBER, lambda old, chance: str(int(old) + chance.choice((1, 3, 10)))),
        "name": _other(_NAME, lambda _, chance: chance.choice(names)),
        "date": _other(_DATE, lambda _, chance: chance.choice(_DAYS)),
        "not added": _other(_VERB, lambda old, _: f"{old} not"),
        "not dropped": _other(_NOT, lambda _old, _chance: ""),
    }


def figures(documents: Sequence[Document], seed: int = 1) -> dict[str, Any]:
    """Of the framed pairs the share found, of the changed ones the share taken for reprints, by kind."""
    long = [document for document in documents if len(document.text.split()) >= _FEWEST_WORDS]
    mentions = Counter(name for document in long for name in _NAME.findall(document.text))
    names = sorted(name for name, count in mentions.items() if count > 1)
    return {
        "framed": {kind: _taken(long, change, seed) for kind, change in framed().items()},
        "changed": {kind: _taken(long, change, seed) for kind, change in changed(names).items()},
    }


def _taken(documents: Sequence[Document], change: Change, seed: int) -> dict[str, float]:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    pairs = taken = 0
    for document in documents:
        text = change(document.text, chance)
        if text == document.text:
            continue
        pairs += 1
        taken += bool(
            reprints([Article("a", document.text, document.title), Article("b", text, document.title)])
        )
    return {"pairs": pairs, "taken": round(taken / pairs, 4) if pairs else 0.0}
