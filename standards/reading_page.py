"""Read saved pages of TPQI, of units and of qualifications, as text, Word HTML or JSON.

Places in doubts are ``§5:20``: section 5, line 20 of the file; ``§0`` is what stands before
section 1, and on the page of a qualification places are lines of its text. Sections that the model
has no field for are kept as parts ``kept``.
"""

from dataclasses import replace

from standards.errors import UnreadableFile
from standards.model import OwnerCode
from standards.noting import Notes, key_of
from standards.page_elements import note_elements
from standards.page_fields import (
    note_codes,
    note_industry,
    note_occupations,
    note_revision,
    note_sector,
    note_title,
    whole_answer,
)
from standards.page_level import note_level
from standards.page_sections import Section, UnitPage, cut_pages
from standards.page_text import read_text
from standards.qualification_page import (
    SavedPage,
    is_qualification_page,
    page_in_json,
    read_qualification_page,
)
from standards.quarantine import TPQI, Reading, joined, reading_of
from standards.thai_text import tidy
from standards.word_html import without_residue

_HEAD_ENDS = 8
"""A page that has not even the first eight sections was cut."""
_ELEMENTS = 11


def read_page(data: bytes, *, name: str, owner: OwnerCode = TPQI) -> Reading:
    """Return what the unit pages or the qualification page in ``data`` say.

    ``name`` only names the file in errors. The keys of units are made of what the page prints as
    code and title; the same page gives the same keys, and an identity step gives lasting ones.
    Holds: a page that is cut anywhere gives no element, sector or title that the whole page does
    not give.

    Raises:
        UnreadableFile: codes of ``page_text.read_text``; ``not-json``; ``not-a-page``.

    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        saved = page_in_json(data, name=name)
        if saved is None:
            raise UnreadableFile("not-a-page", file=name)
        return read_qualification_page(saved, name=name, owner=owner)
    text = read_text(data, name=name)
    if is_qualification_page(text.lines):
        return read_qualification_page(SavedPage(text.lines), name=name, owner=owner)
    pages = cut_pages(text.lines)
    readings = [_read_unit(page, owner) for page in pages if page.section(1) or page.section(2)]
    if not readings:
        raise UnreadableFile("not-a-page", file=name)
    return readings[0] if len(readings) == 1 else joined(readings, owner=owner)


def _read_unit(page: UnitPage, owner: OwnerCode) -> Reading:
    notes = Notes(key_of(owner, *(tidy(whole_answer(page.section(n))) for n in (1, 2))))
    for fault in page.faults:
        notes.at = f"§{fault.section}"
        notes.remark(fault.code, fault.line, fault.raw)
    notes.at = "§0"
    _keep(0, "\n".join(line.text for line in page.head).strip(), notes)
    industry = note_industry(page, notes)
    for section in page.sections:
        notes.at = f"§{section.number}"
        before = len(notes.parts)
        _note_section(page, section, notes, industry=industry)
        _hold(page, section, notes, before)
        _keep(section.number, whole_answer(section), notes)
    return reading_of(notes.parts, notes.doubts, owner=owner)


def _note_section(page: UnitPage, section: Section, notes: Notes, *, industry: str) -> None:
    match section.number:
        case 1:
            note_codes(section, notes)
        case 2:
            note_title(page, section, notes)
        case 3:
            note_revision(section, notes)
        case 5 | 9:
            note_occupations(section, notes)
        case 7:
            note_level(section, notes, elsewhere=whole_answer(page.section(5)))
        case 8:
            note_sector(section, industry, notes)
        case 11:
            note_elements(section, notes, last=page.sections[-1] is section)


def _hold(page: UnitPage, section: Section, notes: Notes, before: int) -> None:
    """Hold back the parts of a section whose text may lack its end or hold another's."""
    codes = ["section-torn"] if section.torn else []
    if page.sections[-1] is section and section.number < _HEAD_ENDS:
        codes.append("page-ends-early")
    elif page.sections[-1] is section and section.number < _ELEMENTS:
        codes += ["page-ends-in-section"] if notes.parts[before:] else []
    for code in codes:
        cleaned = tidy(without_residue(section.raw))
        held = notes.doubt(code, section.line, section.raw, cleaned=cleaned)
        for index in range(before, len(notes.parts)):
            part = notes.parts[index]
            notes.parts[index] = replace(part, doubts=(*part.doubts, held))


def _keep(number: int, text: str, notes: Notes) -> None:
    """Keep the text of a section as printed, also where the model has no field for it."""
    if text and number != _ELEMENTS:
        notes.keep(f"{number}: {text}")
