"""Builds a BART small enough to train in a test, so that real generation runs without a hub."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import ByteLevelBPETokenizer
from tokenizers.processors import RobertaProcessing
from transformers import BartConfig, BartForConditionalGeneration, PreTrainedTokenizerFast

_SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
_STEPS = 60


def train_bart(folder: Path, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """A BART of 64 positions that has learnt a little of (text, summary) pairs; returns its losses."""
    torch.manual_seed(20)
    tokenizer = _tokenizer([text for pair in pairs for text in pair])
    network = BartForConditionalGeneration(
        BartConfig(
            vocab_size=len(tokenizer),
            d_model=64,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=4,
            decoder_attention_heads=4,
            encoder_ffn_dim=128,
            decoder_ffn_dim=128,
            max_position_embeddings=64,
            dropout=0.0,
            attention_dropout=0.0,
            forced_eos_token_id=2,
            decoder_start_token_id=2,
        )
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=5e-3)
    losses = []
    for step in range(_STEPS):
        some = [pairs[(step * 8 + place) % len(pairs)] for place in range(8)]
        texts = tokenizer([text for text, _ in some], max_length=64, **_PADDED)
        labels = tokenizer([summary for _, summary in some], max_length=48, **_PADDED)["input_ids"]
        loss = network(**texts, labels=labels.masked_fill(labels == tokenizer.pad_token_id, -100)).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    # As older checkpoints carry it; transformers itself writes it no more.
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["task_specific_params"] = {"summarization": {"num_beams": 3, "no_repeat_ngram_size": 3}}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return losses


_PADDED = {"padding": True, "truncation": True, "return_tensors": "pt", "return_token_type_ids": False}


def _tokenizer(texts: Sequence[str]) -> PreTrainedTokenizerFast:
    bpe = ByteLevelBPETokenizer()
    bpe.train_from_iterator(texts, vocab_size=1000, special_tokens=_SPECIALS, show_progress=False)
    bpe.post_processor = RobertaProcessing(("</s>", 2), ("<s>", 0))
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=bpe._tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        cls_token="<s>",
        sep_token="</s>",
        model_max_length=64,
    )
