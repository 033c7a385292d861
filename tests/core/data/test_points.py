"""Points put into curves by hand: each edit is a new, checked document, or one sentence and no change."""

import math

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as some

from core.data.columns import begin
from core.data.dataset import Dataset
from core.data.points import cleared, editable, edited
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Source, parse
from core.network.layer import Pass
from core.training.advance import Budget, advance, parameters_of
from core.training.checkpoint import start
from core.training.evaluate import outputs_of

ROWS = 200


def document(name: str = "two-waves", **params: object) -> Experiment:
    source = Source(kind="sample", name=name, params=params)
    return begin(source, load(source), SAMPLES[name])


def frame(experiment: Experiment) -> pd.DataFrame:
    return load(experiment.data.source).frame


def prepared(experiment: Experiment) -> Dataset:
    return prepare(experiment, load(experiment.data.source))


def params(experiment: Experiment) -> dict:
    return experiment.data.source.params


def add(x: float, y: float, task: int = 0) -> dict:
    return {"op": "add", "task": task, "x": x, "y": y}


def move(row: int, x: float, y: float, task: int = 0) -> dict:
    return {"op": "move", "task": task, "row": row, "x": x, "y": y}


def remove(row: int, task: int = 0) -> dict:
    return {"op": "remove", "task": task, "row": row}


WAVES = document()


def test_an_added_point_is_the_last_row_with_a_label_for_its_task_alone() -> None:
    made = edited(edited(WAVES, add(0.5, 2.0)), add(-1, -2, task=1))
    assert params(made)["points"] == [[0.5, 0, 2.0], [-1.0, 1, -2.0]]
    rows = frame(made)
    pd.testing.assert_frame_equal(rows[:ROWS], frame(WAVES))
    np.testing.assert_array_equal(rows[ROWS:], [[0.5, 2.0, np.nan], [-1.0, np.nan, -2.0]])
    assert "points" not in params(WAVES)  # the given document stays as it was


def test_of_points_six_digits_are_kept() -> None:
    assert params(edited(WAVES, add(1.23456789, -0.000123456789)))["points"] == [[1.23457, 0, -0.000123457]]


def test_a_made_row_is_moved_and_its_other_labels_go_along() -> None:
    made = edited(WAVES, move(7, 0.25, 3.0, task=1))
    assert params(made)["moved"] == [[7, 0.25, 1, 3.0]]
    before, after = frame(WAVES), frame(made)
    np.testing.assert_array_equal(after.loc[7], [0.25, before.loc[7, "sin(2x)"], 3.0])
    pd.testing.assert_frame_equal(after.drop(index=7), before.drop(index=7))


def test_the_same_row_moved_again_is_one_entry_for_each_task() -> None:
    made = edited(edited(edited(WAVES, move(7, 0.25, 3.0)), move(7, 1.0, -1.0, task=1)), move(7, -2.0, 0.5))
    assert params(made)["moved"] == [[7, 1.0, 1, -1.0], [7, -2.0, 0, 0.5]]
    np.testing.assert_array_equal(frame(made).loc[7], [-2.0, 0.5, -1.0])


def test_an_added_row_is_moved_where_it_stands_and_removed() -> None:
    made = edited(edited(WAVES, add(0.5, 2.0)), add(1.5, 1.0))
    made = edited(made, move(ROWS, -0.5, 2.5))
    assert params(made)["points"] == [[-0.5, 0, 2.5], [1.5, 0, 1.0]]
    assert params(made)["moved"] == []
    made = edited(made, remove(ROWS))
    assert params(made)["points"] == [[1.5, 0, 1.0]]
    assert frame(edited(made, remove(ROWS))).equals(frame(WAVES))


def test_cleared_takes_back_everything_set_by_hand_and_nothing_else() -> None:
    before = document(noise=0.3, seed=4).changed("training.epochs", 7)
    made = edited(edited(before, add(0.5, 2.0)), move(3, 0.0, 0.0))
    again = cleared(made)
    assert (params(again)["points"], params(again)["moved"]) == ([], [])
    assert params(again) | {"points": [], "moved": []} == {**params(before), "points": [], "moved": []}
    assert again.changed("data.source", before.data.source.model_dump()) == before
    assert frame(again).equals(frame(before))


