"""Stretches of words beside a name."""

from __future__ import annotations

from briefing.reading.words import Word

Span = tuple[int, int]
"""The first and the last word, both inclusive."""

_OPENS = {",", "(", "–", "-"}
_ENDS = {",", ";", ":", ".", ")", "(", "–", "-", "“", '"'}
_RELATIVE = {"who", "whose", "which", "that", "told", "said", "says"}
_LONGEST = 16  # words


def apposition(words: tuple[Word, ...], last: int, named: set[int]) -> Span | None:
    """What stands in apposition behind the name that ends at `last`, to the next mark, name or verb."""
    at = last + 1
    if at >= len(words) or words[at].text not in _OPENS:
        return None
    end = at
    for word in words[at + 1 : at + 1 + _LONGEST]:
        spaced = word.text != "-" or word.start > words[word.i - 1].end  # "Self-Defense Force" goes on
        if (word.text in _ENDS and spaced) or word.i in named or word.text.isspace():
            break
        if word.is_verb and not word.is_participle and word.text.islower():
            break
        if word.lower in _RELATIVE:
            break
        end = word.i
    return (at + 1, end) if end > at else None
