"""A thousand guesses take so long that nobody guesses; whoever mistypes hardly notices."""

import threading

import pytest

from core.errors import UserError
from core.rooms.slow import FORGOTTEN, FREE, PLACES, Slow
from tests.core.rooms.meeting import Clock


def looked_at(slow: Slow, clock: Clock, guesses: int, each: float) -> int:
    """How many of so many wrong guesses are looked at, with so many seconds between them."""
    seen = 0
    for _ in range(guesses):
        clock.now += each
        try:
            slow.take("here")
        except UserError:
            continue
        seen += 1
    return seen


def test_a_few_cost_nothing_and_then_one_waits_longer_every_time() -> None:
    clock = Clock()
    slow = Slow(clock)
    waits = []
    for _ in range(FREE):
        slow.take("here")
    for _ in range(9):
        with pytest.raises(UserError, match="Try again in") as caught:
            slow.take("here")
        waits.append(int(str(caught.value).split(" in ")[1].split()[0]))
        clock.now += waits[-1]
        slow.take("here")
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_of_a_thousand_guesses_few_are_looked_at() -> None:
    clock = Clock()
    assert looked_at(Slow(clock), clock, 1000, each=0.001) == FREE
    assert looked_at(Slow(clock), clock, 1000, each=0.1) == FREE + 6  # in 100 seconds: after 1, 2, 4, 8, 16 and 32 more


def test_other_places_do_not_wait() -> None:
    slow = Slow(Clock())
    for _ in range(FREE):
        slow.wrong("here")
    with pytest.raises(UserError):
        slow.check("here")
    slow.check("there")


def test_what_was_right_costs_nothing() -> None:
    slow = Slow(Clock())
    for _ in range(100):
        slow.take("here")
        slow.right("here")
    slow.check("here")


def test_after_some_minutes_it_is_forgotten() -> None:
    clock = Clock()
    slow = Slow(clock)
    assert looked_at(slow, clock, 100, each=0.0) == FREE
    clock.now += FORGOTTEN + 1
    assert looked_at(slow, clock, 100, each=0.0) == FREE


def test_of_many_at_the_same_time_few_are_looked_at() -> None:
    slow, seen, ready = Slow(Clock()), [], threading.Barrier(20)

    def guess() -> None:
        ready.wait()
        try:
            slow.take("here")
        except UserError:
            return
        seen.append(1)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == FREE


def test_it_remembers_so_many_places_and_no_more() -> None:
    slow = Slow(Clock())
    for number in range(PLACES + 50):
        slow.wrong(str(number))
    assert len(slow._guesses) == PLACES
    assert str(PLACES + 49) in slow._guesses
