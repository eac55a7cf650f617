"""Which certificate a page says it shows. Only for documents whose seal and signer hold already."""

import re
from io import BytesIO
from typing import Final

from certificates.errors import Refused

_IDENTIFIER: Final = re.compile(rb"<dc:identifier>([^<>&]{1,200})</dc:identifier>")


def require_page_of(pdf: bytes, credential_id: str) -> None:
    """Require that the page was set for this credential: its metadata (XMP) name the id.

    Page and credential are made from one statement; if they differ, two were mixed up on the way
    to the seal, and nobody can tell which of them is meant.

    Raises:
        Refused: ``page-differs``.

    """
    import pikepdf  # noqa: PLC0415  (servers that check in other processes need none)

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            found = _IDENTIFIER.findall(document.Root.Metadata.read_bytes())
    except (pikepdf.PdfError, LookupError, AttributeError, TypeError, ValueError) as error:
        raise Refused("page-differs", reason=type(error).__name__) from error
    if found != [credential_id.encode("utf-8")]:
        raise Refused("page-differs")
