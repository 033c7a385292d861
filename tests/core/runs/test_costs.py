"""Costs are measured by a worker, once, and again when asked for."""

import time
from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from core.runs import costs
from core.runs.jobs import Worked
from core.training.cost import cost
from core.weighting import SCHEMES


class Pool:
    """Keeps what it is asked for, to be answered by the test."""

    def __init__(self) -> None:
        self.asked: list[tuple[Future, tuple[Any, ...]]] = []

    def submit(self, *job: Any) -> Future:
        future: Future = Future()
        self.asked.append((future, job))
        return future


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    pool = Pool()
    monkeypatch.setattr(costs, "engine", lambda: SimpleNamespace(pool=pool))
    costs.measure_again()
    yield pool
    costs.measure_again()


def test_they_are_asked_for_once_and_kept(pool: Pool) -> None:
    assert costs.costs() is None
    assert costs.costs() is None
    ((future, (_, function, document, names)),) = pool.asked
    assert (function, names) == (cost, tuple(SCHEMES))
    assert document.columns == ("thal", "target")
    future.set_result(Worked({"equal": 250.0}, 0.1))
    assert costs.costs() == costs.costs() == {"equal": 250.0}
    assert len(pool.asked) == 1


def test_again_is_anew(pool: Pool) -> None:
    costs.costs()
    pool.asked[0][0].set_result(Worked({"equal": 250.0}, 0.1))
    costs.measure_again()
    assert costs.costs() is None
    assert len(pool.asked) == 2


def test_what_could_not_be_measured_is_not_waited_for(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    costs.costs()
    pool.asked[0][0].set_exception(ValueError("broken"))
    assert costs.costs() == {}
    assert "could not be measured" in caplog.text


def test_a_worker_measures_all_of_them() -> None:
    costs.measure_again()
    ends = time.monotonic() + 60
    while (found := costs.costs()) is None:
        assert time.monotonic() < ends
        time.sleep(0.05)
    assert list(found) == list(SCHEMES)
