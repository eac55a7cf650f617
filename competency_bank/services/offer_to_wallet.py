"""Trip: a learner's letter into a wallet of theirs (OpenID for Verifiable Credential Issuance 1.0).

The learner sees a code (as QR) and six digits. The wallet gives both for an access token, proves
its key against a fresh nonce, and collects. A code is worth something once, for ten minutes and
five tries; whoever sends a used one again ends what it was exchanged for (RFC 6749 section 4.1.2).
"""

import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from certificates.credential.open_badge import statement_of
from certificates.credential.wallet_claims import wallet_claims
from certificates.errors import Refused
from certificates.sealing.holder_proof import read_key_proof
from certificates.sealing.keys import KeyRing
from certificates.sealing.sd_jwt import SALT_BYTES, issue_sd_jwt
from certificates.verifying.presentation import TYPE
from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from competency_bank.domain.people import PersonId
from competency_bank.domain.wallet_nonce import require_nonce
from competency_bank.storage import certificate_rows, wallet_rows
from competency_bank.storage.certificate_rows import KeptCertificate
from competency_bank.storage.database import Transaction
from competency_bank.storage.wallet_rows import WalletGrant

SD_JWT, OPEN_BADGE = "unit-sd-jwt", "unit-open-badge"
KINDS = (SD_JWT, OPEN_BADGE)
"""What a wallet can collect: the names of our credential configurations."""
OFFER_LIVES = timedelta(minutes=10)
TOKEN_LIVES = timedelta(minutes=5)
MOST_TRIES = 5
PIN_DIGITS = 6
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Offer:
    """What the learner gives to the wallet: the code by QR, the digits by hand."""

    code: str
    pin: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues, and as whom wallets know it."""

    keys: KeyRing
    pepper: bytes
    address: str
    """The credential issuer identifier: the address of the bank."""
    badge_of: Callable[[str], str | None]
    """Returns the token inside the document of a serial, signed when it was issued."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a wallet asks for."""

    token: str
    kind: str
    proofs: tuple[str, ...]


def offer(
    transaction: Transaction, learner: PersonId, serial: str, *, pepper: bytes
) -> tuple[Offer, KeptCertificate]:
    """Offer one of the learner's own letters in force.

    Raises NotFound("unknown-certificate") for others, Conflict("letter-not-in-force").
    """
    kept = certificate_rows.find_certificate(transaction, serial)
    if kept.learner != learner:
        raise NotFound("unknown-certificate", name=serial)
    _require_in_force(kept)
    made = Offer(
        code=secrets.token_urlsafe(SECRET_BYTES),
        pin=f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}",
        expires_at=transaction.now + OFFER_LIVES,
    )
    grant = WalletGrant(
        learner=learner,
        id=str(uuid.uuid4()),
        serial=serial,
        pin_hash=_pin_hash(pepper, made),
        tries=0,
        redeemed=False,
        expires_at=made.expires_at,
    )
    wallet_rows.add_grant(transaction, grant, made.code)
    return made, kept


def redeem(transaction: Transaction, code: str, pin: str, *, pepper: bytes) -> str | NotAllowed:
    """Return an access token for a code and its digits, or why not.

    What went wrong is returned, not raised: a wrong try must stay counted.
    """
    grant = wallet_rows.grant_by_code(transaction, code)
    if grant is None:
        return NotAllowed("wallet-code")
    if grant.redeemed or transaction.now >= grant.expires_at or grant.tries >= MOST_TRIES:
        wallet_rows.end_grant(transaction, grant)
        return NotAllowed("wallet-code")
    sent = _pin_hash(pepper, Offer(code, pin, grant.expires_at))
    if not hmac.compare_digest(sent, grant.pin_hash):
        wallet_rows.count_try(transaction, grant)
        return NotAllowed("wallet-pin")
    token = secrets.token_urlsafe(SECRET_BYTES)
    wallet_rows.redeem(transaction, grant, token, transaction.now + TOKEN_LIVES)
    return token


def collect(transaction: Transaction, asked: Asked, issuer: Issuer) -> str:
    """Return the credential that a wallet may collect.

    Raises NotAllowed("wallet-token") or ("wallet-nonce"), BadInput("wallet-format"),
    ("wallet-request") or ("wallet-proof"), Conflict("letter-not-in-force").
    """
    grant = wallet_rows.grant_by_token(transaction, asked.token)
    if grant is None:
        raise NotAllowed("wallet-token")
    if asked.kind not in KINDS:
        raise BadInput("wallet-format")
    if asked.kind in grant.issued:
        raise NotAllowed("wallet-token")
    kept = certificate_rows.find_certificate(transaction, grant.serial)
    _require_in_force(kept)
    credential = (
        _sd_jwt(transaction, asked, kept, issuer) if asked.kind == SD_JWT else _badge(kept, issuer)
    )
    wallet_rows.note_collected(transaction, grant, asked.kind)
    return credential


def _sd_jwt(transaction: Transaction, asked: Asked, kept: KeptCertificate, issuer: Issuer) -> str:
    if len(asked.proofs) != 1:
        raise BadInput("wallet-request")
    try:
        proof = read_key_proof(asked.proofs[0], audience=issuer.address, at=transaction.now)
    except Refused as fault:
        raise BadInput("wallet-proof", reason=fault.code) from fault
    until = require_nonce(issuer.pepper, proof.nonce, transaction.now)
    wallet_rows.use_nonce(transaction, proof.nonce, until)
    claims = wallet_claims(statement_of(json.loads(kept.plan)), proof.jwk, at=transaction.now)
    key = issuer.keys.credential
    return issue_sd_jwt(
        claims.shown,
        claims.hidden,
        {"typ": TYPE, "kid": key.kid},
        sign=key.sign,
        salt=lambda: secrets.token_bytes(SALT_BYTES),
    )


def _badge(kept: KeptCertificate, issuer: Issuer) -> str:
    token = issuer.badge_of(kept.serial)
    if token is None:
        raise Conflict("document-missing", serial=kept.serial)
    return token


def _require_in_force(kept: KeptCertificate) -> None:
    if kept.kind != "unit" or kept.state is not CertificateState.ISSUED:
        raise Conflict("letter-not-in-force", name=kept.serial)


def _pin_hash(pepper: bytes, made: Offer) -> str:
    """Return the keyed hash of the digits: there are only a million of them."""
    return hmac.new(pepper, f"{made.code}\n{made.pin}".encode(), hashlib.sha256).hexdigest()
