"""Write the shelf of issued documents for this version, once; an existing shelf is never rewritten.

Whatever was issued verifies for ever: each release adds its own samples, and every later release
checks them all. Run by ``make vectors``.
"""

import tempfile
from importlib.metadata import version
from pathlib import Path

from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.storage.people_rows import find_person
from tests.banks import BARBER, HOUSEKEEPING, record, school_bank, sheet_of

SHELF = Path(__file__).parent / "issued"
ROW = "1,ผ่าน,ผ่าน,ผ่าน,29/4/2566"
HEAD = "เลขที่,THR-HOH-1-194ZB,THR-HOH-1-200ZB,THR-HOH-1-202ZB,วันที่ผ่าน"


def main() -> None:
    """Issue a few documents of each kind on a made-up bank and put them on the shelf."""
    shelf = SHELF / version("competency-bank")
    if shelf.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        bank = school_bank(Path(folder))
        record(bank, HOUSEKEEPING, sheet_of(HEAD, ROW))
        record(bank, BARBER, sheet_of("เลขที่,10302,วันที่ผ่าน", "5,ผ่าน,28/10/2569"))
        issued = issue(bank, Wanted())
        with bank.writing() as transaction:
            registrar = find_person(transaction, "R-001").id
            revoke_certificate(
                transaction, issued[0].serial, reason="issued-in-error", by=registrar
            )
        shelf.mkdir(parents=True)
        (shelf / "trust.json").write_bytes(bank.publish().read_bytes())
        for one in issued:
            verdict = "changed" if one.serial == issued[0].serial else "valid"
            document = (bank.settings.issued / f"{one.serial}.pdf").read_bytes()
            (shelf / f"{verdict}-{one.kind}-{one.serial}.pdf").write_bytes(document)


if __name__ == "__main__":
    main()
