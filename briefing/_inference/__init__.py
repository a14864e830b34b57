"""Runs the models; alone imports torch and transformers, and not before a model is loaded.

Only `VerifiedModel`s are loaded: their weights are safetensors or GGUF and have the digest on record.
No code of a model is ever run, and nothing here reaches the network.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import ModelError
from briefing.models import VerifiedModel
from briefing.types import Generator, Selector


def load_model(model: VerifiedModel, cache_dir: Path, threads: int | None = None) -> Selector | Generator:
    """The model, ready to run, by its kind.

    `cache_dir` keeps the weights of GGUF files unpacked; `threads` bounds what torch takes of the
    processor (None: all of it).

    Raises ModelError: the files are not a model of this kind, or do not fit in memory.
    """
    if model.kind == "selector":
        return load_selector(model, threads)
    return load_generator(model, cache_dir, threads)


def load_selector(model: VerifiedModel, threads: int | None = None) -> Selector:
    """A model that weighs the sentences and words of an article.

    Raises ModelError: the files are not such a model.
    """
    with _loading(model, threads):
        from briefing._inference.selector import NewsSelector

        return NewsSelector(model)


def load_generator(model: VerifiedModel, cache_dir: Path, threads: int | None = None) -> Generator:
    """A model that writes summaries.

    Raises ModelError: the files are not such a model.
    """
    with _loading(model, threads):
        if model.kind == "causal":
            from briefing._inference.causal import CausalGenerator

            return CausalGenerator(model, cache_dir)
        from briefing._inference.seq2seq import Seq2SeqGenerator

        return Seq2SeqGenerator(model, cache_dir)


@contextmanager
def _loading(model: VerifiedModel, threads: int | None) -> Iterator[None]:
    """Quiet libraries, and failures as a `ModelError`."""
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True
    import torch
    from transformers.utils import logging as advice

    if threads is not None:
        torch.set_num_threads(threads)
    advice.disable_progress_bar()  # type: ignore[no-untyped-call]
    advice.set_verbosity(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # advice to developers of the libraries, not to our users
            yield
    except ModelError:
        raise
    except MemoryError as error:
        raise ModelError(
            f"{model.spec.name}: does not fit in memory", "Use a smaller model, or dtype: bfloat16."
        ) from error
    except Exception as error:
        # A broken or foreign checkpoint is reported by nearly any exception; tokenizers raises bare ones.
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"{model.spec.name}: {model.folder} will not load as a model of kind {model.kind}: {reason[0]}",
            "Check `kind` in models.yaml, and that config.json and the tokenizer belong to the weights.",
        ) from error
