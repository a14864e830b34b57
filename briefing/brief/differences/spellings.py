"""Names that two articles spell differently: "Sandilands" and "Sandlilands".

Two words are one name where a single letter differs and the rest shows that they name the same: another word
of the name, or, where the word stands alone, a length at which that is no chance.  Candidates share a word
with one letter left out (Mor and Fraenkel, "A hash code method for detecting and correcting spelling errors",
Communications of the ACM 25, 1982): time grows with the number of names, not its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from briefing.brief.differences.claims import Claim, Topic
from briefing.brief.differences.names import SHORTEST_SPELLED, Spelling, one_letter_apart
from briefing.brief.differences.places import is_known
from briefing.brief.differences.reading import Sentence, Token, evidence_of, folded, text_of
from briefing.brief.differences.rules import language
from briefing.types import Article

# So long a name does not come near another one by chance.
_TELLING = 8
_WORD = re.compile(r"[^\W\d_]+")
# "Iraq" and "Iraqi", "Austria" and "Austrian", "Martin" and "Martina", and more than one of them.
_ENDINGS = ("s", "n", "i", "a")
# "Associated" and "Associates".
_VERBAL = frozenset("dsrn")


@dataclass
class _Name:
    """A word of names: where each article has it first, and the other words of those names."""

    word: str
    first: dict[int, tuple[Sentence, Token]] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)


def spelled_apart(
    articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]], small: Collection[str]
) -> Iterator[Topic]:
    """A topic for each two spellings of a name, in the order of the names.

    `small` are the words that the story also writes without a capital.
    """
    names = _names(sentences, small)

    @cache
    def words(n: int) -> frozenset[str]:
        return frozenset(_WORD.findall(folded(f"{articles[n].title or ''} {articles[n].text}")))

    for one, other in _near(names):
        if _inflected(one.word, other.word) or not _is_one_name(one, other):
            continue
        # Where an article has both, one is its slip, or they are two names.
        if any(other.word in words(n) for n in one.first) or any(one.word in words(n) for n in other.first):
            continue
        claims = tuple(_claim(articles[n], name, n) for name in (one, other) for n in name.first)
        yield Topic("spelling", max((claim.said for claim in claims), key=len), claims)


def _is_one_name(one: _Name, other: _Name) -> bool:
    """Whether two words of nearly the same letters name the same."""
    known = [is_known(name.word) for name in (one, other)]
    if one.beside & other.beside:
        return not all(known)  # "Iceland" and "Ireland"
    if one.beside and other.beside:
        return False  # "Fernanda Torres" and "Fernando Haddad"
    at_the_end = one.word[:-1] == other.word[:-1]  # "Islamist" and "Islamism"
    return not any(known) and not at_the_end and min(len(one.word), len(other.word)) >= _TELLING


def _names(sentences: Sequence[Sequence[Sentence]], small: Collection[str]) -> list[_Name]:
    """The words of names that are long enough, in order."""
    found: dict[str, _Name] = {}
    for own in sentences:
        for sentence in own:
            for token in sentence.tokens:
                if token.kind != "name":
                    continue
                words = token.key.split()
                for word in words:
                    if _may_be_misspelled(word) and word not in small:
                        name = found.setdefault(word, _Name(word))
                        name.first.setdefault(sentence.article, (sentence, token))
                        name.beside.update(set(words) - {word} - language().particles)
    return list(found.values())


def _may_be_misspelled(word: str) -> bool:
    office = word in language().titles or word.removesuffix("s") in language().titles
    return len(word) >= SHORTEST_SPELLED and word.isalpha() and not office


def _near(names: Sequence[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Pairs of which one has a letter more, or which differ in the letter at one place."""
    shared: dict[str, list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        # The first letter of a name is hardly ever spelled otherwise.
        for word in {name.word, *(name.word[:at] + name.word[at + 1 :] for at in range(1, len(name.word)))}:
            shared[word].append(n)
    pairs = {pair for held in shared.values() for pair in combinations(held, 2)}
    for one, other in sorted(pairs):
        if one_letter_apart(names[one].word, names[other].word):
            yield names[one], names[other]


def _inflected(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    ended = any(long == short + ending for ending in _ENDINGS)
    verb = one[:-1] == other[:-1] and {one[-1], other[-1]} <= _VERBAL
    return ended or verb or _variant(one) == _variant(other)


def _variant(word: str) -> str:
    """One form for what Britain and America spell differently: "Labour" and "Labor"."""
    for written, other in language().variants.items():
        word = word.replace(written, other)
    return word


def _claim(article: Article, name: _Name, n: int) -> Claim:
    sentence, token = name.first[n]
    said = text_of(article, sentence)[token.start : token.end]
    return Claim(n, (sentence.field, token.start), Spelling(name.word), said, evidence_of(article, sentence))
