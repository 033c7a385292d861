"""What has been learned as small numbers: which picture for which inputs, in which units, and never a test row."""

import base64
import json
import math

import numpy as np
import pandas as pd
import pytest
import torch

from core.data.columns import begin
from core.data.dataset import Dataset, Table
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source, parse
from core.training.advance import Budget, advance, parameters_of
from core.training.checkpoint import Checkpoint, start
from core.training.evaluate import Evaluator
from core.training.view import POINTS, SIDE, View, rounded

TASKS = {"grade": "multiclass", "passed": "binary", "score": "regression"}


def table(inputs: int = 1, rows: int = 60, **columns: object) -> Table:
    """Every cell is different, so that a number tells its row."""
    draw = np.random.default_rng(0)
    frame = pd.DataFrame({f"x{i}": draw.permutation(rows) / 10 + i for i in range(inputs)})
    frame["grade"] = np.array(["a", "b", "c"])[np.arange(rows) % 3]
    frame["passed"] = np.array(["no", "yes"])[np.arange(rows) % 2]
    frame["score"] = 1000.0 + np.arange(rows)
    return Table("made", frame.assign(**columns))


def document(inputs: dict[str, str], **changes: object) -> Experiment:
    made = parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "made"}, "inputs": inputs},
            "tasks": [{"column": column, "kind": kind} for column, kind in TASKS.items()],
            "network": {"trunk": [{"width": 6}]},
            "training": {"epochs": 2},
        }
    )
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def seen(made: Experiment, found: Table) -> tuple[View, Dataset, Checkpoint]:
    data = prepare(made, found)
    point, _ = advance(start(made, data), data, Budget())
    return View(made, data, found), data, point


ONE, TWO, MANY = {"x0": "number"}, {"x0": "number", "x1": "number"}, {"x0": "number", "x1": "number", "x2": "number"}


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        (ONE, "curve"),
        (TWO, "map"),
        (MANY, "table"),
        ({"x0": "category"}, "table"),
        ({"x0": "number", "x1": "category"}, "table"),
    ],
)
def test_the_inputs_choose_the_picture(inputs: dict, kind: str) -> None:
    view, _, point = seen(document(inputs), table(3))
    assert view.scene["kind"] == view.frame(point)["kind"] == kind


@pytest.mark.parametrize("inputs", [ONE, TWO, MANY])
@pytest.mark.parametrize("replicas", [1, 3])
def test_scene_and_frame_are_plain_json(inputs: dict, replicas: int) -> None:
    view, _, point = seen(document(inputs, replicas=replicas), table(3))
    for told in (view.scene, view.frame(point)):
        assert json.loads(json.dumps(told, allow_nan=False)) == told


@pytest.mark.parametrize("inputs", [ONE, TWO])
def test_points_are_training_and_validation_rows_and_say_which_and_never_test_rows(inputs: dict) -> None:
    found = table(2)
    view, data, _ = seen(document(inputs), found)
    parts = [[1000.0 + row for row in data.rows(part)[0].tolist()] for part in ("train", "validation")]
    points = view.scene["points"][2]
    told = points["y"] if "y" in points and len(inputs) == 1 else points["value"]
    for number, part in enumerate(parts):
        assert sorted(value for value, of in zip(told, points["part"], strict=True) if of == number) == sorted(part)
    assert not set(told) & {1000.0 + row for row in data.test[0].tolist()}


def test_a_table_shows_validation_rows_alone() -> None:
    view, data, _ = seen(document(MANY), table(3))
    assert view.scene["tasks"][2]["true"] == [1000.0 + row for row in data.validation[0].tolist()]


def test_points_lie_where_the_table_has_them_in_its_units() -> None:
    found = table(2)
    view, _, _ = seen(document(TWO), found)
    points = view.scene["points"][2]
    for x, y, value in zip(points["x"], points["y"], points["value"], strict=True):
        row = found.frame.iloc[int(value - 1000)]
        assert (x, y) == pytest.approx((row["x0"], row["x1"]))


