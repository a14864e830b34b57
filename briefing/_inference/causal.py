"""Decoder-only models that write a summary when a prompt asks for one: chat models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from transformers import AutoModelForCausalLM

from briefing._inference.checkpoint import open_checkpoint
from briefing._inference.generation import WindowedGenerator
from briefing.models import VerifiedModel


class CausalGenerator(WindowedGenerator):
    """Answers a prompt that quotes the window as data."""

    def __init__(self, model: VerifiedModel, cache_dir: Path) -> None:
        # On the left, so that every prompt of a batch ends where the writing starts.
        tokenizer, network = open_checkpoint(model, AutoModelForCausalLM, cache_dir, padding_side="left")
        if tokenizer.pad_token is None:
            tokenizer.pad_token = tokenizer.eos_token
        super().__init__(model, tokenizer, network)

    @cached_property
    def _room(self) -> int:
        prompt = int(self._encode([""])["input_ids"].shape[1])
        return max(1, self._reach - prompt - self._longest)

    def _encode(self, windows: Sequence[str]) -> Any:
        prompts = [self._prompt.replace("{article}", window) for window in windows]
        if self._tokenizer.chat_template:
            # The template writes the control tokens itself; none are left in the windows.
            prompts = [
                self._tokenizer.apply_chat_template(
                    [{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True
                )
                for prompt in prompts
            ]
        return self._tokenizer(
            prompts,
            padding=True,
            add_special_tokens=not self._tokenizer.chat_template,
            return_tensors="pt",
        )

    def _written(self, output: Any, prompt_tokens: int) -> Any:
        return output[:, prompt_tokens:]
