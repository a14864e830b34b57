"""Articles → stories: which of them report one event, and which are copies of one text.

    profile     what an article reports: meaning, words, names, states, day
    common      how rare a word is by nature
    likeness    how sure it is that two groups report one event
    meetings    which meeting a title announces                            → what must not be one story
    linkage     the surest first, within these bounds                      → stories, and what joined them
    reprints    the same text under another header, credit or length      → copies, which are no sources
    versions    one page, read at different times                          → the latest, and its history
    rules       checks reprints.yaml: agencies, credits, boilerplate

docs/stories.md explains it with examples.
"""

from briefing.cluster.linkage import Cluster, cluster
from briefing.cluster.profile import Profile, profile_of
from briefing.cluster.reprints import reprints
from briefing.cluster.versions import versions

__all__ = ["Cluster", "Profile", "cluster", "profile_of", "reprints", "versions"]
