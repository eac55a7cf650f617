"""Archiving a sealed document (PAdES B-LTA, ETSI EN 319 142-1): it outlives its authorities.

One more revision holds all that a verifier of later years will miss (certificates and revocation
lists: B-LT) and ends in a document time stamp over the whole file. Doing it again before the
stamp's own authority ends prolongs it. pyHanko writes the revision; everything it needs is handed
in, and nothing is fetched from anywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from certificates.errors import CannotSay

DIGEST: Final = "sha256"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an archive revision takes along, DER."""

    certificates: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...]


def archive_pdf(
    pdf: bytes, evidence: Evidence, *, stamp_digest: Callable[[bytes], bytes], longest: int
) -> bytes:
    """Return ``pdf`` with one more revision: evidence, and a time stamp over everything.

    ``stamp_digest`` gives the RFC 3161 token over a SHA-256, at most ``longest`` bytes.

    Raises:
        CannotSay: ``archive-unsealed`` (there is no signature to keep), ``archive-unreadable`` or
            ``time-stamp-too-long``; and whatever the time-stamping authority raises.

    """
    stamps = pdf.count(b"/DocTimeStamp")
    if pdf.count(b"/ByteRange") != stamps + 1:
        raise CannotSay("archive-unsealed")
    try:
        prepared, output, finish = _prepare(pdf, evidence, number=stamps + 1, reserved=2 * longest)
    except (PdfError, ValueError, TypeError, LookupError) as error:
        raise CannotSay("archive-unreadable", reason=type(error).__name__) from error
    token = stamp_digest(prepared.document_digest)
    if len(token) > longest:
        raise CannotSay("time-stamp-too-long", length=len(token))
    finish.send(token)
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    whole = output.getvalue()
    # The verifier takes only small letters: A and a are the same digit, but not the same byte.
    return bytes(whole[:start] + whole[start:end].lower() + whole[end:])


class _PlainWriter(IncrementalPdfFileWriter):
    """Appends a revision that leaves the document's metadata as they were written."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        prev.stream.seek(0)
        second = ByteStringObject(sha256(prev.stream.read()).digest()[:16])
        first = prev.trailer["/ID"][0] if "/ID" in prev.trailer else second
        if isinstance(first, TextStringObject):  # bytes that happen to read as text
            first = ByteStringObject(first.original_bytes)
        return ArrayObject([first, second])

    def _update_meta(self) -> None:
        """Leave the metadata as they were written."""


def _prepare(pdf: bytes, evidence: Evidence, *, number: int, reserved: int) -> tuple[Any, Any, Any]:
    writer = _PlainWriter(BytesIO(pdf))
    store: Any = DocumentSecurityStore
    store.supply_dss_in_writer(
        writer,
        None,
        certs=_loaded(asn1_x509.Certificate, evidence.certificates),
        crls=_loaded(asn1_crl.CertificateList, evidence.revocation_lists),
    )
    name = f"Archive{number}"
    embedding: Any = PdfCMSEmbedder(new_field_spec=SigFieldSpec(name, on_page=0)).write_cms(
        name, writer
    )
    next(embedding)
    placeholder: Any = DocumentTimestamp
    embedding.send(SigObjSetup(placeholder(bytes_reserved=reserved)))
    prepared, output = embedding.send(SigIOSetup(DIGEST))
    return prepared, output, embedding


def _loaded(kind: Any, ders: Sequence[bytes]) -> list[Any]:  # noqa: ANN401 - a class without types
    return [kind.load(der) for der in ders]
