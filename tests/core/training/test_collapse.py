"""Layers without activations as one matrix: it says what they say, in the user's units where it is a line."""

import json

import numpy as np
import pandas as pd
import pytest
import torch

from core.data.dataset import Dataset, Table
from core.data.prepare import prepare
from core.experiment import Experiment, parse
from core.network.layer import Pass
from core.training.advance import Budget, advance, parameters_of
from core.training.checkpoint import Checkpoint, start
from core.training.collapse import MOST, collapsed, gap, told
from core.training.evaluate import outputs_of
from tests.making import dataset, experiment

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
TANH = {"name": "tanh"}
PLAIN = [{"width": 8, "activation": TANH}, {"width": 6, "activation": {"name": "sigmoid"}}]
NORMED = [{"width": 8, "activation": TANH, "batch_norm": True}, {"width": 6, "batch_norm": True, "norm_last": True}]
LEARNED = [{"width": 8, "activation": {"name": "prelu"}, "batch_norm": True, "norm_last": True}, {"width": 5, "dropout": 0.3}]
STRAIGHT = {"network.nonlinear": False}
TWIN = {"network.twin": True}


def trained(document: Experiment, data: Dataset) -> Checkpoint:
    return advance(start(document, data), data, Budget())[0]


def said(point: Checkpoint, data: Dataset, features: torch.Tensor) -> list[torch.Tensor]:
    network, parameters = parameters_of(point, data)
    return outputs_of(network, Pass(parameters, point.buffers), features, point.experiment.lanes)


def straight(point: Checkpoint, data: Dataset, lane: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    network, parameters = parameters_of(point, data)
    return collapsed(network, parameters, point.buffers, lane)


@pytest.mark.parametrize("layers", [[], PLAIN, NORMED, LEARNED], ids=["none", "plain", "normed", "learned"])
@pytest.mark.parametrize(("how", "lane"), [(STRAIGHT, 0), (STRAIGHT, 1), (TWIN, 2), (TWIN, 3)])
def test_the_product_of_all_matrices_is_what_the_network_says(layers: list, how: dict, lane: int) -> None:
    document, data = experiment(MIXED, replicas=2, network__trunk=layers), dataset(MIXED)
    for path, value in {**how, "network.towers": dict.fromkeys(MIXED, layers[::-1])}.items():
        document = document.changed(path, value)
    point = trained(document, data)
    outputs = said(point, data, data.features)
    for output, (matrix, bias) in zip(outputs, straight(point, data, lane), strict=True):
        assert matrix.dtype == bias.dtype == torch.float64
        assert (list(matrix.shape), list(bias.shape)) == ([12, output.shape[-1]], [output.shape[-1]])
        found = data.features[0].double() @ matrix + bias
        torch.testing.assert_close(found, output[lane].double(), atol=1e-5, rtol=0)
        assert 0 <= gap(matrix, bias, data.features[0], output[lane]) < 1e-5
        if layers and how is TWIN:
            assert gap(matrix, bias, data.features[0], output[lane - 2]) > 0.1  # the one beside it bends


def test_of_no_rows_the_gap_is_none_at_all_and_of_nan_it_has_no_value() -> None:
    matrix, bias = torch.ones(2, 1, dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
    assert gap(matrix, bias, torch.zeros(0, 2), torch.zeros(0, 1)) == 0.0
    assert gap(matrix, bias, torch.ones(3, 2), torch.tensor([[2.0], [2.5], [1.0]])) == pytest.approx(1.0)
    assert gap(matrix, bias, torch.ones(1, 2), torch.full((1, 1), torch.nan)) is None


# -- in the user's units ------------------------------------------------------------------------------------------------


def table(low: float, high: float) -> Table:
    """One number as input, its answers far from 0 and 1 in size."""
    draw = np.random.default_rng(0)
    x = np.linspace(low, high, 80)
    answers = 500 + 40 * (x - low) / (high - low) + draw.normal(0, 4, 80)
    frame = pd.DataFrame({"x": x, "cost": answers, "dear": np.where(answers > 520, "yes", "no"), "grade": [*"abca"] * 20})
    return Table("made", frame)


def line(**changes: object) -> Experiment:
    made = parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "made"}, "inputs": {"x": "number"}},
            "tasks": [
                {"column": "cost", "kind": "regression"},
                {"column": "dear", "kind": "binary"},
                {"column": "grade", "kind": "multiclass"},
            ],
            "network": {"trunk": PLAIN, "nonlinear": False},
            "training": {"epochs": 20, "learning_rate": 0.02},
        }
    )
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


