"""Read a saved page of one qualification: its title, level, units and certifying bodies.

The page is text or Markdown, or a JSON object that holds such a text in ``content_markdown`` or
``content_text`` beside ``url`` and ``units``. Places are lines of the text.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from standards.codes import CodeFormat, format_of, normalise_code
from standards.errors import UnreadableFile
from standards.model import LevelScale, OwnerCode
from standards.noting import Notes, key_of
from standards.page_labels import (
    INDUSTRY,
    NEW_LEVEL,
    OCCUPATION,
    OLD_LEVEL,
    OUTCOMES,
    PATHWAYS,
    PIECES_OF_TITLE,
    QUALIFICATION_BODIES,
    QUALIFICATION_DETAILS,
    QUALIFICATION_TITLE,
    QUALIFICATION_UNITS,
    STATED_COUNT,
    WHOLE_LIST,
)
from standards.page_text import SIZE_LIMIT, Line, as_lines
from standards.parts import Field
from standards.printed_text import printed
from standards.quarantine import Reading, reading_of
from standards.thai_text import digits, tidy

_UNIT = re.compile(
    r"\[?(?P<code>[A-Za-z0-9\-][A-Za-z0-9.\-]*)\]?"
    r"(?:\((?P<url>https?://[^\s()]+)\))?\s*[\u2014\u2013:|-]\s*(?P<title>\S.*)"
)
_PAGE_ID = re.compile(r"/(?P<id>[0-9]+)/?(?:[?#].*)?$")
_LEVEL = re.compile(rf"(?P<word>{OLD_LEVEL}|{NEW_LEVEL}) ?(?P<level>[1-8])(?![0-9])")
_COUNT = re.compile(re.escape(STATED_COUNT).replace(re.escape("{count}"), "([0-9]{1,3})"))
_HEADINGS = (
    OUTCOMES,
    PATHWAYS,
    QUALIFICATION_BODIES,
    f"{QUALIFICATION_UNITS} (",
    f"{QUALIFICATION_DETAILS}",
)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A qualification page as it was saved."""

    lines: tuple[Line, ...]
    url: str | None = None
    codes: tuple[str, ...] | None = None
    """Codes of the units as the file lists them beside the text; None where it does not."""


