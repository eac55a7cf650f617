"""Find the heading row of a class sheet and what each of its columns holds."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from competency_bank.domain.sheet_words import HEADINGS, UNIT_PREFIXES, Field
from standards.codes import looks_like_code
from standards.model import UnitKey
from standards.reading_sheet import Cell, Grid
from standards.thai_text import digits, forgiving_key, tidy

HEADING_ROWS = 15
"""The heading stands within so many rows; above it may be titles."""
_LEAST_RECOGNISED = 2
_MOST_WORDS = 40
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SEPARATORS = re.compile(r"[\s()\[\]{},;|/]+")
_SCRIPT_CHANGE = re.compile("(?<=[a-z0-9])(?=[\u0e00-\u0e7f])|(?<=[\u0e00-\u0e7f])(?=[a-z0-9])")
_LEARNER = (
    Field.LEARNER_CODE,
    Field.NUMBER,
    Field.ORDINAL,
    Field.NATIONAL_ID,
    Field.NAME,
    Field.GIVEN_NAME,
)
_MAY_REPEAT = frozenset({Field.ORDINAL, Field.TITLE, Field.NOTE})

HEADING_LENGTH = 300
"""A longer text is no heading."""

UnitNames = Mapping[str, frozenset[UnitKey]]
"""Forgiving key of a code or alias to the units that bear it."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one text says as a heading: a field, or units, or nothing."""

    field: Field | None
    units: frozenset[UnitKey]


Labels = Mapping[str, Label]
_NO_LABEL = Label(None, frozenset())


@dataclass(frozen=True, slots=True)
class OddColumn:
    """A column whose heading names a unit that cannot be taken."""

    index: int
    text: str
    first: int | None = None
    """Column that names the same unit already."""
    code: str = ""
    """The part that looks like a unit's code."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns hold; indexes count from 0."""

    heading_row: int
    fields: Mapping[Field, int]
    units: tuple[tuple[UnitKey, int], ...]
    """Columns that name exactly one unit of the course, each unit once."""
    foreign: tuple[OddColumn, ...]
    """Headings that look like a unit's code, but not of this course."""
    ambiguous: tuple[OddColumn, ...]
    """Headings that fit several units of the course."""
    doubled: tuple[OddColumn, ...]
    """Headings of a unit that has a column already; neither column counts."""
    repeated: tuple[OddColumn, ...]
    """Second columns of a field that may stand only once."""

    @property
    def names_learners(self) -> bool:
        """True if a learner can be told from the columns: number, national ID, name and birth."""
        numbered = {Field.LEARNER_CODE, Field.NUMBER, Field.ORDINAL, Field.NATIONAL_ID}
        named = {Field.NAME, Field.GIVEN_NAME} & self.fields.keys()
        return bool(numbered & self.fields.keys()) or (
            bool(named) and Field.BIRTH_DATE in self.fields
        )

    @property
    def learner_index(self) -> int:
        """The column that speaks for the learner."""
        return next(self.fields[one] for one in _LEARNER if one in self.fields)


def unit_names(units: Mapping[UnitKey, Collection[str]]) -> UnitNames:
    """Return every name of every unit, folded for matching."""
    names: dict[str, frozenset[UnitKey]] = {}
    for unit, known_as in units.items():
        for name in known_as:
            folded = forgiving_key(name)
            if folded:
                names[folded] = names.get(folded, frozenset()) | {unit}
    return names


def find_columns(grid: Grid, names: UnitNames) -> Columns | None:
    """Return the columns under the best heading among the first rows, or None if there is none.

    The best heading row has learners, units and a date, then the most cells that are understood.
    Where it lacks one of the three and the row above has it in a column that is blank below, the
    two rows are read as one: a heading of two storeys, as it comes out of merged cells.
    """
    rows = [_texts(row) for row in grid.rows[:HEADING_ROWS]]
    labels = {text: _label(text, names) for row in rows for text in row}
    readings = list(enumerate(rows))
    for n, (upper, lower) in enumerate(pairwise(rows), start=1):
        readings.append((n, _two_storeys(upper, lower, labels=labels)))
    best = max(readings, key=lambda reading: _worth(reading[1], labels), default=None)
    if best is None or _worth(best[1], labels)[1] < _LEAST_RECOGNISED:
        return None
    return _columns(best[1], labels, heading_row=best[0])


