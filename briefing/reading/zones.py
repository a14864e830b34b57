"""What of a text is body, and what stands around it: datelines, credits, captions, links, boxes, notices.

The unit is the sentence, so that text without line breaks is read as well.  In this order, and what is marked
first stays so:

1. what the text opens with: its title again, labels ("URGENT"), who wrote it, when it was updated, dateline;
2. a sentence or line that fits a pattern of furniture (furniture.py) as a whole, or opens with a pointer;
3. datelines further below, of items that follow each other;
4. credits in brackets at the edge of a sentence;
5. what goes on from a marked sentence: the rest of a box, the links of a list, all after "Sources";
6. from the end: sign-offs, the box of the author;
7. headings: short lines without a full stop before a paragraph.

Where no word is left, headings are the body: a note of two lines is news.  Body that is called furniture is
lost to every stage, so what is not plain stays body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice, pairwise

from briefing.reading.data import ZoneWords, load_zone_words
from briefing.reading.dateline import DatelineFinder, Opening
from briefing.reading.furniture import LINK_WORDS, LONGEST_LINK, Furniture
from briefing.sentences import split_sentences
from briefing.types import Article, Span, Zone, ZoneKind

# What lies beyond is body: no article is as long, and a dump has no furniture that could be told.
_LOOKED_AT = 100_000  # characters
_LINES_LOOKED_AT = 4_000
# Texts whose zones are kept, because several stages ask for them.
_KEPT = 64
# A longer sentence is no furniture.
_LONGEST = 600  # characters
_LONGEST_CAPTION = 500
# Characters beside brackets that tell whether a sentence begins or ends there.
_BESIDE = 8
# Words in brackets that may be a short name.
_SHORT_NAME = 2
# Words of a heading within the text, and of one above it.
_HEADING = 8
_TOP_HEADING = 12
# Words of a sentence that makes a paragraph of what is below a heading.
_PARAGRAPH = 8
# Share of the lines with a full stop; with fewer, lines are broken to a width or are a list.
_ENDED = 0.5
# Words of a title that may stand before the text without a line of its own.
_TITLE = 4
# Characters in which a dateline may follow a byline or headline on one line.
_TOP = 400
# A dateline further below is that of an item.
# "By sportswriter Lena Berg DOHA, Nov. 27 (Xinhua) --"
_AUTHOR_BEFORE = re.compile(r"By [^.,;:()\n]{3,60}? (?=[A-Z\u00c0-\u00de]{3})")
_DATELINE_IN = 1500
# Sentences that may go on from a box for readers.
_GOES_ON = 3
# Lines of a list of links that ends a text.
_LINKS = 12
# "Sources" ends a text only in this last part of it.
_TAIL = 0.4

_BREAKS = "\n\r\u2028\u2029"
_FULL_STOPS = '.!?”"'
_LINE_BREAK = re.compile(f"[{_BREAKS}]")
_ENDS = re.compile(r"[.!?…:;,][\s\"'”’»)\]*]*$")
_SIGNED = re.compile(r"(?<=[.!?”\")])[ \u00a0]{1,3}(?=[©•#]|[a-z]{1,4}/[a-z]{1,4}\b)")
_WORDS = re.compile(r"\w+(?:['’.-]\w+)*")
_BRACKETS = re.compile(r"\(([^()\n]{3,300})\)|\[([^\[\]\n]{3,300})\]")
_LISTED = re.compile(r"\s*(?:[-•·*#|>+]|\d{1,3}[.)])\s")
_MAY_HEAD = re.compile(r"[\"“‘'(]?[A-Z0-9À-Þ]")


@dataclass(frozen=True)
class _Unit:
    """A sentence; `opens` and `closes` say whether it stands at the beginning and end of its line."""

    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def line(self) -> bool:
        """Whether it is a whole line."""
        return self.opens and self.closes


@lru_cache(maxsize=_KEPT)
def find_zones(text: str, title: str | None = None, source: str | None = None) -> tuple[Zone, ...]:
    """The zones of a text, which cover it without overlap, by the words that ship."""
    return _finder().find(text, title, source)


def body_of(article: Article) -> list[Span]:
    """Where the sentences of an article's body stand, in order, by the words that ship."""
    return body_sentences(article.text, find_zones(article.text, article.title, article.source))


