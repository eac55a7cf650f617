"""Proofs of the stored log hold, and what is damaged gives an error that names it, no proof."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from certificates.sealing.checkpoint import claimed_head
from certificates.sealing.log_proof import (
    LogProof,
    prove_inclusion,
    read_log_proof,
    write_log_proof,
)
from certificates.sealing.merkle import leaf_hash, root_of, verify_consistency
from competency_bank.bank import Bank
from competency_bank.domain.errors import NotFound, RecordDamaged
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind, canonical_bytes
from competency_bank.services.publish_trust import log_origin
from competency_bank.storage.ledger_rows import (
    all_checkpoints,
    append_bodies,
    append_entries,
    raw_entries,
)
from competency_bank.storage.log_proof_rows import (
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
)
from tests.banks import NOON, empty_bank
from tests.tampering import tampering

BATCHES = (1, 300, 7, 900, 2)


def left_course(number: int) -> Entry:
    facts = {"learner": f"p{number}", "class": "c"}
    return Entry(EntryKind.COURSE_WITHDRAWN, NOON, SYSTEM, dict(facts))


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    made = empty_bank(tmp_path_factory.mktemp("home"))
    for count in BATCHES:
        with made.writing() as transaction:
            append_entries(transaction, [left_course(n) for n in range(count)])
    return made


def proved(bank: Bank, proof: LogProof) -> bytes:
    read = read_log_proof(write_log_proof(proof))
    key = bank.keys.checkpoint.public_bytes
    return prove_inclusion(read, origin=log_origin(bank.keys), public_key=key).entry


quick = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quick
@given(data=st.data())
def test_every_entry_is_proved_at_every_checkpoint_that_covers_it(
    bank: Bank, data: st.DataObject
) -> None:
    with bank.reading() as transaction:
        size, _ = data.draw(st.sampled_from(all_checkpoints(transaction)))
        index = data.draw(st.integers(0, size - 1))
        entries = list(raw_entries(transaction))
        proof = inclusion_proof(transaction, index, size=size)

    assert (proof.index, proof.size) == (index, size)
    assert proved(bank, proof) == entries[index][3]


def test_many_proofs_at_once_are_each_the_single_one(bank: Bank) -> None:
    with bank.reading() as transaction:
        last = all_checkpoints(transaction)[-1][0] - 1
        wanted = [*range(500, 700), 0, last, 0]
        proofs = inclusion_proofs(transaction, wanted)
        singles = [inclusion_proof(transaction, index) for index in wanted]
        assert inclusion_proofs(transaction, []) == []

    assert proofs == singles
    assert [proved(bank, proof) for proof in proofs] == [proof.entry for proof in singles]


@quick
@given(data=st.data())
def test_growth_between_any_two_checkpoints_is_proved(bank: Bank, data: st.DataObject) -> None:
    with bank.reading() as transaction:
        notes = all_checkpoints(transaction)
        old, new = sorted(data.draw(st.lists(st.sampled_from(notes), min_size=2, max_size=2)))
        proof = consistency_proof(transaction, old[0], new[0])
        assert consistency_proof(transaction, 0, new[0]) == ()

    roots = [claimed_head(note).root for _, note in (old, new)]
    verify_consistency(old[0], new[0], proof=proof, old_root=roots[0], new_root=roots[1])


def test_what_is_not_there_is_not_proved(bank: Bank) -> None:
    with bank.reading() as transaction:
        size = all_checkpoints(transaction)[-1][0]
        for index in (-1, size):
            with pytest.raises(NotFound, match="unknown-entry"):
                inclusion_proof(transaction, index)
        with pytest.raises(NotFound, match="unknown-checkpoint"):
            inclusion_proof(transaction, 0, size=size - 1)
        for pair in ((size - 1, size), (size, size + 1), (size, 0), (0, 0)):
            with pytest.raises(NotFound, match="unknown-checkpoint"):
                consistency_proof(transaction, *pair)


SABOTAGE = {
    "entry": "UPDATE ledger_entries SET body = 'x' WHERE \"index\" = 400",
    "entry gone": 'DELETE FROM ledger_entries WHERE "index" = 400',
    "tile": 'UPDATE log_tiles SET hashes = zeroblob(8192) WHERE level = 0 AND "index" = 1',
    "short tile": "UPDATE log_tiles SET hashes = substr(hashes, 1, 999) WHERE level = 0",
    "tile gone": "DELETE FROM log_tiles WHERE level = 1",
    "checkpoint": "UPDATE checkpoints SET note = 'x'",
}


@pytest.mark.parametrize("sabotage", SABOTAGE.values(), ids=list(SABOTAGE))
def test_damage_gives_an_error_that_names_the_entry_and_no_proof(
    tmp_path: Path, sabotage: str
) -> None:
    bank = empty_bank(tmp_path)
    with bank.writing() as transaction:
        append_entries(transaction, [left_course(n) for n in range(800)])
    with tampering(bank) as connection:
        connection.execute(text(sabotage))

    with bank.reading() as transaction:
        with pytest.raises(RecordDamaged, match="log-disagrees") as caught:
            inclusion_proof(transaction, 400)
        assert caught.value.values["entry"] in {0, 400}


@pytest.mark.parametrize("extra", [b"", b" "], ids=["canonical", "not canonical"])
def test_bodies_built_by_the_caller_are_entries_like_all_others(
    tmp_path: Path, extra: bytes
) -> None:
    bank = empty_bank(tmp_path)
    facts = {"kid": "k", "purpose": "test"}
    with bank.writing() as transaction:
        entry = Entry(EntryKind.KEY_INTRODUCED, transaction.now, SYSTEM, dict(facts))
        body = canonical_bytes(entry) + extra
        appended = append_bodies(transaction, [(entry.kind, body)])
    with bank.reading() as transaction:
        leaves = [leaf_hash(each) for *_, each in raw_entries(transaction)]

    assert appended.size == appended.first + 1 == len(leaves)
    assert claimed_head(appended.checkpoint).root == root_of(leaves)
    found = ["entry-not-canonical"] if extra else []
    assert [one.code for one in bank.audit().findings] == found
