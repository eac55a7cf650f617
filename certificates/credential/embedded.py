"""Files embedded in a PDF: the reader's side, which needs no printing press.

The file may come from anyone: an attachment is unpacked only up to a limit, and only from the one
filter that our writer uses.
"""

from io import BytesIO
from typing import Any, Final
from zlib import decompressobj, error

from certificates.errors import NotChecked

MOST_BYTES: Final = 1_000_000
"""An attachment that unpacks to more is not read: no credential of ours comes near."""
MOST_FILES: Final = 16
_LIBRARY_ERRORS: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a damaged file has been seen to raise, or may, inside the library, besides its own."""


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """Return name and content of every file embedded in ``pdf``; none gives an empty dict.

    Raises ``NotChecked`` with code ``pdf-unreadable``, ``attachments-too-many``,
    ``attachment-too-large`` or ``attachment-unreadable``: nothing can be concluded from such a
    file.
    """
    import pikepdf  # noqa: PLC0415  (a server that only answers carries none)

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            files = document.attachments
            if len(files) > MOST_FILES:
                raise NotChecked("attachments-too-many", files=len(files), most=MOST_FILES)
            return {name: _content(name, files[name].obj) for name in files}
    except (pikepdf.PdfError, *_LIBRARY_ERRORS) as bad:
        raise NotChecked("pdf-unreadable", reason=type(bad).__name__) from bad


def _content(name: str, specification: Any) -> bytes:  # noqa: ANN401 - a PDF object of any shape
    stream = specification.EF.F
    packed = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if filters is None:
        return _within_limit(name, packed)
    if filters != "/FlateDecode" or "/DecodeParms" in stream:
        raise NotChecked("attachment-unreadable", name=name)
    try:
        return _within_limit(name, decompressobj().decompress(packed, MOST_BYTES + 1))
    except error as bad:
        raise NotChecked("attachment-unreadable", name=name) from bad


def _within_limit(name: str, content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise NotChecked("attachment-too-large", name=name, most=MOST_BYTES)
    return content
