"""What must be true of what is sealed with the page: the proof of the log, the stapled status."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from certificates.credential.open_badge import to_open_badge
from certificates.errors import NoLongerValid, NotChecked, Refused
from certificates.report import examine
from certificates.sealing.checkpoint import Checkpoint, sign_checkpoint
from certificates.sealing.keys import KeyRing
from certificates.sealing.log_proof import LogProof, write_log_proof
from certificates.sealing.merkle import inclusion_proof, leaf_hash, root_of
from certificates.sealing.status_list import StatusList, sign_status_list
from certificates.sealing.strict_json import canonical
from certificates.verifying.journal import Outcome, Step
from certificates.verifying.logged_entry import KIND, VERSION_LINE
from certificates.verifying.verification import verify
from tests.benchmarks.revision_seal import seal_revision
from tests.certificates.statements import COURSE_LETTER, UNIT_LETTER
from tests.certificates.workshop import (
    CHECKED,
    ISSUED,
    ORIGIN,
    STATUS_URI,
    archived,
    attach,
    office,
    ring,
    token,
    trust,
)

DIGEST = sha256(canonical(to_open_badge(UNIT_LETTER))).hexdigest()


def entry(**changes: object) -> bytes:
    facts: dict[str, object] = {
        "at": "2026-05-04T03:15:00Z",
        "by": "system",
        "certificate": "unit",
        "digest": DIGEST,
        "kind": KIND,
        "serial": UNIT_LETTER.serial,
    }
    return VERSION_LINE + canonical(facts | changes)


def proof(data: bytes, keys: KeyRing | None = None, *, origin: str = ORIGIN) -> bytes:
    """Return the proof that a log of five entries holds ``data`` as its third."""
    leaves = [leaf_hash(each) for each in (b"a", b"b", data, b"d", b"e")]
    head = Checkpoint(origin, len(leaves), root_of(leaves))
    note = sign_checkpoint(head, (keys or ring()).checkpoint)
    path = tuple(inclusion_proof(leaves, 2))
    return write_log_proof(LogProof(data, 2, len(leaves), hashes=path, checkpoint=note))


def carrying(**attached: bytes) -> bytes:
    """Return a certificate with more attachments: names with _ for . and -- for -."""
    with pikepdf.open(BytesIO(archived(UNIT_LETTER, token().encode()))) as document:
        for name, content in attached.items():
            attach(document, name.replace("__", "-").replace("_", "."), content)
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return seal_revision(out.getvalue(), ring().document, at=ISSUED)


def outcome(pdf: bytes, step: Step, **listed: object) -> tuple[Outcome, str]:
    found = examine(pdf, name="x", trust=replace(trust(), **listed), at=CHECKED)  # type: ignore[arg-type]  # fields by name
    return next((each.outcome, each.code) for each in found.steps if each.step is step)


def test_a_certificate_with_its_log_proof_is_proved_in_every_step() -> None:
    document = carrying(log__proof_txt=proof(entry()))
    assert outcome(document, Step.LOG) == (Outcome.OK, "proved")
    assert verify(document, trust=trust(), at=CHECKED).statement == UNIT_LETTER


def test_the_proof_of_a_log_that_is_not_listed_proves_nothing_and_breaks_nothing() -> None:
    document = carrying(log__proof_txt=proof(entry(), origin="other.example/log"))
    assert outcome(document, Step.LOG) == (Outcome.NOT_CHECKED, "log-unknown")
    listed = carrying(log__proof_txt=proof(entry()))
    assert outcome(listed, Step.LOG, log=None, checkpoint=None)[1] == "log-unknown"
    assert verify(document, trust=trust(), at=CHECKED).statement == UNIT_LETTER


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (proof(entry(serial="BMA-2569-999999")), "log-proof-differs"),
        (proof(entry(digest="0" * 64)), "log-proof-differs"),
        (proof(entry(kind="certificate-issued")), "log-proof-differs"),
        (proof(entry().replace(b"entry/1", b"entry/2")), "log-proof-differs"),
        (proof(b"not an entry"), "log-proof-differs"),
        (proof(entry(), ring("fake")), "log-proof-checkpoint"),
        (proof(entry()).replace(b"index 2", b"index 3"), "log-proof-path"),
        (b"", "log-proof-malformed"),
        (b"\xff" * 90, "log-proof-malformed"),
    ],
    ids=[
        "other serial",
        "other credential",
        "other kind",
        "other version",
        "no entry",
        "other key",
        "other place",
        "empty",
        "no text",
    ],
)
def test_a_proof_that_does_not_hold_is_forged(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        verify(carrying(log__proof_txt=data), trust=trust(), at=CHECKED)
    assert refusal.value.code == code


def test_the_digest_in_the_log_is_that_of_the_credential_as_signed() -> None:
    other = sha256(canonical(to_open_badge(COURSE_LETTER))).hexdigest()
    with pytest.raises(Refused, match="log-proof-differs"):
        verify(carrying(log__proof_txt=proof(entry(digest=other))), trust=trust(), at=CHECKED)


def stapled(*revoked: int, hours: int = 2, keys: KeyRing | None = None) -> bytes:
    """Return a status list that is signed so many hours after the issue."""
    content = StatusList.revoked(revoked, uri=STATUS_URI, issuer=ring().issuer.id)
    key = (keys or ring()).status
    return sign_status_list(content, key, at=ISSUED + timedelta(hours=hours)).encode()


def test_without_a_fresh_list_in_the_trust_file_the_stapled_one_counts() -> None:
    document = carrying(status_jwt=stapled())
    assert outcome(document, Step.STATUS, status_tokens={}) == (Outcome.OK, "proved")
    late = ISSUED + timedelta(hours=25, minutes=30)
    assert verify(document, trust=trust(), at=late).statement == UNIT_LETTER


def test_the_freshest_list_counts() -> None:
    index = UNIT_LETTER.status.index
    revoked = replace(office(), revoked=(index,)).trust()
    with pytest.raises(NoLongerValid, match="revoked"):
        verify(carrying(status_jwt=stapled(hours=0)), trust=revoked, at=CHECKED)
    with pytest.raises(NoLongerValid, match="revoked"):
        verify(carrying(status_jwt=stapled(index)), trust=trust(), at=CHECKED)


def test_a_stapled_list_that_is_stale_or_of_other_keys_never_passes() -> None:
    empty = replace(trust(), status_tokens={})
    with pytest.raises(NotChecked, match="status-stale"):
        verify(carrying(status_jwt=stapled()), trust=empty, at=ISSUED + timedelta(days=3))
    for content in (stapled(keys=ring("fake")), b"x.y.z"):
        with pytest.raises(NotChecked, match="status-unreadable"):
            verify(carrying(status_jwt=content), trust=empty, at=CHECKED)
        found = verify(carrying(status_jwt=content), trust=trust(), at=CHECKED)
        assert found.statement == UNIT_LETTER


def test_an_attachment_of_another_name_is_refused() -> None:
    for name in ("more_txt", "log__proof_TXT", "status_jwt_exe"):
        with pytest.raises(Refused, match="attachments"):
            verify(carrying(**{name: b""}), trust=trust(), at=CHECKED)
