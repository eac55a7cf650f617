"""How much of a name the check page shows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from competency_bank.domain.people import Name
from competency_bank.web.verdict_view import HIDDEN, masked_name

LETTERS = st.text("กขคงจชดตนบปมยรลวสอ", min_size=2, max_size=8)


def test_title_and_first_letters_with_their_signs_stay_readable() -> None:
    known = Name("นางสาว", "เพ็ญ", "น้ำใจ")
    assert masked_name("นางสาวเพ็ญ น้ำใจ", known) == f"นางสาวเพ็{HIDDEN} น้{HIDDEN}"
    assert masked_name("Dr. Ann Lee", Name("Dr.", "Ann", "Lee")) == f"Dr. A{HIDDEN} L{HIDDEN}"
    assert masked_name("Madonna", Name(None, "Madonna", None)) == f"M{HIDDEN}"


def test_a_name_that_changed_since_shows_first_letters_alone() -> None:
    assert masked_name("นางสาวเก่า นามเดิม", Name("นาง", "ใหม่", "นามใหม่")) == f"น{HIDDEN} น{HIDDEN}"


@settings(deadline=None)
@given(LETTERS, LETTERS, LETTERS)
def test_no_part_of_a_name_can_be_read_beyond_its_first_letter(
    title: str, given_name: str, family: str
) -> None:
    known = Name(title, given_name, family)
    first, second = masked_name(known.full, known).split(" ")
    assert first == f"{title}{given_name[0]}{HIDDEN}"
    assert second == f"{family[0]}{HIDDEN}"
