"""Which sentences of an article may stand in a summary: the readable rules, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.reading.standing import Needs
from briefing.reading.zones import body_of
from briefing.types import Article

MIN_WORDS = 6
"""Shorter ones are headings, bylines, greetings ("It's a shame.")."""

MAX_WORDS = 90
"""Longer ones are lists that run on, tables, or text that lost its full stops."""

# Each pattern with what it keeps out.  They are searched in the sentence, without regard to case.  What
# stands around the body is no sentence of it (briefing/reading/zones/); these are, and read badly alone.
_RULES: Sequence[tuple[str, str]] = (
    ("a list item or other markup", r"^(?:[-•·*#|>]|\d+[.)])\s|^\*\*|\|.*\|"),
    ("a question", r"\?[\"'”’»)\]]*$"),
    ("an address or a link", r"https?://|www\.\w|\S@\w+\.\w|\]\("),
    (
        "a list of those present",
        r"^(?:speakers?|participants?|attendees?|attending|in attendance)\b[^.]{0,40}:",
    ),
)
_KEPT_OUT = [(reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _RULES]
# A full stop, perhaps inside quotation marks or brackets, or with blanks before it (tokenised text).
_ENDS = re.compile(r"[.!?…][\s\"'”’»)\]*]*$")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^“”„]*[“”]")
_MARK = re.compile(r"[“”\"«»„]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the article's body: its place in the text, its number, and whether it may be quoted."""

    number: int
    start: int
    end: int
    text: str
    words: int
    kept_out: str | None


def sentences_of(article: Article) -> list[Sentence]:
    """Every sentence of the body; `kept_out` says why one may not stand in a summary, None if it may."""
    found = []
    for number, (start, end) in enumerate(body_of(article)):
        quote = article.text[start:end]
        words = len(quote.split())
        found.append(Sentence(number, start, end, quote, words, _why_not(quote, words)))
    return found


def quotable(sentences: Sequence[Sentence], needs: Sequence[Needs] = ()) -> list[Sentence]:
    """Those that may stand in a summary, with what they need; all where none may.

    A note of two lines is news too, and so is a text in which all is somebody's own word.
    """
    allowed = [sentence for sentence in sentences if not sentence.kept_out]
    standing = [one for one in allowed if one.number >= len(needs) or needs[one.number].never is None]
    return standing or allowed or list(sentences)


def _why_not(sentence: str, words: int) -> str | None:
    if words < MIN_WORDS:
        return "too short"
    if words > MAX_WORDS:
        return "too long"
    if not _ENDS.search(sentence) or sentence.isupper():
        return "a heading"
    if _is_loose_quotation(sentence):
        return "a quotation without its speaker"
    if sentence.count("(") != sentence.count(")"):
        return "half a bracket"
    return next((reason for reason, pattern in _KEPT_OUT if pattern.search(sentence)), None)


def _is_loose_quotation(sentence: str) -> bool:
    """Whether it is a quotation and nothing else, or one begins or ends elsewhere: no speaker is named."""
    outside = _QUOTED.sub(" ", sentence)
    return bool(_MARK.search(outside)) or (outside != sentence and not _LETTER.search(outside))
