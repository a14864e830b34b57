"""Whether the grammar lets a proposed part go, and what goes with it: commas, dashes, blanks."""

from __future__ import annotations

import re

from briefing.editing import Edit, overlaps
from briefing.reading import attachment
from briefing.reading.grammar import subject_of_its_own
from briefing.reading.words import Sentence, Word
from briefing.summarise.condense.guard import Guard
from briefing.summarise.condense.proposals import Place, Proposal
from briefing.summarise.condense.rules import (
    AdverbRule,
    ClauseRule,
    EnclosedRule,
    OccasionRule,
)

_FEWEST_IN_CLAUSE, _MOST_IN_CLAUSE = 3, 25
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
# After "said in a statement", with these a new part of the sentence begins.
_NEW_PART = frozenset({".", ",", "that", "the", "it", "he", "she", "they"})


def confirm(
    proposal: Proposal, place: Place, parsed: Sentence | None, guard: Guard, saying: frozenset[str]
) -> Edit | None:
    """The edit that takes the part out; None where the grammar speaks against it, or was not read."""
    rule = proposal.rule
    if not proposal.needs_parse:
        return _opening(proposal, place)
    if parsed is None:
        return None
    first = next((word for word in parsed.words if word.start == proposal.start), None)
    last = next((word for word in parsed.words if word.end == proposal.end), None)
    if first is None:
        return None
    if isinstance(rule, ClauseRule):
        last = _clause_end(rule, place, parsed, first, guard)
    if last is None:
        return None
    match rule:
        case AdverbRule():
            fits = attachment.is_said_of_main_verb(parsed, first)
        case OccasionRule():
            fits = _said_by_speaker(parsed, first, last, saying)
        case EnclosedRule():
            # "IRL (in real life)": what explains an abbreviation stays.
            before = place.text[place.start : first.start].split()[-1:]
            fits = attachment.is_detachable(parsed, first, last) and not any(
                word.isupper() for word in before
            )
        case _:
            fits = True
    return _taken_out(rule.name, place, parsed, first, last) if fits else None


def _opening(proposal: Proposal, place: Place) -> Edit:
    """A part whose comma and blanks go with it."""
    end = proposal.end
    while place.text[end] in " ,":
        end += 1
    return Edit((proposal.start, end), rule=proposal.rule.name)


def _taken_out(rule: str, place: Place, parsed: Sentence, first: Word, last: Word) -> Edit:
    text = place.text
    if not text[place.start : first.start].strip():
        end = last.end
        while text[end : end + 1] in {" ", ","}:
            end += 1
        return Edit((place.start, end), rule=rule)
    start = first.start
    while text[start - 1] == " ":
        start -= 1
    comma = text[start - 1] == ","
    if comma:
        start -= 1
        while text[start - 1] == " ":
            start -= 1
    end = last.end
    after = len(text[end : place.end]) - len(text[end : place.end].lstrip())
    if comma and text[end + after : end + after + 1] == ",":
        # The second comma stays where it parts an opening, "On Monday, ...", from the subject.
        end = end if attachment.parts_an_opening(parsed, first, last) else end + after + 1
    elif comma and text[end + after : end + after + 1] != ".":
        start = first.start  # the comma parts what stays
        end += after
    return Edit((start, end), rule=rule)


def _clause_end(rule: ClauseRule, place: Place, parsed: Sentence, first: Word, guard: Guard) -> Word | None:
    """The last word of the clause, where all of it may go."""
    head = _hung(rule, parsed, first)
    if head is None:
        return None
    inside = list(parsed.subtree(head))
    while inside and inside[-1].is_punctuation:
        inside.pop()
    while inside and inside[0].is_punctuation:
        inside.pop(0)
    if not inside or inside[0] is not first or inside[-1].i - first.i + 1 != len(inside):
        return None
    last = inside[-1]
    part = (first.start, last.end)
    if overlaps(part, place.quotes) or guard.holds_back(place.text[first.start : last.end]):
        return None
    # ", which shone, and the band played": the parser may have put another statement into the clause.
    joined = attachment.joins_a_statement(parsed, inside[1:])
    solid = sum(not word.is_punctuation for word in inside)
    if joined or not _FEWEST_IN_CLAUSE <= solid <= _MOST_IN_CLAUSE:
        return None
    after = place.text[last.end : place.end].strip()
    if after != "." and not (
        after.startswith(",") and attachment.verb_of_subject_follows(parsed, first, last)
    ):
        return None
    return last if attachment.is_detachable(parsed, first, last) else None


def _hung(rule: ClauseRule, parsed: Sentence, first: Word) -> Word | None:
    """The word by which the clause that opens with `first` hangs on the rest."""
    head = attachment.hanging_by(parsed, first, rule.hangs_by)
    if head is None or not rule.with_subject:
        return head
    own = subject_of_its_own(parsed, head)
    return head if own is not None and first.i < own.i < head.i else None


def _said_by_speaker(parsed: Sentence, first: Word, last: Word, saying: frozenset[str]) -> bool:
    """Whether the occasion is one of saying, its speaker stays, and nothing more is said of the occasion."""
    verb = parsed.head(first)
    if verb is None or verb.lemma not in saying or not verb.is_verb or not subject_of_its_own(parsed, verb):
        return False
    following = [word for word in parsed.words[last.i + 1 :] if not word.text.isspace()]
    day = bool(following) and bool(
        _DAY.match(following[0].text)
        or (following[0].lower == "on" and len(following) > 1 and _DAY.match(following[1].text))
    )
    more = any(word.i > last.i and not word.is_punctuation for word in parsed.subtree(first))
    return day or not (more or (following and following[0].lower not in _NEW_PART))
