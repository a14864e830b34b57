"""The data that flows through the stages: Article → Summary, Slots → Story → Brief.

All of it is frozen.  Offsets count Unicode code points of `Article.text` (or of `Article.title`
where an evidence says so), start inclusive, end exclusive, as Python slices do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
Aspect = Literal["number", "date", "place", "participant", "spelling", "denial"]
ChangeStatus = Literal["new", "changed", "unchanged", "dropped"]


@dataclass(frozen=True)
class Article:
    """One news article or official readout, as read.

    `text` is never changed after ingest: everything printed later points into it.  `date` is the day
    of publication, `published` the moment where the input gives one (always with a time zone).
    `origin` says where it was read ("today/a.eml", "feed.xml entry 3", "-:12"), for messages.  `sha256`
    is the hex digest of the UTF-8 text; it is given only where the text is not at hand, `text` being "" then.
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
    sha256: str = ""

    def __post_init__(self) -> None:
        if self.text or not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)


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

    @property
    def unfilled(self) -> tuple[Slot, ...]:
        """The slots in which nothing was found."""
        named: tuple[Slot, ...] = ("who", "where", "agreed", "outlook")
        return tuple(name for name in named if not getattr(self, name))


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
class Version:
    """What some of the articles say: `value` in their words, and the sentence of each that says so."""

    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Difference:
    """Where the articles of a story part over one thing, which `subject` names in a source's words.

    As a conflict, the versions speak of the same moment and stand in the order of the articles.  As an update
    they stand oldest first, and the last is what holds now.
    """

    aspect: Aspect
    subject: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Grade:
    """A letter or figure of the Admiralty scheme (NATO AJP-2.1), and why it was given."""

    value: str
    reason: str


@dataclass(frozen=True)
class Story:
    """The articles on one event, and what they say.

    `articles` opens with the lead, whose title is the headline; `duplicates` are reprints of them.
    Every evidence below names its article.  `id` stays the same when further articles join, as long as the
    earliest is the same.  `score` ranks the stories of a day; `reasons` explains it.  `credibility` is there
    where grading is asked for; `comment` is the officer's own and nobody else's.
    """

    id: str
    headline: str
    region: str
    articles: tuple[Article, ...]
    summary: Summary
    slots: Slots
    duplicates: tuple[Article, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    updates: tuple[Difference, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    credibility: Grade | None = None
    comment: str | None = None


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
class Topic:
    """What was, or will be, talked about: the source's words."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Meeting:
    """Who met whom: two sides or more, in one event that was held or is planned.

    `date` and `end` are the first and the last day, None where no source gives them.
    """

    parties: tuple[Who, ...]
    format: str
    status: Literal["held", "planned"]
    story: str
    evidence: tuple[Evidence, ...]
    place: Where | None = None
    date: dt.date | None = None
    end: dt.date | None = None
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class Revision:
    """A value that is no longer what an earlier brief said; None where one of the two had none.

    `what` names it, such as "agreed" or "place".  The evidence of each stands with it, and may quote an
    article that only the earlier brief had.
    """

    what: str
    old: str | None
    new: str | None
    old_evidence: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Change:
    """What became of a story since the earlier brief.

    `story` is its id in this brief, None where it was dropped; `previous` its id in the earlier one, None
    where it is new.
    """

    status: ChangeStatus
    headline: str
    story: str | None
    previous: str | None
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Changes:
    """A brief beside the one of `since`, an earlier day: each story of either, those of this brief first."""

    since: dt.date
    items: tuple[Change, ...]


@dataclass(frozen=True)
class Step:
    """What a commitment was on the day of one brief, in a source's words."""

    date: dt.date
    status: Status
    text: str
    evidence: tuple[Evidence, ...]
    attribution: Attribution = "fact"
    speaker: str | None = None


@dataclass(frozen=True)
class Commitment:
    """A row of the ledger: who committed themselves to what, towards whom, and how that stands.

    `object` is the statement of the latest step, `status` its status; `history` holds every step, oldest
    first, and is never empty.  `due` is the latest date that a source gives for it.
    """

    id: str
    actors: tuple[str, ...]
    counterparts: tuple[str, ...]
    object: str
    status: Status
    history: tuple[Step, ...]
    due: When | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it is in time; None where no source gives one."""
        return (self.due.end or self.due.date) if self.due else None

    def overdue(self, today: dt.date) -> bool:
        """Whether the due date has passed and no step since it was given says what became of it.

        That something was signed or refused is an outcome whenever it is reported; that it was agreed, from
        the due date on.  To reaffirm it is none.
        """
        last = self.last_day
        if self.due is None or last is None or today <= last:
            return False
        given = max((n for n, step in enumerate(self.history) if self.due.phrase in step.text), default=0)
        return not any(
            step.status in ("signed", "refused") or (step.status == "agreed" and step.date >= last)
            for step in self.history[given + 1 :]
        )


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
    rest get a line each.  `outside` lists the articles that the period leaves out, `earlier` those of earlier
    briefs that lines of this one quote.  `changes` is None where there is no earlier brief.  `commitments`
    are the rows of the ledger that the day touched or that are due.  `reliability` grades the sources, by
    name, where grading is asked for.  `marking` ("TLP:AMBER"), `serial` ("12/2022") and `made` are None
    where they are not asked for.
    """

    title: str
    date: dt.date
    period: Period
    stories: tuple[Story, ...]
    told: int
    bottom_line: tuple[Line, ...] = ()
    forward: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    changes: Changes | None = None
    commitments: tuple[Commitment, ...] = ()
    outside: tuple[Article, ...] = ()
    earlier: tuple[Article, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    reliability: Mapping[str, Grade] = field(default_factory=dict)
    marking: str | None = None
    serial: str | None = None
    made: dt.datetime | None = None


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
