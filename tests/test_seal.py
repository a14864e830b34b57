import hashlib

from hypothesis import given
from hypothesis import strategies as st

from briefing.seal import check_seal, seal, unsealed

REPORT = "# Brief\n\nZürich and Bern agreed.\n"


def test_the_seal_is_the_last_line_and_holds_the_digest_of_all_before_it() -> None:
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    assert seal(REPORT) == f"{REPORT}<!-- briefing sha256:{digest} -->\n"


@given(st.text())
def test_what_was_sealed_is_intact_and_comes_out_as_it_went_in(text: str) -> None:
    sealed = seal(text)
    assert check_seal(sealed) == "intact"
    assert unsealed(sealed) in {unsealed(text), unsealed(text) + "\n"}
    assert seal(sealed) == sealed


def test_a_report_without_a_seal_is_not_called_changed() -> None:
    assert check_seal(REPORT) == "absent"
    assert check_seal("") == "absent"
    assert unsealed(REPORT) == REPORT


def test_every_edit_shows() -> None:
    sealed = seal(REPORT)
    assert check_seal(sealed.replace("agreed", "refused")) == "changed"
    assert check_seal(sealed + "One more line.\n") == "changed"
    assert check_seal(sealed.replace("sha256:", "sha256:0")) == "changed"
    assert check_seal(sealed + sealed) == "changed"


def test_blank_lines_after_the_seal_change_nothing() -> None:
    assert check_seal(seal(REPORT) + "\n \n") == "intact"


def test_no_seal_survives_for_the_reader_even_in_a_changed_report() -> None:
    assert "sha256" not in unsealed(seal(REPORT) + "One more line.\n" + seal("x"))
