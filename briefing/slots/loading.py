"""Reads the rules: the YAML files beside this module, and over them those of the desk.

A desk keeps a folder with files of the same names, and writes into them only what it adds or changes:

- a list of words is added to the list of the same key;
- a rule with a new name is added; one with a known name changes the keys that it sets; `drop: true` on a
  rule switches it off;
- any other value replaces the one below it.

Each file is checked against a schema; all mistakes of all files are reported at once, as
`desk/agreed.yaml: rules.our-rule.status: …`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from briefing.errors import SettingsError
from briefing.reading.data import ENGLISH_DATA, Language
from briefing.reading.parse import MODEL_PACKAGE
from briefing.slots.rules import Rules
from briefing.strict_yaml import load_shipped_yaml, load_yaml

_NAMES = sorted(set(Rules.model_fields) - {"digest"})
_RULES = Path(__file__).parent / "rules"


def _bundled(name: str) -> Path:
    folder = ENGLISH_DATA if name in Language.model_fields else _RULES
    return folder / f"{name}.yaml"


def load_rules(desk: Path | None = None) -> Rules:
    """The bundled rules, overlaid by those of the folder `desk`.

    Raises SettingsError listing every mistake in every file.
    """
    if desk is None:
        return _shipped_rules()
    content, digest = _shipped()
    mistakes: list[str] = []
    files = _desk_files(desk, mistakes)
    for name, file in files.items():
        above = _read(file, digest, mistakes)
        if not isinstance(above, dict):
            mistakes.append(f"{file}: expected keys with their values, as in the bundled {name}.yaml")
            continue
        content[name] = _laid_over(content[name], above, str(file), mistakes)
    return check_rules(content | {"digest": digest.hexdigest()}, mistakes, files)


@cache
def _shipped_rules() -> Rules:
    content, digest = _shipped()
    return check_rules(content | {"digest": digest.hexdigest()})


def _shipped() -> tuple[dict[str, Any], Any]:
    """What each file that ships holds, and the digest of them all."""
    digest = hashlib.sha256(importlib.metadata.version(MODEL_PACKAGE.replace("_", "-")).encode())
    content = {}
    for name in _NAMES:
        raw = _bundled(name).read_bytes()
        digest.update(raw)
        content[name] = load_shipped_yaml(raw.decode("utf-8"))
    return content, digest


def check_rules(
    content: dict[str, Any], mistakes: list[str] | None = None, files: Mapping[str, Path] | None = None
) -> Rules:
    """Rules from what the files hold, a key for each file; `files` are those of the desk.

    Raises SettingsError listing `mistakes` and every further one.
    """
    found = list(mistakes or ())
    try:
        rules = Rules.model_validate(content)
    except ValidationError as error:
        for one in error.errors():
            name, *path = one["loc"]
            file = (files or {}).get(str(name), f"{name}.yaml")
            said = "no such key" if one["type"] == "extra_forbidden" else one["msg"]
            found.append(f"{file}: {_place(content.get(str(name)), path)}: {said}")
    if found:
        raise SettingsError(
            "The rules of the slots are wrong:\n  " + "\n  ".join(found),
            "Mend these lines; docs/slots.md shows how a rule is written.",
        )
    return rules


def _desk_files(desk: Path, mistakes: list[str]) -> dict[str, Path]:
    if not desk.is_dir():
        mistakes.append(f"slots.rules: {desk} is no folder; name one that holds rule files")
        return {}
    found = {file.stem: file for file in sorted(desk.iterdir()) if file.suffix in {".yaml", ".yml"}}
    for name in sorted(set(found) - set(_NAMES)):
        known = ", ".join(f"{one}.yaml" for one in _NAMES)
        mistakes.append(f"{found.pop(name)}: no such rule file; there are {known}")
    return found


def _read(file: Path, digest: Any, mistakes: list[str]) -> Any:
    try:
        raw = file.read_bytes()
        digest.update(raw)
        return load_yaml(raw.decode("utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        mistakes.append(f"{file}: cannot be read: {' '.join(str(error).split())}")
        return {}


def _laid_over(below: Any, above: Any, where: str, mistakes: list[str]) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        merged = dict(below)
        for key, value in above.items():
            if key == "rules" and isinstance(value, list):
                merged[key] = _rules_over(below.get(key) or [], value, where, mistakes)
            elif key == "order":
                merged[key] = value
            else:
                merged[key] = _laid_over(below.get(key), value, where, mistakes)
        return merged
    if isinstance(below, list) and isinstance(above, list):
        return [*below, *(one for one in above if one not in below)]
    return above


def _rules_over(below: list[Any], above: list[Any], where: str, mistakes: list[str]) -> list[Any]:
    merged = {rule["name"]: rule for rule in below}
    for number, rule in enumerate(above, 1):
        if not isinstance(rule, dict) or not isinstance(rule.get("name"), str):
            mistakes.append(
                f"{where}: rules.{number}: every rule needs a name of its own, such as `name: our-rule`"
            )
        elif rule.get("drop") is True:
            if merged.pop(rule["name"], None) is None:
                mistakes.append(f"{where}: rules.{rule['name']}: there is no such rule to drop")
        else:
            merged[rule["name"]] = merged.get(rule["name"], {}) | rule
    return list(merged.values())


def _place(content: Any, path: list[int | str]) -> str:
    """The path of a mistake, with the name of a rule in place of its number."""
    shown: list[str] = []
    for step in path:
        content = content[step] if _holds(content, step) else None
        named = shown == ["rules"] and isinstance(content, dict) and isinstance(content.get("name"), str)
        shown.append(str(content["name"]) if named and content is not None else str(step))
    return ".".join(shown)


def _holds(content: Any, step: int | str) -> bool:
    if isinstance(step, int):
        return isinstance(content, list | tuple) and step < len(content)
    return isinstance(content, dict) and step in content
