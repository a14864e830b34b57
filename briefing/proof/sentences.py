"""The sentences of summaries against what supports them.

A quoted sentence must be the source's, as it stands or as the condenser tightens it; a generated one must
pass the checks again that it passed when it was written; a source cited beside must say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefing.proof.evidence import Path, Wrong, named, shortened
from briefing.reading.parse import Reader
from briefing.reading.zones import body_of
from briefing.sentences import whole_quotations
from briefing.summarise import Condenser, ground, says_same, sentences_of
from briefing.types import Article, Evidence, Story, Summary, SummarySentence

# So few words that brackets, which make a sentence longer, find no room.
_NO_ROOM = 1


_Form = tuple[str, tuple[Evidence, ...]]


class SentenceCheck:
    """Checks the summaries of stories; one is enough for a brief."""

    def __init__(self) -> None:
        self._reader = Reader()
        self._condenser = Condenser(self._reader)
        self._known: dict[tuple[str, object, Evidence], list[_Form]] = {}

    def check(self, story: Story, path: Path) -> Iterator[Wrong]:
        """The sentences of the summary that do not follow from their evidence; all texts must be there."""
        for n, sentence in enumerate(story.summary.sentences):
            fault = self._fault(sentence, story.articles)
            if fault:
                headline = named({"headline": story.headline})
                place = f"{headline}, summary, sentence “{shortened(sentence.text)}”"
                yield Wrong((*path, "summary", "sentences", n), place, fault)

    def _fault(self, sentence: SummarySentence, articles: Sequence[Article]) -> str | None:
        if not sentence.evidence:
            return "it has no evidence"
        first = sentence.evidence[0]
        # Two articles may share an id, which is the input's.  Where none holds the quotation, that is said of
        # the evidence already.
        quoted = [one for one in articles if one.id == first.article and _stands(first, one)]
        faults = [self._fault_beside(sentence, article) for article in quoted]
        return None if None in faults else next(iter(faults), None)

    def _fault_beside(self, sentence: SummarySentence, article: Article) -> str | None:
        first = sentence.evidence[0]
        if not _is_whole(first, article):
            # A part may say the contrary of the whole.
            return "its evidence is not a whole sentence of the article"
        own = tuple(one for one in sentence.evidence if one.article == first.article)
        forms = self._generated(sentence, article) if sentence.generated else self._quoted(first, article)
        texts = [text for text, _ in forms]
        if sentence.text not in texts:
            said = "the article does not bear it out" if sentence.generated else "the source says"
            return said if sentence.generated else f"{said} “{shortened(min(texts, key=len))}”"
        if (sentence.text, own) not in forms:
            return "its evidence is not what it was made from"
        for one in sentence.evidence:
            if one.article != first.article and not says_same(one.quote, sentence.text):
                return f"“{shortened(one.quote)}” does not say the same"
        return None

    def _generated(self, sentence: SummarySentence, article: Article) -> list[_Form]:
        grounded = ground(sentence.text, article, sentences_of(article), self._reader)
        return [
            (one.text, _in(article, one.evidence))
            for one in grounded.sentences
            if one.generated and len(grounded.sentences) == 1
        ]

    def _quoted(self, first: Evidence, article: Article) -> list[_Form]:
        """Every form in which the sentence may be printed, with the evidence of each.

        Which one it is depends on the length asked for, and on whether the sentence before is printed, too.
        """
        if first.field == "title":
            return [(whole_quotations(first.quote), (first,))]
        key = (article.sha256, article.date, first)
        if key not in self._known:
            self._known[key] = list(self._forms(first, article))
        return self._known[key]

    def _forms(self, first: Evidence, article: Article) -> Iterator[_Form]:
        quoted = SummarySentence(first.quote, (first,))
        before = _before(article, first.start)
        forms = [
            (first.quote, (first,)),
            (whole_quotations(first.quote), (first,)),
            self._condensed(article, [quoted], _NO_ROOM),
            self._condensed(article, [quoted]),
        ]
        if before is not None:
            forms.append(self._condensed(article, [before, quoted]))
        yield from ((text, _in(article, evidence)) for text, evidence in forms)

    def _condensed(
        self, article: Article, sentences: Sequence[SummarySentence], words: int | None = None
    ) -> _Form:
        summary = Summary(tuple(sentences), "selected", "")
        (made,) = self._condenser.condense([article], [summary], words)
        return made.sentences[-1].text, made.sentences[-1].evidence


def _stands(evidence: Evidence, article: Article) -> bool:
    return _part(evidence, article)[evidence.start : evidence.end] == evidence.quote


def _is_whole(evidence: Evidence, article: Article) -> bool:
    """Whether it quotes a whole sentence of the body, or the whole title."""
    if evidence.field == "title":
        return evidence.quote == article.title
    return (evidence.start, evidence.end) in body_of(article)


def _part(evidence: Evidence, article: Article) -> str:
    return (article.title or "") if evidence.field == "title" else article.text


def _in(article: Article, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(one.start, one.end, one.quote, one.field, article.id) for one in evidence)


def _before(article: Article, start: int) -> SummarySentence | None:
    """The sentence that stands right before an offset."""
    spans = body_of(article)
    for (left, right), (after, _) in pairwise(spans):
        if after == start:
            quote = article.text[left:right]
            return SummarySentence(quote, (Evidence(left, right, quote, article=article.id),))
    return None
