"""Reads YAML without its surprises: "on", "no" and "yes" are words, and a key may not stand twice.

YAML 1.2 (https://yaml.org/spec/1.2.2/#10212-boolean) knows true and false alone; PyYAML reads 1.1, and of a
key given twice it silently keeps the last.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_BOOLEAN = "tag:yaml.org,2002:bool"


def load_yaml(text: str) -> Any:
    """The value of a YAML document.  Raises yaml.YAMLError: it is none, or a key stands in it twice."""
    return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader


def load_shipped_yaml(text: str) -> Any:
    """The same for a file that ships with the package, ten times as fast.

    libyaml crashes on what is nested without end, and says less of mistakes: it reads no file of a user.
    """
    return yaml.load(text, _QuickLoader)  # noqa: S506 - a SafeLoader


class _Strict(yaml.constructor.SafeConstructor):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value}: given twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Resolver(yaml.resolver.Resolver):
    yaml_implicit_resolvers = {  # noqa: RUF012 - what PyYAML's own class calls it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
        for first, resolvers in yaml.resolver.Resolver.yaml_implicit_resolvers.items()
    }


_Resolver.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|false)$"), list("tf"))


class _Loader(_Strict, _Resolver, yaml.SafeLoader):
    pass


# PyYAML may have been built without libyaml.
class _QuickLoader(_Strict, _Resolver, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    pass
