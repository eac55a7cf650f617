"""What the cells of one column say about one unit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standards.model import LevelScale
from standards.noting import Notes
from standards.page_fields import is_nothing, note_code_text, stated_scale
from standards.parts import Field, revision_is_clear
from standards.printed_text import printed
from standards.table_headings import Column
from standards.thai_text import digits, tidy

_SEPARATOR = re.compile(r"[;,|\n]")
_ISCO = re.compile(r"[0-9]{1,4}")
_LEVEL = re.compile(r"[1-8]")


@dataclass(frozen=True, slots=True)
class Given:
    """The text of one cell."""

    text: str
    place: str
    is_date: bool
    """The spreadsheet holds a date: what was typed there is lost."""


_PLAIN: Mapping[Column, Field] = {
    Column.TITLE: Field.TITLE,
    Column.TITLE_EN: Field.TITLE_EN,
    Column.INDUSTRY: Field.INDUSTRY,
    Column.SECTOR: Field.SECTOR,
    Column.OCCUPATION: Field.OCCUPATION,
    Column.SOURCE: Field.SOURCE,
    Column.REVISION: Field.REVISION,
}


def note_column(
    column: Column, given: Sequence[Given], notes: Notes, *, scale: LevelScale | None
) -> None:
    """Note what ``given``, the distinct cells of one column, says about the unit of ``notes``.

    Doubts: ``cell-is-date``, ``cells-differ`` (columns that have one answer), those of codes, and
    ``level-scale-unknown``, ``level-unclear``, ``isco-unclear``, ``revision-unclear``.
    """
    if column in _PLAIN:
        _note_plain(_PLAIN[column], given, notes)
        return
    for each in given:
        if each.is_date:
            notes.remark("cell-is-date", each.place, each.text)
        elif column in {Column.CODE, Column.LOCAL_CODE}:
            note_code_text(each.text, each.place, notes)
        elif column is Column.DESCRIPTION:
            notes.keep(f"6: {each.text}")
        else:
            for piece in _SEPARATOR.split(each.text):
                _note_piece(column, Given(piece, each.place, is_date=False), notes, scale)


def _note_plain(field: Field, given: Sequence[Given], notes: Notes) -> None:
    first, held = given[0], []
    every = " | ".join(each.text for each in given)
    if len(given) > 1:
        held.append(notes.doubt("cells-differ", given[1].place, every, cleaned=printed(first.text)))
    if first.is_date:
        held.append(notes.doubt("cell-is-date", first.place, first.text))
        notes.part(field, "", *held)
        return
    if field is Field.REVISION and not revision_is_clear(first.text):
        cleaned = printed(first.text)
        held.append(notes.doubt("revision-unclear", first.place, first.text, cleaned=cleaned))
    if field is Field.REVISION or not is_nothing(first.text):
        notes.text(field, first.text, first.place, *held)


def _note_piece(column: Column, given: Given, notes: Notes, scale: LevelScale | None) -> None:
    text = digits(tidy(given.text))
    if is_nothing(text):
        return
    match column:
        case Column.LEVEL:
            _note_level(text, given, notes, scale)
        case Column.ISCO if _ISCO.fullmatch(text):
            notes.part(Field.ISCO, text, line=given.place)
        case Column.ISCO:
            held = notes.doubt("isco-unclear", given.place, given.text, cleaned=text)
            notes.part(Field.ISCO, text, held, line=given.place)
        case _:
            notes.text(Field.TARGET_GROUP, given.text, given.place)


def _note_level(text: str, given: Given, notes: Notes, scale: LevelScale | None) -> None:
    found = _LEVEL.findall(text)
    if len(found) != 1:
        held = notes.doubt("level-unclear", given.place, given.text)
        notes.part(Field.LEVEL, "", held)
        return
    # A word in the cell says more than the heading: a column of levels may hold both scales.
    said = stated_scale(text, found[0]) or (scale if text == found[0] else None)
    if said is None or (said is LevelScale.SEVEN and found[0] == "8"):
        held = notes.doubt("level-scale-unknown", given.place, given.text, level=found[0])
        notes.part(Field.LEVEL, "", held)
        return
    notes.part(Field.LEVEL, f"{found[0]} {said.value}", line=given.place)
