"""The numbered sources of a brief, what it cites of them, and each citation with what stands around it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefing.sentences import split_sentences
from briefing.types import Article, Evidence

# A citation names every article, the first with this many sentences, others with one; the JSON has them all.
_CITED = 3


@dataclass(frozen=True)
class Piece:
    """A sentence of a source; `locator` is None where it only stands beside one that is cited."""

    text: str
    locator: str | None = None


@dataclass(frozen=True)
class Passage:
    """Sentences that follow each other in a source, some of them cited."""

    source: Source
    pieces: tuple[Piece, ...]


@dataclass(eq=False)
class Source:
    """A numbered source and the sentences of it that the brief cites, by their number in the text."""

    number: int
    article: Article
    cited: dict[str, str] = field(default_factory=dict)
    _ends: list[tuple[int, int]] = field(default_factory=list)
    # The sentence of each locator, counted from one; a title, or a source without its text, has none.
    _places: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Whom it comes from: the outlet, or where it was read."""
        return self.article.source or self.article.origin

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """What is cited, by locator, in the order of the text, the title first: S2.2 before S2.17."""
        return sorted(self.cited.items(), key=lambda one: self._places.get(one[0], 0))

    def has(self, evidence: Evidence) -> bool:
        """Whether the evidence quotes this article."""
        text = self.article.title or "" if evidence.field == "title" else self.article.text
        return text[evidence.start : evidence.end] == evidence.quote

    def cite(self, evidence: Evidence) -> str:
        """The locator of an evidence, such as "S2.4" (source 2, sentence 4) or "S2.title"."""
        if evidence.field == "title":
            return self._cited(f"S{self.number}.title", self.article.title or "")
        if not self.article.text:
            # A brief read from a file may know its sources without their texts.
            return self._cited(f"S{self.number}", evidence.quote)
        if not self._ends:
            self._ends = split_sentences(self.article.text)
        for n, (_, end) in enumerate(self._ends, start=1):
            if evidence.start < end:
                locator = f"S{self.number}.{n}"
                self._places[locator] = n
                return self._cited(locator, self._sentence(n))
        raise ValueError(f"no sentence at {evidence.start} of article {self.article.id}")

    def passages(self, locators: Sequence[str]) -> Iterator[Passage]:
        """What is cited under these locators, each sentence with the one before and the one after it."""
        placed = {self._places[one]: one for one in locators if one in self._places}
        for locator in locators:
            if locator not in self._places:
                yield Passage(self, (Piece(self.cited[locator], locator),))
        around = {n + step for n in placed for step in (-1, 0, 1)}
        shown = [n for n in sorted(around) if 0 < n <= len(self._ends)]
        for _, run in itertools.groupby(enumerate(shown), key=lambda one: one[1] - one[0]):
            yield Passage(self, tuple(Piece(self._sentence(n), placed.get(n)) for _, n in run))

    def _cited(self, locator: str, sentence: str) -> str:
        self.cited.setdefault(locator, sentence)
        return locator

    def _sentence(self, n: int) -> str:
        return self.article.text[slice(*self._ends[n - 1])]


class Sources:
    """The numbered sources of a brief."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._all = [Source(n, article) for n, article in enumerate(articles, start=1)]
        self._of: dict[str | None, list[Source]] = {}
        for source in self._all:
            self._of.setdefault(source.article.id, []).append(source)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def cite(self, evidence: Sequence[Evidence], limit: int = _CITED) -> dict[str, Source]:
        """Locators of an evidence list: every article is named, the statement's own first and at length."""
        given: dict[str, Source] = {}
        taken: Counter[Source] = Counter()
        for one in evidence:
            source = self._source(one)
            if taken[source] < (limit if source is next(iter(taken), source) else 1):
                locator = source.cite(one)
                taken[source] += locator not in given
                given[locator] = source
        return given

    def outlets(self, evidence: Sequence[Evidence]) -> list[str]:
        """Whom an evidence list quotes, each named once."""
        return list(dict.fromkeys(self._source(one).name for one in evidence))

    def _source(self, evidence: Evidence) -> Source:
        # Two articles may share an id, which is the input's; the quotation tells them apart.
        # Outside a brief evidence names no article, because there is only one.
        candidates = self._all if evidence.article is None else self._of[evidence.article]
        return next((source for source in candidates if source.has(evidence)), candidates[0])


@dataclass
class Footnote:
    """What supports a line of the page: numbered, with the passages, and how many lines it supports."""

    number: int
    passages: tuple[Passage, ...]
    lines: int = 0

    @property
    def outlets(self) -> list[str]:
        """Whom it quotes, each named once."""
        return list(dict.fromkeys(passage.source.name for passage in self.passages))


class Footnotes:
    """The footnotes of a page in the order of their marks; lines with the same evidence share one."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, ...], Footnote] = {}

    def __iter__(self) -> Iterator[Footnote]:
        return iter(self._of.values())

    def __len__(self) -> int:
        return len(self._of)

    def mark(self, cited: dict[str, Source]) -> Footnote:
        """The footnote of one more line, which is supported by what is cited."""
        known = self._of.get(tuple(cited))
        if known is None:
            sources = dict.fromkeys(cited.values())
            passages = [
                passage
                for source in sources
                for passage in source.passages([one for one in cited if cited[one] is source])
            ]
            known = self._of[tuple(cited)] = Footnote(len(self._of) + 1, tuple(passages))
        known.lines += 1
        return known
