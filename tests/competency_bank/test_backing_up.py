"""Backup and restore: the same head, and an older copy never gives anything out twice."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from certificates.credential.snapshot import CertificateKind
from certificates.sealing.checkpoint import claimed_head, open_checkpoint
from competency_bank import bank as opened
from competency_bank.backing_up import Restored, back_up, restore
from competency_bank.bank import Bank
from competency_bank.cli.program import program
from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.publish_trust import log_origin
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.certificate_rows import all_certificates
from competency_bank.storage.ledger_rows import latest_checkpoint, log_size
from competency_bank.storage.log_state import HeadFile
from tests.banks import BARBER, HOUSEKEEPING, expect_clean, record, school_bank


def head(bank: Bank) -> str | None:
    with bank.reading() as transaction:
        return latest_checkpoint(transaction)


def letters(bank: Bank, learner: str) -> list[str]:
    wanted = Wanted(learner=learner, kind=CertificateKind.UNIT)
    return [one.serial for one in issue(bank, wanted)]


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    made = school_bank(tmp_path / "home")
    record(made, HOUSEKEEPING)
    letters(made, "HK-001")
    return made


def test_a_restored_bank_has_the_same_head_and_goes_on(bank: Bank, tmp_path: Path) -> None:
    kept = tmp_path / "backup"
    size = back_up(bank, kept)
    before = head(bank)
    bank.database.close()
    (bank.settings.home / "bank.sqlite").write_bytes(b"ruined")

    assert restore(bank.settings, kept, accept_loss=False) == Restored(size, 0)
    again = opened.open_bank(bank.settings)
    assert head(again) == before
    expect_clean(again)
    record(again, BARBER)
    expect_clean(again)
    assert (bank.settings.home / "bank.sqlite.replaced").read_bytes() == b"ruined"


def test_a_backup_is_one_state_while_others_go_on_writing(bank: Bank, tmp_path: Path) -> None:
    with bank.reading() as reading:
        size = log_size(reading)
        record(bank, BARBER)
        from competency_bank.storage.backup_file import write_backup  # noqa: PLC0415

        write_backup(reading, tmp_path / "backup")
    shutil.copytree(bank.settings.home, tmp_path / "other")
    (tmp_path / "other" / "log-head").unlink()
    (tmp_path / "other" / "issued").rename(tmp_path / "other" / "gone")
    other = bank.settings.model_copy(update={"home": tmp_path / "other"})
    assert restore(other, tmp_path / "backup", accept_loss=False).size == size
    found = {one.code for one in opened.open_bank(other).audit().findings}
    assert found == {"document-missing"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_older_copy_is_refused_until_the_loss_is_accepted(bank: Bank, tmp_path: Path) -> None:
    kept = tmp_path / "backup"
    size = back_up(bank, kept)
    issued = letters(bank, "HK-002")
    bank.database.close()
    signed = claimed_head(HeadFile(bank.settings.log_head).read() or "")

    with pytest.raises(Conflict, match="backup-older"):
        restore(bank.settings, kept, accept_loss=False)
    done = restore(bank.settings, kept, accept_loss=True)
    assert done == Restored(size, signed.size - size)
    again = opened.open_bank(bank.settings)
    fresh = letters(again, "HK-003")
    with again.reading() as transaction:
        every = {one.serial for one in all_certificates(transaction)}
        slots = "SELECT list_number FROM status_slots WHERE serial = ?"
        lists = {transaction.connection.exec_driver_sql(slots, (one,)).scalar() for one in fresh}
    assert not set(fresh) & set(issued)
    assert not every & set(issued)
    assert min(fresh) > max(issued)
    assert lists == {2}
    expect_clean(again)


def test_after_a_loss_no_head_of_one_name_contradicts_another(bank: Bank, tmp_path: Path) -> None:
    kept = tmp_path / "backup"
    back_up(bank, kept)
    first = head(bank)
    letters(bank, "HK-002")
    lost = head(bank)
    bank.database.close()
    restore(bank.settings, kept, accept_loss=True)
    again = opened.open_bank(bank.settings)
    anew = head(again)
    assert first is not None and lost is not None and anew is not None  # noqa: PT018

    base = log_origin(bank.keys)
    assert claimed_head(anew).origin == f"{base}/2"
    for note in (first, lost, anew):  # what was proved before still is, under the name once trusted
        key = bank.keys.checkpoint.public_bytes
        assert open_checkpoint(note, origin=base, public_key=key).size > 0
    assert (bank.settings.home / "log-head.lost-1").read_text(encoding="utf-8") == lost
    with again.writing() as transaction:
        withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")
    expect_clean(again)
    expect_clean(opened.open_bank(bank.settings))


def test_a_damaged_or_foreign_backup_changes_nothing(bank: Bank, tmp_path: Path) -> None:
    kept = tmp_path / "backup"
    back_up(bank, kept)
    before = head(bank)
    stranger = school_bank(tmp_path / "stranger")
    back_up(stranger, tmp_path / "foreign")
    whole = kept.read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "rubbish").write_bytes(b"x" * 9000)
    (tmp_path / "overwritten").write_bytes(whole[:40_000] + bytes(40_000) + whole[80_000:])
    for name in ("cut", "rubbish", "overwritten", "foreign", "absent"):
        with pytest.raises((RecordDamaged, OSError)):
            restore(bank.settings, tmp_path / name, accept_loss=True)
        assert head(opened.open_bank(bank.settings)) == before


def test_the_verbs_answer_what_they_did(bank: Bank, tmp_path: Path) -> None:
    bank.database.close()
    home = ("--home", str(bank.settings.home))
    file = str(tmp_path / "backup")
    made = CliRunner().invoke(program, [*home, "backup", file, "--json"])
    assert made.exit_code == 0, made.output
    back = CliRunner().invoke(program, [*home, "restore", file, "--json"])
    assert back.exit_code == 0, back.output
    assert json.loads(back.stdout) == {"entries": json.loads(made.stdout)["entries"], "lost": 0}
    assert CliRunner().invoke(program, [*home, "backup", file]).exit_code == 0
    assert CliRunner().invoke(program, [*home, "restore", file]).exit_code == 0
