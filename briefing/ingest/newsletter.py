"""Newsletters: a mail of several items is several articles, and one article with subheadings stays one.

The mail is cut at its headings.  A part that takes up what an earlier one tells of belongs to it: it opens
with "He", or names those whom the other named.  What is paid for, greetings, contents and the foot are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from briefing.ingest.clean import WIDEST_WRAP, tidy_line, unwrap
from briefing.ingest.fragments import RULE, SET_OFF, Block
from briefing.reading.data import ENGLISH_DATA, Offices, Patterns
from briefing.reading.dates.phrases import words as calendar_words
from briefing.rule_files import Strict, read_rules

_FILE = Path(__file__).with_name("newsletter.yaml")

# A heading of plain text in capitals stands above one that is only a short line.
_CAPITALS = 1
_LONGEST_HEADING = 110  # characters
# Words of a heading that tells what happened, not only where or to whom.
_TELLS = 4
# Words of a sentence that tells something.
_SENTENCE = 6
# The letters in which "rejects" and "rejected" are the same, and the least of a word that is compared.
_STEM, _LETTERS = 5, 4
# What of a heading the first words below it say again where it is a headline.
_SAID_AGAIN, _OPENING = 0.5, 60
# How many of its names a part shares that goes on.
_SHARED = 1 / 3
# Lines beyond which a mail is no newsletter that anybody reads.
_MOST_LINES = 4_000
# The foot of a mail is looked for in this last part.
_FOOT = 0.5

_RULE = re.compile(r"\s*(?:[-*_=~•·#+]\s?){3,200}\s*")
_UNDERLINE = re.compile(r"\s*(?:={3,200}|-{3,200})\s*")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.):]|#{1,6}|[-*•▪►–—])\s+")
_MARKS = re.compile(r"[*_]{1,3}(.+?)[*_]{1,3}")
_ENDS = re.compile(r"[.!?:;,…][\"'”’)\]*]*$")
_STOPS = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)")
_NAME = re.compile(r"(?<![.!?…:][\s\"“‘'(])(?<=[\s\"“‘'(/-])[A-ZÀ-Þ][\w’'-]{1,40}")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’'-]{1,40}")
_WORD = re.compile(r"\w[\w’'-]*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class NewsItem:
    """An item of a newsletter, with the address that its heading leads to."""

    title: str | None
    text: str
    link: str | None


class _File(Strict):
    """newsletter.yaml, as it is written."""

    paid: Patterns
    foot: Patterns
    to_readers: Patterns
    goes_on: frozenset[str]
    belongs: Patterns


def items_of(blocks: Sequence[Block], subject: str | None) -> list[NewsItem]:
    """The items of a mail; none where it is one article, or nothing parts them."""
    if len(blocks) > _MOST_LINES:
        return []
    sections = [one for one in _sections(without_foot(blocks), subject) if not one.paid]
    if len(sections) < 2:
        return []
    found = _stories(sections)
    if len(found) < 2:
        return []
    links = [story[0].link for story in found]
    return [
        NewsItem(
            story[0].title,
            "\n".join(line for n, one in enumerate(story) for line in (one.lines if n == 0 else one.whole)),
            story[0].link if links.count(story[0].link) == 1 else None,
        )
        for story in found
    ]


def plain_blocks(text: str, *, wrapped: bool = True) -> list[Block]:
    """The lines of a plain text, unwrapped, with what stands in it as a heading or a rule."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    if len(lines) > _MOST_LINES:
        return []
    widest = min(max((len(line) for line in lines if " " in line.strip()), default=0), WIDEST_WRAP)
    kept: list[str] = []
    headings: list[Block] = []
    for n, line in enumerate(lines):
        heading = _plain_heading(lines, n, widest)
        # Blank lines around a heading keep it apart when what is wrapped is joined.
        kept += ["", f"\0{len(headings)}", ""] if heading else [line]
        headings += [heading] if heading else []
    found = []
    for line in (unwrap("\n".join(kept)) if wrapped else "\n".join(kept)).split("\n"):
        if line.startswith("\0"):
            found.append(headings[int(line[1:])])
        elif said := tidy_line(line):
            found.append(Block(said))
    return found


def _plain_heading(lines: Sequence[str], n: int, widest: int) -> Block | None:
    """The heading, or the rule, that a line is; None where it is text."""
    line = lines[n].strip()
    above = lines[n - 1].strip() if n else ""
    below = lines[n + 1].strip() if n + 1 < len(lines) else ""
    if _RULE.fullmatch(line):
        return RULE
    if not line or len(line) > _LONGEST_HEADING:
        return None
    marked = _MARKS.fullmatch(line)
    said = marked[1] if marked else line
    title = tidy_line(_NUMBER.sub("", said, count=1))
    if not title or _ENDS.search(said) or not title[0].isalnum():
        return None
    words = _WORD.findall(title)
    if len(words) > 1 and title.isupper():
        return Block(title, _CAPITALS)
    if _UNDERLINE.fullmatch(below) or marked or said.startswith("#"):
        return Block(title, SET_OFF)
    apart = not above or _RULE.fullmatch(above)
    # The next word would have fitted: the line was ended by whoever wrote it.
    ended = not below or len(lines[n]) + 1 + len(below.split()[0]) <= widest
    listed = _NUMBER.match(below)
    if apart and ended and not listed and len(words) > 1 and not title[0].islower():
        return Block(title, SET_OFF)
    return None


