from __future__ import annotations

import pytest

from briefing.numbers import numbers
from briefing.summarise.check import Source, unsupported

SOURCE = Source(
    "Envoy visits Islamabad\n"
    "US Special Envoy Zalmay Khalilzad met Foreign Minister Shah Mehmood Qureshi in Islamabad on July 8. "
    "Prime Minister Imran Khan said Pakistan would host 1,000 delegates, some 20 percent of them women. "
    '"We are ready to talk," he told three reporters. President Ashraf Ghani was not invited. '
    "Saudi Crown Prince Mohammed bin Salman pledged $1.5 billion from Riyadh. Afghanistan did not comment."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "US Special Envoy Zalmay Khalilzad met Qureshi in Islamabad on July 8.",
        "Foreign Minister Qureshi met the US envoy on 8 July.",
        "Pakistan would host one thousand delegates, 20% of them women.",
        "Saudi Crown Prince Mohammed bin Salman pledged $1,500,000,000.",
        "“We are ready to talk”, Khan told 3 reporters.",
        "Pakistan's prime minister said so.",
        "Khalilzad visits Islamabad.",
    ],
)
def test_what_the_source_says_passes_in_other_spellings(sentence: str) -> None:
    assert unsupported(sentence, SOURCE) == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Khalilzad met Qureshi in Tokyo.", "names 'Tokyo'"),
        ("The United Nations welcomed the meeting.", "names 'United Nations'"),
        ("The NATO envoy met Khan.", "names 'NATO'"),
        ("Prime Minister Qureshi met Khalilzad.", "joins 'Prime' and 'Qureshi'"),
        ("President Khan met Khalilzad.", "joins 'President' and 'Khan'"),
        ("Khalilzad arrived in Afghanistan.", "says 'in Afghanistan'"),
        ("Khalilzad arrived from Islamabad.", "says 'from Islamabad'"),
        ("Pakistan would host 1,200 delegates.", "gives '1,200'"),
        ("Pakistan would host two thousand delegates.", "gives 'two thousand'"),
        ("Khan told four reporters.", "gives 'four'"),
        ("Some 1,000 percent of them are women.", "gives '1,000 percent'"),
        ("He pledged $1.5 million.", "gives '1.5 million'"),
        ("Thousands attended.", "gives 'Thousands'"),
        ("They met on July 20.", "gives the date 20 July"),
        ("They met on Monday.", "names 'Monday'"),
        ("They met in August.", "names 'August'"),
        ('Khan said: "We are ready to sign."', "quotes 'We are ready to sign.'"),
        ('Khan said: "We are ready to talk.', "opens a quotation"),
    ],
)
def test_what_the_source_does_not_say_is_found(sentence: str, reason: str) -> None:
    assert any(reason in found for found in unsupported(sentence, SOURCE))


def test_a_source_in_lower_case_bears_out_names_in_capitals() -> None:
    source = Source(
        "the us has suspended talks with russia over syria. moscow said on monday it regrets the step."
    )
    assert unsupported("The US has suspended talks with Russia.", source) == []
    assert unsupported("The US has suspended talks with China.", source)


def test_a_pronoun_is_not_taken_for_the_country() -> None:
    source = Source(
        "Minister Qureshi told us on Monday that Pakistan would wait. Pakistan told us so, Qureshi said."
    )
    assert any(
        "US" in reason for reason in unsupported("Qureshi told the US that Pakistan would wait.", source)
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,000 and one thousand and 1000", ["1000", "1000", "1000"]),
        ("two hundred and six of twenty-one", ["206", "21"]),
        ("1.5 million, $2bn and 3 dozen", ["1500000", "2000000000", "36"]),
        ("5%, 5 per cent, five percent", ["5%", "5%", "5%"]),
        ("28-24 at 10:30", ["28", "24", "10:30"]),
        ("the third and the 3rd", ["3th", "3th"]),
        ("one of them told no one about one visit", ["1"]),
        ("hundreds of troops", ["hundreds"]),
        ("nothing to count", []),
    ],
)
def test_numbers_in_any_spelling_have_one_form(text: str, values: list[str]) -> None:
    assert [number.value for number in numbers(text)] == values
