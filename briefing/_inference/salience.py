"""The network of the default model: how likely a summary is to say each word and to quote each sentence.

A BERT encoder reads an article in windows of whole sentences.  The mean of a sentence's token vectors stands
for the sentence (Reimers & Gurevych 2019, Sentence-BERT); two transformer layers over those vectors let every
sentence see the whole article (Liu & Lapata 2019, BertSum); and each word is judged by its own vector beside
its sentence's (Gehrmann et al. 2018, bottom-up content selection).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

CLS, SEP, PAD = 101, 102, 0
"""Tokens of BERT's vocabulary that open a window, close it, and fill it up."""

EMBEDDINGS = "encoder.embeddings.word_embeddings.weight"
ORIGINAL = "original."
"""In the file that ships: the word embeddings, and what stands before the numbers of MiniLM's own layers."""

_POSITIONS = 64  # sentences with a position of their own; all later ones share the last
_HEADS = 6
# Windows are filled up to a multiple of this: for each new length the processor's kernels are built anew.
_STEP = 32


@dataclass(frozen=True)
class Tokens:
    """A sentence: its word pieces, and for each the number of the word that it opens, -1 where none."""

    ids: Sequence[int]
    opens: Sequence[int]


@dataclass(frozen=True)
class Layout:
    """Articles laid out in windows for the encoder.

    `windows` holds the word pieces of each window, CLS and SEP included.  `places` (n,) are the places
    (window, place in it) of the pieces that belong to sentences; `row` (n,) is the row of each piece's
    sentence.  There is a row for each sentence that fits: `number` (rows,) is its number in its article,
    `article` (rows,) that of the article.  `opening` (m,) index `places`: the pieces that open a word; `word`
    (m,) is the number of that word in its sentence.
    """

    windows: list[list[int]]
    places: list[tuple[int, int]]
    row: Tensor
    number: Tensor
    article: Tensor
    opening: Tensor
    word: Tensor

    def to(self, device: torch.device) -> Layout:
        """The same, with its tensors on a device."""
        tensors = (self.row, self.number, self.article, self.opening, self.word)
        return Layout(self.windows, self.places, *(tensor.to(device) for tensor in tensors))


def lay_out(articles: Iterable[Sequence[Tokens]], width: int, most: int) -> Layout:
    """The opening sentences of each article, as many as fit into `most` windows of `width` pieces.

    A sentence longer than a window is cut.
    """
    windows: list[list[int]] = []
    places: list[tuple[int, int]] = []
    rows: list[int] = []
    numbers: list[int] = []
    owners: list[int] = []
    opening: list[int] = []
    words: list[int] = []
    for owner, sentences in enumerate(articles):
        windows.append([CLS])
        used = 1
        for number, sentence in enumerate(sentences):
            ids = sentence.ids[: width - 2]
            if len(windows[-1]) + len(ids) + 1 > width:
                if used == most:
                    break
                windows.append([CLS])
                used += 1
            for piece, word in zip(ids, sentence.opens, strict=False):
                if word >= 0:
                    opening.append(len(places))
                    words.append(word)
                places.append((len(windows) - 1, len(windows[-1])))
                rows.append(len(numbers))
                windows[-1].append(piece)
            numbers.append(number)
            owners.append(owner)
    for window in windows:
        window.append(SEP)
    columns = (rows, numbers, owners, opening, words)
    return Layout(windows, places, *(torch.tensor(column, dtype=torch.long) for column in columns))


def piece_vectors(encoder: Any, windows: Sequence[Sequence[int]]) -> Tensor:
    """The vector of each word piece of each window: shape (windows, longest or a little more, width)."""
    longest = -(-max(map(len, windows)) // _STEP) * _STEP
    pieces = torch.full((len(windows), longest), PAD)
    for n, window in enumerate(windows):
        pieces[n, : len(window)] = torch.tensor(window)
    pieces = pieces.to(encoder.device)
    states: Tensor = encoder(pieces, (pieces != PAD).long()).last_hidden_state
    return states


class SalienceNetwork(nn.Module):
    """Judges the sentences and words of a `Layout`."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.width = width = config.hidden_size
        self.encoder: Any = BertModel(config, add_pooling_layer=False)
        self.positions = nn.Embedding(_POSITIONS, width)
        layer = nn.TransformerEncoderLayer(
            width,
            nhead=_HEADS,
            dim_feedforward=2 * width,
            activation="gelu",
            batch_first=True,
            norm_first=True,
        )
        self.context = nn.TransformerEncoder(layer, num_layers=2, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(width)
        self.of_sentence = nn.Linear(width, 1)
        last = nn.Linear(width // 2, 2)
        self.of_word = nn.Sequential(nn.Linear(2 * width, width // 2), nn.GELU(), last)
        # A summary keeps few words and sentences: to open at even odds would cost the first hundred steps.
        nn.init.constant_(self.of_sentence.bias, -1.5)
        nn.init.constant_(last.bias, -3.0)

    def forward(self, layout: Layout) -> tuple[Tensor, Tensor, Tensor]:
        """The logits of `judge` for a whole layout at once."""
        states = piece_vectors(self.encoder, layout.windows)
        window, place = torch.tensor(layout.places, device=states.device).unbind(dim=1)
        own = states[window, place]
        return self.judge(own, self.means(own, layout), layout)

    def means(self, states: Tensor, layout: Layout) -> Tensor:
        """The mean vector of each sentence: shape (rows, width); `states` (n, width) belong to `places`."""
        sums = states.new_zeros(len(layout.number), states.shape[1], dtype=torch.float32)
        sums = sums.index_add(0, layout.row, states.float())
        return sums / torch.bincount(layout.row, minlength=len(sums)).clamp(min=1).unsqueeze(1)

    def judge(self, states: Tensor, means: Tensor, layout: Layout) -> tuple[Tensor, Tensor, Tensor]:
        """Logits: (rows,) for sentences, (m,) for words, (m,) for each word together with the next one."""
        placed = means + self.positions(layout.number.clamp(max=_POSITIONS - 1))
        seen = self.norm(self._in_context(placed, layout.article))
        words = torch.cat([states[layout.opening].float(), seen[layout.row[layout.opening]].float()], dim=1)
        word, pair = self.of_word(words).float().unbind(dim=1)
        return self.of_sentence(seen).squeeze(1).float(), word, pair

    def _in_context(self, means: Tensor, article: Tensor) -> Tensor:
        lengths = torch.bincount(article)
        padded = nn.utils.rnn.pad_sequence(list(torch.split(means, lengths.tolist())), batch_first=True)
        beyond = torch.arange(padded.shape[1], device=lengths.device) >= lengths.unsqueeze(1)
        seen: Tensor = self.context(padded, src_key_padding_mask=beyond if len(lengths) > 1 else None)
        return seen[~beyond]
