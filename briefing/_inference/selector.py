"""Reads an article once: what a summary of it is likely to say, and a vector for what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional
from transformers import AutoTokenizer, BertConfig, BertModel
from transformers.initialization import no_init_weights

from briefing._inference.salience import (
    CLS,
    EMBEDDINGS,
    ORIGINAL,
    SEP,
    SalienceNetwork,
    Tokens,
    lay_out,
    piece_vectors,
)
from briefing.models import VerifiedModel
from briefing.sentences import words
from briefing.types import Salience

if TYPE_CHECKING:
    import numpy.typing as npt

WINDOWS = 2
"""Windows of an article that are read: what news has to say stands in its first thousand tokens."""

_LONGEST = 512
_LONGEST_SENTENCE = 256  # what MiniLM was trained on for its sentence vectors


class NewsSelector:
    """Weighs the sentences and words of an article, and gives sentence vectors.

    An article, and a sentence for its vector, is always read by itself: the company of others changes no bit.
    Several threads may use one selector; the tokenizer is only asked for what leaves its state alone.
    """

    def __init__(self, model: VerifiedModel) -> None:
        self.name = model.spec.name
        self.digest = model.digest
        self._width = model.spec.max_tokens or _LONGEST
        self._tokenizer = AutoTokenizer.from_pretrained(
            model.folder, local_files_only=True, trust_remote_code=False
        )
        dtype = getattr(torch, model.spec.dtype)
        self._network, self._encoder = load_networks(model.folder, dtype)

    def read(self, sentences: Sequence[str]) -> Salience:
        """What the model makes of an article, given as its sentences in order."""
        found = [list(words(text)) for text in sentences]
        layout = lay_out([self._tokens(sentences, found)], self._width, WINDOWS)
        if not len(layout.row):
            nothing = np.zeros(0, np.float32)
            return Salience(0, nothing, nothing)
        with torch.inference_mode():
            states = torch.cat(
                [
                    piece_vectors(self._network.encoder, [window])[0, 1 : len(window) - 1]
                    for window in layout.windows
                ]
            )
            means = self._network.means(states, layout)
            _, word, pair = self._network.judge(states, means, layout)
            # A word in letters that BERT's vocabulary does not know has no piece of its own, and no weight.
            counts = torch.tensor([len(found[number]) for number in layout.number.tolist()])
            places = (counts.cumsum(0) - counts)[layout.row[layout.opening]] + layout.word
            weights = torch.zeros(2, int(counts.sum()))
            weights[0, places] = functional.softplus(word)
            weights[1, places] = pair.sigmoid()
            return Salience(len(layout.number), _array(weights[0]), _array(weights[1]))

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, one a sentence: shape (len(sentences), width).  What exceeds the window is cut.

        The mean of the token vectors of MiniLM as it was before training (Reimers & Gurevych 2019).
        """
        vectors = np.zeros((len(sentences), self._network.width), dtype=np.float32)
        with torch.inference_mode():
            for n, text in enumerate(sentences):
                pieces = self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
                window = [CLS, *pieces[: _LONGEST_SENTENCE - 2], SEP]
                mean = piece_vectors(self._encoder, [window])[0, : len(window)].float().mean(dim=0)
                vectors[n] = _array(functional.normalize(mean, dim=0))
        return vectors

    def _tokens(self, sentences: Sequence[str], found: Sequence[Sequence[tuple[int, int]]]) -> list[Tokens]:
        if not sentences:
            return []
        encoded = self._tokenizer(
            list(sentences), add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        tokens = []
        for spans, ids, offsets in zip(found, encoded["input_ids"], encoded["offset_mapping"], strict=True):
            opened = {start: number for number, (start, _) in enumerate(spans)}
            tokens.append(Tokens(ids, [opened.pop(start, -1) for start, _ in offsets]))
        return tokens


def load_networks(folder: Path, dtype: torch.dtype) -> tuple[SalienceNetwork, Any]:
    """The trained network, and the encoder that gives sentence vectors, from the weights that ship.

    Training leaves the lower layers of MiniLM as they are, so both share them; the file holds them once, and
    MiniLM's own upper layers under `original`.  Word embeddings are kept as 8 bit numbers with a scale each.
    """
    weights = load_file(folder / "model.safetensors")
    scale = weights.pop(f"{EMBEDDINGS}.scale")
    weights[EMBEDDINGS] = weights[EMBEDDINGS].float() * scale.unsqueeze(1)
    original = {name: weights.pop(name) for name in list(weights) if name.startswith(ORIGINAL)}
    config = BertConfig.from_pretrained(folder)
    with no_init_weights():  # random numbers that what is loaded would replace
        network = SalienceNetwork(config)
        encoder: Any = BertModel(config, add_pooling_layer=False)
    network.load_state_dict(weights)
    # The encoder is nearly all of the work; the rest is small, and its sums are kept exact.
    network.float().eval().requires_grad_(False)
    network.encoder.to(dtype)
    encoder.eval().requires_grad_(False)
    encoder.embeddings = network.encoder.embeddings
    for number, layer in enumerate(network.encoder.encoder.layer):
        prefix = f"{ORIGINAL}{number}."
        own = {
            name.removeprefix(prefix): value for name, value in original.items() if name.startswith(prefix)
        }
        if own:
            encoder.encoder.layer[number].load_state_dict(own)
        else:
            encoder.encoder.layer[number] = layer
    encoder.to(dtype)
    return network, encoder


def _array(values: Tensor) -> npt.NDArray[np.float32]:
    # Rounded to 16 bits: what is used now is what the archive keeps, and the last bits vary.
    array: npt.NDArray[np.float32] = values.half().float().numpy()
    return array
