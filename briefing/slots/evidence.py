"""Quotations of an article."""

from __future__ import annotations

from briefing.types import TITLE, Article, Evidence


def evidence(article: Article, start: int, end: int, sentence: int = 0) -> Evidence:
    """A quotation of the text, or of the title where the sentence is the title."""
    if sentence == TITLE:
        return Evidence(start, end, (article.title or "")[start:end], "title")
    return Evidence(start, end, article.text[start:end])
