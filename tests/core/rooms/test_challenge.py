"""Who reaches all bars with the least leads; whoever misses one stands below."""

import math

import pytest

from core.errors import UserError
from core.experiment import TaskKind
from core.rooms.challenge import Challenge, board, judge
from core.rooms.result import Result
from core.training.metrics import METRICS, primary

BOTH = Challenge("The smallest network that gets both tasks above 0.9", {"a": 0.9, "b": 0.9})


def result(a: float | None, b: float | None, parameters: int = 100, epochs: float = 5.0, seconds: float = 1.0) -> Result:
    return Result({"a": a, "b": b}, parameters, epochs, seconds)


def test_all_bars_are_to_be_reached() -> None:
    assert judge(BOTH, result(0.9, 0.95)).reached
    missed = judge(BOTH, result(0.95, 0.8999))
    assert (missed.reached, missed.met) == (False, {"a": True, "b": False})
    assert missed.short == pytest.approx(0.0001)


def test_a_task_without_a_score_has_not_reached_its_bar() -> None:
    assert judge(BOTH, result(0.95, None)).short == math.inf
    assert judge(BOTH, Result({"a": 0.95}, 1, 1, 1)).met == {"a": True, "b": False}


@pytest.mark.parametrize(("smallest", "leads"), [("parameters", "small"), ("epochs", "soon"), ("seconds", "quick")])
def test_what_is_small_decides(smallest: str, leads: str) -> None:
    results = [
        ("small", "small", True, result(0.9, 0.9, 10, 9, 9)),
        ("soon", "soon", True, result(0.9, 0.9, 90, 1, 9)),
        ("quick", "quick", True, result(0.9, 0.9, 90, 9, 1)),
        ("tiny", "tiny", True, result(0.1, 0.9, 1, 0, 0)),
    ]
    rows = board(Challenge("Now", {"a": 0.9, "b": 0.9}, smallest), results)
    assert rows[0]["id"] == leads
    assert (rows[-1]["id"], rows[-1]["rank"], rows[-1]["reached"]) == ("tiny", None, False)


def test_ranks_are_shared_and_the_rest_stands_by_what_it_lacks() -> None:
    rows = board(
        BOTH,
        [
            ("far", "Far", False, result(0.1, 0.1, 1)),
            ("one", "One", False, result(0.9, 0.9, 50)),
            ("near", "Near", False, result(0.95, 0.85, 1)),
            ("two", "Two", True, result(0.99, 0.9, 50)),
            ("none", "None", False, result(None, 0.9, 1)),
            ("last", "Last", False, result(0.9, 0.9, 51)),
        ],
    )
    assert [(row["id"], row["rank"]) for row in rows] == [
        ("one", 1), ("two", 1), ("last", 3), ("near", None), ("far", None), ("none", None)
    ]  # fmt: skip
    assert rows[1] == {
        "rank": 1, "id": "two", "nickname": "Two", "handed": True, "reached": True, "amount": 50.0,
        "scores": {"a": 0.99, "b": 0.9}, "met": {"a": True, "b": True},
    }  # fmt: skip


def test_of_each_member_the_better_counts() -> None:
    now, before = ("x", "X", False, result(0.5, 0.9, 10)), ("x", "X", True, result(0.9, 0.9, 80))
    for results in ([now, before], [before, now]):
        (row,) = board(BOTH, results)
        assert (row["amount"], row["handed"]) == (80.0, True)


def test_who_has_handed_in_and_is_better_by_now_has_handed_in_all_the_same() -> None:
    before, now, other = result(0.5, 0.9, 80), result(0.6, 0.9, 80), result(0.5, 0.9, 10)
    rows = board(BOTH, [("x", "X", True, before), ("x", "X", False, now), ("y", "Y", False, other)])
    assert {row["id"]: (row["scores"]["a"], row["handed"]) for row in rows} == {"x": (0.6, True), "y": (0.5, False)}


@pytest.mark.parametrize(
    ("text", "bars", "smallest", "told"),
    [
        ("", {"a": 0.9}, "parameters", "1 to 200 characters"),
        ("x" * 10_000, {"a": 0.9}, "parameters", "10,000"),
        ("Now", {}, "parameters", "one task at least"),
        ("Now", {"a": math.nan}, "parameters", "should be a number"),
        ("Now", {"a": 0.9}, "luck", "should compare one of"),
    ],
)
def test_one_that_nobody_could_judge_is_refused(text: str, bars: dict, smallest: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        Challenge(text, bars, smallest)


@pytest.mark.parametrize("kind", METRICS)
def test_a_primary_metric_is_better_higher_as_bars_have_it(kind: TaskKind) -> None:
    (main,) = [metric for metric in METRICS[kind] if metric.name == primary(kind)]
    assert main.better == "higher"
