"""Hosts: programs of others that keep badges for a learner, and what the learner lets them do.

OAuth 2.0 authorization code with PKCE (RFC 6749, RFC 7636; S256 only, as Open Badges 3.0 section 7
demands), clients registered dynamically (RFC 7591).
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from competency_bank.domain.errors import BadInput
from competency_bank.domain.people import PersonId
from standards.thai_text import find_forbidden, tidy

_SCOPE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
READ_CREDENTIALS = f"{_SCOPE}credential.readonly"
WRITE_CREDENTIALS = f"{_SCOPE}credential.upsert"
READ_PROFILE = f"{_SCOPE}profile.readonly"
WRITE_PROFILE = f"{_SCOPE}profile.update"
SCOPES = (READ_CREDENTIALS, WRITE_CREDENTIALS, READ_PROFILE, WRITE_PROFILE)

LONGEST_NAME = 100
MOST_REDIRECTS = 10
LONGEST_ADDRESS = 1000
SHORTEST_VERIFIER, LONGEST_VERIFIER = 43, 128
CHALLENGE_LENGTH = 43
LOOPBACK = frozenset({"127.0.0.1", "::1"})
"""Hosts that a program on the learner's own machine may be answered at (RFC 8252 section 7.3)."""


@dataclass(frozen=True, slots=True)
class HostClient:
    """A registered program."""

    id: str
    name: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    confidential: bool
    """Whether it has a secret; others are bound by PKCE alone."""


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """What a program asks a learner for; every part is checked."""

    client: HostClient
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str


@dataclass(frozen=True, slots=True)
class HostGrant:
    """What one learner lets one program do."""

    learner: PersonId
    id: str
    client: str
    scopes: tuple[str, ...]
    redirect_uri: str
    challenge: str
    code_used: bool
    granted_at: datetime
    expires_at: datetime
    """When the code or the newest access token ends."""
    ends_at: datetime
    """When nothing can be renewed any more."""


def client_name(value: object) -> str:
    """Return a program's name, as learners will read it; raises BadInput("client-request")."""
    if not isinstance(value, str) or find_forbidden(value):
        raise BadInput("client-request")
    name = tidy(value)
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("client-request")
    return name


def redirect_uris(value: object) -> tuple[str, ...]:
    """Return addresses that may be answered to; raises BadInput("client-redirect")."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_REDIRECTS:
        raise BadInput("client-redirect")
    for one in value:
        if not isinstance(one, str) or not _is_answerable(one):
            raise BadInput("client-redirect")
    return tuple(value)


def scopes_in(text: str, *, among: Iterable[str] = SCOPES) -> tuple[str, ...]:
    """Return the rights that a scope names; raises BadInput("client-scope") for any other."""
    found = tuple(dict.fromkeys(text.split()))
    if not found or not set(found) <= set(among):
        raise BadInput("client-scope")
    return found


def access_request(client: HostClient, fields: Mapping[str, str]) -> AccessRequest:
    """Return what a registered program asks for.

    Raises BadInput: ``client-redirect`` (then nothing may be answered to that address),
    ``client-scope``, or ``client-request`` without state or a PKCE challenge by S256.
    """
    redirect = fields.get("redirect_uri", "")
    if redirect not in client.redirect_uris:
        raise BadInput("client-redirect")
    challenge, state = fields.get("code_challenge", ""), fields.get("state", "")
    wanted = (fields.get("response_type"), fields.get("code_challenge_method"))
    whole = state and len(challenge) == CHALLENGE_LENGTH and _is_url_safe(challenge)
    if wanted != ("code", "S256") or not whole:
        raise BadInput("client-request")
    scopes = scopes_in(fields.get("scope", ""), among=client.scopes)
    return AccessRequest(client, redirect, scopes, state, challenge)


def answers_challenge(verifier: str, challenge: str) -> bool:
    """Tell whether a PKCE verifier belongs to a challenge (RFC 7636 section 4.6)."""
    if not SHORTEST_VERIFIER <= len(verifier) <= LONGEST_VERIFIER or not verifier.isascii():
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def _is_url_safe(text: str) -> bool:
    return text.isascii() and all(sign.isalnum() or sign in "-_" for sign in text)


def _is_answerable(address: str) -> bool:
    """Accept https, and http on the learner's own machine; never a fragment or a user name."""
    plain = address.isascii() and address.isprintable() and len(address) <= LONGEST_ADDRESS
    if not plain or any(sign in address for sign in " \"'<>\\#;,"):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return secure and bool(parts.hostname) and "@" not in parts.netloc
