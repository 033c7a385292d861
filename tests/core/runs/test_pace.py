import pytest

from core.runs.pace import MADE_UP, Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def steps_in(seconds: float, works: float, speed: float = 60, taken: int = 3, still: float = 0.0) -> int:
    """Steps that a run takes whose slices of `taken` steps work so many seconds, the first one `still` seconds more."""
    clock = Clock()
    pace, ends, steps, more = Pace(clock), clock.now + seconds, 0, still
    pace.begin("a")
    while clock.now < ends:
        clock.now += works + more
        steps, more = steps + taken, 0.0
        clock.now += pace.wait("a", taken, speed)
    return steps


@pytest.mark.parametrize("works", [0.0, 0.01, 0.049])
@pytest.mark.parametrize("speed", [1, 20, 60])
def test_a_speed_is_kept_however_long_a_slice_works(works: float, speed: float) -> None:
    assert steps_in(30, works, speed, taken=max(1, round(speed * 0.05))) == pytest.approx(30 * speed, abs=3)


def test_who_cannot_keep_it_goes_as_fast_as_possible() -> None:
    assert steps_in(30, works=0.1) == pytest.approx(900, abs=3)


def test_a_short_stop_is_made_up_for_and_of_a_long_one_only_its_end() -> None:
    assert steps_in(30, 0.01, still=MADE_UP) == pytest.approx(1800, abs=3)
    assert steps_in(30, 0.01, still=10.0) == pytest.approx((20 + MADE_UP) * 60, abs=6)


def test_each_run_has_its_own_pace_and_who_sets_out_again_owes_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.begin("a")
    assert pace.wait("b", 6, 60) == pytest.approx(0.1)
    assert pace.wait("a", 3, 60) == pytest.approx(0.05)
    assert pace.wait("a", 3, 60) == pytest.approx(0.1)
    clock.now += 5
    pace.begin("a")
    assert pace.wait("a", 3, 60) == pytest.approx(0.05)
