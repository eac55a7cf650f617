from hypothesis import given, settings
from hypothesis import strategies as st

from standards.edit_distance import Pattern

_text = st.text(alphabet="abcก", max_size=12)


def _by_table(pattern: str, text: str) -> int:
    """Fewest changes, by the whole table that the quick method does without."""
    row = list(range(len(pattern) + 1))
    best = row[-1]
    for letter in text:
        above, row = row, [0]
        for n, own in enumerate(pattern, start=1):
            row.append(min(above[n] + 1, row[n - 1] + 1, above[n - 1] + (own != letter)))
        best = min(best, row[-1])
    return best


@settings(deadline=None, max_examples=300)
@given(_text, _text)
def test_the_quick_count_is_the_count_of_the_whole_table(pattern: str, text: str) -> None:
    assert Pattern(pattern).slips(text) == _by_table(pattern, text)


@settings(deadline=None)
@given(_text, _text, _text)
def test_what_stands_in_the_text_is_found_without_a_slip(left: str, text: str, right: str) -> None:
    assert Pattern(text).slips(left + text + right) == 0


@settings(deadline=None)
@given(st.text(alphabet="abกข", min_size=1, max_size=200), _text)
def test_patterns_longer_than_a_machine_word_are_counted_too(pattern: str, text: str) -> None:
    assert Pattern(pattern).slips(text) == _by_table(pattern, text)
