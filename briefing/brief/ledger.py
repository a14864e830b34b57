"""The ledger of commitments: who committed themselves to what, day after day.

The ledger is no table that days write into.  It is folded from what the brief of each day said, in the order
of the days, so a brief made again for an earlier day takes the place of the first one, and days may be made
in any order.

A later statement moves a row only where it is the same commitment: by the same actors, towards the same
counterparts as far as both are named, with the same figures, in mostly the same words.  Else it is a row of
its own: one too many can be seen, one merged wrongly cannot.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.brief.merge import fold, surname
from briefing.types import Agreed, Article, Commitment, Slots, Status, Step, Story, When

# Of the words of the shorter statement, the share that the other must have, and how many at least.
_SAME_WORDS = 0.6
_FEWEST_WORDS = 3
# A row is looked for by so many of its rarest words, and of those that share them so many are compared.
_RAREST = 5
_LOOKED_AT = 20
_ID_DIGITS = 10
_FIRMNESS: dict[Status, int] = {
    "refused": 0,
    "proposed": 1,
    "pledged": 2,
    "reaffirmed": 2,
    "agreed": 3,
    "signed": 4,
}
_WORD = re.compile(r"[^\W\d_]{3,}")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_ENDING = re.compile(r"(?:ing|ed|es|s|ment)$")
# What a commitment is announced with says nothing of its object.
_ANNOUNCING = frozenset(
    """agree announce commit commitment committed confirm decide emphasize emphasise express offer pledge
    promise propose reaffirm reiterate repeat sign stress underline underscore undertake vow also and any are
    both for from has have her his its leader leaders minister ministers president prime secretary said say
    says that the their they this two will with would continue""".split()
)


@dataclass(frozen=True)
class Entry:
    """What a day's brief says of commitments: a row of one step each, and the articles that they quote."""

    commitments: tuple[Commitment, ...] = ()
    articles: tuple[Article, ...] = ()


def entry(stories: Sequence[Story], date: dt.date) -> Entry:
    """The commitments of a day, those of one statement once, with the articles (without text) they quote."""
    rows = _Rows()
    quoted: dict[str, Article] = {}
    for story in stories:
        articles = {one.id: one for one in story.articles}
        for agreed in story.slots.agreed:
            rows.add(_commitment(agreed, story.slots, date))
            for evidence in agreed.evidence:
                if evidence.article in articles:
                    one = articles[evidence.article]
                    quoted[one.sha256] = replace(one, text="", sha256=one.sha256)
    return Entry(tuple(rows), tuple(quoted.values()))


def ledger(days: Iterable[Entry]) -> tuple[Commitment, ...]:
    """Every commitment, in the order of its first day, from the entries of days in their order."""
    rows = _Rows()
    for day in days:
        for row in day.commitments:
            rows.add(row)
    return tuple(rows)


def to_show(rows: Iterable[Commitment], today: dt.date, ahead: dt.timedelta) -> tuple[Commitment, ...]:
    """The rows that a brief shows, by due date: moved today, due within `ahead`, or overdue."""
    shown = []
    for row in rows:
        due = (row.due.end or row.due.date) if row.due else None
        moved = len(row.history) > 1 and row.history[-1].date == today and _moved(row)
        if moved or row.overdue(today) or (due is not None and today <= due <= today + ahead):
            shown.append(row)
    return tuple(sorted(shown, key=lambda row: (row.due.date if row.due else None) or dt.date.max))


def _moved(row: Commitment) -> bool:
    """Whether the latest step says more, or less, than the one before: to repeat a pledge is no step."""
    return _FIRMNESS[row.history[-1].status] != _FIRMNESS[row.history[-2].status]


def _commitment(agreed: Agreed, slots: Slots, date: dt.date) -> Commitment:
    actors = _sides(agreed.parties or ((agreed.speaker,) if agreed.speaker else ()), slots)
    step = Step(date, agreed.status, agreed.text, agreed.evidence, agreed.attribution, agreed.speaker)
    digest = hashlib.sha256("\n".join([str(date), *actors, agreed.text]).encode("utf-8", "surrogatepass"))
    return Commitment(
        id=digest.hexdigest()[:_ID_DIGITS],
        actors=actors,
        counterparts=_counterparts(agreed.text, actors, slots),
        object=agreed.text,
        status=agreed.status,
        history=(step,),
        due=_due(agreed, slots),
    )


