"""The data that flows through the stages: Article → Summary, Slots → Story → Brief.

All of it is frozen.  Offsets count Unicode code points of `Article.text` (or of `Article.title`
where an evidence says so), start inclusive, end exclusive, as Python slices do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:  # the types alone must not cost the import
    import numpy as np
    import numpy.typing as npt

Kind = Literal["person", "organisation", "state"]
Basis = Literal["stated", "dateline", "inferred"]
Status = Literal["signed", "agreed", "pledged", "reaffirmed", "proposed", "refused"]
Attribution = Literal["fact", "named", "unnamed", "document"]
Prospect = Literal["scheduled", "expected", "conditional", "assessment"]
Slot = Literal["who", "where", "agreed", "outlook"]
Precision = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class Article:
    """One news article or official readout, as read.

    `text` is never changed after ingest: everything printed later points into it.  `date` is the day
    of publication, `published` the moment where the input gives one (always with a time zone).
    `origin` says where it was read ("today/a.eml", "feed.xml entry 3", "-:12"), for messages.
    """

    id: str
    text: str
    title: str | None = None
    date: dt.date | None = None
    published: dt.datetime | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    origin: str = "-"

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Failure:
    """A source, line or recipient that failed, while the rest of the run went on."""

    source: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Intake:
    """What the sources gave.

    `articles` is in input order, duplicates included; `duplicates` maps the index of an article to
    the index of the earlier one that has the same text.
    """

    articles: tuple[Article, ...] = ()
    duplicates: Mapping[int, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """A verbatim quotation: `quote == text[start:end]` of the article's text, or of its title."""

    start: int
    end: int
    quote: str
    field: Literal["text", "title"] = "text"
    article: str | None = None


@dataclass(frozen=True)
class SummarySentence:
    """One sentence of a summary with what supports it; `generated` where a model wrote the words."""

    text: str
    evidence: tuple[Evidence, ...]
    generated: bool = False


@dataclass(frozen=True)
class Checked:
    """What the check made of a generated text: of its `sentences`, so many were `replaced` or `dropped`.

    A replaced one gave way to a sentence of the article, a dropped one to nothing; the rest passed.
    """

    sentences: int
    replaced: int
    dropped: int


@dataclass(frozen=True)
class Summary:
    """Sentences in reading order, the method and model that made them, and what to be wary of.

    `checked` is None where nothing was generated.
    """

    sentences: tuple[SummarySentence, ...]
    method: str
    model: str
    warnings: tuple[str, ...] = ()
    checked: Checked | None = None

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Who:
    """An actor of the reported event; `side` is the state or organisation that it speaks for."""

    name: str
    kind: Kind
    evidence: tuple[Evidence, ...]
    rule: str
    role: str | None = None
    side: str | None = None


@dataclass(frozen=True)
class Where:
    """A place of the event itself, and on what basis it is known."""

    evidence: tuple[Evidence, ...]
    rule: str
    place: str | None = None
    country: str | None = None
    basis: Basis = "stated"


@dataclass(frozen=True)
class Agreed:
    """Something agreed, pledged, proposed or refused.  `text` is the statement in the source's words."""

    text: str
    status: Status
    evidence: tuple[Evidence, ...]
    rule: str
    parties: tuple[str, ...] = ()
    speaker: str | None = None
    attribution: Attribution = "fact"


@dataclass(frozen=True)
class When:
    """A time as the source puts it, and the days it covers where the article's date resolves it.

    `date` is the first day, `end` the last one where it covers more than one.
    """

    phrase: str
    date: dt.date | None = None
    end: dt.date | None = None
    precision: Precision | None = None


@dataclass(frozen=True)
class Outlook:
    """What comes next or may come.  `text` is the statement in the source's words."""

    text: str
    kind: Prospect
    evidence: tuple[Evidence, ...]
    rule: str
    when: When | None = None
    speaker: str | None = None
    attribution: Attribution = "fact"


