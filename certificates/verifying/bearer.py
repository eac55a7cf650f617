"""Who signed a credential's token, and whether the trust list lets them."""

from collections.abc import Set as AbstractSet
from typing import Final

from certificates.errors import NotChecked, Refused
from certificates.sealing.status_history import SUFFIX, StatusHistory, read_status_history
from certificates.sealing.token import Token, credential_of, parse_token
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList

TrustSource = TrustList | NotChecked | None
"""The trust list; or why it cannot be used; or None where none was given."""

SIGNATURES: Final = frozenset(
    {"ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"}
)
"""Algorithms with which strangers may honestly sign (RFC 7518 section 3.1, RFC 8037)."""


def require_trust(trust: TrustSource) -> TrustList:
    """Return the trust list.

    Raises:
        NotChecked: ``trust-list-missing``, or why the list cannot be used.

    """
    if isinstance(trust, TrustList):
        return trust
    raise trust or NotChecked("trust-list-missing")


def history_of(trust: TrustList, uri: str) -> StatusHistory | None:
    """Return the history of a status list, where the trust list brings one.

    Raises:
        NotChecked: ``status-unreadable``.

    """
    token = trust.status_tokens.get(uri + SUFFIX)
    return None if token is None else read_status_history(token, trust.keys(KeyPurpose.STATUS))


def prove_token(
    text: str, trust: TrustSource, *, among: AbstractSet[str] | None = None
) -> tuple[dict[str, object], TrustedIssuer]:
    """Return the credential of a VC-JWT and its issuer, once the issuer's key is proved.

    ``among`` restricts the issuer: a sealed document carries a credential of whoever sealed it.

    Raises:
        Refused: the form, the claims or the signature is wrong; ``issuer-differs`` (not among the
            allowed); ``issuer-forged`` (a trusted issuer's name with another key, or the reverse).
        NotChecked: ``issuer-unknown``, or there is no trust list.

    """
    token = parse_token(text)
    if token.header.get("alg") not in SIGNATURES:
        raise Refused("token-algorithm", algorithm=str(token.header.get("alg"))[:40])
    listed = require_trust(trust)
    if among is not None and token.payload.get("iss") not in among:
        raise Refused("issuer-differs", issuer=token.payload.get("iss"))
    return _prove(token, listed)


def _prove(token: Token, trust: TrustList) -> tuple[dict[str, object], TrustedIssuer]:
    issuer = trust.issuer(token.payload.get("iss"))
    key = trust.keys(KeyPurpose.CREDENTIAL).get(token.kid)
    if issuer is None and key is None:
        raise NotChecked("issuer-unknown", issuer=token.payload.get("iss"))
    if issuer is None or key is None or key.issuer != issuer.id:
        raise Refused("issuer-forged", issuer=token.payload.get("iss"), kid=token.kid)
    token.prove(key)
    credential = credential_of(token.payload)
    key.require_claim(token.payload)
    return credential, issuer
