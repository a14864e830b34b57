"""sumy's TextRank (Mihalcea & Tarau 2004) and LexRank (Erkan & Radev 2004).

Its own tokenizer needs data that is fetched at run time; it gets ours for sentences and a plain pattern for
words.  Stemmer and stop words are its own, as its documentation uses them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from bench.methods import SENTENCES, Summariser
from briefing.sentences import split_sentences
from briefing.types import Article

_LANGUAGE = "english"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RANKS = {"TextRank": TextRankSummarizer, "LexRank": LexRankSummarizer}


class _Tokenizer:
    """What a sentence of sumy asks for its words."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence: numbers and punctuation are none, as in sumy's own."""
        return tuple(_WORD.findall(sentence))


def load(scratch: Path, rank: str) -> Summariser:
    """The summariser of that name."""
    ranking: Any = _RANKS[rank](Stemmer(_LANGUAGE))
    ranking.stop_words = get_stop_words(_LANGUAGE)
    tokenizer = _Tokenizer()

    def summarise(articles: Sequence[Article]) -> list[str]:
        return [_ranked(article.text) for article in articles]

    def _ranked(text: str) -> str:
        sentences = [Sentence(text[start:end], tokenizer) for start, end in split_sentences(text)]
        # A sentence without a word has no place in the graph: LexRank would divide by its length.
        document = ObjectDocumentModel([Paragraph([one for one in sentences if one.words])])
        return " ".join(str(sentence) for sentence in ranking(document, SENTENCES))

    return summarise
