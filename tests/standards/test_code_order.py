import pytest

from standards.code_order import extends, out_of_order


@pytest.mark.parametrize(
    ("code", "stem"),
    [
        ("1030101", "10301"),
        ("10501-01", "10501"),
        ("10801.1", "10801"),
        ("IV10111", "IV1011"),
        ("5.01.005.01", "5.01.005"),
    ],
)
def test_an_element_code_extends_its_units_code(code: str, stem: str) -> None:
    assert extends(code, stem)
    assert not extends(stem, stem)
    assert not extends(stem, code)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("10404.3", "10404.1", True),
        ("10404.1", "10404.3", False),
        ("50101.9", "50101.10", False),
        ("9070101", "9070101", False),
        ("9070101", "9.07.01.103", False),
    ],
)
def test_codes_are_ordered_as_people_count(before: str, after: str, *, wrong: bool) -> None:
    assert out_of_order(before, after) is wrong
