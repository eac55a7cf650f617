"""Trip: one certificate as a badge that other systems take: picture, token, or linked data."""

import json
from enum import StrEnum
from pathlib import Path

from certificates.credential.baked_image import bake_png, bake_svg
from certificates.credential.embedded import attachments_of
from certificates.credential.open_badge import statement_of
from certificates.issuing import ATTACHMENT_NAME
from certificates.sealing.data_integrity import add_proof
from certificates.sealing.keys import CheckpointKey
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import Conflict
from competency_bank.storage import certificate_rows
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.issued_files import read_document


class BadgeForm(StrEnum):
    """The forms a badge has, by the ending of its file's name."""

    PNG = "png"
    SVG = "svg"
    JSON = "json"
    JWT = "jwt"


def export_badge(
    transaction: Transaction,
    serial: str,
    form: BadgeForm,
    *,
    issued: Path,
    proof_key: CheckpointKey | None,
) -> bytes:
    """Return a badge; with ``proof_key`` it carries linked data with a proof made now.

    Without, it carries the token that was issued, as it lies in the certificate. JSON always needs
    the key. Raises NotFound("unknown-certificate"), Conflict("not-in-force") for a certificate that
    is not issued or no longer holds, Conflict("document-missing").
    """
    kept = certificate_rows.find_certificate(transaction, serial)
    if kept.state is not CertificateState.ISSUED:
        raise Conflict("not-in-force", name=serial)
    if proof_key is None:
        content = _token(issued, kept)
    else:
        content = json.dumps(
            add_proof(json.loads(kept.plan), proof_key, at=transaction.now),
            ensure_ascii=False,
            separators=(",", ":"),
        )
    return _drawn(kept, form, content)


def _drawn(kept: KeptCertificate, form: BadgeForm, content: str) -> bytes:
    # Typefaces come with it, which a server that draws no badge has no use for.
    from certificates.document.badge_picture import badge_png, badge_svg  # noqa: PLC0415

    if form is BadgeForm.PNG:
        return bake_png(badge_png(statement_of(json.loads(kept.plan))), content)
    if form is BadgeForm.SVG:
        return bake_svg(badge_svg(statement_of(json.loads(kept.plan))), content)
    return content.encode()


def _token(issued: Path, kept: KeptCertificate) -> str:
    document = read_document(issued, kept.serial)
    if document is None:
        raise Conflict("document-missing", serial=kept.serial)
    return attachments_of(document)[ATTACHMENT_NAME].decode("ascii")