def test_many_rows_are_thinned_to_the_same_few_each_time() -> None:
    made, found = document(ONE), table(rows=900)
    first, again = (View(made, prepare(made, found), found).scene for _ in range(2))
    assert first == again
    assert all(len(points["x"]) == POINTS for points in first["points"])


def test_rows_without_a_label_are_points_of_the_other_tasks_only() -> None:
    gap = np.where(np.arange(60) < 20, np.nan, 1000.0 + np.arange(60))
    view, _, _ = seen(document(ONE), table(score=gap))
    grade, _, score = view.scene["points"]
    assert len(grade["x"]) > len(score["x"])
    assert min(score["y"]) >= 1020


def test_rows_that_no_task_has_a_label_for_shift_nothing() -> None:
    """They are left out of the tensors, so that a row of these is not the same row of the table."""
    some = np.arange(60) % 4 != 0
    cells = {"grade": "a", "passed": "no"}
    gaps = {name: np.where(some, table().frame[name], None) for name in cells}
    found = table(score=np.where(some, 1000.0 + np.arange(60), np.nan), **gaps)
    view, _, _ = seen(document(ONE), found)
    points = view.scene["points"][2]
    for x, y in zip(points["x"], points["y"], strict=True):
        assert x == pytest.approx(found.frame["x0"][int(y - 1000)])


@pytest.mark.parametrize("inputs", [ONE, TWO])
def test_a_value_that_means_missing_has_no_place_in_the_picture(inputs: dict) -> None:
    marked = np.where(np.arange(60) < 6, -999.0, np.arange(60) / 10)
    view, _, point = seen(document(inputs, data__missing={"x0": [-999]}), table(2, x0=marked))
    xs = view.scene["points"][0]["x"]
    assert None not in xs
    assert min(xs) >= 0.6
    assert (view.scene["x"][0] if len(inputs) == 1 else view.scene["bounds"][0]) > -10
    json.dumps([view.scene, view.frame(point)], allow_nan=False)


def test_a_constant_input_and_one_without_any_number_still_have_a_picture() -> None:
    for values in (3.0, np.nan):
        view, _, point = seen(document(ONE), table(x0=values))
        told = json.dumps([view.scene, view.frame(point)], allow_nan=False)
        assert "NaN" not in told
        assert view.scene["x"][0] < view.scene["x"][-1]


def test_curves_are_values_in_units_a_probability_or_one_for_each_class() -> None:
    view, _, point = seen(document(ONE), table())
    grade, passed, score = view.frame(point)["tasks"]
    assert [line["label"] for line in grade] == ["a", "b", "c"]
    assert np.sum([line["mean"] for line in grade], axis=0) == pytest.approx(1, abs=1e-3)
    assert len(passed) == len(score) == 1
    assert all(0 <= value <= 1 for value in passed[0]["mean"])
    assert all(900 < value < 1200 for value in score[0]["mean"])
    assert all(len(line["mean"]) == len(view.scene["x"]) for line in (*grade, *passed, *score))


def test_curves_are_what_the_network_says_at_the_grid() -> None:
    view, data, point = seen(document(ONE), table())
    network, parameters = parameters_of(point, data)
    evaluator = Evaluator(point.experiment, data, network)
    evaluator._features["grid"] = data.encode(pd.DataFrame({"x0": view.scene["x"]}))
    says = evaluator.outputs("grid", parameters, point.buffers)
    frame = view.frame(point)["tasks"]
    units = data.targets[2].to_units(says[2][0, :, 0])
    assert frame[2][0]["mean"] == pytest.approx(units.tolist(), rel=2e-3)
    assert frame[1][0]["mean"] == pytest.approx(torch.sigmoid(says[1][0, :, 0]).tolist(), rel=2e-2, abs=1e-3)


def test_several_replicas_have_a_band_and_one_has_none() -> None:
    view, _, point = seen(document(ONE, replicas=3), table())
    for lines in view.frame(point)["tasks"]:
        for line in lines:
            assert all(low <= mean <= high for low, mean, high in zip(line["low"], line["mean"], line["high"], strict=True))
            assert line["low"] != line["high"]
    view, _, point = seen(document(ONE), table())
    assert set(view.frame(point)["tasks"][2][0]) == {"label", "mean"}


