"""The second proof of a credential: W3C Data Integrity with ``eddsa-rdfc-2022``.

It signs the graph, not the text: SHA-256 of the canonical proof options, then SHA-256 of the
canonical credential, with Ed25519 (Data Integrity EdDSA Cryptosuites v1.0, section 3.2). The key
signs nothing else. The reader accepts one proof in one form, by a method the caller trusts; what
the proof says about itself only ever narrows that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Protocol

from certificates.credential.linked_graph import graph_of
from certificates.errors import CannotSay, NotChecked, Refused
from certificates.sealing.ed25519 import (
    SIGNATURE_BYTES,
    from_base58,
    multikey,
    to_base58,
    verify_ed25519,
)
from certificates.sealing.keys import Window
from certificates.sealing.rdf_canonical import canonical_quads
from certificates.sealing.token import id_of, key_address, moment_of, seconds_of

SUITE: Final = "eddsa-rdfc-2022"
PURPOSE: Final = "assertionMethod"
PROOF: Final = "proof"
FIRST_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
MEMBERS: Final = frozenset(
    {"type", "created", "verificationMethod", "cryptosuite", "proofPurpose", "proofValue"}
)
_OPTIONS: Final = (
    '_:c14n0 <http://purl.org/dc/terms/created> "%s"'
    "^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n"
    "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    " <https://w3id.org/security#DataIntegrityProof> .\n"
    '_:c14n0 <https://w3id.org/security#cryptosuite> "eddsa-rdfc-2022"'
    "^^<https://w3id.org/security#cryptosuiteString> .\n"
    "_:c14n0 <https://w3id.org/security#proofPurpose>"
    " <https://w3id.org/security#assertionMethod> .\n"
    "_:c14n0 <https://w3id.org/security#verificationMethod> <%s> .\n"
)
"""The canonical graph of proof options of our one form, with gaps for time and method."""


class SignsProofs(Protocol):
    """An Ed25519 key that signs proofs."""

    @property
    def public_bytes(self) -> bytes:
        """The public key, 32 bytes."""

    @property
    def window(self) -> Window:
        """When the key may sign."""

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of a signature."""


@dataclass(frozen=True, slots=True)
class ProofKey:
    """A public key that the caller trusts for proofs of one issuer."""

    issuer: str
    public_bytes: bytes
    window: Window


def method_of(issuer: str, public_bytes: bytes) -> str:
    """Return the name of a key: part of a DID document, or an address of its own below https."""
    name = multikey(public_bytes)
    return f"{issuer}#{name}" if issuer.startswith("did:") else key_address(issuer, name)


def add_proof(
    credential: Mapping[str, object], key: SignsProofs, *, at: datetime
) -> dict[str, object]:
    """Return the credential with a proof by its issuer's key, made at ``at`` (UTC).

    Raises:
        CannotSay: ``context-unknown``, ``term-undefined`` or ``value-unsigned`` (something a
            reader would see and the signature not cover, with its path), ``proof-window`` (the
            key may not sign at that time), ``credential-malformed``.

    """
    if PROOF in credential or not key.window.holds(at):
        raise CannotSay("proof-window", at=at.isoformat())
    try:
        method = method_of(id_of(dict(credential), "issuer"), key.public_bytes)
    except Refused as error:
        raise CannotSay(error.code, **error.values) from error
    created = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    signature = key.sign(_signed_bytes(credential, created, method))
    proof = {
        "type": "DataIntegrityProof",
        "created": created,
        "verificationMethod": method,
        "cryptosuite": SUITE,
        "proofPurpose": PURPOSE,
        "proofValue": "z" + to_base58(signature),
    }
    return {**credential, PROOF: proof}


def open_proof(
    secured: Mapping[str, object], keys: Mapping[str, ProofKey]
) -> tuple[dict[str, object], ProofKey]:
    """Return the credential without its proof, and the key that made it, once it is proved.

    ``keys`` are the methods that their issuers list for assertions, by their whole names.

    Raises:
        Refused: ``proof-missing``, ``proof-form``, ``proof-purpose``, ``proof-issuer``,
            ``proof-window``, ``signature-wrong``, or ``term-undefined`` and ``value-unsigned``:
            something is shown that no signature covers.
        NotChecked: ``proof-several``, ``proof-suite``, ``proof-key-unknown`` or
            ``context-unknown``: somebody may have signed this, but this program cannot tell.

    """
    proof = proof_in(secured)
    credential = {name: value for name, value in secured.items() if name != PROOF}
    created, method = _require_form(proof)
    key = keys.get(method)
    if key is None:
        raise NotChecked("proof-key-unknown", method=method[:200])
    named = credential.get("issuer")
    if (named if isinstance(named, str) else id_of(credential, "issuer")) != key.issuer:
        raise Refused("proof-issuer", issuer=key.issuer)
    if not key.window.holds(moment_of(seconds_of(created))):
        raise Refused("proof-window", created=created)
    try:
        signed = _signed_bytes(credential, created, method)
    except CannotSay as error:
        raise _as_found(error) from error
    verify_ed25519(key.public_bytes, _signature_in(proof), signed)
    return credential, key


def proof_in(secured: Mapping[str, object]) -> Mapping[str, object]:
    """Return the one proof of a document.

    An empty list is no proof, and of several this program does not choose the one that holds.

    Raises:
        Refused: ``proof-missing`` or ``proof-form``.
        NotChecked: ``proof-several``.

    """
    proof = secured.get(PROOF)
    if isinstance(proof, list):
        if len(proof) > 1:
            raise NotChecked("proof-several", proofs=len(proof))
        proof = proof[0] if proof else None
    if proof is None:
        raise Refused("proof-missing")
    if not isinstance(proof, dict):
        raise Refused("proof-form", member="proof")
    return proof


def _require_form(proof: Mapping[str, object]) -> tuple[str, str]:
    """Return when and by which method a proof of our form says it was made."""
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != SUITE:
        raise NotChecked("proof-suite", suite=str(proof.get("cryptosuite"))[:40])
    if proof.get("proofPurpose") != PURPOSE:
        raise Refused("proof-purpose", purpose=str(proof.get("proofPurpose"))[:40])
    method = proof.get("verificationMethod")
    if set(proof) != MEMBERS or not isinstance(method, str):
        # A challenge or a domain: made to show something to somebody, not to state it for good.
        raise Refused("proof-form", members=sorted(proof))
    seconds_of(proof["created"])
    return str(proof["created"]), method


def _signature_in(proof: Mapping[str, object]) -> bytes:
    value = proof["proofValue"]
    try:
        if isinstance(value, str) and value.startswith("z"):
            signature = from_base58(value[1:])
            if len(signature) == SIGNATURE_BYTES:
                return signature
    except ValueError:
        pass
    raise Refused("proof-form", member="proofValue")


def _signed_bytes(credential: Mapping[str, object], created: str, method: str) -> bytes:
    contexts = credential.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [FIRST_CONTEXT]:
        raise CannotSay("context-unknown", context=str(contexts)[:200])
    options = sha256((_OPTIONS % (created, method)).encode())
    return options.digest() + sha256(canonical_quads(graph_of(credential))).digest()


def _as_found(error: CannotSay) -> Refused | NotChecked:
    """Turn what an issuer must not say into what a reader concludes from finding it."""
    match error.code:
        case "context-unknown":
            return NotChecked("context-unknown", **error.values)
        case "graph-tangled":
            return NotChecked("graph-tangled", **error.values)
        case "term-undefined":
            return Refused("term-undefined", **error.values)
        case _:
            return Refused("value-unsigned", **error.values)