def field_of(text: str) -> Field | None:
    """Return the field that a heading names; remarks in brackets do not matter."""
    found = HEADINGS.get(text) or HEADINGS.get(forgiving_key(text))
    if found is not None or ("(" not in text and "[" not in text):
        return found
    return HEADINGS.get(forgiving_key(_BRACKETED.sub(" ", text)))


def units_of(text: str, names: UnitNames) -> frozenset[UnitKey]:
    """Return the units named by a heading that is no field: by a code at its beginning or end.

    A title may stand beside the code. A heading that begins with another field's word ("score
    10302") names none.
    """
    words = _words(text)
    if not words or field_of(words[0]) not in {None, Field.LEARNER_CODE}:
        return frozenset()
    if len(words) == 1:
        return names.get(forgiving_key(words[0]), frozenset())
    keys = [forgiving_key(word) for word in words]
    rest = keys[1:] if len(keys) > 1 and keys[0] in UNIT_PREFIXES else keys
    heads = reversed(list(accumulate(rest)))
    tails = reversed(list(accumulate(reversed(rest), lambda tail, word: word + tail)))
    for part in (*heads, *tails):
        if found := names.get(part):
            return found
    return frozenset()


def _words(text: str) -> list[str]:
    spaced = _SCRIPT_CHANGE.sub(" ", digits(tidy(text)).casefold())
    return [word for word in _SEPARATORS.split(spaced) if word][:_MOST_WORDS]


def _foreign_code(text: str) -> str | None:
    words = _words(text)
    begin = 1 if len(words) > 1 and forgiving_key(words[0]) in UNIT_PREFIXES else 0
    return words[begin] if words and looks_like_code(words[begin]) else None


def _label(text: str, names: UnitNames) -> Label:
    field = field_of(text)
    if field is not None:
        return Label(field, frozenset())
    units = units_of(text, names) if text else frozenset[UnitKey]()
    return Label(None, units) if units else _NO_LABEL


def _texts(row: Iterable[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) and len(cell) <= HEADING_LENGTH else "" for cell in row]


def _two_storeys(upper: list[str], lower: list[str], *, labels: Labels) -> list[str]:
    return [
        below if below or labels[above] == _NO_LABEL else above
        for above, below in zip(upper, lower, strict=True)
    ]


def _worth(texts: list[str], labels: Labels) -> tuple[int, int]:
    fields = {labels[text].field for text in texts} - {None}
    units = sum(bool(labels[text].units) for text in texts)
    kinds = (not fields.isdisjoint(_LEARNER), units > 0, Field.PASSED_ON in fields)
    return sum(kinds), len(fields) + units


def _columns(texts: list[str], labels: Labels, *, heading_row: int) -> Columns:
    fields, repeated = _fields(texts, labels)
    named: dict[UnitKey, int] = {}
    foreign, ambiguous, doubled = [], [], []
    for index, text in enumerate(texts):
        label = labels[text]
        if len(label.units) > 1:
            ambiguous.append(OddColumn(index, text))
        elif label.units:
            (unit,) = label.units
            if named.setdefault(unit, index) != index:
                doubled.append(OddColumn(index, text, named[unit]))
        elif label.field is None and (code := _foreign_code(text)):
            foreign.append(OddColumn(index, text, code=code))
    dropped = {column.first for column in doubled}
    return Columns(
        heading_row=heading_row,
        fields=fields,
        units=tuple((unit, index) for unit, index in named.items() if index not in dropped),
        foreign=tuple(foreign),
        ambiguous=tuple(ambiguous),
        doubled=tuple(doubled),
        repeated=repeated,
    )


def _fields(texts: list[str], labels: Labels) -> tuple[dict[Field, int], tuple[OddColumn, ...]]:
    fields: dict[Field, int] = {}
    repeated = []
    for index, text in enumerate(texts):
        field = labels[text].field
        if field is Field.NAME and Field.GIVEN_NAME in fields:
            # One word for "name and family name" and for "family name": the column before tells.
            field = Field.FAMILY_NAME
        if field is None:
            continue
        if fields.setdefault(field, index) != index and field not in _MAY_REPEAT:
            repeated.append(OddColumn(index, text, fields[field]))
    return fields, tuple(repeated)
