"""Trains the network to say which words and sentences of an article its summary keeps.

The lower layers of MiniLM and its word embeddings stay as they are: that halves what has to be computed
backwards, and lets the sentence vectors of the untrained model share them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from transformers import BertConfig, BertModel

from briefing._inference.salience import Layout, SalienceNetwork, Tokens, lay_out
from training.prepare import Arrays

SEED = 20261125
BATCH = 16
HELD_OUT = 1437
"""Articles at the end of the file that are not trained on: the settings of select.py are set on them."""
WINDOWS = ((512, 1, 0.40), (320, 1, 0.35), (256, 2, 0.25))
"""(pieces a window, windows, share of the batches): short articles, long ones, ones in two windows."""
ENCODER_RATE, HEADS_RATE = 1.2e-4, 6e-4
WARM_UP = 0.06
FROZEN_LAYERS = 2
_KEEP = 200
_REPORT = 25
_SMOOTH = 0.98
_PAIRS_WEIGHT = 2.0  # pairs are rarer than words, and their loss smaller


class Articles:
    """The arrays of training.prepare, article by article."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as loaded:
            self._arrays = {name: loaded[name] for name in loaded.files}

    def __len__(self) -> int:
        return len(self._arrays["pieces_ends"])

    def __getitem__(self, n: int) -> Arrays:
        found = {}
        for name, values in self._arrays.items():
            if not name.endswith("_ends"):
                ends = self._arrays[f"{name}_ends"]
                found[name] = values[ends[n - 1] if n else 0 : ends[n]]
        return found


def tokens_of(article: Arrays) -> list[Tokens]:
    """The sentences of an article, as the network's layout takes them."""
    cuts = np.cumsum(article["lengths"])[:-1]
    parts = zip(np.split(article["pieces"], cuts), np.split(article["opens"], cuts), strict=True)
    return [Tokens(pieces.tolist(), opens.tolist()) for pieces, opens in parts]


def targets(layout: Layout, articles: Sequence[Arrays]) -> dict[str, Tensor]:
    """What the network should say of a layout of these articles.

    `sentence` (rows,) is half the greedy choice, half the square of the sentence's share of the best ROUGE-1.
    For the words that are read (m,): `pair`, and `types`, the number of each among the different words of the
    batch; for those `wanted`, and `weight`, so that each article weighs the same.
    """
    rows = torch.bincount(layout.article, minlength=len(articles)).tolist()
    first_word, sentence = [], []
    words = vocabulary = 0
    types, wanted, owner = [], [], []
    for number, (article, count) in enumerate(zip(articles, rows, strict=True)):
        starts = [words, *accumulate(article["counts"].tolist(), initial=words)][1:]
        first_word += starts[:count]
        gain = article["gain"][:count]
        sentence.append(0.5 * article["oracle"][:count] + 0.5 * (gain / (gain.max() or 1.0)) ** 2)
        types.append(article["types"] + vocabulary)
        wanted.append(article["wanted"])
        owner.append(np.full(len(article["wanted"]), number))
        words += len(article["types"])
        vocabulary += len(article["wanted"])
    place = torch.tensor(first_word)[layout.row[layout.opening]] + layout.word
    read = torch.from_numpy(np.concatenate(types)).long()[place]
    seen = torch.bincount(read, minlength=vocabulary) > 0
    of = torch.from_numpy(np.concatenate(owner)).long()
    share = 1.0 / torch.bincount(of[seen], minlength=len(articles)).clamp(min=1)
    return {
        "sentence": torch.from_numpy(np.concatenate(sentence)).float(),
        "pair": torch.from_numpy(np.concatenate([article["pair"] for article in articles])).float()[place],
        "types": read,
        "wanted": torch.from_numpy(np.concatenate(wanted)).float(),
        "weight": seen * share[of] / len(articles),
    }


