"""What changed since an earlier brief: each story of either is new, changed, unchanged or dropped.

A story is the same where the two briefs share an article; which stories go on in other articles is told by
the caller, who can compare what they are about.  A value counts as changed where this brief says something
else, or something more.  What is merely not repeated is no change: today's articles need not tell yesterday's
news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.brief.merge import fold, same_actor
from briefing.types import (
    Agreed,
    Brief,
    Change,
    Changes,
    Difference,
    Outlook,
    Revision,
    Story,
    When,
    Where,
)

# Two statements are one where they share this much of their words.
_SAME_WORDS = 0.7
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
    id in `new`.
    """
    before = {story.id: story for story in old.stories}
    partner = _shared_articles(old, new)
    taken = set(partner.values())
    for story in new.stories:
        goes_on = continued.get(story.id)
        if story.id not in partner and goes_on in before and goes_on not in taken:
            partner[story.id] = goes_on
            taken.add(goes_on)
    items = []
    for story in new.stories:
        previous = before.get(partner.get(story.id, ""))
        if previous is None:
            items.append(Change("new", story.headline, story.id, None))
            continue
        revisions = tuple(_revisions(previous, story, updates.get(story.id, ())))
        status = "changed" if revisions else "unchanged"
        items.append(Change(status, story.headline, story.id, previous.id, revisions))  # type: ignore[arg-type]
    items += [
        Change("dropped", story.headline, None, story.id) for story in old.stories if story.id not in taken
    ]
    return Changes(old.date, tuple(items))


def _shared_articles(old: Brief, new: Brief) -> dict[str, str]:
    """The story of `old` that shares most articles with each story of `new`; each is given once."""
    of_article = {
        article.sha256: story.id for story in old.stories for article in (*story.articles, *story.duplicates)
    }
    shared: dict[tuple[str, str], int] = {}
    for story in new.stories:
        for article in (*story.articles, *story.duplicates):
            if article.sha256 in of_article:
                pair = (story.id, of_article[article.sha256])
                shared[pair] = shared.get(pair, 0) + 1
    partner: dict[str, str] = {}
    for (mine, theirs), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if mine not in partner and theirs not in partner.values():
            partner[mine] = theirs
    return partner


def _revisions(old: Story, new: Story, updates: Sequence[Difference]) -> Iterator[Revision]:
    for update in updates:
        first, last = update.versions[0], update.versions[-1]
        yield Revision(update.subject, first.value, last.value, first.evidence, last.evidence)
    yield from _people(old, new)
    yield from _places(old.slots.where, new.slots.where)
    yield from _agreements(old.slots.agreed, new.slots.agreed)
    yield from _prospects(old.slots.outlook, new.slots.outlook)


def _people(old: Story, new: Story) -> Iterator[Revision]:
    for who in new.slots.who:
        if who.kind != "person":
            continue
        known = next((one for one in old.slots.who if same_actor(one, who)), None)
        if known is None:
            yield Revision("who", None, _named(who.name, who.role), (), who.evidence)
        elif known.role and who.role and fold(known.role) != fold(who.role):
            yield Revision(f"office of {who.name}", known.role, who.role, known.evidence, who.evidence)


def _named(name: str, role: str | None) -> str:
    return f"{name}, {role}" if role else name


def _places(old: Sequence[Where], new: Sequence[Where]) -> Iterator[Revision]:
    known = {(one.place, one.country) for one in old}
    countries = {one.country for one in old}
    fresh = [
        one
        for one in new
        if (one.place, one.country) not in known
        # "Bali, Indonesia" is not at odds with "Indonesia".
        and not (one.place in (None, one.country) and one.country in countries)
    ]
    gone = [one for one in old if (one.place, one.country) not in {(n.place, n.country) for n in new}]
    for n, where in enumerate(fresh):
        former = gone[n] if n < len(gone) else None
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


def _agreements(old: Sequence[Agreed], new: Sequence[Agreed]) -> Iterator[Revision]:
    for agreed in new:
        known = [one for one in old if _same_words(one.text, agreed.text)]
        if any(one.status == agreed.status for one in known):
            continue
        if known:
            yield Revision(
                f"status of “{agreed.text}”",
                known[0].status,
                agreed.status,
                known[0].evidence,
                agreed.evidence,
            )
        else:
            yield Revision(agreed.status, None, agreed.text, (), agreed.evidence)


def _prospects(old: Sequence[Outlook], new: Sequence[Outlook]) -> Iterator[Revision]:
    for outlook in new:
        known = [one for one in old if _same_words(one.text, outlook.text)]
        if any(_days(one.when) == _days(outlook.when) for one in known):
            continue
        if known:
            yield Revision(
                f"date of “{outlook.text}”",
                _said(known[0].when),
                _said(outlook.when),
                known[0].evidence,
                outlook.evidence,
            )
        else:
            yield Revision(f"outlook, {outlook.kind}", None, outlook.text, (), outlook.evidence)


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
