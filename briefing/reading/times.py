"""The times that an article names, each pointing where the verb of its own clause does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from briefing.reading import grammar
from briefing.reading.dates import find_times
from briefing.reading.dates.phrases import words
from briefing.reading.dates.said import Direction
from briefing.reading.parsed import Parsed
from briefing.reading.words import Sentence, Word
from briefing.types import Time

# Days by which a text can be ahead of the date that its publisher gives it.
_ZONES = 1
# Where a verb points, and whether it is one in the present, which may do either.
Tense = Literal["ahead", "behind", "present"]
_VERBS = {"VERB", "AUX"}
_PERFECT = {"have", "has", "had", "'ve", "’ve", "having"}
_PAST = {"was", "were", "did"}


def times_of(parsed: Parsed, sentences: Iterable[Sentence]) -> tuple[Time, ...]:
    """The times of these sentences of the article, in order."""
    return tuple(
        time
        for sentence in sentences
        for time in read_times(sentence, parsed.text_of(sentence.number), parsed.published)
    )


def read_times(sentence: Sentence, text: str, published: dt.date | None) -> list[Time]:
    """The times of a sentence, in order, without overlap; `text` is what its offsets point into."""
    found = find_times(
        text,
        sentence.start,
        sentence.end,
        published,
        forward=lambda offset, kind: _direction(sentence, offset, kind),
    )
    return [_told(sentence, time, published) for time in found if not _is_name(sentence, time)]


def _told(sentence: Sentence, time: Time, published: dt.date | None) -> Time:
    """The time, ahead or behind as its verb says where its day is that of publication or the next.

    "On Saturday, December 9, she met", dated the 8th, was written elsewhere on the earth; what "will" be on
    Friday, said on a Friday, is to come.
    """
    day = time.when.date
    if day is None or published is None or not 0 <= (day - published).days <= _ZONES:
        return time
    points = _direction(sentence, time.start, "today")
    if points == "behind":
        return replace(time, future=False)
    # A full date that is that of publication is rather its dateline's.
    named = time.when.precision == "day" and not any(c.isdigit() for c in time.when.phrase)
    return replace(time, future=True) if points == "ahead" and named else time


def _direction(sentence: Sentence, offset: int, kind: str) -> Direction:
    """Where a time of a kind points that stands at this offset.

    News tells of a bare weekday that is past, unless the verb looks ahead.  A verb in the present does:
    "arrives on Friday", but not in "is available today", nor for a noun's own day: "the move follows Friday's
    vote".
    """
    word = _word_at(sentence, offset)
    chain = list(_up_to_the_verb(sentence, word))
    if any(one.lower == "for" and one.is_preposition for one in chain[:2]):
        return "ahead"  # "a hearing for Friday"
    if any(one.lower == "ahead" for one in chain[1:]):
        return "ahead"  # "ahead of Friday's summit"
    direct = all(_is_of_time(one) for one in chain[1:])
    until = any(one.lower in {"until", "till", "through"} for one in chain[:3])
    verb = _verb_of(sentence, chain[-1])
    while verb is not None:
        told = _of_verb(sentence, verb, until=until, direct=direct)
        if told == "present":
            return "ahead" if kind != "today" and (direct or kind != "weekday") else "open"
        if told is not None:
            # "They discussed the vote on Friday": the noun's own time is not the verb's.
            return told if direct or told == "ahead" else "open"
        verb = next((one for one in sentence.ancestors(verb) if one.is_verb), None)
    return (
        "ahead"
        if kind != "today" and not any(one.tag in {"VBD", "VBN"} for one in sentence.words)
        else "open"
    )


def _verb_of(sentence: Sentence, top: Word) -> Word | None:
    """The verb above; "said on Monday he would go" the parser takes for his going, but he said it then."""
    verb = sentence.head(top)
    if verb is None or verb.dep != "ccomp":
        return verb
    own, governor = grammar.subject_of_its_own(sentence, verb), sentence.head(verb)
    before_all = own is not None and governor is not None and governor.i < top.i < own.i
    return governor if before_all else verb


def _of_verb(sentence: Sentence, verb: Word, *, until: bool, direct: bool) -> Tense | None:
    """Where the verb points, None where another verb must tell."""
    helpers = {one.lower for one in grammar.auxiliaries(sentence, verb)}
    calendar = words()
    if verb.lemma in calendar.planning or verb.lower in calendar.planning:
        return "ahead"
    if until and verb.lemma in calendar.deferring:
        return "ahead"
    if helpers & _PERFECT:
        return "ahead" if helpers & grammar.FUTURE else "behind"
    if helpers & grammar.MODALS:
        return "ahead"
    if "to" in helpers:
        return "ahead" if _is_to_come(sentence, verb, direct=direct) else None
    return _of_tense(sentence, verb, helpers)


def _is_to_come(sentence: Sentence, verb: Word, *, direct: bool) -> bool:
    """Whether an infinitive looks ahead, and not where the verb does that it depends on.

    It does in "agreed to meet on Friday" and "a plan to meet on Friday", but not in "began to meet", "flew
    there to meet him on Friday", "among the first to join on Friday".
    """
    governor = sentence.head(verb)
    if governor is None:
        return True
    if governor.lemma in words().carrying or verb.dep in {"advcl", "csubj"}:
        return False
    ranked = {*words().ranks, *words().ordinals}
    if verb.dep in {"acl", "relcl"} and any(one.lower in ranked for one in sentence.subtree(governor)):
        return False
    return direct or verb.dep == "xcomp"


def _of_tense(sentence: Sentence, verb: Word, helpers: set[str]) -> Tense | None:
    if helpers & _PAST or verb.tag == "VBD" or _is_past_in_disguise(sentence, verb):
        # "Was due": what it is said to be looks ahead.
        said = any(
            one.lower in words().planning for one in sentence.children(verb) if one.dep in {"acomp", "attr"}
        )
        return "ahead" if said else "behind"
    if verb.tag in {"VBZ", "VBP"} or helpers & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
        return "present"
    if verb.tag == "VBN" and not helpers:
        return "behind"  # "the accord signed on Friday"
    if verb.tag == "VB" and verb.dep == "ccomp":
        return "ahead"  # "demanded that they leave by Friday"
    return None


def _is_past_in_disguise(sentence: Sentence, verb: Word) -> bool:
    """Whether "hurt", "put" or "hit" is past, as a singular subject would have it: "weakness hurt"."""
    own = grammar.subject_of_its_own(sentence, verb)
    if verb.tag != "VBP" or verb.lower != verb.lemma or own is None or own.tag not in {"NN", "NNP"}:
        return False
    return not any(one.is_joined for one in sentence.children(own))


def _word_at(sentence: Sentence, offset: int) -> Word:
    return next((one for one in sentence.words if one.end > offset), sentence.words[-1])


def _up_to_the_verb(sentence: Sentence, word: Word) -> Iterator[Word]:
    """The word and those above it, as far as the first verb, which is left out."""
    yield word
    for above in sentence.ancestors(word):
        if above.is_verb:
            return
        yield above


def _is_of_time(word: Word) -> bool:
    return word.pos not in {"NOUN", "PROPN", "PRON"} or word.lower in _nouns_of_time()


@cache
def _nouns_of_time() -> frozenset[str]:
    calendar = words()
    names = [name for listed in (*calendar.months, *calendar.weekdays) for name in listed]
    units = [form for unit in (*calendar.units, *calendar.parts_of_day) for form in (unit, f"{unit}s")]
    parts = [word for part in calendar.parts for word in part.split()]
    return frozenset((*names, *(f"{name}." for name in names), *units, *calendar.seasons, *parts))


def _is_name(sentence: Sentence, time: Time) -> bool:
    """Whether a month is a person's name here: "a call by May"."""
    if time.when.precision != "month" or any(c.isdigit() for c in time.when.phrase):
        return False
    return any(one.entity == "PERSON" for one in sentence.words if time.start <= one.start < time.end)
