"""Summaries of the articles on one event → the summary of the story.

The lead's sentences come first.  What other articles report beyond them follows, that which most articles
report before the rest.  A sentence that a later article has overtaken gives way to the newer one.  Each
sentence cites every article in which a sentence says the same.

Redundancy is judged as in maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), by words; that
another sentence says the same is judged strictly, because it is printed as a source: it must hold all numbers
and names, in the same order, and be denied or not alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.numbers import numbers
from briefing.reading.zones import body_of
from briefing.sentences import whole_quotations
from briefing.summarise.words import word_lists
from briefing.types import Article, Difference, Evidence, Summary, SummarySentence

# What other articles add may not be longer than what the lead says.
_FURTHER_SENTENCES = 2
# Of the words of a sentence, the share that is told already where it adds nothing.
_TOLD = 0.5
# Of the words of a further sentence, the share that another article must hold, too: what none does is mostly
# no part of the event.
_SHARED = 0.5
# Of the words and of the names of a sentence, the share that another must hold to say the same; with fewer
# words than these, nothing can be told.
_SAME_WORDS = 0.75
_SAME_NAMES = 0.8
_FEWEST_WORDS = 5

_WORD = re.compile(r"[^\W_]+(?:['’]\w+)?")
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow".split())


@dataclass(frozen=True)
class _Said:
    """What a sentence says, for comparison."""

    text: str

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """Every word in order."""
        return tuple(_words(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.sequence) - word_lists().small

    @cached_property
    def days(self) -> frozenset[str]:
        return frozenset(self.sequence) & _DAYS

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Capitalised words but for the first of the sentence and days, where they first stand."""
        found = [_plain(match.group()) for match in _WORD.finditer(self.text) if match.group()[0].isupper()]
        first = self.sequence[:1]
        return tuple(name for name in dict.fromkeys(found) if name not in (*first, *_DAYS))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number.value for number in numbers(self.text))

    @cached_property
    def denied(self) -> bool:
        denying = word_lists().denying
        return sum(word in denying or word.endswith(("n't", "n’t")) for word in _words(self.text)) % 2 == 1

    def says(self, other: _Said) -> bool:
        """Whether this sentence says all that the other does."""
        shared = [name for name in other.names if name in self.words]
        return (
            len(other.words) >= _FEWEST_WORDS
            and len(other.words & self.words) >= _SAME_WORDS * len(other.words)
            and len(shared) >= _SAME_NAMES * len(other.names)
            and _in_order(shared, self.sequence)
            and other.numbers <= self.numbers
            and other.days <= self.days
            and other.denied == self.denied
        )


def summarise_story(
    articles: Sequence[Article],
    summaries: Sequence[Summary | None],
    updates: Sequence[Difference] = (),
    alone: Sequence[Collection[int]] = (),
) -> Summary:
    """The summary of a story; every evidence of it names its article.

    `articles` opens with the lead; `summaries` has that of each, None for those that were not summarised, and
    never for the lead.  `updates` are what later articles say differently.  `alone` says of each article
    where the sentences start that stand alone: no others are added to the lead's.
    """
    lead = summaries[0]
    assert lead is not None  # noqa: S101 - the caller's promise
    if len(articles) == 1:
        return replace(lead, sentences=tuple(_named(one, articles[0]) for one in lead.sentences))
    made = {
        article.id: [_named(one, article) for one in summary.sentences]
        for article, summary in zip(articles, summaries, strict=True)
        if summary
    }
    sources = _Sources(articles)
    standing = {
        (article.id, start) for article, starts in zip(articles, alone, strict=False) for start in starts
    }
    chosen = [_newest(sentence, updates, made, standing) for sentence in made[articles[0].id]]
    chosen = [one for n, one in enumerate(chosen) if one.text not in {other.text for other in chosen[:n]}]
    further = [one for own in made.values() for one in own if _at(one.evidence[0]) in standing]
    chosen += _further(chosen, further, sources)
    return replace(lead, sentences=tuple(sources.support(one) for one in chosen))


def says_same(quote: str, sentence: str) -> bool:
    """Whether a sentence of an article says all that a sentence of a summary does, and so supports it."""
    return _Said(quote).says(_Said(_BRACKETED.sub(" ", sentence)))


class _Sources:
    """The sentences of every article of a story."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._said = [
            (article, start, end, _Said(article.text[start:end]))
            for article in articles
            for start, end in body_of(article)
        ]

    def shares(self, sentence: SummarySentence) -> bool:
        """Whether enough of the words stand in an article other than the sentence's own."""
        own = sentence.evidence[0].article
        words = _Said(sentence.text).words
        others = [known for article, known in self._words.items() if article != own]
        return sum(any(word in known for known in others) for word in words) >= _SHARED * len(words)

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = {}
        for article, _, _, said in self._said:
            known.setdefault(article.id, set()).update(said.words)
        return known

    def support(self, sentence: SummarySentence) -> SummarySentence:
        """The sentence with the first one of each other article that says the same as further evidence."""
        said = _Said(_BRACKETED.sub(" ", sentence.text))
        cited = {one.article for one in sentence.evidence}
        further = []
        for article, start, end, own in self._said:
            if article.id not in cited and own.says(said):
                cited.add(article.id)
                further.append(Evidence(start, end, article.text[start:end], article=article.id))
        return replace(sentence, evidence=(*sentence.evidence, *further))


def _further(
    chosen: Sequence[SummarySentence], candidates: Sequence[SummarySentence], sources: _Sources
) -> Iterator[SummarySentence]:
    """What the others add: at most a few sentences, those first that most articles report."""
    told = frozenset[str]().union(*(_Said(one.text).words for one in chosen))
    room = sum(len(one.text.split()) for one in chosen)
    shared = [one for one in candidates if sources.shares(one)]
    by_support = sorted(shared, key=lambda one: -len(sources.support(one).evidence))
    left = _FURTHER_SENTENCES
    for sentence in by_support:
        words = _Said(sentence.text).words
        length = len(sentence.text.split())
        if not left or len(words & told) > _TOLD * len(words) or length > room:
            continue
        yield sentence
        told, room, left = told | words, room - length, left - 1


def _at(evidence: Evidence) -> tuple[str | None, int]:
    return evidence.article, evidence.start


def _newest(
    sentence: SummarySentence,
    updates: Sequence[Difference],
    made: Mapping[str, Sequence[SummarySentence]],
    standing: Collection[tuple[str | None, int]],
) -> SummarySentence:
    """The sentence, or the one of a later article that overtakes it."""
    for update in updates:
        *old, newest = update.versions
        now = newest.evidence[0]
        if not any(
            _overlap(one, own) for version in old for one in version.evidence for own in sentence.evidence
        ):
            continue
        summarised = [one for own in made.values() for one in own if _overlap(now, one.evidence[0])]
        if summarised:
            return summarised[0]
        if _at(now) in standing:
            return SummarySentence(whole_quotations(now.quote), (now,))
    return sentence


def _overlap(one: Evidence, other: Evidence) -> bool:
    return (one.article, one.field) == (other.article, other.field) and (
        one.start < other.end and other.start < one.end
    )


def _named(sentence: SummarySentence, article: Article) -> SummarySentence:
    return replace(sentence, evidence=tuple(replace(one, article=article.id) for one in sentence.evidence))


def _in_order(some: Sequence[str], sequence: Sequence[str]) -> bool:
    """Whether all of them stand in the sequence one after the other, with whatever between."""
    rest = iter(sequence)
    return all(one in rest for one in some)


def _words(text: str) -> Iterator[str]:
    return (_plain(match.group()) for match in _WORD.finditer(text))


def _plain(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())