def _sides(names: Sequence[str], slots: Slots) -> tuple[str, ...]:
    """Those for whom the named ones speak, where the story says so; else their own names."""
    side_of = {fold(who.name): who.side or who.name for who in slots.who}
    return tuple(dict.fromkeys(side_of.get(fold(name), name) for name in names))


def _counterparts(text: str, actors: Sequence[str], slots: Slots) -> tuple[str, ...]:
    """The other sides that the statement names."""
    said = fold(text)
    named = []
    for who in slots.who:
        side = who.side or who.name
        name = surname(who.name) if who.kind == "person" else fold(who.name)
        if side not in actors and any(_names(said, one) for one in (name, fold(side), _initials(side))):
            named.append(side)
    return tuple(dict.fromkeys(named))


def _initials(name: str) -> str:
    """How a name of several words is shortened: "uae" of "United Arab Emirates"; else the whole."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return fold(initials if len(initials) > 1 else name)


def _names(said: str, name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said) is not None


def _due(agreed: Agreed, slots: Slots) -> When | None:
    """The last day that the same passage gives for what is to come."""
    first = agreed.evidence[0]
    dated = [
        outlook.when
        for outlook in slots.outlook
        for own in outlook.evidence[:1]
        if outlook.when and outlook.when.date
        and (own.article, own.field) == (first.article, first.field)
        and own.start < first.end and first.start < own.end
    ]  # fmt: skip
    return max(dated, key=lambda when: when.end or when.date or dt.date.min, default=None)


@dataclass
class _Rows:
    """Rows under way, found by the words of their objects."""

    _rows: list[Commitment] = field(default_factory=list)
    _words: list[frozenset[str]] = field(default_factory=list)
    _of_word: dict[str, list[int]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Commitment]:
        return iter(self._rows)

    def add(self, row: Commitment) -> None:
        """Moves the row that is the same commitment, or opens a new one."""
        words = _content(row.object)
        number = self._same(row, words)
        if number is None:
            number = len(self._rows)
            self._rows.append(row)
            self._words.append(words)
        else:
            self._rows[number] = _moved_on(self._rows[number], row)
            # Told in other words, a row is found by these, too.
            words = words - self._words[number]
            self._words[number] |= words
        for word in words:
            self._of_word.setdefault(word, []).append(number)

    def _same(self, row: Commitment, words: frozenset[str]) -> int | None:
        known_words = [word for word in sorted(words) if word in self._of_word]
        rarest = sorted(known_words, key=lambda word: len(self._of_word[word]))[:_RAREST]
        shared = Counter(n for word in rarest for n in self._of_word[word])
        # The nearest first; of equally near ones the latest.
        for number, _ in sorted(shared.items(), key=lambda one: (-one[1], -one[0]))[:_LOOKED_AT]:
            known = self._rows[number]
            own = _content(known.object)
            least = max(_SAME_WORDS * min(len(words), len(own)), _FEWEST_WORDS)
            enough = len(words & own) >= least
            if enough and _same_sides(known, row) and _same_figures(known.object, row.object):
                return number
        return None


def _same_sides(one: Commitment, other: Commitment) -> bool:
    if not one.actors or set(one.actors) != set(other.actors):
        return False
    theirs = set(one.counterparts) and set(other.counterparts)
    return not theirs or set(one.counterparts) == set(other.counterparts)


def _same_figures(one: str, other: str) -> bool:
    mine, theirs = set(_FIGURE.findall(one)), set(_FIGURE.findall(other))
    return mine == theirs or not mine or not theirs


def _moved_on(row: Commitment, later: Commitment) -> Commitment:
    last, step = row.history[-1], later.history[-1]
    if (last.date, last.status) == (step.date, step.status):
        # Another report of the same day.
        more = tuple(one for one in step.evidence if one not in last.evidence)
        history = (*row.history[:-1], replace(last, evidence=last.evidence + more))
    else:
        history = (*row.history, *later.history)
    return replace(
        row,
        counterparts=row.counterparts or later.counterparts,
        object=history[-1].text,
        status=history[-1].status,
        history=history,
        due=later.due or row.due,
    )


def _content(text: str) -> frozenset[str]:
    words = (word for word in _WORD.findall(fold(text)) if word not in _ANNOUNCING)
    return frozenset(_ENDING.sub("", word) for word in words) - _ANNOUNCING
