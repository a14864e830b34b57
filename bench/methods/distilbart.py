"""A network of the exact shape of sshleifer/distilbart-cnn-12-6, with random weights: for its speed alone.

What it costs to run does not depend on what it has learnt, but for one thing: when it stops.  So each
summary is forced to one length, near that of the summaries in its training data.  It runs as it is
commonly run: float32, one article at a time, beams and other settings from its own configuration.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, BartConfig, BartForConditionalGeneration, GenerationConfig

from bench.methods import Summariser
from bench.methods.common import ready_model
from briefing.types import Article

TOKENS = 70
"""Tokens of each summary: its configuration allows 56 to 142, and highlights of news have some 60 to 70."""
SHAPE: dict[str, Any] = {
    "vocab_size": 50264,
    "max_position_embeddings": 1024,
    "d_model": 1024,
    "encoder_layers": 12,
    "encoder_attention_heads": 16,
    "encoder_ffn_dim": 4096,
    "decoder_layers": 6,
    "decoder_attention_heads": 16,
    "decoder_ffn_dim": 4096,
    "activation_function": "gelu",
    "bos_token_id": 0,
    "pad_token_id": 1,
    "eos_token_id": 2,
    "decoder_start_token_id": 2,
}
_GENERATION: dict[str, Any] = {
    "num_beams": 4,
    "length_penalty": 2.0,
    "no_repeat_ngram_size": 3,
    "early_stopping": True,
    "do_sample": False,
    "forced_bos_token_id": 0,
    "forced_eos_token_id": 2,
}
_SEED = 20


def load(scratch: Path) -> Summariser:
    """The network, with weights drawn at random.

    Its own tokenizer is not at hand.  MiniLM's makes about as many tokens of an article, and which ones
    they are makes no difference to the time.
    """
    tokenizer: Any = AutoTokenizer.from_pretrained(
        ready_model("salience", scratch).folder, local_files_only=True
    )
    torch.manual_seed(_SEED)
    network: Any = BartForConditionalGeneration(BartConfig(**SHAPE))
    network.eval()
    settings = GenerationConfig(  # type: ignore[no-untyped-call]
        min_new_tokens=TOKENS,
        max_new_tokens=TOKENS,
        bos_token_id=SHAPE["bos_token_id"],
        pad_token_id=SHAPE["pad_token_id"],
        eos_token_id=SHAPE["eos_token_id"],
        decoder_start_token_id=SHAPE["decoder_start_token_id"],
        **_GENERATION,
    )
    longest = SHAPE["max_position_embeddings"]

    def summarise(articles: Sequence[Article]) -> list[str]:
        for article in articles:
            read = tokenizer(article.text, truncation=True, max_length=longest, return_tensors="pt")
            with torch.inference_mode():
                network.generate(
                    input_ids=read["input_ids"],
                    attention_mask=read["attention_mask"],
                    generation_config=settings,
                )
        return [""] * len(articles)

    return summarise
