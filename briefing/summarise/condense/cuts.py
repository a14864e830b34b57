"""Whether the grammar lets a proposed part go, and what goes with it: commas, dashes, blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.reading.parse import Sentence, Word
from briefing.summarise.condense.guard import Guard, overlaps
from briefing.summarise.condense.proposals import Place, Proposal
from briefing.summarise.condense.rules import (
    AdverbRule,
    ClauseRule,
    EnclosedRule,
    OccasionRule,
)

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
"""Dependencies by which a subject hangs on its verb."""

# By these a part hangs on the rest without being needed there.
_LOOSE = frozenset(
    "relcl advcl prep appos advmod npadvmod punct parataxis acl amod nmod intj meta dep".split()
)
_BEFORE_A_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
_FEWEST_IN_CLAUSE, _MOST_IN_CLAUSE = 3, 25
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
# After "said in a statement", with these a new part of the sentence begins.
_NEW_PART = frozenset({".", ",", "that", "the", "it", "he", "she", "they"})
_MAIN_TAGS = frozenset({"VBD", "VBZ", "VBP", "VBN"})


@dataclass(frozen=True)
class Edit:
    """text[start:end] gives way to `put`; `source` is where the words of `put` stand, if they are no day."""

    start: int
    end: int
    put: str
    rule: str
    source: tuple[int, int] | None = None


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
            fits = _said_of_main_verb(parsed, first)
        case OccasionRule():
            fits = _said_by_speaker(parsed, first, last, saying)
        case EnclosedRule():
            # "IRL (in real life)": what explains an abbreviation stays.
            before = place.text[place.start : first.start].split()[-1:]
            fits = _detachable(parsed, first, last) and not any(word.isupper() for word in before)
        case _:
            fits = True
    return _taken_out(rule.name, place, parsed, first, last) if fits else None


def _opening(proposal: Proposal, place: Place) -> Edit:
    """A part whose comma and blanks go with it."""
    end = proposal.end
    while place.text[end] in " ,":
        end += 1
    return Edit(proposal.start, end, "", proposal.rule.name)


def _taken_out(rule: str, place: Place, parsed: Sentence, first: Word, last: Word) -> Edit:
    text = place.text
    if not text[place.start : first.start].strip():
        end = last.end
        while text[end : end + 1] in {" ", ","}:
            end += 1
        return Edit(place.start, end, "", rule)
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
        end = end if _parts_an_opening(parsed, first, last) else end + after + 1
    elif comma and text[end + after : end + after + 1] != ".":
        start = first.start  # the comma parts what stays
        end += after
    return Edit(start, end, "", rule)


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
    joined = any(word.dep == "cc" and parsed.words[word.i - 1].text == "," for word in inside[1:])
    solid = sum(not word.is_punctuation for word in inside)
    if joined or not _FEWEST_IN_CLAUSE <= solid <= _MOST_IN_CLAUSE:
        return None
    after = place.text[last.end : place.end].strip()
    if after != "." and not (after.startswith(",") and _verb_of_subject_follows(parsed, first, last)):
        return None
    return last if _detachable(parsed, first, last) else None


def _hung(rule: ClauseRule, parsed: Sentence, first: Word) -> Word | None:
    """The word by which the clause that opens with `first` hangs on the rest."""
    head: Word | None = first
    while head is not None and head.dep not in rule.hangs_by:
        head = parsed.head(head)
    if head is None:
        return None
    if rule.with_subject and not any(
        child.dep in SUBJECTS and first.i < child.i < head.i for child in parsed.children(head)
    ):
        return None
    return head


def _parts_an_opening(parsed: Sentence, first: Word, last: Word) -> bool:
    """Whether more than a conjunction stands before a part, and what follows is not the verb of a subject."""
    before = [word for word in parsed.words[: first.i] if not word.is_punctuation]
    return (
        len(before) > 1
        and before[-1].pos not in {"CCONJ", "SCONJ", "AUX", "VERB", "ADP"}
        and not _verb_of_subject_follows(parsed, first, last)
    )


def _verb_of_subject_follows(parsed: Sentence, first: Word, last: Word) -> bool:
    """Whether after a part and its comma the verb follows whose subject stands before the part."""
    after = next((w for w in parsed.words[last.i + 1 :] if not w.text.isspace() and w.text != ","), None)
    if after is None:
        return False
    verb = parsed.head(after) if after.dep in _BEFORE_A_VERB else after
    if verb is None or verb.pos not in {"VERB", "AUX"}:
        return False
    between = parsed.words[after.i : verb.i]
    return all(word.dep in _BEFORE_A_VERB and word.head == verb.i for word in between) and any(
        child.dep in SUBJECTS and child.i < first.i for child in parsed.children(verb)
    )


def _detachable(parsed: Sentence, first: Word, last: Word) -> bool:
    """Whether nothing outside hangs on the part, and the part is not needed where it hangs."""
    for word in parsed.words:
        inside = first.i <= word.i <= last.i
        head = parsed.head(word)
        if head is None:
            if inside:
                return False
            continue
        head_inside = first.i <= head.i <= last.i
        if inside and not head_inside and word.dep not in _LOOSE:
            return False
        if head_inside and not inside and not word.is_punctuation:
            return False
    return True


def _said_of_main_verb(parsed: Sentence, word: Word) -> bool:
    """Whether an adverb stands before a finite main verb, or between it and its auxiliary."""
    verb = parsed.head(word)
    if verb is None or word.dep != "advmod" or verb.i < word.i or verb.tag not in _MAIN_TAGS:
        return False
    if verb.dep not in {"ROOT", "conj"} or not any(c.dep in SUBJECTS for c in parsed.children(verb)):
        return False
    return all(between.head == verb.i for between in parsed.words[word.i : verb.i])


def _said_by_speaker(parsed: Sentence, first: Word, last: Word, saying: frozenset[str]) -> bool:
    """Whether the occasion is one of saying, its speaker stays, and nothing more is said of the occasion."""
    verb = parsed.head(first)
    if verb is None or verb.lemma not in saying or verb.pos != "VERB":
        return False
    if not any(child.dep in SUBJECTS for child in parsed.children(verb)):
        return False
    following = [word for word in parsed.words[last.i + 1 :] if not word.text.isspace()]
    day = bool(following) and bool(
        _DAY.match(following[0].text)
        or (following[0].lower == "on" and len(following) > 1 and _DAY.match(following[1].text))
    )
    more = any(word.i > last.i and not word.is_punctuation for word in parsed.subtree(first))
    return day or not (more or (following and following[0].lower not in _NEW_PART))
