"""An issuer's own marks, read from a folder: what cannot be used is refused before anything else.

The folder may hold ``emblem.png``; ``signatories.toml`` with one or two tables ``[[signatory]]`` of
the texts ``name_th``, ``name_en``, ``office_th`` and ``office_en``; and ``signature-1.png`` and
``signature-2.png``, drawn by the first and the second of them. Any other name is refused, so that
a slip in a name is not a mark that silently stays away. Names that begin with a dot are passed
over.
"""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any, Final

from certificates.document.issuer_marks import NO_MARKS, IssuerMarks, Raster, Signatory
from certificates.document.marks_on_page import signature_block
from certificates.document.png_reading import MOST_BYTES, read_png
from certificates.document.raster import raster_of, shows_nothing
from certificates.errors import MarkUnusable

EMBLEM_FILE: Final = "emblem.png"
SIGNATORIES_FILE: Final = "signatories.toml"
SIGNATURE_FILES: Final = ("signature-1.png", "signature-2.png")
_KNOWN: Final = (EMBLEM_FILE, SIGNATORIES_FILE, *SIGNATURE_FILES)
MOST_PICTURES: Final = 8_000
"""Bytes that all pictures together may take of a file: a unit letter of one page has that many left
of 75 kB."""
_MOST_LIST: Final = 8 * 1024
_TABLE: Final = "signatory"
_TEXTS: Final = ("name_th", "name_en", "office_th", "office_en")


def read_issuer_folder(folder: Path) -> IssuerMarks:
    """Return the marks in ``folder``; none where there is no such folder.

    Raises ``MarkUnusable`` with the file and a code that ``issuing_sentences`` explains, and
    ``CannotSet`` for a text that has no room on the page or no glyph.
    """
    files = _files(folder)
    if not files:
        return NO_MARKS
    signatories = _signatories(files.get(SIGNATORIES_FILE))
    for name in SIGNATURE_FILES[len(signatories) :]:
        if name in files:
            raise MarkUnusable("signature-of-nobody", file=name)
    pictures = _pictures(files)
    signed = tuple(
        Signatory(**texts, signature=pictures.get(name))
        for texts, name in zip(signatories, SIGNATURE_FILES, strict=False)
    )
    signature_block(signed)  # sets every text, or refuses it
    return IssuerMarks(pictures.get(EMBLEM_FILE), signed)


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files of the folder, none of them longer than it may be and one byte."""
    try:
        names = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise MarkUnusable("marks-unreadable", file=folder.name) from error
    for name in names:
        if name not in _KNOWN:
            raise MarkUnusable("marks-unknown-file", file=name, known=", ".join(_KNOWN))
    return {name: _content(folder, name) for name in names}


def _content(folder: Path, name: str) -> bytes:
    try:
        # Opened so that a pipe in the place of a file does not wait for somebody to write.
        handle = os.open(folder / name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise MarkUnusable("marks-unreadable", file=name)
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MarkUnusable("marks-unreadable", file=name) from error


def _pictures(files: dict[str, bytes]) -> dict[str, Raster]:
    """Return the pictures that are there, as long as they fit together."""
    found: dict[str, Raster] = {}
    left = MOST_PICTURES
    for name in (EMBLEM_FILE, *SIGNATURE_FILES):
        if name in files:
            found[name] = _picture(files[name], name, left)
            left -= found[name].size
    return found


def _picture(data: bytes, name: str, left: int) -> Raster:
    picture = read_png(data, file=name)
    if shows_nothing(picture):
        raise MarkUnusable("picture-blank", file=name)
    made = raster_of(picture)
    if made.size > left:
        sizes = {"needed": made.size, "left": left, "limit": MOST_PICTURES}
        said = {key: f"{size / 1_000:.1f}" for key, size in sizes.items()}
        raise MarkUnusable("picture-heavy", file=name, **said)
    return made


def _signatories(data: bytes | None) -> list[dict[str, str]]:
    """Return the texts of each signatory; none where there is no list."""
    if data is None:
        return []
    if len(data) > _MOST_LIST:
        raise _ill_formed(f"> {_MOST_LIST} B")
    try:
        read = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _ill_formed(str(error)) from error
    tables = read.get(_TABLE)
    if set(read) != {_TABLE} or not isinstance(tables, list):
        raise _ill_formed(f"[[{_TABLE}]]")
    if not 1 <= len(tables) <= len(SIGNATURE_FILES):
        raise MarkUnusable("signatories-many", file=SIGNATORIES_FILE, count=len(tables))
    return [_texts(number, table) for number, table in enumerate(tables, start=1)]


def _texts(number: int, table: Any) -> dict[str, str]:  # noqa: ANN401 - whatever the file says
    if not isinstance(table, dict):
        raise _ill_formed(f"[[{_TABLE}]] {number}")
    for name in sorted({*_TEXTS, *table}):
        if name not in _TEXTS or not isinstance(table.get(name), str):
            raise _ill_formed(f"[[{_TABLE}]] {number}: {name}")
    return {name: table[name] for name in _TEXTS}


def _ill_formed(place: str) -> MarkUnusable:
    return MarkUnusable("signatories-form", file=SIGNATORIES_FILE, place=place)
