"""Slots: who acted, where, what was agreed, and what comes next, each with the sentence it stands in.

The rules are data (`rules/*.yaml`); this folder holds what reads and applies them:

    rules.py      the schema of the rule files; loading.py reads them, the desk's over the bundled ones
    language.py   whether a text is in English
    lexicon.py    states, bodies and places by name
    people.py     persons that a sentence names; roles.py the office it gives them
    cast.py       everyone named in the article; casting.py finds them, identity.py knows who is one
    offices.py    offices without a name, and what kind of office one is
    sides.py      for whom a person speaks; issuer.py the same for an official readout
    dateline.py   the place that the text opens with
    reading.py    an article with all of this, from which each slot is read
    speech.py     who says what a sentence states
    grammar.py    who does what in a clause; moods.py whether it is asserted at all
    parts.py      texts of any length
    matching.py   statement rules against a sentence
    notes.py      why a value is there and another is not
    who.py, where.py, agreed.py, outlook.py     one slot each
    partners.py   whom "they" stand for; places.py what place is named
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.reading.article import Reading, written_small
from briefing.reading.cast import TITLE
from briefing.reading.casting import Caster
from briefing.reading.dateline import find_dateline
from briefing.reading.language import ENGLISH, LanguageFinder
from briefing.reading.lexicon import Lexicon
from briefing.reading.offices import OfficeReader
from briefing.reading.parse import Reader, Sentence, Word
from briefing.reading.sides import settle_sides
from briefing.reading.speech import attribute
from briefing.slots.agreed import AgreedReader
from briefing.slots.loading import load_rules
from briefing.slots.notes import Notes
from briefing.slots.outlook import OutlookReader
from briefing.slots.partners import principal_names
from briefing.slots.parts import merge, parts
from briefing.slots.rules import Rules
from briefing.slots.where import WhereReader
from briefing.slots.who import WhoReader
from briefing.types import Article, Note, Slots

__all__ = ["Extractor", "Rules", "load_rules", "normal_names"]


def normal_names(names: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """The sides that names stand for, as the slots name them: "UK" is "United Kingdom".

    A name that the word lists do not know stays as it is.
    """
    if not names:
        return ()
    lexicon = Lexicon(rules)
    written = {name: (name, name.title(), name.upper()) for name in names}
    found = {name: next(filter(None, map(lexicon.look_up, ways)), None) for name, ways in written.items()}
    return tuple(dict.fromkeys(entry.side if entry else name for name, entry in found.items()))


class Extractor:
    """Reads the slots of articles, with the language model given or one loaded here: one for each process."""

    def __init__(self, rules: Rules, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()
        self._take(rules, Lexicon(rules))

    def with_rules(self, rules: Rules) -> Extractor:
        """An extractor with other statement rules that shares the language model and the word lists."""
        other = copy.copy(self)
        other._take(rules, self._lexicon)
        return other

    def _take(self, rules: Rules, lexicon: Lexicon) -> None:
        self._rules = rules
        self._lexicon = lexicon
        self._languages = LanguageFinder(rules.languages)
        self._offices = OfficeReader(rules.offices, lexicon)
        self._caster = Caster(lexicon, self._offices)
        self._who = WhoReader(rules, self._offices)
        self._where = WhereReader(rules, lexicon)
        self._agreed = AgreedReader(rules)
        self._outlook = OutlookReader(rules)

    def extract(self, articles: Sequence[Article]) -> Iterator[Slots]:
        """The slots of each article, in order; none, with a warning, where it is not in English."""
        unread = {n: told for n, article in enumerate(articles) if (told := self._unread(article))}
        readable = [article for n, article in enumerate(articles) if n not in unread]
        cut = (part for article in readable for part in parts(article))
        shown, read = itertools.tee(cut)
        parsed = self._reader.read(text for _, part in read for text in (part.title or "", part.text))
        silent = Notes(on=False)
        for n, article in enumerate(articles):
            if n in unread:
                yield Slots(warnings=(unread[n],))
                continue
            found: list[tuple[int, Slots]] = []
            length = 0
            while length < len(article.text) or not found:
                offset, part = next(shown)
                title, body = next(parsed), next(parsed)
                found.append((offset, self._slots(self._reading(part, title, body), silent)))
                length = offset + len(part.text)
            yield merge(found)

    def _unread(self, article: Article) -> str | None:
        """Why the rules cannot read the article; None where they can."""
        language = self._languages.find(article.text)
        if language == ENGLISH:
            return None
        return f"the text seems to be in another language ({language}); only English is read: no slots"

    def _reading(self, article: Article, title: Sequence[Sentence], body: tuple[Sentence, ...]) -> Reading:
        heading = _one_sentence(title)
        every: Iterable[Sentence] = (heading, *body) if heading else body
        sentences = tuple(every)
        texts = [(article.title or "") if one.number == TITLE else article.text for one in sentences]
        lower_case = written_small(body)
        cast = self._caster.cast(sentences, texts, lower_case=lower_case)
        sources = attribute(body, article.text, cast, self._rules.speech)
        return Reading(
            article.text,
            article.title or "",
            article.date,
            article.source,
            body,
            heading,
            tuple(sources),
            cast,
            lower_case,
            find_dateline(article.text, self._lexicon, cast.states_named),
        )

    def explain(self, article: Article) -> tuple[Slots, tuple[Note, ...]]:
        """The slots of an article, and what became of every rule that was considered for them.

        A text of more than one part (see parts.py) is explained for its first part.
        """
        unread = self._unread(article)
        if unread is not None:
            return Slots(warnings=(unread,)), ()
        _, part = next(parts(article))
        title, body = self._reader.read([part.title or "", part.text])
        notes = Notes()
        slots = self._slots(self._reading(part, title, body), notes)
        return slots, tuple(notes.notes)

    def _slots(self, reading: Reading, notes: Notes) -> Slots:
        hosts = settle_sides(reading, self._lexicon, self._offices)
        who = self._who.read(reading, notes)
        principals, sides = principal_names(reading, who)
        return Slots(
            who=tuple(who),
            where=tuple(self._where.read(reading, hosts, notes)),
            agreed=tuple(self._agreed.read(reading, principals, sides, notes)),
            outlook=tuple(self._outlook.read(reading, notes)),
        )


def _one_sentence(title: Sequence[Sentence]) -> Sentence | None:
    """The title as one sentence, whatever full stops it holds."""
    words: list[Word] = []
    for sentence in title:
        shift = len(words)
        words += [replace(word, i=word.i + shift, head=word.head + shift) for word in sentence.words]
    return Sentence(TITLE, words[0].start, words[-1].end, tuple(words)) if words else None
