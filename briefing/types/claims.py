"""What an article says: zones of its text, claims, and who says what.

Offsets count code points of the article's text, end exclusive.  All of it is plain frozen data that goes into
JSON as it is; no word of the parser's is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from briefing.types.articles import Article, Evidence
from briefing.types.slots import Basis, Kind, Standing, When

# The title is a sentence with this number; offsets in it count the title's characters.
TITLE = -1

Span = tuple[int, int]
ZoneKind = Literal[
    "body", "heading", "dateline", "byline", "caption", "credit", "link", "promotion", "notice"
]


def text_of(article: Article, sentence: int) -> str:
    """What offsets in this sentence point into: the text, or the title where the sentence is TITLE."""
    return article.title or "" if sentence == TITLE else article.text


def quotation(article: Article, start: int, end: int, sentence: int = 0) -> Evidence:
    """The words of an article at `start`..`end` as evidence, from its title where the sentence is TITLE."""
    quote = text_of(article, sentence)[start:end]
    return Evidence(start, end, quote, "title" if sentence == TITLE else "text")


@dataclass(frozen=True)
class Zone:
    """A stretch of the text and what it is; the zones of a text cover it without overlap."""

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True)
class Attribution:
    """What somebody is said to say, think, order or write: who, the words that tell it, and what.

    Each part is spans as written, in order of the text: a pronoun is its own source, a quotation may be in
    several pieces and run over several sentences.  `source` and `cue` may be empty, `content` is not.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Time:
    """A phrase of time; `future` says whether it lies after the article, None if that is open."""

    start: int
    end: int
    when: When
    future: bool | None


# Ways in which a clause is less than a plain assertion that something is so.
Mood = Literal[
    "negated",
    "future",
    "possible",
    "obliged",
    "conditional",
    "urged",
    "discussed",
    "hoped",
    "believed",
    "denied",
    "earlier",
    "relative",
    "asked",
    "purpose",
    "unreal",
    "praised",
]
Form = Literal["past", "present", "base", "participle", "ing", "noun"]
# How a clause hangs on the one that holds it.
Link = Literal["main", "complement", "adverbial", "relative", "joined"]
# What a claim is to its article: it tells the event, what was before, something else, or somebody's view.
ClaimRole = Literal["event", "background", "other", "view"]


@dataclass(frozen=True)
class Qualifier:
    """A way in which a claim is less than asserted, and the span of the word that makes it so."""

    kind: Mood
    start: int
    end: int


@dataclass(frozen=True)
class Ref:
    """Whom or what a claim is about: the head word of the phrase that stands at `start`..`end`.

    `actor` is the name under which the article's cast knows it, `form` how it is named there, `mention`
    whether it is named and not only meant by its office.  `via` is the preposition before it.  `proper`
    says that it is a name, `several` that it is plural, `count` how many they are where the text says so,
    `described` that a word beside it narrows it ("business leaders"); `opens` is where the words before the
    head begin that belong to it, articles left out.
    """

    start: int
    end: int
    word: str
    lemma: str
    actor: str | None = None
    kind: Kind | None = None
    form: str | None = None
    mention: bool = False
    via: str | None = None
    proper: bool = False
    pronoun: bool = False
    several: bool = False
    count: int | None = None
    described: bool = False
    opens: int | None = None


