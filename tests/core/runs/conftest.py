"""An engine on threads: no processes to start, nothing to wait for."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from core.runs.engine import Engine
from tests.core.runs.running import Borrowed


@pytest.fixture(scope="module")
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture
def engine(threads: Executor, tmp_path: object) -> Iterator[Engine]:
    made = Engine(Borrowed(threads), str(tmp_path))
    yield made
    made.close()
