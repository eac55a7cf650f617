"""The little of DER (ITU-T X.690 section 10) that a seal needs, read strictly.

Indefinite and over-long lengths are refused: with them one content has many encodings, and bytes
could change under a signature without being noticed.
"""

from typing import Final, NamedTuple

SEQUENCE: Final = 0x30
SET: Final = 0x31
INTEGER: Final = 0x02
OCTET_STRING: Final = 0x04
OBJECT_ID: Final = 0x06
CONTEXT_0: Final = 0xA0
SHORT_LENGTHS: Final = 0x80
MULTI_BYTE_TAG: Final = 0x1F
MOST_LENGTH_BYTES: Final = 3
DEEPEST: Final = 24
_CONSTRUCTED: Final = 0x20


class Element(NamedTuple):
    """One element inside ``data``."""

    data: bytes
    tag: int
    start: int
    body: int
    end: int

    @property
    def whole(self) -> bytes:
        """Tag, length and content."""
        return self.data[self.start : self.end]

    @property
    def content(self) -> bytes:
        """Content only."""
        return self.data[self.body : self.end]

    def parts(self, *tags: int) -> list["Element"]:
        """Return the elements inside, which must be exactly as many and of the kinds ``tags``.

        Raises:
            ValueError: they are not.

        """
        parts = self.children()
        if [part.tag for part in parts] != list(tags):
            raise ValueError("other elements than expected")
        return parts

    def children(self) -> list["Element"]:
        """Return all elements inside (ValueError if the content is not a row of elements)."""
        found: list[Element] = []
        at = self.body
        while at < self.end:
            found.append(_read(self.data, at, limit=self.end))
            at = found[-1].end
        return found


def first_element(data: bytes) -> Element:
    """Read the element that ``data`` begins with; what follows it is the caller's business.

    Raises:
        ValueError: it is not DER, or is cut off.

    """
    return _read(data, 0, limit=len(data))


def is_one_element(data: bytes) -> bool:
    """Tell whether ``data`` is one element and nothing else; what is inside is not looked at."""
    try:
        return first_element(data).end == len(data)
    except ValueError:
        return False


def encoded(tag: int, *contents: bytes) -> bytes:
    """Write one element around its contents."""
    content = b"".join(contents)
    length = len(content)
    if length < SHORT_LENGTHS:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, SHORT_LENGTHS | len(size)]) + size + content


def encoded_set(tag: int, *elements: bytes) -> bytes:
    """Write a SET OF: elements in ascending order of their encodings (X.690 section 11.6)."""
    return encoded(tag, *sorted(elements))


def require_der(element: Element, *, depth: int = 0) -> None:
    """Require strict DER all the way down (ValueError), so that no other bytes say the same."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if element.tag & _CONSTRUCTED:
        for child in element.children():
            require_der(child, depth=depth + 1)


def _read(data: bytes, at: int, *, limit: int) -> Element:
    if at + 2 > limit or data[at] & MULTI_BYTE_TAG == MULTI_BYTE_TAG:
        raise ValueError("no element")
    length, body = data[at + 1], at + 2
    if length >= SHORT_LENGTHS:
        count = length & 0x7F
        size = data[body : min(body + count, limit)]
        body += count
        length = int.from_bytes(size, "big")
        minimal = length >= SHORT_LENGTHS and size[:1] != b"\0"
        if not 1 <= count <= MOST_LENGTH_BYTES or len(size) != count or not minimal:
            raise ValueError("length is not DER")
    if body + length > limit:
        raise ValueError("element is cut off")
    return Element(data, data[at], start=at, body=body, end=body + length)
