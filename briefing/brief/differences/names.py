"""Names, compared: "Biden" is Joe Biden, "Russian" is of Russia, "PRC" is China."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.brief.differences.rules import language

# "Ukraine" and "Ukrainian", "Turkey" and "Turkish" share so many letters from the start.
_STEM = 4
# A person's name behind an office that was read with it: "National Security Affairs Ana Silva".
_TAIL = 2
# Shorter words are near others by chance.
SHORTEST_SPELLED = 5


@dataclass(frozen=True)
class Name:
    """The folded words of a name, without titles."""

    words: tuple[str, ...]

    def parts_from(self, other: Name) -> bool:
        """Whether the two name different things, as far as their letters show."""
        known, also = _known(self.words), _known(other.words)
        if len(known) == len(also) == 1 and known[0][0] == also[0][0] == "~":
            return known != also
        mine, theirs = (" ".join(one.words) for one in (self, other))
        if set(known) & set(also):
            return self._given_names_differ(other)
        if set(self.words) & set(other.words):
            return self._given_names_differ(other)
        if _initials(self.words) in theirs or _initials(other.words) in mine:
            return False
        one, two = "".join(self.words), "".join(other.words)
        if min(len(one), len(two)) >= _STEM and (one in two or two in one):
            return False  # "FirstGroup" and "First Group", of which "First" was read as a number
        return not any(
            a[:_STEM] == b[:_STEM] and min(len(a), len(b)) >= _STEM for a in self.words for b in other.words
        )

    def _given_names_differ(self, other: Name) -> bool:
        """Tells "Ana Silva" from "Rui Silva", behind an office from "Rui Costa"; "A. Silva" may be either."""
        if len(self.words) != len(other.words):
            return False
        differing = [(a, b) for a, b in zip(self.words, other.words, strict=True) if a != b]
        behind = len(self.words) > _TAIL and self.words[:-_TAIL] == other.words[:-_TAIL]
        return 0 < len(differing) <= (_TAIL if behind else 1) and all(
            a[:3] != b[:3] and min(len(a), len(b)) > 1 and not one_letter_apart(a, b) for a, b in differing
        )


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words of some length differ in one letter at one place, or by one letter more."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_SPELLED or len(long) - len(short) > 1 or one == other:
        return False
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


@dataclass(frozen=True)
class Spelling:
    """A word of a name as it is spelled, folded."""

    word: str

    def parts_from(self, other: Spelling) -> bool:
        """Whether it is spelled otherwise."""
        return self.word != other.word


def _known(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, with "~" and a number for those that are one of the names of a state or body."""
    aliases = language().alias_of
    made: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 4), at, -1):
            if (name := " ".join(words[at:end])) in aliases:
                made.append(f"~{aliases[name]}")
                at = end
                break
        else:
            made.append(words[at])
            at += 1
    return tuple(made)


def _initials(words: tuple[str, ...]) -> str:
    """The letters "ana" of "All Nippon Airways"; for a single word what no name holds."""
    return "".join(word[0] for word in words) if len(words) > 1 else "\n"
