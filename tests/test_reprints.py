from __future__ import annotations

import datetime as dt
import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cluster import reprints
from briefing.types import Article

DAY = dt.date(2022, 11, 15)
SENTENCES = (
    "The foreign ministers of Austria and Slovenia met in Graz on Tuesday to end a dispute over freight.",
    "They agreed to open two more crossings for goods trains by 1 March 2023, Minister Ana Kos said.",
    "At least 12 trains a day now wait at the border for more than 4 hours, the operators’ association told "
    "reporters.",
    "“We have lost 3.5 per cent of our trade,” Kos said.",
    "Parliament in Vienna will not vote on the cost before the summer.",
)
TEXT = " ".join(SENTENCES)


def article(text: str, title: str | None = "Ministers end rail dispute", source: str = "") -> Article:
    return Article(id=source or text[:20], text=text, title=title, date=DAY, source=source)


def are_copies(text: str, *, title: str | None = "Ministers end rail dispute", of: str = TEXT) -> bool:
    """Whether one of the two is a reprint of the other, in whatever order they come."""
    one, other = article(of, source="first"), article(text, title, source="second")
    found, turned = reprints([one, other]), reprints([other, one])
    assert bool(found) == bool(turned)
    return bool(found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("GRAZ, Nov. 15 (Xinhua) -- " + TEXT, id="a dateline"),
        pytest.param("(Reuters) - " + TEXT, id="a credit before"),
        pytest.param(TEXT + "\n\n(Reporting by Jo Weiss; Editing by Max Feld)", id="a credit after"),
        pytest.param("By Jo Weiss, Associated Press\n" + TEXT + "\n— AFP", id="a byline and an agency"),
        pytest.param("Updated: 2022-11-15 17:52\nAP | 15 November 2022\n" + TEXT, id="the time of day"),
        pytest.param(
            "MINISTRY OF TRANSPORT\nPress release\n\n" + TEXT + "\n\n-ends-", id="a release's frame"
        ),
        pytest.param(TEXT + "\nCopyright 2022 The Associated Press. All rights reserved.", id="a copyright"),
        pytest.param(TEXT.replace("“", '"').replace("”", '"').replace("’", "'"), id="plain marks"),
        pytest.param(TEXT.replace("per cent", "percent").replace(" ", "  "), id="spacing and spelling"),
        pytest.param("\n\n".join(SENTENCES), id="a paragraph a sentence"),
        pytest.param(" ".join(SENTENCES[:3]), id="cut after a sentence"),
        pytest.param(" ".join(SENTENCES[:3])[:-30] + "…", id="cut in a sentence"),
        pytest.param(" ".join(SENTENCES[:2] + SENTENCES[4:]), id="a paragraph left out"),
        pytest.param(
            SENTENCES[0] + "\nRead more: Night trains are back\n" + SENTENCES[1], id="a link inside"
        ),
        pytest.param(TEXT.replace("the operators", "operators"), id="an article of speech"),
    ],
)
def test_what_only_frames_or_cuts_a_text_makes_a_reprint(text: str) -> None:
    assert are_copies(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("At least 12 trains", "At least 15 trains", id="a number"),
        pytest.param("3.5 per cent", "35 per cent", id="a decimal point"),
        pytest.param("more than 4 hours", "more than four hours", id="a number in words"),
        pytest.param("1 March 2023", "1 May 2023", id="a date"),
        pytest.param("on Tuesday", "on Wednesday", id="a day"),
        pytest.param("Ana Kos", "Eva Kos", id="a name"),
        pytest.param("in Graz", "in Linz", id="a place"),
        pytest.param("They agreed", "They did not agree", id="a not"),
        pytest.param("will not vote", "will vote", id="no not"),
        pytest.param("agreed to open", "refused to open", id="a refusal"),
        pytest.param("At least 12", "At most 12", id="a bound"),
        pytest.param("will not vote", "may not vote", id="a mood"),
        pytest.param("before the summer.", "before the summer?", id="a question"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "GRAZ (AFP) - {}", "{}\n\nReporting by Jo Weiss"])
def test_a_copy_in_which_one_thing_differs_is_an_article_of_its_own(old: str, new: str, frame: str) -> None:
    changed = TEXT.replace(old, new)
    assert changed != TEXT
    assert not are_copies(frame.format(changed))


def test_words_of_its_own_make_a_copy_an_article() -> None:
    own = "Slovenian hauliers said on Wednesday that they would go to court."
    assert not are_copies(TEXT.replace(SENTENCES[3], own))
    assert are_copies(f"{TEXT} {own}")  # and then the longer one is the original


def test_a_text_that_goes_on_where_a_sentence_was_cut_is_no_reprint() -> None:
    assert not are_copies(TEXT.replace(" by 1 March 2023, Minister Ana Kos said.", "."))


