"""Names, compared: "Biden" is Joe Biden, "Russian" is of Russia, "PRC" is China."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.brief.differences.rules import language

# "Ukraine" and "Ukrainian", "Turkey" and "Turkish" share so many letters from the start.
_STEM = 4


@dataclass(frozen=True)
class Name:
    """The folded words of a name, without titles."""

    words: tuple[str, ...]

    def parts_from(self, other: Name) -> bool:
        """Whether the two name different things, as far as their letters show."""
        if set(self.words) & set(other.words):
            return self._given_names_differ(other)
        aliases = language().alias_of
        mine, theirs = (" ".join(one.words) for one in (self, other))
        if mine in aliases and aliases.get(mine) == aliases.get(theirs):
            return False
        if _initials(self.words) == theirs or _initials(other.words) == mine:
            return False
        return not any(
            a[:_STEM] == b[:_STEM] and len(a) > _STEM - 1 and len(b) > _STEM - 1
            for a in self.words
            for b in other.words
        )

    def _given_names_differ(self, other: Name) -> bool:
        """ "Ana Silva" and "Rui Silva" are two people, "A. Silva" and "Ana Silva" may be one."""
        if len(self.words) != 2 or len(other.words) != 2:
            return False
        if self.words[1] == other.words[1]:
            one, two = self.words[0], other.words[0]
        elif self.words[0] == other.words[0]:
            one, two = self.words[1], other.words[1]
        else:
            return False
        return one[:3] != two[:3] and len(one) > 1 and len(two) > 1


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else " "