def test_a_task_is_counted_as_the_document_has_them() -> None:
    turned = parse({**WAVES.model_dump(mode="json"), "tasks": WAVES.model_dump(mode="json")["tasks"][::-1]})
    assert turned.columns == ("cos(x)", "sin(2x)")
    made = edited(turned, add(0.5, 2.0, task=0))
    assert params(made)["points"] == [[0.5, 1, 2.0]]
    assert frame(made)["cos(x)"].iloc[-1] == 2.0
    assert params(edited(made, move(5, 0.0, 1.0, task=1)))["moved"] == [[5, 0.0, 0, 1.0]]


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if "points" in sample.Params.model_fields])
def test_all_curves_can_be_edited(name: str) -> None:
    made = document(name)
    assert editable(made)
    after = edited(made, add(0.5, 0.75))
    assert len(frame(after)) == len(frame(made)) + 1
    assert frame(after).iloc[-1]["x"] == 0.5
    prepared(after)


def test_points_of_ones_own_can_all_be_moved_and_taken_away() -> None:
    made = document("own-points")
    first = frame(made)
    made = edited(made, move(0, 0.5, 0.25))
    assert frame(made).iloc[0].tolist() == [0.5, 0.25]
    for _ in range(len(first)):
        made = edited(made, remove(0))
    assert len(frame(made)) == 0
    with pytest.raises(UserError, match="should have points to learn from"):
        prepared(made)
    assert len(frame(edited(made, add(1, 1)))) == 1


# -- what a point does --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", [0, 1])
def test_an_added_point_trains(task: int) -> None:
    made = WAVES
    for x in (0.5, 0.75, -2.0):
        made = edited(made, add(x, 2.0, task))
    data, before = prepared(made), prepared(WAVES)
    assert data.train.shape[1] == before.train.shape[1] + 3
    assert {ROWS, ROWS + 1, ROWS + 2} <= set(data.origin[data.train[0]].tolist())
    assert torch.equal(data.test, before.test)
    assert torch.equal(data.validation, before.validation)
    mine, other = data.targets[task], data.targets[1 - task]
    assert mine.labelled[ROWS:].tolist() == [True] * 3
    assert other.labelled[ROWS:].tolist() == [False] * 3
    assert mine.to_units(mine.values)[0, ROWS:].tolist() == pytest.approx([2.0] * 3, rel=1e-5)


def test_a_network_comes_to_meet_the_points() -> None:
    made = document(gap_from=-1, gap_to=1, noise=0.0).changed("training.epochs", 60)
    with_points = made
    for x in np.linspace(-0.8, 0.8, 10):
        with_points = edited(with_points, add(float(x), 3.0, task=1))
    heights = []
    for each in (made, with_points):
        data = prepared(each)
        point, _ = advance(start(each, data), data, Budget())
        network, parameters = parameters_of(point, data)
        middle = data.encode(pd.DataFrame({"x": [0.0]}))
        output = outputs_of(network, Pass(parameters, point.buffers), middle, 1)[1]
        heights.append(float(data.targets[1].to_units(output[..., 0])))
    assert heights[0] < 1.5  # cos(0) is 1
    assert heights[1] > 2.5


# -- what is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "op",
    [
        {},
        {"op": "add"},
        {**add(0, 0), "op": "explode"},
        {**add(0, 0), "op": None},
        {**add(0, 0), "op": ["add"]},
        {"task": 0, "x": 0, "y": 0},
        add(math.nan, 0),
        add(0, math.inf),
        add("1", 0),
        add(True, 0),
        add(None, 0),
        add(10**400, 0),
        add(0, -(10**400)),
        add(0, 0, task=2),
        add(0, 0, task=-1),
        add(0, 0, task=True),
        add(0, 0, task=0.0),
        add(0, 0, task="0"),
        add(1e7, 0),
        add(0, -1e7),
        move(ROWS, 0, 0),
        move(-1, 0, 0),
        move(0, math.nan, 0),
        move(1.0, 0, 0),
        move(None, 0, 0),
        remove(0),
        remove(ROWS - 1),
        remove(ROWS),
        remove(-1),
        remove("last"),
    ],
)
def test_wrong_edits_are_refused_in_one_short_sentence(op: dict) -> None:
    with pytest.raises(UserError) as refusal:
        edited(WAVES, op)
    assert len(str(refusal.value)) < 300
    assert "\n" not in str(refusal.value)


