"""What is read of a whole class at once, and a log that grows by batches."""

from collections.abc import Iterator

import pytest

from certificates.sealing.merkle import leaf_hash, root_of
from competency_bank.bank import Bank
from competency_bank.domain.courses import ClassId
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.storage.class_rows import class_list, enrolled_as, enrolled_in
from competency_bank.storage.database import Database
from competency_bank.storage.ledger_rows import all_tiles, append_entries, raw_entries
from competency_bank.storage.record_rows import held_in_class, units_in_class
from competency_bank.storage.upgrading import upgrade
from tests.backends import Backend
from tests.banks import BARBER, HOUSEKEEPING, NOON, record, school_bank


@pytest.fixture(scope="module")
def bank(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    home = tmp_path_factory.mktemp("home")
    with backend.database(home) as url:
        made = school_bank(home, url)
        record(made, HOUSEKEEPING)
        yield made
        made.database.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    roots = Database(database_url, sign_checkpoint=lambda _, r: r.hex())
    upgrade(roots)
    yield roots
    roots.close()


@pytest.mark.parametrize("name", [HOUSEKEEPING, BARBER, "NOBODY"])
def test_units_and_enrolments_alone_are_those_of_the_whole_records(bank: Bank, name: str) -> None:
    with bank.reading() as transaction:
        held = held_in_class(transaction, ClassId(name))
        units = units_in_class(transaction, ClassId(name))
        people = class_list(transaction, ClassId(name))
        enrolled = enrolled_in(transaction, ClassId(name))

        few = enrolled_as(transaction, ClassId(name), {"1", "2", "nobody"})

    assert few == [one for one in enrolled if one.number in {"1", "2"}]
    assert units == {learner: {one.unit for one in own} for learner, own in held.items()}
    assert enrolled == [enrolment for enrolment, _ in people]
    assert all(person.id == enrolment.learner for enrolment, person in people)


def test_tiles_and_checkpoints_hold_whatever_the_batches_were(database: Database) -> None:
    for first, count in ((0, 200), (200, 100), (300, 212), (512, 1), (513, 300)):
        entries = [
            Entry(EntryKind.CERTIFICATE_ISSUED, NOON, SYSTEM, {"serial": f"{n}", "document": "d"})
            for n in range(first, first + count)
        ]
        with database.writing(NOON) as transaction:
            appended = append_entries(transaction, entries)
        with database.reading(NOON) as transaction:
            leaves = [leaf_hash(body) for *_, body in raw_entries(transaction)]
            tiles = dict(all_tiles(transaction))

        assert (appended.first, appended.size) == (first, len(leaves))
        flat = b"".join(tiles[place] for place in sorted(tiles) if place[0] == 0)
        assert flat == b"".join(leaves)
        assert appended.checkpoint == root_of(leaves).hex()
