"""What somebody waits for: at once where there is room, and fair among people where there is not."""

import threading
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from core.errors import UserError
from core.runs import slice as work
from core.runs.answers import Answers
from core.runs.asked import Asked
from core.runs.jobs import Worked
from tests.core.runs.running import two_waves


class Slow(Executor):
    """Does nothing until it is told to."""

    def __init__(self) -> None:
        self.under_way: list[tuple[Future, Any]] = []

    def submit(self, function: Any, /, *arguments: Any, **more: Any) -> Future:
        self.under_way.append((Future(), arguments))
        return self.under_way[-1][0]

    def end(self, which: int = 0, seconds: float = 0.01) -> None:
        future, (function, *arguments) = self.under_way.pop(which)
        future.set_result(Worked(function(*arguments), seconds))


@pytest.fixture
def pool() -> Slow:
    return Slow()


def test_only_so_much_is_under_way_and_everyone_gets_what_they_asked_for(pool: Slow) -> None:
    asked = Asked(pool, Answers(), lanes=2)
    answers = [asked.submit(f"person {number}", pow, number, 2) for number in range(5)]
    assert len(pool.under_way) == 2
    while pool.under_way:
        pool.end(-1)
        assert len(pool.under_way) <= 2
    assert [answer.result(0) for answer in answers] == [0, 1, 4, 9, 16]


def test_who_asks_for_much_does_not_hold_up_who_asks_for_little(pool: Slow) -> None:
    asked = Asked(pool, Answers(), lanes=2)
    many = [asked.submit("a", pow, 2, number) for number in range(60)]
    one = asked.submit("b", pow, 3, 3)
    pool.end(seconds=1.0)
    pool.end(seconds=1.0)
    assert not one.done()
    pool.end()
    pool.end()
    assert one.result(0) == 27
    assert sum(answer.done() for answer in many) <= 4


def test_what_fails_is_told_and_the_next_follow(pool: Slow) -> None:
    asked = Asked(pool, Answers(), lanes=1)
    wrong, right = asked.submit("a", int, "x"), asked.submit("b", int, "7")
    pool.under_way.pop()[0].set_exception(ValueError("no number"))
    with pytest.raises(ValueError, match="no number"):
        wrong.result(0)
    pool.end()
    assert right.result(0) == 7


def test_what_is_known_takes_no_turn(pool: Slow) -> None:
    answers, document = Answers(), two_waves()
    asked = Asked(pool, answers, lanes=1)
    first, second = (asked.submit(person, work.baselines, document, "", of=document) for person in "ab")
    pool.under_way.pop()[0].set_result(Worked(["scores"], 0.01))
    assert first.result(0) == second.result(0) == ["scores"]  # asked for once
    waiting = asked.submit("a", pow, 2, 2)
    assert asked.submit("c", work.baselines, document, "", of=document).result(0) == ["scores"]
    assert not waiting.done()


def test_who_waits_when_it_ends_is_told_so_and_so_is_who_comes(pool: Slow) -> None:
    asked = Asked(pool, Answers(), lanes=1)
    answers = [asked.submit("a", pow, 2, 2), asked.submit("b", pow, 2, 3)]
    asked.close()
    pool.end()  # too late, and no fault
    for answer in (*answers, asked.submit("c", pow, 2, 4)):
        with pytest.raises(UserError, match="just being stopped"):
            answer.result(0)
    assert not pool.under_way


def test_from_many_threads_at_once() -> None:
    class Quick(Executor):
        def submit(self, function: Any, /, *arguments: Any, **more: Any) -> Future:
            done: Future = Future()
            threading.Thread(target=lambda: done.set_result(function(*arguments))).start()
            return done

    asked, found = Asked(Quick(), Answers(), lanes=2), {}

    def ask(person: int) -> None:
        for number in range(50):
            found[person, number] = asked.submit(f"{person}", pow, number, 2).result(20)

    threads = [threading.Thread(target=ask, args=(person,)) for person in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == {(person, number): number**2 for person in range(8) for number in range(50)}
