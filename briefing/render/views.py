"""What the templates see of a brief: numbered sources, stories under their headings, no line twice."""

from __future__ import annotations

import itertools
import operator
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.sentences import split_sentences
from briefing.types import Agreed, Article, Brief, Evidence, Outlook, Slot, Slots, Story, Summary

# A citation names every article, the first with this many sentences, others with one; the JSON has them all.
_CITED = 3
# The heading of the stories that lead the day.
_LEADING = "Lead stories"


@dataclass(eq=False)
class Source:
    """A numbered source and the sentences of it that the brief cites, by their number in the text."""

    number: int
    article: Article
    cited: dict[str, str] = field(default_factory=dict)
    _ends: list[tuple[int, int]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Whom it comes from: the outlet, or where it was read."""
        return self.article.source or self.article.origin

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """What is cited, by locator, in the order of the text, the title first: S2.2 before S2.17."""
        return sorted(
            self.cited.items(), key=lambda one: int(re.sub(r"\D", "", one[0].partition(".")[2]) or 0)
        )

    def has(self, evidence: Evidence) -> bool:
        """Whether the evidence quotes this article."""
        text = self.article.title or "" if evidence.field == "title" else self.article.text
        return text[evidence.start : evidence.end] == evidence.quote

    def cite(self, evidence: Evidence) -> str:
        """The locator of an evidence, such as "S2.4" (source 2, sentence 4) or "S2.title"."""
        if evidence.field == "title":
            locator = f"S{self.number}.title"
            self.cited.setdefault(locator, self.article.title or "")
            return locator
        if not self.article.text:
            # A brief read from a file may know its sources without their texts.
            locator = f"S{self.number}"
            self.cited.setdefault(locator, evidence.quote)
            return locator
        if not self._ends:
            self._ends = split_sentences(self.article.text)
        for n, (start, end) in enumerate(self._ends, start=1):
            if evidence.start < end:
                locator = f"S{self.number}.{n}"
                self.cited.setdefault(locator, self.article.text[start:end])
                return locator
        raise ValueError(f"no sentence at {evidence.start} of article {self.article.id}")


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

    def quote(self, locator: str) -> str:
        """The sentence that a locator given out by `cite` points to."""
        number = locator.removeprefix("S").partition(".")[0]
        return self._all[int(number) - 1].cited[locator]

    def cite(self, evidence: Sequence[Evidence]) -> list[str]:
        """Locators of an evidence list: every article is named, the statement's own first and at length."""
        given: dict[str, None] = {}
        taken: Counter[Source] = Counter()
        for one in evidence:
            source = self._source(one)
            if taken[source] < (_CITED if source is next(iter(taken), source) else 1):
                locator = source.cite(one)
                taken[source] += locator not in given
                given[locator] = None
        return list(given)

    def outlets(self, evidence: Sequence[Evidence]) -> list[str]:
        """Whom an evidence list quotes, each named once."""
        return list(dict.fromkeys(self._source(one).name for one in evidence))

    def _source(self, evidence: Evidence) -> Source:
        # Two articles may share an id, which is the input's; the quotation tells them apart.
        # Outside a brief evidence names no article, because there is only one.
        candidates = self._all if evidence.article is None else self._of[evidence.article]
        return next((source for source in candidates if source.has(evidence)), candidates[0])


@dataclass(frozen=True)
class Statement:
    """What one passage says was agreed, or is to come, or both: told once, under all its labels."""

    text: str
    evidence: tuple[Evidence, ...]
    agreed: tuple[Agreed, ...] = ()
    outlook: tuple[Outlook, ...] = ()

    @property
    def speaker(self) -> str | None:
        """Who says so, by name."""
        return next((value.speaker for value in self._values if value.speaker), None)

    @property
    def attribution(self) -> str:
        """Whose word it is: "fact", "named", "unnamed" or "document"."""
        return next((value.attribution for value in self._values), "fact")

    @property
    def told(self) -> bool:
        """Whether the brief tells it."""
        return any(value.told for value in self._values)

    @property
    def _values(self) -> list[Agreed | Outlook]:
        return [*self.agreed, *self.outlook]


@dataclass(frozen=True)
class SummaryLine:
    """A sentence of a summary, and what it states, so that no list repeats it."""

    text: str
    evidence: tuple[Evidence, ...]
    generated: bool
    statement: Statement | None


@dataclass(frozen=True)
class Telling:
    """A story, or an article, as it is told: the summary, then what that does not say already.

    `statements` are in the order of the slots; what a brief leaves out is in its JSON alone.  `missing` are
    the slots in which nothing was found and a reader would look for something.
    """

    lines: tuple[SummaryLine, ...]
    statements: tuple[Statement, ...]
    missing: tuple[Slot, ...] = ()


def tell(summary: Summary, slots: Slots) -> Telling:
    """Prepares a summary and the slots that are told for a template."""
    passages: dict[tuple[str | None, str, int, int], Statement] = {}
    values: list[Agreed | Outlook] = [*slots.agreed, *slots.outlook]
    for value in values:
        first = value.evidence[0]
        key = (first.article, first.field, first.start, first.end)
        known = passages.get(key, Statement(value.text, value.evidence))
        passages[key] = (
            replace(known, agreed=(*known.agreed, value))
            if isinstance(value, Agreed)
            else replace(known, outlook=(*known.outlook, value))
        )
    lines = []
    for sentence in summary.sentences:
        within = [key for key, one in passages.items() if _within(one.evidence[0], sentence.evidence)]
        # A sentence may hold several passages; it has one label for all of them.
        held = [passages.pop(key) for key in within]
        statement = (
            Statement(
                sentence.text,
                sentence.evidence,
                tuple(agreed for one in held for agreed in one.agreed),
                tuple(outlook for one in held for outlook in one.outlook),
            )
            if held
            else None
        )
        lines.append(SummaryLine(sentence.text, sentence.evidence, sentence.generated, statement))
    told = [one for one in passages.values() if one.told]
    return Telling(tuple(lines), tuple(told))


def by_region(brief: Brief) -> list[tuple[str, list[tuple[Story, Telling]]]]:
    """The stories told in full under their headings: those that lead the day, then region by region."""
    forms: dict[str, list[str]] = {}
    for meeting in brief.meetings:
        forms.setdefault(meeting.story, []).append(meeting.format)
    headed = [
        (_LEADING if n < brief.leading else story.region, (story, _told(story, forms.get(story.id, ()))))
        for n, story in enumerate(brief.stories[: brief.told])
    ]
    groups = itertools.groupby(headed, key=operator.itemgetter(0))
    return [(heading, [one for _, one in group]) for heading, group in groups]


def _told(story: Story, forms: Sequence[str]) -> Telling:
    """A story, and what is not stated of its meetings: what came of them and, but for calls, where."""
    away = any(word in form for form in forms for word in ("call", "virtual"))
    asked = {"agreed"} if away else {"agreed", "where"}
    missing = tuple(name for name in story.slots.unfilled if forms and name in asked)
    return replace(tell(story.summary, story.slots), missing=missing)


def _within(statement: Evidence, sentences: Sequence[Evidence]) -> bool:
    return any(
        one.article == statement.article
        and one.field == statement.field
        and one.start <= statement.start
        and statement.end <= one.end
        for one in sentences
    )


def left_out(brief: Brief) -> list[tuple[str, list[Story]]]:
    """The stories that are left out but for their titles, under their headings, by the first of each."""
    found: dict[str, list[Story]] = {}
    for story in brief.stories[brief.told :]:
        if story.dropped is not None:
            found.setdefault(story.dropped, []).append(story)
    return [*found.items()]
