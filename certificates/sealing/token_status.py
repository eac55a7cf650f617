"""The status list as wallets read it: Token Status List (IETF), as a signed token.

The bits are those of our W3C list at the same index; only the order inside a byte, the packing and
the name differ; a verifier of ours needs no second list.
"""

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from certificates.credential.status_names import token_status_uri
from certificates.errors import NotChecked
from certificates.sealing.keys import P256Key
from certificates.sealing.status_list import LONGEST_LIFE, MOST_BYTES, StatusList
from certificates.sealing.strict_json import from_base64url, to_base64url
from certificates.sealing.typed_token import sign_typed

TYPE: Final = "statuslist+jwt"
WIDTHS: Final = (1, 2, 4, 8)
"""Bits that one status may take."""
GOOD_FOR: Final = timedelta(minutes=1)
"""A revocation is visible within a minute, so a copy is not to be kept longer."""
_MIRRORED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def status_value(payload: Mapping[str, object], index: int) -> int:
    """Return what a list of statuses says at ``index``, in the payload of a proved token.

    Raises:
        NotChecked: ``status-unreadable``, ``status-length`` (more than 1 MiB) or
            ``status-index-range``.

    """
    match payload.get("status_list"):
        case {"bits": int() as bits, "lst": str() as packed} if bits in WIDTHS:
            pass
        case _:
            raise NotChecked("status-unreadable", reason="status_list")
    try:
        inflate = zlib.decompressobj()
        values = inflate.decompress(from_base64url(packed), MOST_BYTES + 1)
    except (ValueError, zlib.error):
        raise NotChecked("status-unreadable", reason="encoding") from None
    if len(values) > MOST_BYTES:
        raise NotChecked("status-length", length=len(values))
    if not inflate.eof or inflate.unused_data:
        raise NotChecked("status-unreadable", reason="encoding")
    place, rest = divmod(index * bits, 8)
    if not 0 <= place < len(values):
        raise NotChecked("status-index-range", index=index)
    return values[place] >> rest & (1 << bits) - 1


def sign_token_status(content: StatusList, key: P256Key, *, at: datetime) -> str:
    """Return the list as a Status List Token: one bit each, the first the least significant."""
    packed = zlib.compress(content.bits.translate(_MIRRORED), 9)
    start = int(at.timestamp())
    payload: dict[str, object] = {
        "sub": token_status_uri(content.uri),
        "iss": content.issuer,
        "iat": start,
        "exp": start + int(LONGEST_LIFE.total_seconds()),
        "ttl": int(GOOD_FOR.total_seconds()),
        "status_list": {"bits": 1, "lst": to_base64url(packed)},
    }
    return sign_typed(payload, {"typ": TYPE, "kid": key.kid}, key.sign)
