"""Backup while serving, restore, and what must happen when entries were lost for good.

A restored copy that is older than the head this bank has signed is refused: it would give out the
same serials and log positions a second time. Where no newer copy exists, somebody accepts the
loss: then the log goes on under a new name, so that no two heads of one name contradict, and
serials and status positions are moved past whatever the lost entries may have used.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from certificates.errors import CertificateError
from certificates.sealing.checkpoint import open_checkpoint
from competency_bank.bank import Bank, assemble, log_number, open_bank
from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind, Fact
from competency_bank.services.publish_trust import log_origin
from competency_bank.settings import Settings
from competency_bank.storage.backup_file import (
    backup_head,
    load_into,
    put_in_place,
    write_backup,
)
from competency_bank.storage.certificate_rows import move_numbers_past
from competency_bank.storage.issued_files import write_whole
from competency_bank.storage.ledger_rows import append_entries, log_size
from competency_bank.storage.log_state import HeadFile
from competency_bank.storage.upgrading import upgrade

_SERIAL = re.compile(r"([A-Z0-9]+-[0-9]{4})-([0-9]{6,})\.pdf")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore put in place."""

    size: int
    """Entries in the log."""
    lost: int
    """Entries that were signed before and are gone."""


def back_up(bank: Bank, path: Path) -> int:
    """Write a backup and return how many entries its log has; others go on writing."""
    with bank.reading() as transaction:
        size = log_size(transaction)
        write_backup(transaction, path)
    return size


def restore(settings: Settings, path: Path, *, accept_loss: bool) -> Restored:
    """Put a backup in place of the database, and check it before anything is signed again.

    The keys must be there: a backup holds none. Raises RecordDamaged("backup-damaged"),
    Conflict("backup-older") unless the loss is accepted, and whatever the check of the log finds.
    """
    with _opened_bank(settings) as bank:
        size, signed = _opened(bank, backup_head(path), path.name), _signed(bank)
        if size < signed and not accept_loss:
            raise Conflict("backup-older", size=size, signed=signed)
        file = settings.database.removeprefix("sqlite:///")
        if file == settings.database:
            load_into(path, bank.database)
        else:
            put_in_place(path, Path(file))
    with _opened_bank(settings) as bank:
        upgrade(bank.database)
    lost = max(0, signed - size)
    if lost:
        _begin_anew(settings, size, signed)
    with _opened_bank(settings) as bank:
        bank.require_sound_log()
    return Restored(size, lost)


@contextmanager
def _opened_bank(settings: Settings, *, guarded: bool = True) -> Iterator[Bank]:
    """Lend the bank as it stands now: every step of a restore looks anew."""
    bank = open_bank(settings) if guarded else assemble(settings, guarded=False)
    try:
        yield bank
    finally:
        bank.database.close()


def _begin_anew(settings: Settings, size: int, signed: int) -> None:
    """Go on under the next name.

    The head that was lost stays in place until the last step, so that a crash in between leaves a
    bank that refuses as before, and the restore is done again.
    """
    number = log_number(settings) + 1
    write_whole(settings.log_number, f"{number}".encode())
    with _opened_bank(settings, guarded=False) as bank, bank.writing() as transaction:
        origin = log_origin(bank.keys, number)
        facts: dict[str, Fact] = {"origin": origin, "kept": size, "signed": signed}
        entry = Entry(EntryKind.LOG_RESTARTED, transaction.now, SYSTEM, facts)
        head = append_entries(transaction, [entry]).checkpoint
        move_numbers_past(transaction, _serials(settings.issued), signed - size)
    lost = settings.log_head.with_name(f"{settings.log_head.name}.lost-{number - 1}")
    write_whole(
        lost, (HeadFile(settings.log_head).read() or "").encode()
    )  # evidence of what was signed and lost
    write_whole(settings.log_head, head.encode())


def _serials(issued: Path) -> dict[str, int]:
    """Return the highest number of each kind of serial among the documents that were kept."""
    found: dict[str, int] = {}
    for path in issued.glob("*.pdf") if issued.is_dir() else ():
        parts = _SERIAL.fullmatch(path.name)
        if parts is not None:
            name = f"serial-{parts[1]}"
            found[name] = max(found.get(name, 0), int(parts[2]))
    return found


def _signed(bank: Bank) -> int:
    head = bank.settings.log_head
    return _opened(bank, HeadFile(head).read(), head.name)


def _opened(bank: Bank, note: str | None, name: str) -> int:
    if note is None:
        return 0
    key = bank.keys.checkpoint.public_bytes
    try:
        return open_checkpoint(note, origin=log_origin(bank.keys), public_key=key).size
    except CertificateError as fault:
        raise RecordDamaged("backup-damaged", name=name, reason=fault.code) from fault
