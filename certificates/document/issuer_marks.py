"""What an issuer sets on its certificates besides words: an emblem, and who signs them."""

from dataclasses import dataclass
from typing import Final

EMBLEM: Final = "Emblem"
SIGNATURES: Final = ("Signature1", "Signature2")
"""Names of the pictures among the resources of a page."""
_OVERHEAD: Final = 130
"""Bytes of an object besides entries and data: its number, constant entries, its row."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as it will stand in files; made by ``raster_of``."""

    width: int
    height: int
    """Pixels."""
    entries: str
    """What its dictionary says of colours and packing."""
    data: bytes
    """The samples, deflated."""
    mask: "Raster | None" = None
    """How opaque each pixel is; None where all of it is."""

    @property
    def size(self) -> int:
        """Bytes it takes in a file."""
        own = len(self.data) + len(self.entries) + _OVERHEAD
        return own + (self.mask.size if self.mask else 0)


Pictures = tuple[tuple[str, Raster], ...]
"""Pictures of a page by their names."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs: name and office as printed."""

    name_th: str
    name_en: str
    office_th: str
    office_en: str
    signature: Raster | None = None
    """The signature as drawn; without it the line stays free for a pen."""


@dataclass(frozen=True, slots=True)
class IssuerMarks:
    """An issuer's own marks; without them pages have the neutral emblem and an unnamed line."""

    emblem: Raster | None = None
    signatories: tuple[Signatory, ...] = ()
    """Two at most."""

    @property
    def pictures(self) -> Pictures:
        """All pictures."""
        emblem = () if self.emblem is None else ((EMBLEM, self.emblem),)
        drawn = [
            (name, one.signature) for name, one in zip(SIGNATURES, self.signatories, strict=False)
        ]
        return (*emblem, *((name, each) for name, each in drawn if each is not None))


NO_MARKS: Final = IssuerMarks()
