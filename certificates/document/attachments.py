"""Files inside a document (ISO 32000-1, 7.11.4; associated files: ISO 19005-3, 6.8)."""

from dataclasses import dataclass
from enum import StrEnum


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
