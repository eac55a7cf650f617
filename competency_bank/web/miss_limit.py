"""How often one address may ask for a code that does not exist.

Kept in memory and bounded: forgetting is harmless, since the codes have 125 random bits. The limit
only slows guessing down; a code that exists is always answered.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

MISSES = 20
WINDOW = timedelta(minutes=10)
ADDRESSES = 10_000


class MissLimit:
    """Counts misses for each client address."""

    def __init__(self) -> None:
        """Begin with nobody known."""
        self._lock = Lock()
        self._misses: OrderedDict[str, deque[datetime]] = OrderedDict()

    def note(self, address: str, at: datetime) -> bool:
        """Note a miss; True when this address has had too many in the last ten minutes."""
        with self._lock:
            own = self._misses.setdefault(address, deque(maxlen=MISSES + 1))
            self._misses.move_to_end(address)
            while len(self._misses) > ADDRESSES:
                self._misses.popitem(last=False)
            own.append(at)
            while own[0] <= at - WINDOW:
                own.popleft()
            return len(own) > MISSES