def losses(outputs: tuple[Tensor, Tensor, Tensor], wanted: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The cross-entropies of words, of pairs of words, and of sentences.

    A summary has a word if any of its places in the article was taken over (noisy or; Pearl 1988).
    """
    sentence, word, pair = outputs
    rate = torch.zeros_like(wanted["wanted"]).index_add(0, wanted["types"], functional.softplus(word))
    rate = rate.clamp(1e-6, 30.0)
    has = wanted["wanted"]
    of_types = has * -torch.log(-torch.expm1(-rate)) + (1 - has) * rate
    return {
        "word": (of_types * wanted["weight"]).sum(),
        "pair": functional.binary_cross_entropy_with_logits(pair, wanted["pair"]),
        "sentence": functional.binary_cross_entropy_with_logits(sentence, wanted["sentence"]),
    }


def batches(count: int) -> Iterator[tuple[list[int], int, int]]:
    """Numbers of articles, pieces a window and windows, for one pass; the same again from the same seed."""
    random = np.random.default_rng(SEED)
    order = random.permutation(count)
    shares = np.array([share for _, _, share in WINDOWS])
    for start in range(0, count - BATCH + 1, BATCH):
        width, most, _ = WINDOWS[random.choice(len(WINDOWS), p=shares)]
        yield order[start : start + BATCH].tolist(), width, most


def start_network(encoder: Path) -> SalienceNetwork:
    """The network before training: MiniLM below, chance above."""
    config = BertConfig.from_pretrained(encoder)
    # With dropout, attention takes a path several times slower on a processor.
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    network = SalienceNetwork(config)
    network.encoder = BertModel.from_pretrained(
        encoder, config=config, add_pooling_layer=False, dtype=torch.float32
    )
    for frozen in (network.encoder.embeddings, *network.encoder.encoder.layer[:FROZEN_LAYERS]):
        frozen.requires_grad_(False)
    return network.train()


def train(
    arrays: Path, encoder: Path, output: Path, articles: int | None = None, held_out: int = HELD_OUT
) -> Path:
    """Trains on one pass over the articles (the first `articles` of it); returns the checkpoint.

    `arrays` is what training.prepare wrote, `encoder` the folder of the BERT to start from.  The last
    `held_out` articles are left out.

    The state is kept every few hundred steps in `output`, and a call that finds one goes on from there.  The
    curve is written beside it.
    """
    torch.manual_seed(SEED)
    output.mkdir(parents=True, exist_ok=True)
    data = Articles(arrays)
    plan = list(batches(len(data) - held_out))[: None if articles is None else articles // BATCH]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = start_network(encoder).to(device)
    optimizer = _optimizer(network)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / len(plan)))
    checkpoint = output / "checkpoint.pt"
    first = _restore(checkpoint, network, optimizer, schedule)
    running: dict[str, float] = {}
    pieces, started = 0, time.perf_counter()
    for step in range(first, len(plan)):
        numbers, width, most = plan[step]
        batch = [data[n] for n in numbers]
        layout = lay_out(map(tokens_of, batch), width, most)
        wanted = {name: values.to(device) for name, values in targets(layout, batch).items()}
        with torch.autocast(device.type, torch.bfloat16):
            outputs = network(layout.to(device))
        parts = losses(outputs, wanted)
        loss = parts["word"] + parts["sentence"] + _PAIRS_WEIGHT * parts["pair"]
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        pieces += len(layout.places)
        for name, value in parts.items():
            running[name] = _SMOOTH * running.get(name, value.item()) + (1 - _SMOOTH) * value.item()
        if (step + 1) % _REPORT == 0:
            speed = round(pieces / (time.perf_counter() - started))
            line = {"step": step + 1, "of": len(plan), **_rounded(running), "pieces_a_second": speed}
            with (output / "curve.jsonl").open("a", encoding="utf-8") as curve:
                curve.write(json.dumps(line) + "\n")
        if (step + 1) % _KEEP == 0 or step + 1 == len(plan):
            _keep(checkpoint, step + 1, network, optimizer, schedule)
    return checkpoint


def _optimizer(network: SalienceNetwork) -> torch.optim.Optimizer:
    encoder = {id(weights) for weights in network.encoder.parameters()}
    groups = [
        {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": ENCODER_RATE},
        {"params": [p for p in network.parameters() if id(p) not in encoder], "lr": HEADS_RATE},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def _rate(done: float) -> float:
    """The learning rate's share of its peak after this share of the steps: up, then down to nothing."""
    return done / WARM_UP if done < WARM_UP else max(0.0, (1 - done) / (1 - WARM_UP))


def _restore(path: Path, network: SalienceNetwork, optimizer: Any, schedule: Any) -> int:
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


def _keep(path: Path, step: int, network: SalienceNetwork, optimizer: Any, schedule: Any) -> None:
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
