import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.letter_fold import as_printed, fold, fold_lines, fold_words
from standards.thai_text import forgiving_key, tidy
from tests.strategies import messy_text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ผูปฏิบัติงานที่เกี่ยวของ", "ผู้ปฏิบัติงานที่เกี่ยวข้อง"),
        ("ทําสีผม", "ทำสีผม"),
        ("ทาสผม", "ทำสีผม"),
        ("เเต่งหน้า", "แต่งหน้า"),
        ("ระดับ ๓", "ระดับ 3"),
        ("hds rmqo 202b", "HDS-RMQO-202B"),
        ("Café", "cafe"),
        ("  นวด  ไทย ", "นวดไทย"),
    ],
)
def test_hurried_typing_folds_to_what_is_printed(typed: str, printed: str) -> None:
    assert fold(typed) == fold(printed)


def test_what_is_said_differently_stays_different() -> None:
    texts = ["ปู", "ปุ", "แก", "เก", "กา", "กะ", "นวด", "นาด", "1", "2", "a", "b"]
    assert len({fold(text) for text in texts}) == len(texts)


@settings(deadline=None)
@given(messy_text)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(messy_text)
def test_folding_forgives_all_that_tidying_mends(text: str) -> None:
    assert fold(forgiving_key(text)) == fold(tidy(text))


@settings(deadline=None)
@given(st.lists(messy_text.map(lambda text: text.replace("\n", " ")), min_size=1, max_size=4))
def test_lines_fold_as_they_would_alone(lines: list[str]) -> None:
    assert fold_lines("\n".join(lines)).split("\n") == [fold(line) for line in lines]


@settings(deadline=None)
@given(messy_text)
def test_words_are_folded_parts_and_none_is_empty(text: str) -> None:
    assert all(fold(word) == word and word for word in fold_words(text))
    assert fold("".join(fold_words(text))) == fold(tidy(text))


@settings(deadline=None)
@given(messy_text, st.data())
def test_a_folded_run_is_found_again_as_it_was_printed(text: str, data: st.DataObject) -> None:
    folded = fold(tidy(text))
    begin = data.draw(st.integers(0, len(folded)))
    run = folded[begin : data.draw(st.integers(begin, len(folded)))]
    printed = as_printed(text, run)
    assert run in fold(printed)
    assert printed in tidy(text) or printed == run


def test_a_run_that_is_nowhere_is_returned_as_it_is() -> None:
    assert as_printed("สร้างโฟมนม", "โฟมนม") == "โฟมนม"
    assert as_printed("แต่งหน้า", fold("แต่งหน้า")) == "แต่งหน้า"
    assert as_printed("(ต้มยำกุ้ง)", fold("กุ้ง")) == "กุ้ง"
    assert as_printed("abc", "xyz") == "xyz"
