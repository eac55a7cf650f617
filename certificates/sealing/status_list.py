"""Which certificates are revoked: W3C Bitstring Status List v1.0, as a signed token.

One bit for each index, the first being the most significant bit of the first byte; at least 131,072
bits, so that asking for the list does not tell whose certificate is being looked at. A list that is
missing, stale, short or signed by somebody else never means "not revoked": it means ``NotChecked``.
"""

import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from certificates.errors import CannotSay, NoLongerValid, NotChecked, Refused
from certificates.sealing.data_integrity import SignsProofs, add_proof
from certificates.sealing.strict_json import from_base64url, to_base64url
from certificates.sealing.token import (
    SignsTokens,
    VerificationKey,
    id_of,
    moment_of,
    open_credential,
    seconds_of,
    sign_credential,
)

FEWEST_BITS: Final = 131_072
MOST_BYTES: Final = 1 << 20
"""Cap for inflating: the longest list read, eight million entries."""
LONGEST_LIFE: Final = timedelta(hours=24)
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
"""How far apart the clocks of issuer and verifier may be."""
PURPOSE: Final = "revocation"
GZIP_WINDOW: Final = 31
CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"


@dataclass(frozen=True, slots=True)
class StatusList:
    """The revoked certificates of one list."""

    uri: str
    """Absolute URI under which certificates name the list."""
    issuer: str
    """Id of the issuer, who must also be the issuer of the certificates."""
    bits: bytes
    """At least 16,384 bytes."""

    @classmethod
    def revoked(cls, indexes: Iterable[int], *, uri: str, issuer: str) -> "StatusList":
        """Build the list of the smallest size in which ``indexes`` are revoked.

        Raises:
            CannotSay: ``status-index`` if an index lies outside 0 to 131,071.

        """
        bits = bytearray(FEWEST_BITS // 8)
        for index in indexes:
            if not 0 <= index < FEWEST_BITS:
                raise CannotSay("status-index", index=index)
            bits[index // 8] |= 0x80 >> index % 8
        return cls(uri=uri, issuer=issuer, bits=bytes(bits))

    def is_revoked(self, index: int) -> bool:
        """Tell whether ``index`` is revoked.

        Raises:
            NotChecked: ``status-index-range`` if the list has no such index.

        """
        if not 0 <= index < len(self.bits) * 8:
            raise NotChecked("status-index-range", index=index)
        return bool(self.bits[index // 8] & 0x80 >> index % 8)


@dataclass(frozen=True, slots=True)
class SignedStatusList:
    """A status list that its issuer signed, and how long it may be relied on."""

    content: StatusList
    valid_from: datetime
    valid_until: datetime

    def require_not_revoked(self, index: int, *, at: datetime) -> None:
        """Prove that the certificate at ``index`` was not revoked at ``at``.

        A revocation cannot be taken back: what a later list shows as good was good before.

        Raises:
            NoLongerValid: ``revoked``.
            NotChecked: ``status-stale`` (the list ended before ``at``), ``status-index-range``, or
                ``status-not-yet``: revoked in a list made after ``at``, nobody knows since when.

        """
        if at > self.valid_until:
            raise NotChecked("status-stale", valid_until=self.valid_until)
        if not self.content.is_revoked(index):
            return
        if at + CLOCK_TOLERANCE < self.valid_from:
            raise NotChecked("status-not-yet", valid_from=self.valid_from)
        raise NoLongerValid("revoked", index=index)


def sign_status_list(
    content: StatusList, key: SignsTokens, *, at: datetime, life: timedelta = LONGEST_LIFE
) -> str:
    """Return the list as VC-JWT, good from ``at`` for ``life``, at most 24 hours.

    Raises:
        CannotSay: ``status-life``, ``status-length`` or ``credential-malformed``.

    """
    form = _form(content, at=at, life=life)
    return sign_credential({**form, "issuer": {"id": content.issuer, "type": ["Profile"]}}, key)


def prove_status_list(
    content: StatusList, key: SignsProofs, *, at: datetime, life: timedelta = LONGEST_LIFE
) -> dict[str, object]:
    """Return the same list with a Data Integrity proof, for programs that read no tokens.

    Raises:
        CannotSay: as ``sign_status_list``, or ``proof-window``.

    """
    form = _form(content, at=at, life=life)
    return add_proof({**form, "issuer": {"id": content.issuer}}, key, at=at)


def _form(content: StatusList, *, at: datetime, life: timedelta) -> dict[str, object]:
    """Return the list as a credential that names no issuer yet."""
    if not timedelta(0) < life <= LONGEST_LIFE:
        raise CannotSay("status-life", life=life)
    if not FEWEST_BITS // 8 <= len(content.bits) <= MOST_BYTES:
        raise CannotSay("status-length", length=len(content.bits))
    start = int(at.timestamp())
    return {
        "@context": [CONTEXT],
        "id": content.uri,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "validFrom": _written(start),
        "validUntil": _written(start + int(life.total_seconds())),
        "credentialSubject": {
            "id": f"{content.uri}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encode_bits(content.bits),
        },
    }


def read_status_list(token: str, keys: Mapping[str, VerificationKey]) -> SignedStatusList:
    """Return a status list once its signature and its form are proved; freshness is not judged.

    Raises:
        NotChecked: ``status-unreadable`` (with the reason), ``status-purpose`` or
            ``status-length``: whatever is wrong with a list, nothing follows for certificates.

    """
    try:
        credential = open_credential(token, keys)
        start, end = (seconds_of(credential.get(name)) for name in ("validFrom", "validUntil"))
        issuer = id_of(credential, "issuer")
    except (Refused, NotChecked) as error:
        raise NotChecked("status-unreadable", reason=error.code) from error
    if not 0 < end - start <= LONGEST_LIFE.total_seconds():
        raise NotChecked("status-unreadable", reason="life")
    subject = credential["credentialSubject"]
    bits = _bits_of(subject if isinstance(subject, dict) else {})
    return SignedStatusList(
        StatusList(uri=str(credential["id"]), issuer=issuer, bits=bits),
        valid_from=moment_of(start),
        valid_until=moment_of(end),
    )


def encode_bits(bits: bytes) -> str:
    """Return ``u`` and the gzipped bits in base64url; the same bits give the same text."""
    return "u" + to_base64url(gzip.compress(bits, mtime=0))


def decode_bits(text: str) -> bytes:
    """Inflate an ``encodedList``, never to more than 1 MiB.

    Raises:
        NotChecked: ``status-unreadable`` or ``status-length``.

    """
    try:
        packed = from_base64url(text.removeprefix("u"))
        inflate = zlib.decompressobj(GZIP_WINDOW)
        bits = inflate.decompress(packed, MOST_BYTES + 1)
    except (ValueError, zlib.error):
        raise NotChecked("status-unreadable", reason="encoding") from None
    if len(bits) > MOST_BYTES or len(bits) * 8 < FEWEST_BITS:
        raise NotChecked("status-length", length=len(bits))
    if not text.startswith("u") or not inflate.eof or inflate.unused_data:
        raise NotChecked("status-unreadable", reason="encoding")
    return bits


def _bits_of(subject: dict[str, object]) -> bytes:
    if subject.get("statusPurpose") != PURPOSE or subject.get("type") != "BitstringStatusList":
        raise NotChecked("status-purpose", purpose=subject.get("statusPurpose"))
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise NotChecked("status-unreadable", reason="encodedList")
    return decode_bits(encoded)


def _written(seconds: int) -> str:
    return moment_of(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")
