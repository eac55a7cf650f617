"""The status list as wallets read it: Token Status List (IETF), as a signed token.

The bits are those of our W3C list at the same index; only the order inside a byte, the packing and
the name differ; a verifier of ours needs no second list.
"""

import zlib
from datetime import datetime, timedelta
from typing import Final

from certificates.credential.status_names import token_status_uri
from certificates.sealing.keys import P256Key
from certificates.sealing.status_list import LONGEST_LIFE, StatusList
from certificates.sealing.strict_json import to_base64url
from certificates.sealing.typed_token import sign_typed

TYPE: Final = "statuslist+jwt"
GOOD_FOR: Final = timedelta(minutes=1)
"""A revocation is visible within a minute, so a copy is not to be kept longer."""
_MIRRORED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


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
