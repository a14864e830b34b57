"""Minimal pairs: one word turns an agreement into a wish, a denial, a memory or somebody's claim."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.slots import Extractor, load_rules
from briefing.types import Agreed, Article, Outlook

PUBLISHED = dt.date(2026, 3, 18)  # a Wednesday


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def agreed(extractor: Extractor, text: str) -> Agreed | None:
    """The one agreed value of a text, None where it holds none."""
    values = next(iter(extractor.extract([Article("x", text, date=PUBLISHED)]))).agreed
    assert len(values) < 2
    return values[0] if values else None


def outlook(extractor: Extractor, text: str, date: dt.date | None = PUBLISHED) -> Outlook | None:
    """The one outlook value of a text, None where it holds none."""
    values = next(iter(extractor.extract([Article("x", text, date=date)]))).outlook
    assert len(values) < 2
    return values[0] if values else None


STATUS = [
    # modality
    ("The two ministers agreed to reopen the border.", "agreed"),
    ("The two ministers could agree to reopen the border.", None),
    ("The two ministers should agree to reopen the border.", None),
    ("The two ministers hope to agree on reopening the border.", None),
    ("The two ministers are expected to agree to reopen the border.", None),
    ("The two ministers may sign the treaty.", None),
    ("The two ministers signed the treaty.", "signed"),
    ("The two ministers are to sign the treaty.", None),
    ("Whether the two ministers agreed to reopen the border is unclear.", None),
    ("If the two ministers agreed to reopen the border, trade would grow.", None),
    ("Did the two ministers agree to reopen the border?", None),
    # negation
    ("The two ministers did not agree to reopen the border.", None),
    ("The two ministers never agreed to reopen the border.", None),
    ("The two ministers failed to agree on the border.", None),
    ("No agreement was reached.", None),
    ("An agreement was reached.", "agreed"),
    ("The minister denied having agreed to reopen the border.", None),
    ("The two ministers agreed to disagree.", None),
    # asking others
    ("The minister urged Kenya to sign the treaty.", None),
    ("The minister called on Kenya to agree to the plan.", None),
    ("The minister asked Kenya to pledge more troops.", None),
    ("The minister pledged more troops.", "pledged"),
    ("The minister wants Kenya to sign the treaty.", None),
    # talking about it
    ("They discussed how to implement the treaty.", None),
    ("They discussed the treaty that was signed in Geneva.", None),
    ("They reaffirmed their commitment to the treaty.", "reaffirmed"),
    ("They reiterated their concern about the treaty.", None),
    ("The President reiterated his appreciation for the help.", None),
    ("The President reiterated his support for the treaty.", "reaffirmed"),
    # time
    ("Kenya had agreed in 2015 to reopen the border.", None),
    ("Last year, Kenya agreed to reopen the border.", None),
    ("Kenya agreed on Tuesday to reopen the border.", "agreed"),
    ("The agreement signed in 2015 was praised.", None),
    # passive
    ("The treaty was signed by both foreign ministers.", "signed"),
    ("The treaty was not signed.", None),
    ("The proposal was rejected by the government.", "refused"),
    ("A ceasefire has been agreed.", "agreed"),
    # nominal
    ("The two governments reached a deal on gas.", "agreed"),
    ("The two governments sought a deal on gas.", None),
    ("A deal on gas was struck in Vienna.", "agreed"),
    ("The government made an offer of talks.", "proposed"),
    # one's own future, and somebody else's
    ("Kenya will send 500 troops.", "pledged"),
    ("Kenya may send 500 troops.", None),
    ("Kenya will not send troops.", "refused"),
    ("Analysts doubt that Kenya will send troops.", None),
    ("Kenya said that it would send 500 troops.", "pledged"),
    ("Kenya would send 500 troops if the council asked.", None),
    # refusal
    ("Kenya rejected the plan.", "refused"),
    ("Kenya declined to comment.", None),
    ("Kenya suspended talks with Uganda.", "refused"),
    ("Kenya threatened to suspend talks with Uganda.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), STATUS, ids=[text for text, _ in STATUS])
def test_status_follows_the_wording(extractor: Extractor, text: str, status: str | None) -> None:
    value = agreed(extractor, text)
    assert (value.status if value else None) == status


SPEAKERS = [
    ("Kenya agreed to reopen the border.", "fact", None),
    ("Foreign Minister Amina Odhiambo said Kenya agreed to reopen the border.", "named", "Amina Odhiambo"),
    ("Kenya agreed to reopen the border, Foreign Minister Amina Odhiambo said.", "named", "Amina Odhiambo"),
    ("According to Foreign Minister Amina Odhiambo, Kenya agreed to the plan.", "named", "Amina Odhiambo"),
    ("A senior official said Kenya agreed to reopen the border.", "unnamed", None),
    ("Diplomatic sources said Kenya agreed to reopen the border.", "unnamed", None),
    ("The statement said Kenya agreed to reopen the border.", "document", None),
    ("Uganda said Kenya agreed to reopen the border.", "named", "Uganda"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "attribution", "speaker"), SPEAKERS, ids=[text for text, *_ in SPEAKERS])
def test_a_statement_keeps_its_speaker(
    extractor: Extractor, text: str, attribution: str, speaker: str | None
) -> None:
    value = agreed(extractor, text)
    assert value is not None
    assert (value.attribution, value.speaker) == (attribution, speaker)


def test_an_anonymous_official_does_not_take_the_name_of_another(extractor: Extractor) -> None:
    text = "Spokesperson Amina Odhiambo met reporters. An official said Kenya agreed to the plan."
    value = agreed(extractor, text)
    assert value is not None
    assert (value.attribution, value.speaker) == ("unnamed", None)


def test_the_president_who_says_so_is_the_one_who_is_named(extractor: Extractor) -> None:
    text = (
        "President Ana Costa of Peru met envoys. The President emphasized that the ships will never return."
    )
    value = outlook(extractor, text)
    assert value is not None
    assert (value.attribution, value.speaker) == ("named", "Ana Costa")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The three leaders agreed to reopen the border.", {"Ana Costa", "Jonas Berg", "Lia Serra"}),
        ("The leaders agreed to reopen the border.", {"Ana Costa", "Jonas Berg", "Lia Serra"}),
        ("The two leaders agreed to reopen the border.", set()),
        ("The business leaders spoke of trade. They agreed to reopen the border.", set()),
        ("It rained. " * 4 + "They agreed to reopen the border.", set()),
    ],
)
def test_they_are_all_who_met_or_nobody(extractor: Extractor, text: str, parties: set[str]) -> None:
    met = "President Ana Costa of Peru, President Jonas Berg of Norway and President Lia Serra of Chile met. "
    value = agreed(extractor, met + text)
    assert value is not None
    assert set(value.parties) == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("European Union ministers agreed to lift the ban.", ("European Union",)),
        ("The Kenyan government refused the plan.", ("Kenya",)),
        ("The local authority of Kenya's capital refused the plan.", ("local authority",)),
        ("Kenya reached an agreement with Norway.", ("Kenya", "Norway")),
        ("Kenya refused an agreement with Norway.", ("Kenya",)),
        ('"We refuse the plan," Foreign Minister Ane Lund of Norway said.', ("Norway",)),
        ('"I refuse the plan," Foreign Minister Ane Lund of Norway said.', ("Ane Lund",)),
        ("Foreign Minister Ane Lund of Norway said Norway will pay for the bridge.", ("Norway",)),
        ("Fishing unions said they would pay for the bridge that Norway built.", ("unions",)),
    ],
)
def test_the_parties_are_those_who_bind_themselves(
    extractor: Extractor, text: str, parties: tuple[str, ...]
) -> None:
    value = agreed(extractor, text)
    assert value is not None
    assert value.parties == parties


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The ministers decided that the fee was legal.", "agreed"),
        ("The ministers had decided that the fee was legal.", None),
        ("Foreign Minister Ane Lund of Norway said she would raise the fee.", "pledged"),
        ("Foreign Minister Ane Lund of Norway denied reports that she would raise the fee.", None),
        ("Norway will pay for the delegation.", "pledged"),
        ("Norway will join the delegation.", None),
    ],
)
def test_what_was_before_or_is_hearsay_is_no_statement(
    extractor: Extractor, text: str, status: str | None
) -> None:
    value = agreed(extractor, text)
    assert (value.status if value else None) == status


def test_a_quotation_over_several_sentences_has_one_speaker(extractor: Extractor) -> None:
    text = '"We agreed to reopen the border. It was time," Foreign Minister Amina Odhiambo said.'
    value = agreed(extractor, text)
    assert value is not None
    assert value.speaker == "Amina Odhiambo"


KINDS = [
    ("The ministers will meet in Nairobi on 2 April.", "scheduled"),
    ("The ministers met in Nairobi on 2 March.", None),
    ("Kenya will benefit from the road.", "expected"),
    ("Kenya benefited from the road.", None),
    ("If the rains fail, Kenya will need help.", "conditional"),
    ("He spoke as if nothing had happened.", None),
    ("A deal is unlikely before the summer.", "assessment"),
    ("He warned that the plan could fail.", "assessment"),
    ("He could not be reached.", None),
    ("The envoy is due to meet the president.", "scheduled"),
    ("They look forward to the visit.", "expected"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[text for text, _ in KINDS])
def test_kind_follows_the_wording(extractor: Extractor, text: str, kind: str | None) -> None:
    value = outlook(extractor, text)
    assert (value.kind if value else None) == kind


def test_a_coming_step_has_its_day(extractor: Extractor) -> None:
    value = outlook(extractor, "The ministers will meet again next Tuesday.")
    assert value is not None
    assert value.when is not None
    assert (value.when.phrase, value.when.date, value.when.precision) == (
        "next Tuesday",
        dt.date(2026, 3, 24),
        "day",
    )


def test_without_a_publication_date_no_day_is_invented(extractor: Extractor) -> None:
    value = outlook(extractor, "The ministers will meet again next Tuesday.", date=None)
    assert value is not None
    assert value.when is not None
    assert (value.when.date, value.when.end) == (None, None)


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        (
            "Vice President Amina Diallo met Foreign Minister Jonas Berg. The Vice President discussed Mali.",
            "Amina Diallo",
        ),
        ("Foreign Minister Jonas Berg discussed the border.", "Jonas Berg"),
        ("Foreign Minister Jonas Berg and Vice President Amina Diallo discussed the border.", None),
    ],
)
def test_a_pronoun_speaks_for_the_one_person_told_of(
    extractor: Extractor, before: str, speaker: str | None
) -> None:
    said = outlook(extractor, f"{before} She said that Norway will host the next round on 2 May.")
    assert said is not None
    assert said.speaker == speaker


def test_what_was_is_no_step_to_come_though_its_date_is_ahead_of_publication(extractor: Extractor) -> None:
    assert (
        outlook(extractor, "On Thursday, March 19, Foreign Minister Ana Lind met Jonas Berg for talks.")
        is None
    )
    assert outlook(
        extractor, "On Thursday, March 19, Foreign Minister Ana Lind will meet Jonas Berg for talks."
    )
