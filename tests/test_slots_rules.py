"""Every rule finds its own examples and passes over the others; a wrong rule file is refused whole."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import SettingsError
from briefing.slots import Extractor, Rules, load_rules
from briefing.slots.examples import failing_examples
from briefing.slots.loading import check_rules
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
    assert any(
        line.startswith(f"  agreed.yaml: rules.{RULES.agreed.rules[0].name}.status:") for line in lines
    )
    assert any(
        f"agreed.yaml: rules.{RULES.agreed.rules[1].name}.match.0" in line and "sets the rule off" in line
        for line in lines
    )
    assert any(
        line.startswith(f"  outlook.yaml: rules.{RULES.outlook.rules[0].name}.verb:") for line in lines
    )
    assert any("speech.yaml: verbs" in line and "lower-case" in line for line in lines)


def desk(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_desk_adds_its_own_rules_and_words(tmp_path: Path) -> None:
    folder = desk(
        tmp_path,
        agreed="""
rules:
  - name: shook-hands
    status: agreed
    match:
      - phrases: ["shook hands on"]
    finds: ["The two ministers shook hands on the plan."]
    ignores: ["The two ministers shook hands."]
""",
        states="metonyms: {Norway: [Victoria Terrasse]}",
        organisations="known: {Nile Forum: [NF]}",
        offices="{heads: [steward], of_one_state: {Kenya: [chief steward]}}",
        events="houses: {Fjord House: {city: Oslo, state: Norway}}",
    )
    text = (
        "Chief Steward Ana Costa met the Nile Forum at Fjord House. Victoria Terrasse rejected the plan. "
        "Victoria Terrasse then left. The two sides shook hands on a truce."
    )
    slots = next(Extractor(load_rules(folder)).extract([Article("x", text)]))
    assert {(who.name, who.side) for who in slots.who} >= {
        ("Norway", "Norway"),
        ("Ana Costa", "Kenya"),
        ("Nile Forum", "Nile Forum"),
    }
    assert [(where.place, where.country) for where in slots.where] == [("Fjord House", "Norway")]
    assert [one.rule for one in slots.agreed] == ["refused", "shook-hands"]


def test_a_desk_switches_a_rule_off_or_changes_it(tmp_path: Path) -> None:
    folder = desk(tmp_path, agreed="rules: [{name: suspended, drop: true}, {name: refused, status: agreed}]")
    rules = load_rules(folder)
    statuses = {rule.name: rule.status for rule in rules.agreed.rules}
    assert "suspended" not in statuses
    assert statuses["refused"] == "agreed"
    assert rules.digest != RULES.digest


def test_all_mistakes_of_a_desk_are_listed_with_file_and_key(tmp_path: Path) -> None:
    folder = desk(
        tmp_path,
        agreed="""rules: [{name: ours, status: done, match: [{verb: [go]}]}, {status: agreed},
          {name: none, drop: true}]""",
        speech="verbs: [Say]",
        planets="a: b",
        moods="urging: [unclosed",
    )
    with pytest.raises(SettingsError) as caught:
        load_rules(folder)
    listed = caught.value.message
    for mistake in (
        f"{folder / 'agreed.yaml'}: rules.ours.status:",
        f"{folder / 'agreed.yaml'}: rules.ours.match.0.verb: no such key",
        f"{folder / 'agreed.yaml'}: rules.2: every rule needs a name",
        f"{folder / 'agreed.yaml'}: rules.none: there is no such rule",
        f"{folder / 'speech.yaml'}: verbs:",
        f"{folder / 'planets.yaml'}: no such rule file; there are agreed.yaml",
        f"{folder / 'moods.yaml'}: cannot be read",
    ):
        assert mistake in listed


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"slots\.rules: .* is no folder"):
        load_rules(tmp_path / "none")


def test_a_rule_that_breaks_its_word_is_named(tmp_path: Path) -> None:
    folder = desk(
        tmp_path,
        agreed="""
rules:
  - name: shook-hands
    status: agreed
    match: [{phrases: ["shook hands"]}]
    finds: ["The two ministers embraced."]
    ignores: ["The two ministers shook hands."]
""",
    )
    assert list(failing_examples(load_rules(folder))) == [
        "agreed.yaml: rules.shook-hands: does not find “The two ministers embraced.”",
        "agreed.yaml: rules.shook-hands: finds “The two ministers shook hands.”",
    ]