def dateline_of(article: Article) -> Opening | None:
    """The dateline of an article, by the words that ship."""
    zones = find_zones(article.text, article.title, article.source)
    return _finder().dateline(article.text, zones)


def body_sentences(text: str, zones: Sequence[Zone]) -> list[Span]:
    """Where the sentences of the body stand: those of the text, without what of them is no body."""
    ends = [zone.end for zone in zones]
    found = []
    for start, end in split_sentences(text):
        for zone in zones[bisect_right(ends, start) :]:
            if zone.start >= end:
                break
            if zone.kind == "body":
                span = _stripped(text, max(start, zone.start), min(end, zone.end))
                if _WORDS.search(text, *span):
                    found.append(span)
    return found


@cache
def _finder() -> ZoneFinder:
    return ZoneFinder(load_zone_words())


class ZoneFinder:
    """Finds the zones of texts."""

    def __init__(self, words: ZoneWords) -> None:
        self._furniture = Furniture(words)
        self._datelines = DatelineFinder(words)

    def find(self, text: str, title: str | None, source: str | None) -> tuple[Zone, ...]:
        """The zones of a text, which cover it without overlap."""
        return _Text(self._furniture, self._datelines, text, title, source).zones()

    def dateline(self, text: str, zones: Sequence[Zone]) -> Opening | None:
        """The dateline of the text as a whole, in its parts: the one behind which the report begins."""
        found = None
        for zone in zones:
            if zone.kind == "dateline" and zone.start < _DATELINE_IN:
                at = zone.start
                while at < zone.end and (one := self._datelines.at(text, at, first=True)) is not None:
                    found, at = one, one.end
            elif zone.kind == "body":
                break
        return found


