from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from briefing.errors import UsageError
from briefing.reading import ArticleReader
from briefing.reading.standing import needs_of
from briefing.slots import load_rules
from briefing.summarise import SummaryOptions, summarise
from briefing.summarise.candidates import sentences_of
from briefing.types import Article, Selector, Summary


def made(selector: Selector, text: str, **length: Any) -> Summary:
    return next(summarise([Article(id="a", text=text)], selector, SummaryOptions(**length)))


def test_every_sentence_of_a_summary_is_the_articles_own_and_says_where_it_stands(
    selector: Selector, readouts: Sequence[Article]
) -> None:
    summaries = list(summarise(readouts, selector))
    assert len(summaries) == len(readouts)
    for article, summary in zip(readouts, summaries, strict=True):
        assert summary.sentences
        assert (summary.method, summary.model, summary.warnings) == ("selected", "salience", ())
        places = []
        for sentence in summary.sentences:
            (evidence,) = sentence.evidence
            assert sentence.text == evidence.quote == article.text[evidence.start : evidence.end]
            assert not sentence.generated
            places.append(evidence.start)
        assert places == sorted(places), "not in reading order"
        assert 10 <= len(summary.text.split()) <= 90


def test_a_summary_does_not_depend_on_what_else_is_summarised(
    selector: Selector, readouts: Sequence[Article]
) -> None:
    together = list(summarise(readouts[:6], selector))
    assert [next(summarise([article], selector)) for article in readouts[:6]] == together


def test_a_summary_is_never_longer_than_was_asked_for(
    selector: Selector, readouts: Sequence[Article]
) -> None:
    for words in (15, 40, 120):
        for summary in summarise(readouts[:8], selector, SummaryOptions(words=words)):
            assert len(summary.text.split()) <= words
    for sentences in (1, 4):
        for summary in summarise(readouts[:8], selector, SummaryOptions(sentences=sentences)):
            assert 1 <= len(summary.sentences) <= sentences


def test_where_no_sentence_fits_the_summary_is_empty_and_says_so(selector: Selector) -> None:
    summary = made(selector, "The two ministers met in Vienna on Monday to discuss trade.", words=5)
    assert summary.sentences == ()
    assert summary.warnings == ("no sentence fits in 5 words",)


@pytest.mark.parametrize("length", [{"sentences": 0}, {"words": -1}])
def test_a_length_that_no_summary_can_have_is_refused_before_the_work(length: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="at least 1"):
        SummaryOptions(**length)


def test_a_note_of_a_few_words_is_its_own_summary(selector: Selector) -> None:
    assert made(selector, "Talks adjourned").text == "Talks adjourned"
    assert made(selector, " \n").sentences == ()


def test_what_repeats_a_sentence_gives_way_to_what_adds_to_it(selector: Selector) -> None:
    text = (
        "The foreign ministers of Chad and Niger met in Niamey on Tuesday to discuss border security. "
        "In Niamey, the foreign ministers of Niger and Chad met on Tuesday and discussed border security. "
        "They signed an agreement on joint patrols from March on, and on the return of 4,000 refugees."
    )
    summary = made(selector, text, sentences=2)
    first, second = summary.sentences
    assert "border security" in first.text
    assert second.text.startswith("They signed an agreement")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Attendees: Governor Roy Cooper, Senator Natalie Murdock, Jenny Black.", "a list of those present"),
        ("- Governor Roy Cooper, North Carolina Governor, and five others.", "a list item or other markup"),
        ("The full text of the statement stands on www.example.org today.", "an address or a link"),
        ("SOUTH AMERICAN COUNTRIES AGREE ON A NEW TRADING BLOC.", "a heading"),
        ("South American countries agree on a new trading bloc", "a heading"),
        ("It did not.", "too short"),
        ("“As such they require us to be nimble and patient.”", "a quotation without its speaker"),
        ("Asked about it, he said: “The talks were useful and long.", "a quotation without its speaker"),
        ('We will be back in the spring," the minister said on Monday.', "a quotation without its speaker"),
    ],
)
def test_what_is_no_statement_of_the_article_is_kept_out(sentence: str, reason: str) -> None:
    (found,) = sentences_of(Article("a", sentence))
    assert found.kept_out == reason


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers agreed to follow the matter closely in the coming weeks.",
        "He will see more of the region during his visit next month.",
        "The photo showed the two leaders shaking hands in Geneva.",
        "“We are reading the proposal,” he said, “and we will answer in May.”",
        '"We are reading the proposal with great care," the spokesman said.',
        "The Attorney General posted bail for the detained journalists on Friday.",
        "1,200 troops were withdrawn from the border, the ministry said.",
    ],
)
def test_a_statement_is_not_mistaken_for_boilerplate(sentence: str) -> None:
    (found,) = sentences_of(Article("a", sentence))
    assert found.kept_out is None


def test_a_sentence_is_taken_with_what_it_needs_of_those_before_it(
    selector: Selector, readouts: Sequence[Article]
) -> None:
    some = readouts[:6]
    readings = list(ArticleReader(load_rules()).read(some))

    def unmet(summaries: Iterable[Summary]) -> int:
        """Sentences that lack what they need."""
        lacking = 0
        for article, reading, summary in zip(some, readings, summaries, strict=True):
            needs = needs_of(article, reading)
            numbers = {start: number for number, (start, _) in enumerate(reading.sentences)}
            told: list[int] = []
            for sentence in summary.sentences:
                number = numbers[sentence.evidence[0].start]
                lacking += needs[number].never is not None or needs[number].unmet(told) is not None
                told.append(number)
        return lacking

    assert unmet(summarise(some, selector)) > 0
    assert unmet(summarise(some, selector, readings=readings)) == 0
