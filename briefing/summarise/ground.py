"""Ties generated text to the article; where it has no support there, the article's own words stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.sentences import split_sentences
from briefing.summarise.candidates import Sentence
from briefing.summarise.check import Source, unsupported
from briefing.summarise.support import content_words, support
from briefing.types import Article, Evidence, SummarySentence

_FINISHED = re.compile(r"[.!?…][\s\"'”’»)\]]*$")
_PREAMBLE = re.compile(r"^(?:here|this is|sure|summary|the (?:article|summary))\b[^.]*:$", re.IGNORECASE)
# What models write around a summary: tags, labels, list markers, bold type.
_MARKUP = re.compile(
    r"</?\w+>|^\W*(?:summary|answer)\W*:\W*|^\s*[-*•]\s+|^\s*\d+[.)]\s+|\*\*", re.IGNORECASE | re.MULTILINE
)


def ground(
    written: str, article: Article, sentences: Sequence[Sentence]
) -> tuple[list[SummarySentence], list[str]]:
    """What may be printed of a generated text, and a warning for each sentence that may not.

    A sentence that the article does not bear out is replaced by the article's sentence that is nearest to
    it, and left out where that one is in the summary already.
    """
    source = Source(f"{article.title or ''}\n{article.text}")
    made: list[SummarySentence] = []
    warnings: list[str] = []
    quoted: set[int] = set()
    for text in _sentences(written):
        if any(text == sentence.text for sentence in made):
            continue
        same = next((sentence for sentence in sentences if sentence.text == text), None)
        if same is None:
            found = support(text, sentences)
            doubts = [*_broken_off(text), *unsupported(text, source), *found.doubts]
            if not doubts:
                made.append(SummarySentence(text, tuple(map(_evidence, found.sentences)), generated=True))
                continue
            same = _stand_in(text, sentences, quoted)
            what = "replaced by one of the article" if same else "left out"
            warnings.append(f"a generated sentence was {what}, because it {'; it '.join(doubts)}")
        if same and same.number not in quoted:
            quoted.add(same.number)
            made.append(SummarySentence(same.text, (_evidence(same),)))
    return made, warnings


def _sentences(written: str) -> list[str]:
    """What the model wrote, by sentence: without markup, preamble, and a last one left unfinished."""
    clean = _MARKUP.sub("", written)
    texts = [clean[start:end] for start, end in split_sentences(clean)]
    texts = [text for text in texts if not _PREAMBLE.match(text)]
    return [text for text in texts if _FINISHED.search(text)] or texts


def _broken_off(text: str) -> Iterator[str]:
    if not _FINISHED.search(text):
        yield "breaks off"


def _stand_in(text: str, sentences: Sequence[Sentence], quoted: set[int]) -> Sentence | None:
    """The article's sentence, fit to be quoted and not quoted yet, that is likest to the text."""
    wanted = content_words(text)

    def likeness(sentence: Sentence) -> float:
        words = content_words(sentence.text)
        return len(wanted & words) / len(wanted | words) if words else 0.0

    free = [sentence for sentence in sentences if not sentence.kept_out and sentence.number not in quoted]
    best = max(free, key=likeness, default=None)
    return best if best and likeness(best) else None


def _evidence(sentence: Sentence) -> Evidence:
    return Evidence(sentence.start, sentence.end, sentence.text)
