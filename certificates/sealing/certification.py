"""What a sealed PDF promises about changes. Only for documents whose signature holds already."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from certificates.errors import Refused

if TYPE_CHECKING:
    import pikepdf

NO_CHANGES: Final = 1
"""DocMDP permission P=1: any change breaks the certification (ISO 32000-2 table 257)."""
SUBFILTER: Final = "/ETSI.CAdES.detached"


def require_certified(pdf: bytes, signed_at: datetime) -> None:
    """Require that the one signature certifies the document and allows no change.

    ``signed_at`` is the signing time found in the bytes; the dictionary must say the same.

    Raises:
        Refused: ``not-certified``.

    """
    import pikepdf  # noqa: PLC0415  (servers that check in other processes need none)

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            sound = _is_certified(document, signed_at)
    except (pikepdf.PdfError, LookupError, AttributeError, TypeError, ValueError) as error:
        raise Refused("not-certified", reason=type(error).__name__) from error
    if not sound:
        raise Refused("not-certified")


def _is_certified(document: "pikepdf.Pdf", signed_at: datetime) -> bool:
    seal = document.Root.Perms.DocMDP
    fields = [field.V for field in document.Root.AcroForm.Fields if field.get("/FT") == "/Sig"]
    (reference,) = seal.Reference
    return (
        len(fields) == 1
        and fields[0].objgen == seal.objgen
        and seal.SubFilter == SUBFILTER
        and reference.TransformMethod == "/DocMDP"
        and reference.TransformParams.P == NO_CHANGES
        and str(seal.M) == signed_at.strftime("D:%Y%m%d%H%M%SZ")
    )
