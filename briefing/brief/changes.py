"""What changed since an earlier brief: each story of either is new, changed, unchanged or dropped.

A story is the same where the two briefs share an article; which stories go on in other articles is told by
the caller, who can compare what they are about.  A value counts as changed where this brief says something
else, or something more.  What is merely not repeated, or said in other words, is no change: today's articles
need not tell yesterday's news.  That more sources report the same is no change either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from briefing.brief.merge import fold, same_actor
from briefing.brief.wording import Matter, Parties, likeness_but_figures, matter, parties
from briefing.types import (
    Agreed,
    Brief,
    Change,
    Changes,
    Difference,
    Outlook,
    Revision,
    Slots,
    Story,
    Version,
    When,
    Where,
    Who,
)

# Two statements are one where they share this much of their words.
_SAME_WORDS = 0.7
# "Israeli" and "Israel" are one word in the name of an office.
_SAME_LETTERS = 4
_SMALL_WORDS = frozenset("a an the us u s uk his her its".split())
# Who is called so does not hold the office any more.
_OVER = "former"
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
    taken = set(partner.values())
    before = {story.id: story for story in old.stories}
    for story in new.stories:
        goes_on = continued.get(story.id)
        if story.id not in partner and goes_on in before and goes_on not in taken:
            partner[story.id] = goes_on
            taken.add(goes_on)
    items = []
    for story in new.stories:
        if story.id not in partner:
            items.append(Change("new", story.headline, story.id, None))
            continue
        previous = partner[story.id]
        parts = [one for one in old.stories if one.id == previous or (story.id, one.id) in shared]
        found = _once(_revisions(parts, story, updates.get(story.id, ())))
        # A value that took the place of another tells more than one that was added.
        revisions = tuple(sorted(found, key=lambda revision: revision.old is None))
        items.append(
            Change("changed" if revisions else "unchanged", story.headline, story.id, previous, revisions)
        )
    gone = set(before) - taken - {theirs for _, theirs in shared}
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


def _revisions(parts: Sequence[Story], new: Story, updates: Sequence[Difference]) -> Iterator[Revision]:
    """What the story says that the stories which it goes on with, its `parts`, did not say."""
    for update in updates:
        first, last = update.versions[0], update.versions[-1]
        yield Revision(update.subject, first.value, last.value, first.evidence, last.evidence)
    read = {article.sha256 for story in parts for article in (*story.articles, *story.duplicates)}
    yield from _differences(new, read)
    old = Slots(
        who=tuple(one for story in parts for one in story.slots.who),
        where=tuple(one for story in parts for one in story.slots.where),
        agreed=tuple(one for story in parts for one in story.slots.agreed),
        outlook=tuple(one for story in parts for one in story.slots.outlook),
    )
    people = parties(who.name for who in (*old.who, *new.slots.who) if who.kind == "person")
    yield from _agreements(old.agreed, new.slots.agreed, people)
    yield from _places(old.where, new.slots.where)
    yield from _people(old.who, new.slots.who)
    yield from _prospects(old.outlook, new.slots.outlook, people)


def _once(revisions: Iterator[Revision]) -> tuple[Revision, ...]:
    """Each change once: an update may be found among today's articles as well as beside yesterday's."""
    told: dict[tuple[str, str | None, str | None], Revision] = {}
    for one in revisions:
        told.setdefault((one.what, one.old, one.new), one)
    return tuple(told.values())


def _differences(new: Story, read: Collection[str]) -> Iterator[Revision]:
    """The figures, dates and places that articles which the earlier brief had not read give otherwise."""
    digests = {article.id: article.sha256 for article in new.articles}

    def known(version: Version) -> bool:
        return any(digests.get(one.article or "") in read for one in version.evidence)

    for difference, fresh in [
        *((one, one.versions[-1:]) for one in new.updates),
        *((one, one.versions) for one in new.disputes),
    ]:
        former = next((one for one in reversed(difference.versions) if known(one)), None)
        for version in fresh:
            if former is not None and not known(version):
                yield Revision(
                    difference.subject, former.value, version.value, former.evidence, version.evidence
                )


def _people(old: Sequence[Who], new: Sequence[Who]) -> Iterator[Revision]:
    for who in new:
        if who.kind != "person":
            continue
        known = [one for one in old if same_actor(one, who)]
        if not known:
            yield Revision("who", None, f"{who.name}, {who.role}" if who.role else who.name, (), who.evidence)
            continue
        held = [one for one in known if one.role]
        if who.role and held and all(_other_office(one, who) for one in held):
            yield Revision(f"office of {who.name}", held[0].role, who.role, held[0].evidence, who.evidence)


def _other_office(one: Who, other: Who) -> bool:
    """Whether each is called something that the other is not, apart from whose office it is."""
    mine, theirs = _office(one), _office(other)
    if (_OVER in mine) != (_OVER in theirs):
        return True
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _office(who: Who) -> frozenset[str]:
    """What an office is called, without whose it is: "Foreign Minister" of "Norlandic Foreign Minister"."""
    title = re.split(r"\s+(?:of|for|to|at)\s+|,", who.role or "")[0]
    side = [word[:_SAME_LETTERS] for word in fold(who.side or "").split()]
    return frozenset(
        word
        for word in re.findall(r"\w+", fold(title))
        if word[:_SAME_LETTERS] not in side and word not in _SMALL_WORDS
    )


def _places(old: Sequence[Where], new: Sequence[Where]) -> Iterator[Revision]:
    known = {(one.place, one.country) for one in old}
    countries = {one.country for one in old}
    fresh = [
        one
        for one in new
        if (one.place, one.country) not in known
        and one.basis != "inferred"
        # "Bali, Indonesia" is not at odds with "Indonesia".
        and not (one.place in (None, one.country) and one.country in countries)
    ]
    gone = [one for one in old if (one.place, one.country) not in {(n.place, n.country) for n in new}]
    # Of several places nothing says which one took the place of which.
    former = gone[0] if len(gone) == len(fresh) == 1 else None
    for where in fresh:
        yield Revision(
            "place",
            _place(former) if former else None,
            _place(where),
            former.evidence if former else (),
            where.evidence,
        )


def _place(where: Where) -> str:
    parts = dict.fromkeys(part for part in (where.place, where.country) if part)
    return ", ".join(parts)


def _agreements(old: Sequence[Agreed], new: Sequence[Agreed], people: Parties) -> Iterator[Revision]:
    about = [(one, matter(one.text, people)) for one in old]
    for agreed in new:
        mine = matter(agreed.text, people)
        known = [
            (one, theirs)
            for one, theirs in about
            if _same_statement(one, theirs, agreed, mine, either_way="refused" in (one.status, agreed.status))
        ]
        same = [(one, theirs) for one, theirs in known if one.status == agreed.status]
        if not known:
            yield Revision(agreed.status, None, agreed.text, (), agreed.evidence)
        elif not same:
            one = known[0][0]
            yield Revision(
                f"status of “{agreed.text}”", one.status, agreed.status, one.evidence, agreed.evidence
            )
        elif not any(mine.figures <= theirs.figures for _, theirs in same):
            one = same[0][0]
            yield Revision(agreed.status, one.text, agreed.text, one.evidence, agreed.evidence)


def _prospects(old: Sequence[Outlook], new: Sequence[Outlook], people: Parties) -> Iterator[Revision]:
    about = [(one, matter(one.text, people)) for one in old]
    for outlook in new:
        mine = matter(outlook.text, people)
        known = [one for one, theirs in about if _same_statement(one, theirs, outlook, mine)]
        dated = _days(outlook.when)
        if known and (not dated or any(_days(one.when) == dated for one in known)):
            continue
        if known:
            one = next((one for one in known if _days(one.when)), known[0])
            yield Revision(
                f"date of “{outlook.text}”",
                _said(one.when),
                _said(outlook.when),
                one.evidence,
                outlook.evidence,
            )
        else:
            yield Revision(f"outlook, {outlook.kind}", None, outlook.text, (), outlook.evidence)


def _same_statement(
    one: Agreed | Outlook, about: Matter, other: Agreed | Outlook, theirs: Matter, *, either_way: bool = False
) -> bool:
    """Whether two say the same of one thing, as far as figures and dates go."""
    alike = likeness_but_figures(about, theirs, either_way=either_way) > 0
    return alike or (about.denied == theirs.denied and _same_words(one.text, other.text))


def _days(when: When | None) -> tuple[object, ...]:
    return (when.date, when.end) if when and when.date else ()


def _said(when: When | None) -> str | None:
    if when is None or when.date is None:
        return when.phrase if when else None
    return f"{when.date} to {when.end}" if when.end and when.end != when.date else str(when.date)


def _same_words(one: str, other: str) -> bool:
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) >= _SAME_WORDS * len(mine | theirs)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text)))
