"""Which language a text is in, as far as that needs to be known: whether the rules can read it.

By script where it is not Latin, else by the share of its words that are the commonest small words of a
language (function words tell languages apart in a sentence or two; Grefenstette, "Comparing two language
identification schemes", JADT 1995).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from briefing.reading.data import Languages

ENGLISH = "English"
_LOOKED_AT = 4000  # characters
_FEWEST = 12  # words: less is hardly evidence
_SEVERAL = 3  # small words of one language in so few
_LETTERS = re.compile(r"[^\W\d_]+")
_SHARE = 0.12  # of the words; running text of every listed language has 0.2 and more
_AHEAD = 2.0  # times the share of English: an English text may quote the other at length
_OTHER_SCRIPT = 0.5  # of the letters


class LanguageFinder:
    """Tells the language of a text."""

    def __init__(self, languages: Languages) -> None:
        self._words = {name: frozenset(words) for name, words in languages.words.items()}
        self._scripts = languages.scripts

    def find(self, text: str) -> str:
        """The name of the language; English where nothing speaks clearly against it."""
        sample = text[:_LOOKED_AT]
        script = self._script(sample)
        if script is not None:
            return script
        words = [word.lower() for word in _LETTERS.findall(sample)]
        if len(words) < _FEWEST:
            return self._of_few(words)
        shares = {
            name: sum(word in known for word in words) / len(words) for name, known in self._words.items()
        }
        best = max(shares, key=lambda name: (shares[name], name))
        clear = shares[best] >= _SHARE and shares[best] >= _AHEAD * shares[ENGLISH]
        return best if clear else ENGLISH

    def _of_few(self, words: Sequence[str]) -> str:
        """The language of a sentence: another one where it has several small words and English hardly any."""
        counts = {name: sum(word in known for word in words) for name, known in self._words.items()}
        best = max(counts, key=lambda name: (counts[name], name))
        return best if counts[best] >= _SEVERAL and counts[best] > _AHEAD * counts[ENGLISH] else ENGLISH

    def _script(self, text: str) -> str | None:
        letters = [letter for letter in text if letter.isalpha()]
        if all(letter < "\u0370" for letter in letters):  # Latin, as most texts are
            return None
        counts = Counter(unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in letters)
        script, count = counts.most_common(1)[0]
        return self._scripts.get(script) if count > _OTHER_SCRIPT * len(letters) else None
