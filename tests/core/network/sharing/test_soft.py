"""Soft sharing: at strength 0 separate networks, at a very large one a single network; sizes."""

import pytest
import torch

from core.experiment import Experiment
from core.network.layer import Pass
from core.network.parameters import views
from core.network.sharing import shared
from core.network.ties import Distance, TraceNorm
from core.training.advance import Budget, advance
from core.training.checkpoint import adopt, architecture, start
from tests.core.network.sharing.making import count, graph, layers
from tests.making import dataset, experiment

TASKS = {"a": "regression", "b": "regression"}


def document(sharing: str, rate: float = 0.05, **params: object) -> Experiment:
    trunk = [{"width": 6, "activation": {"name": "tanh"}}, {"width": 5, "activation": {"name": "tanh"}}]
    made = experiment(TASKS, inputs=3, network__trunk=trunk, training__batch_size=None, training__epochs=12)
    made = made.changed("training.optimizer", {"name": "sgd"}).changed("training.learning_rate", rate)
    return made.changed("network.sharing", {"name": sharing, "params": params})


def trained(made: Experiment, begin: dict[str, torch.Tensor] | None = None) -> dict[str, torch.Tensor]:
    data = dataset(TASKS, inputs=3)
    point, network = start(made, data), architecture(made, data)
    for spec, block in zip(network.specs, views(point.parameters, network.specs, 1), strict=True):
        if begin:
            block.copy_(begin[spec.name])
    point, _ = advance(point, data, Budget())
    return {spec.name: block for spec, block in zip(network.specs, views(point.parameters, network.specs, 1), strict=True)}


def test_nothing_is_shared_and_the_size_is_that_of_separate_networks() -> None:
    made = graph("soft")
    assert shared(made.specs) == 0
    assert count(made) == 2 * layers((6, 4)) + layers((3, 2), 4) + layers((2,), 4)


@pytest.mark.parametrize("by", ["distance", "trace norm"])
def test_at_strength_0_it_is_separate_networks(by: str) -> None:
    one, other = trained(document("soft", by=by, strength=0.0)), trained(document("separate"))
    for name, block in one.items():
        assert torch.equal(block, other[name]), name


def test_at_a_very_large_strength_it_is_one_network() -> None:
    """The tasks' trunks are one, and its step is the mean of what each wants: hard sharing at a K-th of the trunk's rate."""
    data = dataset(TASKS, inputs=3)
    hard = document("hard")
    network = architecture(hard, data)
    point = start(hard, data)
    first = views(point.parameters, network.specs, 1)
    blocks = {spec.name: block.clone() for spec, block in zip(network.specs, first, strict=True)}
    begin = {f"own{task}.{name[6:]}": block for name, block in blocks.items() if name.startswith("trunk") for task in range(2)}
    begin |= {name: block for name, block in blocks.items() if not name.startswith("trunk")}
    found = trained(document("soft", strength=1e6), begin)
    for _ in range(12):  # by hand: gradients of hard sharing, the trunk's halved
        into = [torch.zeros_like(block) for block in blocks.values()]
        rows = data.train[0]
        outputs, saved = network.forward(data.features[:, rows], Pass(list(blocks.values()), {}))
        answers = [target.values[:, rows].unsqueeze(-1) for target in data.targets]
        grads = [2.0 * (output - answer) / len(rows) for output, answer in zip(outputs, answers, strict=True)]
        network.backward_shared(
            network.backward_own(grads, saved, list(blocks.values()), into).sum(0), saved, list(blocks.values()), into
        )
        for (name, block), grad in zip(blocks.items(), into, strict=True):
            block -= 0.05 * grad * (0.5 if name.startswith("trunk") else 1.0)
    for name, block in found.items():
        alone = blocks[f"trunk.{name[5:]}"] if name.startswith("own") else blocks[name]
        torch.testing.assert_close(block, alone, atol=2e-5, rtol=1e-4)


def test_the_pull_is_the_one_that_was_asked_for() -> None:
    assert graph("soft", strength=0.0).ties is None
    assert isinstance(graph("soft").ties, Distance)
    assert isinstance(graph("soft", by="trace norm").ties, TraceNorm)


def test_its_strength_may_change_while_it_trains() -> None:
    made = document("soft", strength=0.1)
    point = start(made, dataset(TASKS, inputs=3))
    assert adopt(point, made.changed("network.sharing.params", {"strength": 5.0})) is not None
    assert adopt(point, document("separate")) is None
