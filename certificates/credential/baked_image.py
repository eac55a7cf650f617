"""Credentials baked into pictures: Open Badges 3.0 section 5.3, PNG and SVG, both ways.

A PNG carries the credential as text in one ``iTXt`` chunk, uncompressed (PNG 3rd edition, section
11.3.3.4); an SVG in one ``openbadges:credential`` element, a token as its attribute ``verify`` and
JSON as its text. Pictures come from anybody: only the container is read, never the image, and a
picture that carries two credentials carries none, because people and programs may see another.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Final
from xml.parsers import expat
from zlib import crc32

from certificates.errors import NotChecked, Refused

PNG_START: Final = b"\x89PNG\r\n\x1a\n"
KEYWORD: Final = b"openbadgecredential"
NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
ELEMENT: Final = "credential"
ATTRIBUTE: Final = "verify"
LONGEST_TEXT: Final = 256 * 1024
DEEPEST: Final = 64
_UNCOMPRESSED: Final = b"\0\0\0\0\0"
"""What stands between keyword and text: its end, no compression, no language, no translation."""
_SVG_ROOT: Final = re.compile(rb"<svg[\s>]")
_SVG_WITHIN: Final = 4096
_NAMES: Final = " "
"""Expat puts it between the namespace and the name of an element."""


class _Damaged(Exception):
    """A picture is not whole."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def is_picture(data: bytes) -> bool:
    """Tell whether ``data`` starts as a picture that could carry a credential."""
    start = data[:_SVG_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n")
    return data.startswith(PNG_START[:4]) or (
        start.startswith(b"<") and _SVG_ROOT.search(start) is not None
    )


def bake_png(picture: bytes, credential: str) -> bytes:
    """Return a PNG of our own drawing with the credential inside, as its last chunk but the end."""
    end = picture.rindex(b"IEND") - 4
    text = KEYWORD + _UNCOMPRESSED + credential.encode("utf-8")
    return picture[:end] + _chunk(b"iTXt", text) + picture[end:]


def bake_svg(picture: bytes, credential: str) -> bytes:
    """Return an SVG of our own drawing with the credential inside: JSON as text, else a token."""
    start = f'<openbadges:{ELEMENT} xmlns:openbadges="{NAMESPACE}"'
    if credential.startswith("{"):
        element = f"{start}>{escape(credential, quote=False)}</openbadges:{ELEMENT}>"
    else:
        element = f'{start} {ATTRIBUTE}="{escape(credential)}"/>'
    body, end, _ = picture.rpartition(b"</svg>")
    return body + element.encode("utf-8") + end


def unbake(picture: bytes) -> str:
    """Return the credential in a picture, as it was written.

    Raises:
        Refused: ``picture-damaged`` (one with a credential was cut, changed, or lengthened behind
            its end) or ``picture-several``.
        NotChecked: ``picture-empty`` (no credential inside), ``picture-unreadable`` (damaged
            without a trace of one, or a form we do not read) or ``picture-text`` (compressed, too
            long, or not UTF-8).

    """
    try:
        is_png = picture.startswith(PNG_START[:4])
        texts = list(_png_texts(picture)) if is_png else _svg_texts(picture)
    except _Damaged as damage:
        if KEYWORD in picture or NAMESPACE.encode() in picture:
            raise Refused("picture-damaged", at=damage.at) from None
        raise NotChecked("picture-unreadable", reason="damaged") from None
    if not texts:
        raise NotChecked("picture-empty")
    if len(texts) > 1:
        raise Refused("picture-several", credentials=len(texts))
    return texts[0]


def _png_texts(picture: bytes) -> Iterator[str]:
    for kind, content in _png_chunks(picture):
        keyword, found, rest = content.partition(b"\0")
        if kind == b"iTXt" and found and keyword == KEYWORD:
            yield _png_text(rest)


def _png_text(rest: bytes) -> str:
    compressed, method, tagged = rest[:1], rest[1:2], rest[2:]
    parts = tagged.split(b"\0", 2)
    if compressed != b"\0" or method != b"\0" or len(parts) < 3:  # noqa: PLR2004 - language, translation, text
        raise NotChecked("picture-text", reason="form")
    return _decoded(parts[2])


def _png_chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of every chunk of a PNG that is whole."""
    if not picture.startswith(PNG_START):
        raise _Damaged(0)
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        length = int.from_bytes(picture[at : at + 4], "big")
        kind, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        checked = picture[at + 8 + length : at + 12 + length]
        if len(checked) < 4 or int.from_bytes(checked, "big") != crc32(kind + content):  # noqa: PLR2004 - a CRC is 4 bytes
            raise _Damaged(at)
        yield kind, content
        at += 12 + length
    if at != len(picture):
        raise _Damaged(at)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + checked


def _svg_texts(picture: bytes) -> list[str]:
    reader = _SvgReader()
    try:
        reader.parser.Parse(picture, True)  # noqa: FBT003 - expat takes it by place only
    except expat.ExpatError as error:
        raise _Damaged(error.offset) from None
    return [_within_limit(text) for text in reader.found]


class _SvgReader:
    """Collects the credentials of one SVG."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._open: list[str] = []
        self._inside = False
        self.parser = expat.ParserCreate(namespace_separator=_NAMES)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._inside or len(self._open) >= DEEPEST:
            raise NotChecked("picture-unreadable", reason="nesting")
        self._open.append(name)
        if name == f"{NAMESPACE}{_NAMES}{ELEMENT}":
            self._inside = True
            self.found.append(attributes.get(ATTRIBUTE, ""))

    def _end(self, _name: str) -> None:
        self._open.pop()
        self._inside = False

    def _text(self, text: str) -> None:
        if self._inside:
            self.found[-1] += text

    def _refuse(self, *_: object) -> None:
        raise NotChecked("picture-unreadable", reason="document type")


def _decoded(text: bytes) -> str:
    try:
        return _within_limit(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise NotChecked("picture-text", reason="encoding") from None


def _within_limit(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise NotChecked("picture-text", reason="length")
    return text.strip()
