"""Telling from its first look what a file is; nothing is parsed and nothing is believed.

A document of ours that was cut or changed must still be recognised, so that it is called forged and
not unreadable: hence each kind has several marks, and a single changed byte cannot remove all.
"""

import re
from enum import StrEnum
from typing import Final

from certificates.credential.baked_image import is_picture
from certificates.credential.paper_token import PREFIX
from certificates.errors import NotChecked

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes; the largest document we issue is below 1 MB."""
LONGEST_SYMBOL: Final = 4296
"""Characters that the largest QR symbol holds (ISO/IEC 18004, table 7)."""
_PDF_MARKS: Final = (b"/ByteRange", b"endobj", b"%%EOF", b"startxref")
_PDF_HEADER: Final = b"%PDF-"
_HEADER_WITHIN: Final = 1024
_TOKEN_START: Final = b"eyJ"
"""How every JSON object begins in base64url: ``{"``."""
_TOKEN_LETTERS: Final = re.compile(rb"[A-Za-z0-9_.-]")
_JSON_SPACE: Final = b" \t\r\n"
_SHORTEST_TOKEN: Final = 64
_FOREIGN_LETTERS: Final = 50
"""A text with fewer than one foreign letter in so many is still taken for a token."""


class Kind(StrEnum):
    """What can be checked."""

    PDF = "pdf"
    TOKEN = "token"  # noqa: S105 - a kind of file, no secret
    LINKED = "linked"
    """JSON with a Data Integrity proof."""
    PICTURE = "picture"
    """PNG or SVG with a credential inside."""


def recognise(data: bytes) -> Kind:
    """Return what ``data`` is, or was before somebody changed it.

    Raises:
        NotChecked: ``empty``, ``too-large`` (over 10 MB) or ``format-unknown``.

    """
    if not data:
        raise NotChecked("empty")
    if len(data) > LARGEST_FILE:
        raise NotChecked("too-large", length=len(data), limit=LARGEST_FILE)
    if _PDF_HEADER in data[:_HEADER_WITHIN] or any(mark in data for mark in _PDF_MARKS):
        return Kind.PDF
    if is_picture(data):
        return Kind.PICTURE
    if data.lstrip(_JSON_SPACE).startswith(b"{"):
        return Kind.LINKED
    if data.startswith(_TOKEN_START) or _is_like_token(data):
        return Kind.TOKEN
    raise NotChecked("format-unknown")


def is_from_wallet(data: bytes) -> bool:
    """Tell whether ``data`` is a token with disclosures (SD-JWT), as wallets hold credentials."""
    whole = len(data) <= LARGEST_FILE and data.startswith(_TOKEN_START)
    return whole and b"~" in data


def is_on_paper(data: bytes) -> bool:
    """Tell whether ``data`` is the text of a symbol on paper, as a scanner hands it over."""
    return len(data) <= LONGEST_SYMBOL and data.startswith(PREFIX.encode())


def token_text(data: bytes) -> str:
    """Return the text of a token file; one line end at its end is the file's, not the token's."""
    return data.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")


def _is_like_token(data: bytes) -> bool:
    if len(data) < _SHORTEST_TOKEN or b"." not in data:
        return False
    foreign = len(data) - len(_TOKEN_LETTERS.findall(data))
    return foreign * _FOREIGN_LETTERS < len(data)