@dataclass(frozen=True)
class Claim:
    """A clause: a verb or a noun of an event, with who does it, to whom, where and how far it is asserted.

    `start`..`end` is the clause with all that hangs on it, `at` where its verb stands.  `sentence` is the
    number of the sentence, `holder` the index of the claim that holds this one.  `subject` is the subject in
    form; `agents` are those who act, so in the passive those after "by".  `objects` are what the verb acts on
    and `obliques` what follows a preposition.  `complements` say what follows the verb: infinitive, gerund,
    clause, object, and each preposition.  `reported` says that somebody is said to say it; `aside` that it
    only sets the scene for another clause.
    """

    sentence: int
    start: int
    end: int
    at: Span
    verb: str
    form: Form
    link: Link = "main"
    holder: int | None = None
    passive: bool = False
    auxiliaries: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    subject: Ref | None = None
    agents: tuple[Ref, ...] = ()
    objects: tuple[Ref, ...] = ()
    obliques: tuple[Ref, ...] = ()
    complements: tuple[str, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    reported: bool = False
    aside: bool = False
    standing: Standing = "fact"
    speaker: str | None = None
    role: ClaimRole = "event"

    @property
    def negated(self) -> bool:
        """Whether it says that something is not so."""
        return "negated" in self.moods

    @property
    def moods(self) -> frozenset[Mood]:
        """The kinds of its qualifiers."""
        return frozenset(one.kind for one in self.qualifiers)


# The part that a mention plays: in its clause, beside a noun, or none (a place, a dateline, an office).
Part = Literal["agent", "subject", "object", "oblique", "possessor", "beside", "office", "place", "other"]


@dataclass(frozen=True)
class Mention:
    """A naming of an entity in sentence `sentence`, at `start`..`end`.

    `form` says how it is named: name, adjective, metonym, body, organisation, region, person, office.
    `governor` is the lemma of the verb or noun that its part hangs on, `via` the preposition before it.
    `modifying` says that the governor only describes something ("the threat posed by X"), `reported` that it
    stands in what somebody is said to say.  `office` is the span that gives a person's office here.
    """

    sentence: int
    start: int
    end: int
    form: str
    part: Part
    governor: str = ""
    via: str = ""
    modifying: bool = False
    reported: bool = False
    office: Span | None = None


@dataclass(frozen=True)
class Entity:
    """A person, state or body that the article names, with all its mentions in order.

    `side` is for whom it speaks, `former` says that the office is over, `outsider` that it is one who watches
    and speaks for none of the sides.  `office` is the mention that gives the office.
    """

    name: str
    kind: Kind
    role: str | None
    side: str | None
    former: bool
    outsider: bool
    mentions: tuple[Mention, ...]
    office: Mention | None = None


@dataclass(frozen=True)
class Source:
    """By whose word a sentence stands; `span` names the speaker, `at` is where the verb of saying stands."""

    standing: Standing = "fact"
    speaker: str | None = None
    at: int | None = None
    span: Span | None = None
    outsider: bool = False


@dataclass(frozen=True)
class Place:
    """A place that may be that of the event: how it is known (`rule`), and how surely it is (`weight`).

    A mere naming has its form (name, adjective, capital, body, local, region, house, within, unlisted), the
    part that it plays in its clause, and marks that say more of it.
    """

    sentence: int
    start: int
    end: int
    place: str | None
    country: str | None
    rule: str
    basis: Basis
    weight: float
    form: str = ""
    part: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Partners of a readout that have no names: "Disability Rights Leaders".

    `members` are the persons whom the text names for them; `end` is exclusive, in the title where `in_title`.
    """

    name: str
    start: int
    end: int
    in_title: bool
    side: str | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What one article says, read once: every stage that follows works on this.

    `unread` says why the rules could not read it; all else is empty then.  `sentences` are the spans of the
    body in order, `sources` has one for each.  Claims of the title have the sentence TITLE.  `places` are the
    candidates for the place of the event, by how they were found; `remote` are the words that say that it
    has none, a call.  `group` are partners without names.
    """

    zones: tuple[Zone, ...] = ()
    sentences: tuple[Span, ...] = ()
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    title_times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    remote: Place | None = None
    group: Group | None = None
    readout: bool = False
    unread: str | None = None

    @cached_property
    def _by_name(self) -> dict[str, Entity]:
        return {entity.name: entity for entity in self.entities}

    def entity(self, name: str | None) -> Entity | None:
        """The entity of this name."""
        return self._by_name.get(name) if name is not None else None

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Claim, ...]]:
        found: dict[int, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.sentence, []).append(claim)
        return {number: tuple(claims) for number, claims in found.items()}

    def claims_in(self, sentence: int) -> tuple[Claim, ...]:
        """The claims of a sentence, in order of their verbs."""
        return self._by_sentence.get(sentence, ())

    def times_in(self, sentence: int) -> tuple[Time, ...]:
        """The times that a sentence, or the title, names."""
        if sentence == TITLE:
            return self.title_times
        start, end = self.sentences[sentence]
        return tuple(time for time in self.times if start <= time.start < end)
