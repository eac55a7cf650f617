import pytest

from standards.page_labels import COMMON_WORDS
from standards.shipped import shipped_editions
from standards.spelling import lost_tone_marks, without_marks


@pytest.mark.parametrize("word", COMMON_WORDS)
def test_no_common_word_is_taken_for_a_damaged_one(word: str) -> None:
    assert lost_tone_marks(word) == ""


def test_a_word_without_its_marks_is_seen() -> None:
    assert lost_tone_marks("ISCO-08 9997 ผูปฏิบัติงานที่เกี่ยวของ") == "ผูปฏิบัติ"
    assert without_marks("ผู้ที่") == "ผูที"


def test_titles_as_published_have_their_marks() -> None:
    titles = [unit.title_th for edition in shipped_editions() for unit in edition.units]
    assert [title for title in titles if lost_tone_marks(title)] == []
