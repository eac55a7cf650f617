"""When something was signed, by the word of a time-stamping authority that the trust list names."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography import x509

from certificates.errors import NotChecked, Refused
from certificates.sealing.certificate_chain import is_issued_by, may_stamp, window_of
from certificates.sealing.status_list import CLOCK_TOLERANCE
from certificates.sealing.time_stamp_token import SignedStamp, open_token, read_any_certificate
from certificates.sealing.trust_list import TrustedTimeStamper, TrustList

BY_ITSELF: Final = 0
"""Place of the authority's own certificate, or of the one above it, in its entry."""


def prove_time_stamp(token: bytes, stamped: bytes, trust: TrustList) -> datetime:
    """Return when ``stamped`` existed, as a listed authority says.

    1. The token is strict DER and its own signature holds.
    2. It is over the SHA-256 of ``stamped``.
    3. Its signer is on the trust list, or certified by an authority there.
    4. Its signer may stamp, and could do so then.

    Raises:
        Refused: ``time-stamp-form`` or ``time-stamp-wrong`` (1), ``time-stamp-differs`` (2),
            ``time-stamp-forged`` (3: a listed name over other keys), ``time-stamp-usage`` or
            ``time-stamp-window`` (4).
        NotChecked: ``time-stamp-unknown`` (3: an authority that is not listed).

    """
    return prove_digest_stamp(token, sha256(stamped).digest(), trust)


def prove_digest_stamp(token: bytes, imprint: bytes, trust: TrustList) -> datetime:
    """Do the same for a SHA-256 that was made already."""
    stamp = open_token(token)  # 1
    if stamp.info.imprint != imprint:  # 2
        raise Refused("time-stamp-differs")
    certificate = read_any_certificate(stamp.certificate)
    stamper = _listed(stamp, certificate, trust.time_stampers)  # 3
    if not may_stamp(certificate):  # 4
        raise Refused("time-stamp-usage")
    at = stamp.info.at
    if not window_of(certificate).holds(at) or not stamper.window.holds(at):
        raise Refused("time-stamp-window", at=at)
    return at


def require_not_claimed_later(claimed: datetime, stamped: datetime) -> None:
    """Refuse a document that claims to have been signed after its signature was stamped."""
    if claimed > stamped + CLOCK_TOLERANCE:
        raise Refused("time-stamp-early", claimed=claimed, stamped=stamped)


def _listed(
    stamp: SignedStamp, certificate: x509.Certificate, stampers: Sequence[TrustedTimeStamper]
) -> TrustedTimeStamper:
    for each in stampers:
        listed = each.certificates[BY_ITSELF]
        itself = listed == stamp.certificate
        if itself or is_issued_by(certificate, read_any_certificate(listed)):
            # What else is in the token is outside every signature: it must be what we know.
            if not set(stamp.others) <= set(each.certificates):
                raise Refused("time-stamp-form")
            return each
    names = {certificate.subject, certificate.issuer}
    listed_names = {read_any_certificate(each.certificates[BY_ITSELF]).subject for each in stampers}
    if names & listed_names:
        raise Refused("time-stamp-forged")
    raise NotChecked("time-stamp-unknown", signer=certificate.subject.rfc4514_string())
