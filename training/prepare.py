"""Articles with reference summaries → the arrays that training reads.

An article keeps its opening sentences, as many as the model will ever read.  The arrays hold their word
pieces; for each word (compared as ROUGE compares: lower-cased and stemmed) whether the reference has it, and
whether it has it followed by the next one; and for each sentence how much of the reference it says.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rouge_score.tokenizers import DefaultTokenizer
from transformers import AutoTokenizer

from briefing.sentences import split_sentences, words

SENTENCES = 120
"""Sentences of an article that are kept."""
PIECES = 1020
"""Word pieces of an article that are kept: two windows of 512."""
_SHORTEST_REFERENCE = 8
_LONGEST_SENTENCE = 128
_CHUNK = 256

Arrays = Mapping[str, npt.NDArray[Any]]

_tokenizer: Any = None


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, compressed with xz or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def prepare(source: Path, encoder: Path, target: Path, limit: int | None = None) -> int:
    """Writes the arrays of the first `limit` articles to `target` (.npz); returns how many there are."""
    rows = islice(read(source), limit)
    chunks = iter(lambda: list(islice(rows, _CHUNK)), [])
    columns: dict[str, list[npt.NDArray[Any]]] = {}
    with ProcessPoolExecutor(initializer=_start, initargs=(encoder,)) as pool:
        for some in pool.map(_encode, chunks):
            for arrays in some:
                for name, values in arrays.items():
                    columns.setdefault(name, []).append(values)
    flat = {name: np.concatenate(values) for name, values in columns.items()}
    ends = {f"{name}_ends": np.cumsum([len(one) for one in values]) for name, values in columns.items()}
    np.savez(target, allow_pickle=False, **flat, **ends)
    return len(columns["pieces"])


def stem(word: str) -> str:
    """The word as ROUGE compares it."""
    return " ".join(_stems(word))


def greedy(sentences: Sequence[Sequence[str]], reference: Sequence[str], most: int = 4) -> list[int]:
    """The sentences that a greedy search for ROUGE-1 and ROUGE-2 takes (Nallapati et al. 2017)."""
    wanted: list[Counter[Any]] = [Counter(reference), Counter(pairwise(reference))]

    def score(chosen: Sequence[int]) -> float:
        have: list[Counter[Any]] = [Counter(), Counter()]
        for index in chosen:
            have[0].update(sentences[index])
            have[1].update(pairwise(sentences[index]))
        return sum(
            2 * (one & other).total() / max(1, one.total() + other.total())
            for one, other in zip(have, wanted, strict=True)
        )

    taken: list[int] = []
    best = 0.0
    while len(taken) < most:
        options = [(score([*taken, n]), -n) for n in range(len(sentences)) if n not in taken and sentences[n]]
        if not options or max(options)[0] <= best:
            break
        best, index = max(options)
        taken.append(-index)
    return sorted(taken)


def encode(row: Mapping[str, Any], tokenizer: Any) -> Arrays | None:
    """The arrays of one article; None where there is too little of it.

    `pieces`, and for each in `opens` the number of the word in its sentence that it opens, or -1.
    By sentence: `lengths` in pieces, `counts` in words, `oracle` (the greedy choice), `gain` (its ROUGE-1).
    By word: `types` (numbers of different words), `pair`.  By type: `wanted`.
    """
    reference = _stems(row["summary"])
    spans = split_sentences(row["text"])[:SENTENCES]
    texts = [row["text"][start:end] for start, end in spans]
    if not texts or len(reference) < _SHORTEST_REFERENCE:
        return None
    encoded = tokenizer(
        texts,
        add_special_tokens=False,
        truncation=True,
        max_length=_LONGEST_SENTENCE,
        return_offsets_mapping=True,
    )
    pieces: list[int] = []
    opens: list[int] = []
    lengths: list[int] = []
    stems: list[list[str]] = []
    for text, ids, offsets in zip(texts, encoded["input_ids"], encoded["offset_mapping"], strict=True):
        if not ids:
            continue
        if len(pieces) + len(ids) > PIECES:
            break
        found = list(words(text))
        places = {start: number for number, (start, _) in enumerate(found)}
        pieces.extend(ids)
        opens.extend(places.pop(start, -1) for start, _ in offsets)
        lengths.append(len(ids))
        stems.append([stem(text[start:end]) for start, end in found])
    flat = [one for sentence in stems for one in sentence]
    vocabulary: dict[str, int] = {}
    types = [vocabulary.setdefault(one, len(vocabulary)) for one in flat]
    wanted, pairs = Counter(reference), set(pairwise(reference))
    oracle = greedy(stems, reference)
    gain = [2 * (Counter(sentence) & wanted).total() / (len(sentence) + len(reference)) for sentence in stems]
    return {
        "pieces": np.array(pieces, np.int32),
        "opens": np.array(opens, np.int16),
        "lengths": np.array(lengths, np.int16),
        "counts": np.array([len(sentence) for sentence in stems], np.int16),
        "oracle": np.array([n in oracle for n in range(len(stems))], np.int8),
        "gain": np.array(gain, np.float32),
        "types": np.array(types, np.int32),
        "pair": np.array([pair in pairs for pair in zip(flat, [*flat[1:], ""], strict=True)], np.int8),
        "wanted": np.array([one in wanted for one in vocabulary], np.int8),
    }


@cache
def _rouge() -> DefaultTokenizer:
    return DefaultTokenizer(use_stemmer=True)


def _stems(text: str) -> list[str]:
    return [str(one) for one in _rouge().tokenize(text)]


stem = cache(stem)


def _start(encoder: Path) -> None:
    global _tokenizer
    _tokenizer = AutoTokenizer.from_pretrained(encoder, local_files_only=True)


def _encode(rows: Sequence[Mapping[str, Any]]) -> list[Arrays]:
    return [arrays for row in rows if (arrays := encode(row, _tokenizer)) is not None]
