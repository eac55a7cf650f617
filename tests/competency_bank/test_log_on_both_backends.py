"""What the log promises holds on SQLite and on PostgreSQL alike."""

import shutil
from pathlib import Path

import pytest

from certificates.sealing.log_proof import prove_inclusion
from competency_bank import bank as opened
from competency_bank.backing_up import back_up, restore
from competency_bank.bank import Bank
from competency_bank.domain.errors import Conflict, RecordDamaged
from competency_bank.issue_run import issue
from competency_bank.services.issue_certificates import Wanted
from competency_bank.services.publish_log import export_log
from competency_bank.services.publish_trust import log_origin
from competency_bank.services.withdraw_learner import withdraw_learner
from competency_bank.storage.ledger_rows import latest_checkpoint, log_size
from competency_bank.storage.log_proof_rows import consistency_proof, inclusion_proofs
from tests.backends import Backend
from tests.banks import BARBER, expect_clean, record
from tests.tampering import tampering


def test_what_is_recorded_is_proved_published_backed_up_and_erased(  # noqa: PLR0915  (one whole trip)
    school: Bank, backend: Backend, tmp_path: Path
) -> None:
    with school.reading() as transaction:
        older = log_size(transaction)
    record(school, BARBER)
    issue(school, Wanted(learner="BB-002"))
    school.erase("BB-002", by="R-001", reason="asked-by-the-person")
    with school.reading() as transaction:
        size, head = log_size(transaction), latest_checkpoint(transaction)
        proofs = inclusion_proofs(transaction, range(size))
        assert consistency_proof(transaction, older, size)
        assert export_log(transaction, _made(tmp_path / "www")).size == size
    for proof in proofs:
        key = school.keys.checkpoint.public_bytes
        prove_inclusion(proof, origin=log_origin(school.keys), public_key=key)
    expect_clean(school)

    kept = tmp_path / "backup"
    assert back_up(school, kept) == size
    school.database.close()
    with backend.database(_made(tmp_path / "second")) as address:
        shutil.copytree(school.settings.keys, tmp_path / "second" / "keys")
        shutil.copytree(school.settings.issued, tmp_path / "second" / "issued")
        places = {"home": tmp_path / "second", "database_url": address}
        settings = school.settings.model_copy(update=places)
        assert restore(settings, kept, accept_loss=False).size == size
        again = opened.open_bank(settings)
        with again.reading() as transaction:
            assert latest_checkpoint(transaction) == head
        expect_clean(again)
        with again.writing() as transaction:
            withdraw_learner(transaction, "BB-005", class_id=BARBER, by="x")
        expect_clean(again)
        again.database.close()
        if backend.name == "postgresql":
            with pytest.raises(Conflict, match=r"database-in-use|backup-older"):
                restore(settings, kept, accept_loss=False)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_new_start_finds_the_damage_and_signs_nothing(school: Bank) -> None:
    record(school, BARBER)
    with tampering(school) as connection:
        connection.exec_driver_sql("UPDATE ledger_entries SET body = 'x' WHERE \"index\" = 9")
    school.database.close()
    fresh = opened.open_bank(school.settings)

    with pytest.raises(RecordDamaged, match="log-stopped") as caught, fresh.writing() as writing:
        withdraw_learner(writing, "BB-005", class_id=BARBER, by="x")
    assert caught.value.values["entry"] == 9
    assert fresh.audit().findings[0].entry == 9
    fresh.database.close()
