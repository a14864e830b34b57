"""Ties generated text to the article; where it has no support there, the article's own words stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.reading.parse import Reader
from briefing.sentences import split_sentences
from briefing.summarise.candidates import Sentence
from briefing.summarise.judge import Judge
from briefing.summarise.support import content_words
from briefing.types import Article, Checked, Evidence, SummarySentence

_FINISHED = re.compile(r"[.!?…][\s\"'”’»)\]]*$")
_PREAMBLE = re.compile(r"^(?:here|this is|sure|summary|the (?:article|summary))\b[^.]*:$", re.IGNORECASE)
# What models write around a summary: tags, labels, list markers, bold type.
_MARKUP = re.compile(
    r"</?\w+>|^\W*(?:summary|answer)\W*:\W*|^\s*[-*•]\s+|^\s*\d+[.)]\s+|\*\*", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Grounded:
    """What may be printed of a generated text, the count of what was checked, and the warnings."""

    sentences: tuple[SummarySentence, ...]
    checked: Checked
    warnings: tuple[str, ...]


def ground(written: str, article: Article, sentences: Sequence[Sentence], reader: Reader) -> Grounded:
    """What may be printed of a generated text.

    A sentence that the article does not bear out is replaced by the article's sentence that is nearest to
    it, and left out where that one is in the summary already.  A warning says so for each, after one that
    says how many they are.
    """
    texts = list(dict.fromkeys(_sentences(written)))
    own = {sentence.text: sentence for sentence in reversed(sentences)}
    invented = [text for text in texts if text not in own]
    judged = (
        dict(zip(invented, Judge(article, sentences, reader).judge(invented), strict=True))
        if invented
        else {}
    )
    made: list[SummarySentence] = []
    reasons: list[str] = []
    quoted: set[int] = set()
    replaced = 0
    for text in texts:
        same = own.get(text)
        if same is None:
            doubts = [*_broken_off(text), *judged[text].doubts]
            if not doubts:
                made.append(
                    SummarySentence(text, tuple(map(_evidence, judged[text].sentences)), generated=True)
                )
                continue
            same = _stand_in(text, sentences, quoted)
            replaced += same is not None
            what = "replaced by one of the article" if same else "left out"
            reasons.append(f"a generated sentence was {what}, because it {'; it '.join(doubts)}")
        if same and same.number not in quoted:
            quoted.add(same.number)
            made.append(SummarySentence(same.text, (_evidence(same),)))
    checked = Checked(len(texts), replaced, len(reasons) - replaced)
    return Grounded(tuple(made), checked, (*_share(checked), *reasons))


def _share(checked: Checked) -> Iterator[str]:
    refused = checked.replaced + checked.dropped
    if refused:
        yield (
            f"of {checked.sentences} generated sentences {refused} did not pass the check: "
            f"{checked.replaced} replaced, {checked.dropped} left out"
        )


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
