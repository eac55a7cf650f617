"""What must be true of turns: never too many at once, first come first served, none lost."""

import threading
import time

from certificates.fair_turns import FairTurns


def test_who_comes_first_is_served_first() -> None:
    turns, served = FairTurns(1), []
    assert turns.take(0)

    def come(number: int) -> None:
        assert turns.take(5)
        served.append(number)
        turns.give_back()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    turns.give_back()
    for thread in threads:
        thread.join()
    assert served == list(range(5))


def test_who_loses_patience_takes_no_turn_away() -> None:
    turns = FairTurns(1)
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give_back()
    assert turns.take(0)
    assert not turns.take(0)


def test_never_more_than_allowed_are_at_it() -> None:
    turns, lock, at_it, most = FairTurns(3), threading.Lock(), [0], [0]

    def work() -> None:
        for _ in range(20):
            assert turns.take(5)
            with lock:
                at_it[0] += 1
                most[0] = max(most[0], at_it[0])
            time.sleep(0)
            with lock:
                at_it[0] -= 1
            turns.give_back()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most[0] <= 3
