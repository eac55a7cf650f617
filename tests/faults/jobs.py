"""What a bank does when it is killed: each job says what it has acknowledged, and goes on later.

A job is a class with the same five parts: ``begin`` fills a home once, ``run`` works and says every
acknowledgement, ``check`` holds what was said against what is there, ``resume`` goes on, and
``finished`` says whether nothing is left to do.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from alembic import command
from sqlalchemy import create_engine, text

from certificates.sealing.trust_file import read_trust_list
from competency_bank.backing_up import back_up, restore
from competency_bank.bank import Bank
from competency_bank.founding import create_bank
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted, find_due
from competency_bank.services.load_standards import load_editions
from competency_bank.services.record_units import record_sheet
from competency_bank.services.revoke_certificate import revoke_certificate
from competency_bank.settings import Settings
from competency_bank.storage.backup_file import backup_head
from competency_bank.storage.certificate_rows import all_certificates
from competency_bank.storage.ledger_rows import log_size
from competency_bank.storage.people_rows import find_person
from competency_bank.storage.upgrading import alembic_config
from standards.model import Edition
from tests.banks import BARBER, HOUSEKEEPING, TEACHERS, record, school_bank, sheet_of
from tests.faults.nursery import Say
from tests.faults.promises import expect_whole, holdings, opened
from tests.small_standards import small_edition

EDITIONS = 4
BACKUPS = 4
RECORDED = 68
"""Units on the demonstration's own sheet of the housekeeping class."""

HEADS = {
    HOUSEKEEPING: "เลขที่,THR-HOH-1-194ZB,THR-HOH-1-200ZB,THR-HOH-1-202ZB,วันที่ผ่าน",
    BARBER: "เลขที่,10101,10104,10302,20101,20102,วันที่ผ่าน",
}
ROWS = {HOUSEKEEPING: ("HK", 24, 3, "29/4/2566"), BARBER: ("BB", 8, 5, "28/10/2569")}
"""First letters of the learners' numbers, how many learners, units of the course, day."""

FIRST_REVISION = "ed7a3008d97a"
"""The oldest form of the tables: the longest way for a migration."""


class Job(Protocol):
    """One kind of work that may be torn off anywhere."""

    def begin(self, home: Path) -> None:
        """Fill a new home with what the job starts from."""

    def run(self, home: Path, say: Say) -> None:
        """Work, and say each thing at the moment it is acknowledged."""

    def check(self, home: Path, said: Sequence[str]) -> None:
        """Fail if anything said is not there, or anything is doubled or half done."""

    def resume(self, home: Path) -> None:
        """Go on until everything is done; fail if it cannot be."""


class Recording:
    """Class sheets of one learner each: a row is kept whole or not at all."""

    def begin(self, home: Path) -> None:
        school_bank(home).database.close()

    def run(self, home: Path, say: Say) -> None:
        with opened(home) as bank:
            for learner, class_id, row in sheet_rows():
                with bank.writing() as transaction:
                    teacher = find_person(transaction, TEACHERS[class_id]).id
                    done = record_sheet(
                        transaction,
                        sheet_of(*row.split("\n")),
                        class_id,
                        by=teacher,
                        pepper=bank.pepper,
                    )
                say(f"{learner} {len(done.outcome.passes) + done.outcome.already}")

    def check(self, home: Path, said: Sequence[str]) -> None:
        with opened(home) as bank:
            expect_whole(bank)
            kept = Counter(ref for ref, _ in holdings(bank))
        for one in said:
            learner, count = one.split()
            assert kept[learner] == int(count), "acknowledged and gone"
        for learner, class_id, _ in sheet_rows():
            assert kept[learner] in {0, ROWS[class_id][2]}, "half of a row was kept"

    def resume(self, home: Path) -> None:
        self.run(home, lambda _: None)
        with opened(home) as bank:
            assert len(holdings(bank)) == sum(rows * units for _, rows, units, _ in ROWS.values())


class Issuing:
    """Certificates in small batches: no document without its entry, and no entry without it."""

    learners = ("BB-001", "BB-002", "BB-003")

    def begin(self, home: Path) -> None:
        bank = school_bank(home)
        record(bank, BARBER)
        bank.database.close()

    def run(self, home: Path, say: Say) -> None:
        with opened(home) as bank:
            for learner in self.learners:
                for one in issue(bank, Wanted(learner=learner)):
                    say(one.serial)

    def check(self, home: Path, said: Sequence[str]) -> None:
        with opened(home) as bank:
            expect_whole(bank)
            with bank.reading() as transaction:
                issued = {
                    one.serial for one in all_certificates(transaction) if one.document_digest
                }
            assert set(said) <= issued, "an acknowledged certificate is gone"

    def resume(self, home: Path) -> None:
        self.run(home, lambda _: None)
        with opened(home) as bank, bank.reading() as transaction:
            left = [one for who in self.learners for one in find_due(transaction, Wanted(who))]
            assert left == []
            assert {one.state.value for one in all_certificates(transaction)} == {"issued"}


