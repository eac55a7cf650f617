"""The trust list as a file: ``trust.json``, signed by the bank's root key.

The signature is ES256 over the canonical JSON (sorted names, no spaces, UTF-8) of all members but
``signature`` and ``fresh``; what is in ``fresh`` is signed by the keys the list names. A file with
anything wrong in it is not used at all: half a trust list is the forger's half.
"""

from itertools import pairwise
from typing import Final

from cryptography import x509

from certificates.errors import CannotSay, NotChecked, ProofFails, Refused
from certificates.sealing.certificate_chain import (
    fingerprint,
    is_issued_by,
    may_issue,
    public_key_of,
    read_certificate,
    window_of,
)
from certificates.sealing.checkpoint import open_checkpoint
from certificates.sealing.ed25519 import ed25519_of_jwk
from certificates.sealing.p256 import jwk_of, key_of_jwk, thumbprint, verify_raw
from certificates.sealing.revoked_signers import is_list_of, read_revocation_list
from certificates.sealing.status_history import SUFFIX, read_status_history
from certificates.sealing.status_list import read_status_list
from certificates.sealing.strict_json import (
    canonical,
    from_base64url,
    parse_object,
    to_base64url,
)
from certificates.sealing.time_stamp_token import read_any_certificate
from certificates.sealing.token import ALGORITHM, SignsTokens
from certificates.sealing.trust_form import form_of, trust_of
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList

LONGEST_FILE: Final = 10 * 1024 * 1024
SIGNATURE: Final = "signature"
FRESH: Final = "fresh"


def write_trust_list(trust: TrustList, key: SignsTokens) -> bytes:
    """Return ``trust.json``: one line of canonical JSON.

    Raises:
        CannotSay: ``trust-list``: nobody would use what was written, because (``reason``) ``key``
            is not the root's or the list contradicts itself.

    """
    form = form_of(trust)
    signature = {
        "alg": ALGORITHM,
        "kid": key.kid,
        "value": to_base64url(key.sign(_signed_bytes(form))),
    }
    data = canonical({**form, SIGNATURE: signature})
    try:
        read_trust_list(data)
    except NotChecked as error:
        raise CannotSay("trust-list", reason=error.code) from error
    return data


def read_trust_list(data: bytes, *, root_fingerprint: str | None = None) -> TrustList:
    """Return the list in ``data`` if everything in it holds together.

    ``root_fingerprint`` is the SHA-256 of the root certificate, in hexadecimal with or without
    colons; without it, whoever chose the file has chosen whom to trust.

    Raises:
        NotChecked: ``trust-list-malformed``, ``trust-list-root`` (unusable, or not the one
            wanted), ``trust-list-signature``, ``trust-list-certificates``, ``trust-list-keys``,
            ``trust-list-time-stampers``, ``trust-list-status`` or ``trust-list-checkpoint``.

    """
    form, signature = _read_form(data)
    try:
        trust = trust_of(form)
    except ValueError as error:
        raise NotChecked("trust-list-malformed", reason=str(error)) from error
    root = _read_root(trust, root_fingerprint)
    _prove_signature(root, signature, signed=_signed_bytes(form))
    _require_certificates(trust)
    _require_time_stampers(trust)
    _require_keys(trust)
    _require_status_lists(trust)
    _require_checkpoint(trust)
    return trust


def _read_form(data: bytes) -> tuple[dict[str, object], dict[str, object]]:
    if len(data) > LONGEST_FILE:
        raise NotChecked("trust-list-malformed", reason="too long")
    try:
        form = parse_object(data)
    except ValueError as error:
        raise NotChecked("trust-list-malformed", reason=str(error)) from error
    signature = form.pop(SIGNATURE, None)
    if not isinstance(signature, dict) or set(signature) != {"alg", "kid", "value"}:
        raise NotChecked("trust-list-malformed", reason="signature")
    return form, signature


def _signed_bytes(form: dict[str, object]) -> bytes:
    return canonical({name: value for name, value in form.items() if name != FRESH})


def _read_root(trust: TrustList, wanted: str | None) -> x509.Certificate:
    found = fingerprint(trust.root)
    if wanted is not None and wanted.replace(":", "").strip().lower() != found:
        raise NotChecked("trust-list-root", fingerprint=found)
    try:
        root = read_certificate(trust.root)
        sound = is_issued_by(root, root) and may_issue(root)
    except ValueError:
        raise NotChecked("trust-list-root", fingerprint=found) from None
    if not sound or not window_of(root).holds(trust.made_at):
        raise NotChecked("trust-list-root", fingerprint=found)
    return root


