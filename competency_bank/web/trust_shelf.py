"""The trust list as it stands, signed once for each state of the ledger.

Whatever changes what may be trusted appends to the ledger, so a list signed for the newest
checkpoint is right to the second; it is made anew after some minutes to keep its status fresh.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from certificates.sealing.trust_file import read_trust_list
from certificates.sealing.trust_list import TrustList
from competency_bank.bank import Bank
from competency_bank.storage.database import Transaction
from competency_bank.storage.ledger_rows import latest_checkpoint

GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Shelved:
    """One signed trust list, as bytes and as what they say."""

    head: str | None
    made_at: datetime
    data: bytes
    trust: TrustList

    def still_holds(self, head: str | None, at: datetime) -> bool:
        """Tell whether the list is as good as one made now."""
        return self.head == head and abs(at - self.made_at) < GOOD_FOR


class TrustShelf:
    """Keeps the newest trust list."""

    def __init__(self, bank: Bank) -> None:
        """Begin empty."""
        self._bank = bank
        self._lock = Lock()
        self._kept: Shelved | None = None

    def current(self, transaction: Transaction) -> Shelved:
        """Return the list for the state that ``transaction`` sees."""
        head = latest_checkpoint(transaction)
        with self._lock:
            kept = self._kept
            if kept is not None and kept.still_holds(head, transaction.now):
                return kept
            data = self._bank.trust_list(transaction)
            self._kept = Shelved(head, transaction.now, data, read_trust_list(data))
            return self._kept
