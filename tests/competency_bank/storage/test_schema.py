"""What keeps the bank open to be spread over several databases by learner."""

import re

import pytest
from sqlalchemy import Table, UniqueConstraint, event
from sqlmodel import SQLModel

from competency_bank.bank import Bank
from competency_bank.services.show_holdings import bank_of, holdings_of, path_of
from competency_bank.storage import curriculum_tables, tables
from competency_bank.storage.certificate_rows import certificates_of
from competency_bank.storage.class_rows import find_enrolment
from competency_bank.storage.ledger_rows import entry_at
from competency_bank.storage.record_rows import record_of_entry
from tests.banks import BARBER, record

FILLED_BY = (tables, curriculum_tables)
DIRECTORIES = {
    "paper_codes": "leads from the code on a paper to the learner, so it cannot begin so"
}
PER_LEARNER = {
    name: table
    for name, table in SQLModel.metadata.tables.items()
    if "learner_id" in table.c and name not in DIRECTORIES
}


def unique_keys(table: Table) -> list[list[str]]:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    keys = [table.primary_key.columns, *(one.columns for one in unique)]
    return [[column.name for column in key] for key in (*keys, *(i.columns for i in indexes))]


def test_there_are_tables_that_hold_something_for_each_learner() -> None:
    assert {"records", "enrolments", "certificates", "completions"} <= PER_LEARNER.keys()


@pytest.mark.parametrize("name", PER_LEARNER)
def test_every_unique_key_of_a_table_by_learner_begins_with_the_learner(name: str) -> None:
    assert {key[0] for key in unique_keys(PER_LEARNER[name])} == {"learner_id"}


@pytest.mark.parametrize("name", PER_LEARNER)
def test_a_table_by_learner_refers_to_no_other_table(name: str) -> None:
    """A distributed table could refer only to one that is spread the same way."""
    assert PER_LEARNER[name].foreign_keys == set()


def test_what_is_asked_about_one_learner_names_the_learner_in_every_statement(
    school: Bank,
) -> None:
    record(school, BARBER)
    said: list[str] = []
    with school.reading() as transaction:
        engine = transaction.connection.engine
        event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        one = holdings_of(transaction, "BB-001")[0].holding
        bank_of(transaction, "BB-001")
        path_of(transaction, "BB-001")
        certificates_of(transaction, one.learner)
        find_enrolment(transaction, one.learner, BARBER)
        entry_at(transaction, one.entry)
        record_of_entry(transaction, one.entry)

    about = [text for text in said if reads(text) & PER_LEARNER.keys()]
    assert {name for text in about for name in reads(text)} >= {"records", "enrolments"}
    for text in about:
        _, _, where = text.partition("WHERE")
        assert re.search(r"learner_id = ", where), text


def reads(text: str) -> set[str]:
    return set(re.findall(r"(?:FROM|JOIN|UPDATE) (\w+)", text))
