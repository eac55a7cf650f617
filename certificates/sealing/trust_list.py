"""Whom to trust for what: all that an offline verifier needs besides the document.

``trust_file`` writes and reads it as a signed file. What the root signed changes rarely; the newest
status lists and the newest checkpoint travel beside it and carry their own signatures, so the
root's key can stay offline.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from certificates.sealing.certificate_chain import window_of
from certificates.sealing.controller_document import did_web_of
from certificates.sealing.data_integrity import ProofKey, method_of
from certificates.sealing.ed25519 import ed25519_of_jwk
from certificates.sealing.keys import KeyRing, Window
from certificates.sealing.legal_class import ClassOfAuthority
from certificates.sealing.p256 import key_of_jwk
from certificates.sealing.school_mandate import SchoolMandate
from certificates.sealing.time_stamp_token import read_any_certificate
from certificates.sealing.token import VerificationKey

NO_END: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""End of a mandate that was given without an end."""


class KeyPurpose(StrEnum):
    """What a key may sign; a key never serves two purposes."""

    CREDENTIAL = "credential"
    STATUS = "status"
    PROOF = "proof"
    """Data Integrity proofs: the one purpose whose keys are Ed25519."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """Which units an issuer may certify: any that one of the three lists names."""

    owners: tuple[str, ...]
    """Owners of standards, for example ``TPQI``."""
    sectors: tuple[str, ...]
    """Leading parts of unit codes, for example ``THR`` or ``THR-HOH``."""
    units: tuple[str, ...]
    """Whole unit codes."""
    window: Window

    def covers(self, owner: str, code: str, *, at: datetime) -> bool:
        """Tell whether a unit of this owner and code could be certified at ``at``."""
        named = owner in self.owners or code in self.units
        in_sector = any(code.startswith(f"{sector}-") for sector in self.sectors)
        return (named or in_sector) and self.window.holds(at)


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key of an issuer."""

    kid: str
    """RFC 7638 thumbprint of ``jwk``."""
    purpose: KeyPurpose
    jwk: dict[str, str]
    window: Window


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """An organisation whose certificates are believed."""

    id: str
    """Absolute URI, as in the credentials."""
    name_th: str
    name_en: str
    role: str
    mandates: tuple[Mandate, ...]
    certificates: tuple[bytes, ...]
    """DER of its authorities, the root last; document signers stand directly below one of them."""
    keys: tuple[TrustedKey, ...]
    status_lists: tuple[str, ...]
    """URIs under which its credentials name their status lists."""
    revocation_lists: tuple[bytes, ...] = ()
    """CRLs of its authorities, DER: which document signers no longer sign."""
    legal_classes: tuple[ClassOfAuthority, ...] = ()
    """What its authorities' certificates are worth in law; what is not named has section 9."""
    schools: tuple[SchoolMandate, ...] = ()
    """Which school has a mandate for which units; empty where the issuer answers for all alone."""

    def may_certify(self, owner: str, code: str, *, at: datetime) -> bool:
        """Tell whether one of its mandates covers the unit at that time."""
        return any(mandate.covers(owner, code, at=at) for mandate in self.mandates)


@dataclass(frozen=True, slots=True)
class TrustedTimeStamper:
    """A time-stamping authority whose stamps are believed."""

    name: str
    certificates: tuple[bytes, ...]
    """DER: its own certificate or that of the authority directly above it, then those above."""
    window: Window
    """The times for which it is believed."""


@dataclass(frozen=True, slots=True)
class TrustedLog:
    """The transparency log."""

    origin: str
    """Name in its checkpoints."""
    public_key: bytes
    """Ed25519, 32 bytes."""
    address: str
    """URL under which checkpoints and tiles are published."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody else who signs the log's checkpoints."""

    name: str
    public_key: bytes
    """Ed25519, 32 bytes."""


@dataclass(frozen=True, slots=True)
class TrustList:
    """Issuers, their keys and mandates, and the freshest signed state of lists and log."""

    root: bytes
    """DER of the certificate whose key signs the list."""
    made_at: datetime
    demonstration: bool
    issuers: tuple[TrustedIssuer, ...]
    log: TrustedLog | None
    witnesses: tuple[Witness, ...]
    status_tokens: dict[str, str]
    """Signed status lists by URI; histories by that URI and ``#history``."""
    checkpoint: str | None
    """Newest signed head of the log."""
    replaced: dict[str, str] = field(default_factory=dict)
    """Serial of a certificate that ended -> serial of the one in its place."""
    time_stampers: tuple[TrustedTimeStamper, ...] = ()

    def issuer(self, issuer_id: object) -> TrustedIssuer | None:
        """Return the issuer of that id, if it is on the list."""
        return next((issuer for issuer in self.issuers if issuer.id == issuer_id), None)

    def proof_keys(self) -> dict[str, ProofKey]:
        """Return all keys for proofs by the names that proofs call them by."""
        return {
            method_of(name, public): ProofKey(issuer.id, public, key.window)
            for issuer in self.issuers
            for key in issuer.keys
            if key.purpose is KeyPurpose.PROOF
            for public in (ed25519_of_jwk(key.jwk),)
            for name in (issuer.id, did_web_of(issuer.id))
            if name is not None
        }

    def keys(self, purpose: KeyPurpose) -> dict[str, VerificationKey]:
        """Return all P-256 keys for one purpose by their ids."""
        return {
            key.kid: VerificationKey(
                key.kid, issuer.id, public=key_of_jwk(key.jwk), window=key.window
            )
            for issuer in self.issuers
            for key in issuer.keys
            if key.purpose is purpose
        }


def own_issuer(
    ring: KeyRing, *, role: str, mandates: tuple[Mandate, ...], status_lists: tuple[str, ...]
) -> TrustedIssuer:
    """Describe the issuer that ``ring`` belongs to."""
    purposes = ((KeyPurpose.CREDENTIAL, ring.credential), (KeyPurpose.STATUS, ring.status))
    return TrustedIssuer(
        id=ring.issuer.id,
        name_th=ring.issuer.name_th,
        name_en=ring.issuer.name_en,
        role=role,
        mandates=mandates,
        certificates=ring.document.chain[1:],
        keys=tuple(
            TrustedKey(key.kid, purpose, jwk=key.jwk, window=key.window)
            for purpose, key in purposes
        ),
        status_lists=status_lists,
        revocation_lists=ring.revocation_lists,
    )


def own_time_stampers(ring: KeyRing) -> tuple[TrustedTimeStamper, ...]:
    """Describe the time-stamping authorities that the house of ``ring`` uses: its own, others."""
    own = () if ring.time_stamps is None else (ring.time_stamps.certificate,)
    found = []
    for der in (*own, *ring.other_stampers):
        certificate = read_any_certificate(der)
        name = certificate.subject.rfc4514_string()
        found.append(TrustedTimeStamper(name, (der,), window=window_of(certificate)))
    return tuple(found)
