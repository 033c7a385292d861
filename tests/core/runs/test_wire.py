"""What a browser is told: plain JSON, small, and nothing twice."""

import json
import math
from typing import Any

import pytest

from core.charts.palette import task_color
from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source
from core.runs import slice as work
from core.runs.run import Run
from core.runs.wire import LATEST, band, banded, frame, hint, scene, text
from core.training.checkpoint import Failure
from core.training.metrics import METRICS


def run_of(name: str, steps: int = 12, **changes: object) -> Run:
    """A run of a sample as an engine would have it after a slice."""
    source = Source(kind="sample", name=name)
    made = begin(source, load(source), SAMPLES[name])
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    run = Run(made)
    run.begun(work.begin(made, ""))
    done = work.go_on(run.checkpoint, "", steps, None)
    run.checkpoint, run.step, run.view = done.checkpoint, done.step, done.view
    run.records += done.records
    run.baseline = work.baselines(made, "")
    return run


@pytest.fixture(scope="module")
def waves() -> Run:
    return run_of("two-waves")


def told(value: Any) -> str:
    found = text(value)
    assert "NaN" not in found
    assert "\n" not in found
    return found


def test_a_band_is_mean_lowest_highest_of_what_are_numbers() -> None:
    assert band([1.0, 2.0, 6.0]) == [3.0, 1.0, 6.0]
    assert band([1.0, math.nan, 3.0, math.inf]) == [2.0, 1.0, 3.0]
    assert band([math.nan]) == band([]) == [None, None, None]
    assert band([0.123456789]) == [0.1235] * 3


def test_a_record_has_a_band_for_every_list_over_replicas() -> None:
    scores = [{"loss": [1.0, 3.0], "auroc": [math.nan, math.nan]}]
    record = {
        "epoch": 2,
        "step": 8,
        "objective": [1.0, 2.0],
        "weights": [[1.0, 0.5], [1.0, 1.5]],
        "learning_rate": 0.1,
        "train": scores,
        "validation": scores,
        "layers": [{"name": "trunk.0", "gradient": None, "dead": [0.0, 0.5]}, {"name": "output0", "gradient": [2.0, 4.0]}],
    }
    told = {
        "epoch": 2,
        "objective": [1.5, 1.0, 2.0],
        "weights": [[1.0, 1.0, 1.0], [1.0, 0.5, 1.5]],
        "learning_rate": 0.1,
        "train": [{"loss": [2.0, 1.0, 3.0], "auroc": [None, None, None]}],
        "validation": [{"loss": [2.0, 1.0, 3.0], "auroc": [None, None, None]}],
        "layers": [{"name": "trunk.0", "gradient": None, "dead": 0.25}, {"name": "output0", "gradient": 3.0}],
    }
    assert banded(record) == told
    own = {name: value for name, value in told.items() if name not in ("epoch", "learning_rate")}
    assert banded({**record, "twin": record}) == {**told, "twin": own}


@pytest.mark.parametrize(("name", "kind"), [("two-waves", "curve"), ("two-moons", "map"), ("heart", "table")])
@pytest.mark.parametrize("replicas", [1, 2])
def test_scene_and_frame_of_every_kind_are_plain_json(name: str, kind: str, replicas: int) -> None:
    run = run_of(name, replicas=replicas)
    still, moving = json.loads(told(scene(run))), json.loads(told(frame(run)))
    assert still["view"]["kind"] == moving["view"]["kind"] == kind
    assert (still["start"], still["replicas"]) == (moving["start"], replicas) == (1, replicas)
    views = still["view"]["tasks" if kind == "table" else "points"]
    assert len(views) == len(moving["view"]["tasks"]) == len(still["tasks"]) == len(moving["baseline"])


def test_the_scene_names_tasks_with_their_look_and_metrics(waves: Run) -> None:
    still = scene(waves)
    assert (still["title"], still["epochs"], still["steps_per_epoch"]) == ("Two waves", 200, 4)
    for number, task in enumerate(still["tasks"]):
        look = task_color(number)
        assert task["name"] == ["sin(2x)", "cos(x)"][number]
        assert (task["kind"], task["loss"], task["primary"]) == ("regression", "Mean squared error", "r2")
        assert [metric["name"] for metric in task["metrics"]] == [metric.name for metric in METRICS["regression"]]
        assert (task["color"], task["dash"]) == ([look.light, look.dark], list(look.dash))


def test_classes_and_units_come_along() -> None:
    tasks = scene(run_of("heart", steps=1))["tasks"]
    assert [task["classes"] for task in tasks] == [["1", "2", "3"], ["0", "1"]]
    assert [task["kind"] for task in tasks] == ["multiclass", "binary"]
    assert [task["unit"] for task in scene(run_of("linnerud", steps=1))["tasks"]] == [
        SAMPLES["linnerud"].UNITS[name] for name in SAMPLES["linnerud"].TASKS
    ]


