"""Turns a piece of HTML into text and keeps all of it: feed entries, mail bodies, blocks in Markdown.

Whole web pages go through `briefing.ingest.html`, which finds the article among the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from briefing.ingest.clean import tidy

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    "ul",
})
_UNSEEN = frozenset({
    "button", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title",
})
# fmt: on
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def parse_html(markup: str) -> HtmlElement | None:
    """The tree of a page or fragment; None where there is nothing in it.  Nothing is ever loaded."""
    # lxml refuses a str that declares an encoding, so it gets bytes and is told theirs.
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None


@dataclass(frozen=True)
class Block:
    """A line of text as a reader sees it.

    `level` is that of a heading, 1 to 6, SET_OFF where it only stands out as one, and 0 for text; `link` the
    address where the whole line is one link.  A rule across the page has no text.
    """

    text: str
    level: int = 0
    link: str | None = None


SET_OFF = 7
RULE = Block("")


def fragment_text(markup: str) -> str:
    """The visible text, tidied, a block a line; list items have a dash, table cells are parted by bars."""
    return "\n".join(block.text for block in fragment_blocks(markup) if block.text)


def fragment_blocks(markup: str) -> list[Block]:
    """The same with what the markup says of each line."""
    root = parse_html(markup)
    return list(_blocks(_pieces(root))) if root is not None else []


@dataclass(frozen=True)
class _Piece:
    text: str
    level: int
    link: str | None


def _pieces(root: HtmlElement) -> Iterator[_Piece]:
    """The text in order, each piece with the heading and the link that it stands in."""
    levels: list[int] = [0]
    links: list[str | None] = [None]
    unseen: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if unseen is not None:
            if event == "end" and element is unseen:
                unseen = None
                yield _Piece(_flat(element.tail), levels[-1], links[-1])
        elif event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                unseen = element
                continue
            if tag == "hr":
                yield _Piece("\n\f\n", 0, None)
            yield _Piece(_before(element), levels[-1], links[-1])
            levels.append(min(filter(None, (_level(element), levels[-1])), default=0))
            links.append((element.get("href") if tag == "a" else None) or links[-1])
            text = element.text or "" if tag == "pre" else _flat(element.text)
            yield _Piece(text, levels[-1], links[-1])
        else:
            levels.pop()
            links.pop()
            after = ("\n" if tag in _BLOCKS else "") + _flat(element.tail)
            yield _Piece(after, levels[-1], links[-1])


def _blocks(pieces: Iterable[_Piece]) -> Iterator[Block]:
    line: list[_Piece] = []
    for piece in pieces:
        first, *further = piece.text.split("\n")
        line.append(replace(piece, text=first))
        for text in further:
            yield from _block(line)
            line = [replace(piece, text=text)]
    yield from _block(line)


def _block(line: Sequence[_Piece]) -> Iterator[Block]:
    whole = "".join(piece.text for piece in line)
    if whole == "\f":
        yield RULE
        return
    worded = [piece for piece in line if any(map(str.isalnum, piece.text))]
    levels = {piece.level for piece in worded} or {0}
    links = {piece.link for piece in worded}
    link = links.pop() if len(links) == 1 else None
    for text in filter(None, tidy(whole).split("\n")):
        yield Block(text, 0 if 0 in levels else min(levels), link)


def _level(element: etree._Element) -> int:
    if element.tag in _HEADINGS:
        return int(element.tag[1])
    bold = element.tag in ("b", "strong") or _BOLD.search(element.get("style") or "")
    return SET_OFF if bold else 0


def _before(element: etree._Element) -> str:
    if element.tag in _CELLS:
        return " | " if element.getprevious() is not None else ""
    if element.tag == "li":
        return "\n- "
    return "\n" if element.tag in _BLOCKS else ""


def _flat(text: str | None) -> str:
    """Line breaks in the markup are spaces to a reader."""
    return " ".join(text.split("\n")).replace("\r", " ") if text else ""


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None
