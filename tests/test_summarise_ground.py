from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from briefing._inference import load_generator
from briefing.models import Generation, fetch, load_models, verify
from briefing.render.json import summary_line
from briefing.summarise import SummaryOptions, summarise
from briefing.summarise.check import Source, unsupported
from briefing.types import Article, Checked, Summary

FIRST = (
    "US envoy Zalmay Khalilzad met Foreign Minister Qureshi in Islamabad on Thursday "
    "to discuss the peace process."
)
SECOND = (
    "The two sides urged the Taliban to join talks with the Afghan government before the end of the year."
)
THIRD = (
    "Pakistan did not agree to a deadline, the ministry said, "
    "and 200 delegates are expected at the next round."
)
ARTICLE = Article(id="a", title="Envoy in Islamabad", text="\n".join((FIRST, SECOND, THIRD)))


class Scripted:
    """Writes what a test tells it to: hostile output that no real model gives on demand."""

    name = "scripted"
    digest = "0" * 64

    def __init__(self, *written: str) -> None:
        self._written = list(written)

    def generate(self, texts: object) -> list[str]:
        return self._written


def summarised(written: str, article: Article = ARTICLE, options: SummaryOptions | None = None) -> Summary:
    (summary,) = summarise([article], Scripted(written), options)
    for sentence in summary.sentences:
        assert sentence.evidence
        assert all(e.quote == article.text[e.start : e.end] for e in sentence.evidence)
        assert sentence.generated or sentence.text == sentence.evidence[0].quote
    return summary


def test_a_shortened_sentence_is_kept_as_generated_with_its_evidence() -> None:
    summary = summarised("US envoy Zalmay Khalilzad met Foreign Minister Qureshi in Islamabad.")
    (sentence,) = summary.sentences
    assert sentence.generated
    assert sentence.evidence[0].quote == FIRST
    assert (summary.method, summary.model, summary.warnings) == ("generated", "scripted", ())


def test_a_sentence_copied_word_for_word_is_a_quotation() -> None:
    (sentence,) = summarised(SECOND).sentences
    assert not sentence.generated


@pytest.mark.parametrize(
    ("written", "reason", "instead"),
    [
        ("US envoy Zalmay Khalilzad met Foreign Minister Qureshi in Tokyo on Thursday.", "'Tokyo'", FIRST),
        ("President Qureshi met US envoy Zalmay Khalilzad on Thursday.", "'President Qureshi'", FIRST),
        ("The ministry said 300 delegates are expected at the next round.", "'300'", THIRD),
        ("The two sides agreed to join talks with the Afghan government.", "'urged'", SECOND),
        ("Pakistan did agree to a deadline, the ministry said.", "negation", THIRD),
        ("200 delegates are at the next round, the ministry said.", "'expected'", THIRD),
        ("The Taliban met the Afghan government to end the peace talks of the year.", "no sentence", SECOND),
        ("The two sides urged the Taliban to join talks with the Afghan", "breaks off", SECOND),
    ],
)
def test_what_the_article_does_not_say_is_replaced_by_what_it_does(
    written: str, reason: str, instead: str
) -> None:
    summary = summarised(written)
    assert [(sentence.text, sentence.generated) for sentence in summary.sentences] == [(instead, False)]
    share, warning = summary.warnings
    assert share.startswith("of 1 generated sentences 1 did not pass the check")
    assert reason in warning
    assert "replaced" in warning
    assert summary.checked == Checked(sentences=1, replaced=1, dropped=0)


def test_no_sentence_stands_in_twice() -> None:
    invented = "US envoy Zalmay Khalilzad met Foreign Minister Qureshi in {}."
    summary = summarised(" ".join(invented.format(place) for place in ("Tokyo", "Paris", "Vienna", "Rome")))
    texts = [sentence.text for sentence in summary.sentences]
    assert len(texts) == len(set(texts))
    assert summary.checked == Checked(sentences=4, replaced=len(texts), dropped=4 - len(texts))
    assert len(summary.warnings) == 1 + 4


def test_the_share_that_did_not_pass_counts_what_was_written_whatever_is_kept() -> None:
    written = f"{FIRST} The ministry said 300 delegates are expected at the next round. Peace has come."
    summary = summarised(written, options=SummaryOptions(sentences=1))
    assert [sentence.text for sentence in summary.sentences] == [FIRST]
    assert summary.checked == Checked(sentences=3, replaced=1, dropped=1)
    assert "of 3 generated sentences 2 did not pass the check: 1 replaced, 1 left out" in summary.warnings


def test_the_json_of_a_summary_says_which_share_was_replaced_or_dropped() -> None:
    line = summary_line(ARTICLE, summarised("The ministry said 300 delegates are expected. Buy tickets now!"))
    assert line["checked"] == {"sentences": 2, "replaced": 1, "dropped": 1}


def test_what_passes_is_counted_and_not_warned_of() -> None:
    summary = summarised("US envoy Zalmay Khalilzad met Foreign Minister Qureshi in Islamabad.")
    assert summary.checked == Checked(sentences=1, replaced=0, dropped=0)


def test_a_sentence_written_twice_is_checked_and_printed_once() -> None:
    short = "US envoy Zalmay Khalilzad met Foreign Minister Qureshi in Islamabad."
    summary = summarised(f"{short} {short}")
    assert [sentence.text for sentence in summary.sentences] == [short]
    assert summary.checked == Checked(sentences=1, replaced=0, dropped=0)


def test_markup_preamble_and_an_unfinished_end_are_not_printed() -> None:
    written = f"Here is the summary:\n**Summary:** {FIRST}\n- {SECOND}\n</article>\nThe minist"
    assert [sentence.text for sentence in summarised(written).sentences] == [FIRST, SECOND]


@pytest.mark.parametrize("written", ["", "   ", "Buy tickets now at our website!"])
def test_a_model_that_writes_nothing_of_use_leaves_the_opening_and_a_warning(written: str) -> None:
    summary = summarised(written)
    assert [sentence.text for sentence in summary.sentences] == [FIRST, SECOND]
    assert "the model wrote nothing that the article bears out" in summary.warnings[-1]


def test_an_empty_article_has_an_empty_summary() -> None:
    assert summarised("Peace at last.", Article(id="e", text=" ")).sentences == ()


def test_a_generated_summary_is_never_longer_than_was_asked_for() -> None:
    written = f"{FIRST} {SECOND} {THIRD}"
    assert len(summarised(written, options=SummaryOptions(sentences=1)).sentences) == 1
    assert len(summarised(written, options=SummaryOptions(words=20)).text.split()) <= 20


def test_what_a_small_real_model_writes_of_an_article_is_checked_too(models_dir: Path) -> None:
    bundled = load_models()["smollm2"]
    fetch(bundled, models_dir)
    short = Generation(max_new_tokens=48, num_beams=1, prompt=bundled.generation.prompt)
    model = verify(dataclasses.replace(bundled, generation=short), models_dir)
    generator = load_generator(model, models_dir / "unpacked", threads=1)

    (summary,) = summarise([ARTICLE], generator)
    assert summary.sentences
    assert summary.model == "smollm2"
    source = Source(f"{ARTICLE.title}\n{ARTICLE.text}")
    for sentence in summary.sentences:
        assert unsupported(sentence.text, source) == []
        assert all(e.quote == ARTICLE.text[e.start : e.end] for e in sentence.evidence)