class Publishing:
    """New editions, revocations and the trust list: what verifiers fetch is whole, never stale."""

    def begin(self, home: Path) -> None:
        bank = school_bank(home)
        record(bank, BARBER)
        issue(bank, Wanted(learner="BB-001"))
        bank.database.close()

    def run(self, home: Path, say: Say) -> None:
        with opened(home) as bank:
            for number, edition in enumerate(_editions()):
                with bank.writing() as transaction:
                    load_editions(transaction, [edition])
                say(f"edition {edition.id}")
                _revoke(bank, number)
                bank.publish()
                say(f"published {number} {_size(bank)}")

    def check(self, home: Path, said: Sequence[str]) -> None:
        with opened(home) as bank:
            expect_whole(bank)
            with bank.reading() as transaction:
                stored = {
                    str(one)
                    for (one,) in transaction.connection.execute(text("SELECT id FROM editions"))
                }
            listed = read_trust_list((bank.settings.trust / "trust.json").read_bytes())
            size = int((listed.checkpoint or "\n0").split("\n")[1])
            for one in said:
                kind, *rest = one.split()
                assert kind == "published" or rest[0] in stored
                assert kind == "edition" or size >= int(rest[1]), "an older trust list came back"

    def resume(self, home: Path) -> None:
        self.run(home, lambda _: None)
        with opened(home) as bank, bank.reading() as transaction:
            states = [one.state.value for one in all_certificates(transaction)]
            assert states.count("revoked") == len(_editions())


class Migrating:
    """A bank with records, brought from the oldest tables to the newest."""

    def begin(self, home: Path) -> None:
        bank = school_bank(home)
        record(bank, HOUSEKEEPING)
        with bank.database.connection() as connection:
            command.downgrade(alembic_config(connection), FIRST_REVISION)
        bank.database.close()

    def run(self, home: Path, say: Say) -> None:
        create_bank(Settings(home=home)).database.close()
        say("upgraded")

    def check(self, home: Path, said: Sequence[str]) -> None:
        """A database between two forms opens nowhere; so it must be wholly in one of them."""
        engine = create_engine(f"sqlite:///{home / 'bank.sqlite'}")
        with engine.connect() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        engine.dispose()
        assert not said or revision != FIRST_REVISION

    def resume(self, home: Path) -> None:
        self.run(home, lambda _: None)
        with opened(home) as bank:
            expect_whole(bank)
            assert len(holdings(bank)) == RECORDED


class BackingUp:
    """Backups while somebody records: a backup is whole or not there, and leads to its head."""

    def begin(self, home: Path) -> None:
        school_bank(home).database.close()

    def run(self, home: Path, say: Say) -> None:
        with opened(home) as bank:
            for number, (_, class_id, row) in enumerate(list(sheet_rows())[-BACKUPS:]):
                with bank.writing() as transaction:
                    teacher = find_person(transaction, TEACHERS[class_id]).id
                    sheet = sheet_of(*row.split("\n"))
                    record_sheet(transaction, sheet, class_id, by=teacher, pepper=bank.pepper)
                size = back_up(bank, home / f"{number}.backup")
                say(f"{number} {size}")

    def check(self, home: Path, said: Sequence[str]) -> None:
        for file in home.glob("*.backup"):
            backup_head(file)  # raises for one that is not whole
        for one in said:
            number, size = one.split()
            head = backup_head(home / f"{number}.backup") or ""
            assert int(head.split("\n")[1]) >= int(size), "a backup of an older state"
        with opened(home) as bank:
            expect_whole(bank)

    def resume(self, home: Path) -> None:
        self.run(home, lambda _: None)
        newest = home / f"{BACKUPS - 1}.backup"
        with opened(home) as bank:
            size = _size(bank)
        restored = restore(Settings(home=home), newest, accept_loss=False)
        assert (restored.size, restored.lost) == (size, 0)
        with opened(home) as bank:
            expect_whole(bank)


def sheet_rows() -> Iterator[tuple[str, str, str]]:
    """Yield a learner, the class, and a sheet of that learner alone."""
    for class_id, (letters, rows, units, day) in ROWS.items():
        for number in range(1, rows + 1):
            row = ",".join([str(number), *["ผ่าน"] * units, day])
            yield f"{letters}-{number:03}", class_id, f"{HEADS[class_id]}\n{row}"


def _editions() -> list[Edition]:
    return [small_edition(number) for number in range(1, EDITIONS + 1)]


def _revoke(bank: Bank, number: int) -> None:
    """Revoke the certificate of this number, unless an earlier run did."""
    with bank.writing() as transaction:
        kept = all_certificates(transaction)[number]
        if kept.revoked_at is None:
            registrar = find_person(transaction, "R-001").id
            revoke_certificate(transaction, kept.serial, reason="issued-in-error", by=registrar)


def _size(bank: Bank) -> int:
    with bank.reading() as transaction:
        return log_size(transaction)


JOBS: dict[str, Job] = {
    "recording": Recording(),
    "issuing": Issuing(),
    "publishing": Publishing(),
    "migrating": Migrating(),
    "backing-up": BackingUp(),
}