@pytest.mark.parametrize("how", [STRAIGHT, {**TWIN, "network.nonlinear": True}, {"network.nonlinear": False, **TWIN}])
@pytest.mark.parametrize(
    ("low", "high", "missing", "gaps"),
    [
        (-3.0, 3.0, [], False),
        (-3.0, 3.0, [], True),
        (1990.0, 2025.0, [], False),
        (1.6e9, 1.6e9 + 3e5, [], False),  # seconds since 1970, over four days
        (5.0, 9.0, [0, 1], False),  # a mark for missing where a slope might be measured
    ],
)
def test_slope_and_intercept_are_those_of_the_network_in_the_users_units(
    how: dict, low: float, high: float, missing: list, gaps: bool
) -> None:
    found, document = table(low, high), line(data__missing={"x": missing} if missing else {})
    if gaps:
        found.frame.loc[::9, "x"] = np.nan
    for path, value in how.items():
        document = document.changed(path, value)
    data = prepare(document, found)
    point, lane = trained(document, data), document.lanes - 1
    ends = np.array([low + (high - low) / 4, high])
    outputs = said(point, data, data.encode(pd.DataFrame({"x": ends})))
    for target, output, (matrix, bias) in list(zip(data.targets, outputs, straight(point, data, lane), strict=True))[:2]:
        values = (output[lane, :, 0].double() * target.scale[0] + target.mean[0]).numpy()
        slope = (values[1] - values[0]) / (ends[1] - ends[0])
        line_said = told(data, target, matrix, bias, "x")
        assert set(line_said) == {"slope", "intercept"}
        assert line_said["slope"] == pytest.approx(slope, rel=2e-3)
        assert line_said["intercept"] == pytest.approx(values[0] - slope * ends[0], rel=2e-3, abs=2e-3 * abs(values).max())


def test_several_classes_or_inputs_give_a_matrix_of_features_by_outputs() -> None:
    document = line()
    data = prepare(document, table(0, 1))
    point = trained(document, data)
    grade = told(data, data.targets[2], *straight(point, data, 0)[2], "x")
    assert grade["shape"] == [1, 3]
    assert (len(grade["matrix"]), len(grade["matrix"][0]), len(grade["bias"])) == (1, 3, 3)

    document, data = experiment(MIXED, network__nonlinear=False), dataset(MIXED)
    point = trained(document, data)
    for target, (matrix, bias) in zip(data.targets, straight(point, data, 0), strict=True):
        found = told(data, target, matrix, bias, None)
        assert found["shape"] == [12, target.outputs]
        np.testing.assert_allclose(found["matrix"], matrix, rtol=1e-3)
        np.testing.assert_allclose(found["bias"], bias, rtol=1e-3)
        assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_what_is_no_number_is_none() -> None:
    document = line()
    data = prepare(document, table(0, 1))
    matrix, bias = torch.full((1, 1), torch.nan).double(), torch.full((1,), torch.inf).double()
    assert told(data, data.targets[0], matrix, bias, "x") == {"slope": None, "intercept": None}
    wide = torch.tensor([[1.0, torch.nan, -torch.inf]]).double()
    found = told(data, data.targets[2], wide, torch.tensor([torch.nan, 0, 2]).double(), "x")
    assert found == {"matrix": [[1.0, None, None]], "bias": [None, 0.0, 2.0], "shape": [1, 3]}


@pytest.mark.parametrize(("rows", "shown"), [(MOST // 4, True), (MOST // 4 + 1, False)])
def test_too_large_a_matrix_is_left_out_but_not_its_shape(rows: int, shown: bool) -> None:
    data = dataset(MIXED)
    found = told(data, data.targets[0], torch.ones(rows, 4).double(), torch.zeros(4).double(), None)
    assert (found["matrix"] is not None) is shown
    assert found["shape"] == [rows, 4]
    assert found["bias"] == [0.0] * 4
