"""The collector looks seldom, never at what was there before, and what is garbage still goes."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from core.collector import SELDOM, settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Circle:
    def __init__(self) -> None:
        self.me = self


def test_what_was_there_is_never_looked_through_again() -> None:
    here = Circle()
    settle()
    assert all(each is not here for each in gc.get_objects())


def test_a_circle_goes_when_enough_was_made_after_it() -> None:
    settle()
    gone = weakref.ref(Circle())
    made = []
    while gone() is not None and len(made) < 2 * SELDOM[0]:
        made.append([])
    assert SELDOM[0] / 2 < len(made) < 2 * SELDOM[0]
