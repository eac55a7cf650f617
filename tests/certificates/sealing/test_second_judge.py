"""Another program's word on what we sign: openvc-core, which shares no code with us.

It judges every form it has a function for. What it lacks, so that nobody looks for it here:

- VC-JWT of data model 2.0. ``VcJwtProofSuite.verify`` and the pipeline ``verify_credential`` want
  the credential in a ``vc`` claim (data model 1.1) and end with ``ClaimsInvalid`` ("no embedded
  `vc` object") after the signature was found good; Open Badges 3.0 puts the credential at the top.
  Its ``verify_signature`` judges the signature of the same tokens.
- CLR 2.0. ``DataIntegrityProofSuite.verify`` finds the signature good and then refuses the form
  (``ProofMalformed``, "not in compacted form"), as it does with every CLR. An altered one already
  fails at the signature, so honest and altered are told apart.
- Methods below https. Its resolvers know did:key, did:jwk and did:web; the key is handed in here.

Since one person wrote it and openbadgeslib (``test_data_integrity``), the two are one lineage; the
graph is in both made by PyLD.
"""

from typing import Any

import pytest
from openvc import Ed25519SigningKey, OpenvcError, verify_signature
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.errors import ProofMalformed, SignatureInvalid
from openvc.proof.vc_jwt import ClaimsInvalid, VcJwtProofSuite
from openvc.status.status_list import check_credential_status

from certificates.credential.linked_terms import CONTEXT_NAMES
from certificates.credential.open_badge import to_open_badge
from certificates.credential.snapshot import CertificateKind, Statement
from certificates.sealing.data_integrity import FIRST_CONTEXT, open_proof
from certificates.sealing.ed25519 import ed25519_jwk
from certificates.sealing.status_list import StatusList, prove_status_list
from certificates.sealing.strict_json import from_base64url, to_base64url
from tests.certificates.linked_judges import published
from tests.certificates.sealing.test_data_integrity import (
    AT,
    KEYS,
    KINDS,
    METHOD,
    SIGNER,
    secured,
)
from tests.certificates.signed_kinds import changed_at, leaves
from tests.certificates.statements import ISSUER, UNIT_LETTER
from tests.certificates.workshop import STATUS_URI, ring, token

PUBLIC = ed25519_jwk(SIGNER.public_bytes)
CONTEXTS = {one: published(one) for one in CONTEXT_NAMES if one != FIRST_CONTEXT}
SUITE = DataIntegrityProofSuite()
BADGES = [kind for kind in KINDS if kind is not CertificateKind.PORTFOLIO]
INDEX = UNIT_LETTER.status.index


def judge(document: dict[str, Any]) -> None:
    SUITE.verify(document, public_key_jwk=PUBLIC, extra_contexts=CONTEXTS, now=AT)


@pytest.mark.parametrize("kind", BADGES)
def test_it_finds_our_proof_good_and_what_was_altered_anywhere_not(kind: CertificateKind) -> None:
    document = secured(KINDS[kind])
    judge(document)
    step = 1 if kind is CertificateKind.UNIT else 9
    for path in list(leaves(document))[::step]:
        with pytest.raises(OpenvcError):
            judge(changed_at(document, path))


def test_it_finds_the_signature_of_a_portfolio_good_before_it_refuses_the_form() -> None:
    document = secured(KINDS[CertificateKind.PORTFOLIO])

    with pytest.raises(ProofMalformed, match="compacted form"):
        judge(document)
    with pytest.raises(SignatureInvalid):
        judge(changed_at(document, ("name",)))


def test_we_find_its_proof_good() -> None:
    key = Ed25519SigningKey.generate(kid=METHOD)
    theirs = SUITE.add_proof(
        to_open_badge(UNIT_LETTER),
        signing_key=key,
        verification_method=METHOD,
        created=AT,
        extra_contexts=CONTEXTS,
    )
    public = from_base64url(key.public_jwk()["x"])
    keys = {METHOD: type(KEYS[METHOD])(ISSUER.id, public, KEYS[METHOD].window)}

    assert open_proof(theirs, keys)[0] == to_open_badge(UNIT_LETTER)


def signed_well(text: str) -> bool:
    head, payload, mark = text.split(".")
    return verify_signature(
        alg="ES256",
        public_jwk=ring().credential.jwk,
        signing_input=f"{head}.{payload}".encode(),
        signature=from_base64url(mark),
    )


@pytest.mark.parametrize("letter", KINDS.values(), ids=KINDS)
def test_it_finds_the_signature_of_our_tokens_good_and_of_altered_ones_not(
    letter: Statement,
) -> None:
    text = token(letter)
    head, payload, mark = text.split(".")
    altered = from_base64url(payload).replace(b'"name":"', b'"name":"x', 1)

    assert signed_well(text)
    assert altered != from_base64url(payload)
    assert not signed_well(".".join((head, to_base64url(altered), mark)))
    assert not signed_well(token(letter, ring("another")))
    other = token(UNIT_LETTER if letter is not UNIT_LETTER else KINDS[CertificateKind.COURSE])
    assert not signed_well(".".join((head, other.split(".")[1], mark)))


def test_it_still_lacks_tokens_of_data_model_2() -> None:
    """If this fails it has learned them, and should judge the whole token above."""
    with pytest.raises(ClaimsInvalid, match="no embedded `vc`"):
        VcJwtProofSuite().verify(token(), public_key_jwk=ring().credential.jwk)


@pytest.mark.parametrize("revoked", [(), (INDEX,), (INDEX + 1,)], ids=["none", "this", "next"])
def test_it_reads_our_status_list_and_finds_who_is_revoked(revoked: tuple[int, ...]) -> None:
    content = StatusList.revoked(revoked, uri=STATUS_URI, issuer=ISSUER.id)
    listed = prove_status_list(content, SIGNER, at=AT)
    judge(listed)
    found = check_credential_status(secured(), resolve_status_list=lambda _: listed)

    assert found.revoked == (INDEX in revoked)
    with pytest.raises(OpenvcError):
        judge(changed_at(listed, ("credentialSubject", "encodedList")))