def test_a_map_is_a_byte_for_every_place() -> None:
    view, data, point = seen(document(TWO), table(2))
    grade, passed, score = (
        (np.frombuffer(base64.b64decode(task["bytes"]), np.uint8), task["low"], task["high"])
        for task in view.frame(point)["tasks"]
    )
    assert all(len(task[0]) == SIDE * SIDE == view.scene["n"] ** 2 for task in (grade, passed, score))
    assert set(grade[0] // 16) <= {0, 1, 2}
    assert passed[1:] == (0.0, 1.0)
    network, parameters = parameters_of(point, data)
    x0, x1, y0, y1 = view.scene["bounds"]
    corners = data.encode(pd.DataFrame({"x0": [x0, x1, x0], "x1": [y0, y0, y1]}))
    evaluator = Evaluator(point.experiment, data, network)
    evaluator._features["corners"] = corners
    says = evaluator.outputs("corners", parameters, point.buffers)
    places = [0, SIDE - 1, SIDE * (SIDE - 1)]
    assert (passed[0][places] / 255).tolist() == pytest.approx(torch.sigmoid(says[1][0, :, 0]).tolist(), abs=0.01)
    assert (grade[0][places] // 16).tolist() == says[0][0].argmax(-1).tolist()
    units = data.targets[2].to_units(says[2])[0, :, 0].clamp(score[1], score[2])
    span = score[2] - score[1]
    assert (score[1] + score[0][places] / 255 * span).tolist() == pytest.approx(units.tolist(), abs=span / 100)


def test_the_range_of_a_map_is_that_of_labels_that_are_no_test_rows() -> None:
    far = np.where(np.arange(60) == 59, 1e6, 1000.0 + np.arange(60))
    for seed in range(30):
        view, data, point = seen(document(TWO, seed=seed), table(2, score=far))
        if 59 in data.test[0]:
            assert view.frame(point)["tasks"][2]["high"] < 2000
            return
    raise AssertionError("the far row was never a test row")


def test_a_map_of_a_task_with_hardly_a_label_among_the_points_is_drawn() -> None:
    rare = np.full(2000, np.nan)
    rare[:5] = np.arange(5.0)
    view, _, point = seen(document(TWO), table(2, rows=2000, score=rare))
    json.dumps(view.frame(point), allow_nan=False)


def test_a_table_has_predictions_probabilities_and_counts() -> None:
    view, data, point = seen(document(MANY), table(3))
    grade, passed, score = view.frame(point)["tasks"]
    rows = data.validation.shape[1]
    assert np.shape(grade["confusion"]) == (3, 3)
    true = view.scene["tasks"][0]["true"]
    assert [sum(counts) for counts in grade["confusion"]] == [true.count(number) for number in range(3)]
    assert len(passed["yes"]) == len(score["predicted"]) == rows
    assert all(0 <= value <= 1 for value in passed["yes"])
    assert all(900 < value < 1200 for value in score["predicted"])


def test_a_network_gone_wrong_is_drawn_as_nothing() -> None:
    for inputs in (ONE, TWO, MANY):
        view, _, point = seen(document(inputs), table(3))
        with torch.inference_mode():
            point.parameters.fill_(math.nan)
        json.dumps(view.frame(point), allow_nan=False)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_a_picture(name: str) -> None:
    source = Source(kind="sample", name=name)
    found = load(source)
    made = begin(source, found, SAMPLES[name])
    data = prepare(made, found)
    view = View(made, data, found)
    told = json.dumps([view.scene, view.frame(start(made, data))], allow_nan=False)
    assert len(told) < 60_000


def test_numbers_keep_four_digits_and_none_where_there_is_none() -> None:
    assert rounded([1.23456, 123456.0, math.nan, math.inf, 0.0]) == [1.235, 123500.0, None, None, 0.0]
