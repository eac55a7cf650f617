import json

import pytest

from standards.catalogue import Catalogue
from standards.errors import FaultInFile
from standards.letter_fold import fold
from standards.shipped import shipped_editions
from standards.suggestion_entries import entries_of
from standards.suggestion_terms import FORMAT, Term, TermTable, read_terms, shipped_terms

_TABLE = TermTable(
    ignored=("การ", "the"),
    terms=(Term(("ลาเต้", "latte art"), ("โฟมนม",)), Term(("car", "clean"), ("รถยนต์", "ล้าง"))),
)


def _said(text: str) -> list[str]:
    return [meaning.said for meaning in _TABLE.meanings(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("เทลาเต้ให้สวย", ["ลาเต้"]),
        ("Latte-Art!", ["latte art"]),
        ("cleaning cars", ["clean"]),
        ("two cars", ["car"]),
        ("carpet", []),
        ("unclean", []),
        ("ลาเต", []),
        ("", []),
    ],
)
def test_thai_is_found_anywhere_and_english_where_a_word_begins(text: str, said: list[str]) -> None:
    assert _said(text) == said


def test_words_that_tell_nothing_become_blanks_and_only_whole_in_english() -> None:
    assert _TABLE.telling("การล้าง the theatre").split() == ["ล้าง", "theatre"]


def test_most_words_of_the_shipped_table_lead_to_a_shipped_unit() -> None:
    """A word that leads nowhere here may serve another standard; most must serve this one."""
    units = Catalogue(shipped_editions()).units
    texts = [entry.text for unit in units for entry in entries_of(unit, place=0)]
    means = {word for term in shipped_terms().terms for word in term.means}
    leading = {word for word in means if any(fold(word) in text for text in texts)}
    assert len(leading) >= 0.9 * len(means)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ({"said": [], "means": ["a"]}, "empty-term"),
        ({"said": ["a"], "means": []}, "empty-term"),
        ({"said": ["-"], "means": ["a"]}, "empty-term"),
        ({"said": ["a"], "means": [" "]}, "blank-text"),
        ({"said": ["a"]}, "missing-field"),
        ({"said": ["a"], "means": ["a"], "x": 1}, "unknown-field"),
    ],
)
def test_a_faulty_term_is_refused(term: object, code: str) -> None:
    data = json.dumps({"format": FORMAT, "about": "", "ignored": [], "terms": [term]})
    with pytest.raises(FaultInFile) as caught:
        read_terms(data.encode(), name="f")
    assert caught.value.code == code


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(FaultInFile) as caught:
        read_terms(b'{"format": "x", "about": "", "ignored": [], "terms": []}', name="f")
    assert caught.value.code == "unknown-format"
