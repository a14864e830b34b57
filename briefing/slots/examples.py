"""Holds the rules to their own examples: each must match what it `finds` and pass over what it `ignores`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.slots import Extractor
from briefing.slots.rules import Rules
from briefing.types import Article


def failing_examples(rules: Rules, extractor: Extractor | None = None) -> Iterator[str]:
    """What is wrong, as `agreed.yaml: rules.our-rule: does not find “…”`; each rule is tried alone."""
    reader = extractor or Extractor(rules)
    for slot in ("agreed", "outlook"):
        part: Any = getattr(rules, slot)
        for rule in part.rules:
            alone = reader.with_rules(
                rules.model_copy(update={slot: part.model_copy(update={"rules": (rule,)})})
            )
            texts = [*rule.finds, *rule.ignores]
            read = alone.extract([Article("example", text) for text in texts])
            for number, (text, slots) in enumerate(zip(texts, read, strict=True)):
                found = bool(getattr(slots, slot))
                if found != (number < len(rule.finds)):
                    does = "finds" if found else "does not find"
                    yield f"{slot}.yaml: rules.{rule.name}: {does} “{text}”"
