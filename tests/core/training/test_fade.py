"""A task that fades: by how much in which epoch, and what becomes of its weight and its own layers."""

import pytest
import torch

from core.experiment import Experiment, Task
from core.network.parameters import views
from core.training.advance import Budget, advance
from core.training.checkpoint import adopt, architecture, start, steps_per_epoch, unpack
from core.training.fade import left, shares
from tests.making import dataset, experiment

KINDS = {"a": "multiclass", "b": "binary", "c": "regression"}
FADING = [{"column": "a", "kind": "multiclass"}, {"column": "b", "kind": "binary", "auxiliary": True, "fade": [1, 3]}]
FADING += [{"column": "c", "kind": "regression"}]


def fading(**changes: object) -> Experiment:
    return experiment(KINDS, **changes).changed("tasks", FADING)


def test_it_falls_in_a_straight_line_and_stays_down() -> None:
    task = Task(column="b", kind="binary", fade=(2, 6))
    assert [left(task, epoch) for epoch in (0, 1, 2, 3, 4, 5, 6, 7, 100)] == [1, 1, 1, 0.75, 0.5, 0.25, 0, 0, 0]
    assert shares([task], 1) is None
    assert shares([Task(column="a", kind="binary")], 9) is None
    found = shares([Task(column="a", kind="binary"), task], 4)
    assert found is not None
    assert found.tolist() == [1.0, 0.5]


@pytest.mark.parametrize("scheme", ["equal", "upgrad", "graddrop", "imtl"])
def test_weights_fade_and_own_layers_come_to_rest(scheme: str) -> None:
    made, data = fading(weighting__name=scheme, training__l2=0.01), dataset(KINDS)
    point, records = advance(start(made, data), data, Budget(steps=3 * steps_per_epoch(made, data)))
    specs = architecture(made, data).specs
    before = [view.clone() for view in views(point.parameters, specs, 1)]
    after, more = advance(point, data, Budget())
    weights = [record["weights"][0][1] for record in records + more]
    assert weights[-1] == weights[-2] == 0.0, "of the last epochs"
    if scheme == "equal":
        assert weights == [1.0, 1.0, 0.5, 0.0, 0.0]
    assert more[-1]["train"][1]["loss"][0] > 0.0, "its loss is still told"
    for spec, was, now in zip(specs, before, views(after.parameters, specs, 1), strict=True):
        assert torch.equal(was, now) == (spec.owner == "b"), spec.name


@pytest.mark.parametrize("scheme", ["equal", "upgrad", "graddrop"])
def test_slices_do_not_change_a_run_with_groups_and_fading(scheme: str) -> None:
    groups = [{"name": "g", "members": ["b", "c"], "weighting": {"name": "famo"}}]
    made, data = fading(weighting__name=scheme, replicas=2, groups=groups), dataset(KINDS)
    whole, records = advance(start(made, data), data, Budget())
    sliced, found = start(made, data), []
    for steps in (1, 6, 5, 100):
        sliced, more = advance(sliced, data, Budget(steps=steps))
        sliced, found = unpack(sliced.pack()), found + more
    assert torch.equal(whole.parameters, sliced.parameters)
    assert records == found
    assert all(torch.equal(values, sliced.scheme[name]) for name, values in whole.scheme.items())
    assert len(records[-1]["groups"]) == 2
    assert records[-1]["train"][0]["loss"][0] < records[0]["train"][0]["loss"][0], "it learns"


def test_groups_and_fading_may_change_on_the_way() -> None:
    data = dataset(KINDS)
    made = experiment(KINDS, weighting__name="uncertainty")
    point, _ = advance(start(made, data), data, Budget(steps=8))
    grouped = made.changed("groups", [{"name": "g", "members": ["a", "b"], "weighting": {"name": "uncertainty"}}])
    taken = adopt(point, grouped.changed("tasks", FADING))
    assert taken is not None
    assert torch.equal(taken.parameters, point.parameters)
    assert taken.scheme["group/g/learned"].shape == (1, 2)
    assert taken.scheme["learned"].shape == (1, 2), "the group and what is beside it"
    after, _ = advance(taken, data, Budget())
    assert after.failure is None
    back = adopt(after, made)
    assert back is not None
    assert back.scheme.keys() == point.scheme.keys()
