"""Of the rules that find a sentence the one that settles it, and whether it is sure enough to be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from briefing.reading.wording import folded
from briefing.slots.matching import Context, Match, Matcher, Miss, Rule
from briefing.slots.notes import Notes
from briefing.slots.rules import Rules
from briefing.slots.stating import facts_of
from briefing.slots.weighing import load_weights
from briefing.types import TITLE, Article, Reading, Slot, quotation, text_of

# The weights were fitted on whole articles: two or three sentences say too little of what they are about.
_SHORT = 4  # sentences


class Settler:
    """Settles the sentences of one statement slot; of the rules that find one, the first by `order`."""

    def __init__(
        self, slot: Slot, rules: Rules, chosen: tuple[Rule, ...], order: Callable[[Match], Any]
    ) -> None:
        self._slot: Slot = slot
        self._matcher = Matcher(rules, chosen)
        self._order = order
        self._weights = load_weights(slot)

    def statements(
        self, article: Article, reading: Reading, actors: frozenset[str], notes: Notes
    ) -> Iterator[tuple[Context, Match]]:
        """The sentences that hold a statement, in order; the title only where none of the text does."""
        empty = True
        for context in _contexts(article, reading, actors):
            if context.number == TITLE and not empty:
                return
            if (match := self._settle(article, context, notes)) is not None:
                empty = False
                yield context, match

    def facts(
        self, article: Article, reading: Reading, actors: frozenset[str]
    ) -> Iterator[tuple[Context, dict[str, float]]]:
        """What speaks for and against each sentence that a rule finds: what the weights are fitted on."""
        for context in _contexts(article, reading, actors):
            found = [one for one in self._matcher.consider(context) if isinstance(one, Match)]
            if found and context.number != TITLE:
                yield context, facts_of(context, min(found, key=self._order), len(found) - 1)

    def _settle(self, article: Article, context: Context, notes: Notes) -> Match | None:
        considered = list(self._matcher.consider(context))
        found = [one for one in considered if isinstance(one, Match)]
        chosen = min(found, key=self._order, default=None)
        refused = chosen is not None and self._refuses(context, chosen, len(found) - 1)
        if notes.on:
            self._note(article, context, considered, chosen, refused=refused, notes=notes)
        return None if refused else chosen

    def _refuses(self, context: Context, chosen: Match, others: int) -> bool:
        if context.number == TITLE or len(context.reading.sentences) < _SHORT:
            return False
        return self._weights.sure(facts_of(context, chosen, others)) < self._weights.bound

    def _note(
        self,
        article: Article,
        context: Context,
        considered: Sequence[Match | Miss],
        chosen: Match | None,
        *,
        refused: bool,
        notes: Notes,
    ) -> None:
        """Notes what became of each rule that a sentence set off."""
        others = sum(isinstance(one, Match) for one in considered) - 1
        for one in considered:
            where = quotation(article, *one.claim.at, context.number)
            if isinstance(one, Miss):
                made, why = False, f"{one.lacks}{_cues(article, one)}"
            elif one is not chosen:
                made, why = False, f"{chosen.rule.name} comes before it" if chosen else ""
            elif refused:
                made, why = False, self._weights.why(facts_of(context, one, others))
            else:
                made, why = True, "all that the rule asks for is there"
            notes.add(self._slot, one.rule.name, where, made=made, why=why)


def _contexts(article: Article, reading: Reading, actors: frozenset[str]) -> Iterator[Context]:
    title = folded(article.title or "")
    for number, (start, end) in enumerate(reading.sentences):
        yield Context(reading, number, start, folded(article.text[start:end]), title, article.date, actors)
    if article.title:
        yield Context(reading, TITLE, 0, title, title, article.date, actors)


def _cues(article: Article, miss: Miss) -> str:
    """The words that made the clause what a rule does not allow."""
    if not miss.lacks.startswith("moods:"):
        return ""
    text = text_of(article, miss.claim.sentence)
    told = (f"{one.kind} by \u201c{text[one.start : one.end]}\u201d" for one in miss.claim.qualifiers)
    return f" ({', '.join(told)})"
