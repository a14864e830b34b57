"""Where the articles of one story part: conflicts, and updates where one of them knows more.

    articles → sentences, read ─┬→ parallel sentences that differ in one thing ─┬→ topics → conflicts, updates
                                ├→ quantities that reports give of the event ───┤
                                └→ names that differ in one letter ─────────────┘

A conflict is claimed only where two articles speak of the same thing at the same moment and cannot both be
right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.brief.differences.claims import Claim, Stance, Topic, join, settle
from briefing.brief.differences.comparison import Parting, name_of
from briefing.brief.differences.measured import measure_of, measured
from briefing.brief.differences.parallel import partings
from briefing.brief.differences.places import is_place
from briefing.brief.differences.reading import Sentence, Token, evidence_of, read, small_words, text_of
from briefing.brief.differences.spellings import spelled_apart
from briefing.reading.zones import body_of
from briefing.sentences import whole_quotations
from briefing.types import Article, Aspect, Difference, Slots

__all__ = ["Differences", "differences", "measure_of"]

_SUBJECT_WORDS = 6
_FEWEST_SUBJECT_WORDS = 2


@dataclass(frozen=True)
class Differences:
    """What the articles of a story say differently."""

    conflicts: tuple[Difference, ...] = ()
    updates: tuple[Difference, ...] = ()


def differences(articles: Sequence[Article], slots: Sequence[Slots]) -> Differences:
    """The conflicts and updates among the articles of one story, reprints taken out.

    `slots` holds those of each article, in the same order.
    """
    if len(articles) < 2:
        return Differences()
    small = small_words(article.text for article in articles)
    sentences = _read(articles, small)
    topics = [
        *_from_parallels(articles, sentences),
        *measured(articles, sentences),
        *spelled_apart(articles, sentences, small),
    ]
    conflicts: list[Difference] = []
    updates: list[Difference] = []
    for topic in join(topics):
        for kind, difference in settle(topic, articles):
            (conflicts if kind == "conflict" else updates).append(difference)
    return Differences(tuple(conflicts), tuple(updates))


def _read(articles: Sequence[Article], lower: frozenset[str]) -> list[list[Sentence]]:
    made = []
    for n, article in enumerate(articles):
        own = []
        if article.title:
            title = article.title
            own.append(
                Sentence(
                    n, 0, len(title), read(title, 0, len(title), article.date, lower, title=True), "title"
                )
            )
        for start, end in body_of(article):
            own.append(Sentence(n, start, end, read(article.text, start, end, article.date, lower)))
        made.append(own)
    return made


def _from_parallels(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> Iterator[Topic]:
    for ours, theirs, comparison in partings(sentences):
        for parting in comparison.partings:
            aspect = _aspect(parting, ours[0], theirs[0])
            stances = (Stance(not parting.denies), Stance(parting.denies))
            claims = [
                _claim(articles[copy.article], copy, aspect, [copy.tokens[token.n] for token in said], stance)
                for copies, said, stance in (
                    (ours, parting.ours, stances[0]),
                    (theirs, parting.theirs, stances[1]),
                )
                for copy in copies
            ]
            copy, said = min(
                (ours[0], parting.ours), (theirs[0], parting.theirs), key=lambda one: one[0].article
            )
            yield Topic(aspect, _subject(articles[copy.article], copy, said), tuple(claims))


def _aspect(parting: Parting, *sentences: Sentence) -> Aspect:
    """The aspect of a parting, that of names told apart by what they name."""
    if parting.aspect != "participant":
        return parting.aspect
    for sentence, name in zip(sentences, (parting.ours, parting.theirs), strict=True):
        first = name[0].n
        if is_place(name, sentence.tokens[first - 1] if first else None):
            return "place"
    return "participant"


def _claim(
    article: Article, sentence: Sentence, aspect: Aspect, said: Sequence[Token], stance: Stance
) -> Claim:
    evidence = evidence_of(article, sentence)
    if aspect == "denial":
        shown = " ".join(whole_quotations(evidence.quote).split())
        return Claim(sentence.article, (sentence.field, sentence.start), stance, shown, evidence)
    start, end = said[0].start, said[-1].end
    value = said[0].value or name_of(said)
    return Claim(
        sentence.article, (sentence.field, start), value, text_of(article, sentence)[start:end], evidence
    )


def _subject(article: Article, sentence: Sentence, said: Sequence[Token]) -> str:
    """The words that follow what the articles part over, or lead to it where too few follow."""
    text = text_of(article, sentence)
    start, end = (said[0].start, said[-1].end) if said else (sentence.start, sentence.start)
    after = re.split(r"[,;:.!?()–—\"“”]", text[end : sentence.end])[0].split()
    before = re.split(r"[,;:.!?()–—\"“”]", text[sentence.start : start])[-1].split()
    if len(after) >= _FEWEST_SUBJECT_WORDS or len(after) >= len(before):
        return " ".join(after[:_SUBJECT_WORDS]) or " ".join(text[sentence.start : sentence.end].split())
    return " ".join(before[-_SUBJECT_WORDS:])
