import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.element_text import read_element, write_element
from standards.errors import FaultInFile
from standards.model import Criterion, Element
from standards.printed_text import printed
from tests.strategies import messy_text, plain_text

_printed = plain_text.map(printed).filter(bool)
_words = _printed.map(lambda text: text.replace(" ", "-"))
_texts = _printed.filter(lambda text: not text.startswith("["))
_elements = st.builds(
    Element,
    code=_words,
    title_th=_printed,
    title_en=st.none(),
    criteria=st.lists(
        st.builds(Criterion, code=st.none() | _words, text_th=_texts, text_en=st.none()), max_size=3
    ).map(tuple),
    assessment_methods=st.lists(_printed, max_size=2, unique=True).map(tuple),
)


@settings(deadline=None)
@given(element=_elements)
def test_what_was_written_is_read(element: Element) -> None:
    assert read_element(write_element(element)) == element


@settings(deadline=None)
@given(text=messy_text)
def test_any_text_is_an_element_or_a_fault(text: str) -> None:
    try:
        element = read_element(text)
    except FaultInFile as error:
        assert error.code in {"bad-element-text", "hidden-character"}
    else:
        assert read_element(write_element(element)) == element


@pytest.mark.parametrize(
    ("text", "line"), [("", "1"), ("10101", "1"), ("10101 ก\nข", "2"), ("10101 ก\n- ข\n-", "3")]
)
def test_a_line_that_is_nothing_is_named(text: str, line: str) -> None:
    with pytest.raises(FaultInFile, match="bad-element-text") as caught:
        read_element(text)
    assert caught.value.values["place"] == line


@settings(deadline=None)
@given(text=messy_text)
def test_printing_twice_changes_nothing_more(text: str) -> None:
    assert printed(printed(text)) == printed(text)
    assert "".join(printed(text).split()) == "".join(text.split())
