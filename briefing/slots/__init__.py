"""Slots: who acted, where, what was agreed, and what comes next, each with the sentence it stands in.

The rules are data (`rules/*.yaml`); they are held against what the article says (`briefing.reading`):

    rules.py      the schema of the rule files; loading.py reads them, the desk's over the bundled ones
    matching.py   statement rules against the claims of a sentence
    settling.py   of the rules that find a sentence the one that settles it, if it is sure enough
    who.py, where.py, agreed.py, outlook.py     one slot each
    acting.py, placing.py, stating.py    what speaks for an actor, a place, a statement; weighing.py weighs it
    parties.py    who agrees; principals.py whom "they" stand for
    notes.py      why a value is there and another is not
    examples.py   the rules against their own examples
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from briefing.reading import ArticleReader, Reader
from briefing.reading.lexicon import lexicon_of
from briefing.slots.agreed import AgreedReader
from briefing.slots.loading import load_rules
from briefing.slots.notes import Notes
from briefing.slots.outlook import OutlookReader
from briefing.slots.principals import partners_of
from briefing.slots.rules import Rules
from briefing.slots.where import WhereReader
from briefing.slots.who import WhoReader
from briefing.types import Article, Note, Reading, Slots

__all__ = ["Extractor", "Rules", "SlotReader", "load_rules", "normal_names"]


def normal_names(names: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """The sides that names stand for, as the slots name them: "UK" is "United Kingdom".

    A name that the word lists do not know stays as it is.
    """
    if not names:
        return ()
    lexicon = lexicon_of(rules)
    written = {name: (name, name.title(), name.upper()) for name in names}
    found = {name: next(filter(None, map(lexicon.look_up, ways)), None) for name, ways in written.items()}
    return tuple(dict.fromkeys(entry.side if entry else name for name, entry in found.items()))


class SlotReader:
    """Reads the slots off what an article says."""

    def __init__(self, rules: Rules) -> None:
        self.who = WhoReader(rules)
        self.where = WhereReader()
        self.agreed = AgreedReader(rules)
        self.outlook = OutlookReader(rules)

    def read(self, article: Article, reading: Reading) -> Slots:
        """The slots of an article; none, with a warning, where it could not be read."""
        return self._slots(article, reading, Notes(on=False))

    def explain(self, article: Article, reading: Reading) -> tuple[Slots, tuple[Note, ...]]:
        """The slots of an article, and what became of every rule that was considered for them."""
        notes = Notes()
        return self._slots(article, reading, notes), tuple(notes.notes)

    def _slots(self, article: Article, reading: Reading, notes: Notes) -> Slots:
        if reading.unread is not None:
            return Slots(warnings=(f"{reading.unread}: no slots",))
        who = self.who.read(article, reading, notes)
        actors = frozenset(one.name for one in who)
        return Slots(
            who=tuple(who),
            where=tuple(self.where.read(article, reading, notes)),
            agreed=tuple(self.agreed.read(article, reading, actors, partners_of(reading, who), notes)),
            outlook=tuple(self.outlook.read(article, reading, actors, notes)),
        )


class Extractor:
    """Reads articles and their slots in one go."""

    def __init__(self, rules: Rules, parser: Reader | None = None) -> None:
        self._reader = ArticleReader(rules, parser)
        self._slots = SlotReader(rules)

    def with_rules(self, rules: Rules) -> Extractor:
        """An extractor with other statement rules that shares the language model and the word lists."""
        other = copy.copy(self)
        other._slots = SlotReader(rules)
        return other

    def extract(self, articles: Sequence[Article]) -> Iterator[Slots]:
        """The slots of each article, in order."""
        for article, reading in zip(articles, self._reader.read(articles), strict=True):
            yield self._slots.read(article, reading)

    def explain(self, article: Article) -> tuple[Slots, tuple[Note, ...]]:
        """The slots of an article, and what became of every rule that was considered for them."""
        (reading,) = self._reader.read([article])
        return self._slots.explain(article, reading)
