"""How hard tasks pull at shared units: the lengths of the gradients that training makes, and the rows that they are of."""

from dataclasses import replace

import pytest
import torch

from core.data.dataset import Dataset
from core.losses import loss_of
from core.network.graph import Graph
from core.network.layer import Dense, Pass
from core.network.parameters import views
from core.network.sharing import SHARING
from core.training.advance import Budget, advance, parameters_of
from core.training.checkpoint import architecture, start
from core.training.pull import FEWER, LEAST, ROWS, Array, Place, Probe, probe, pulls, rows_for
from core.training.step import Jacobian, average
from tests.making import dataset, experiment

TASKS = {"a": "regression", "b": "binary", "c": "multiclass"}


def by_all_weights(network: Graph, run: Pass, made: Probe, tasks: tuple) -> dict[Place, Array]:
    """The same by the gradients of training, whole."""
    own = [block[:1] for block in run.parameters]
    dice = torch.Generator().manual_seed(0)
    outputs, saved = network.forward(made.features, Pass(own, dict(run.buffers), True, remember=False, generator=dice))
    grads = []
    for task, output, answers, labelled, known in zip(tasks, outputs, made.answers, made.labelled, made.known, strict=True):
        module, params = loss_of(task)
        grads.append(average(module.rows(output, answers, params, known), labelled)[1])
    scratch = views(torch.empty(sum(spec.size for spec in network.specs)), network.specs, 1)
    jacobian = Jacobian(network, 1, len(tasks))
    network.backward_shared(network.backward_own(grads, saved, own, scratch), saved, own, jacobian.blocks)
    found = {}
    for step in network.shared:
        if isinstance(step.node, Dense):
            weight, bias = (jacobian.blocks[step.node.first + each][:, 0] for each in (0, 1))
            length = (weight.square().sum(-2) + bias.square().sum(-2)).sqrt()
            for copy in range(step.node.copies or 1):
                found[Place(step.place, copy)] = (length[:, copy] if step.node.copies else length).numpy()
    return found


@pytest.mark.parametrize("name", list(SHARING))
def test_pulls_are_the_lengths_of_the_gradients_of_training(name: str) -> None:
    layers = [{"width": 6, "batch_norm": True}, {"width": 20, "activation": {"name": "prelu"}, "dropout": 0.2}]
    made, data = experiment(TASKS, network__sharing={"name": name}, network__trunk=layers), dataset(TASKS, missing=0.3)
    point = advance(start(made, data), data, Budget(5))[0]
    with torch.inference_mode():
        network, parameters = parameters_of(point, data)
        run, seen = Pass(parameters, point.buffers), probe(data, 40)
        true = by_all_weights(network, run, seen, made.tasks)
        units = {place: list(range(each.shape[-1]))[::2] for place, each in true.items()}
        found = pulls(made, network, run, seen, units | {Place(10**6, 0): [0]})
    assert set(found) == set(true)
    for place, lengths in found.items():
        assert lengths == pytest.approx(true[place][:, ::2], rel=1e-4, abs=1e-6)
    assert not found or max(each.max() for each in found.values()) > 0


def few(data: Dataset, task: int, count: int) -> Dataset:
    """With answers of a task in so many training rows alone."""
    labelled = torch.zeros_like(data.targets[task].labelled)
    labelled[data.train[0][-count:]] = True
    targets = [*data.targets]
    targets[task] = replace(targets[task], labelled=labelled)
    return replace(data, targets=tuple(targets))


def test_rows_are_spread_evenly() -> None:
    data = dataset(TASKS)
    train = data.train[0]
    seen = probe(data, 5)
    even = train[torch.tensor([0, 1, 2, 3, 4]) * (len(train) - 1) // 4]
    assert torch.equal(seen.features, data.features[:1, even])
    assert seen.labelled == [None] * 3


@pytest.mark.parametrize(("known", "expected"), [(2, 2), (30, LEAST)])
def test_a_task_that_is_known_in_few_rows_has_its_share_of_them(known: int, expected: int) -> None:
    seen = probe(few(dataset(TASKS), 1, known), 6)
    assert 6 < seen.features.shape[1] <= 6 + expected
    assert int(seen.labelled[1].sum()) == expected
    assert seen.labelled[0] is None


def test_large_networks_are_measured_by_fewer_rows_and_single_tasks_by_none() -> None:
    def count(tasks: dict = TASKS, **changes: object) -> int:
        return rows_for(architecture(experiment(tasks, **changes), dataset(tasks)))

    assert count() == ROWS
    assert count(network__trunk=[{"width": 256}, {"width": 512}]) == FEWER
    assert count({"a": "regression"}) == 0
    assert count(network__sharing={"name": "separate"}, network__trunk=[{"width": 8}]) == 0
