"""Documents with time stamps, for tests: sealed B-T, archived B-LTA."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from unittest.mock import patch

from certificates.credential.snapshot import Statement
from certificates.sealing.archiving import Evidence, archive_pdf
from certificates.sealing.cms_profile import SealParts, assemble
from certificates.sealing.keys import DocumentKey, KeyRing
from certificates.sealing.seal_making import seal_room
from certificates.sealing.time_stamping import OwnTimeStamps, Stamp, stamped_by
from tests.benchmarks import revision_seal
from tests.certificates.statements import UNIT_LETTER
from tests.certificates.workshop import ISSUED, archived, ring, token

YEAR_ROOM = 4096
"""Bytes for stamps of strangers, whose tokens are longer than ours."""


def authority(keys: KeyRing | None = None, *, at: datetime = ISSUED) -> OwnTimeStamps:
    """Return a time-stamping authority whose clock stands still."""
    key = (keys or ring()).time_stamps
    assert key is not None
    return OwnTimeStamps(key, lambda: at)


def stamping(keys: KeyRing | None = None, *, at: datetime = ISSUED) -> DocumentKey:
    """Return the sealing key, so set up that its seals are stamped at ``at``."""
    keys = keys or ring()
    own = authority(keys, at=at)
    return stamped_by(keys.document, own.stamp, longest=own.longest)


def seal_stamped(pdf: bytes, key: DocumentKey, *, at: datetime = ISSUED) -> bytes:
    """Seal a document with room for the stamp, and with the stamp in it."""

    def with_stamp(parts: SealParts) -> bytes:
        assert key.stamp is not None
        return assemble(replace(parts, time_stamp=parts.time_stamp or key.stamp(parts.signature)))

    with (
        patch.object(revision_seal, "longest_seal", lambda *_: seal_room(key), create=True),
        patch.object(revision_seal, "assemble", with_stamp, create=True),
    ):
        return revision_seal.seal_revision(pdf, key, at=at)


def stamped(
    statement: Statement = UNIT_LETTER,
    keys: KeyRing | None = None,
    *,
    at: datetime = ISSUED,
    stamp: Stamp | None = None,
) -> bytes:
    """Return a whole certificate with a time stamp of ``at``, or with the one ``stamp`` makes."""
    keys = keys or ring()
    key = stamping(keys, at=at)
    if stamp is not None:
        key = stamped_by(keys.document, stamp, longest=YEAR_ROOM)
    return seal_stamped(archived(statement, token(statement, keys).encode()), key, at=ISSUED)


@cache
def stamped_certificate() -> bytes:
    """Return the stamped document that most tests check or damage."""
    return stamped()


def evidence(keys: KeyRing | None = None) -> Evidence:
    """Return what an archive revision takes along."""
    keys = keys or ring()
    assert keys.time_stamps is not None
    return Evidence((*keys.document.chain, keys.time_stamps.certificate), keys.revocation_lists)


def archive(pdf: bytes, *, at: datetime, keys: KeyRing | None = None) -> bytes:
    """Return ``pdf`` with an archive revision stamped at ``at``."""
    own = authority(keys, at=at)
    return archive_pdf(pdf, evidence(keys), stamp_digest=own.stamp_digest, longest=own.longest)


@cache
def archived_certificate() -> bytes:
    """Return the archived document that most tests check or damage."""
    return archive(stamped_certificate(), at=ISSUED)
