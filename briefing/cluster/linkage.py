"""Stories: average linkage over the vectors of articles, cut at a fixed likeness.

The average likeness of two groups of vectors is the dot product of their means, so no matrix of all pairs
is held: nearest neighbours are found block by block.  All groups that are each other's nearest are merged at
once (Sumengen et al., "Scaling hierarchical agglomerative clustering to billion-sized datasets", 2021); as
merging never brings others closer, that gives the tree that merging pair by pair would.  Comparing is
quadratic, but one multiplication of matrices: a few seconds for 10,000 articles, a hundredth of reading them.

Articles are put in an order of their own first, so that the order of the input decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.cluster.meetings import Meeting, meetings
from briefing.types import Article

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# In the middle of where BCubed F1 on 197 news articles of 34 events is 0.96 or more, 0.25 to 0.37; sentence
# vectors alone reach that over a third of the range (python -m evals clusters).
SIMILARITY = 0.31
# Rows compared at a time: 10,000 articles then need some 20 MB.
_BLOCK = 512
# Likenesses are rounded before they decide: the last bits differ between processors.
_DIGITS = 5
_NONE = -2.0


def cluster(articles: Sequence[Article], vectors: npt.NDArray[np.float32]) -> list[list[int]]:
    """Groups the articles by event.

    `vectors` has shape (len(articles), width), the `event_vector` of each.  Returns indices, the
    groups by their first article; each group opens with its lead, the article closest to the group's
    mean, and goes on in input order.  Another order of the input gives the same groups and leads.
    """
    import numpy as np

    if not articles:
        return []
    order = sorted(range(len(articles)), key=lambda n: _place(articles[n]))
    announced = meetings([articles[n] for n in order])
    groups: dict[Meeting | int, list[int]] = {}
    for row, (n, meeting) in enumerate(zip(order, announced, strict=True)):
        groups.setdefault(meeting if meeting and meeting.certain else -1 - row, []).append(n)
    numbers = {n: meeting.number if meeting else -1 for n, meeting in zip(order, announced, strict=True)}
    members = list(groups.values())
    means = np.stack([vectors[group].mean(axis=0) for group in members])
    links = _Linkage(means, members, [numbers[group[0]] for group in members])
    links.run()
    rank = {n: row for row, n in enumerate(order)}
    return [_lead_first(sorted(group), vectors, rank) for group in sorted(map(sorted, links.groups()))]


def _place(article: Article) -> tuple[dt.date, str, str, str, str]:
    """Where an article stands whatever order it came in; undated ones last."""
    return (
        article.date or dt.date.max,
        article.sha256,
        article.title or "",
        article.source or "",
        article.id,
    )


class _Linkage:
    """Groups under way: mean vector, size, meeting and members of each, and its nearest other group."""

    def __init__(self, means: npt.NDArray[np.float32], members: list[list[int]], meetings: list[int]) -> None:
        import numpy as np

        self._members = members
        self._means = means
        self._sizes = np.array([len(group) for group in members], dtype=np.float32)
        self._meeting = np.array(meetings)
        self._nearest = np.full(len(members), -1)
        self._likeness = np.full(len(members), _NONE, dtype=np.float32)

    def groups(self) -> list[list[int]]:
        return [group for group in self._members if group]

    def run(self) -> None:
        """Merges until no two groups that may be one story are as close as SIMILARITY."""
        import numpy as np

        open_ = np.arange(len(self._members))
        stale = open_
        while stale.size:
            self._find_nearest(stale, open_)
            # What is close to nothing stays so: merging others only lowers an average.
            open_ = open_[self._likeness[open_] >= SIMILARITY]
            pairs = self._pairs(open_)
            if not pairs:
                break
            kept, gone = np.array([one for one, _ in pairs]), np.array([other for _, other in pairs])
            for one, other in pairs:
                self._merge(one, other)
            open_ = np.setdiff1d(open_, gone, assume_unique=True)
            stale = open_[np.isin(self._nearest[open_], np.concatenate([kept, gone])) | np.isin(open_, kept)]

    def _find_nearest(self, rows: npt.NDArray[np.int_], among: npt.NDArray[np.int_]) -> None:
        import numpy as np

        means, meeting = self._means[among], self._meeting[among]
        for start in range(0, len(rows), _BLOCK):
            some = rows[start : start + _BLOCK]
            likeness = (self._means[some] @ means.T).round(_DIGITS)
            likeness[some[:, None] == among] = _NONE
            bound = np.flatnonzero(self._meeting[some] >= 0)
            own = self._meeting[some[bound], None]
            likeness[bound] = np.where((meeting >= 0) & (meeting != own), _NONE, likeness[bound])
            best = likeness.argmax(axis=1)
            self._nearest[some] = among[best]
            self._likeness[some] = likeness[np.arange(len(some)), best]

    def _pairs(self, rows: npt.NDArray[np.int_]) -> list[tuple[int, int]]:
        """The groups that are each other's nearest, the earlier first."""
        mutual = rows[(self._nearest[self._nearest[rows]] == rows) & (rows < self._nearest[rows])]
        if not mutual.size and rows.size:
            # Equally near ones can point in a circle; the nearest two of all are then as good as any.
            one = rows[self._likeness[rows].argmax()]
            return [(int(min(one, self._nearest[one])), int(max(one, self._nearest[one])))]
        return [(int(one), int(self._nearest[one])) for one in mutual]

    def _merge(self, one: int, other: int) -> None:
        mine, theirs = self._sizes[one], self._sizes[other]
        self._means[one] = (self._means[one] * mine + self._means[other] * theirs) / (mine + theirs)
        self._sizes[one] = mine + theirs
        self._meeting[one] = max(self._meeting[one], self._meeting[other])
        self._members[one] = self._members[one] + self._members[other]
        self._members[other] = []


def _lead_first(group: list[int], vectors: npt.NDArray[np.float32], rank: dict[int, int]) -> list[int]:
    likeness = (vectors[group] @ vectors[group].mean(axis=0)).round(4)
    lead = min(zip(group, likeness, strict=True), key=lambda one: (-one[1], rank[one[0]]))[0]
    return [lead, *(n for n in group if n != lead)]