def test_only_ones_own_points_are_taken_away() -> None:
    made = edited(WAVES, add(0.5, 2.0))
    with pytest.raises(UserError, match="Only points of your own"):
        edited(made, remove(ROWS - 1))
    assert params(edited(made, remove(ROWS)))["points"] == []


@pytest.mark.parametrize("name", ["heart", "two-moons", "xor"])
def test_other_samples_cannot_be_edited(name: str) -> None:
    assert not editable(document(name))
    with pytest.raises(UserError, match="curves that are made here"):
        edited(document(name), add(0, 0))


def test_neither_can_files_or_samples_that_do_not_exist() -> None:
    for source in ({"kind": "file", "name": "two-waves", "sha256": "0" * 64}, {"kind": "sample", "name": "three-waves"}):
        made = WAVES.changed("data.source", source)
        assert not editable(made)
        with pytest.raises(UserError):
            edited(made, add(0, 0))


def test_a_document_whose_columns_are_used_otherwise_is_left_alone() -> None:
    turned = WAVES.model_dump(mode="json")
    turned["data"]["inputs"] = {"sin(2x)": "number"}
    turned["tasks"] = [{"column": "x", "kind": "regression"}, {"column": "cos(x)", "kind": "regression"}]
    turned["network"]["towers"] = {}
    for task in (0, 1):
        with pytest.raises(UserError, match="should belong to a curve"):
            edited(parse(turned), add(0, 0, task))
    none = WAVES.model_dump(mode="json") | {"tasks": [], "network": {}}
    with pytest.raises(UserError):
        edited(parse(none), add(0, 0))


def test_no_more_points_than_a_sample_takes() -> None:
    full = document(points=[[i / 100, 0, 0.0] for i in range(500)])
    with pytest.raises(UserError, match="500"):
        edited(full, add(0, 0))
    assert len(params(edited(full, remove(ROWS)))["points"]) == 499


@pytest.mark.parametrize("given", [{"points": [[0.0, 9, 0.0]]}, {"points": "many"}, {"rows": -1}, {"speed": 1}])
def test_a_document_that_does_not_hold_is_said_and_not_tripped_over(given: dict) -> None:
    broken = WAVES.changed("data.source.params", given)
    with pytest.raises(UserError):
        edited(broken, add(0, 0))


ANY = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.integers(min_value=10**300, max_value=10**400)
    | some.floats()
    | some.text(max_size=50)
    | some.lists(some.integers(), max_size=3)
    | some.dictionaries(some.text(max_size=3), some.integers(), max_size=2)
)
LIKELY = some.integers(-2, ROWS + 5) | some.floats(-10, 10) | ANY
OPS = some.fixed_dictionaries(
    {},
    optional={
        "op": some.sampled_from(["add", "move", "remove"]) | ANY,
        "task": some.integers(-1, 2) | ANY,
        "row": LIKELY,
        "x": LIKELY,
        "y": LIKELY,
        "more": ANY,
    },
)
ONE_POINT = edited(WAVES, add(0.5, 2.0))


@given(OPS | some.dictionaries(some.text(max_size=5), ANY, max_size=5))
def test_junk_gives_a_document_that_loads_or_one_sentence(op: dict) -> None:
    try:
        made = edited(ONE_POINT, op)
    except UserError:
        return
    assert parse(made.to_json()) == made
    assert len(frame(made)) - ROWS == {"add": 2, "move": 1, "remove": 0}[op["op"]]
