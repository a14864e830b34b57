"""A trained network → the folder that ships: safetensors, configuration, tokenizer."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from briefing._inference.salience import EMBEDDINGS, ORIGINAL
from training.train import FROZEN_LAYERS

_LAYER = re.compile(r"encoder\.layer\.(\d+)\.(.+)")
_TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")


def export(checkpoint: Path, encoder: Path, output: Path) -> None:
    """Writes the network of a checkpoint to the folder `output`, with what it needs of the folder `encoder`.

    Weights are kept as bfloat16, word embeddings as 8 bit numbers with a scale each; layers that training has
    changed are kept as they were, too, for sentence vectors.
    """
    output.mkdir(parents=True, exist_ok=True)
    network = torch.load(checkpoint, weights_only=True, map_location="cpu")["network"]
    tensors = {name: tensor.to(torch.bfloat16).contiguous() for name, tensor in network.items()}
    table = network[EMBEDDINGS].float()
    scale = (table.abs().amax(dim=1) / 127).clamp(min=1e-12)
    tensors[EMBEDDINGS] = (table / scale.unsqueeze(1)).round().to(torch.int8)
    tensors[f"{EMBEDDINGS}.scale"] = scale
    for name, tensor in load_file(encoder / "model.safetensors").items():
        found = _LAYER.fullmatch(name)
        if found and int(found[1]) >= FROZEN_LAYERS:
            tensors[f"{ORIGINAL}{found[1]}.{found[2]}"] = tensor.to(torch.bfloat16)
    save_file(tensors, output / "model.safetensors", metadata={"format": "pt"})
    (output / "model.safetensors").chmod(0o644)
    config = json.loads((encoder / "config.json").read_text("utf-8"))
    config["architectures"] = ["SalienceNetwork"]
    config["dtype"] = "bfloat16"
    config.pop("_name_or_path", None)
    (output / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", "utf-8")
    for name in _TOKENIZER:
        if (encoder / name).is_file():
            shutil.copyfile(encoder / name, output / name)
