"""Write the shelf of issued documents for this version, once; an existing shelf is never rewritten.

Whatever was issued verifies for ever: each release adds its own samples, and every later release
checks them all. Run by ``make vectors``.
"""

import tempfile
from importlib.metadata import version
from pathlib import Path

from certificates.credential.snapshot import CertificateKind
from competency_bank.bank import Bank
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, HOUSEKEEPING, record, school_bank, sheet_of
from tests.everything_issued import LISTS, every_form, issue_every_kind, status_lists

SHELF = Path(__file__).parent / "issued"
ROW = "1,ผ่าน,ผ่าน,ผ่าน,29/4/2566"
HEAD = "เลขที่,THR-HOH-1-194ZB,THR-HOH-1-200ZB,THR-HOH-1-202ZB,วันที่ผ่าน"


def main() -> None:
    """Put what is not there yet on the shelf: documents of each release, and then every form."""
    release = version("competency-bank")
    for shelf, fill in ((SHELF / release, _documents), (SHELF / f"{release}-forms", _forms)):
        if not shelf.exists():
            with tempfile.TemporaryDirectory() as folder:
                samples = fill(Path(folder))
            shelf.mkdir(parents=True)
            for name, data in samples.items():
                (shelf / name).write_bytes(data)


def _documents(folder: Path) -> dict[str, bytes]:
    """Issue a few documents on a made-up bank and revoke one of them."""
    bank = school_bank(folder)
    record(bank, HOUSEKEEPING, sheet_of(HEAD, ROW))
    record(bank, BARBER, sheet_of("เลขที่,10302,วันที่ผ่าน", "5,ผ่าน,28/10/2569"))
    issued = issue(bank, Wanted())
    _revoke(bank, issued[0].serial)
    samples = {"trust.json": bank.publish().read_bytes()}
    for one in issued:
        verdict = "changed" if one.serial == issued[0].serial else "valid"
        document = (bank.settings.issued / f"{one.serial}.pdf").read_bytes()
        samples[f"{verdict}-{one.kind}-{one.serial}.pdf"] = document
    return samples


def _forms(folder: Path) -> dict[str, bytes]:
    """Issue every kind in every form, a unit letter twice: one of them is revoked."""
    bank, serials = issue_every_kind(folder)
    samples = {f"valid-{name}": data for name, data in every_form(bank, serials).items()}
    (ended,) = issue(bank, Wanted(learner="BB-002", kind=CertificateKind.UNIT))[:1]
    letter = every_form(bank, {CertificateKind.UNIT: ended.serial})
    samples |= {f"changed-{name}": data for name, data in letter.items()}
    _revoke(bank, ended.serial)
    samples = {name: data for name, data in samples.items() if _is_kept(name)}
    lists = {f"list-{name}": data for name, data in status_lists(bank).items()}
    return samples | lists | {"trust.json": bank.publish().read_bytes()}


def _is_kept(name: str) -> bool:
    """Tell whether a form has a place on the shelf: pictures of one kind stand for all."""
    plain = not name.endswith((".png", ".svg")) or name.startswith("valid-unit.")
    return plain and name.partition("-")[2] not in LISTS


def _revoke(bank: Bank, serial: str) -> None:
    with bank.writing() as transaction:
        registrar = find_person(transaction, "R-001").id
        revoke_certificate(transaction, serial, reason="issued-in-error", by=registrar)


if __name__ == "__main__":
    main()
