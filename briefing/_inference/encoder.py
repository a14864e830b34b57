"""Sentence vectors: mean of the token vectors, length one (Reimers & Gurevych 2019, Sentence-BERT)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from transformers import AutoModel

from briefing._inference.checkpoint import open_checkpoint
from briefing.models import VerifiedModel

if TYPE_CHECKING:
    import numpy.typing as npt

# A batch holds sentences of nearly one length: at most this many tokens of padding ...
_PADDING = 128
# ... and this many tokens in all, so that memory stays bounded whatever the text.
_BATCH = 4096
# Sentences tokenised at once; a text of megabytes passes through in such portions.
_PORTION = 512
_LONGEST = 512


class SentenceEncoder:
    """Turns sentences into unit vectors.

    One call with the same sentences always gives the same bytes on the same machine.  A sentence in
    other company may differ in the last bits (some 1e-6, in bfloat16 some 1e-3), because padding changes
    the order of additions.
    """

    def __init__(self, model: VerifiedModel, cache_dir: Path) -> None:
        self.name = model.spec.name
        self.digest = model.digest
        self._max_tokens = model.spec.max_tokens or _LONGEST
        self._tokenizer, self._network = open_checkpoint(model, AutoModel, cache_dir)
        self._width = int(self._network.config.hidden_size)

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, one a sentence: shape (len(sentences), width).  What exceeds the window is cut."""
        vectors = np.empty((len(sentences), self._width), dtype=np.float32)
        for start in range(0, len(sentences), _PORTION):
            portion = list(sentences[start : start + _PORTION])
            tokens = self._tokenizer(portion, truncation=True, max_length=self._max_tokens)["input_ids"]
            for batch in _batches([len(ids) for ids in tokens]):
                vectors[[start + index for index in batch]] = self._vectors(
                    [tokens[index] for index in batch]
                )
        return vectors

    def _vectors(self, batch: list[list[int]]) -> npt.NDArray[np.float32]:
        padded = self._tokenizer.pad({"input_ids": batch}, return_tensors="pt")
        with torch.inference_mode():
            states = self._network(**padded).last_hidden_state.float()
            mask = padded["attention_mask"].unsqueeze(-1).float()
            means = (states * mask).sum(dim=1) / mask.sum(dim=1)
            unit: npt.NDArray[np.float32] = torch.nn.functional.normalize(means, dim=1).numpy()
        return unit


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches of nearly one length (in tokens), the shortest first."""
    batch: list[int] = []
    padding = 0
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        if batch:
            padding += (lengths[index] - lengths[batch[-1]]) * len(batch)
            if padding > _PADDING or lengths[index] * (len(batch) + 1) > _BATCH:
                yield batch
                batch, padding = [], 0
        batch.append(index)
    if batch:
        yield batch
