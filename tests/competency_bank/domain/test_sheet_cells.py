"""Cells of a class sheet: the quick way for plain numbers and codes changes nothing."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain import national_id
from competency_bank.domain.sheet_cells import CellFault, learner_code_of
from tests.strategies import messy_text


def code_in(cell: str) -> str | tuple[str, dict[str, str]] | None:
    try:
        return learner_code_of(cell)
    except CellFault as fault:
        return fault.code, fault.values


@settings(deadline=None, max_examples=300)
@given(st.text("0123456789aZ-./", max_size=16) | messy_text.map(str.strip))
def test_a_code_is_read_alike_whether_or_not_the_quick_way_is_open(text: str) -> None:
    """Blanks around a cell go, and shut the quick way."""
    assert code_in(text) == code_in(f" {text} ")


@settings(deadline=None)
@given(st.text("0123456789๐๑๒ -.", max_size=14) | messy_text)
def test_what_is_shorter_than_a_national_id_never_holds_its_digits(text: str) -> None:
    assert len(re.findall("[0-9]", national_id.plain(text))) <= len(text)
    assert not (national_id.valid(text) and len(text) < national_id.LENGTH)
