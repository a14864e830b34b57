"""What an article is about, whom it names and when it appeared, as one unit vector.

The parts stand side by side, so the dot product of two articles is a weighted sum of three likenesses:
of meaning (sentence-transformer vectors of the title and the opening sentences), of names and numbers
(signed feature hashing: Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009)
and of dates (features whose dot product falls off with the days between, close to a Gaussian: Rahimi and
Recht, "Random features for large-scale kernel machines", NIPS 2007, at fixed quantiles instead of at random).

Two attacks in one war read alike and differ in their names; two reports of one event may share few
words and share their names.  Each part alone loses more where the threshold is not tuned.
The vector depends on the article alone: what else is read that day does not change it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import zlib
from collections import Counter
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING

from briefing.sentences import split_sentences
from briefing.types import Article, Selector

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# The title and the first sentences hold the event; what follows is mostly background, which others share.
_OPENING_SENTENCES = 3
_FEWEST_WORDS = 6
_TITLE_WEIGHT = 2.0
# Names are looked for further down: the opening may only say "the minister".
_NAME_CHARACTERS = 2000
_NAME_DIMENSIONS = 512
_TITLE_NAMES = 4
# A capital that opens a sentence shows no name.
_NAME = re.compile(r"(?<![.!?]\s)(?<![.!?]\s[\"'“‘])(?<!^)\b[A-Z][\w'’-]+|\d[\d,.]*\d|\d", re.MULTILINE)
_TITLE_NAME = re.compile(r"\b[A-Z][\w'’-]+|\d[\d,.]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = frozenset(
    """the a an and or of to in on for with at by from that this is are was were be been has have had it its
    as he she they his her their but not will said says after who which about more than also up out new would
    could when into over""".split()
)
# Days after which two dates count for little; reports of one event appear within a few.
_DAYS = 2.0
_DATE_FREQUENCIES = 24
# The share of each part in the likeness of two articles.
_MEANING, _NAMES, _DATE = 1 / 2.3, 1 / 2.3, 0.3 / 2.3


def event_vector(article: Article, encoder: Selector) -> npt.NDArray[np.float32]:
    """The vector of an article: shape (width of the encoder + 560,), of unit length.

    Without a date, or without any name, that part is zero and the vector shorter.
    """
    import numpy as np

    whole = np.concatenate(
        [
            math.sqrt(_MEANING) * _meaning(article, encoder),
            math.sqrt(_NAMES) * _names(article),
            math.sqrt(_DATE) * _date(article.date),
        ]
    )
    return whole.astype(np.float32)


def _meaning(article: Article, encoder: Selector) -> npt.NDArray[np.float32]:
    spans = split_sentences(article.text)
    # Headings, bylines and datelines of their own say little of the event.
    opening = [article.text[a:b] for a, b in spans if len(article.text[a:b].split()) >= _FEWEST_WORDS]
    texts = opening[:_OPENING_SENTENCES] or [article.text[a:b] for a, b in spans[:_OPENING_SENTENCES]]
    whole = encoder.encode(texts).sum(axis=0)
    if article.title:
        whole = whole + _TITLE_WEIGHT * encoder.encode([article.title])[0]
    return _unit(whole)


def _names(article: Article) -> npt.NDArray[np.float32]:
    import numpy as np

    counts = Counter(map(_folded, _NAME.findall(article.text[:_NAME_CHARACTERS])))
    for name in map(_folded, _TITLE_NAME.findall(article.title or "")):
        if name not in _SMALL:
            counts[name] += _TITLE_NAMES
    vector = np.zeros(_NAME_DIMENSIONS, dtype=np.float32)
    for name, count in counts.items():
        code = zlib.crc32(name.encode("utf-8", "surrogatepass"))
        vector[code % _NAME_DIMENSIONS] += (1 + math.log(count)) * (1 if code >> 31 else -1)
    return _unit(vector)


def _folded(name: str) -> str:
    return _POSSESSIVE.sub("", name).casefold()


def _date(date: dt.date | None) -> npt.NDArray[np.float32]:
    import numpy as np

    if date is None:
        return np.zeros(2 * _DATE_FREQUENCIES, dtype=np.float32)
    angles = np.array(_frequencies()) * date.toordinal()
    whole = np.concatenate([np.cos(angles), np.sin(angles)]) / math.sqrt(_DATE_FREQUENCIES)
    return whole.astype(np.float32)


@cache
def _frequencies() -> tuple[float, ...]:
    """Of the upper half of a normal distribution, the middles of as many slices of equal weight."""
    normal = NormalDist(0, 1 / _DAYS)
    return tuple(normal.inv_cdf(0.5 + (n + 0.5) / (2 * _DATE_FREQUENCIES)) for n in range(_DATE_FREQUENCIES))


def _unit(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    import numpy as np

    unit: npt.NDArray[np.float32] = vector / np.float32(np.linalg.norm(vector) or 1.0)
    return unit
