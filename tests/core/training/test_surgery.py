"""Edits by hand: they do what they say, in every replica and in no twin, and restoring gives the same bits back."""

import pytest
import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.errors import UserError
from core.experiment import Experiment
from core.network.activations import ACTIVATIONS
from core.network.graph import Graph
from core.network.layer import Dense, Pass
from core.network.parameters import views
from core.network.sharing import SHARING
from core.runs import slice as work
from core.training.advance import Budget, advance
from core.training.checkpoint import Checkpoint, architecture, start, unpack
from core.training.surgery import LARGEST, Edit, edited, numbers, parsed, words
from tests.core.runs.running import two_waves


def trained(**changes: object) -> tuple[Checkpoint, Graph, Dataset]:
    document: Experiment = two_waves(**changes)
    dataset, _ = work.prepared(document, "")
    return advance(start(document, dataset), dataset, Budget(6))[0], architecture(document, dataset), dataset


def block(point: Checkpoint, network: Graph, name: str) -> Tensor:
    parameters = views(point.parameters, network.specs, point.experiment.lanes)
    return next(each for spec, each in zip(network.specs, parameters, strict=True) if spec.name == name)


def passed(point: Checkpoint, network: Graph, dataset: Dataset) -> tuple[list[Tensor], list[Tensor]]:
    run = Pass(views(point.parameters, network.specs, point.experiment.lanes), point.buffers)
    rows = dataset.features[:1, :40].expand(point.experiment.lanes, -1, -1)
    outputs, saved = network.forward(rows, run)
    return outputs, saved.values


def done(point: Checkpoint, network: Graph, **told: object) -> Checkpoint:
    return edited(point, network, parsed(told, network))


def test_a_weight_and_a_bias_take_the_value_in_every_replica_and_in_no_twin() -> None:
    point, network, _ = trained(replicas=2, network__twin=True)
    weight = done(point, network, op="weight", layer="trunk.1", unit=3, input=5, value=1.5)
    bias = done(weight, network, op="weight", layer="tower1.0", unit=2, input=None, value=-0.25)
    now, before = block(bias, network, "trunk.1.weight"), block(point, network, "trunk.1.weight")
    assert now[:2, 5, 3].tolist() == [1.5, 1.5]
    assert torch.equal(now[2:], before[2:])
    assert block(bias, network, "tower1.0.bias")[:, 0, 2].tolist()[:2] == [-0.25, -0.25]
    assert int((bias.parameters != point.parameters).sum()) == 4
    assert int((bias.optimizer["mean"] != point.optimizer["mean"]).sum()) == 4
    assert not bias.optimizer["square"][bias.surgery["places"]].any()


def test_a_unit_that_is_off_changes_nothing_behind_it_any_more() -> None:
    point, network, dataset = trained()
    off = done(point, network, op="off", layer="trunk.1", unit=4)
    assert not torch.equal(passed(off, network, dataset)[0][0], passed(point, network, dataset)[0][0])
    wild = done(off, network, op="weight", layer="trunk.1", unit=4, input=None, value=100.0)
    for told, other in zip(passed(off, network, dataset)[0], passed(wild, network, dataset)[0], strict=True):
        assert torch.equal(told, other)
    for reader in ("tower0.0", "tower1.0"):  # everything that reads it
        assert not block(off, network, f"{reader}.weight")[:, 4].any()


def test_a_link_that_is_cut_weighs_nothing() -> None:
    point, network, _ = trained()
    cut = done(point, network, op="cut", layer="output1", unit=0, input=6)
    assert block(cut, network, "output1.weight")[0, 6, 0] == 0
    assert int((cut.parameters != point.parameters).sum()) == 1


