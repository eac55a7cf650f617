"""The public halves of all keys, with the times that the ledger gives them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from competency_bank.domain.key_windows import KeyWindow, key_windows
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind
from competency_bank.storage import ledger_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.tables import PublicKeyRow

_keys = table(PublicKeyRow)


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A public key as the bank keeps it."""

    kid: str
    purpose: str
    jwk: dict[str, str]
    ends: datetime
    """When its time was to end as it was made."""


def introduce_keys(transaction: Transaction, keys: Iterable[KeptKey]) -> int:
    """Write down every key the ledger does not know yet; returns how many were new."""
    known = windows_of_keys(transaction)
    kept = {kid for (kid,) in transaction.connection.execute(select(_keys.c.kid))}
    wanted = list(keys)
    rows = [
        {"kid": key.kid, "jwk": json.dumps(key.jwk, sort_keys=True), "ends": key.ends}
        for key in wanted
        if key.kid not in kept
    ]
    if rows:
        transaction.connection.execute(insert(_keys), rows)
    entries = [
        Entry(
            EntryKind.KEY_INTRODUCED,
            transaction.now,
            SYSTEM,
            {"kid": key.kid, "purpose": key.purpose},
        )
        for key in wanted
        if key.kid not in known
    ]
    if entries:
        ledger_rows.append_entries(transaction, entries)
    return len(entries)


def windows_of_keys(transaction: Transaction) -> dict[str, KeyWindow]:
    """Return kid -> the time the ledger gives it."""
    introduced = ledger_rows.entries_of(transaction, EntryKind.KEY_INTRODUCED)
    retired = ledger_rows.entries_of(transaction, EntryKind.KEY_RETIRED)
    return key_windows([*introduced, *retired])


def kept_keys(transaction: Transaction) -> list[tuple[KeptKey, KeyWindow]]:
    """Return every key whose public half is kept, oldest first."""
    rows = {row.kid: row for row in transaction.connection.execute(select(_keys))}
    return [
        (KeptKey(kid, window.purpose, json.loads(rows[kid].jwk), rows[kid].ends), window)
        for kid, window in windows_of_keys(transaction).items()
        if kid in rows
    ]
