"""Markdown → the HTML part of a mail: a complete document that fetches nothing and runs nothing.

Two fences, because the Markdown may come from anywhere: markdown-it turns HTML in the text into text,
and nh3 then lets through only the tags and attributes listed here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import css_inline
import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.deliver.citations import link_citations

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title", "id", "name"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
# Anything else leads nowhere from a mail program: its text stays.
_TARGET = re.compile(r"https?://|mailto:|#(?:to-)?S\d+(?:\.\w+)?$", re.IGNORECASE)


def render_page(markdown: str, title: str) -> str:
    """The document, its styles inlined, lines ended with a line feed."""
    body = nh3.clean(
        _parser().render(markdown),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        filter_style_properties={"text-align"},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    document = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_style_sheet()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
    return css_inline.inline(document, keep_at_rules=True, load_remote_stylesheets=False)


def first_heading(markdown: str) -> str | None:
    """The text of the first heading of any level, without markup; None where there is none."""
    tokens = _parser().parse(markdown)
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            text = " ".join(_words(following.children or ()).split())
            if text:
                return text
    return None


def _words(inline: Sequence[Token]) -> str:
    return "".join(" " if token.type in {"softbreak", "hardbreak"} else token.content for token in inline)


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    return None if attribute == "href" and not _TARGET.match(value) else value


def _image_as_text(tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """Of an image only its description passes: a remote one would tell its server who reads when."""
    return html.escape(tokens[index].content)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.push("citations", link_citations)
    parser.renderer.rules["image"] = _image_as_text  # type: ignore[attr-defined]
    return parser


@cache
def _style_sheet() -> str:
    return resources.files(__package__).joinpath("mail.css").read_text(encoding="utf-8")
