"""Which meeting a title announces.

Reports of meetings read alike even where the meetings differ: "Readout of President A's Call with President
B" stands close to the one with President C.  So titles that announce meetings of different parties, or of the
same ones on different days, are never one story, whatever their vectors say; two that announce the same
meeting always are.  A title that only mentions a meeting announces none: "Talks fail" binds nothing.

Two titles mean one meeting where one names all whom the other names; of one outlet's own records only
where they name the same, because a press office does not report one meeting under two titles.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.types import Article

# The title of a record says all in one line; news puts the parties first and then goes on.
_RECORD = re.compile(
    r"^\W*(?:[A-Z ]+: )?(?i:read-?out|joint (?:statement|readout|communiqu[eé]|declaration)|communiqu[eé])\b"
)
_NEWS = re.compile(
    r"\b(?:meets?|met|hosts|receives|welcomes|visits|(?:speaks?|spoke) (?:with|to)|"
    r"(?:call|meeting|talks|lunch|dinner|summit) with|holds? (?:\w+ )?(?:talks|call|meeting|summit))\b(?= )"
)
_AFTER_PARTIES = re.compile(
    r"\s(?:in|at|on|amid|after|before|ahead|over|as|for|to|during|following|about|by)\s|[:;,–—-]\s|$"
)
_NAME = re.compile(r"\b[A-Z][\w-]+(?:\.[A-Z])*")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_COMMON = frozenset(
    """the a an in on at and with of for from to by after before as readout readouts joint meeting meetings
    call calls talks visit summit roundtable session discussion trip travel dinner lunch statement communique
    declaration president vice prime minister foreign secretary state national security advisor adviser senior
    deputy officials leaders leader chancellor king queen pope chief envoy us north south east west
    its his her their""".split()
)
# "Zelensky" and "Zelenskyy", "Israel" and "Israeli" are spelt alike so far.
_LETTERS = 6
_FEWEST_NAMES = 2
_RECORD_DAYS = 1
_NEWS_DAYS = 3

_Names = frozenset[str]


@dataclass(frozen=True)
class Meeting:
    """The meeting that a title announces.

    Titles with different numbers announce different meetings; those that share one and are `certain` name the
    same parties, one of them or all.
    """

    number: int
    certain: bool


@dataclass(frozen=True)
class _Title:
    names: _Names
    record: bool
    date: dt.date | None
    source: str | None

    def may_be(self, other: _Title) -> bool:
        """Whether both may announce one meeting."""
        if not (self.names <= other.names or other.names <= self.names):
            return False
        both = self.record and other.record
        if both and self.source and self.source == other.source and self.names != other.names:
            return False
        if self.date is None or other.date is None:
            return True
        return abs((self.date - other.date).days) <= (_RECORD_DAYS if both else _NEWS_DAYS)


def meetings(articles: Sequence[Article]) -> list[Meeting | None]:
    """What the title of each article announces, None where that is no meeting; dated articles come first."""
    titles = [_title(article) for article in articles]
    known = _Known(titles)
    return [known.meeting(title) if title else None for title in titles]


class _Known:
    """The meetings so far.

    Where all names of one title are among those of another, the rarest of the smaller is among them too: so
    looking up rarest names finds every candidate without walking through all that name a president.
    """

    def __init__(self, titles: Sequence[_Title | None]) -> None:
        self._counts = Counter(name for title in titles if title for name in title.names)
        self._firsts: list[_Title] = []
        self._by_rarest: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}

    def meeting(self, title: _Title) -> Meeting | None:
        fitting = [n for n in self._candidates(title.names) if title.may_be(self._firsts[n])]
        if title.date is None and len(fitting) > 1:
            return None  # of several days, any would be a guess
        if not fitting:
            self._add(title)
            return Meeting(len(self._firsts) - 1, certain=True)
        # Of those that fit, the one that names the same; else the first.
        number = next((n for n in fitting if self._firsts[n].names == title.names), fitting[0])
        first = self._firsts[number]
        close = (
            first.date is None or title.date is None or abs((first.date - title.date).days) <= _RECORD_DAYS
        )
        shared = len(first.names & title.names) >= _FEWEST_NAMES
        official = (title.record or first.record) and shared
        return Meeting(number, certain=close and (official or first.names == title.names))

    def _candidates(self, names: _Names) -> list[int]:
        larger = self._by_name.get(self._rarest(names), ())
        smaller = (n for name in names for n in self._by_rarest.get(name, ()))
        return sorted({*larger, *smaller})

    def _add(self, title: _Title) -> None:
        number = len(self._firsts)
        self._firsts.append(title)
        self._by_rarest.setdefault(self._rarest(title.names), []).append(number)
        for name in title.names:
            self._by_name.setdefault(name, []).append(number)

    def _rarest(self, names: Iterable[str]) -> str:
        return min(names, key=lambda name: (self._counts[name], name))


def _title(article: Article) -> _Title | None:
    title = article.title or ""
    record = _RECORD.match(title) is not None
    names = frozenset(_names(title if record else _parties(title) or ""))
    if record and len(names) < _FEWEST_NAMES:
        # "Meeting with business leaders" is told from others of its kind by the words it has.
        names = frozenset(_names(title.title()))
    if len(names) < (1 if record else _FEWEST_NAMES):
        return None
    return _Title(names, record, article.date, article.source)


def _parties(title: str) -> str | None:
    """From the start of a headline to the end of the second party; None where it has no such form."""
    verb = _NEWS.search(title)
    if verb is None:
        return None
    end = _AFTER_PARTIES.search(title, verb.end() + 1)
    one, other = title[: verb.start()], title[verb.end() : end.start() if end else None]
    return f"{one} {other}" if any(_names(one)) and any(_names(other)) else None


def _names(text: str) -> Iterator[str]:
    for name in _NAME.findall(_POSSESSIVE.sub("", text)):
        if name.casefold() not in _COMMON:
            yield name.casefold()[:_LETTERS]
