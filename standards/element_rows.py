"""What each line of a table of elements is: an element, a criterion, a code, a way of assessment.

Tables come as lines one under the other, as cells parted by bars, and as Word's cells with a line
between them; text that was wrapped over several lines is put together again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from standards.page_labels import ELEMENT_COLUMNS, EVIDENCE, METHODS
from standards.page_text import Line
from standards.printed_text import printed
from standards.thai_text import digits, forgiving_key
from standards.word_html import CELL_BORDERS

CODE = r"(?:[A-Z]{1,4}[0-9]{4,}|[0-9]{4,})(?:[.\-][0-9]{1,3})*|[0-9]{1,2}(?:\.[0-9]{2,3}){2,3}"
"""Code of an element or criterion, as far as seen: 1030101, 10501-01, 5.01.005.01, IV10111."""
_CODE_ALONE = re.compile(rf"(?:{CODE})")
_ELEMENT = re.compile(rf"({CODE})\s+(\S.*)")
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])\s*\.?\s*\S.*")
_NUMBERED = re.compile(r"[0-9]{1,2}[.)]\s*(\S.*)")
_RULE = re.compile(r"[\s|:\-]+")
_WRAPPED_AT = 76
"""A line without a blank that is as long was cut inside a word by a text export of 78 columns."""


class Kind(StrEnum):
    """What a row is."""

    ELEMENT = "element"
    CRITERION = "criterion"
    CODE = "code"
    """A code that stands alone: of an element whose title follows, or of the criterion before."""
    METHOD = "method"
    TEXT = "text"
    """None of these: it goes on with the row before, or nobody knows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the table."""

    kind: Kind
    line: int
    text: str
    """Put together from its lines."""
    raw: str
    same_cell: bool
    """Stands in one cell with the entry before; never true where the table shows no borders."""


_HEADINGS = frozenset(forgiving_key(text) for text in ELEMENT_COLUMNS)
_METHODS = frozenset(forgiving_key(text) for text in METHODS)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the rows of the table, without its headings, in the order of the file."""
    found: list[Row] = []
    close, same_cell = False, False
    bordered = any(line.text in CELL_BORDERS for line in lines)
    for line, bars in _cells(lines):
        text = printed(line.text)
        if not text or _RULE.fullmatch(text) or forgiving_key(text) in _HEADINGS:
            close = False
            same_cell = same_cell and line.text not in CELL_BORDERS
            continue
        kind = kind_of(text)
        if kind is Kind.TEXT and close and found and _goes_on(found[-1]):
            found[-1] = _lengthened(found[-1], line.text)
        else:
            found.append(Row(kind, line.number, text, line.text, same_cell))
        close, same_cell = not bars, bordered
    return found


def _cells(lines: Iterable[Line]) -> Iterator[tuple[Line, bool]]:
    for line in lines:
        if " | " in line.text or line.text.rstrip().endswith("|"):
            for cell in line.text.split("|"):
                yield Line(number=line.number, text=cell), True
        else:
            yield line, False


def kind_of(text: str) -> Kind:
    """Return what a line is by itself."""
    plain = digits(text)
    if _CODE_ALONE.fullmatch(plain):
        return Kind.CODE
    if forgiving_key(text) in _METHODS:
        return Kind.METHOD
    if _DOTTED.fullmatch(plain):
        return Kind.CRITERION
    if _ELEMENT.fullmatch(plain):
        return Kind.ELEMENT
    if match := _NUMBERED.fullmatch(plain):
        return Kind.METHOD if match[1].startswith(EVIDENCE) else Kind.CRITERION
    return Kind.METHOD if plain.startswith(EVIDENCE) else Kind.TEXT


def split_element(text: str) -> tuple[str, str]:
    """Return code and title of an element's line, the code with digits 0-9."""
    match = _ELEMENT.fullmatch(digits(text))
    if match is None:
        return digits(text), ""
    return match[1], text[match.start(2) :]


def _goes_on(before: Row) -> bool:
    """Say whether a line that is nothing by itself can go on with that row."""
    return before.kind in {Kind.ELEMENT, Kind.CRITERION, Kind.METHOD, Kind.TEXT} and not (
        before.kind is Kind.METHOD and forgiving_key(before.text) in _METHODS
    )


def _lengthened(row: Row, more: str) -> Row:
    last = row.raw.rsplit("\n", 1)[-1]
    cut = len(last.strip()) >= _WRAPPED_AT and " " not in last.strip()
    return Row(
        kind=row.kind,
        line=row.line,
        text=printed(f"{row.text}{'' if cut else ' '}{more}"),
        raw=f"{row.raw}\n{more}",
        same_cell=row.same_cell,
    )
