"""Brings the rules to the sentences of many articles at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from math import inf

from briefing.editing import Edit, apart, applied, overlaps
from briefing.reading.dateline import written_on
from briefing.reading.here import placed
from briefing.reading.parse import Reader
from briefing.reading.pronouns import REACH, Referents, pronoun_at
from briefing.reading.words import Sentence as Parsed
from briefing.reading.zones import body_of, dateline_of
from briefing.summarise.condense.cuts import confirm
from briefing.summarise.condense.guard import Guard, quotes, written_small
from briefing.summarise.condense.moments import mentions_moment, moments
from briefing.summarise.condense.proposals import Place, Proposal, Proposer
from briefing.summarise.condense.rules import Rules, load_rules
from briefing.types import Article, Evidence, Summary, SummarySentence

# Characters of what is parsed at most: longer "sentences" are tables and lists, and the parser's memory
# grows with them.
_LONGEST = 2_000
# Articles whose sentences are parsed in one batch.
_TOGETHER = 16


@dataclass
class _Draft:
    """A quoted sentence, text[start:end] of its article, with what might be done to it.

    `place` is None where quotations forbid everything; `before` are the sentences in which the one may stand
    whom the pronoun at `pronoun` means.
    """

    start: int
    end: int
    place: Place | None = None
    proposals: Sequence[Proposal] = ()
    dated: bool = False
    pronoun: tuple[int, int] | None = None
    before: Sequence[tuple[int, int]] = ()
    parsed: Parsed | None = None
    parsed_before: list[Parsed] = field(default_factory=list)

    @property
    def needs_parse(self) -> bool:
        """Whether the grammar decides anything."""
        return self.dated or self.pronoun is not None or any(one.needs_parse for one in self.proposals)


class _Setting:
    """What the article says about all of its sentences; each thing is found out when it is asked for."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self._article = article

    @cached_property
    def small(self) -> bool:
        """Whether names lack their capitals."""
        return written_small(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where all sentences of the body stand."""
        return body_of(self._article)

    def before(self, start: int) -> list[tuple[int, int]]:
        """Where the nearest sentences before an offset stand, back to one that is too long to read."""
        found: list[tuple[int, int]] = []
        for span in reversed([span for span in self.sentences if span[0] < start][-REACH:]):
            if span[1] - span[0] > _LONGEST:
                break
            found.insert(0, span)
        return found

    @cached_property
    def place(self) -> tuple[int, int] | None:
        """Where the place of the article's dateline stands."""
        dateline = dateline_of(self._article)
        return dateline.place if dateline is not None else None

    @cached_property
    def day(self) -> dt.date | None:
        """The day on which the article was written."""
        return written_on(dateline_of(self._article), self._article.date)


class Condenser:
    """Condenses by the rules over the grammar that the reader finds; one is enough for each process."""

    def __init__(self, reader: Reader, rules: Rules | None = None) -> None:
        self._reader = reader
        rules = rules or load_rules()
        self._guard = Guard(rules.protected)
        self._saying = frozenset(rules.saying)
        self._proposer = Proposer(rules.cuts, self._guard)
        self._referents = Referents()
        self.applied: Counter[str] = Counter()
        """How often each rule has changed a sentence."""

    def condense(
        self, articles: Sequence[Article], summaries: Iterable[Summary], words: int | None = None
    ) -> Iterator[Summary]:
        """The summaries with what they quote condensed, in order; what a model wrote stays as it is.

        The evidence of a sentence is still the whole one of the article, then where the words in brackets
        stand.  With `words`, brackets are left out where they would make a summary longer than that.
        """
        made = iter(summaries)
        for first in range(0, len(articles), _TOGETHER):
            some = articles[first : first + _TOGETHER]
            yield from self._condense(some, list(islice(made, len(some))), words)

    def _condense(
        self, articles: Sequence[Article], summaries: Sequence[Summary], words: int | None
    ) -> Iterator[Summary]:
        settings = [_Setting(article) for article in articles]
        drafts = [
            [self._draft(setting, summary.sentences, n) for n in range(len(summary.sentences))]
            for setting, summary in zip(settings, summaries, strict=True)
        ]
        self._parse([(s.text, one) for s, of in zip(settings, drafts, strict=True) for one in of if one])
        for setting, of, summary in zip(settings, drafts, summaries, strict=True):
            yield replace(summary, sentences=tuple(self._print(setting, of, summary.sentences, words)))

    def _draft(self, setting: _Setting, printed: Sequence[SummarySentence], n: int) -> _Draft | None:
        if printed[n].generated:
            return None
        text, evidence = setting.text, printed[n].evidence[0]
        if evidence.end - evidence.start > _LONGEST:
            return None
        start = evidence.start
        draft = _Draft(start, evidence.end)
        quoted = quotes(text, start, evidence.end)
        if quoted is None:
            return draft
        draft.place = Place(text, start, evidence.end, quoted, setting.small)
        draft.proposals = self._proposer.propose(draft.place)
        draft.dated = mentions_moment(draft.place, setting.day)
        at = next((one.end for one in draft.proposals if one.start == start and not one.needs_parse), start)
        while text[at] in " ,":
            at += 1
        # Where the sentence before is printed before, that says who is meant.
        told = n > 0 and not text[printed[n - 1].evidence[0].end : evidence.start].strip()
        draft.pronoun = None if told or setting.small else pronoun_at(text, at)
        if draft.pronoun is not None:
            draft.before = setting.before(start)
        return draft

    def _parse(self, drafts: Sequence[tuple[str, _Draft]]) -> None:
        """Reads the grammar where it decides; names cost half of the time, and only pronouns need them."""
        plain = [(text, one) for text, one in drafts if one.needs_parse and one.pronoun is None]
        spans = [(text, (one.start, one.end)) for text, one in plain]
        for (_, draft), parsed in zip(plain, self._reader.read_spans(spans, names=False), strict=True):
            draft.parsed = parsed
        named = [(text, one) for text, one in drafts if one.pronoun is not None]
        spans = [(text, span) for text, one in named for span in (*one.before, (one.start, one.end))]
        read = iter(self._reader.read_spans(spans))
        for _, draft in named:
            draft.parsed_before = [next(read) for _ in draft.before]
            draft.parsed = next(read)

    def _print(
        self,
        setting: _Setting,
        drafts: Sequence[_Draft | None],
        quoted: Sequence[SummarySentence],
        words: int | None,
    ) -> Iterator[SummarySentence]:
        cuts = [self._cuts(draft) if draft else [] for draft in drafts]
        texts = [
            _applied(setting, draft, edits) if draft else sentence.text
            for draft, edits, sentence in zip(drafts, cuts, quoted, strict=True)
        ]
        room = inf if words is None else words - sum(len(text.split()) for text in texts)
        for n, (draft, edits, sentence) in enumerate(zip(drafts, cuts, quoted, strict=True)):
            if draft is None:
                yield sentence
                continue
            edits = apart([*edits, *self._references(setting, draft, quoted[n - 1] if n else None)])
            text = _applied(setting, draft, edits)
            longer = len(text.split()) - len(texts[n].split())
            if longer > room:
                text, edits = texts[n], cuts[n]
            else:
                room -= longer
            self.applied.update(edit.rule for edit in edits)
            sources = dict.fromkeys(source for edit in edits for source in edit.sources)
            yield SummarySentence(
                text,
                (
                    *sentence.evidence,
                    *(Evidence(start, end, setting.text[start:end]) for start, end in sources),
                ),
            )

    def _cuts(self, draft: _Draft) -> list[Edit]:
        edits = []
        if draft.place is not None:
            for proposal in draft.proposals:
                edit = confirm(proposal, draft.place, draft.parsed, self._guard, self._saying)
                if edit is not None:
                    edits.append(edit)
        return apart(edits)

    def _references(self, setting: _Setting, draft: _Draft, before: SummarySentence | None) -> list[Edit]:
        """The edits in brackets; none for a pronoun whose meaning stands in the sentence printed before."""
        edits = []
        if draft.pronoun is not None and draft.parsed is not None:
            named = self._referents.find(draft.pronoun[0], draft.parsed, draft.parsed_before)
            told = [(one.start, one.end) for one in before.evidence] if before else []
            if named is not None and not overlaps(named, told):
                edits.append(_named(setting.text, draft.pronoun, named))
        if draft.dated and draft.parsed is not None and draft.place is not None:
            edits += moments(draft.place, draft.parsed, setting.day)
        if setting.place is not None:
            name = setting.text[slice(*setting.place)]
            name = name.title() if name.isupper() else name
            edits += placed(setting.text, (draft.start, draft.end), setting.place, name)
        return edits


def _named(text: str, pronoun: tuple[int, int], span: tuple[int, int]) -> Edit:
    """The edit that puts a name, which stands at `span`, for a pronoun."""
    name = text[slice(*span)]
    return Edit(pronoun, f"[{name[0].upper()}{name[1:]}]", [span], "referent")


def _applied(setting: _Setting, sentence: _Draft, edits: Sequence[Edit]) -> str:
    """The sentence after the edits, with a capital where it has a new first word."""
    text = applied(setting.text, (sentence.start, sentence.end), edits).strip()
    if edits and edits[0].span[0] == sentence.start and not setting.small:
        first = 1 if text.startswith("[") else 0
        text = text[:first] + text[first : first + 1].upper() + text[first + 1 :]
    return text
