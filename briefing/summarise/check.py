"""Whether a generated sentence names only what its source names.

Names, places, organisations, numbers, dates and quotations of the sentence must stand in the source, title
included.  The check compares words, not meaning, and would rather refuse what is true than pass what is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from briefing.numbers import numbers
from briefing.summarise.words import word_lists

_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*[\w])?(?:['’](?=\W|$))?")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SHORT_DATES = {name[:3]: name for name in (*_MONTHS, *_DAYS)} | {
    "sept": "september",
    "tues": "tuesday",
    "thur": "thursday",
    "thurs": "thursday",
}
_MONTH_DAY = re.compile(
    rf"\b({'|'.join(_MONTHS)})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b|"
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
# Where something happened: "in Kabul" is another statement than "Kabul said".  Words of one kind are alike.
_PLACING = {"in": "at", "at": "at", "near": "at", "into": "at", "to": "at", "from": "from"}
_ARTICLE = re.compile(r"\bthe\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")


@dataclass(frozen=True)
class Source:
    """What an article says, made ready for checking: `text` and title as one."""

    text: str
    lowered: bool = field(init=False)

    def __post_init__(self) -> None:
        # Some archives keep articles in lower case; there, capitals prove nothing.
        capitals = sum(1 for word in _WORD.findall(self.text) if word[0].isupper())
        object.__setattr__(self, "lowered", capitals * 12 < len(_WORD.findall(self.text)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in plain form, hyphenated ones whole and in parts."""
        return frozenset(form for word in _WORD.findall(self.text) for form in (plain(word), *_parts(word)))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The words in capitals."""
        return frozenset(plain(word) for word in _WORD.findall(self.text) if _in_capitals(word))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers, in one form for all spellings."""
        return frozenset(number.value for number in numbers(self.text))

    @cached_property
    def dates(self) -> frozenset[tuple[str, str]]:
        """(month, day of the month) of each date."""
        return frozenset(_dates(self.text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that belong to one name: neighbours, and any two words of one run of capitals, in order.

        The last word of a name is its head (the "Khan" of "Prime Minister Khan"): a title or a first name
        that never stands with that head in the source is not part of the name.
        """
        neighbours = {(plain(first), plain(second)) for first, second in pairwise(_WORD.findall(self.text))}
        for run in _runs(self.text):
            names = [plain(word) for word in run]
            neighbours.update((a, b) for place, a in enumerate(names) for b in names[place + 1 :])
        return frozenset(neighbours)

    @cached_property
    def placings(self) -> frozenset[tuple[str, str]]:
        """(kind of preposition, name) wherever a name follows a preposition of place."""
        return frozenset((kind, plain(name)) for kind, _, name in _placings(self.text))

    @cached_property
    def flat(self) -> str:
        """The text for finding quotations: one kind of blank and of quotation mark, no capitals."""
        return _flat(self.text)


def unsupported(sentence: str, source: Source) -> list[str]:
    """What the sentence names that the source does not, each as a phrase for a warning; [] if nothing."""
    checks = (_names, _places, _numbers, _quotations)
    return [reason for check in checks for reason in check(sentence, source)]


def plain(word: str) -> str:
    """A word without case, possessive or the full stops of an abbreviation; months and days in full."""
    word = _POSSESSIVE.sub("", word.casefold().replace("’", "'")).rstrip(".'-").replace(".", "")
    return _SHORT_DATES.get(word, word)


def _names(sentence: str, source: Source) -> Iterator[str]:
    for run in _runs(sentence):
        name = " ".join(run)
        if not all(_known(word, source) for word in run):
            yield f"names '{name}', which the source does not"
            continue
        *before, head = run
        for word in before:
            if (plain(word), plain(head)) not in source.pairs:
                yield f"joins '{word}' and '{head}', which the source does not"
                break


def _places(sentence: str, source: Source) -> Iterator[str]:
    for kind, phrase, name in _placings(sentence):
        if name[0].isupper() and plain(name) in source.words and (kind, plain(name)) not in source.placings:
            yield f"says '{phrase}', which the source does not"


def _numbers(sentence: str, source: Source) -> Iterator[str]:
    for number in numbers(sentence):
        if number.value not in source.numbers:
            yield f"gives '{number.said}', which the source does not"
    for month, day in sorted(_dates(sentence) - source.dates):
        yield f"gives the date {day} {month.capitalize()}, which the source does not"


def _quotations(sentence: str, source: Source) -> Iterator[str]:
    for match in _QUOTED.finditer(sentence):
        if _flat(match[1]).strip(" .,") not in source.flat:
            yield f"quotes '{match[1]}', which the source does not say"
    if len(re.findall(r"[\"“”«»]", sentence)) % 2:
        yield "opens a quotation that it does not close"


def _runs(text: str) -> Iterator[list[str]]:
    """Names: words with capitals that only blanks, hyphens or the particles of names stand between.

    The word that opens a sentence counts unless it is one that names nothing.
    """
    run: list[str] = []
    waiting = False  # for a capital after a particle
    last_end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        between = text[last_end : match.start()]
        joined = not run or re.fullmatch(r"\.?[ \t]+" if len(run[-1]) <= 3 else r"[ \t]+", between)
        opens = not last_end or bool(re.search(r"[.!?\n:][\s\"'“”‘’)]*$", between))
        last_end = match.end()
        if run and (not joined or _POSSESSIVE.search(run[-1])):
            yield run
            run, waiting = [], False
        if word[0].isupper() and not (opens and word.casefold() in word_lists().openers):
            run.append(word)
            waiting = False
        elif run and word.casefold() in word_lists().particles and not waiting:
            waiting = True
        elif run:
            yield run
            run, waiting = [], False
    if run:
        yield run


def _placings(text: str) -> Iterator[tuple[str, str, str]]:
    """(kind of preposition, phrase, name) for each word that follows a preposition of place."""
    for first, second in pairwise(_WORD.findall(_ARTICLE.sub("", text))):
        if kind := _PLACING.get(first.casefold()):
            yield kind, f"{first} {second}", second


def _known(word: str, source: Source) -> bool:
    if _in_capitals(word) and not source.lowered:
        return plain(word) in source.acronyms
    return plain(word) in source.words or all(part in source.words for part in _parts(word))


def _parts(word: str) -> list[str]:
    return [part for part in map(plain, word.split("-")) if part]


def _in_capitals(word: str) -> bool:
    letters = _POSSESSIVE.sub("", word)
    return len(letters) > 1 and letters.isupper()


def _dates(text: str) -> set[tuple[str, str]]:
    found = set()
    for match in _MONTH_DAY.finditer(text):
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        found.add((month.lower(), str(int(day))))
    return found


def _flat(text: str) -> str:
    text = re.sub(r"[‘’`]", "'", text)
    return re.sub(r"\s+", " ", re.sub(r"[\"“”«»]", "", text)).casefold()
