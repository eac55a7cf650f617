"""The bank's own time-stamping authority (RFC 3161), for development and for tests of speed.

It stamps with a key of the same house, in the same process, and proves no more than that house's
word: its certificate stands under the development root, and verifiers know it only from there.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from certificates.errors import CannotSay
from certificates.sealing.cms_profile import DIGEST_BYTES
from certificates.sealing.der import OBJECT_ID, encoded
from certificates.sealing.keys import DocumentKey, TimeStampKey
from certificates.sealing.p256 import low_der
from certificates.sealing.time_stamp import stamp_info
from certificates.sealing.time_stamp_token import longest_token, write_token

POLICY: Final = encoded(OBJECT_ID, bytes.fromhex("6981f89eaec2d3b3fab9c58da3d4d590fbacb838"))
"""2.25 and a UUID of our own (ITU-T X.667): "development, no effect"."""
SERIAL_BYTES: Final = 16

Stamp = Callable[[bytes], bytes]
"""From the value of a signature to the token over it."""


@dataclass(frozen=True, slots=True)
class OwnTimeStamps:
    """An authority in this process."""

    key: TimeStampKey
    clock: Callable[[], datetime]
    """The time that is certified; the door hands in its clock."""

    def stamp(self, data: bytes) -> bytes:
        """Return a token over the SHA-256 of ``data``.

        Raises:
            CannotSay: ``time-stamp-window``: now the key is not in force.

        """
        return self.stamp_digest(sha256(data).digest())

    def stamp_digest(self, imprint: bytes) -> bytes:
        """Return a token over a SHA-256 (CannotSay ``time-stamp-window``)."""
        at = self.clock().replace(microsecond=0)
        if not self.key.window.holds(at):
            raise CannotSay("time-stamp-window", at=at.isoformat())
        serial = int.from_bytes(secrets.token_bytes(SERIAL_BYTES), "big") >> 1
        info = stamp_info(imprint, at=at, policy=POLICY, serial=serial)
        return write_token(
            info, self.key.certificate, sign=lambda signed: low_der(self.key.sign(signed))
        )

    @property
    def longest(self) -> int:
        """The most bytes of a token."""
        most = (1 << 8 * SERIAL_BYTES - 1) - 1
        info = stamp_info(bytes(DIGEST_BYTES), at=self.clock(), policy=POLICY, serial=most)
        return longest_token(len(info), self.key.certificate)


def stamped_by(key: DocumentKey, stamp: Stamp, *, longest: int) -> DocumentKey:
    """Return ``key`` so that every seal it makes carries a time stamp of at most ``longest``."""
    return replace(key, stamp=stamp, longest_stamp=longest)