@pytest.mark.parametrize("sharing", list(SHARING))
@pytest.mark.parametrize(
    "layer", [{}, {"batch_norm": True}, {"batch_norm": True, "norm_last": True}], ids=["", "norm", "norm last"]
)
def test_every_hidden_unit_of_every_architecture_can_be_switched_off(sharing: str, layer: dict) -> None:
    stack = [{"width": 4, "activation": {"name": "relu"}, **layer}, {"width": 6, "activation": {"name": "tanh"}, **layer}]
    document = two_waves(network__trunk=stack, network__sharing={"name": sharing, "params": {}})
    dataset, _ = work.prepared(document, "")
    point, network = start(document, dataset), architecture(document, dataset)
    for step in network.steps:
        node = step.node
        if not isinstance(node, Dense) or step.place in network.outputs.values() or node.is_output:
            continue
        last = node.specs[0].shape[-1] * max(node.copies, 1) - 1
        off = done(point, network, op="off", layer=node.name, unit=last)
        wild = off
        if off.parameters.equal(point.parameters):
            continue
        readers = [reader.node for reader in network.steps if step.place in reader.inputs]
        values = passed(off, network, dataset)[1][step.place]
        silent = not node.beside(values)[..., last].any()
        if not silent:  # nobody reads what it says: whatever that is
            wild = done(off, network, op="weight", layer=node.name, unit=last, input=None, value=77.0)
        for told, other in zip(passed(off, network, dataset)[0], passed(wild, network, dataset)[0], strict=True):
            assert torch.equal(told, other), (node.name, readers)


def test_a_unit_that_speaks_when_nothing_comes_in_cannot_be_switched_off_before_a_mixture() -> None:
    stack = [{"width": 4, "activation": {"name": "sigmoid"}}]
    document = two_waves(network__trunk=stack, network__sharing={"name": "mmoe", "params": {}})
    dataset, _ = work.prepared(document, "")
    network = architecture(document, dataset)
    expert = next(step.node.name for step in network.steps if isinstance(step.node, Dense) and step.node.copies)
    assert "sigmoid" in ACTIVATIONS
    with pytest.raises(UserError, match="mixture"):
        parsed({"op": "off", "layer": expert, "unit": 0}, network)


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "momentum"])
def test_restore_gives_the_same_bits_back(optimizer: str) -> None:
    point, network, _ = trained(training__optimizer={"name": optimizer, "params": {}})
    other = done(point, network, op="weight", layer="trunk.0", unit=1, input=0, value=3.0)
    other = done(other, network, op="weight", layer="trunk.0", unit=1, input=0, value=-3.0)
    other = done(other, network, op="off", layer="trunk.0", unit=2)
    other = unpack(done(other, network, op="cut", layer="trunk.1", unit=0, input=2).pack())
    assert other.pack() != point.pack()
    assert done(other, network, op="restore").pack() == point.pack()
    assert done(point, network, op="restore") is point


