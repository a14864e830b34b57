"""Copies of one text: under another credit, header or headline, cut short, set in other marks.

An article is a reprint of a longer one (or one as long) where every sentence of it stands there, word for
word.  What may differ is what changes nothing: case, punctuation and spacing, the articles, agencies that are
credited, lines that only frame a text (reprints.yaml), header lines, and where the copy ends.  So a copy in
which one number, date, name or "not" differs is never a reprint, because that sentence does not stand in the
other: it is an article of its own, and a conflict that must be shown.

Candidates are found by the openings of their sentences in an inverted index of the originals alone, so that
a text printed a hundred times is compared a hundred times, not five thousand.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from briefing.cluster.rules import ReprintRules, reprint_rules
from briefing.sentences import split_sentences
from briefing.types import Article

# Fewer words in common may be chance, or a phrase of the trade.
_FEWEST_WORDS = 12
# A shorter sentence opens many texts.
_KEY_WORDS = 8
_FEWEST_KEY_WORDS = 5
# More originals than these under one opening, and it tells nothing; more candidates, and none is a copy.
_MOST_ORIGINALS = 64
_MOST_CANDIDATES = 16
# A line of a header or footer: short, and no sentence.
_HEADER_WORDS = 14
_FRAME_CHARACTERS = 250
# Three dots end no sentence: they show that it was cut.
_SENTENCE_END = re.compile(r"(?<![.])[.!?][\"'”’)\]]*$")
# Two lines speak of the same where they share this much of their words; then they must agree.
_RESEMBLING = 0.5

_TOKEN = re.compile(r"(?:(?<!\S)-)?\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[%$€£¥?]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PER_CENT = re.compile(r"\bper\s*cent\b")
_UNIFIED = {ord(mark): "'" for mark in "’‘`´ʼ"} | {ord(mark): "-" for mark in "‐‑−"}
_NUMBER = re.compile(r"-?\d|[%$€£¥?]")
_NEGATION = re.compile(
    r"no|not|never|none|neither|nor|without|cannot|den(?:y|ies|ied)|refus\w+|reject\w*|fail\w*|.*n't"
)

# "BEIJING, Sept. 15 (Xinhua) -- ", "Washington (CNN) "
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.,'’/ -]{0,60}?)?\s*(?:\((?P<credit>[^()]{2,40})\))?\s*[-–—]{1,2}(?:\s+|$)"
)
_CREDITED = re.compile(r"(?P<place>[^\W\d_][\w.,'’/ -]{0,60}?)?\s*\((?P<credit>[^()]{2,40})\)\s*")
_DATELINE_LINES = 4
# "Sept." and "September" are alike so far.
_DATELINE_LETTERS = 3


def reprints(articles: Sequence[Article]) -> dict[int, int]:
    """Index of each reprint → index of its original, which is no reprint itself.

    The original is the fullest text; of equally full ones the earliest.  The order of the articles decides
    only between those that are alike in all that they say: then the first is the original.
    """
    copies = [_Copy(article) for article in articles]
    order = sorted(range(len(articles)), key=lambda n: (-copies[n].size, *_place(articles[n]), n))
    originals: dict[tuple[str, ...], list[int]] = {}
    found: dict[int, int] = {}
    for n in order:
        keys = copies[n].keys
        hits = Counter(one for key in keys for one in originals.get(key, ()))
        likely = sorted(hits, key=lambda one: -hits[one])[:_MOST_CANDIDATES]
        original = next((one for one in likely if copies[n].stands_in(copies[one])), None)
        if original is not None:
            found[n] = original
            continue
        for key in keys:
            known = originals.setdefault(key, [])
            if len(known) < _MOST_ORIGINALS:
                known.append(n)
    return dict(sorted(found.items()))


def _place(article: Article) -> tuple[dt.date, str, str, str]:
    return article.date or dt.date.max, article.sha256, article.title or "", article.id


@dataclass
class _Line:
    """A sentence as it is compared, or a line that is none: then it has not `ended`."""

    words: list[str]
    ended: bool
    wrapped: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def header(self) -> bool:
        """Whether it may be a header or footer."""
        return not self.ended and not self.wrapped and len(self.words) <= _HEADER_WORDS


class _Copy:
    """A text without its frame, ready to be compared.

    `stream` holds all words; lines start at `starts` and end at `ends` of it.
    """

    def __init__(self, article: Article) -> None:
        self.title = _words(article.title or "")
        self.dateline: frozenset[str] = frozenset()
        self.lines = self._lines(article.text)
        self.size = sum(len(line.words) for line in self.lines)
        self.vocabulary = frozenset(self.title).union(*(line.words for line in self.lines))
        # Spaces on both sides, so that only whole words are found.
        self.stream = " " + "".join(line.text + " " for line in self.lines)
        ends = [0, *accumulate(len(line.text) + 1 for line in self.lines)]
        self.starts, self.ends = frozenset(ends[:-1]), frozenset(ends[1:])

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """The openings of the lines, each once."""
        openings = (tuple(line.words[:_KEY_WORDS]) for line in self.lines)
        return list(dict.fromkeys(opening for opening in openings if len(opening) >= _FEWEST_KEY_WORDS))

    def stands_in(self, other: _Copy) -> bool:
        """Whether all that this one says stands in the other, word for word."""
        if not _one_within(self.dateline, other.dateline) or not _agree(self.title, other.title):
            return False
        found: list[tuple[int, int] | None] = []
        taken: set[int] = set()
        at = -1
        for line in self.lines:
            span = other.find(line, at, taken)
            if span is None and not line.header:
                return False
            found.append(span)
            if span is not None:
                taken.add(span[0])
                at = span[1]
        shared = [n for n, span in enumerate(found) if span]
        words = sum(len(self.lines[n].words) for n in shared)
        if words < _FEWEST_WORDS or 2 * words < self.size or not self._ends_well(found, shared, other):
            return False
        # In the middle of a text nothing is a header.
        return all(
            span or (not shared[0] < n < shared[-1] and _agrees(line, other))
            for n, (line, span) in enumerate(zip(self.lines, found, strict=True))
        )

    def find(self, line: _Line, after: int, taken: Collection[int]) -> tuple[int, int] | None:
        """Where a line stands here: just `after` the one before it, else from the start of a line.

        What is said twice must stand here twice: a place that is `taken` is no other's.
        """
        whole = self._find(f" {line.text} ", after, taken)
        if whole is not None:
            return whole, whole + len(line.text) + 1
        if not line.ended and line.words[-1].isalpha():  # it may have been cut in the middle of a word
            part = self._find(f" {line.text}", after, taken)
            return None if part is None else (part, part + len(line.text) + 1)
        return None

    def _find(self, sought: str, after: int, taken: Collection[int]) -> int | None:
        if after >= 0 and self.stream.startswith(sought, after) and after not in taken:
            return after
        at = self.stream.find(sought)
        while at >= 0 and (at not in self.starts or at in taken):
            at = self.stream.find(sought, at + 1)
        return at if at >= 0 else None

    def _ends_well(
        self, found: Sequence[tuple[int, int] | None], shared: Sequence[int], other: _Copy
    ) -> bool:
        """Whether each sentence ends where one ends there, goes on in the next line, or is cut at the end."""
        for n, following in zip(shared, [*shared[1:], None], strict=True):
            span, after = found[n], found[following] if following is not None else None
            if span is None or span[1] in other.ends or (after and after[0] == span[1]):
                continue
            if following is not None or self.lines[n].ended:
                return False
        return True

    def _lines(self, text: str) -> list[_Line]:
        rules = reprint_rules()
        lines: list[_Line] = []
        for start, end in split_sentences(text):
            sentence = text[start:end]
            if len(sentence) <= _FRAME_CHARACTERS and rules.frame.fullmatch(sentence):
                continue
            if len(lines) < _DATELINE_LINES and not self.dateline:
                sentence = self._without_dateline(sentence, rules)
            words = _words(rules.told.sub("", rules.credit.sub("", sentence)))
            if not words:
                continue
            ended = _SENTENCE_END.search(sentence) is not None
            if lines and not lines[-1].ended and sentence[0].islower():
                # A line that was broken to fit a width goes on in the next.
                lines[-1] = _Line(lines[-1].words + words, ended, wrapped=True)
            else:
                lines.append(_Line(words, ended))
        return lines

    def _without_dateline(self, sentence: str, rules: ReprintRules) -> str:
        match = _DATELINE.match(sentence) or _CREDITED.match(sentence)
        if match is None:
            return sentence
        place, credit = match["place"] or "", match["credit"] or ""
        credited = rules.credit.fullmatch(f"({credit})") or rules.agency.fullmatch(place)
        if not credited and not (place[:2].isupper() and place.split(",")[0].isupper()):
            return sentence
        words = _words(rules.agency.sub("", place))
        self.dateline = frozenset(word[:_DATELINE_LETTERS] for word in words)
        return sentence[match.end() :]


def _words(text: str) -> list[str]:
    """The words, numbers and signs of a text that count when it is compared."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_UNIFIED)
    plain = _PER_CENT.sub("%", _THOUSANDS.sub("", plain))
    light = reprint_rules().light
    return [word for word in _TOKEN.findall(plain) if word not in light]


def _one_within(some: frozenset[str], others: frozenset[str]) -> bool:
    return some <= others or others <= some


def _agrees(header: _Line, other: _Copy) -> bool:
    """Whether a header or footer says nothing against the other text.

    It brings no number of its own, and is no line of the other in which something was changed.
    """
    numbers = {word for word in header.words if _NUMBER.match(word)}
    return (
        numbers <= other.vocabulary
        and _agree(header.words, other.title)
        and not any(_resemble(header.words, line.words, entries=line.header) for line in other.lines)
    )


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headlines that speak of the same give the same numbers, and neither denies the other."""
    differ = set(one) ^ set(other)
    return not _resemble(one, other) or not any(
        _NUMBER.match(word) or _NEGATION.fullmatch(word) for word in differ
    )


def _resemble(one: Sequence[str], other: Sequence[str], *, entries: bool = False) -> bool:
    """Whether two lines share so much that one may be the other, changed; `entries` are lines of a list."""
    mine, theirs = set(one), set(other)
    of = min(len(mine), len(theirs)) if entries else len(mine | theirs)
    return len(mine & theirs) >= _RESEMBLING * of
