from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.documents import Document
from evals.scoring.paired import paired_bootstrap
from evals.scoring.summaries import Scorer, figures, lead, traced, unsupported

TEXT = "Foreign Minister Anna Berg met Envoy Li Wei in Oslo on Monday. They agreed to open 3 ports."


def document(*references: str) -> Document:
    return Document(id="a", text=TEXT, title="Ports", article={}, references=references)


def evidence(quote: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def test_a_name_or_number_that_the_source_lacks_is_unsupported() -> None:
    assert unsupported("Anna Berg met Boris Falk and agreed to open 4 ports.", TEXT) == ["Boris", "Falk", "4"]


def test_openers_of_sentences_and_bracketed_dates_are_let_through() -> None:
    assert unsupported("However, Anna Berg met Li Wei on Monday [3 May 2022]. They agreed.", TEXT) == []


def test_a_bracket_vouches_for_no_name() -> None:
    assert unsupported("[Boris Falk] They met Li Wei.", TEXT) == ["Boris", "Falk"]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("They agreed to open 3 ports.", True),
        ("They [Berg and Li] agreed to open ports.", True),
        ("They agreed not to open 3 ports.", False),
        ("They open agreed to 3 ports.", False),
    ],
)
def test_a_quoted_sentence_has_the_words_of_its_evidence_in_order(said: str, holds: bool) -> None:
    sentence = {"text": said, "evidence": [evidence("They agreed to open 3 ports.")]}
    assert traced(sentence, TEXT) is holds


def test_evidence_that_does_not_quote_the_text_traces_nothing() -> None:
    moved = evidence("They agreed to open 3 ports.") | {"start": 0}
    assert not traced({"text": "They agreed.", "evidence": [moved]}, TEXT)
    assert not traced({"text": "They agreed.", "evidence": []}, TEXT)
    assert not traced({"text": "They agreed.", "evidence": [moved], "generated": True}, TEXT)


def test_the_reference_that_fits_best_counts() -> None:
    scorer = Scorer()
    assert scorer.rouge(TEXT, ["nothing of it", TEXT])[0] == pytest.approx(100)
    assert scorer.rouge(TEXT, ["nothing of it"])[0] < 20


def test_the_first_sentences_are_a_summary_too() -> None:
    assert lead(document(), 1) == TEXT[: TEXT.index(" They")]
    assert lead(document(), 9) == TEXT


def test_faults_are_counted_a_hundred_summaries() -> None:
    scorer = Scorer()
    sound = scorer.score(
        document(TEXT), "They agreed.", [{"text": "They agreed.", "evidence": [evidence(TEXT)]}]
    )
    loose = scorer.score(document(TEXT), "Boris agreed.", [])
    none = scorer.score(document(TEXT), "", [])
    made = figures([sound, loose, none])
    assert (made["unsupported"], made["untraced"], made["missing"]) == (33.3, 33.3, 1)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=20), st.floats(-50, 50))
def test_a_difference_that_is_the_same_everywhere_is_certain(theirs: list[float], gap: float) -> None:
    found = paired_bootstrap([value + gap for value in theirs], theirs)
    for value in (found.mean, found.low, found.high):
        assert value == pytest.approx(gap, abs=1e-9)


def test_the_interval_holds_the_mean_and_narrows_with_documents() -> None:
    ours, theirs = [50.0, 40.0, 61.0, 47.0], [45.0, 44.0, 50.0, 47.0]
    few, many = paired_bootstrap(ours, theirs), paired_bootstrap(ours * 25, theirs * 25)
    assert few.low < few.mean < few.high
    assert few.mean == pytest.approx(many.mean)
    assert many.high - many.low < few.high - few.low
    assert few == paired_bootstrap(ours, theirs)


@pytest.mark.parametrize(("ours", "theirs"), [([], []), ([1.0], [1.0, 2.0])])
def test_figures_that_make_no_pairs_are_refused(ours: list[float], theirs: list[float]) -> None:
    with pytest.raises(ValueError, match="no pairs"):
        paired_bootstrap(ours, theirs)