def test_edited_numbers_train_on_and_can_still_be_put_back() -> None:
    point, network, dataset = trained()
    before = block(point, network, "trunk.0.weight")[0, 0, 1].item()
    other = advance(done(point, network, op="cut", layer="trunk.0", unit=1, input=0), dataset, Budget(5))[0]
    assert block(other, network, "trunk.0.weight")[0, 0, 1] != 0
    back = done(other, network, op="restore")
    assert block(back, network, "trunk.0.weight")[0, 0, 1].item() == before
    assert int((back.parameters != other.parameters).sum()) == 1
    assert back.surgery == {}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (None, "An edit should be one of"),
        ({"op": "melt"}, "An edit should be one of"),
        ({"op": ["off"]}, "An edit should be one of"),
        ({"op": "off", "layer": "trunk.0"}, "should say layer, unit"),
        ({"op": "off", "layer": "trunk.9", "unit": 0}, "A layer should be one of trunk.0"),
        ({"op": "off", "layer": ["trunk.0"], "unit": 0}, "A layer should be one of"),
        ({"op": "off", "layer": "trunk.0", "unit": 16}, "from 0 to 15"),
        ({"op": "off", "layer": "trunk.0", "unit": -1}, "from 0 to 15"),
        ({"op": "off", "layer": "trunk.0", "unit": True}, "from 0 to 15"),
        ({"op": "off", "layer": "trunk.0", "unit": 1.0}, "from 0 to 15"),
        ({"op": "off", "layer": "output0", "unit": 0}, "read by others"),
        ({"op": "cut", "layer": "trunk.1", "unit": 0, "input": 16}, "an input should be from 0 to 15"),
        ({"op": "cut", "layer": "trunk.1", "unit": 0, "input": None}, "A link should come from an input"),
        ({"op": "weight", "layer": "trunk.1", "unit": 0, "input": 0, "value": float("nan")}, "A weight should be a number"),
        ({"op": "weight", "layer": "trunk.1", "unit": 0, "input": 0, "value": 2 * LARGEST}, "A weight should be a number"),
        ({"op": "weight", "layer": "trunk.1", "unit": 0, "input": 0, "value": "1"}, "A weight should be a number"),
        ({"op": "restore", "layer": "trunk.0"}, "nothing more"),
    ],
)
def test_what_there_is_not_is_refused(told: object, says: str) -> None:
    _, network, _ = trained()
    with pytest.raises(UserError, match=says):
        parsed(told, network)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"op": "off", "layer": "trunk.0", "unit": 2}, "shared layer 1, unit 3 switched off"),
        ({"op": "cut", "layer": "tower1.0", "unit": 0, "input": 4}, "cos(x), layer 1, unit 1: link from input 5 switched off"),
        (
            {"op": "weight", "layer": "output0", "unit": 0, "input": None, "value": 0.5},
            "sin(2x), answers, unit 1: bias set to 0.5",
        ),
        (
            {"op": "weight", "layer": "trunk.0", "unit": 1, "input": 0, "value": -2},
            "shared layer 1, unit 2: weight of input 1 set to -2",
        ),
        ({"op": "restore"}, "edited weights put back"),
    ],
)
def test_an_edit_in_words(told: dict, says: str) -> None:
    _, network, _ = trained()
    assert words(parsed(told, network), network) == says


def test_the_numbers_of_a_unit_are_those_that_an_edit_sets() -> None:
    point, network, _ = trained()
    other = done(point, network, op="weight", layer="trunk.1", unit=3, input=5, value=1.5)
    other = done(other, network, op="weight", layer="trunk.1", unit=3, input=None, value=-2.0)
    found = numbers(other, network, "trunk.1", 3)
    assert (found["weights"][5], found["bias"], len(found["weights"])) == (1.5, -2.0, 16)
    assert (found["name"], found["reads"]) == ("shared layer 2, unit 4", "trunk.0")
    assert numbers(point, network, "trunk.0", 0)["reads"] == ""


def test_a_copy_of_a_bank_has_units_of_its_own() -> None:
    stack = [{"width": 4, "activation": {"name": "relu"}}, {"width": 4, "activation": {"name": "relu"}}]
    document = two_waves(network__trunk=stack, network__sharing={"name": "mmoe", "params": {}})
    dataset, _ = work.prepared(document, "")
    point, network = start(document, dataset), architecture(document, dataset)
    bank = [step.node for step in network.steps if isinstance(step.node, Dense) and step.node.copies][-1]
    edit = parsed({"op": "weight", "layer": f"{bank.name}@2", "unit": 1, "input": 3, "value": 0.5}, network)
    assert edit == Edit("weight", bank.name, 9, 3, 0.5)
    other = edited(point, network, edit)
    assert block(other, network, f"{bank.name}.weight")[0, 2, 3, 1] == 0.5
    assert numbers(other, network, f"{bank.name}@2", 1)["weights"][3] == 0.5
    for layer, unit in ((f"{bank.name}@99", 0), (f"{bank.name}@x", 0), (f"{bank.name}@1", 4), ("output0@0", 0)):
        with pytest.raises(UserError):
            parsed({"op": "off", "layer": layer, "unit": unit}, network)
