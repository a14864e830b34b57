"""Turns a piece of HTML into text and keeps all of it: feed entries, mail bodies, blocks in Markdown.

Whole web pages go through `briefing.ingest.html`, which finds the article among the rest.
"""

from __future__ import annotations

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


def parse_html(markup: str) -> HtmlElement | None:
    """The tree of a page or fragment; None where there is nothing in it.  Nothing is ever loaded."""
    # lxml refuses a str that declares an encoding, so it gets bytes and is told theirs.
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None


def fragment_text(markup: str) -> str:
    """The visible text, tidied, a block a line; list items have a dash, table cells are parted by bars."""
    root = parse_html(markup)
    if root is None:
        return ""
    parts: list[str] = []
    unseen: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if unseen is not None:
            if event == "end" and element is unseen:
                unseen = None
                parts.append(_flat(element.tail))
        elif event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                unseen = element
                continue
            parts.append(_before(element) + (element.text or "" if tag == "pre" else _flat(element.text)))
        else:
            parts.append(("\n" if tag in _BLOCKS else "") + _flat(element.tail))
    return tidy("".join(parts))


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
