"""Asking a time-stamping authority by its address (RFC 3161 section 3.4: over HTTP).

Used only where an address is configured. Nothing that comes back is believed: the answer must be a
token that our own verifier would accept, over our digest, with our nonce, and not too long.
"""

import secrets
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Final

from certificates.errors import Refused, StampMissing
from certificates.sealing.der import SEQUENCE, first_element
from certificates.sealing.time_stamp import stamp_request
from certificates.sealing.time_stamp_token import LONGEST_TOKEN, open_token

QUERY: Final = "application/timestamp-query"
REPLY: Final = "application/timestamp-reply"
LONGEST_ANSWER: Final = LONGEST_TOKEN + 4096
NONCE_BYTES: Final = 8
GRANTED: Final = (0, 1)
"""granted and grantedWithMods (RFC 3161 section 2.4.2)."""
DEFAULT_TIMEOUT: Final = 10.0

Transport = Callable[[str, bytes, float], bytes]
"""From address, body and seconds of patience to the body of the answer, at most
``LONGEST_ANSWER`` + 1 bytes of it; raises OSError or HTTPException."""


def post(address: str, body: bytes, timeout: float) -> bytes:
    """Send a query over HTTP and return the reply; redirects are not followed."""
    request = urllib.request.Request(  # noqa: S310 - the settings allow http and https only
        address, data=body, headers={"Content-Type": QUERY, "Accept": REPLY}
    )
    opener = urllib.request.build_opener(_NoRedirect)
    with opener.open(request, timeout=timeout) as answer:
        kind = answer.headers.get_content_type()
        if answer.status != HTTPStatus.OK or kind != REPLY:
            raise OSError(f"status {answer.status}, {kind}")
        return _read_until(answer, monotonic() + timeout)


def _read_until(answer: HTTPResponse, deadline: float) -> bytes:
    """Read what comes before the deadline; a byte now and then does not prolong it."""
    found = bytearray()
    while len(found) <= LONGEST_ANSWER:
        part = answer.read1(LONGEST_ANSWER + 1 - len(found))
        if not part:
            break
        found += part
        if monotonic() > deadline:
            raise TimeoutError("answered too slowly")
    return bytes(found)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to be an error: an authority has one address."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow none."""


@dataclass(frozen=True, slots=True)
class AuthorityByAddress:
    """A time-stamping authority somewhere else."""

    address: str
    """http or https."""
    timeout: float = DEFAULT_TIMEOUT
    """Seconds."""
    send: Transport = post

    @property
    def longest(self) -> int:
        """The most bytes of a token that is taken."""
        return LONGEST_TOKEN

    def stamp(self, data: bytes) -> bytes:
        """Return a token over the SHA-256 of ``data``; raises StampMissing."""
        return self.stamp_digest(sha256(data).digest())

    def stamp_digest(self, imprint: bytes) -> bytes:
        """Return a token over a SHA-256.

        Raises:
            StampMissing: ``stamp-unreachable`` (no answer in time, or no HTTP 200),
                ``stamp-refused`` (with the authority's status) or ``stamp-unusable``: something
                else than a token of our digest and nonce that our verifier could read.

        """
        nonce = int.from_bytes(secrets.token_bytes(NONCE_BYTES), "big")
        try:
            answer = self.send(self.address, stamp_request(imprint, nonce=nonce), self.timeout)
        except (OSError, HTTPException) as error:
            raise StampMissing("stamp-unreachable", reason=type(error).__name__) from error
        token = _token_in(answer)
        try:
            info = open_token(token).info
        except Refused as refusal:
            raise StampMissing("stamp-unusable", reason=refusal.code) from refusal
        if info.imprint != imprint or info.nonce != nonce:
            raise StampMissing("stamp-unusable", reason="other digest or nonce")
        return token


def _token_in(answer: bytes) -> bytes:
    """Take the token out of a ``TimeStampResp``."""
    try:
        whole = first_element(answer[: LONGEST_ANSWER + 1])
        status, *token = whole.children()
        code = status.children()[0].content
    except (ValueError, LookupError) as error:
        raise StampMissing("stamp-unusable", reason="not DER") from error
    if int.from_bytes(code, "big", signed=True) not in GRANTED:
        raise StampMissing("stamp-refused", status=code.hex()[:16])
    alone = [each.tag for each in token] == [SEQUENCE]
    if not alone or whole.end != len(answer) or len(answer) > LONGEST_ANSWER:
        raise StampMissing("stamp-unusable", reason="not one token")
    return token[0].whole