def test_a_sentence_said_twice_and_changed_once_is_no_copy() -> None:
    twice = f"{SENTENCES[2]}\n{TEXT}"
    assert are_copies("(AP) -- " + TEXT, of=twice)
    assert not are_copies(twice.replace("12 trains", "15 trains", 1), of=twice)


def test_a_list_at_the_end_is_part_of_the_text() -> None:
    names = "\nAna Kos, Minister of Transport\nJo Weiss, Austrian Railways"
    assert not are_copies(TEXT + names, of=TEXT + names.replace("Jo Weiss", "Max Feld"))


def test_a_sentence_that_ends_early_is_another_sentence() -> None:
    assert not are_copies(TEXT.replace(" on the cost before the summer.", "."))
    assert are_copies(TEXT.replace(" on the cost before the summer.", " ..."))


def test_a_text_broken_to_fit_a_width_is_a_copy_unless_it_says_something_else() -> None:
    assert are_copies(textwrap.fill(TEXT, 40))
    for old, new in (("12 trains", "15 trains"), ("agreed to", "agreed not to"), ("Graz", "Linz")):
        assert not are_copies(textwrap.fill(TEXT.replace(old, new), 40))


@pytest.mark.parametrize(
    ("title", "copies"),
    [
        ("Neighbours agree on freight after years", True),
        ("Ministers do not end rail dispute", False),
        ("12 ministers end rail dispute", False),
        (None, True),
    ],
)
def test_headlines_may_differ_unless_they_contradict_each_other(title: str | None, copies: bool) -> None:
    assert are_copies("(AP) -- " + TEXT, title=title) is copies


def test_a_header_line_may_not_bring_a_number_of_its_own() -> None:
    short = " ".join(SENTENCES[:3])
    assert are_copies("Border trains\n" + short)
    assert not are_copies("14 crossings to open\n" + short)


def test_datelines_that_name_two_places_are_two_reports() -> None:
    assert not are_copies("GRAZ (AP) -- " + TEXT, of="VIENNA (Reuters) - " + TEXT)


def test_a_phrase_of_the_trade_in_two_short_texts_is_no_copy() -> None:
    assert not are_copies(
        "The two leaders agreed to stay in touch.", of="The two leaders agreed to stay in touch. " + TEXT
    )


def test_unrelated_texts_are_no_copies() -> None:
    assert not are_copies(
        "A storm closed both airports of the island for a second day. Ferries go on sailing."
    )


def test_every_copy_points_to_the_fullest_text() -> None:
    copies = [
        article(" ".join(SENTENCES[:2]), source="short"),
        article("GRAZ (AP) -- " + " ".join(SENTENCES[:4]), source="longer"),
        article(TEXT, source="full"),
    ]
    assert reprints(copies) == {0: 2, 1: 2}


def test_a_text_reprinted_a_hundred_times_has_one_original() -> None:
    found = reprints([article(f"{TEXT}\nEditing by Clerk {n}", source=f"outlet {n}") for n in range(100)])
    assert len(found) == 99
    assert len(set(found.values())) == 1


WORDS = st.sampled_from(
    "border train minister treaty harbour sanction envoy grain council 7 12 not Graz".split()
)
TEXTS = st.lists(st.lists(WORDS, min_size=4, max_size=9).map(" ".join), min_size=2, max_size=6).map(
    lambda sentences: ". ".join(sentence.capitalize() for sentence in sentences) + "."
)


@given(st.lists(TEXTS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_an_original_is_no_reprint_and_order_decides_nothing(texts: list[str], chance: random.Random) -> None:
    articles = [article(text, None, source=f"{n}") for n, text in enumerate(dict.fromkeys(texts))]
    found = reprints(articles)
    assert not set(found) & set(found.values())
    mixed = chance.sample(range(len(articles)), len(articles))
    again = reprints([articles[n] for n in mixed])
    assert {mixed[copy]: mixed[original] for copy, original in again.items()} == found


@given(st.integers(0, 4), st.data())
def test_changing_any_word_of_a_middle_sentence_ends_a_reprint(number: int, data: st.DataObject) -> None:
    words = SENTENCES[number].split()
    place = data.draw(st.integers(1, len(words) - 2))
    if words[place] in ("the", "a", "to", "that"):
        words[place] = "never"
    words[place] = f"never-{words[place]}"
    assert not are_copies(" ".join([*SENTENCES[:number], " ".join(words), *SENTENCES[number + 1 :]]))


def test_texts_that_only_open_alike_are_no_copies() -> None:
    opening = "The foreign ministers of Austria and Slovenia met in Graz on Monday and parted without a word."
    assert not are_copies(opening)
