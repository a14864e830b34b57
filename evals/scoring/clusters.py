"""How well stories are told apart: BCubed precision, recall and F1 against known events.

Amigó et al., "A comparison of extrinsic clustering evaluation metrics based on formal constraints",
Information Retrieval 12 (2009).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any


def figures(event_of: Mapping[str, str], stories: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Shares, and numbers of stories and of missing articles.

    `event_of` names the event of each article by its id; `stories` are those of a brief.  An article that
    no story holds counts as a story of its own.
    """
    story_of = {
        str(article["id"]): number
        for number, story in enumerate(stories)
        for article in (*story["articles"], *story.get("duplicates", ()))
    }
    missing = [one for one in event_of if one not in story_of]
    story_of.update({one: -1 - number for number, one in enumerate(missing)})
    precision, recall, f1 = bcubed(story_of, event_of)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "stories": len(stories),
        "missing": len(missing),
    }


def bcubed(story_of: Mapping[str, int], event_of: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the articles of `event_of`; each must be in a story."""
    stories = Counter(story_of[one] for one in event_of)
    events = Counter(event_of.values())
    together = Counter((story_of[one], event) for one, event in event_of.items())
    # Every article of a cell sees the same neighbours, so each cell counts once, weighted by its size.
    precision = sum(n * n / stories[story] for (story, _), n in together.items()) / len(event_of)
    recall = sum(n * n / events[event] for (_, event), n in together.items()) / len(event_of)
    return precision, recall, 2 * precision * recall / (precision + recall)
