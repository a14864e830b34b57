"""What the writing models share: windows, batches, settings.

A long text is not cut: it is read in windows of whole sentences, each of which is summarised; where
there is more than one, the summaries are joined and condensed again.
"""

from __future__ import annotations

import json
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig

from briefing.models import VerifiedModel
from briefing.models.spec import Generation
from briefing.sentences import split_sentences

# Condensing summaries of summaries ends after so many rounds, even if a model will not be brief.
_ROUNDS = 4
_LONGEST = 1024
_TAG = re.compile(r"</?\w+>")


class WindowedGenerator(ABC):
    """Writes one summary a text, whatever its length.  Greedy or beam search: nothing is sampled."""

    def __init__(self, model: VerifiedModel, tokenizer: Any, network: Any) -> None:
        self.name = model.spec.name
        self.digest = model.digest
        self._tokenizer = tokenizer
        self._network = network
        config = network.config
        self._task = summarization_task(model.folder)
        self._prompt = model.spec.generation.prompt or str(self._task.get("prefix") or "") + "{article}"
        self._longest = model.spec.generation.max_new_tokens
        self._batch_size = model.spec.generation.batch_size
        self._settings = generation_config(model.spec.generation, self._task, network.generation_config)
        reach = getattr(config, "max_position_embeddings", None) or _LONGEST
        self._reach = min(model.spec.max_tokens or reach, reach)
        # What must never come from a text: the model's control tokens and the prompt's own markers.
        control = {token.content for token in tokenizer.added_tokens_decoder.values()}
        self._markers = sorted(filter(None, control | set(_TAG.findall(self._prompt))))

    @abstractmethod
    def _encode(self, windows: Sequence[str]) -> Any:
        """The model's input for windows of text, with its attention mask: tensors of (windows, tokens)."""

    @abstractmethod
    def _written(self, output: Any, prompt_tokens: int) -> Any:
        """The tokens that the model wrote, out of what `generate` returns."""

    @property
    @abstractmethod
    def _room(self) -> int:
        """Tokens of text that fit into one window."""

    def generate(self, texts: Sequence[str]) -> list[str]:
        """One summary a text, in order; a text longer than the model's window is read in windows."""
        pending = {
            index: windows(without(self._markers, text), self._room, self._length)
            for index, text in enumerate(texts)
        }
        done = dict.fromkeys(range(len(texts)), "")
        for turn in range(_ROUNDS):
            queue = [(index, window) for index, parts in pending.items() for window in parts]
            written = self._write([window for _, window in queue])
            made: dict[int, list[str]] = {index: [] for index in pending}
            for (index, _), summary in zip(queue, written, strict=True):
                made[index].append(summary)
            pending = {}
            for index, summaries in made.items():
                done[index] = "\n".join(filter(None, summaries))
                if len(summaries) > 1 and turn + 1 < _ROUNDS:
                    pending[index] = windows(done[index], self._room, self._length)
            if not pending:
                break
        return [done[index] for index in range(len(texts))]

    def _length(self, text: str) -> int:
        # One more for the blank between two sentences, which some tokenizers count.
        return len(self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]) + 1

    def _write(self, windows: Sequence[str]) -> list[str]:
        """One summary a window; windows of like length share a batch, so that little is padding."""
        written = [""] * len(windows)
        order = sorted(range(len(windows)), key=lambda index: len(windows[index]))
        for start in range(0, len(order), self._batch_size):
            batch = order[start : start + self._batch_size]
            inputs = self._encode([windows[index] for index in batch])
            with torch.inference_mode():
                output = self._network.generate(
                    input_ids=inputs["input_ids"],
                    attention_mask=inputs["attention_mask"],
                    generation_config=self._settings,
                )
            tokens = self._written(output, inputs["input_ids"].shape[1])
            texts = self._tokenizer.batch_decode(
                tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False
            )
            for index, text in zip(batch, texts, strict=True):
                written[index] = text.strip()
        return written


def windows(text: str, room: int, length: Callable[[str], int]) -> list[str]:
    """The text in as few windows of at most `room` tokens as hold it: whole sentences, about one length.

    Nothing of the text is left out but the white space between sentences.
    """
    pieces = [
        piece for start, end in split_sentences(text) for piece in _pieces(text[start:end], room, length)
    ]
    total = sum(tokens for _, tokens in pieces)
    share = total / max(1, math.ceil(total / room))
    filled: list[list[str]] = []
    taken = 0
    for piece, tokens in pieces:
        if not filled or taken >= share or taken + tokens > room:
            filled.append([])
            taken = 0
        filled[-1].append(piece)
        taken += tokens
    return [" ".join(window) for window in filled]


def without(markers: Sequence[str], text: str) -> str:
    """The text without what would speak to the model instead of being read by it."""
    before = None
    while text != before:  # again and again: taking one out may join the halves of another
        before = text
        for marker in markers:
            text = text.replace(marker, "")
    return text


def _pieces(sentence: str, room: int, length: Callable[[str], int]) -> list[tuple[str, int]]:
    """The sentence with its length in tokens; in halves where it exceeds a window by itself."""
    tokens = length(sentence)
    if tokens <= room or len(sentence) < 2:
        return [(sentence, tokens)]
    middle = len(sentence) // 2
    spaces = [cut for cut in (sentence.find(" ", middle), sentence.rfind(" ", 0, middle)) if cut > 0]
    cut = spaces[0] if spaces else middle  # within a word only where the word is a window by itself
    halves = [sentence[:cut].strip(), sentence[cut:].strip()]
    return [piece for half in halves if half for piece in _pieces(half, room, length)]


def summarization_task(folder: Path) -> dict[str, Any]:
    """What the model's config.json says of summarising (beams, lengths, prefix); {} where nothing.

    transformers read this itself once; from version 5 on it no longer does.
    """
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except OSError:  # a GGUF file carries its own configuration, without tasks
        return {}
    tasks = config.get("task_specific_params") or {}
    return dict(tasks.get("summarization") or {})


def generation_config(ours: Generation, task: dict[str, Any], own: GenerationConfig) -> GenerationConfig:
    """Every setting explicit: models.yaml first, then the model's task, then its generation_config.json."""

    def setting(name: str, otherwise: Any) -> Any:
        for found in (getattr(ours, name), task.get(name), getattr(own, name, None)):
            if found is not None:
                return found
        return otherwise

    longest = ours.max_new_tokens
    return GenerationConfig(  # type: ignore[no-untyped-call]
        do_sample=False,
        max_new_tokens=longest,
        min_new_tokens=min(longest, setting("min_new_tokens", 0)),
        num_beams=setting("num_beams", 1),
        length_penalty=setting("length_penalty", 1.0),
        early_stopping=setting("num_beams", 1) > 1,
        no_repeat_ngram_size=setting("no_repeat_ngram_size", 0),
        repetition_penalty=setting("repetition_penalty", 1.0),
        bos_token_id=own.bos_token_id,
        eos_token_id=own.eos_token_id,
        pad_token_id=own.pad_token_id if own.pad_token_id is not None else _first(own.eos_token_id),
        decoder_start_token_id=own.decoder_start_token_id,
        forced_bos_token_id=own.forced_bos_token_id,
        forced_eos_token_id=own.forced_eos_token_id,
    )


def _first(token: int | list[int] | None) -> int | None:
    return token[0] if isinstance(token, list) else token
