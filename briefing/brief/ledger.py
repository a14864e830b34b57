"""The ledger of commitments: who committed themselves to what, day after day.

The ledger is no table that days write into.  It is folded from what the brief of each day said, in the order
of the days, so a brief made again for an earlier day takes the place of the first one, and days may be made
in any order.

What opens a row, and whom it is towards, is said in ledger.yaml.  A later statement moves a row only where it
is the same commitment: by the same actors, towards the same counterparts as far as both are named, about the
same thing (wording.py).  Else it is a row of its own: one too many can be seen, one merged wrongly cannot.  A
passage that was read on an earlier day, or a report that says no more than is on record, is further evidence.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from briefing.brief.merge import fold, surname
from briefing.brief.rules import ledger_rules, state_rules
from briefing.brief.state import goes_further, is_view, sides_of
from briefing.brief.wording import Matter, Parties, likeness, matter, parties
from briefing.types import Agreed, Article, Commitment, Evidence, Slots, Status, Step, Story, When, Who

# A row is looked for by so many of its rarest words, and of those that share them so many are compared.
_RAREST = 5
_LOOKED_AT = 20
_ID_DIGITS = 10
# Words between "to" and the one whom something is pledged to: "to the government of Sudia".
_BETWEEN = 3
# What a name may have added: "Norlandic", "Sudia's".
_ADDED_LETTERS = 4


@dataclass(frozen=True)
class Entry:
    """What a day's brief says of commitments.

    Each of `commitments` is one statement: a row of one step.  `articles` are those that they quote, without
    text; `people` are the persons of the day, whose names say nothing of what a commitment is about.
    """

    commitments: tuple[Commitment, ...] = ()
    articles: tuple[Article, ...] = ()
    people: tuple[str, ...] = ()


def entry(stories: Sequence[Story], date: dt.date) -> Entry:
    """The statements of a day that open or move a row, the loosest status first, whatever the ranking."""
    rows: list[Commitment] = []
    quoted: dict[str, Article] = {}
    for story in stories:
        articles = {one.id: one for one in story.articles}
        for agreed in story.slots.agreed:
            row = _commitment(agreed, story, date)
            if row is None:
                continue
            rows.append(row)
            for evidence in agreed.evidence:
                if evidence.article in articles:
                    one = articles[evidence.article]
                    quoted[one.sha256] = replace(one, text="", sha256=one.sha256)
    order = state_rules().order
    rows.sort(key=lambda row: (order.index(row.status), row.object, row.id))
    people = dict.fromkeys(who.name for story in stories for who in story.slots.who if who.kind == "person")
    return Entry(tuple(rows), tuple(quoted[digest] for digest in sorted(quoted)), tuple(sorted(people)))


def ledger(days: Iterable[Entry]) -> tuple[Commitment, ...]:
    """Every commitment, in the order of its first day, from the entries of days in their order."""
    rows = _Rows()
    for day in days:
        people = parties(day.people)
        for row in day.commitments:
            rows.add(row, people)
    return tuple(rows)


def to_show(rows: Iterable[Commitment], today: dt.date, ahead: dt.timedelta) -> tuple[Commitment, ...]:
    """The rows that a brief shows, by due date: moved today, due within `ahead`, or overdue for no longer."""
    shown = []
    for row in rows:
        due, last = row.last_day, row.history[-1]
        # What was opened or reaffirmed today stands in the stories.
        moved = len(row.history) > 1 and last.date == today and last.status != "reaffirmed"
        near = due is not None and abs(due - today) <= ahead and (due >= today or row.overdue(today))
        # Whom somebody was to meet by then, the meetings tell.
        met = due is not None and due < today and ledger_rules().meeting.search(row.object) is not None
        if moved or (near and not met):
            shown.append(row)
    return tuple(sorted(shown, key=lambda row: (row.last_day or dt.date.max, row.id)))


def _commitment(agreed: Agreed, story: Story, date: dt.date) -> Commitment | None:
    """The statement as a row; None where nobody is named who is bound, or it is only a shared view."""
    actors = sides_of(agreed.parties, story.slots)
    if not actors or is_view(agreed.text):
        return None
    step = Step(date, agreed.status, agreed.text, agreed.evidence, agreed.attribution, agreed.speaker)
    digest = hashlib.sha256("\n".join([str(date), *actors, agreed.text]).encode("utf-8", "surrogatepass"))
    return Commitment(
        id=digest.hexdigest()[:_ID_DIGITS],
        actors=actors,
        counterparts=_counterparts(agreed.text, actors, story.slots),
        object=agreed.text,
        status=agreed.status,
        history=(step,),
        due=_due(agreed, story, date),
    )


def _counterparts(text: str, actors: Sequence[str], slots: Slots) -> tuple[str, ...]:
    """The other sides that the statement names as those towards whom it is made."""
    said = fold(text)
    named = []
    for who in slots.who:
        side = who.side or who.name
        if side not in actors and any(_toward(name).search(said) for name in _names(who, side)):
            named.append(side)
    return tuple(dict.fromkeys(named))


def _names(who: Who, side: str) -> set[str]:
    """What a text calls an actor or its side, "uae" of "United Arab Emirates" included."""
    initials = "".join(word[0] for word in side.split() if word[0].isupper())
    own = surname(who.name) if who.kind == "person" else fold(who.name)
    return {own, fold(side), fold(initials) if len(initials) > 1 else own}


@cache
def _toward(name: str) -> re.Pattern[str]:
    rules = ledger_rules()
    ends = "|".join(map(re.escape, rules.not_toward))
    starts = "|".join(map(re.escape, rules.toward))
    added = rf"\w{{0,{_ADDED_LETTERS}}}" if len(name) > _ADDED_LETTERS else ""
    return re.compile(
        rf"\b(?:{starts})\s+(?:(?!(?:{ends})\b)[\w.’'-]+\s+){{0,{_BETWEEN}}}{re.escape(name)}{added}(?![\w-])"
    )


def _due(agreed: Agreed, story: Story, date: dt.date) -> When | None:
    """The day by which the same passage says that it is to be done; of several the last.

    A whole year counts only where it is a limit: "by 2030", not "our 2030 goals".
    """
    days = {article.id: article.date or date for article in story.articles}
    dated = [
        (limit, when)
        for outlook in story.slots.outlook
        if (when := outlook.when) is not None
        and when.date is not None
        and outlook.kind in ("scheduled", "expected")
        and _overlap(outlook.evidence[0], agreed.evidence[0])
        and (when.end or when.date) > days.get(agreed.evidence[0].article or "", date)
        and ((limit := _is_limit(when.phrase, agreed.text)) or when.precision != "year")
    ]
    if not dated:
        return None
    return max(dated, key=lambda one: (one[0], one[1].end or one[1].date or dt.date.min))[1]


def _is_limit(phrase: str, text: str) -> bool:
    words = "|".join(map(re.escape, ledger_rules().deadline))
    before = rf"\b(?:{words})\s+(?:the\s+)?(?:end\s+of\s+|close\s+of\s+)?(?:the\s+)?"
    whole = rf"{before}{re.escape(phrase)}|(?=(?:{words})\b){re.escape(phrase)}"
    return re.search(whole, text, re.IGNORECASE) is not None


def _overlap(one: Evidence, other: Evidence) -> bool:
    same = (one.article, one.field) == (other.article, other.field)
    return same and one.start < other.end and other.start < one.end


_Passage = tuple[Status, str, int, str]


@dataclass
class _Rows:
    """Rows under way, found by the passages that they quote, and by the words of their objects."""

    _rows: list[Commitment] = field(default_factory=list)
    _matters: list[Matter] = field(default_factory=list)
    _of_word: dict[str, list[int]] = field(default_factory=dict)
    _of_passage: dict[_Passage, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Commitment]:
        return iter(self._rows)

    def add(self, row: Commitment, people: Parties) -> None:
        """Moves the row that is the same commitment, adds evidence to it, or opens a new one."""
        (step,) = row.history
        about = matter(row.object, parties((*row.actors, *row.counterparts)), people)
        read = (self._of_passage.get(one) for one in _passages(step))
        number = next((n for n in read if n is not None), None)
        if number is not None:
            self._rows[number] = _supported(self._rows[number], step)
        elif (number := self._same(row, about)) is not None:
            known = self._matters[number]
            self._rows[number] = _moved_on(self._rows[number], row, more=bool(about.figures - known.figures))
            # Told in other words, a row is found by these, too.
            self._matters[number] = replace(about, figures=about.figures | known.figures)
            self._index(number, about.words)
        elif _opens(row, about):
            number = len(self._rows)
            self._rows.append(row)
            self._matters.append(about)
            self._index(number, about.words)
        if number is not None:
            for one in _passages(step):
                self._of_passage.setdefault(one, number)

    def _index(self, number: int, words: Iterable[str]) -> None:
        for word in words:
            rows = self._of_word.setdefault(word, [])
            if not rows or rows[-1] != number:
                rows.append(number)

    def _same(self, row: Commitment, about: Matter) -> int | None:
        words = [word for word in sorted(about.words) if word in self._of_word]
        rarest = sorted(words, key=lambda word: len(self._of_word[word]))[:_RAREST]
        shared = Counter(n for word in rarest for n in set(self._of_word[word]))
        near = sorted(shared.items(), key=lambda one: (-one[1], -one[0]))[:_LOOKED_AT]
        # Of rows equally like it the latest.
        best = max(((self._likeness(row, about, n), n) for n, _ in near), default=(0.0, -1))
        return best[1] if best[0] > 0 else None

    def _likeness(self, row: Commitment, about: Matter, number: int) -> float:
        known = self._rows[number]
        refusal = "refused" in (row.status, known.status)
        alike = likeness(self._matters[number], about, either_way=refusal)
        return round(alike, 6) if _same_sides(known, row) else 0.0


def _passages(step: Step) -> list[_Passage]:
    # Not by the article's id, which is the input's: a desk may number each day's articles anew.
    return [(step.status, one.field, one.start, one.quote) for one in step.evidence]


def _opens(row: Commitment, about: Matter) -> bool:
    rules = ledger_rules()
    binding = row.due is not None or bool(about.figures)
    return row.status in rules.opens or (row.status in rules.binding and binding)


def _same_sides(one: Commitment, other: Commitment) -> bool:
    if set(one.actors) != set(other.actors):
        return False
    return not one.counterparts or not other.counterparts or set(one.counterparts) == set(other.counterparts)


def _moved_on(row: Commitment, later: Commitment, *, more: bool) -> Commitment:
    """The row after a later statement, which says `more` where it has a new figure."""
    (step,) = later.history
    postponed = later.due is not None and later.last_day != row.last_day
    last = row.history[-1]
    same_day = (last.date, last.status) == (step.date, step.status)
    if same_day or not (more or postponed or goes_further([one.status for one in row.history], step.status)):
        supported = _supported(row, step)
        return replace(
            supported, due=row.due or later.due, counterparts=row.counterparts or later.counterparts
        )
    return replace(
        row,
        counterparts=row.counterparts or later.counterparts,
        object=step.text,
        status=step.status,
        history=(*row.history, step),
        due=later.due or row.due,
    )


def _supported(row: Commitment, step: Step) -> Commitment:
    """The row with more evidence for its latest step of the same status; as it is where it has none."""
    for n in reversed(range(len(row.history))):
        known = row.history[n]
        if known.status == step.status:
            new = tuple(one for one in step.evidence if one not in known.evidence)
            whole = replace(known, evidence=known.evidence + new)
            return replace(row, history=(*row.history[:n], whole, *row.history[n + 1 :]))
    return row
