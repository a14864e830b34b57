"""models.yaml, and the user's file laid over it, as frozen `ModelSpec`s.

The classes below are the schema: pydantic checks both files against them, and every mistake is
reported at once under its full key, such as `models.smollm2.sha256: expected 64 hex digits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails

from briefing.assets import asset
from briefing.errors import ModelError, SettingsError
from briefing.strict_yaml import load_shipped_yaml, load_yaml

Kind = Literal["selector", "seq2seq", "causal"]
Source = Literal["bundled", "wheel", "hub", "path"]

_KNOWN_KEYS_ONLY = ConfigDict(extra="forbid")
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_PACKAGE_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


def _hex_digest(value: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
        raise ValueError("expected 64 hex digits")
    return value.lower()


def _version(value: str) -> str:
    # It becomes an argument of pip and part of a folder's name.
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+_-]*", value):
        raise ValueError("expected a version, a tag or a commit")
    return value


def _one_article(value: str) -> str:
    if value.count("{article}") != 1:
        raise ValueError("expected the place of the text, {article}, exactly once")
    return value


@dataclass(frozen=True, config=_KNOWN_KEYS_ONLY)
class Generation:
    """How a generating model writes.

    What is None comes from the model's own config.json ("task_specific_params", "summarization")
    and generation_config.json.  Lengths count the model's tokens.  Nothing is ever sampled: the same
    text gives the same summary.
    """

    max_new_tokens: Annotated[int, Field(ge=1, le=4096)] = 142
    min_new_tokens: Annotated[int, Field(ge=0, le=4096)] | None = None
    num_beams: Annotated[int, Field(ge=1, le=16)] | None = None
    length_penalty: float | None = None
    no_repeat_ngram_size: Annotated[int, Field(ge=0)] | None = None
    repetition_penalty: Annotated[float, Field(gt=0)] | None = None
    batch_size: Annotated[int, Field(ge=1, le=256)] = 4
    prompt: Annotated[str, AfterValidator(_one_article)] | None = None


@dataclass(frozen=True, config=_KNOWN_KEYS_ONLY)
class ModelSpec:
    """One model, as models.yaml describes it.

    `location` is a package (wheel), an organisation/name (hub) or a folder (path, bundled); `version`
    the version of the package or the revision on the hub.  `sha256` is that of the one weight file, or
    where there are several, of the lines that `sha256sum` prints for them in order of name; None
    where it is not on record.  `kind` None means: as its config.json says.
    """

    name: str
    kind: Kind | None
    source: Source
    location: str
    version: Annotated[str, AfterValidator(_version)] | None = None
    sha256: Annotated[str, AfterValidator(_hex_digest)] | None = None
    licence: str = "not recorded"
    description: str = ""
    max_tokens: Annotated[int, Field(ge=16)] | None = None
    dtype: Literal["float32", "bfloat16"] = "float32"
    generation: Generation = Field(default_factory=Generation)

    @model_validator(mode="after")
    def _fits_its_source(self) -> ModelSpec:
        if self.source == "wheel":
            if not _PACKAGE_NAME.fullmatch(self.location):
                raise ValueError("location: expected the name of a package")
            if not self.version:
                raise ValueError("version: a wheel needs one")
            if not self.sha256:
                raise ValueError("sha256: a wheel needs the digest of its weights")
        if self.source == "hub" and not _HUB_NAME.fullmatch(self.location):
            raise ValueError("location: expected a hub name such as organisation/model")
        return self


def load_models(user_file: Path | None = None) -> Mapping[str, ModelSpec]:
    """The bundled models.yaml, overlaid by what `user_file` sets, by name in order of the files.

    A relative folder in a file is relative to that file.

    Raises SettingsError: a file cannot be read, or holds mistakes; all of them are listed.
    """
    entries: dict[str, dict[str, Any]] = {}
    shipped = asset("models.yaml")
    files = {shipped: load_shipped_yaml, **({user_file: load_yaml} if user_file else {})}
    for file, load in files.items():
        for name, entry in _read(file, load).items():
            _overlay(entries.setdefault(name, {}), entry)
    mistakes = [f"models.{name}.name: unknown key" for name, entry in entries.items() if "name" in entry]
    named = {name: {**entry, "name": name} for name, entry in entries.items()}
    try:
        specs = TypeAdapter(dict[str, ModelSpec]).validate_python(named)
    except ValidationError as error:
        mistakes += [_mistake(detail) for detail in error.errors()]
    if mistakes:
        raise _wrong(user_file or shipped, mistakes)
    return specs


def find_model(name: str, specs: Mapping[str, ModelSpec]) -> ModelSpec:
    """The model that a user means: a name in models.yaml, a folder, or a hub name such as org/model.

    A folder wins over a hub name that is spelled alike, because it is here.

    Raises ModelError: it is none of the three.
    """
    if name in specs:
        return specs[name]
    folder = Path(name).expanduser()
    if folder.is_dir():
        return ModelSpec(name=name, kind=None, source="path", location=str(folder.resolve()))
    location, _, revision = name.partition("@")
    if _HUB_NAME.fullmatch(location):
        return ModelSpec(name=name, kind=None, source="hub", location=location, version=revision or None)
    raise ModelError(
        f"{name}: no such model",
        f"Name one of models.yaml ({', '.join(specs)}), a folder that holds a model, "
        "or a Hugging Face name such as organisation/model.",
    )


def _read(file: Path, load: Callable[[str], Any]) -> dict[str, dict[str, Any]]:
    try:
        content = load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}: cannot be read: {error}", "Check the path of the models file."
        ) from error
    except yaml.YAMLError as error:
        raise _wrong(file, [f"no valid YAML: {error}"]) from error
    mistakes = []
    content = {} if content is None else content
    if not isinstance(content, dict):
        raise _wrong(file, ["expected `models:` at the top"])
    mistakes += [f"{key}: unknown key" for key in content if key != "models"]
    models = content.get("models") or {}
    if not isinstance(models, dict):
        mistakes.append("models: expected model names with their settings")
        models = {}
    mistakes += [
        f"models.{name}: expected settings, one a line"
        for name, entry in models.items()
        if not isinstance(entry, dict)
    ]
    if mistakes:
        raise _wrong(file, mistakes)
    for entry in models.values():
        if entry.get("source") in ("path", "bundled") and isinstance(entry.get("location"), str):
            entry["location"] = str((file.parent / Path(entry["location"]).expanduser()).resolve())
    return {str(name): entry for name, entry in models.items()}


def _overlay(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            _overlay(below[key], value)
        else:
            below[key] = value


def _mistake(detail: ErrorDetails) -> str:
    where = ".".join(["models", *(str(part) for part in detail["loc"])])
    kinds = {"unexpected_keyword_argument": "unknown key", "missing": "missing"}
    said = kinds.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "value_error" and re.match(r"(location|version|sha256): ", said):
        return f"{where}.{said}"
    if detail["type"] == "string_type":
        said = 'expected text (put numbers in quotes: "1.0")'
    return f"{where}: {said[0].lower()}{said[1:]}"


def _wrong(file: Path, mistakes: list[str]) -> SettingsError:
    listed = "\n".join(f"  {mistake}" for mistake in mistakes)
    return SettingsError(f"{file}: {len(mistakes)} to correct:\n{listed}", "docs/models.md lists every key.")
