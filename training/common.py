"""common.yaml of the stories: how many of a thousand articles use a word."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from briefing.cluster.common import COMMON
from briefing.cluster.profile import folded_words
from evals.documents import read_documents

_LEVELS = (512, 256, 128, 64, 32, 16, 8, 4)


def common_words(corpora: Sequence[Sequence[str]]) -> str:
    """common.yaml: the words of several collections of texts, each of which counts as much as another."""
    share: dict[str, float] = defaultdict(float)
    for texts in corpora:
        used = Counter(word for text in texts for word in set(folded_words(text)))
        for word, count in used.items():
            share[word] += 1000 * count / len(texts) / len(corpora)
    levels: dict[int, list[str]] = {level: [] for level in _LEVELS}
    for word, of_thousand in sorted(share.items()):
        if level := next((one for one in _LEVELS if of_thousand >= one), None):
            levels[level].append(word)
    head = COMMON.read_text("utf-8").split("\nwords:\n")[0] + "\nwords:\n"
    return head + "".join(f"  {level}: >-\n{_wrapped(words)}\n" for level, words in levels.items())


def _wrapped(words: Iterable[str]) -> str:
    return textwrap.fill(
        " ".join(words), 118, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
    )


def texts_of(path: Path) -> list[str]:
    """Title and text of the articles of a file."""
    return [f"{one.title or ''}\n{one.text}" for one in read_documents(path)]
