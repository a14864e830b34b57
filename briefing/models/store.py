"""Where the models lie, and whether they are what they should be."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import ModelError
from briefing.models.spec import Kind, ModelSpec

# The only weight formats read: neither can carry code, as pickled ones (.bin, .pt) can.
WEIGHTS = (".safetensors", ".gguf")
_LEDGER = "digests.json"


@dataclass(frozen=True)
class VerifiedModel:
    """A model that is here and has been checked: what may be loaded.

    `digest` is the hex sha256 of the weights in `folder`, as `ModelSpec.sha256` counts it.
    """

    spec: ModelSpec
    kind: Kind
    folder: Path
    digest: str

    @property
    def weights(self) -> list[Path]:
        """The weight files, in order of name."""
        return weight_files(self.folder)


def locate(spec: ModelSpec, models_dir: Path) -> Path:
    """The folder of the model's files.

    Raises ModelError: it is not here, or holds no weights that may be read.
    """
    folder = folder_of(spec, models_dir)
    if not folder.is_dir():
        if spec.source in ("bundled", "path"):
            raise ModelError(
                f"{spec.name}: there is no folder {folder}", "Correct `location` in models.yaml."
            )
        raise ModelError(f"{spec.name}: the model is not here yet", f"Run: briefing models fetch {spec.name}")
    if not weight_files(folder):
        raise ModelError(
            f"{spec.name}: {folder} holds no weights as .safetensors or .gguf",
            "Convert the weights: pickled ones (.bin, .pt) can run code and are never read.",
        )
    return folder


def verify(spec: ModelSpec, models_dir: Path, *, afresh: bool = False) -> VerifiedModel:
    """The model, with the digest of its weights computed and held against the one on record.

    A digest is computed once for each file as it stands (path, size, time of change) and remembered in
    `models_dir`, so that starting is quick; `afresh` computes it again.  Where models.yaml records none,
    what is here is taken as it is.

    Raises ModelError: it is not here, is incomplete, or does not have the digest it should have.
    """
    folder = locate(spec, models_dir)
    digest = _digest(weight_files(folder), models_dir, afresh)
    check_digest(spec, digest, folder)
    return VerifiedModel(spec, spec.kind or _kind(spec, folder), folder, digest)


def folder_of(spec: ModelSpec, models_dir: Path) -> Path:
    """Where the model's files are, or will be once they are fetched."""
    if spec.source in ("bundled", "path"):
        return Path(spec.location)
    label = f"{spec.source}-{spec.location}-{spec.version or 'main'}"
    return models_dir / re.sub(r"[^\w.+-]+", "--", label)


def weight_files(folder: Path) -> list[Path]:
    """The weight files of a model's folder, in order of name."""
    return sorted(path for path in folder.iterdir() if path.suffix in WEIGHTS and path.is_file())


def check_digest(spec: ModelSpec, digest: str, place: Path) -> None:
    """Refuses weights that are not those on record.

    Raises ModelError: the digest is another.
    """
    if spec.sha256 and digest != spec.sha256:
        raise ModelError(
            f"{spec.name}: the weights in {place} are not those that models.yaml records "
            f"(sha256 {digest}, expected {spec.sha256})",
            f"Delete the folder and run: briefing models fetch {spec.name}. If the digest stays wrong, "
            "do not use the model, and ask where the file came from.",
        )


def digest_of(files: list[Path]) -> str:
    """Hex sha256 of the one file; of several, that of the lines which `sha256sum` prints for them."""
    return _combined([(path, _sha256(path)) for path in files])


def _digest(files: list[Path], models_dir: Path, afresh: bool) -> str:
    ledger = models_dir / _LEDGER
    known: dict[str, str] = {}
    with suppress(OSError, ValueError):  # unreadable or damaged: it is only a memory, and is made again
        known = {str(key): str(value) for key, value in json.loads(ledger.read_text("utf-8")).items()}
    digests = []
    fresh = False
    for path in files:
        stat = path.stat()
        key = f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}"
        if afresh or key not in known:
            known[key], fresh = _sha256(path), True
        digests.append((path, known[key]))
    if fresh:
        with suppress(OSError):  # a store that only others may write to still serves
            write_whole(ledger, json.dumps(known, indent=1).encode())
    return _combined(digests)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, whoever else writes it at the time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _combined(digests: list[tuple[Path, str]]) -> str:
    if len(digests) == 1:
        return digests[0][1]
    return hashlib.sha256(
        "".join(f"{digest}  {path.name}\n" for path, digest in digests).encode()
    ).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kind(spec: ModelSpec, folder: Path) -> Kind:
    """What the model's own config.json says that it is."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        if config.get("is_encoder_decoder"):
            return "seq2seq"
        architectures = config.get("architectures") or []
        if architectures == ["SalienceNetwork"]:
            return "selector"
        if any(name.endswith("ForCausalLM") for name in architectures):
            return "causal"
        raise ValueError(f"it says {', '.join(architectures) or 'nothing'}")
    except (OSError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{spec.name}: {folder} has no config.json that says what kind of model it is ({error})",
            "Describe the model in a models file with its `kind` (docs/models.md).",
        ) from error
