"""Trip: keys listed, rotated and retired. What a key signed in its time stays proved for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from competency_bank.domain.awards import CertificateState
from competency_bank.domain.errors import BadInput, Conflict, NotFound
from competency_bank.domain.key_windows import KeyWindow, RetirementReason
from competency_bank.domain.ledger import SYSTEM, Entry, EntryKind, written
from competency_bank.storage import certificate_rows, public_key_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import append_entries

OVERLAP = timedelta(days=1)
"""How long a rotated key is still believed: running servers hold it until they start again."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """One key of the bank, for a list."""

    kid: str
    purpose: str
    begins: datetime
    ends: datetime
    """When it ends as things stand."""
    reason: RetirementReason | None


def list_keys(transaction: Transaction) -> list[KnownKey]:
    """Return every key the bank ever introduced and still publishes, oldest first."""
    return [
        KnownKey(key.kid, key.purpose, given.begins, given.until or key.ends, given.reason)
        for key, given in public_key_rows.kept_keys(transaction)
    ]


def note_rotation(transaction: Transaction, kid: str) -> None:
    """Write down that a key was replaced; it is believed for one more day."""
    known = _known(transaction, kid)
    if known.until is None:
        until = transaction.now + OVERLAP
        _retire(transaction, known, RetirementReason.ROTATED, until=until)


def retire_key(transaction: Transaction, kid: str) -> None:
    """End a key now.

    Raises NotFound("unknown-key"), Conflict("key-already-retired").
    """
    known = _known(transaction, kid)
    if known.until is not None and known.until <= transaction.now:
        raise Conflict("key-already-retired", name=kid)
    if known.until is None:
        _retire(transaction, known, RetirementReason.RETIRED, until=transaction.now)


def retire_compromised(transaction: Transaction, kid: str, *, since: datetime) -> list[str]:
    """End a key at the moment from which others may have had it; return what that affects.

    These are the serials issued at or after that moment: whether they were signed by the bank
    cannot be told from their signatures any more, so verifiers refuse them until they are replaced.

    Raises NotFound("unknown-key"), BadInput("moment-unreadable") for a moment to come.
    """
    known = _known(transaction, kid)
    if since > transaction.now:
        raise BadInput("moment-unreadable")
    _retire(transaction, known, RetirementReason.COMPROMISED, until=since)
    return [
        kept.serial
        for kept in certificate_rows.certificates_in(transaction, CertificateState.ISSUED)
        if kept.planned_at >= since
    ]


def _known(transaction: Transaction, kid: str) -> KeyWindow:
    windows = public_key_rows.windows_of_keys(transaction)
    if kid not in windows:
        raise NotFound("unknown-key", name=kid)
    return windows[kid]


def _retire(
    transaction: Transaction, known: KeyWindow, reason: RetirementReason, *, until: datetime
) -> None:
    facts = {
        "kid": known.kid,
        "purpose": known.purpose,
        "reason": reason.value,
        "until": written(until),
    }
    append_entries(transaction, [Entry(EntryKind.KEY_RETIRED, transaction.now, SYSTEM, facts)])
