"""The bytes of a saved page as lines of text.

Pages of TPQI were saved as text or from Word as HTML, in UTF-8, UTF-16 or cp874 (TIS-620 with the
additions of Windows). Lines keep the number of the line in the file where they began, and their
text as it stands there; nothing is cleaned here but the markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from standards.errors import UnreadableFile
from standards.word_html import is_html, lines_of_html

SIZE_LIMIT = 4 * 1024 * 1024
"""Most bytes of a page; a unit saved from Word with all its styles has under 100 kB."""
LINE_LIMIT = 20_000
"""Most characters of one line of text."""
LINE_COUNT_LIMIT = 100_000

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF16_SHARE = 8
"""One byte in so many at least is 00 or 0E (Thai) on the high side of UTF-16."""
_HIGH_BYTES = (0x00, 0x0E)
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"{\\rtf")
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CP874 = tuple(bytes([byte]).decode("cp874", "ignore") or chr(byte) for byte in range(256))
_CONTROLS_ALLOWED = frozenset("\t\n\r\f\x0b\x85\x1a")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    number: int
    """Of the line in the file, counted from 1."""
    text: str
    """Without line end. A cell border of a table is a line that holds one blank."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as lines."""

    lines: tuple[Line, ...]
    encoding: str
    """``utf-8``, ``utf-16-le``, ``utf-16-be`` or ``cp874``."""
    from_html: bool


def read_text(data: bytes, *, name: str) -> PageText:
    """Return the lines of a saved page; ``name`` only names the file in errors.

    Bytes that cp874 does not know become the letters of Latin-1 with these numbers: Word writes
    ticks in the font Wingdings, whose letters are such bytes.

    Raises:
        UnreadableFile: ``empty-file``, ``file-too-large``, ``not-a-page``, ``unknown-encoding``,
            ``line-too-long``, ``too-many-lines``.

    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableFile("file-too-large", file=name, limit=SIZE_LIMIT)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableFile("empty-file", file=name)
    if data.startswith(_OTHER_KINDS + _ARCHIVES):
        raise UnreadableFile("not-a-page", file=name)
    text, encoding = _decode(data, name=name)
    from_html = is_html(text)
    lines = lines_of_html(text) if from_html else _plain(text)
    return PageText(lines=as_lines(lines, name=name), encoding=encoding, from_html=from_html)


def as_lines(lines: Sequence[tuple[int, str]], *, name: str) -> tuple[Line, ...]:
    """Return numbered texts as lines.

    Raises:
        UnreadableFile: ``line-too-long``, ``too-many-lines``.

    """
    if len(lines) > LINE_COUNT_LIMIT:
        raise UnreadableFile("too-many-lines", file=name, limit=LINE_COUNT_LIMIT)
    for number, line in lines:
        if len(line) > LINE_LIMIT:
            raise UnreadableFile("line-too-long", file=name, place=str(number), limit=LINE_LIMIT)
    return tuple(Line(number=number, text=line) for number, line in lines)


def _plain(text: str) -> list[tuple[int, str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return list(enumerate(lines, start=1))


def _decode(data: bytes, *, name: str) -> tuple[str, str]:
    encoding = _encoding(data)
    if encoding == "cp874":
        text = "".join(_CP874[byte] for byte in data)
    else:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise UnreadableFile("unknown-encoding", file=name) from error
    if any(ord(c) < ord(" ") and c not in _CONTROLS_ALLOWED for c in set(text)):
        raise UnreadableFile("unknown-encoding", file=name)
    return text, encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    low, high = data[::2], data[1::2]
    # Thai text has a high byte of 0E, Latin text and line ends of 00; neither is common elsewhere.
    for side, encoding in ((high, "utf-16-le"), (low, "utf-16-be")):
        if 0 in side and sum(map(side.count, _HIGH_BYTES)) * _UTF16_SHARE > len(data):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp874"
    return "utf-8"