class _Text:
    """One text while its zones are found: its sentences, and what is marked so far."""

    def __init__(
        self,
        furniture: Furniture,
        datelines: DatelineFinder,
        text: str,
        title: str | None,
        source: str | None,
    ) -> None:
        self._furniture = furniture
        self._datelines = datelines
        self._whole = text
        self._text = text = text[: _looked_at(text)]
        self._title = title or ""
        self._source = source or ""
        self._units = list(_units(text))
        self._several = sum(unit.opens for unit in self._units) > 1
        self._marks: list[Zone] = []

    def zones(self) -> tuple[Zone, ...]:
        self._mark_top()
        self._mark_whole()
        self._mark_items()
        self._mark_brackets()
        self._mark_what_goes_on()
        self._mark_end()
        self._mark_headings()
        if not any(_WORDS.search(self._whole, zone.start, zone.end) for zone in self._gaps()):
            self._marks = [mark for mark in self._marks if mark.kind != "heading"]
        return tuple(_joined(sorted((*self._marks, *self._gaps()), key=lambda zone: zone.start), self._whole))

    # ---- marks

    def _mark(self, start: int, end: int, kind: ZoneKind) -> None:
        """Marks what of text[start:end] is not marked yet."""
        for left, right in self._free(start, end):
            insort(self._marks, Zone(left, right, kind), key=lambda zone: zone.start)

    def _free(self, start: int, end: int) -> Iterator[Span]:
        at = start
        for mark in self._marks[max(0, bisect_left(self._marks, start, key=lambda zone: zone.start) - 1) :]:
            if mark.start >= end:
                break
            if mark.end <= at:
                continue
            if mark.start > at:
                yield at, mark.start
            at = mark.end
        if at < end:
            yield at, end

    def _is_marked(self, unit: _Unit) -> bool:
        return not any(_WORDS.search(self._text, *span) for span in self._free(unit.start, unit.end))

    def _kind_at(self, at: int) -> ZoneKind | None:
        n = bisect_right(self._marks, at, key=lambda zone: zone.start) - 1
        return self._marks[n].kind if n >= 0 and at < self._marks[n].end else None

    def _gaps(self) -> list[Zone]:
        return [Zone(start, end, "body") for start, end in list(self._free(0, len(self._whole)))]

    def _said(self, unit: _Unit) -> str:
        return self._text[unit.start : unit.end]

    @cached_property
    def _has_paragraphs(self) -> bool:
        """Whether lines are paragraphs, and not broken to a width or a list: then some are headings."""
        lines = [unit for unit in self._units if unit.closes and not self._is_marked(unit)]
        ended = sum(_ENDS.search(self._text, unit.start, unit.end) is not None for unit in lines)
        return len(lines) > 1 and ended >= _ENDED * len(lines)

    # ---- the steps

    def _mark_whole(self) -> None:
        known: dict[tuple[str, bool], ZoneKind | None] = {}
        for unit in self._units:
            said = self._said(unit)
            key = (said, unit.line and self._several)
            if key not in known:
                known[key] = self._furniture.whole(said, line=key[1])
            kind = known[key]
            if kind is not None:
                end = self._end_of_caption(unit, said) if kind == "caption" else unit.end
                self._mark(unit.start, end, kind)
            elif (pointer := self._furniture.pointer(said, line=key[1])) is not None:
                self._mark(unit.start, unit.start + pointer, "link")
        if self._several:
            self._mark_captions()

    def _end_of_caption(self, unit: _Unit, said: str) -> int:
        """Where a caption ends: without a line of its own it may run into the next sentence of the body."""
        if unit.line and self._several:
            return unit.end
        after = self._furniture.next_sentence(said)
        if after is not None:
            return unit.start + after
        return unit.end if len(said.split()) <= LINK_WORDS else unit.start

    def _mark_captions(self) -> None:
        """Lines of several sentences that end in the credit of a picture."""
        first = None
        for unit in self._units:
            first = unit if unit.opens else first
            if first is None or not unit.closes or unit.opens or unit.end - first.start > _LONGEST_CAPTION:
                continue
            if self._furniture.whole(self._said(unit), line=True) == "caption":
                self._mark(first.start, unit.end, "caption")

    def _mark_top(self) -> None:
        """What the text opens with, one after the other, until something is body."""
        at = 0
        kind: ZoneKind | None = None
        while kind != "dateline":
            at += len(self._text) - at - len(self._text[at:].lstrip())
            found = self._next_at_top(at) if at < len(self._text) else None
            if found is None:
                return
            kind, end = found
            self._mark(at, end, kind)
            at = end
        self._mark_second(at)

    def _mark_second(self, at: int) -> None:
        """A further dateline behind the first, from an office that sends on what another wrote."""
        at += len(self._text) - at - len(self._text[at:].lstrip())
        author = _AUTHOR_BEFORE.match(self._text, at)
        begins = author.end() if author is not None else at
        second = self._datelines.at(self._text, begins, first=True) if begins < len(self._text) else None
        if second is not None and second.credited:
            self._mark(at, begins, "byline")
            self._mark(begins, second.end, "dateline")

    def _next_at_top(self, at: int) -> tuple[ZoneKind, int] | None:
        line_end = _line_end(self._text, at)
        title = _title_at(self._text, at, self._title)
        if title is not None:
            return "heading", title
        furniture = self._furniture_at_top(at)  # "(Agencies)"
        if furniture is not None:
            return furniture
        opening = self._datelines.at(self._text, at, first=True)
        if opening is not None:
            return "dateline", opening.end
        return (
            self._furniture.opening(self._text, at, line_end)
            or self._before_dateline(at, line_end)
            or self._headline_at_top(at, line_end)
        )

    def _furniture_at_top(self, at: int) -> tuple[ZoneKind, int] | None:
        unit = next((unit for unit in self._units if unit.start >= at), None)
        if unit is None or unit.start > at:
            return None
        kind = self._furniture.whole(self._said(unit), line=unit.line and self._several)
        return (kind, unit.end) if kind is not None else None

    def _headline_at_top(self, at: int, line_end: int) -> tuple[ZoneKind, int] | None:
        opens = self._text[:at].rstrip(" \t")
        said = self._text[at:line_end].strip()
        if (
            (opens and opens[-1] not in _BREAKS)
            or len(said) > LONGEST_LINK
            or not self._text[line_end:].strip()
        ):
            return None
        headline = 0 < len(_WORDS.findall(said)) <= _TOP_HEADING and self._is_headline(said)
        return ("heading", line_end) if headline and self._has_paragraphs else None

    def _before_dateline(self, at: int, line_end: int) -> tuple[ZoneKind, int] | None:
        """A byline or headline on the line of the dateline: "By Jon Vik OSLO, March 3 (Reuters) - …"."""
        text = self._text
        end = min(line_end, at + _TOP)
        for space in re.finditer(r"[ \u00a0](?=[A-Z(])", text[at:end]):
            start = at + space.end()
            opening = self._datelines.at(text, start, first=False)
            if opening is None or not opening.credited or opening.place is None:
                continue
            if not text[slice(*opening.place)].isupper():
                continue
            before = text[at:start].strip()
            if self._furniture.opens_byline(before):
                return "byline", start
            return None if re.search(r"[.!?]\s", before) else ("heading", start)
        return None

    def _mark_items(self) -> None:
        """Datelines at the beginning of later lines."""
        for unit in self._units:
            if unit.opens and self._kind_at(unit.start) is None:
                opening = self._datelines.at(self._text, unit.start, first=False)
                if opening is not None:
                    self._mark(opening.start, opening.end, "dateline")

    def _mark_brackets(self) -> None:
        for unit in self._units:
            if "(" not in self._said(unit) and "[" not in self._said(unit):
                continue
            for match in _BRACKETS.finditer(self._text, unit.start, unit.end):
                before = self._text[max(unit.start, match.start() - _BESIDE) : match.start()].rstrip()
                after = self._text[match.end() : min(unit.end, match.end() + _BESIDE)].strip()
                parted = not before or before[-1] in _FULL_STOPS
                # "the Environmental Protection Agency (EPA) said", "the Associated Press (AP)."
                if not parted and after and (after != "." or len(match[0].split()) <= _SHORT_NAME):
                    continue
                kind = self._furniture.bracketed(match[1] or match[2])
                if kind is not None:
                    self._mark(match.start(), match.end(), kind)

    def _mark_what_goes_on(self) -> None:
        """The rest of boxes for readers, the links below "Read more:", and all that follows "Sources"."""
        box = links = 0
        for unit in self._units:
            said = self._said(unit)
            if unit.line and self._heads_end(unit):
                self._mark(unit.start, len(self._text), "link")
                return
            if self._is_marked(unit):
                box = _GOES_ON if self._kind_at(unit.start) == "promotion" else 0
                links = unit.line and self._furniture.heads_links(said)
                continue
            if box and self._furniture.is_to_readers(said) and len(said) <= _LONGEST:
                self._mark(unit.start, unit.end, "promotion")
                box -= 1
            elif links and unit.line and not _ENDS.search(said) and len(said) <= LONGEST_LINK:
                self._mark(unit.start, unit.end, "link")
            elif unit.line and self._several and self._furniture.heads_links(said):
                self._mark(unit.start, unit.end, "link")
                links = True
                box = 0
            else:
                box = links = 0

    def _heads_end(self, unit: _Unit) -> bool:
        """Whether all that follows a line is sources or a list of links, in the last part of the text."""
        said = self._said(unit)
        tail = self._furniture.heads_tail(said)
        if not self._several or unit.start < (1 - _TAIL) * len(self._text):
            return False
        if not tail and not (said.endswith(":") and self._furniture.heads_links(said)):
            return False
        after = [one for one in self._units if one.start > unit.start]
        if any(one.end - one.start > LONGEST_LINK for one in after):
            return False
        ended = sum(one.closes and self._ended(one) for one in after)
        lines = sum(one.closes for one in after)
        return tail or (lines <= _LINKS and ended <= _ENDED * lines)

    def _mark_end(self) -> None:
        """Sign-offs and the box of the author, from the end backwards."""
        more: list[_Unit] = []
        for unit in reversed(self._units):
            if self._is_marked(unit):
                continue
            said = self._said(unit)
            kind = self._furniture.closing(said) or self._of_source(said)
            if kind is not None and unit.start > 0:
                self._mark(unit.start, unit.end, kind)
            elif (
                unit.start > 0 and self._furniture.is_author(said) and not self._is_told_of(said, unit.start)
            ):
                for one in (unit, *more):
                    self._mark(one.start, one.end, "promotion")
                more = []
            elif self._furniture.is_more_of_author(said) and len(more) < _GOES_ON:
                more.append(unit)
            else:
                return

    def _of_source(self, said: str) -> ZoneKind | None:
        """A credit to the one who sent the text: the name of the outlet alone."""
        name = self._source.removeprefix("The ").casefold()
        return "credit" if name and said.strip(" .()-–—").casefold().removeprefix("the ") == name else None

    def _is_told_of(self, said: str, before: int) -> bool:
        """Whether the report tells of the person, so that the sentence is of it: a journalist in prison."""
        name = self._furniture.name_at_start(said)
        if name is None:  # "The writer is …"
            return False
        surname = name.split()[-1]
        return any(
            re.search(rf"\b{re.escape(surname)}\b", self._text[start:end])
            for start, end in self._free(0, before)
        )

    def _mark_headings(self) -> None:
        """Short lines without a full stop before a paragraph, in a text whose lines are paragraphs."""
        if not self._has_paragraphs:
            return
        for n, unit in enumerate(self._units[:-1]):
            below = self._units[n + 1]
            if not unit.line or self._is_marked(unit) or not below.opens:
                continue
            said = self._said(unit)
            if (
                len(said) <= LONGEST_LINK
                and len(_WORDS.findall(said)) <= _HEADING
                and self._is_headline(said)
                and self._is_paragraph(below)
                and (n == 0 or self._is_marked(self._units[n - 1]) or self._ended(self._units[n - 1]))
            ):
                self._mark(unit.start, unit.end, "heading")

    def _is_headline(self, said: str) -> bool:
        return not (_ENDS.search(said) or _LISTED.match(said) or "|" in said or "**" in said) and (
            _MAY_HEAD.match(said) is not None
        )

    def _is_paragraph(self, unit: _Unit) -> bool:
        said = self._said(unit)
        return _MAY_HEAD.match(said) is not None and (
            not unit.closes or (len(_WORDS.findall(said)) >= _PARAGRAPH and self._ended(unit))
        )

    def _ended(self, unit: _Unit) -> bool:
        return _ENDS.search(self._text, max(unit.start, unit.end - 20), unit.end) is not None


