from hypothesis import given, settings
from hypothesis import strategies as st

from standards.page_labels import SECTIONS
from standards.page_sections import cut_pages
from standards.page_text import Line


def _lines(text: str) -> list[Line]:
    return [Line(n, each) for n, each in enumerate(text.split("\n"), start=1)]


def _label(number: int) -> str:
    return f"{number}. {SECTIONS[number].replace(' ', '')}"


@settings(deadline=None)
@given(numbers=st.sets(st.integers(1, 18), min_size=1), answer=st.sampled_from(["ก", "", "3 ข"]))
def test_sections_that_stand_in_order_are_found_with_their_text(
    numbers: set[int], answer: str
) -> None:
    text = "\n".join(f"{_label(n)} {answer}" for n in sorted(numbers))
    (page,) = cut_pages(_lines(text))
    assert [each.number for each in page.sections] == sorted(numbers)
    assert {each.raw.strip() for each in page.sections} == {answer}
    assert [each.line for each in page.sections] == list(range(1, len(numbers) + 1))
    assert page.faults == ()


def test_a_label_that_lost_its_tone_marks_or_has_thai_digits_is_the_label() -> None:
    (page,) = cut_pages(_lines("๑. รหัสหนวยสมรรถนะ ก\n2.ชือหน่วย สมรรถนะ ข"))
    assert [(each.number, each.raw.strip()) for each in page.sections] == [(1, "ก"), (2, "ข")]


def test_a_label_in_running_text_begins_no_section_and_its_text_stays() -> None:
    (page,) = cut_pages(
        _lines(f"อ้างถึงข้อ {_label(11)} ด้วย\n{_label(1)} ก\n{_label(6)} ดูข้อ {_label(2)}")
    )
    assert [each.number for each in page.sections] == [1, 6]
    assert page.head[0].text == f"อ้างถึงข้อ {_label(11)} ด้วย"
    assert page.sections[1].raw == f"ดูข้อ {_label(2)}"


def test_text_whose_only_label_stands_in_a_sentence_is_no_page() -> None:
    assert cut_pages(_lines(f"อ้างถึงข้อ {_label(11)} ด้วย")) == ()


def test_a_lower_label_at_the_start_of_a_line_tears_the_section_it_stands_in() -> None:
    (page,) = cut_pages(_lines(f"{_label(1)} ก\n{_label(8)} ข\n{_label(3)} ค"))
    assert [(each.number, each.torn) for each in page.sections] == [(1, False), (8, True)]
    assert "ค" in page.sections[1].raw


def test_text_without_labels_is_no_page() -> None:
    assert cut_pages(_lines("ก\nข")) == ()
