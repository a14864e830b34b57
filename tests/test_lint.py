"""The house rules, each on a pair that differs in one thing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from briefing.lint import Finding, House, check_comments, lint_brief, lint_comments, lint_report
from briefing.lint.rules import field_rules, likelihood_rules
from briefing.render import brief_object, find_template, render_brief
from tests.test_render import ARTICLE, brief_of

NO_LIMITS = House()


def commented(*texts: str) -> list[Finding]:
    return list(check_comments([(f"story {n}", text) for n, text in enumerate(texts, start=1)]))


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def made(**changes: Any) -> dict[str, Any]:
    return brief_object(replace(brief_of(ARTICLE), **changes))


def report(**changes: Any) -> str:
    return render_brief(replace(brief_of(ARTICLE), **changes), find_template("daily", "markdown", None))


# The words of likelihood


@pytest.mark.parametrize("rule", likelihood_rules().outside, ids=lambda rule: rule.pattern[:30])
def test_words_outside_the_scale_are_found_and_their_neighbours_are_not(rule: Any) -> None:
    for sentence in rule.flags:
        (finding, *_) = commented(sentence)
        assert finding.rule == "likelihood", sentence
        assert finding.remedy
        assert re.search(rf"\b(?:{rule.pattern})\b", sentence, re.IGNORECASE)
    for sentence in rule.passes:
        assert commented(sentence) == [], sentence


def test_seven_bands_cover_the_scale_without_a_gap() -> None:
    bands = likelihood_rules().bands
    assert len(bands) == 7
    edges = [edge for band in bands for edge in band.per_cent]
    assert edges[1:-1:2] == edges[2::2]


@pytest.mark.parametrize("row", ["first", "second"])
def test_either_row_may_be_used_throughout(row: str) -> None:
    terms = [getattr(band, row) for band in likelihood_rules().bands]
    sentences = [f"A veto is {term}." if "even" not in term else f"A veto has a {term}." for term in terms]
    sentences = [
        s.replace("is almost no", "has almost no").replace("is remote", "is a remote chance")
        for s in sentences
    ]
    assert commented(*sentences) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A veto is likely.", "A vote is probable."),
        ("A veto is very unlikely.", "A vote is highly improbable."),
        ("A veto is almost certain.", "Chances of a vote are remote."),
        ("They will almost certainly veto.", "They will probably vote."),
    ],
)
def test_the_two_rows_are_not_mixed_within_a_brief(first: str, second: str) -> None:
    (finding,) = commented(first, second)
    assert finding.rule == "mixed scale"
    assert finding.where == "story 1, story 2"
    assert commented(first, first) == commented(second, second) == []


def test_remote_is_a_likelihood_only_where_it_speaks_of_one() -> None:
    assert commented("A veto is likely.", "They met in a remote valley.") == []


def test_confidence_and_likelihood_stand_in_two_sentences() -> None:
    assert rules(commented("We have high confidence that a veto is likely.")) == ["confidence and likelihood"]
    assert commented("A veto is likely. We have high confidence in this.") == []


def test_one_phrase_is_one_finding() -> None:
    (finding,) = commented("They may well agree.")
    assert "“may well”" in finding.what


def test_what_a_source_is_quoted_with_is_its_own() -> None:
    assert commented('The ministry called it “highly likely” and "perhaps" more; ‘may well’, it said.') == []
    assert rules(commented("The ministry’s reply is highly likely, the officer’s own.")) == ["likelihood"]


def test_what_sources_say_is_never_looked_at() -> None:
    story = brief_of(ARTICLE).stories[0]
    agreed = replace(story.slots.agreed[0], text="The talks may well fail, and probably will, perhaps.")
    told = replace(story, slots=replace(story.slots, agreed=(agreed,)), headline="Talks may well fail")
    assert lint_brief(made(stories=(told,)), NO_LIMITS) == []
    spoken = replace(told, comment="The talks may well fail.")
    assert rules(lint_brief(made(stories=(spoken,)), NO_LIMITS)) == ["likelihood"]


# The marking


def test_a_brief_must_be_marked_where_the_house_says_so() -> None:
    for unmarked in (lint_brief(made(), House(marking=True)), lint_report(report(), House(tlp="TLP:AMBER"))):
        assert rules(unmarked) == ["marking"]
    marked = {"marking": "TLP:AMBER"}
    assert lint_brief(made(**marked), House(marking=True)) == []
    assert lint_report(report(**marked), House(tlp="TLP:AMBER")) == []
    assert lint_brief(made(), NO_LIMITS) == lint_report(report(), NO_LIMITS) == []


def test_a_weaker_marking_than_the_house_asks_for_is_found_and_a_stronger_one_is_not() -> None:
    house = House(tlp="TLP:AMBER")
    for marking, found in (("TLP:GREEN", ["marking"]), ("TLP:RED", [])):
        assert rules(lint_brief(made(marking=marking), house)) == found
        assert rules(lint_report(report(marking=marking), house)) == found


def test_a_marking_in_one_place_or_nearly_one_is_found() -> None:
    assert rules(lint_report("TLP:AMBER\n\n# Brief\n\nText.\n", NO_LIMITS)) == ["marking"]
    assert rules(lint_report("TLP: AMBER\n\n# Brief\n\nText.\n", NO_LIMITS)) == ["marking"]
    assert rules(lint_brief(made(marking="amber"), NO_LIMITS)) == ["marking"]


# Length


def test_a_summary_may_have_so_many_words_and_no_more() -> None:
    words = len(made()["stories"][0]["summary"]["text"].split())
    assert lint_brief(made(), House(summary_words=words)) == []
    assert rules(lint_brief(made(), House(summary_words=words - 1))) == ["length"]


def test_the_length_of_a_report_leaves_its_sources_out() -> None:
    text = "# Brief\n\nThe ministers met. (S1.1, S2.title)\n\n## Sources\n\n- **S1** Agency, and more words\n"
    assert lint_report(text, House(brief_words=5)) == []
    assert rules(lint_report(text, House(brief_words=4))) == ["length"]


# Fields


@pytest.mark.parametrize("value", field_rules().padding.flags)
def test_a_padded_field_is_found_in_both_forms(value: str) -> None:
    padded = made()
    padded["stories"][0]["slots"]["who"][0]["role"] = value
    assert rules(lint_brief(padded, NO_LIMITS)) == ["empty field"]
    for line in (f"- **Where:** {value} (S1.1)", f"| Ana | {value} | (S1.2) |", f"- **Where:** {value}"):
        assert "empty field" in rules(lint_report(f"# Brief\n\n{line}\n\nEnd.\n", NO_LIMITS)), line
    assert rules(lint_comments([("comment", value)])) == ["empty field"]


@pytest.mark.parametrize("value", field_rules().padding.passes)
def test_a_field_that_says_something_is_not(value: str) -> None:
    filled = made()
    filled["stories"][0]["slots"]["who"][0]["role"] = value
    assert lint_brief(filled, NO_LIMITS) == []
    text = (
        f"# Brief\n\n- **Where:** {value} (S1.1)\n\n| Ana | {value} | | (S1.2) |\n|---|:-:|---|---|\n\nEnd.\n"
    )
    assert lint_report(text, NO_LIMITS) == []


def test_absent_is_null_and_not_an_empty_text() -> None:
    value = made()
    who = value["stories"][0]["slots"]["who"][0]
    who["role"] = None
    assert lint_brief(value, NO_LIMITS) == []
    who["role"] = " "
    assert rules(lint_brief(value, NO_LIMITS)) == ["empty field"]


def test_a_story_of_which_nothing_is_summarised_breaks_no_rule() -> None:
    value = made()
    value["stories"][0]["summary"] |= {"text": "", "sentences": []}
    assert lint_brief(value, NO_LIMITS) == []


def test_a_statement_without_evidence_is_found_by_its_place() -> None:
    value = made()
    value["bottom_line"][0]["evidence"] = []
    (finding,) = lint_brief(value, NO_LIMITS)
    assert finding.where == "bottom_line.1.evidence"
