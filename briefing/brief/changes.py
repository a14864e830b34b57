"""What changed since an earlier brief: each story of either is new, changed, unchanged or dropped.

A story is the same where the two briefs share an article; which stories go on in other articles is told by
the caller, who can compare what they are about.  A story is changed where its later articles move the state
of the event (state.py): a toll, how far a matter is, somebody's position, the day of the next step, a meeting
that was planned.  Who is named besides, where it is told, what is said in other words or not repeated is
none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from briefing.brief.differences import measure_of
from briefing.brief.merge import fold
from briefing.brief.rules import state_rules
from briefing.brief.state import (
    Coming,
    Stage,
    State,
    day_of,
    figure_of,
    goes_further,
    is_news,
    is_told,
    label_of,
    state_of,
    takes_back,
    tolled,
    written,
)
from briefing.brief.wording import Parties, likeness_but_figures, parties
from briefing.numbers import numbers
from briefing.types import Article, Brief, Change, Changes, Difference, Meeting, Revision, Story, Version

# Two statements are one where they share this much of their words.
_SAME_WORDS = 0.7
# More is told with the story.
_MOST_NEW = 2
# Within one story, two decisions that share so many telling words are one.
_NEAR = 2
_NONE: Mapping[str, str] = {}
_NO_UPDATES: Mapping[str, Sequence[Difference]] = {}


def compare(
    old: Brief,
    new: Brief,
    continued: Mapping[str, str] = _NONE,
    updates: Mapping[str, Sequence[Difference]] = _NO_UPDATES,
) -> Changes:
    """The changes from `old` to `new`, the stories of `new` first, each in its own order.

    `continued` names, by the id of a story of `new`, the story of `old` that it goes on with in other
    articles.  `updates` are the figures, dates and places in which the articles of the two differ, by the
    id in `new`.  A story that was split goes on in both parts; one that is part of another is not dropped.
    """
    shared = _shared_articles(old, new)
    partner = _partners(shared)
    before = {story.id: story for story in old.stories}
    for mine, theirs in continued.items():
        if theirs in before:
            partner.setdefault(mine, theirs)
    items = []
    for story in new.stories:
        if story.id not in partner:
            items.append(Change("new", story.headline, story.id, None))
            continue
        previous = partner[story.id]
        parts = [one for one in old.stories if one.id == previous or (story.id, one.id) in shared]
        met = _meetings(old.meetings, [row for row in new.meetings if row.story == story.id])
        found = _once([*_moves(parts, story, updates.get(story.id, ())), *met])
        # A value that took the place of another tells more than one that was added.
        revisions = tuple(sorted(found, key=lambda revision: revision.old is None))
        items.append(
            Change("changed" if revisions else "unchanged", story.headline, story.id, previous, revisions)
        )
    gone = set(before) - set(partner.values()) - {theirs for _, theirs in shared}
    items += [Change("dropped", story.headline, None, story.id) for story in old.stories if story.id in gone]
    return Changes(old.date, tuple(items))


def _shared_articles(old: Brief, new: Brief) -> dict[tuple[str, str], int]:
    """How many articles a story of `new` and one of `old` have in common, where they have any."""
    of_article = {
        article.sha256: story.id for story in old.stories for article in (*story.articles, *story.duplicates)
    }
    shared: dict[tuple[str, str], int] = {}
    for story in new.stories:
        for digest in {article.sha256 for article in (*story.articles, *story.duplicates)}:
            if digest in of_article:
                pair = (story.id, of_article[digest])
                shared[pair] = shared.get(pair, 0) + 1
    return shared


def _partners(shared: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """The story of the old brief for each of the new one: the best pairs first, then what is left over."""
    partner: dict[str, str] = {}
    pairs = sorted(shared, key=lambda pair: (-shared[pair], pair))
    for mine, theirs in pairs:
        if mine not in partner and theirs not in partner.values():
            partner[mine] = theirs
    for mine, theirs in pairs:
        partner.setdefault(mine, theirs)
    return partner


def met_again(old: Brief, new: Brief) -> dict[str, str]:
    """The story of an earlier brief that planned a meeting, for each later story that tells of it."""
    return {
        mine.story: theirs.story
        for mine in new.meetings
        for theirs in old.meetings
        if theirs.status == "planned" and _same_meeting(theirs, mine)
    }


def _once(revisions: Sequence[Revision]) -> tuple[Revision, ...]:
    """Each change once: an update may be found among today's articles as well as beside yesterday's."""
    told: dict[tuple[str, str | None, str | None], Revision] = {}
    for one in revisions:
        told.setdefault((fold(one.what), one.old, one.new), one)
    return tuple(told.values())


def _moves(parts: Sequence[Story], new: Story, updates: Sequence[Difference]) -> Iterator[Revision]:
    """What the later articles of a story move in the state that the stories before it, its `parts`, left."""
    earlier = [article for story in parts for article in (*story.articles, *story.duplicates)]
    read = {article.sha256 for article in earlier}
    yield from _figures(new, read, updates)
    people = parties(who.name for story in (*parts, new) for who in story.slots.who if who.kind == "person")
    before, now = state_of(parts, people), state_of([new], people, without=read)
    yield from _stages(before, now, earlier, people)
    yield from _dates(before, now)


def _figures(new: Story, read: Collection[str], updates: Sequence[Difference]) -> Iterator[Revision]:
    """The figures that later articles give otherwise; a toll goes back only where one takes it back."""
    for update in updates:
        if update.aspect == "number":
            yield from _figure(update.subject, update.versions[0], update.versions[-1])
    digests = {article.id: article.sha256 for article in new.articles}

    def known(version: Version) -> bool:
        return any(digests.get(one.article or "") in read for one in version.evidence)

    for difference, fresh in [
        *((one, one.versions[-1:]) for one in new.updates),
        *((one, one.versions) for one in new.disputes),
    ]:
        former = next((one for one in reversed(difference.versions) if known(one)), None)
        for version in fresh:
            if difference.aspect == "number" and former is not None and not known(version):
                yield from _figure(difference.subject, former, version)


def _figure(subject: str, former: Version, later: Version) -> Iterator[Revision]:
    before, after = _amount(former.value), _amount(later.value)
    back = before is not None and after is not None and after < before
    values = former.value, later.value
    if not back or tolled(subject) is None or any(takes_back(one.quote) for one in later.evidence):
        yield Revision(
            _counted(later) or _counted(former) or subject, *values, former.evidence, later.evidence
        )


def _counted(version: Version) -> str | None:
    """What a figure counts, where it is one of what reports of an event count: the killed, the missing."""
    quote = version.evidence[0].quote
    start = quote.find(version.value)
    known = measure_of(quote, start, start + len(version.value)) if start >= 0 else None
    return known or tolled(quote)


def _amount(said: str) -> float | None:
    try:
        return float(next(numbers(said)).value)
    except (StopIteration, ValueError):
        return None


def _stages(before: State, now: State, earlier: Sequence[Article], people: Parties) -> Iterator[Revision]:
    """How far matters have come, and what was decided or refused of which nothing was said."""
    fresh: list[Stage] = []
    for stage in now.stages:
        known = sorted((one for one in before.stages if _same_matter(one, stage)), key=_rank)
        status, evidence = stage.said.status, stage.said.evidence
        if not known:
            again = any(_near(one, stage) for one in fresh)
            if is_news(stage.said) and not again and not is_told(stage.about, earlier, people):
                fresh.append(stage)
            continue
        last = known[-1]
        if not _in_order(last, stage):
            continue
        if status != "reaffirmed" and goes_further([one.said.status for one in known], status):
            label = label_of(stage.said.text, last.about, stage.about, stage.sides)
            yield Revision(label, last.said.status, status, last.said.evidence, evidence)
            continue
        # Another figure in what was said before.
        for one in reversed(known):
            old, new = (
                figure_of(one.said.text, one.about, stage.about),
                figure_of(stage.said.text, stage.about, one.about),
            )
            if old and new and one.said.status == status:
                label = label_of(stage.said.text, one.about, stage.about, stage.sides)
                yield Revision(f"{status}, {label}", old, new, one.said.evidence, evidence)
                break
    for stage in sorted(fresh, key=lambda one: one.said.attribution != "fact")[:_MOST_NEW]:
        yield Revision(stage.said.status, None, stage.said.text, (), stage.said.evidence)


def _rank(stage: Stage) -> tuple[bool, str, int]:
    return stage.day is not None, str(stage.day), state_rules().order.index(stage.said.status)


def _dates(before: State, now: State) -> Iterator[Revision]:
    """The next steps that have another day, or a day at last."""
    for one in now.coming:
        when = one.said.when
        if when is None or when.date is None or one.said.kind not in state_rules().planned:
            continue
        known = [other for other in before.coming if _alike(other, one)]
        dated = [other.said for other in known if other.said.when and other.said.when.date]
        # "In June" tells nothing new of what is due on 3 June.
        same = any(
            when.date <= other.when.date and (other.when.end or other.when.date) <= (when.end or when.date)
            for other in dated
            if other.when and other.when.date
        )
        if not known or same or not _in_order(known[-1], one):
            continue
        former = dated[-1] if dated else known[-1].said
        label = label_of(one.said.text, known[-1].about, one.about)
        day = day_of(former.when)
        yield Revision(label, day, day_of(when), former.evidence if day else (), one.said.evidence)


def _meetings(old: Sequence[Meeting], new: Sequence[Meeting]) -> Iterator[Revision]:
    """The meetings that were planned, and were held or have another day."""
    for row in new:
        for former in old:
            if former.status != "planned" or not _same_meeting(former, row):
                continue
            label = f"{row.format}, {', '.join(dict.fromkeys(who.side or who.name for who in row.parties))}"
            if row.status == "held":
                yield Revision(label, "planned", "held", former.evidence, row.evidence)
            elif row.date and former.date and row.date != former.date:
                yield Revision(label, written(former.date), written(row.date), former.evidence, row.evidence)


def _same_meeting(one: Meeting, other: Meeting) -> bool:
    mine, theirs = ({fold(who.side or who.name) for who in row.parties} for row in (one, other))
    return one.format == other.format and len(mine & theirs) > 1


def _same_matter(one: Stage, other: Stage) -> bool:
    """Whether two are on one matter, by the same sides."""
    if one.sides and other.sides and one.sides.isdisjoint(other.sides):
        return False
    either_way = "refused" in (one.said.status, other.said.status)
    return _alike(one, other, either_way=either_way)


def _near(one: Stage, other: Stage) -> bool:
    """Whether two statements of one story tell the same decision, as far as a reader of a line would say."""
    shared = one.about.telling & other.about.telling
    return _alike(one, other) or (one.said.status == other.said.status and len(shared) >= _NEAR)


def _in_order(one: Stage | Coming, other: Stage | Coming) -> bool:
    return one.day is None or other.day is None or one.day <= other.day


def _alike(one: Stage | Coming, other: Stage | Coming, *, either_way: bool = False) -> bool:
    """Whether two statements are of one thing, as far as figures and dates go."""
    mine, theirs = one.about, other.about
    if likeness_but_figures(mine, theirs, either_way=either_way) > 0:
        return True
    return mine.denied == theirs.denied and _same_words(one.said.text, other.said.text)


def _same_words(one: str, other: str) -> bool:
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) >= _SAME_WORDS * len(mine | theirs)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text)))
