"""How rare a word is by nature: states, offices, words of the trade are common, a town or a person is not."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from briefing.rule_files import Strict, read_rules

COMMON = Path(__file__).parent / "weights" / "common.yaml"
_THOUSAND = 1000


class _File(Strict):
    """common.yaml, as it is written."""

    words: dict[int, str]


@cache
def rarities() -> dict[str, float]:
    """From 0, a word of all articles, to just below 1; what is not there has 1.  Raises SettingsError."""
    return {
        word: 1 - math.log(share) / math.log(_THOUSAND)
        for share, words in read_rules(COMMON, _File).words.items()
        for word in words.split()
    }


def rarity(word: str) -> float:
    """How rare a folded word is in articles at large, from 0 to 1."""
    return rarities().get(word, 1.0)
