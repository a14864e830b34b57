"""Reading text: the same sentences everywhere, every word in its place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefing.reading.parse import Reader
from briefing.reading.words import Sentence
from briefing.sentences import in_first_person, split_sentences, whole_quotations

TEXTS = [
    "Kenya agreed. Uganda did not.",
    "A heading\nKenya agreed; \"it was time,\" he said. 'Why?'\n\nU.S. and U.K. envoys left.",
    "Broken.Next sentence💥 e\u0301 sits here.\u2028New line",
    "  \n leading space. And more  \n",
    "",
    "\n",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_are_those_of_every_other_stage(reader: Reader, text: str) -> None:
    (sentences,) = reader.read([text])
    assert [(one.start, one.end) for one in sentences] == split_sentences(text)
    assert [one.number for one in sentences] == list(range(len(sentences)))


@pytest.mark.parametrize("text", TEXTS)
def test_words_stand_where_they_say(reader: Reader, text: str) -> None:
    (sentences,) = reader.read([text])
    for sentence in sentences:
        for n, word in enumerate(sentence.words):
            assert text[word.start : word.end] == word.text
            assert word.i == n
            assert 0 <= word.head < len(sentence.words)


def test_texts_come_back_in_order_however_long(reader: Reader) -> None:
    texts = ["Kenya agreed. " * n for n in (1, 4000, 0, 2)]
    assert [len(sentences) for sentences in reader.read(texts)] == [1, 4000, 0, 2]


def test_a_long_text_keeps_its_offsets(reader: Reader) -> None:
    text = "The weather stayed dry.\n" * 2000 + "Kenya agreed."
    (sentences,) = reader.read([text])
    last = sentences[-1]
    assert text[last.start : last.end] == "Kenya agreed."
    assert [word.text for word in last.words] == ["Kenya", "agreed", "."]


def test_a_reader_wakes_no_torch_and_leaves_it_importable() -> None:
    code = (
        "import importlib.util, sys; from briefing.reading.parse import Reader; Reader(); "
        "print('torch' in sys.modules, importlib.util.find_spec('torch') is not None)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


def test_the_tree_can_be_walked(reader: Reader) -> None:
    ((sentence,),) = reader.read(["Kenya agreed to reopen the border."])
    verb = next(word for word in sentence.words if word.lemma == "agree")
    border = next(word for word in sentence.words if word.text == "border")
    assert sentence.head(verb) is None
    assert verb in sentence.ancestors(border)
    assert sentence.subtree(verb) == sentence.words
    assert isinstance(sentence, Sentence)
    assert [[word.text for word in name] for name in sentence.entities()] == [["Kenya"]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('"We reaffirm our commitment to peace.', "We reaffirm our commitment to peace."),
        (
            "“We will sign it,” he said, “and then we go home.”",
            "“We will sign it,” he said, “and then we go home.”",
        ),
        ('the talks will go on," he said.', 'the talks will go on," he said.'),
        ("We will sign it in May.”", "We will sign it in May."),
        ('"We will sign it in May."', '"We will sign it in May."'),
        ('"', ""),
        ("", ""),
    ],
)
def test_a_quotation_mark_whose_other_half_is_elsewhere_is_left_out(sentence: str, expected: str) -> None:
    assert whole_quotations(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We decided to send observers.", True),
        ("“We decided to send observers.”", True),
        ("“We decided to send observers,” Ms Haugen said.", False),
        ("“We decided to send observers, and more will follow.", True),
        ("They invited us and our neighbours.", True),
        ("The US agreed to send observers.", False),
    ],
)
def test_a_sentence_in_the_first_person_does_not_say_whose_word_it_is(sentence: str, expected: bool) -> None:
    assert in_first_person(sentence) is expected


@pytest.mark.parametrize(
    "ended",
    [
        "Kenya will sign the accord in May.",
        "The offer stands until Sept.",
        "The envoys told me.",
        "The answer was no.",
        "She spoke for the SEC.",
        "They discussed steel, grain, etc.",
    ],
)
def test_a_word_that_is_also_an_abbreviation_ends_a_sentence_before_a_capital(ended: str) -> None:
    text = f"{ended} Defence Minister Paulo Reis welcomed it."
    assert [text[start:end] for start, end in split_sentences(text)] == [ended, text[len(ended) + 1 :]]


def test_a_form_of_company_ends_a_sentence_before_a_person() -> None:
    text = "She joined Salomon Brothers Inc. Ms. Vell came later."
    assert len(split_sentences(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "U.S. Secretary Reis met Gen. Adler on Oct. 23.",
        "ST. LOUIS hosts MR. REIS.",
        "Cara Co. Ltd. and Miss. Governor Penn met.",
        "They cited No. 5 and Art. VI of it.",
    ],
)
def test_an_abbreviation_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert len(split_sentences(text)) == 1


def test_all_sentences_of_an_article_about_may_are_found() -> None:
    text = (
        "Kenya will sign the accord in May. Defence Minister Paulo Reis welcomed it. Talks end on 4 May. "
        "Norway signed the protocol."
    )
    assert len(split_sentences(text)) == 4
