"""Opens the files of a verified model: a tokenizer and a network, never anything that runs code.

GGUF weights are quantised.  Unpacking them takes some 12 seconds, loading them once unpacked less than one:
they are kept in the cache, as safetensors under the digest of the file they came from.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, GgufConfig

from briefing.errors import ModelError
from briefing.models import VerifiedModel


def open_checkpoint(model: VerifiedModel, auto_class: Any, cache_dir: Path, **tokenizer_settings: Any) -> Any:
    """(tokenizer, network) of the model; the network as `auto_class` builds it, ready to infer.

    Raises ModelError: the folder holds more than one GGUF file.  OSError, ValueError ...: as transformers
    puts it when the files do not fit together.
    """
    folder = model.folder
    quantised = [path for path in model.weights if path.suffix == ".gguf"]
    if quantised:
        if len(model.weights) > 1:
            raise ModelError(
                f"{model.spec.name}: {folder} holds several weight files, one of them GGUF",
                "Keep the one to be used.",
            )
        folder = _unpacked(model, quantised[0], auto_class, cache_dir)
    tokenizer = AutoTokenizer.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False, **tokenizer_settings
    )
    network = auto_class.from_pretrained(
        folder,
        dtype=getattr(torch, model.spec.dtype),
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
    )
    return tokenizer, network.eval()


def _unpacked(model: VerifiedModel, weights: Path, auto_class: Any, cache_dir: Path) -> Path:
    """The folder of the unpacked model, made where it is not there yet: whole or not at all."""
    folder = cache_dir / f"{model.digest}-{model.spec.dtype}"
    if folder.is_dir():
        return folder
    cache_dir.mkdir(parents=True, exist_ok=True)
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False, "gguf_file": weights.name}
    scratch_dir = tempfile.TemporaryDirectory(dir=cache_dir, prefix=".unpacking-")
    # transformers draws a progress bar here that it gives no way to turn off.
    with scratch_dir as scratch, contextlib.redirect_stderr(io.StringIO()):
        made = Path(scratch) / "model"
        AutoTokenizer.from_pretrained(model.folder, **local).save_pretrained(made)
        auto_class.from_pretrained(
            model.folder,
            dtype=getattr(torch, model.spec.dtype),
            quantization_config=GgufConfig(dequantize=True),
            **local,
        ).save_pretrained(made)
        # A folder that is there is taken to be whole, even after the power failed.
        for path in made.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another run was quicker, with the same file
                raise
    return folder
