"""Rows handed over whole are kept as rows handed over one by one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from competency_bank.storage.bulk_rows import Together, insert_tuples
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import RecordRow
from tests.banks import NOON

RECORDS = table(RecordRow)
COLUMNS = (
    *("entry", "learner_id", "unit_key", "edition", "basis", "class_id"),
    *("passed_on", "recorded_at", "recorded_by", "score", "note", "salt"),
)
MOMENT = datetime(2026, 5, 1, 9, 30, tzinfo=timezone(timedelta(hours=7)))
ROWS = [
    (1, "p-1", "u", "e", "training", "c", date(2026, 3, 3), MOMENT, "t", None, None, b"\x00\xff"),
    (
        2,
        "p-2",
        "u",
        "e",
        "training",
        "c",
        date(2026, 3, 3),
        NOON,
        "t",
        Decimal("85.5"),
        "ดี\t\\N\n",
        b"",
    ),
    (3, "p-3", "u", "e", "training", "c", date(1999, 1, 1), NOON, "t", Decimal("85.50"), "", b"s"),
]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """One table of either backend, whose clock is not set to UTC."""
    made = create_engine(database_url, hide_parameters=True)
    RECORDS.create(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("times", [1, 3], ids=["few", "many"])
def test_every_value_is_stored_as_one_statement_a_row_would_store_it(
    engine: Engine, times: int
) -> None:
    rows = [
        (entry + 3 * n, f"{who}-{n}", *rest) for n in range(times) for entry, who, *rest in ROWS
    ]
    stored = []
    for whole in (True, False):
        with engine.connect() as connection:
            if whole:
                insert_tuples(in_transaction(connection), RECORDS, COLUMNS, rows=iter(rows))
            else:
                for row in rows:
                    connection.execute(insert(RECORDS), dict(zip(COLUMNS, row, strict=True)))
            raw = connection.execute(text("SELECT * FROM records ORDER BY entry")).all()
            read = connection.execute(select(RECORDS).order_by(RECORDS.c.entry)).all()
            stored.append((raw, [tuple(map(type, row)) for row in raw], read))
            connection.rollback()

    assert stored[0] == stored[1]
    assert stored[0][2][0].recorded_at == MOMENT.astimezone(UTC)
    assert [row.salt for row in stored[0][2]] == [row[-1] for row in rows]
    assert [row.note for row in stored[0][2]] == [row[-2] for row in rows]


def test_no_rows_are_harmless(engine: Engine) -> None:
    with engine.connect() as connection:
        insert_tuples(in_transaction(connection), RECORDS, COLUMNS, rows=())

        assert connection.execute(select(RECORDS)).first() is None


@pytest.mark.parametrize("times", [1, 2], ids=["few", "many"])
def test_rows_written_together_are_all_there_when_they_were_sent(
    engine: Engine, times: int
) -> None:
    rows = [
        (entry + 3 * n, f"{who}-{n}", *rest) for n in range(times) for entry, who, *rest in ROWS
    ]
    with engine.connect() as connection:
        insert_tuples(in_transaction(connection), RECORDS, COLUMNS, rows=[(0, "old", *ROWS[1][2:])])
        together = Together(connection)
        together.insert(
            RECORDS, COLUMNS, rows=[(*row[:1], f"p-{row[0]}", *row[2:]) for row in rows]
        )
        together.tell("UPDATE records SET note = ? WHERE entry = ?", [("new", 0)])
        together.insert(RECORDS, COLUMNS, rows=())
        together.send()
        together.send()
        kept = connection.execute(select(RECORDS).order_by(RECORDS.c.entry)).all()

    assert [row.entry for row in kept] == [0, *(row[0] for row in rows)]
    assert kept[0].note == "new"


def test_of_rows_written_together_none_is_kept_when_one_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        together = Together(connection)
        with pytest.raises(IntegrityError), connection.begin_nested():  # noqa: PT012  (either may be refused)
            together.insert(RECORDS, COLUMNS, rows=[ROWS[1]])
            together.insert(RECORDS, COLUMNS, rows=[ROWS[1]])
            together.send()
        assert connection.execute(select(RECORDS)).first() is None


def test_a_moment_without_time_zone_is_refused_here_too(engine: Engine) -> None:
    naive = (*ROWS[0][:7], MOMENT.replace(tzinfo=None), *ROWS[0][8:])
    with engine.connect() as connection, pytest.raises(ValueError, match="time zone"):
        insert_tuples(in_transaction(connection), RECORDS, COLUMNS, rows=[naive])


def test_a_key_that_is_taken_is_an_integrity_error_that_shows_no_values(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        insert_tuples(in_transaction(connection), RECORDS, COLUMNS, rows=[ROWS[1]] * 2)

    assert "ดี" not in str(caught.value)


def in_transaction(connection: Connection) -> Transaction:
    return Transaction(connection, NOON, lambda *_: "")
