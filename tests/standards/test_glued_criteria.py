import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.glued_criteria import split_criteria, without_number
from tests.strategies import messy_text


@settings(deadline=None)
@given(
    texts=st.lists(
        st.text(alphabet="กขคงได้ ", min_size=1).filter(str.strip), min_size=1, max_size=4
    ),
    major=st.integers(1, 9),
    glue=st.sampled_from(["", " "]),
)
def test_criteria_that_were_glued_are_parted_again(texts: list[str], major: int, glue: str) -> None:
    criteria = [f"{major}.{n} {text.strip()}" for n, text in enumerate(texts, start=1)]
    assert split_criteria(glue.join(criteria)) == criteria


@settings(deadline=None)
@given(text=messy_text)
def test_parting_loses_nothing(text: str) -> None:
    assert "".join("".join(split_criteria(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1 แยกประเภทได้ถูกต้อง1.2 เก็บได้เรียบร้อย", 2),
        ("๒.๑ ล้างได้๒.๒ เช็ดได้", 2),
        ("1.1 ตัดไม้ยาว 1.5 เมตร", 1),
        ("ตัดไม้ยาว 2.2 เมตร", 1),
        ("2.1 ปรับเป็นรุ่น 2.2.1 ได้", 1),
        ("", 1),
    ],
)
def test_measures_are_no_numbers_of_criteria(text: str, count: int) -> None:
    assert len(split_criteria(text)) == count


def test_a_printed_number_is_no_part_of_the_criterion() -> None:
    assert [without_number(t) for t in ("1.1 ก", "2) ข", "3. ค", "ง", "12")] == [
        "ก",
        "ข",
        "ค",
        "ง",
        "12",
    ]
