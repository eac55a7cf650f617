"""Files inside a document (ISO 32000-1, 7.11.4; associated files: ISO 19005-3, 6.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from certificates.document.metadata_packet import pdf_moment
from certificates.document.objects import PdfObject, stream, text

OBJECTS: Final = 2
"""Objects of one attachment: what is said of it, and its content."""
_SHORT: Final = 1_024
"""Bytes; what is shorter is stored as it is: it holds little but digests."""
_REGULAR: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")


class Relationship(StrEnum):
    """How a file relates to the document it is attached to (ISO 19005-3, annex E)."""

    SOURCE = "Source"
    """The pages are drawn from it."""
    DATA = "Data"
    SUPPLEMENT = "Supplement"
    """It adds to what the document shows."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file to embed."""

    name: str
    """Of ASCII letters, digits, dots and hyphens; unique in its document."""
    media_type: str
    relationship: Relationship
    content: bytes
    description: str = ""


def attached(
    attachments: Sequence[Attachment], first: int, *, moment: datetime, level: int
) -> tuple[bytes, ...]:
    """Return the objects of attachments as they stand in the file, numbered from ``first``.

    ``level`` is how hard to deflate those that are not short, or 0 to leave all as they are. They
    have no check sums of their own, which are optional: the seal covers every byte.
    """
    written: list[bytes] = []
    date = pdf_moment(moment)
    for number, each in enumerate(attachments):
        own = first + OBJECTS * number
        packed = level if len(each.content) > _SHORT else 0
        entries = (
            f"/Type/EmbeddedFile/Subtype/{_media_type(each.media_type)}"
            f"/Params<</Size {len(each.content)}/CreationDate({date})/ModDate({date})>>"
        )
        written += [
            _specification(own, each.name, each.description, each.relationship),
            stream(own + 1, each.content, entries, level=packed).written(),
        ]
    return tuple(written)


def catalog_entries(attachments: Sequence[Attachment], first: int) -> str:
    """Return what the catalog says of attachments: associated with the document, found by name."""
    return _found_by(tuple([each.name for each in attachments]), first)


@lru_cache(maxsize=256)
def _found_by(all_names: tuple[str, ...], first: int) -> str:
    if not all_names:
        return ""
    places = {name: first + OBJECTS * number for number, name in enumerate(all_names)}
    if len(places) < len(all_names):
        raise ValueError("two attachments of one name")
    files = " ".join(f"{number} 0 R" for number in places.values())
    names = " ".join(f"{_name(name)} {places[name]} 0 R" for name in sorted(places))
    return f"/AF[{files}]/Names<</EmbeddedFiles<</Names[{names}]>>>>"


@lru_cache(maxsize=256)
def _specification(number: int, name: str, description: str, relationship: Relationship) -> bytes:
    """Return what is said of an attachment, whose content has the next number."""
    said = f"/Desc{text(description)}" if description else ""
    file = f"{number + 1} 0 R"
    content = (
        f"<</Type/Filespec/F{_name(name)}/UF{_name(name)}{said}"
        f"/AFRelationship/{relationship}/EF<</F {file}/UF {file}>>>>"
    )
    return PdfObject(number, content).written()


@lru_cache(maxsize=64)
def _name(name: str) -> str:
    if not name or not set(name) <= _REGULAR:
        raise ValueError(f"not a name for an attachment: {name!r}")
    return f"({name})"


@lru_cache(maxsize=64)
def _media_type(media_type: str) -> str:
    """Return a media type as a PDF name (ISO 32000-1, 7.3.5)."""
    whole, subtype = media_type.split("/")
    if not set(whole + subtype) <= _REGULAR:
        raise ValueError(f"not a media type: {media_type!r}")
    return f"{whole}#2F{subtype}"