def page_in_json(data: bytes, *, name: str) -> SavedPage | None:
    """Return the page that a JSON file holds, or None where the JSON holds no page.

    Raises:
        UnreadableFile: ``file-too-large``, ``not-json``, ``line-too-long``, ``too-many-lines``.

    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableFile("file-too-large", file=name, limit=SIZE_LIMIT)
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("not-json", file=name) from error
    text = _text(value, "content_markdown") or _text(value, "content_text")
    if text is None:
        return None
    listed = value.get("units")
    codes = None
    if isinstance(listed, list):
        codes = tuple(code for each in listed if (code := _text(each, "code")) is not None)
    lines = as_lines(list(enumerate(text.split("\n"), start=1)), name=name)
    return SavedPage(lines=lines, url=_text(value, "url"), codes=codes)


def _text(value: object, name: str) -> str | None:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def is_qualification_page(lines: Sequence[Line]) -> bool:
    """Say whether these lines are a page of one qualification."""
    return any(_plain(line.text).startswith(f"{QUALIFICATION_TITLE}:") for line in lines)


def read_qualification_page(page: SavedPage, *, name: str, owner: OwnerCode) -> Reading:
    """Return the qualification and its units; the units have no elements.

    The composition counts as known only where the page says that its list is the whole one, or
    how many units there are, and nothing speaks against it.

    Raises:
        UnreadableFile: ``not-a-page``: no title is found.

    """
    sections = _sections(page.lines)
    title = next(iter(sections.get(QUALIFICATION_TITLE, ())), None)
    if title is None:
        raise UnreadableFile("not-a-page", file=name)
    text = tidy(title.text)
    notes = Notes(key_of(owner, page.url or "", text))
    notes.text(Field.TITLE, title.text, title.number)
    _note_names(text, title.number, notes)
    _note_level(text, title, page, notes)
    if page.url:
        notes.part(Field.SOURCE, page.url)
        if match := _PAGE_ID.search(page.url):
            notes.part(Field.PAGE_ID, match["id"])
    for line in sections.get(QUALIFICATION_BODIES, ()):
        notes.text(Field.BODY, line.text, line.number)
    for heading in (OUTCOMES, PATHWAYS):
        for line in sections.get(heading, ()):
            notes.keep(f"{heading}: {line.text}")
    units = [_note_unit(line, notes, owner) for line in sections.get(QUALIFICATION_UNITS, ())]
    _note_composition(page, units, notes)
    parts = [*notes.parts, *(part for unit in units for part in unit.parts)]
    doubts = [*notes.doubts, *(doubt for unit in units for doubt in unit.doubts)]
    return reading_of(parts, doubts, owner=owner)


def _plain(text: str) -> str:
    return tidy(text).lstrip("#-*\u2022 ")


def _bare(text: str) -> str:
    """Return the line as printed, without the marks of Markdown before it."""
    return printed(text).lstrip("#-*\u2022 ")


def _sections(lines: Sequence[Line]) -> Mapping[str, list[Line]]:
    """Return the lines of each section under its heading; the title is a section of its own."""
    sections: dict[str, list[Line]] = {}
    current = ""
    for line, text in ((line, _plain(line.text)) for line in lines):
        heading = next((each for each in _HEADINGS if text.startswith(each)), None)
        if text.startswith(f"{QUALIFICATION_TITLE}:") and QUALIFICATION_TITLE not in sections:
            stated = _bare(line.text).removeprefix(f"{QUALIFICATION_TITLE}:").strip()
            sections[QUALIFICATION_TITLE] = [Line(line.number, stated)] if stated else []
        elif heading is not None:
            current = heading.removesuffix(" (")
            sections.setdefault(current, [])
        elif text:
            sections.setdefault(current, []).append(Line(line.number, _bare(line.text)))
    return sections


def _note_names(title: str, line: int, notes: Notes) -> None:
    for piece in re.split(rf" (?={'|'.join(PIECES_OF_TITLE)})", title):
        if piece.startswith(INDUSTRY):
            notes.text(Field.INDUSTRY, piece, line)
        elif piece.startswith(OCCUPATION):
            notes.text(Field.OCCUPATION, piece.removeprefix(OCCUPATION), line)


def _note_level(title: str, line: Line, page: SavedPage, notes: Notes) -> None:
    """Note the level of the title; held back where the page also speaks of the other scale."""
    found = list(_LEVEL.finditer(digits(title)))
    if not found:
        return
    word, level = found[-1]["word"], found[-1]["level"]
    scale = LevelScale.SEVEN if word == OLD_LEVEL else LevelScale.EIGHT
    text = f"{level} {scale.value}"
    words = {match["word"] for each in page.lines for match in _LEVEL.finditer(digits(each.text))}
    held = []
    if len(words) > 1:
        held.append(notes.doubt("level-scale-mixed", line.number, line.text, cleaned=text))
    notes.part(Field.LEVEL, text, *held, line=line.number)


def _note_unit(line: Line, notes: Notes, owner: OwnerCode) -> Notes:
    """Note one unit of the list; a line that is none waits as a whole."""
    match = _UNIT.fullmatch(line.text)
    if match is None:
        notes.part(Field.MEMBER, "", notes.doubt("unit-line-unclear", line.number, line.text))
        return Notes("")
    code, title = normalise_code(match["code"]), tidy(match["title"])
    unit = Notes(key_of(owner, code, title))
    held_codes = []
    if format_of(code) is CodeFormat.MALFORMED:
        held_codes.append(unit.doubt("code-malformed", line.number, match["code"], cleaned=code))
    unit.part(Field.CODE, code, *held_codes, line=line.number)
    unit.text(Field.TITLE, match["title"], line.number)
    if url := match["url"]:
        unit.part(Field.SOURCE, url, line=line.number)
        if page_id := _PAGE_ID.search(url):
            unit.part(Field.PAGE_ID, page_id["id"], line=line.number)
    held = [doubt.id for doubt in unit.doubts if doubt.code != "code-malformed"]
    notes.part(Field.MEMBER, unit.subject, *held, line=line.number)
    return unit


def _note_composition(page: SavedPage, units: Sequence[Notes], notes: Notes) -> None:
    text = "\n".join(_plain(line.text) for line in page.lines)
    codes = [part.text for unit in units for part in unit.parts if part.field is Field.CODE]
    held = _composition_doubts(page, codes, text, notes)
    notes.part(Field.COMPLETE, "yes" if units else "", *held)


def _composition_doubts(
    page: SavedPage, codes: Sequence[str], text: str, notes: Notes
) -> Iterator[str]:
    counts = {int(count) for count in _COUNT.findall(digits(text))}
    listed = " ".join(codes)
    if counts and counts != {len(codes)}:
        stated = ", ".join(map(str, sorted(counts)))
        yield notes.doubt(
            "unit-count-differs", 1, listed, cleaned="yes", stated=stated, found=str(len(codes))
        )
    if page.codes is not None and sorted(page.codes) != sorted(codes):
        yield notes.doubt("unit-list-differs", 1, " ".join(page.codes), cleaned="yes", found=listed)
    if not codes or (not counts and WHOLE_LIST not in text):
        yield notes.doubt("composition-not-stated", 1, listed, cleaned="yes" if codes else "")
    elif QUALIFICATION_BODIES not in text and not counts:
        yield notes.doubt("page-ends-in-units", 1, listed, cleaned="yes")
