"""Gives the words of a Markdown text, without its marks."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.ingest.clean import WIDEST_WRAP, tidy
from briefing.ingest.fragments import fragment_text

_PARSER = MarkdownIt("commonmark").enable("table")


def markdown_text(markdown: str) -> str:
    """The text, a paragraph, list item or table row a line; links and emphasis give their words.

    List items keep their numbers, which the text may refer to, or have a dash.
    """
    lines: list[str] = []
    row: list[str] | None = None
    bullet = ""
    for token in _PARSER.parse(markdown):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            lines.append(" | ".join(row or ()))
            row = None
        elif token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "html_block":
            lines.append(fragment_text(token.content))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content)
        elif token.type == "inline":
            words, bullet = bullet + _words(token), ""
            (lines if row is None else row).append(words)
    return tidy("\n".join(lines))


def _words(block: Token) -> str:
    """The words of a paragraph, in which a line break is a space.

    Breaks that are forced stay, and those between lines too long to have been wrapped: there each
    is a paragraph whose author left out the blank lines.
    """
    wrapped = max(map(len, block.content.split("\n"))) <= WIDEST_WRAP
    parts = []
    for token in block.children or ():
        if token.type == "softbreak":
            parts.append(" " if wrapped else "\n")
        elif token.type == "hardbreak" or token.content.lower().startswith("<br"):
            parts.append("\n")
        elif token.type not in ("image", "html_inline"):
            parts.append(token.content)
    return "".join(parts)
