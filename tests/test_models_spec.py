from __future__ import annotations

from pathlib import Path

import pytest

from briefing.assets import asset
from briefing.errors import ModelError, SettingsError
from briefing.models import find_model, load_models


def test_the_bundled_file_describes_a_selector_a_seq2seq_and_a_causal_model() -> None:
    kinds = {spec.kind for spec in load_models().values()}
    assert kinds == {"selector", "seq2seq", "causal"}


def test_a_users_file_overlays_only_what_it_sets(tmp_path: Path) -> None:
    mine = tmp_path / "models.yaml"
    mine.write_text("models:\n  smollm2:\n    generation:\n      max_new_tokens: 60\n")
    bundled, specs = load_models(), load_models(mine)
    assert specs["smollm2"].generation.max_new_tokens == 60
    assert specs["smollm2"].generation.prompt == bundled["smollm2"].generation.prompt
    assert specs["salience"] == bundled["salience"]


def test_a_users_file_may_add_a_model_with_a_folder_relative_to_it(tmp_path: Path) -> None:
    mine = tmp_path / "models.yaml"
    mine.write_text("models:\n  ours:\n    kind: seq2seq\n    source: path\n    location: weights/ours\n")
    assert load_models(mine)["ours"].location == str(tmp_path.resolve() / "weights" / "ours")


def test_all_mistakes_are_listed_at_once(tmp_path: Path) -> None:
    mine = tmp_path / "models.yaml"
    mine.write_text(
        "models:\n"
        "  salience:\n    sha256: 53aa\n    kinds: selector\n    name: x\n"
        "  smollm2:\n    version: 0.1\n    generation:\n      max_new_tokens: 0\n      prompt: no place\n"
        "  mine:\n    source: wheel\n    location: x\n    kind: selector\n"
    )
    with pytest.raises(SettingsError) as caught:
        load_models(mine)
    message = caught.value.message
    for mistake in (
        "models.salience.sha256: expected 64 hex digits",
        "models.salience.kinds: unknown key",
        "models.salience.name: unknown key",
        "models.smollm2.version: expected text",
        "models.smollm2.generation.max_new_tokens: ",
        "models.smollm2.generation.prompt: expected the place of the text, {article}, exactly once",
        "models.mine.version: a wheel needs one",
    ):
        assert mistake in message
    assert str(mine) in message


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        ("modles: {}\n", "modles: unknown key"),
        ("models:\n  salience: selector\n", "models.salience: expected settings"),
        ("models:\n  salience:\n    dtype: float32\n    dtype: bfloat16\n", "dtype: given twice"),
        ("models: [", "no valid YAML"),
        ("- salience\n", "expected `models:`"),
        (
            "models:\n  x:\n    kind: selector\n    source: wheel\n    location: --index-url\n",
            "models.x.location",
        ),
        (
            "models:\n  x:\n    kind: selector\n    source: hub\n    location: ../../etc\n",
            "models.x.location",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, content: str, mistake: str) -> None:
    mine = tmp_path / "models.yaml"
    mine.write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_models(mine)
    assert mistake in caught.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.yaml"):
        load_models(tmp_path / "nowhere.yaml")


def test_a_model_is_found_by_name_by_folder_and_by_hub_name(tmp_path: Path) -> None:
    specs = load_models()
    assert find_model("salience", specs) is specs["salience"]
    by_folder = find_model(str(tmp_path), specs)
    assert (by_folder.source, by_folder.location) == ("path", str(tmp_path.resolve()))
    on_hub = find_model("facebook/bart-large-cnn@v1", specs)
    assert (on_hub.source, on_hub.location, on_hub.version) == ("hub", "facebook/bart-large-cnn", "v1")
    with pytest.raises(ModelError, match="salience, smollm2"):
        find_model("mnilm", specs)


def test_every_key_of_the_bundled_file_is_explained_or_plain() -> None:
    lines = asset("models.yaml").read_text("utf-8").splitlines()
    head = "\n".join(line for line in lines if line.startswith("#"))
    for key in ("kind", "source", "location", "version", "sha256", "max_tokens", "dtype"):
        assert key in head