def _prove_signature(
    root: x509.Certificate, signature: dict[str, object], *, signed: bytes
) -> None:
    key = public_key_of(root)
    if (signature["alg"], signature["kid"]) != (ALGORITHM, thumbprint(jwk_of(key))):
        raise NotChecked("trust-list-signature", kid=signature["kid"])
    try:
        verify_raw(key, from_base64url(str(signature["value"])), signed)
    except (Refused, ValueError):
        raise NotChecked("trust-list-signature") from None


def _require_certificates(trust: TrustList) -> None:
    ids = [issuer.id for issuer in trust.issuers]
    if len(set(ids)) != len(ids):
        raise NotChecked("trust-list-certificates", reason="an issuer twice")
    for issuer in trust.issuers:
        try:
            chain = [read_certificate(der) for der in issuer.certificates]
            sound = bool(chain) and all(may_issue(certificate) for certificate in chain)
        except ValueError:
            raise NotChecked("trust-list-certificates", issuer=issuer.id) from None
        linked = all(is_issued_by(lower, upper) for lower, upper in pairwise(chain))
        if not sound or not linked or not is_issued_by(chain[-1], chain[-1]):
            raise NotChecked("trust-list-certificates", issuer=issuer.id)
        _require_about(issuer, chain)


def _require_about(issuer: TrustedIssuer, chain: list[x509.Certificate]) -> None:
    """Require that what is said about authorities is about those of this issuer, and signed."""
    own = {fingerprint(der) for der in issuer.certificates}
    try:
        lists = [read_revocation_list(der) for der in issuer.revocation_lists]
    except ValueError:
        raise NotChecked("trust-list-certificates", issuer=issuer.id) from None
    signed = all(any(is_list_of(crl, each) for each in chain) for crl in lists)
    if not signed or not {each.authority for each in issuer.legal_classes} <= own:
        raise NotChecked("trust-list-certificates", issuer=issuer.id)


def _require_time_stampers(trust: TrustList) -> None:
    for each in trust.time_stampers:
        try:
            chain = [read_any_certificate(der) for der in each.certificates]
        except ValueError:
            raise NotChecked("trust-list-time-stampers", name=each.name) from None
        if not chain or not all(is_issued_by(low, high) for low, high in pairwise(chain)):
            raise NotChecked("trust-list-time-stampers", name=each.name)


def _require_keys(trust: TrustList) -> None:
    keys = [key for issuer in trust.issuers for key in issuer.keys]
    if len({key.kid for key in keys}) != len(keys):
        raise NotChecked("trust-list-keys", reason="a key twice")
    for key in keys:
        try:
            ed25519_of_jwk(key.jwk) if key.purpose is KeyPurpose.PROOF else key_of_jwk(key.jwk)
        except ValueError:
            raise NotChecked("trust-list-keys", kid=key.kid) from None
        if thumbprint(key.jwk) != key.kid:
            raise NotChecked("trust-list-keys", kid=key.kid)


def _require_status_lists(trust: TrustList) -> None:
    owners = {uri: issuer.id for issuer in trust.issuers for uri in issuer.status_lists}
    keys = trust.keys(KeyPurpose.STATUS)
    for name, token in trust.status_tokens.items():
        uri = name.removesuffix(SUFFIX)
        try:
            content = (
                read_status_list(token, keys).content
                if name == uri
                else read_status_history(token, keys)
            )
        except NotChecked as error:
            raise NotChecked("trust-list-status", uri=name, reason=error.code) from error
        if (content.uri, content.issuer) != (uri, owners.get(uri)):
            raise NotChecked("trust-list-status", uri=uri, reason="another list")


def _require_checkpoint(trust: TrustList) -> None:
    if trust.checkpoint is None:
        return
    if trust.log is None:
        raise NotChecked("trust-list-checkpoint", reason="no log")
    try:
        open_checkpoint(trust.checkpoint, origin=trust.log.origin, public_key=trust.log.public_key)
    except ProofFails as error:
        raise NotChecked("trust-list-checkpoint", reason=error.code) from error
