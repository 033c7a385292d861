"""The arithmetic of the room's load test: waits, delays, growth, and the tables that it prints."""

import math

import pytest

from benchmarks.figure import Figure, rows
from benchmarks.rooms import follow, play, watching


class Seeing:
    """A visitor's last picture, as the figures look at it."""

    def __init__(self) -> None:
        self.step, self.status = -1, ""


def test_a_run_waits_while_it_plays_and_shows_the_same_step(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(play.time, "monotonic", lambda: now[0])
    player = play.Player("http://127.0.0.1:1", 0)
    player.visitor = Seeing()  # type: ignore[assignment]
    for at, step, status in ((1, 0, "ready"), (9, 1, "playing"), (10, 2, "playing"), (12, 2, "playing"), (14, 3, "playing")):
        now[0] = at
        player.visitor.step, player.visitor.status = step, status
        player._see()
    assert player.waits == [1, 4]
    player.see(20.0)
    assert player.waits == [1, 4, 6]
    player.visitor.status = "paused"
    now[0] = 21.0
    player._see()
    now[0] = 90.0
    player._see()
    assert max(player.waits) == 6


def test_a_picture_is_late_by_what_the_first_was_earlier() -> None:
    seen = follow.Seen([])
    seen.at = {0: [(1.0, 5), (2.0, 6), (3.0, 8)], 1: [(1.5, 5), (3.5, 8)]}
    assert sorted(seen.delays()) == [0.0, 0.0, 0.0, 0.5, 0.5, 1.5]  # step 6 came to the second with step 8


def test_growth_is_told_of_long_times_alone() -> None:
    assert watching.growth([]) == []
    assert watching.growth([(10.0 * number, 1) for number in range(20)]) == []
    steady = [(10.0 * number, 1000) for number in range(70)]
    grown = [(at, bytes + (100 if at > 500 else 0)) for at, bytes in steady]
    assert watching.growth(steady)[0].kept
    assert not watching.growth(grown)[0].kept
    assert math.isclose(watching.growth(grown)[0].value, 10)


def test_figures_are_rows_of_a_table() -> None:
    told = rows([Figure("slowest", 1.5, "s", 2), Figure("    frames", 12, "a second", 10, least=True), Figure("median", 1)])
    assert told.splitlines()[2:] == [
        "| slowest | 1.5 s | at most 2 |",
        "| frames | 12 a second | at least 10 |",
        "| median | 1 | |",
    ]
