"""Objects of a PDF (ISO 32000-1, 7.3), packed together (7.5.7), and where they stand (7.5.8)."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from struct import Struct
from typing import Final, NamedTuple
from zlib import compress

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""Four bytes above 127 tell transfer programs that the file is binary (7.5.2)."""
WIDTHS: Final = "[1 4 2]"
"""Bytes of the three fields of a row in the cross-reference stream."""
_ROW: Final = Struct(">BIH").pack
FREE: Final = _ROW(0, 0, 0xFFFF)
"""The row of object 0."""
_BEST: Final = 9


class PdfObject(NamedTuple):
    """One indirect object."""

    number: int
    content: str
    """Any object but a stream; or the dictionary of a stream."""
    data: bytes | None = None
    """What a stream holds, as it stands in the file."""

    def written(self) -> bytes:
        """Return the object as it stands in the file."""
        head = f"{self.number} 0 obj\n{self.content}".encode("ascii")
        if self.data is None:
            return head + b"\nendobj\n"
        return b"%sstream\n%s\nendstream\nendobj\n" % (head, self.data)


def stream(number: int, data: bytes, entries: str = "", *, level: int = 0) -> PdfObject:
    """Return a stream, deflated at ``level`` if that is not 0."""
    if level:
        return deflated(number, compress(data, level), entries)
    return PdfObject(number, f"<</Length {len(data)}{entries}>>", data)


def deflated(number: int, packed: bytes, entries: str = "") -> PdfObject:
    """Return a stream whose data are deflated already."""
    return PdfObject(number, f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>", packed)


def packed_together(number: int, objects: Sequence[PdfObject]) -> PdfObject:
    """Return one object stream that holds ``objects``, none of which is a stream."""
    contents = [one.content.encode("ascii") + b"\n" for one in objects]
    places = accumulate(map(len, contents), initial=0)
    index = " ".join(f"{one.number} {at}" for one, at in zip(objects, places, strict=False)) + "\n"
    data = b"".join([index.encode("ascii"), *contents])
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(index)}"
    return stream(number, data, entries, level=_BEST)


def text(value: str) -> str:
    """Return a text string (7.9.2.2) as hexadecimal digits, so that nothing needs escaping."""
    return f"<FEFF{value.encode('utf-16-be').hex()}>"


def rows(lengths: Iterable[int], *, start: int) -> bytes:
    """Return the rows for objects that follow each other from ``start``, given their lengths."""
    places = accumulate(lengths, initial=start)
    return b"".join([_ROW(1, place, 0) for place in places][:-1])


def row(place: int) -> bytes:
    """Return the row of an object that stands at ``place`` in the file."""
    return _ROW(1, place, 0)


def packed_row(number: int, at: int) -> bytes:
    """Return the row of an object that stands at ``at`` in the object stream ``number``."""
    return _ROW(2, number, at)
