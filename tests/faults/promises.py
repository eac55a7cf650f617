"""What must hold of a bank after any fault: nothing acknowledged lost, doubled or half done."""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from competency_bank.bank import Bank, open_bank
from competency_bank.domain.awards import CertificateState
from competency_bank.settings import Settings
from competency_bank.storage.certificate_rows import all_certificates
from competency_bank.storage.record_rows import every_holding
from tests.banks import expect_clean

MEMORY = Path("/dev/shm")  # noqa: S108  (a kill spares what the system holds; memory is as good)


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend a folder in memory where there is one: thousands of fsyncs cost nothing there."""
    folder = Path(tempfile.mkdtemp(prefix="bank-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def opened(home: Path) -> Iterator[Bank]:
    """Open a bank as after a restart, and close it again."""
    bank = open_bank(Settings(home=home))
    try:
        yield bank
    finally:
        bank.database.close()


def expect_whole(bank: Bank) -> None:
    """Fail if the audit finds anything, a pass or a certificate is doubled, a document is torn."""
    expect_clean(bank)
    with bank.reading() as transaction:
        passes = Counter((one.learner, one.unit) for one in every_holding(transaction))
        certificates = all_certificates(transaction)
        stated = transaction.connection.execute(
            text("SELECT count(*) FROM ledger_entries WHERE kind = 'certificate-issued'")
        ).scalar()
    standing = Counter(
        (one.learner, one.kind, one.subject)
        for one in certificates
        if one.state is not CertificateState.REVOKED
    )
    sealed = {one.serial: one for one in certificates if one.document_digest is not None}
    assert {*passes.values(), *standing.values()} <= {1}
    assert stated == len(sealed), "issued twice"
    known = {one.serial for one in certificates}
    for document in bank.settings.issued.glob("*.pdf"):
        assert document.stem in known, f"{document.name} has no entry"
    for serial, one in sealed.items():
        kept = (bank.settings.issued / f"{serial}.pdf").read_bytes()
        assert hashlib.sha256(kept).hexdigest() == one.document_digest


def holdings(bank: Bank) -> set[tuple[str, str]]:
    """Return (number in school, unit) of every pass that stands."""
    query = text(
        "SELECT people.ref, records.unit_key FROM records JOIN people ON people.id = learner_id"
        " WHERE voided_entry IS NULL"
    )
    with bank.reading() as transaction:
        return {(str(ref), str(unit)) for ref, unit in transaction.connection.execute(query)}
