"""Who met whom: the first sentence of a story that says that two sides met, or will."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.brief.merge import fold, surname
from briefing.brief.rules import meeting_rules
from briefing.sentences import split_sentences
from briefing.types import Article, Evidence, Meeting, Slots, Story, Where, Who

# A meeting that an article is about stands in its title or opening.
_OPENING_SENTENCES = 6


def meetings(story: Story) -> list[Meeting]:
    """At most one meeting held and one planned a story, each with the sentence that reports it."""
    found: dict[str, Meeting] = {}
    for article in story.articles:
        for evidence in _candidates(article):
            meeting = _meeting(evidence, story, article)
            if meeting and meeting.status not in found:
                found[meeting.status] = meeting
    return list(found.values())


def names_meeting(text: str) -> bool:
    """Whether the text speaks of a meeting, a visit or a call."""
    return _format(text) is not None


def _candidates(article: Article) -> Iterator[Evidence]:
    for start, end in split_sentences(article.text)[:_OPENING_SENTENCES]:
        yield Evidence(start, end, article.text[start:end], article=article.id)
    if article.title:
        yield Evidence(0, len(article.title), article.title, field="title", article=article.id)


def _meeting(evidence: Evidence, story: Story, article: Article) -> Meeting | None:
    rules = meeting_rules()
    until = re.search(rules.until, evidence.quote, re.IGNORECASE)
    clause = evidence.quote[: until.start()] if until else evidence.quote
    form = _format(clause)
    if form is None or re.search(rules.not_held, clause, re.IGNORECASE):
        return None
    parties = _parties(clause, story.slots)
    if len({party.side for party in parties if party.side}) < 2:
        return None
    planned = re.search(rules.planned, clause, re.IGNORECASE) is not None
    today = re.search(r"\btoday\b", clause, re.IGNORECASE) and not planned
    form = _format(article.title or "") or form
    return Meeting(
        parties=tuple(parties),
        format=form,
        status="planned" if planned else "held",
        story=story.id,
        evidence=(evidence,),
        place=_place(evidence, story.slots) if form != "call" and not planned else None,
        date=article.date if today else None,
    )


def _place(evidence: Evidence, slots: Slots) -> Where | None:
    """The place that the same sentence gives: one from elsewhere may be that of another meeting."""
    for where in slots.where:
        first = where.evidence[0]
        same = first.article == evidence.article and first.field == evidence.field
        if same and evidence.start <= first.start and first.end <= evidence.end:
            return where
    return None


def _format(text: str) -> str | None:
    formats = meeting_rules().formats
    return next((name for name, words in formats.items() if re.search(words, text, re.IGNORECASE)), None)


def _parties(clause: str, slots: Slots) -> list[Who]:
    """The people whom the clause names; where they are not of two sides, the states with them.

    States alone are no parties: "Seoul urged China and Russia at the summit" is no meeting of the three.
    """
    said = fold(clause)
    people = [who for who in slots.who if who.kind == "person" and _names(said, surname(who.name))]
    sides = {who.side for who in people}
    if len(sides) > 1 or not people:
        return people
    states = [who for who in slots.who if who.kind == "state" and _names(said, fold(who.name))]
    return people + [state for state in states if state.side not in sides]


def _names(said: str, name: str) -> bool:
    # "Biden-Harris Administration" names neither of the two.
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said) is not None
