"""Read a standard of any known kind: what it is, its content says and never its name.

Known are the edition format of this package, pages saved from TPQI, tables of units, and CASE
packages.
"""

import re

from standards.case_exchange import read_case
from standards.case_notes import Note
from standards.errors import UnreadableFile
from standards.json_cursor import SIZE_LIMIT
from standards.model import OwnerCode
from standards.quarantine import TPQI, Reading, whole_reading
from standards.reading_json import FORMAT, read_edition
from standards.reading_page import read_page
from standards.reading_table import read_table

VALUE_LIMIT = 1_000_000
"""Most commas of a JSON file. TPQI's 11,163 units with all elements and criteria would have about
700,000; each value is an object in memory, and a file of commas alone would take gigabytes."""
QUOTE_LIMIT = 6 * VALUE_LIMIT
"""Most quotation marks of a JSON file."""
DEPTH_LIMIT = 100
"""Deepest nesting of a JSON file; an edition is 7 deep."""
TEXT_LIMIT = 1_000_000
"""Most bytes of one string of a JSON file."""
WIDE_LIMIT = 12 * 1024 * 1024
"""Most bytes of a JSON file with characters of four bytes, which widen all of its text."""

_JSON_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CASE_NAMES = ("CFDocument", "CFItems", "CFAssociations", "CFPackage", "document", "items")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_MAY_BE_TABLE = frozenset({"not-a-page", "file-too-large", "too-many-lines", "line-too-long"})
_NO_TABLE = frozenset({"no-unit-columns", "not-a-table", "damaged-file", "file-too-large"})
_WIDE = re.compile(rb"[\xf0-\xf4]")


def read_standard(data: bytes, *, name: str, owner: OwnerCode = TPQI) -> Reading:
    """Return what ``data`` says; ``name`` only names the file, ``owner`` whose pages they are.

    An edition states its own owner. Files over 50 MB are not looked at; pages and tables have
    narrower limits of their own.

    Raises:
        UnreadableFile: codes of the reader of that kind; ``file-too-large``, ``empty-file``,
            ``unknown-kind``, ``too-many-values``, ``nested-too-deep``,
            ``line-too-long``.
        FaultInFile: codes of ``reading_json.read_edition``.

    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableFile("file-too-large", file=name, limit=SIZE_LIMIT)
    if not data.strip():
        raise UnreadableFile("empty-file", file=name)
    if _JSON_BEGINS.match(data):
        return _read_json(data, name=name, owner=owner)
    if data.startswith(_WORKBOOKS):
        return read_table(data, name=name, owner=owner)
    return _read_text(data, name=name, owner=owner)


def _read_json(data: bytes, *, name: str, owner: OwnerCode) -> Reading:
    _check_json(data, name=name)
    # Bytes tell the kind without building the values: a standard is read once.
    if FORMAT.encode() in data:
        return whole_reading(read_edition(data, name=name))
    if b'"content_markdown"' in data or b'"content_text"' in data:
        return read_page(data, name=name, owner=owner)
    if _is_case(data):
        return whole_reading(read_case(data, name=name).edition)
    raise UnreadableFile("unknown-kind", file=name)


def remarks(data: bytes, *, name: str) -> tuple[Note, ...]:
    """Return what of a CASE package did not go into its edition; other kinds have no remarks.

    Raises:
        UnreadableFile, FaultInFile: codes of ``read_standard``.

    """
    if not _JSON_BEGINS.match(data) or not _is_case(data):
        return ()
    _check_json(data, name=name)
    return read_case(data, name=name).notes


def _is_case(data: bytes) -> bool:
    ours = FORMAT.encode() in data or b'"content_markdown"' in data or b'"content_text"' in data
    return not ours and any(f'"{word}"'.encode() in data for word in _CASE_NAMES)


def _check_json(data: bytes, *, name: str) -> None:
    """Refuse JSON that would take more memory or a deeper stack than any standard needs."""
    many = data.count(b",") > VALUE_LIMIT or data.count(b'"') > QUOTE_LIMIT
    if many or (len(data) > WIDE_LIMIT and _WIDE.search(data)):
        raise UnreadableFile("too-many-values", file=name, limit=VALUE_LIMIT)
    depth, end = 0, 0
    for match in _STRINGS.finditer(data):
        if match.end() - match.start() > TEXT_LIMIT:
            raise UnreadableFile("line-too-long", file=name, place="JSON", limit=TEXT_LIMIT)
        depth = _deeper(data[end : match.start()], depth, name=name)
        end = match.end()
    _deeper(data[end:], depth, name=name)


def _deeper(between: bytes, depth: int, *, name: str) -> int:
    for bracket in _BRACKET.finditer(between):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > DEPTH_LIMIT:
            raise UnreadableFile("nested-too-deep", file=name)
    return depth


def _read_text(data: bytes, *, name: str, owner: OwnerCode) -> Reading:
    """Read a page, or else a table: a page has numbered labels, and a table its headings.

    A table may be longer than any page; where it is no table, the page's own refusal stands.
    """
    try:
        return read_page(data, name=name, owner=owner)
    except UnreadableFile as error:
        if error.code not in _MAY_BE_TABLE:
            raise
        as_page = error
    try:
        return read_table(data, name=name, owner=owner)
    except UnreadableFile as error:
        if error.code not in _NO_TABLE:
            raise
        if as_page.code == "not-a-page":
            raise UnreadableFile("unknown-kind", file=name) from error
        raise as_page from error
