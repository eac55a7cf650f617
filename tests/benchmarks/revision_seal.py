"""Sealing any PDF in one more revision, as the first release did: pyHanko writes the revision.

Kept as a peer to measure against, and for tests that need a true seal on what nobody would issue.
"""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import IO, Any, Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    ByteStringObject,
    PdfObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

from certificates.errors import CannotSay, Refused
from certificates.sealing.byte_range import read_coverage
from certificates.sealing.cms_profile import (
    SealParts,
    assemble,
    longest_seal,
    signed_attributes,
)
from certificates.sealing.keys import DocumentKey
from certificates.sealing.p256 import low_der

FIELD_NAME: Final = "Seal"
DIGEST: Final = "sha256"


def seal_revision(
    pdf: bytes, key: DocumentKey, *, at: datetime, reason: str | None = None
) -> bytes:
    """Return ``pdf`` with one more revision that certifies all of it as signed at ``at``.

    ``at`` is a moment of whole seconds; the signature field is invisible.

    Raises:
        CannotSay: ``pdf-signed`` (it holds a signature already) or ``pdf-unsealable`` (it cannot
            be read, or ``at`` lies outside the key's window); nothing was signed.

    """
    if b"/ByteRange" in pdf:
        raise CannotSay("pdf-signed")
    if not key.window.holds(at):
        raise CannotSay("pdf-unsealable", reason="key-window", at=at.isoformat())
    signer, authority = key.chain[:2]
    reserved = 2 * longest_seal(signer, authority)
    try:
        prepared, output, finish = _prepare(pdf, _signature(at, reason=reason, reserved=reserved))
    except (PdfError, ValueError, TypeError, LookupError) as error:
        raise CannotSay("pdf-unsealable", reason=type(error).__name__) from error
    digest = prepared.document_digest
    _require_readable(output.getvalue(), digest=digest, at=at)
    signature = low_der(key.sign(signed_attributes(digest, signer)))
    finish.send(assemble(SealParts(signer, authority, digest=digest, signature=signature)))
    return _with_small_letters(output.getvalue(), prepared)


class _QuietWriter(IncrementalPdfFileWriter):
    """Appends a revision without what would differ between two runs.

    The library's own writer draws the file's second identifier at random and stamps the clock's
    time on the document's metadata, which also would break the conformance they declare.
    """

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


class _PlainMoment(PdfObject):
    """A date written without escapes, in the one form the verifier reads."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self._moment = moment.astimezone(UTC)

    def write_to_stream(
        self,
        stream: IO[bytes],
        handler: Any = None,  # noqa: ANN401 - the library's own signature
        container_ref: Any = None,  # noqa: ANN401 - the library's own signature
    ) -> None:
        """Write ``(D:20260105000000Z)``."""
        del handler, container_ref
        stream.write(self._moment.strftime("(D:%Y%m%d%H%M%SZ)").encode("ascii"))


def _signature(at: datetime, *, reason: str | None, reserved: int) -> SignatureObject:
    signature = SignatureObject(
        subfilter=SigSeedSubFilter.PADES, reason=reason, bytes_reserved=reserved
    )
    signature[pdf_name("/M")] = _PlainMoment(at)
    return signature


def _prepare(
    pdf: bytes, signature: SignatureObject
) -> tuple[PreparedByteRangeDigest, BytesIO, Any]:
    """Write the revision around an empty signature; the third value takes the CMS."""
    writer = _QuietWriter(BytesIO(pdf))
    embedder = PdfCMSEmbedder(new_field_spec=SigFieldSpec(FIELD_NAME, on_page=0))
    embedding = embedder.write_cms(FIELD_NAME, writer)
    next(embedding)
    certification = SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    embedding.send(SigObjSetup(signature, mdp_setup=certification))
    prepared, output = embedding.send(SigIOSetup(DIGEST))
    return prepared, output, embedding


def _with_small_letters(pdf: bytes, prepared: PreparedByteRangeDigest) -> bytes:
    # The verifier takes only small letters: A and a are the same digit, but not the same byte.
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    return pdf[:start] + pdf[start:end].lower() + pdf[end:]


def _require_readable(pdf: bytes, *, digest: bytes, at: datetime) -> None:
    """Stop before signing what the verifier would not read as meant."""
    try:
        coverage = read_coverage(pdf)
    except Refused as refusal:
        raise CannotSay("pdf-unsealable", reason=refusal.code) from refusal
    if coverage.digest != digest or coverage.signed_at != at:
        raise CannotSay("pdf-unsealable", reason="coverage")
