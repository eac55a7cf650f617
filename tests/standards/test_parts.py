import pytest

from standards.parts import revision_is_clear, revision_of


@pytest.mark.parametrize(
    ("raw", "number", "year"),
    [
        ("1 / 2567", 1, 2024),
        ("2/2566", 2, 2023),
        ("๒ / ๒๕๖๖", 2, 2023),
        ("1 / 2024", 1, 2024),
        ("1 /", 1, None),
        ("1 / -", 1, None),
        ("/ 2567", None, 2024),
        ("- / -", None, None),
        ("N/A / -", None, None),
        ("N/A /", None, None),
        ("/", None, None),
        ("-", None, None),
        ("N/A", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_revision_says_number_and_year_as_far_as_it_states_them(
    raw: str | None, number: int | None, year: int | None
) -> None:
    revision = revision_of(raw)
    assert (revision.number, revision.year, revision.raw) == (number, year, raw)
    assert revision_is_clear(raw or "")


@pytest.mark.parametrize("raw", ["ครั้งแรก", "2567 / 1", "1 / 2567 / 3", "1"])
def test_an_unknown_form_of_revision_states_nothing(raw: str) -> None:
    revision = revision_of(raw)
    assert (revision.number, revision.year, revision.raw) == (None, None, raw)
    assert not revision_is_clear(raw)
