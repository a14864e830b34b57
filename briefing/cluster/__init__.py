"""Articles → stories: which of them report one event, and which are copies of one text.

    vectors     what an article is about, whom it names, when it appeared  → a unit vector
    meetings    which meeting a title announces                            → what must not be one story
    linkage     average linkage over the vectors, within these bounds      → stories
    reprints    the same text under another header, credit or length      → copies, which are no sources
    rules       checks reprints.yaml: agencies, credits, boilerplate

docs/stories.md explains it with examples.
"""

from briefing.cluster.linkage import SIMILARITY, cluster
from briefing.cluster.reprints import reprints
from briefing.cluster.vectors import event_vector

__all__ = ["SIMILARITY", "cluster", "event_vector", "reprints"]
