"""The check as a whole, on pairs of sentences that differ by one change, and on sentences of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from briefing.reading.parse import Reader
from briefing.summarise.candidates import sentences_of
from briefing.summarise.judge import Judge
from briefing.types import Article


class Pair(NamedTuple):
    article: Article
    kind: str
    faithful: str
    unfaithful: str


def _pairs() -> Iterator[Pair]:
    for n, entry in enumerate(
        yaml.safe_load((Path(__file__).parent / "data/minimal_pairs.yaml").read_text("utf-8"))
    ):
        article = Article(id=str(n), title=entry["title"], text=entry["text"])
        for kind, faithful, unfaithful in entry["pairs"]:
            yield Pair(article, kind, faithful, unfaithful)


PAIRS = list(_pairs())


@cache
def _reader() -> Reader:
    return Reader()


@cache
def _judge(article: Article) -> Judge:
    return Judge(article, sentences_of(article), _reader())


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.kind}: {pair.unfaithful}")
def test_one_change_is_enough_to_be_refused(pair: Pair) -> None:
    (found,) = _judge(pair.article).judge([pair.unfaithful])
    assert found.doubts


def test_hardly_any_of_what_is_true_to_the_article_is_refused() -> None:
    # The check would rather refuse what is true than pass what is not: a sentence put together from several,
    # or turned from passive to active, is refused though nothing in it is wrong.
    refused = [pair.faithful for pair in PAIRS if _judge(pair.article).judge([pair.faithful])[0].doubts]
    assert len(refused) <= 0.1 * len(PAIRS), refused


def test_the_pairs_cover_each_kind_of_change_more_than_once() -> None:
    kinds = [pair.kind for pair in PAIRS]
    wanted = ("name", "number", "date", "place", "office", "negation", "modality", "roles", "quote", "acts")
    assert {kind: kinds.count(kind) >= 2 for kind in wanted} == dict.fromkeys(wanted, True)


def test_a_sentence_of_the_article_is_borne_out_by_itself(readouts: Sequence[Article]) -> None:
    for article in readouts[:12]:
        sentences = [one for one in sentences_of(article) if not one.kept_out]
        for sentence, found in zip(
            sentences, _judge(article).judge(one.text for one in sentences), strict=True
        ):
            assert found.doubts == ()
            assert found.sentences[0].text == sentence.text
