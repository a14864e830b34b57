"""Every rule finds its own examples and passes over the others; a wrong rule file is refused whole."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from briefing.errors import SettingsError
from briefing.slots import Extractor, Rules, load_rules
from briefing.slots.rules import check_rules
from briefing.types import Article

RULES = load_rules()
STATEMENT_RULES = [("agreed", rule) for rule in RULES.agreed.rules] + [
    ("outlook", rule) for rule in RULES.outlook.rules
]
FOUND = [(slot, rule.name, text) for slot, rule in STATEMENT_RULES for text in rule.finds]
IGNORED = [(slot, rule.name, text) for slot, rule in STATEMENT_RULES for text in rule.ignores]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(RULES)


def only(rules: Rules, slot: str, name: str) -> Rules:
    """The rules with this one alone in its slot."""
    part: Any = getattr(rules, slot)
    kept = part.model_copy(update={"rules": tuple(rule for rule in part.rules if rule.name == name)})
    return rules.model_copy(update={slot: kept})


def found_by(extractor: Extractor, slot: str, text: str) -> set[str]:
    """Names of the rules that made the values of a slot."""
    slots = next(iter(extractor.extract([Article("x", text)])))
    return {value.rule for value in getattr(slots, slot)}


@pytest.mark.parametrize(("slot", "name", "text"), FOUND, ids=[f"{n}: {t[:40]}" for _, n, t in FOUND])
def test_a_rule_finds_its_examples(extractor: Extractor, slot: str, name: str, text: str) -> None:
    assert found_by(extractor.with_rules(only(RULES, slot, name)), slot, text) == {name}


@pytest.mark.parametrize(("slot", "name", "text"), IGNORED, ids=[f"{n}: {t[:40]}" for _, n, t in IGNORED])
def test_a_rule_passes_over_its_counterexamples(
    extractor: Extractor, slot: str, name: str, text: str
) -> None:
    assert found_by(extractor.with_rules(only(RULES, slot, name)), slot, text) == set()


def test_rules_go_to_another_process_unchanged() -> None:
    assert pickle.loads(pickle.dumps(RULES)) == RULES  # noqa: S301  (our own)


def test_the_digest_follows_the_rules() -> None:
    assert len(RULES.digest) == 64
    assert load_rules().digest == RULES.digest


def test_all_mistakes_are_listed_at_once() -> None:
    content = RULES.model_dump()
    content["agreed"]["rules"][0]["status"] = "settled"
    content["agreed"]["rules"][1]["match"] = [{"objects": ["deal"]}]
    content["outlook"]["rules"][0]["verb"] = ["go"]
    content["speech"]["verbs"] = ["Say"]
    with pytest.raises(SettingsError) as caught:
        check_rules(content)
    lines = caught.value.message.splitlines()
    assert any(line.startswith("  agreed.yaml: rules.0.status:") for line in lines)
    assert any("agreed.yaml: rules.1.match.0" in line and "sets the rule off" in line for line in lines)
    assert any(line.startswith("  outlook.yaml: rules.0.verb:") for line in lines)
    assert any("speech.yaml: verbs" in line and "lower-case" in line for line in lines)
