"""Credentials that come without a page: a token, linked data, or either of them in a picture."""

from collections.abc import Mapping

from certificates.credential.baked_image import unbake
from certificates.errors import NotChecked, Refused
from certificates.sealing.data_integrity import open_proof, proof_in
from certificates.sealing.status_list import read_status_list
from certificates.sealing.strict_json import parse_object
from certificates.sealing.token import id_of, parse_token
from certificates.sealing.token_status import TYPE as STATUS_TOKEN
from certificates.sealing.trust_list import KeyPurpose, TrustedIssuer, TrustList
from certificates.sealing.typed_token import parse_typed
from certificates.verifying.bearer import TrustSource, prove_token, require_trust
from certificates.verifying.recognising import Kind, token_text

STATUS_TYPE = "BitstringStatusListCredential"


def prove_form(
    kind: Kind, data: bytes, trust: TrustSource
) -> tuple[dict[str, object], TrustedIssuer]:
    """Return the credential in a file of one of these kinds, and its issuer, once it is proved.

    Raises:
        Refused: not what a trusted issuer signed; for pictures also what ``unbake`` says.
        NotChecked: nobody we trust, a form we cannot judge, or a status list alone, which is no
            certificate even if it is sound.

    """
    if kind is Kind.PICTURE:
        text = unbake(data)
        kind, data = (Kind.LINKED if text.startswith("{") else Kind.TOKEN), text.encode("utf-8")
    if kind is Kind.LINKED:
        return _prove_linked(data, trust)
    text = token_text(data)
    _stop_at_status_list(text, trust)
    return prove_token(text, trust)


def _stop_at_status_list(text: str, trust: TrustSource) -> None:
    """Prove a list, of either kind, and stop: it is no certificate even if it is sound."""
    token = parse_token(text)
    if _is_status_list(token.payload):
        read_status_list(text, require_trust(trust).keys(KeyPurpose.STATUS))
        raise NotChecked("status-list-alone")
    if token.header.get("typ") == STATUS_TOKEN:
        key = require_trust(trust).keys(KeyPurpose.STATUS).get(token.kid)
        if key is None:
            raise NotChecked("status-unreadable", kid=token.kid[:200])
        parse_typed(text, typ=STATUS_TOKEN, members=frozenset({"kid"})).prove(key.public)
        raise NotChecked("status-list-alone")


def _prove_linked(data: bytes, trust: TrustSource) -> tuple[dict[str, object], TrustedIssuer]:
    try:
        secured = parse_object(data)
    except ValueError:
        raise Refused("token-json") from None
    proof = proof_in(secured)
    listed = require_trust(trust)
    issuer = _issuer_of(secured, proof, listed)
    credential, _ = open_proof(secured, listed.proof_keys())
    if _is_status_list(credential):
        raise NotChecked("status-list-alone")
    return credential, issuer


def _issuer_of(
    secured: dict[str, object], proof: Mapping[str, object], trust: TrustList
) -> TrustedIssuer:
    """Return the trusted issuer that a document and its proof both name.

    Raises:
        NotChecked: ``issuer-unknown``: neither names one.
        Refused: ``issuer-forged``: only one of them does.

    """
    issuer = trust.issuer(id_of(secured, "issuer"))
    key = trust.proof_keys().get(str(proof.get("verificationMethod")))
    if issuer is None and key is None:
        raise NotChecked("issuer-unknown")
    if issuer is None or key is None or key.issuer != issuer.id:
        raise Refused("issuer-forged")
    return issuer


def _is_status_list(credential: Mapping[str, object]) -> bool:
    types = credential.get("type")
    return isinstance(types, list) and STATUS_TYPE in types