@dataclass
class _Section:
    """What stands below a heading, up to the next."""

    title: str | None
    level: int
    link: str | None
    paid: bool
    lines: list[str] = field(default_factory=list)

    @property
    def whole(self) -> list[str]:
        """The lines with the heading above them."""
        return [*([self.title] if self.title else []), *self.lines]

    @cached_property
    def opening(self) -> list[str]:
        """The first words."""
        return _WORD.findall(" ".join(self.lines)[:2000])[:_OPENING]

    @cached_property
    def names(self) -> frozenset[str]:
        """Those whom the lines name, but for the first words of sentences."""
        return _names(_NAME, self.lines)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words with a capital."""
        return _names(_CAPITAL, self.lines)

    @property
    def tells(self) -> bool:
        """Whether a sentence of it is news, and not only spoken to readers."""
        return any(
            len(sentence.split()) >= _SENTENCE and not _fits("to_readers", sentence)
            for line in self.lines
            for sentence in _sentences(line)
        )

    @property
    def headed(self) -> bool:
        """Whether its heading is a headline: the first words below say it again."""
        said = {_stem(word) for word in self.opening}
        words = [_stem(word) for word in _WORD.findall(self.title or "") if len(word) >= _LETTERS]
        again = sum(word in said for word in words)
        return again > 1 and again >= _SAID_AGAIN * len(words)

    @property
    def goes_on(self) -> bool:
        """Whether its heading is one within a text, or its first sentence cannot stand alone."""
        if _pattern("belongs").fullmatch((self.title or "").rstrip(" :")):
            return True
        return bool(self.opening) and self.opening[0].casefold() in _rules().goes_on

    def shares(self, names: frozenset[str]) -> bool:
        """Whether it names, in good part, those names; one without names does."""
        return len(self.names & names) >= _SHARED * len(self.names)


def _sections(blocks: Sequence[Block], subject: str | None) -> Iterator[_Section]:
    """The parts below each heading that tell something; what stands above the first has the subject."""
    current = _Section(subject, 0, None, paid=False)
    above: list[Block] = []
    after_rule = False
    for block in blocks:
        if block == RULE:
            after_rule = True
        elif block.level and not _STOPS.search(block.text):
            above.append(block)
        else:
            if above or after_rule:
                if current.tells:
                    yield current
                current = _opened(above, subject)
                above, after_rule = [], False
            current.lines.append(block.text)
    if current.tells:
        yield current


def _opened(headings: Sequence[Block], subject: str | None) -> _Section:
    """A part below headings that follow each other: of "Africa" and what happened there, the latter."""
    if not headings:
        return _Section(None, SET_OFF, None, paid=False)
    told = [one for one in headings if len(_WORD.findall(one.text)) >= _TELLS]
    title = told[0] if told else headings[-1]
    paid = any(_fits("paid", one.text) for one in headings)
    return _Section(_NUMBER.sub("", title.text, count=1), title.level, title.link, paid)


def _stories(sections: Sequence[_Section]) -> list[list[_Section]]:
    """The parts of each item; one item where they go on from each other."""
    first, *later = sections
    if not first.level and first.names <= frozenset(chain(*(one.capitals for one in later))):
        first, *later = later  # what stands on top only tells what is in the mail
    if not later:
        return [[first]]
    # An article opens with its lead, below its title or the subject alone; a newsletter with its first item.
    led = first.level < min(one.level for one in later)
    named = first.capitals
    begins = []
    for one in later:
        headed = one.link is not None or (one.headed and not led)
        begins.append(not one.goes_on and (headed or not one.shares(named)))
        named |= one.capitals
    if 2 * sum(begins) < len(later) + led:
        return [list(sections)]
    found = [[first]]
    for one, alone in zip(later, begins, strict=True):
        if alone:
            found.append([one])
        else:
            found[-1].append(one)
    return found


def without_foot(blocks: Sequence[Block]) -> Sequence[Block]:
    """The lines above the first that speaks of the mail itself, in its last part."""
    for n in range(int(len(blocks) * _FOOT), len(blocks)):
        if any(_fits("foot", sentence) for sentence in _sentences(blocks[n].text)):
            return blocks[:n]
    return blocks


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?…])[\"'”’)\]]{0,3}\s", text) if one]


def _names(pattern: re.Pattern[str], lines: Iterable[str]) -> frozenset[str]:
    found = (_POSSESSIVE.sub("", name) for line in lines for name in pattern.findall(line))
    return frozenset(name for name in found if name.casefold() not in _no_names())


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


@cache
def _rules() -> _File:
    return read_rules(_FILE, _File)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in getattr(_rules(), kind)), re.IGNORECASE)


def _fits(kind: str, said: str) -> bool:
    return _pattern(kind).match(said) is not None


@cache
def _no_names() -> frozenset[str]:
    """Words with a capital that tell nobody from another: offices, months and weekdays."""
    offices = read_rules(ENGLISH_DATA / "offices.yaml", Offices)
    calendar = calendar_words()
    lists: Iterable[Iterable[str]] = (
        offices.heads,
        offices.parts,
        offices.portfolios,
        offices.not_names,
        *calendar.months,
        *calendar.weekdays,
    )
    return frozenset(chain.from_iterable(lists))
