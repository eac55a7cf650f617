"""Nonces that need no memory until they are answered: random, dated, and keyed by the bank.

Anybody may ask for one, so nothing is written when one is made; only an answered nonce is kept,
until it would have ended anyway.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from competency_bank.domain.errors import NotAllowed

LIVES = timedelta(minutes=10)
RANDOM_BYTES = 16
_TIME_BYTES, _MARK_BYTES = 6, 16


def make_nonce(pepper: bytes, at: datetime, random: bytes) -> str:
    """Return a nonce made at ``at`` from 16 fresh random bytes."""
    body = int(at.timestamp()).to_bytes(_TIME_BYTES, "big") + random
    return _written(body + _mark(pepper, body))


def require_nonce(pepper: bytes, nonce: str, at: datetime) -> datetime:
    """Return when a nonce of ours ends.

    Raises NotAllowed("wallet-nonce") for one that is not ours or has ended.
    """
    try:
        data = base64.b64decode(nonce + "=" * (-len(nonce) % 4), altchars=b"-_", validate=True)
    except ValueError as fault:
        raise NotAllowed("wallet-nonce") from fault
    body, mark = data[:-_MARK_BYTES], data[-_MARK_BYTES:]
    # Another spelling of the same bytes would be a fresh nonce to whoever counts the used ones.
    whole = len(body) == _TIME_BYTES + RANDOM_BYTES and _written(data) == nonce
    if not whole or not hmac.compare_digest(mark, _mark(pepper, body)):
        raise NotAllowed("wallet-nonce")
    made = datetime.fromtimestamp(int.from_bytes(body[:_TIME_BYTES], "big"), UTC)
    if not made <= at < made + LIVES:
        raise NotAllowed("wallet-nonce")
    return made + LIVES


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _mark(pepper: bytes, body: bytes) -> bytes:
    return hmac.new(pepper, b"wallet-nonce\n" + body, hashlib.sha256).digest()[:_MARK_BYTES]
