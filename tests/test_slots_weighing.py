"""What the rules propose is refused where too little speaks for it, and the reason can be read."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.reading import ArticleReader
from briefing.slots import SlotReader, load_rules
from briefing.slots.weighing import Weights, load_weights
from briefing.types import Article

LONG = """\
Norway and Chile signed a fisheries agreement in Oslo on Monday, the Norwegian foreign ministry said.
The agreement will enter into force on 1 May, ministry spokeswoman Ane Lund said.
A street musician outside sang of the sea, as he does every day at noon.
"You'll never find a better herring than this one," he told passers-by.
"I'll miss you when you go home," he added.
Visitors laughed and took pictures of his boat.
"""


@pytest.mark.parametrize("slot", ["who", "agreed", "outlook"])
def test_a_slot_has_weights_and_a_bound(slot: str) -> None:
    weights = load_weights(slot)
    assert 0 < weights.bound < 1
    assert weights.weights


def test_facts_move_how_sure_a_value_is() -> None:
    weights = Weights(bound=0.5, start=0.0, weights={"lead": 2.0, "question": -2.0})
    assert weights.sure({"lead": 1.0}) > 0.8
    assert weights.sure({"question": 1.0}) < 0.2
    assert weights.why({"lead": 1.0, "question": 0.5}) == "0.73 sure, needs 0.5 (lead +2.0, question -1.0)"


def test_small_talk_is_refused_with_the_reason() -> None:
    rules = load_rules()
    article = Article("a", LONG, "Norway and Chile sign accord", dt.date(2024, 3, 11))
    (reading,) = ArticleReader(rules).read([article])
    slots, notes = SlotReader(rules).explain(article, reading)
    told = [one.text for one in slots.outlook]
    assert any("enter into force" in one for one in told)
    assert not any("miss you" in one for one in told)
    refused = [one for one in notes if one.slot == "outlook" and not one.made and "sure, needs" in one.why]
    assert refused
    assert all(one.why.startswith("0.") for one in refused)


def test_what_stands_below_makes_nobody_more_or_less_of_an_actor() -> None:
    rules = load_rules()
    more = "\nThe orchestra of Lima played. Lima clapped, and Lima sang.\nA ship left Tallinn for Kenya."
    articles = [Article("a", LONG + text, "Norway and Chile sign accord") for text in ("", more)]
    before, after = map(SlotReader(rules).who.facts, ArticleReader(rules).read(articles))
    assert {"Norway", "Chile"} <= before.keys() < after.keys()
    assert {name: after[name] for name in before} == before
    # The same words above it do: of many that are named, few act.
    (above,) = ArticleReader(rules).read([Article("a", more.strip() + "\n" + LONG, articles[0].title)])
    assert SlotReader(rules).who.facts(above)["Chile"]["many-named"] > before["Chile"]["many-named"]


@pytest.mark.parametrize(("day", "age"), [("on Monday", {"clause-fresh"}), ("on 4 January", {"clause-old"})])
def test_the_age_of_the_time_beside_it_speaks_for_a_statement_or_against_it(day: str, age: set[str]) -> None:
    rules = load_rules()
    article = Article("a", f"Norway signed an agreement with Chile {day}.", None, dt.date(2024, 3, 11))
    (reading,) = ArticleReader(rules).read([article])
    ((_, facts),) = SlotReader(rules).agreed.settler.facts(article, reading, frozenset())
    assert {"clause-fresh", "clause-old"} & set(facts) == age
    assert "rule-signed" in facts
