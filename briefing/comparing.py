"""Compares a brief with an earlier one: which of its stories go on, and what changed in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from briefing.brief import compare, differences, met_again
from briefing.cluster import cluster
from briefing.pipeline import Pipeline
from briefing.types import Brief, Difference, Story


def with_changes(
    pipeline: Pipeline, old: Brief, new: Brief, continued: Mapping[str, str] | None = None
) -> Brief:
    """The later brief with its changes since the earlier one; `continued` as `same_stories` gives it."""
    if continued is None:
        continued = met_again(old, new) | same_stories(pipeline, old, new)
    before = {story.id: story for story in old.stories}
    updates = {
        story.id: _updates(pipeline, before[continued[story.id]], story)
        for story in new.stories
        if story.id in continued
    }
    return replace(new, changes=compare(old, new, continued, updates))


def same_stories(pipeline: Pipeline, old: Brief, new: Brief) -> dict[str, str]:
    """The story of an earlier brief that each story of a later one goes on with, by id.

    They are one story where their articles, all put together, become one.
    """
    of_article = {one.sha256: story.id for story in old.stories for one in story.articles if one.text}
    articles = [one for story in old.stories for one in story.articles if one.sha256 in of_article]
    mine = {one.sha256: story.id for story in new.stories for one in story.articles}
    articles += [one for story in new.stories for one in story.articles if one.sha256 not in of_article]
    if not of_article or not mine:
        return {}
    found: dict[str, str] = {}
    for story in cluster(articles, pipeline.profiles(articles)):
        digests = [articles[n].sha256 for n in story.articles]
        theirs = Counter(of_article[one] for one in digests if one in of_article)
        ours = Counter(mine[one] for one in digests if one in mine)
        if theirs:
            found |= dict.fromkeys(ours, theirs.most_common(1)[0][0])
    return found


def _updates(pipeline: Pipeline, old: Story, new: Story) -> list[Difference]:
    """In what the articles of a story differ from those that an earlier brief had on it."""
    earlier = [article for article in old.articles if article.text]
    digests = {article.sha256 for article in earlier}
    later = [article for article in new.articles if article.sha256 not in digests]
    articles = [*earlier, *later]
    ids = {article.id for article in later}
    return [
        update
        for update in differences(articles, pipeline.slots(articles)).updates
        if update.versions[-1].evidence[0].article in ids
        and update.versions[0].evidence[0].article not in ids
    ]
