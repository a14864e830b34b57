"""Who says what: by verb, by preposition and beside quotations, and how the models of it are made."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.reading.attribution import WEIGHTS, find_attributions
from briefing.reading.data import Speech
from briefing.reading.linear import Linear, load_models, save_models
from briefing.reading.parse import Reader
from briefing.reading.quotations import find_quotations
from briefing.slots import load_rules
from briefing.types import Article
from briefing.types.claims import Span
from training.attribution import annotated, train
from training.linear import fit


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def speech() -> Speech:
    return load_rules().speech


Found = list[tuple[str, str, str]]


def written(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def told(reader: Reader, speech: Speech, text: str, begins: int = 0) -> Found:
    """(source, cue, content) of each attribution, as written."""
    (sentences,) = reader.read([text])
    found = find_attributions(sentences, text, speech, begins=begins)
    return [(written(text, one.source), written(text, one.cue), written(text, one.content)) for one in found]


def sources(found: Found, content: str) -> list[str]:
    """The sources of what contains these words, the shortest content first."""
    holding = [one for one in found if content in one[2]]
    return [source for source, _, _ in sorted(holding, key=lambda one: len(one[2]))]


SPEECH = [
    # a clause, before the verb and behind it
    ("Kenya's foreign minister said the border would reopen on Friday.", "Kenya's foreign minister"),
    ("The border would reopen on Friday, Kenya's foreign minister said.", "Kenya's foreign minister"),
    ("The border would reopen on Friday, said Musa Keino, the foreign minister.", "Musa Keino"),
    ("The border, officials said, would reopen on Friday.", "officials"),
    ("A spokesman told reporters that the border would reopen on Friday.", "A spokesman"),
    ("She warned that the border would not reopen on Friday.", "She"),
    ("Keino denied that the border would reopen on Friday.", "Keino"),
    ("The border would reopen on Friday, the statement said.", "the statement"),
    ("The ministry announced on Monday that the border would reopen on Friday.", "The ministry"),
    # no verb
    ("According to two diplomats, the border would reopen on Friday.", "two diplomats"),
    ("The border would reopen on Friday, according to Keino.", "Keino"),
    # quotations, straight and curly, with verbs that only tell how it sounded
    ('"The border will reopen on Friday," Keino said.', "Keino"),
    ("“The border will reopen on Friday,” Keino said.", "Keino"),
    ('"The border will reopen on Friday," grumbled the envoy.', "the envoy"),
    ('"The border will reopen on Friday", countered Ana Ruiz.', "Ana Ruiz"),
    ('Ana Ruiz sighed, "The border will reopen on Friday."', "Ana Ruiz"),
    ('"The border will reopen on Friday," the two added in turn.', "the two"),
    ('Keino tweeted: "The border will reopen on Friday."', "Keino"),
    # what is asked for
    ("The envoy urged both sides to reopen the border on Friday.", "The envoy"),
]


@pytest.mark.parametrize(("text", "source"), SPEECH)
def test_who_says_it(reader: Reader, speech: Speech, text: str, source: str) -> None:
    found = told(reader, speech, text)
    assert any(source in one for one in sources(found, "reopen")), found
    for said_by, _, content in found:
        assert said_by not in content or not said_by, "what is said holds its own source"


def test_one_who_is_quoted_by_another_is_the_source(reader: Reader, speech: Speech) -> None:
    text = "Keino was quoted as saying by Xinhua that the border would reopen."
    assert any("Keino" in one or "Xinhua" in one for one in sources(told(reader, speech, text), "the border"))


def test_what_is_said_within_what_is_said(reader: Reader, speech: Speech) -> None:
    found = told(reader, speech, "According to Moe, Lund had promised Rojas that Oslo would pay.")
    assert ("Moe", "Lund had promised Rojas that Oslo would pay") in [(one[0], one[2]) for one in found]
    assert ("Lund", "that Oslo would pay") in [(one[0], one[2]) for one in found]


CLASH = (
    '"We will open the port by June," grumbled Foreign Minister Kari Lund, leaning on the rail. "That is '
    'not what we agreed," Ambassador Diego Rojas shot back. Rojas told her that "Chile will not sign. Lund '
    'nodded. "The text is ready", countered Lund\'s deputy, Per Moe. But he darkened as Lund sighed, "We '
    'cannot accept the annex." "And we will pay for it," the two added in turn. Asked whether Chile would '
    'join, Lund said Rojas "will decide by Friday".'
)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        ("We will open the port", "Kari Lund"),
        ("That is not what we agreed", "Diego Rojas"),
        ("Chile will not sign", "Rojas"),
        ("The text is ready", "deputy"),
        ("We cannot accept the annex", "Lund"),
        ("And we will pay for it", "the two"),
        ("will decide by Friday", "Lund"),
    ],
)
def test_each_speaker_has_the_words_of_the_own_verb(
    reader: Reader, speech: Speech, content: str, source: str
) -> None:
    found = told(reader, speech, CLASH)
    assert len(sources(found, content)) == 1, found
    assert source in sources(found, content)[0]


def test_a_quotation_that_is_never_closed_ends_with_its_sentence(reader: Reader, speech: Speech) -> None:
    assert not any("Lund nodded" in content for _, _, content in told(reader, speech, CLASH))


def test_a_newsroom_is_its_own_source(reader: Reader, speech: Speech) -> None:
    found = told(reader, speech, "Our correspondent understands that Uganda has offered to send police.")
    assert sources(found, "Uganda has offered") == ["Our correspondent"]


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_quotation_goes_on_behind_its_speaker(reader: Reader, speech: Speech, between: str) -> None:
    text = (
        "“The talks were long,” Foreign Minister Ana Ruiz said. “We will sign the treaty. It is a good one.”"
        f"{between}“The border stays closed,” said Keino."
    )
    found = told(reader, speech, text)
    assert sources(found, "It is a good one") == ["Foreign Minister Ana Ruiz"]
    assert sources(found, "The border stays closed") == ["Keino"]


def test_a_long_quotation_is_said_even_if_nobody_says_it(reader: Reader, speech: Speech) -> None:
    text = "Rain fell.\n\n“The treaty was signed in the great hall yesterday.”\n\nRain fell again."
    assert [one for one in told(reader, speech, text) if "treaty" in one[2]] == [
        ("", "", "“The treaty was signed in the great hall yesterday.”")
    ]


def test_a_title_in_marks_is_nobodys_word(reader: Reader, speech: Speech) -> None:
    assert not told(reader, speech, 'The frigate "Aurora" sank.')


def test_a_dateline_is_not_what_is_said(reader: Reader, speech: Speech) -> None:
    text = "OSLO, May 2 (AFP) -- Norway will reopen the border, the minister said Thursday."
    found = told(reader, speech, text, begins=text.index("Norway"))
    assert ("the minister", "Norway will reopen the border") in [(one[0], one[2]) for one in found]


def test_spans_are_words_of_the_text_in_order(
    reader: Reader, speech: Speech, readouts: Sequence[Article]
) -> None:
    texts = [one.text for one in readouts]
    for text, sentences in zip(texts, reader.read(texts), strict=True):
        for one in find_attributions(sentences, text, speech):
            assert one.content
            for spans in (one.source, one.cue, one.content):
                assert list(spans) == sorted(spans)
                assert all(0 <= start < end <= len(text) for start, end in spans)
                assert all(text[start:end] == text[start:end].strip() for start, end in spans)
            assert not _overlap(one.source, one.content)


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


@pytest.mark.parametrize("text", ["", "\n", "“", '" "', "”“", "said", '"said" "said', "He said. " * 40])
def test_any_text_can_be_read(reader: Reader, speech: Speech, text: str) -> None:
    told(reader, speech, text)


QUOTATIONS = [
    ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
    ('"One," he said. "Two."', ['"One,"', '"Two."']),
    ("''One,'' he said.", ["''One,''"]),
    ("«One», he said.", ["«One»"]),
    # A paragraph that begins with a mark goes on with the one before.
    ("“One. Two.\n\n“Three,” he said.", ["“One. Two.", "“Three,”"]),
    # Never closed: to the end of the sentence, whoever speaks next.
    ('"One two. Three. "Four," he said.', ['"One two.', '"Four,"']),
    ("“One two. Three.\nFour.", ["“One two."]),
    # A mark for inches or seconds, and one that closes nothing.
    ("Nothing” here.", []),
    ('He said "one," and "two."', ['"one,"', '"two."']),
    # Spaces on the wrong side.
    ('He said " one ".', ['" one "']),
]


@pytest.mark.parametrize(("text", "expected"), QUOTATIONS)
def test_quotations(reader: Reader, text: str, expected: list[str]) -> None:
    (sentences,) = reader.read([text])
    assert [text[start:end] for start, end in find_quotations(sentences, text)] == expected


def test_models_are_small_and_hold_no_code() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000
    models = load_models(WEIGHTS)  # refuses pickled objects
    assert sorted(models) == ["cues", "parts", "quoting"]
    for model in models.values():
        assert all(len(row) == len(model.labels) - 1 for row in model.rows.values())
        assert model.probabilities(["never seen"]) == [1 / len(model.labels)] * len(model.labels)


def test_a_model_comes_back_as_it_was_saved(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("models") / "models.npz"
    model = Linear(("no", "yes"), {"": (-1.5,), "é\n": (2.0,)})
    save_models(path, {"one": model})
    assert load_models(path) == {"one": model}


def test_fitting_learns_what_tells_the_labels_apart() -> None:
    examples = [(["", "rain", f"day{n}"], 1) for n in range(20)] + [(["", "sun"], 0) for n in range(30)]
    model = fit(examples, ("dry", "wet"), 0.1)
    assert set(model.rows) <= {"", "rain", "sun"}, "what is seen once teaches nothing"
    assert model.probabilities(["", "rain"])[1] > 0.9
    assert model.probabilities(["", "sun"])[1] < 0.1


def test_training_makes_the_same_models_every_time(reader: Reader, speech: Speech) -> None:
    rows = []
    for name in ("Keino", "Ruiz", "Moe", "Lund"):
        text = f'{name} said the border was open. "It is good," {name} said. The rain fell.'
        one = [(0, len(name))], [(len(name) + 1, len(name) + 5)], [(len(name) + 6, text.index(". "))]
        start = text.index('"')
        two = start + len('"It is good," ')
        other = (
            [(two, two + len(name))],
            [(two + len(name) + 1, two + len(name) + 5)],
            [(start, start + 13)],
        )
        parts = ("source", "cue", "content")
        rows.append(
            {"text": text, "attributions": [dict(zip(parts, spans, strict=True)) for spans in (one, other)]}
        )
    parsed = list(reader.read(str(row["text"]) for row in rows))
    articles = [annotated(row, sentences) for row, sentences in zip(rows, parsed, strict=True)]
    assert [len(one.gold) for one in articles] == [2] * 4
    first, second = (train(articles, frozenset({"say"})) for _ in range(2))
    assert first == second
    assert first["cues"].probabilities(["word=say/VERB", "tag=VBD"])[1] > 0.5
