"""What is built once over the standards and kept until they change: search and CASE answers."""

from threading import Lock

from competency_bank.bank import Bank
from competency_bank.services.offer_standards import case_provider, offered
from competency_bank.storage.database import Transaction
from competency_bank.storage.edition_rows import load_catalogue
from standards.case_provider import CaseProvider
from standards.search import SearchIndex


class StandardsShelf:
    """Keeps the newest search index and CASE provider; both are made when first asked for."""

    def __init__(self, bank: Bank) -> None:
        """Begin empty."""
        self._bank = bank
        self._lock = Lock()
        self._search: tuple[object, SearchIndex] | None = None
        self._case: tuple[tuple[str, ...], CaseProvider] | None = None

    def search(self, transaction: Transaction) -> SearchIndex:
        """Return the index over the standards that ``transaction`` sees."""
        catalogue = load_catalogue(transaction)
        with self._lock:
            if self._search is None or self._search[0] is not catalogue:
                self._search = (catalogue, SearchIndex(catalogue))
            return self._search[1]

    def case(self, transaction: Transaction) -> CaseProvider:
        """Return the CASE provider of what ``transaction`` sees."""
        now = offered(transaction)
        with self._lock:
            if self._case is None or self._case[0] != now:
                base = self._bank.settings.public_url
                self._case = (now, case_provider(transaction, base=base))
            return self._case[1]
