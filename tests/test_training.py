"""The recipe of the default model, on a network small enough to train in a test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer, BertConfig, BertModel

from briefing._inference import load_selector
from briefing._inference.salience import Tokens, lay_out
from briefing.assets import asset
from briefing.models import ModelSpec, verify
from briefing.sentences import split_sentences
from briefing.types import Article
from training.export import export
from training.prepare import encode, greedy, prepare
from training.train import Articles, start_network, targets, tokens_of, train

REFERENCE = "The ministers signed a border treaty."


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of three thin layers that has learnt nothing, with the real tokenizer."""
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(5)
    config = BertConfig(
        hidden_size=24, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32, hidden_act="gelu"
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    AutoTokenizer.from_pretrained(asset("weights") / "salience").save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def arrays(tmp_path_factory: pytest.TempPathFactory, base: Path, readouts: Sequence[Article]) -> Path:
    folder = tmp_path_factory.mktemp("arrays")
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for article in readouts:
            first = article.text[slice(*split_sentences(article.text)[0])]
            lines.write(json.dumps({"text": article.text, "summary": first}) + "\n")
    assert prepare(folder / "articles.jsonl", base, folder / "articles.npz") == len(readouts)
    return folder / "articles.npz"


def test_the_greedy_choice_takes_what_adds_and_leaves_what_repeats() -> None:
    sentences = [
        "they met in vienna".split(),
        "the minist sign a treati".split(),
        "a treati was sign by the minist".split(),
        "the border is long".split(),
    ]
    assert greedy(sentences, "the minist sign a border treati".split()) == [1]
    assert greedy(sentences, "zebra".split()) == []


def test_an_article_is_labelled_by_what_its_reference_has(base: Path) -> None:
    text = "They met in Vienna. The two ministers signed the border treaty there. Rain fell."
    tokenizer = AutoTokenizer.from_pretrained(base)
    found = encode({"text": text, "summary": REFERENCE + " Peace at last."}, tokenizer)
    assert found is not None
    assert found["oracle"].tolist() == [0, 1, 0]
    assert found["gain"].argmax() == 1
    # they met in vienna / the two ministers signed the border treaty there / rain fell
    words = found["wanted"][found["types"]].tolist()
    assert words == [0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0]
    pairs = found["pair"].tolist()
    assert [n for n, pair in enumerate(pairs) if pair] == [6, 9], "ministers signed, border treaty"
    assert encode({"text": text, "summary": "Too short."}, tokenizer) is None


def test_targets_fit_what_the_network_reads_wherever_the_windows_cut(arrays: Path) -> None:
    data = Articles(arrays)
    batch = [data[n] for n in range(5)]
    for width, most in ((512, 1), (60, 1), (60, 2)):
        layout = lay_out(map(tokens_of, batch), width, most)
        wanted = targets(layout, batch)
        assert max(map(len, layout.windows)) <= width
        assert len(layout.windows) <= most * len(batch)
        assert wanted["sentence"].shape == layout.number.shape
        assert wanted["types"].shape == wanted["pair"].shape == layout.word.shape
        assert wanted["weight"].sum().item() == pytest.approx(1.0)
        # The reference is the first sentence: all of its words are wanted, and so is the sentence.
        first = layout.number[layout.row[layout.opening]] == 0
        assert wanted["wanted"][wanted["types"][first]].all()
        assert (wanted["sentence"][layout.number == 0] == 1).all()


@given(
    st.lists(st.lists(st.integers(1, 40), min_size=1, max_size=12), min_size=1, max_size=4),
    st.integers(8, 64),
    st.integers(1, 3),
)
def test_a_layout_holds_the_opening_sentences_whole_and_in_order(
    articles: list[list[int]], width: int, most: int
) -> None:
    piece = iter(range(1000, 100_000))
    tokens = [[Tokens([next(piece) for _ in range(n)], range(n)) for n in article] for article in articles]
    layout = lay_out(tokens, width, most)
    placed = [layout.windows[window][place] for window, place in layout.places]
    expected: list[int] = []
    for number, article in enumerate(tokens):
        read = int((layout.article == number).sum())
        expected += [one for sentence in article[:read] for one in sentence.ids[: width - 2]]
    assert placed == expected
    assert all(len(window) <= width for window in layout.windows)
    assert len(layout.places) == len(layout.row) == len(layout.opening)


def test_training_learns_goes_on_where_it_was_and_makes_a_model_that_runs(
    base: Path, arrays: Path, tmp_path: Path
) -> None:
    checkpoint = train(arrays, base, tmp_path / "work", held_out=0)
    state = torch.load(checkpoint, weights_only=True)
    assert state["step"] == 2
    before = start_network(base).state_dict()
    changed = {name for name, tensor in state["network"].items() if not tensor.equal(before[name])}
    assert any(name.startswith("encoder.encoder.layer.2.") for name in changed)
    assert not any(name.startswith(("encoder.embeddings.", "encoder.encoder.layer.0.")) for name in changed)
    written = checkpoint.stat().st_mtime_ns
    assert train(arrays, base, tmp_path / "work", held_out=0).stat().st_mtime_ns == written

    export(checkpoint, base, tmp_path / "made")
    spec = ModelSpec(name="made", kind=None, source="path", location=str(tmp_path / "made"))
    reading = load_selector(verify(spec, tmp_path), threads=1).read(["They met.", "They signed a treaty."])
    assert reading.sentences == 2
    assert reading.words.shape == (6,)
