"""As many articles as wanted, made of real ones: other people, places, numbers, days and outlets.

Articles on one event are varied together, with the same new names, so that they stay one event and become
another one than the event they were made of.  Texts stay as long and as hard to read as real ones.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evals.documents import Document

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]|[.,]\d)")
_KEPT = frozenset(
    """readout joint january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
# Rarer capitals are slips and initials; without them a name is met often enough to be one.
_FEWEST_MENTIONS = 3
# Variations of one event lie so many days apart.
_DAYS = 37


def vary(documents: Sequence[Document], count: int, seed: int = 1) -> list[Document]:
    """`count` articles: the documents themselves first and then variations, each event in one piece.

    Events come in an order of their own, so that the first thousand are like the first ten thousand.  The
    ids tell what each was made of.
    """
    events: dict[str, list[Document]] = {}
    for document in documents:
        events.setdefault(document.event or document.id, []).append(document)
    names = _names(documents)
    outlets = sorted({str(one.article["source"]) for one in documents if one.article.get("source")})
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    rounds = -(-count // len(documents))
    pieces = [(event, number) for number in range(rounds) for event in events]
    chance.shuffle(pieces)
    made: list[Document] = []
    for event, number in pieces:
        if number == 0:
            made.extend(events[event])
        else:
            # Not seeded by hash(), which differs from process to process.
            own = random.Random(f"{seed} {event} {number}")  # noqa: S311
            made.extend(_variation(events[event], number, names, outlets, own))
        if len(made) >= count:
            break
    return made[:count]


def _names(documents: Sequence[Document]) -> list[str]:
    """Words that are only ever written with a capital, and often enough, in the order of the alphabet."""
    mentions = Counter(word for document in documents for word in _WORD.findall(document.text))
    common = {word for word in mentions if word.islower()}
    return sorted(
        word
        for word, count in mentions.items()
        if word.istitle()
        and len(word) > 2
        and count >= _FEWEST_MENTIONS
        and word.lower() not in common | _KEPT
    )


def _variation(
    event: Sequence[Document],
    number: int,
    names: Sequence[str],
    outlets: Sequence[str],
    chance: random.Random,
) -> Iterator[Document]:
    others = dict(zip(names, chance.sample(names, len(names)), strict=True))
    more = chance.randrange(1, 60)
    for document in event:
        article = dict(document.article)
        article["id"] = f"{document.id}-{number}"
        for field in ("title", "text"):
            if article.get(field):
                article[field] = _reworded(str(article[field]), others, more)
        if article.get("date"):
            day = dt.date.fromisoformat(str(article["date"])[:10]) + dt.timedelta(number * _DAYS)
            article["date"] = day.isoformat()
        if article.get("source") and outlets:
            article["source"] = chance.choice(outlets)
        article.pop("url", None)
        yield replace(
            document,
            id=article["id"],
            text=article["text"],
            title=article.get("title"),
            article=article,
            event=f"{document.event or document.id}-{number}",
            references=(),
            sentences=(),
        )


def _reworded(text: str, names: Mapping[str, str], more: int) -> str:
    renamed = _WORD.sub(lambda word: names.get(word[0], word[0]), text)
    return _NUMBER.sub(lambda number: str(int(number[0]) + more), renamed)
