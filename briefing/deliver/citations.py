"""Links within a mail: from "(S2.4)" to the sentence at its end that is listed as **S2.4**, and back.

Both ends are `a` elements with `id` and `name`, because some mail programs know only the one or the other.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_LOCATOR = r"S\d+(?:\.(?:\d+|title))?"
_LISTED = re.compile(_LOCATOR)
_CITATION = re.compile(rf"\({_LOCATOR}(?:, {_LOCATOR})*\)")


def link_citations(state: StateCore) -> None:
    """Gives the tokens of a report their links; a rule of markdown-it."""
    listed: dict[str, Token] = {}
    cited: set[str] = set()
    for before, token in pairwise(state.tokens):
        if token.type == "inline":
            token.children = [one for one in token.children or () if one.type != "text" or one.content]
            locator = _listed(token.children) if before.type == "paragraph_open" else None
            if locator:
                listed.setdefault(locator, token)
    for token in state.tokens:
        if token.type == "inline" and not any(token is one for one in listed.values()):
            token.children = [*_linked(token.children or (), listed.keys(), cited)]
    for locator, token in listed.items():
        back = f"to-{locator}" if locator in cited else None
        if token.children:
            token.children[1:2] = _link(locator, back, locator)


def _listed(children: Sequence[Token]) -> str | None:
    """The locator that a paragraph opens with in bold."""
    kinds = [one.type for one in children[:3]]
    if kinds == ["strong_open", "text", "strong_close"] and _LISTED.fullmatch(children[1].content):
        return children[1].content
    return None


def _linked(children: Sequence[Token], known: Container[str], cited: set[str]) -> Iterator[Token]:
    within = 0
    for child in children:
        within += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type != "text" or within:
            yield child
            continue
        last = 0
        for citation in _CITATION.finditer(child.content):
            for locator in _LISTED.finditer(child.content, *citation.span()):
                if locator[0] in known:
                    yield _text(child.content[last : locator.start()])
                    own = None if locator[0] in cited else f"to-{locator[0]}"
                    yield from _link(own, locator[0], locator[0])
                    cited.add(locator[0])
                    last = locator.end()
        yield _text(child.content[last:])


def _link(own: str | None, target: str | None, text: str) -> list[Token]:
    attributes: dict[str, str | int | float] = {}
    if target:
        attributes["href"] = f"#{target}"
    if own:
        attributes |= {"id": own, "name": own}
    return [Token("link_open", "a", 1, attrs=attributes), _text(text), Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
