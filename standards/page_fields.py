"""Sections 1 to 9 of a unit page: codes, title, revision, occupation, level, sector."""

import re
from collections.abc import Iterator

from standards.codes import CodeFormat, format_of, looks_like_code, normalise_code
from standards.model import LevelScale
from standards.noting import Notes
from standards.page_labels import (
    HEADING_BEFORE_TITLE,
    HEADINGS,
    INDUSTRY,
    JOINERS,
    NEW_LEVEL,
    NOTHING,
    OLD_LEVEL,
)
from standards.page_sections import Section, UnitPage
from standards.page_text import Line
from standards.parts import Field, revision_is_clear
from standards.thai_text import digits, forgiving_key, tidy
from standards.word_html import has_residue, without_residue

_CODE_LIKE = re.compile(r"[A-Z0-9.\-]*[0-9][A-Z0-9.\-]*")
_SHORT_LOCAL = re.compile(r"[0-9]{4}")
"""Local codes of four digits, seen in two standards."""
_ISCO = re.compile(r"(?<![0-9.])([0-9]{4})(?![0-9])")
_OLD_ISCO = re.compile(r"ISCO\s*-?\s*88")
_LEADERS = re.compile(r"[.\u2026_]{3,}")


def is_nothing(text: str) -> bool:
    """Say whether an answer says that there is none: blank, a dash, N/A or the like."""
    return tidy(text).strip(" |") in NOTHING


def answer_lines(section: Section) -> Iterator[Line]:
    """Yield the lines of a section without the bars of tables at their ends; blank ones go."""
    for line in section.lines:
        text = line.text.strip().strip("|").strip()
        if tidy(text):
            yield Line(number=line.number, text=text)


def whole_answer(section: Section | None) -> str:
    """Return the lines of a section as one text."""
    return "" if section is None else "\n".join(line.text for line in answer_lines(section))


def note_codes(section: Section, notes: Notes) -> None:
    """Note every code of section 1; several codes on a page are names of one unit.

    Held back: codes in no known form, respelt codes, and all of them when there are several.
    """
    note_code_text(whole_answer(section), section.line, notes)


def note_code_text(raw: str, line: int | str, notes: Notes) -> None:
    """Note every code in ``raw``, see ``note_codes``."""
    words = [word for word in re.split(r"[\s,|/]+", without_residue(raw)) if word]
    codes = {normalise_code(w): w for w in words if _CODE_LIKE.fullmatch(normalise_code(w))}
    left = [w for w in words if w not in codes.values() and w not in JOINERS]
    if left and not is_nothing(raw):
        notes.remark("code-with-text", line, raw, text=" ".join(left))
    several = (
        [notes.doubt("several-codes", line, raw, cleaned=" ".join(codes))] if len(codes) > 1 else []
    )
    for code, printed in codes.items():
        held = several[:]
        certificate = format_of(code) is not CodeFormat.MALFORMED
        known = certificate or looks_like_code(code) or _SHORT_LOCAL.fullmatch(code)
        if not known:
            held.append(notes.doubt("code-malformed", line, printed, cleaned=code))
        elif printed != code:
            held.append(notes.doubt("code-respelt", line, printed, cleaned=code))
        local = not certificate and "--" not in code and code.count("-") < 2  # noqa: PLR2004  (a local code has one hyphen at most)
        notes.part(Field.LOCAL_CODE if local else Field.CODE, code, *held, line=line)


def note_title(page: UnitPage, section: Section, notes: Notes) -> None:
    """Note the title; a heading that says something else is a remark."""
    title = notes.text(Field.TITLE, whole_answer(section), section.line)
    for line in page.head:
        heading = tidy(without_residue(line.text)).strip(" #*|")
        if heading.startswith(HEADING_BEFORE_TITLE):
            heading = heading.removeprefix(HEADING_BEFORE_TITLE).strip(" :")
        if heading in HEADINGS or not heading or heading.startswith(INDUSTRY):
            continue
        if forgiving_key(heading) != forgiving_key(title):
            notes.remark("heading-differs-from-title", line.number, line.text, title=title)


def note_industry(page: UnitPage, notes: Notes) -> str:
    """Note the industry from the head of the page, and return it."""
    for line in page.head:
        if tidy(line.text).startswith(INDUSTRY):
            return notes.text(Field.INDUSTRY, line.text, line.number)
    return ""


def note_revision(section: Section, notes: Notes) -> None:
    """Note the revision as printed; leader dots of a form mean that nobody filled it in."""
    raw = _LEADERS.sub("", whole_answer(section)).strip()
    if not raw:
        return
    held = []
    if not revision_is_clear(raw):
        held.append(notes.doubt("revision-unclear", section.line, raw, cleaned=tidy(raw)))
    notes.part(Field.REVISION, tidy(raw), *held, line=section.line)


def note_occupations(section: Section, notes: Notes) -> None:
    """Note occupations and ISCO codes of section 5, and the ISCO codes of section 9.

    A line with an ISCO code names what ISCO calls it, not the occupation of the standard.
    """
    seen: set[str] = set()
    for raw, line in _entries(section):
        text = tidy(without_residue(raw))
        found = _ISCO.findall(digits(text))
        for code in found:
            if code in seen:
                notes.remark("isco-repeated", line, raw, isco=code)
            else:
                notes.part(Field.ISCO, code, line=line)
            seen.add(code)
        if found and _OLD_ISCO.search(text):
            notes.part(Field.KEPT, f"isco-edition: ISCO-88 {' '.join(found)}", line=line)
        if found or is_nothing(text):
            _note_odd_text(raw, line, notes)
        elif section.number == _OCCUPATION_SECTION:
            notes.text(Field.OCCUPATION, raw, line)


_OCCUPATION_SECTION = 5


def _entries(section: Section) -> Iterator[tuple[str, int]]:
    """Yield the answer in entries: residue that runs over lines stays in one piece."""
    lines = list(answer_lines(section))
    if lines and has_residue("\n".join(line.text for line in lines)):
        yield "\n".join(line.text for line in lines), lines[0].number
        return
    for line in lines:
        yield line.text, line.number


def _note_odd_text(raw: str, line: int, notes: Notes) -> None:
    """Remark on text that is kept beside the model but is damaged."""
    scratch = Notes(notes.subject, notes.at)
    scratch.text(Field.KEPT, raw, line)
    notes.doubts += scratch.doubts


def note_sector(section: Section, industry: str, notes: Notes) -> None:
    """Note the sector; held back where it repeats the industry."""
    raw = whole_answer(section)
    cleaned = tidy(without_residue(raw))
    if raw and not cleaned:
        notes.remark("word-html-removed", section.line, raw)
        notes.remark("sector-empty-after-cleaning", section.line, raw)
    if is_nothing(cleaned):
        return
    held = []
    if industry and forgiving_key(cleaned) == forgiving_key(industry):
        held.append(notes.doubt("sector-equals-industry", section.line, raw, cleaned=cleaned))
    notes.text(Field.SECTOR, raw, section.line, *held)


def stated_scale(text: str, level: str) -> LevelScale | None:
    """Return the scale that the words before ``level`` give it: ชั้น of seven, ระดับ of eight."""
    plain = digits(tidy(text))
    old = re.search(rf"{OLD_LEVEL} ?{level}(?![0-9])", plain)
    new = re.search(rf"{NEW_LEVEL} ?{level}(?![0-9])", plain)
    if bool(old) == bool(new):
        return None
    return LevelScale.SEVEN if old else LevelScale.EIGHT