def test_every_metric_of_the_scene_is_in_the_records_and_the_baseline(waves: Run) -> None:
    names = {metric["name"] for metric in scene(waves)["tasks"][0]["metrics"]}
    moving = frame(waves)
    for part in ("train", "validation"):
        assert {"loss", "loss_units", *names} == set(moving["records"][-1][part][0])
    assert set(moving["baseline"][0]) == names


def test_only_the_records_since_a_number_are_sent(waves: Run) -> None:
    assert [record["epoch"] for record in frame(waves)["records"]] == [0, 1, 2, 3]
    later = frame(waves, 2)
    assert later["from"] == 2
    assert [record["epoch"] for record in later["records"]] == [2, 3]
    assert frame(waves, 4)["records"] == []


def test_a_frame_of_the_default_scene_is_small(waves: Run) -> None:
    """Ten a second for a hundred visitors: every byte counts a thousand times a second."""
    assert len(told(frame(waves, 3))) < 8_000
    assert len(told(frame(waves, 4))) < 6_000


def test_what_is_no_number_is_none(waves: Run) -> None:
    run = Run(waves.experiment)
    run.begun(work.begin(waves.experiment, ""))
    run.baseline = [{"r2": {"naive": math.nan, "linear": math.inf}}]
    run.view = {"kind": "map", "tasks": [{"bytes": "", "low": -math.inf, "high": 1.0}]}
    moving = json.loads(told(frame(run)))
    assert moving["baseline"] == [{"r2": {"naive": None, "linear": None}}]
    assert moving["view"]["tasks"][0]["low"] is None


@pytest.mark.parametrize(
    ("status", "words"),
    [("ready", "Press Play"), ("playing", "Watch"), ("paused", "Paused"), ("finished", "Results"), ("failed", "exploded")],
)
def test_there_is_a_hint_for_every_status(waves: Run, status: str, words: str) -> None:
    run = Run(waves.experiment, status=status, message="It exploded. Try less.", facts=waves.facts)
    assert words in hint(run)
    assert frame(run)["hint"] == hint(run)


@pytest.mark.parametrize(("loss", "told_as"), [(3.5e9, 3.5e9), (math.inf, None), (math.nan, None)])
@pytest.mark.parametrize(("replica", "twin"), [(0, False), (1, True)])
def test_an_explosion_is_told_with_its_loss_where_that_is_a_number(waves, loss, told_as, replica, twin) -> None:
    run = Run(waves.experiment, status="failed", failure=Failure("cos(x)", 12, replica, loss), facts=waves.facts)
    assert json.loads(told(frame(run)))["failure"] == {"task": "cos(x)", "loss": told_as, "twin": twin}
    assert frame(run)["step"] == 12
    assert frame(waves)["failure"] is None


def test_the_first_hint_names_a_few_tasks_and_not_many(waves: Run) -> None:
    assert "“sin(2x)” and “cos(x)”" in hint(Run(waves.experiment))
    many = begin(source := Source(kind="sample", name="related", params={"tasks": 5}), load(source), SAMPLES["related"])
    assert "all tasks" in hint(Run(many))


@pytest.mark.parametrize(
    ("speed", "rate", "left"),
    [(None, 0.0, None), (None, 100.0, 7.88), (10.0, 100.0, 78.8), (60.0, 20.0, 39.4), (20.0, 0.0, 39.4)],
)
def test_the_time_left_follows_from_the_slower_of_asked_and_reached(waves: Run, speed: float, rate: float, left: float) -> None:
    run = Run(waves.experiment, speed=speed, rate=rate, facts=waves.facts, step=12)
    assert frame(run)["left"] == (None if left is None else pytest.approx(left))


def test_a_scene_has_the_ghosts_and_a_frame_says_where_one_looks(waves: Run) -> None:
    assert scene(waves)["ghosts"] == []
    waves.ghost(1.0)
    try:
        (ghost,) = scene(waves)["ghosts"]
        assert (ghost["epoch"], ghost["epochs"]) == (1.0, [1, 2, 3])
        assert ghost["tasks"][0]["train"] == [band(record["train"][0]["loss"])[0] for record in waves.records[1:]]
        assert len(told(scene(waves))) < 40_000
    finally:
        waves.ghosts = []
    assert (frame(waves)["looking"], frame(waves)["edited"]) == (None, False)


def test_the_latest_records_are_made_once_for_all_who_hear_them(waves: Run) -> None:
    first, again = frame(waves), frame(waves, 1)
    assert again["records"][-1] is first["records"][-1]
    waves.records = [*waves.records[:-1], {**waves.records[-1], "objective": [7.0]}]  # as after a branch
    assert frame(waves)["records"][-1]["objective"] == [7.0, 7.0, 7.0]
    waves.records = waves.records * 100
    assert len(frame(waves)["records"]) == len(waves.records)
    assert set(waves.bands) == set(range(len(waves.records) - LATEST, len(waves.records)))