def _looked_at(text: str) -> int:
    """How much of a text is looked at, in characters."""
    lines = islice(_LINE_BREAK.finditer(text, 0, _LOOKED_AT), _LINES_LOOKED_AT, None)
    further = next(lines, None)
    return further.start() if further is not None else min(len(text), _LOOKED_AT)


def _units(text: str) -> Iterator[_Unit]:
    spans = list(_parted(text))
    # A line break lies between two sentences or it does not.
    breaks = [any(c in _BREAKS for c in text[a:b]) for (_, a), (b, _) in pairwise(spans)]
    for n, (start, end) in enumerate(spans):
        yield _Unit(start, end, n == 0 or breaks[n - 1], n == len(spans) - 1 or breaks[n])


def _parted(text: str) -> Iterator[Span]:
    """The sentences, parted from a sign or sign-off behind their full stop."""
    for start, end in split_sentences(text):
        at = start
        for cut in _SIGNED.finditer(text, start, end):
            yield at, cut.start()
            at = cut.end()
        yield at, end


def _line_end(text: str, at: int) -> int:
    match = _LINE_BREAK.search(text, at)
    return match.start() if match is not None else len(text)


def _title_at(text: str, at: int, title: str) -> int | None:
    """Where the title ends that is repeated at an offset, on a line of its own or before the text."""
    words = _WORDS.findall(title.casefold())
    if not words:
        return None
    end = at
    for word in words:
        match = _WORDS.search(text, end)
        if match is None or match[0].casefold() != word or match.start() - end > 5:
            return None
        end = match.end()
    closing = re.compile(r"[\"'”’»)\].!?]*").match(text, end)
    end = closing.end() if closing is not None else end
    line_end = _line_end(text, end)
    rest = text[end:line_end]
    if not rest.strip():
        return end if text[line_end:].strip() else None
    if re.match(r" [|–—-] [\w .'’]{2,40}$", rest):
        return line_end  # "Accord signed | Harbour Post"
    parted = re.match(r"\s+[\"“‘(]?[A-Z0-9À-Þ]", rest) is not None
    return end if parted and len(words) >= _TITLE else None


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(zones: Sequence[Zone], text: str) -> Iterator[Zone]:
    """The zones with the space between them given to the one before, and neighbours of a kind as one."""
    made: list[Zone] = []
    lead = 0
    for zone in zones:
        blank = zone.kind == "body" and not text[zone.start : zone.end].strip()
        if not made:
            if blank:
                continue
            made.append(Zone(lead, zone.end, zone.kind))
        elif blank or zone.kind == made[-1].kind:
            made[-1] = Zone(made[-1].start, zone.end, made[-1].kind)
        else:
            made.append(zone)
    if not made and text:
        made.append(Zone(0, len(text), "body"))
    yield from made
