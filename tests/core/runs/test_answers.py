"""Answers of pure jobs that were asked for before."""

from concurrent.futures import Executor, Future
from typing import Any

import pytest

from core.experiment import Experiment
from core.runs import slice as work
from core.runs.answers import Answers
from core.runs.jobs import Worked
from tests.core.runs.running import two_waves


class Counting(Executor):
    """Does nothing until it is told the outcome."""

    def __init__(self) -> None:
        self.asked: list[Future] = []

    def submit(self, function: Any, /, *arguments: Any, **more: Any) -> Future:
        self.asked.append(Future())
        return self.asked[-1]


DOCUMENT = two_waves()


def test_who_asks_for_the_same_gets_the_same_also_from_another_folder() -> None:
    answers, pool = Answers(), Counting()
    first, second = (answers.call(pool, DOCUMENT, work.baselines, DOCUMENT, folder) for folder in ("a", "b"))
    assert first is second
    assert answers.known(DOCUMENT, work.baselines, DOCUMENT, "c") is None  # it is still being made
    pool.asked[0].set_result(Worked([1], 0.1))
    assert answers.known(DOCUMENT, work.baselines, DOCUMENT, "c").result() == [1]
    assert len(pool.asked) == 1


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (work.begin, (DOCUMENT, "a")),
        (work.baselines, (DOCUMENT.changed("seed", 5), "a")),
        (work.picture, (b"x", "a", frozenset({"network"}), {"t": [1, 2]})),
        (work.picture, (b"x", "a", frozenset(), {"t": [1, 2]})),
        (work.picture, (b"x", "a", frozenset({"network"}), {"t": [2, 1]})),
    ],
)
def test_what_differs_in_anything_is_asked_for(function: Any, arguments: tuple) -> None:
    answers, pool = Answers(), Counting()
    answers.call(pool, DOCUMENT, work.baselines, DOCUMENT, "a")
    answers.call(pool, DOCUMENT, work.picture, b"x", "a", frozenset({"network"}), {"t": [1]})
    answers.call(pool, DOCUMENT, function, *arguments)
    assert len(pool.asked) == 3


def test_nothing_is_kept_of_anybodys_file() -> None:
    answers, pool = Answers(), Counting()
    own = DOCUMENT.changed("data.source", {"kind": "file", "name": "ward.csv", "sha256": "0" * 64})
    assert answers.call(pool, own, work.begin, own, "a") is not answers.call(pool, own, work.begin, own, "a")
    assert answers.known(own, work.begin, own, "a") is None


def test_what_failed_is_asked_again_and_so_is_what_is_large() -> None:
    answers, pool = Answers(largest=10), Counting()
    answers.call(pool, DOCUMENT, work.begin, DOCUMENT, "a")
    pool.asked[0].set_exception(ValueError("no"))
    answers.call(pool, DOCUMENT, work.begin, DOCUMENT, "a")
    pool.asked[1].set_result(Worked(work.Begun(b"x" * 11, {}, {}, {}, {}), 0.1))  # type: ignore[arg-type]
    answers.call(pool, DOCUMENT, work.begin, DOCUMENT, "a")
    pool.asked[2].set_result(Worked(work.Begun(b"x" * 10, {}, {}, {}, {}), 0.1))  # type: ignore[arg-type]
    assert answers.known(DOCUMENT, work.begin, DOCUMENT, "a") is not None
    for _ in range(2):
        answers.call(pool, DOCUMENT, work.picture, b"x" * 11, "a", frozenset(), {})
    assert len(pool.asked) == 5


def test_the_oldest_go_first() -> None:
    answers, pool = Answers(most=2), Counting()
    documents: list[Experiment] = [DOCUMENT.changed("seed", seed) for seed in (1, 2, 3)]
    for each in (documents[0], documents[1], documents[0], documents[2]):
        answers.call(pool, each, work.baselines, each, "a")
    for asked in pool.asked:
        asked.set_result(Worked([], 0.1))
    kept = [answers.known(each, work.baselines, each, "a") is not None for each in documents]
    assert kept == [True, False, True]