@dataclass(frozen=True)
class Slots:
    """The four slots of one article, or of one story; `warnings` say why they may be less than that."""

    who: tuple[Who, ...] = ()
    where: tuple[Where, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    outlook: tuple[Outlook, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A rule that was considered for a slot at `evidence`.

    `made` says that it made the value; `why` what decided.  One place may have several notes.
    """

    slot: Slot
    rule: str
    evidence: Evidence
    made: bool
    why: str


@dataclass(frozen=True)
class Story:
    """The articles on one event, and what they say.

    `articles` opens with the lead, whose title is the headline; `duplicates` are reprints of them.
    Every evidence below names its article.  `score` ranks the stories of a day; `reasons` explains it.
    """

    id: str
    headline: str
    region: str
    articles: tuple[Article, ...]
    summary: Summary
    slots: Slots
    duplicates: tuple[Article, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of a brief outside the stories: a statement with its evidence, and its story.

    `topic` names the sides whom it concerns, in the order in which the story names them.
    """

    text: str
    story: str
    evidence: tuple[Evidence, ...]
    topic: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """A coming event, dated where the source and its date allow it."""

    text: str
    kind: Prospect
    when: When | None
    story: str
    evidence: tuple[Evidence, ...]
    speaker: str | None = None
    attribution: Attribution = "fact"


@dataclass(frozen=True)
class Meeting:
    """Who met whom: two sides or more, in one event that was held or is planned."""

    parties: tuple[Who, ...]
    format: str
    status: Literal["held", "planned"]
    story: str
    evidence: tuple[Evidence, ...]
    place: Where | None = None
    date: dt.date | None = None


@dataclass(frozen=True)
class Period:
    """The days that a brief covers, both included; None leaves an end open."""

    start: dt.date | None = None
    end: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Brief:
    """The brief of one day.

    `stories` holds every story in the order of rank; the first `told` of them are told in full, the
    rest get a line each.  `outside` lists the articles that the period leaves out.
    """

    title: str
    date: dt.date
    period: Period
    stories: tuple[Story, ...]
    told: int
    bottom_line: tuple[Line, ...] = ()
    forward: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    outside: tuple[Article, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a selector makes of the opening sentences of an article, as many as it reads.

    `sentences` is their number.  `words` (m,) is the rate at which a summary takes over each of their words
    (as `briefing.sentences.words` counts them): minus the logarithm of the probability that it does not.
    `pairs` (m,) is the probability that it takes the word over together with the next one.
    """

    sentences: int
    words: npt.NDArray[np.float32]
    pairs: npt.NDArray[np.float32]


@runtime_checkable
class Selector(Protocol):
    """Weighs the sentences and words of an article; tells by vectors what a sentence is about."""

    @property
    def name(self) -> str:
        """What models.yaml calls it."""
        ...

    @property
    def digest(self) -> str:
        """Hex sha256 of the weights."""
        ...

    def read(self, sentences: Sequence[str]) -> Reading:
        """What it makes of an article, given as its sentences in order."""
        ...

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, one a sentence, each for itself: shape (len(sentences), width)."""
        ...


class DeliveryLog(Protocol):
    """Remembers what became of each message, so that a rerun sends nothing twice."""

    def outcome(self, digest: str, recipient: str) -> Literal["delivered", "unknown"] | None:
        """What is on record for this message and recipient; None where nothing was sent."""
        ...

    def record(self, digest: str, recipient: str, outcome: Literal["delivered", "unknown"] | None) -> None:
        """Keeps an outcome at once and durably; None takes it back (nothing was sent)."""
        ...


@runtime_checkable
class Generator(Protocol):
    """Writes summaries."""

    @property
    def name(self) -> str:
        """What models.yaml calls it."""
        ...

    @property
    def digest(self) -> str:
        """Hex sha256 of the weights."""
        ...

    def generate(self, texts: Sequence[str]) -> list[str]:
        """One summary a text, in order; a text longer than the model's window is read in windows."""
        ...
