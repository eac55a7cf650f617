"""National numbers are masked wherever they were typed; everything else stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.web.masking import unnumbered


@pytest.mark.parametrize(
    "number", ["1234567890121", "1-2345-67890-12-1", "1 2345 67890 12 1", "๑๒๓๔๕๖๗๘๙๐๑๒๑"]
)
def test_a_national_number_is_masked_however_it_is_written(number: str) -> None:
    assert unnumbered(f"ก {number}.pdf") == "ก 1-XXXX-XXXXX-12-1.pdf"


@pytest.mark.parametrize(
    "text", ["CB-2569-000002.pdf", "29/04/2566", "IMG20261121123456.jpg", "๒๕๖๖"]
)
def test_serials_dates_and_stamps_stay_as_they_are(text: str) -> None:
    assert unnumbered(text) == text


@settings(deadline=None)
@given(st.text("0123456789- ก", max_size=40))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert unnumbered(unnumbered(text)) == unnumbered(text)
