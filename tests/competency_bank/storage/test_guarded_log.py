"""What is in the log can be added to, and nothing else, by anybody who leaves the guards alone."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.storage.database import Database
from competency_bank.storage.ledger_rows import append_entries
from competency_bank.storage.upgrading import upgrade
from tests.banks import NOON

ENTRIES = [
    Entry(EntryKind.CERTIFICATE_ISSUED, NOON, SYSTEM, {"serial": f"{n}", "document": "d"})
    for n in range(300)
]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url, sign_checkpoint=lambda size, root: f"{size} {root.hex()}")
    upgrade(made)
    with made.writing(NOON) as transaction:
        append_entries(transaction, ENTRIES)
    yield made
    made.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET at = 'x' WHERE \"index\" = 1",
        'UPDATE ledger_entries SET "index" = 900 WHERE "index" = 1',
        'DELETE FROM ledger_entries WHERE "index" = 299',
        "DELETE FROM ledger_entries",
        "UPDATE checkpoints SET note = 'x'",
        "DELETE FROM checkpoints",
        'UPDATE log_tiles SET hashes = :zeros WHERE "index" = 0 AND level = 0',
        'UPDATE log_tiles SET hashes = hashes || :hash WHERE "index" = 0 AND level = 0',
        'UPDATE log_tiles SET hashes = :hash WHERE "index" = 1 AND level = 0',
        'UPDATE log_tiles SET hashes = :zeros WHERE "index" = 1 AND level = 0',
        'UPDATE log_tiles SET "index" = 7 WHERE "index" = 1 AND level = 0',
        'DELETE FROM log_tiles WHERE "index" = 1',
    ],
)
def test_an_entry_a_checkpoint_and_a_full_tile_are_never_changed(
    database: Database, statement: str
) -> None:
    values = {"zeros": bytes(8192), "hash": bytes(32)}
    given = {name: value for name, value in values.items() if f":{name}" in statement}
    with (
        pytest.raises(IntegrityError, match="only appended to"),
        database.writing(NOON) as transaction,
    ):
        transaction.connection.execute(text(statement), given)


def test_a_tile_that_is_not_full_grows(database: Database) -> None:
    for _ in range(3):
        with database.writing(NOON) as transaction:
            append_entries(transaction, ENTRIES[:100])
    with database.reading(NOON) as transaction:
        query = text('SELECT length(hashes) FROM log_tiles WHERE level = 0 ORDER BY "index"')
        lengths = [length for (length,) in transaction.connection.execute(query)]

    assert lengths == [8192, 8192, 88 * 32]
