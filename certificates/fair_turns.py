"""Taking turns in the order of coming; a semaphore of the library lets late comers pass."""

from collections import deque
from threading import Event, Lock


class FairTurns:
    """So many may be at it at once; whoever waits longest is next."""

    def __init__(self, most: int) -> None:
        """Begin with nobody at it."""
        self._free = most
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    def take(self, patience: float) -> bool:
        """Wait for a turn, at most ``patience`` seconds; tell whether it came."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = Event()
            self._waiting.append(turn)
        if turn.wait(patience):
            return True
        with self._lock:
            if turn.is_set():  # it came in the last moment
                return True
            self._waiting.remove(turn)
            return False

    def give_back(self) -> None:
        """End a turn: it goes to whoever waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
