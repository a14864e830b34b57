"""What an article says, read once: zones, mentions, claims, who says what, times and places.

parse.py        spaCy's words and grammar, as plain values (words.py); nothing else imports spaCy
labels.py       what the parser's labels of a word mean
english/        language data: lists of words with names; data.py is their schema
language.py     whether a text is in English
zones/, dateline.py, furniture.py  what of the text is body, and what stands around it
grammar.py      who does what to whom in a sentence
factuality.py   how far a clause is asserted, and which word says so
clauses.py      verbs and nouns of events → claims
speech.py       by whose word a sentence stands
lexicon.py      states, bodies and places by name; names.py which names are one person's
people.py, namewords.py, behind.py  persons; what a name may be; names behind long offices
roles.py, described.py, spans.py    the office that stands with a name, else what the grammar says he is
offices.py      what an office says: the state, the body, whether it is over
cast.py, casting.py, bodies.py      everyone whom the article names; bodies that no list has
namesakes.py                        whether Georgia is the state or a region of another
sides.py, issuer.py, belonging.py   for whom they speak
mentions.py     entities, and what each mention is in its clause; partners.py groups without names
places.py, namings.py, scene.py     places, and which may be that of the event
standing.py, leaning.py, here.py    what a sentence needs of those before it; the place of "here"
parsed.py       what all of these work on
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.reading.attribution import find_attributions
from briefing.reading.cast import Cast
from briefing.reading.casting import Caster
from briefing.reading.clauses import ClauseReader
from briefing.reading.data import Language
from briefing.reading.dateline import Dateline, Opening, day_of, place_of, written_on
from briefing.reading.event import with_roles
from briefing.reading.language import ENGLISH, LanguageFinder
from briefing.reading.lexicon import Lexicon, lexicon_of
from briefing.reading.mentions import MentionReader
from briefing.reading.offices import OfficeReader
from briefing.reading.parse import Reader
from briefing.reading.parsed import Parsed, written_small
from briefing.reading.partners import partner_group
from briefing.reading.scene import SceneReader
from briefing.reading.sides import settle_sides
from briefing.reading.speech import SpeechReader
from briefing.reading.times import times_of
from briefing.reading.words import Sentence, Word
from briefing.reading.zones import ZoneFinder, body_sentences
from briefing.sentences import split_sentences
from briefing.types import TITLE, Article, Reading, Span, Zone

__all__ = ["ArticleReader", "Reader"]

# A longer text is no article: a dump, a book, a day of a wire.  It is read in parts, so that memory does not
# grow with it; who and where come from the first part, which tells the event.
PART_CHARS = 250_000


@dataclass(frozen=True)
class _Plan:
    """How an article is to be read: its zones and the sentences of each part, or why it cannot be."""

    zones: tuple[Zone, ...] = ()
    parts: tuple[tuple[Span, ...], ...] = ()
    unread: str | None = None


class ArticleReader:
    """Reads articles, with the language model given or one loaded here: one for each process."""

    def __init__(self, language: Language, parser: Reader | None = None) -> None:
        self._parser = parser or Reader()
        self._language = language
        self._lexicon = lexicon_of(language)
        self._zones = ZoneFinder(language.zones)
        self._languages = LanguageFinder(language.languages)
        self._offices = OfficeReader(language.offices, self._lexicon)
        self._caster = Caster(self._lexicon, self._offices)
        self._clauses = ClauseReader(language)
        self._mentions = MentionReader(language)
        self._scene = SceneReader(self._lexicon)
        self._speech = SpeechReader(language)

    def read(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """The reading of each article, in order; an empty one that says why where it is not in English."""
        plans = [self._plan(article) for article in articles]
        parsed = self._parser.read_sentences(
            passage
            for article, plan in zip(articles, plans, strict=True)
            if plan.unread is None
            for passage in _passages(article, plan)
        )
        for article, plan in zip(articles, plans, strict=True):
            if plan.unread is not None:
                yield Reading(unread=plan.unread)
                continue
            heading = _one_sentence(next(parsed))
            bodies = (next(parsed) for _ in plan.parts)
            opening = self._zones.dateline(article.text, plan.zones)
            readings = [
                self._reading(article, opening, heading if n == 0 else None, body)
                for n, body in enumerate(bodies)
            ]
            yield replace(_joined(readings), zones=plan.zones)

    def _plan(self, article: Article) -> _Plan:
        language = self._languages.find(article.text)
        if language != ENGLISH:
            return _Plan(
                unread=f"the text seems to be in another language ({language}); only English is read"
            )
        zones = self._zones.find(article.text, article.title, article.source)
        return _Plan(zones, tuple(_parts(body_sentences(article.text, zones))) or ((),))

    def _reading(
        self, article: Article, opening: Opening | None, heading: Sentence | None, body: tuple[Sentence, ...]
    ) -> Reading:
        every: Iterable[Sentence] = (heading, *body) if heading else body
        sentences = tuple(every)
        texts = [(article.title or "") if one.number == TITLE else article.text for one in sentences]
        lower_case = written_small(body)
        whole = f"{article.title or ''}\n{article.text}"
        cast = self._caster.cast(sentences, texts, whole, lower_case=lower_case)
        attributions = find_attributions(body, article.text, self._language.speech)
        dateline = _dateline(opening, article, self._lexicon, cast)
        parsed = Parsed(
            article.text,
            article.title or "" if heading is not None else "",
            written_on(opening, article.date),
            article.source,
            body,
            heading,
            tuple(self._speech.read(body, article.text, cast, attributions)),
            cast,
            lower_case,
            dateline,
        )
        hosts = settle_sides(parsed, self._lexicon, self._offices)
        entities, times = self._mentions.read(parsed), times_of(parsed, body)
        claims = self._clauses.read(sentences, cast)
        return Reading(
            sentences=tuple((one.start, one.end) for one in body),
            sources=parsed.sources,
            entities=entities,
            claims=with_roles(claims, parsed.sources, entities, times, parsed.published),
            attributions=attributions,
            times=times,
            title_times=times_of(parsed, [heading] if heading is not None else []),
            places=self._scene.read(parsed, hosts),
            remote=self._scene.remote(parsed),
            group=partner_group(parsed, self._offices),
            readout=parsed.is_readout,
        )


def _dateline(opening: Opening | None, article: Article, lexicon: Lexicon, cast: Cast) -> Dateline | None:
    if opening is None:
        return None
    place, state = place_of(opening, article.text, lexicon, cast.states_named, cast.regions) or (None, None)
    start, end = opening.place or (opening.start, opening.start)
    return Dateline(place, state, start, end, day_of(opening, article.date))


def _passages(article: Article, plan: _Plan) -> Iterator[tuple[str, Sequence[Span]]]:
    title = article.title or ""
    yield title, split_sentences(title)
    for part in plan.parts:
        yield article.text, part


def _parts(sentences: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    part: list[Span] = []
    for span in sentences:
        if part and span[1] - part[0][0] > PART_CHARS:
            yield tuple(part)
            part = []
        part.append(span)
    if part:
        yield tuple(part)


def _joined(parts: Sequence[Reading]) -> Reading:
    """One reading from those of the parts: statements from all, who and where from the first."""
    whole, *others = parts
    for part in others:
        sentences, claims = len(whole.sentences), len(whole.claims)
        moved = (
            replace(
                one,
                sentence=one.sentence + sentences,
                holder=None if one.holder is None else one.holder + claims,
            )
            for one in part.claims
        )
        whole = replace(
            whole,
            sentences=whole.sentences + part.sentences,
            sources=whole.sources + part.sources,
            claims=(*whole.claims, *moved),
            attributions=whole.attributions + part.attributions,
            times=whole.times + part.times,
        )
    return whole


def _one_sentence(title: Sequence[Sentence]) -> Sentence | None:
    """The title as one sentence, whatever full stops it holds."""
    words: list[Word] = []
    for sentence in title:
        shift = len(words)
        words += [replace(word, i=word.i + shift, head=word.head + shift) for word in sentence.words]
    return Sentence(TITLE, words[0].start, words[-1].end, tuple(words)) if words else None
