"""Encoder-decoder models that write summaries: BART, T5, Pegasus and their kin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from transformers import AutoModelForSeq2SeqLM

from briefing._inference.checkpoint import open_checkpoint
from briefing._inference.generation import WindowedGenerator
from briefing.models import VerifiedModel


class Seq2SeqGenerator(WindowedGenerator):
    """Reads a window, writes its summary."""

    def __init__(self, model: VerifiedModel, cache_dir: Path) -> None:
        super().__init__(model, *open_checkpoint(model, AutoModelForSeq2SeqLM, cache_dir))

    @cached_property
    def _room(self) -> int:
        return max(1, self._reach - len(self._tokenizer(self._prompt.replace("{article}", ""))["input_ids"]))

    def _encode(self, windows: Sequence[str]) -> Any:
        prompts = [self._prompt.replace("{article}", window) for window in windows]
        return self._tokenizer(
            prompts, padding=True, truncation=True, max_length=self._reach, return_tensors="pt"
        )

    def _written(self, output: Any, prompt_tokens: int) -> Any:
        return output
