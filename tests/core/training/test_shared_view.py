"""What the sharing has learned, read off the network, against the numbers that it is made of."""

import math
from typing import Any

import pytest
import torch

from core.network.layer import Pass
from core.network.parameters import views
from core.runs.wire import banded
from core.training.advance import look
from core.training.checkpoint import architecture, start
from core.training.shared_view import LARGEST, learned
from tests.making import dataset, experiment

TASKS = {"a": "multiclass", "b": "binary", "c": "regression"}


def inside(name: str, tasks: dict[str, str] = TASKS, **params: object) -> tuple[Any, Any, list[torch.Tensor]]:
    """A network, what a forward pass over all rows left, and its parameters, drawn wide."""
    document = experiment(tasks, replicas=2, network__trunk=[{"width": 6}, {"width": 6}])
    document = document.changed("network.sharing", {"name": name, "params": params})
    data = dataset(tasks)
    point = start(document, data)
    network = architecture(document, data)
    flat = torch.randn(point.parameters.shape, generator=torch.Generator().manual_seed(0))
    parameters = views(flat, network.specs, 2)
    rows = data.features.expand(2, -1, -1)
    return network, network.forward(rows, Pass(parameters, point.buffers))[1], parameters


def test_gates_of_mmoe_are_a_softmax_of_the_inputs() -> None:
    network, saved, parameters = inside("mmoe", experts=5)
    found = learned(network, saved, parameters)
    assert found is not None
    assert set(found) == {"gates"}
    at = {spec.name: parameters[place] for place, spec in enumerate(network.specs)}
    for task, gate in enumerate(found["gates"]):
        assert (gate["task"], gate["level"], gate["shared"]) == (task, None, 5)
        weights = (saved.values[0] @ at[f"gate{task}.weight"] + at[f"gate{task}.bias"]).softmax(-1)
        first = torch.stack([(weights.argmax(-1) == expert).float().mean(1) for expert in range(5)], 1)
        told = [torch.tensor([expert[name] for expert in gate["experts"]]).T for name in ("mean", "first")]
        torch.testing.assert_close(told[0], weights.mean(1), rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(told[1], first)


@pytest.mark.parametrize(
    ("name", "params", "gates"),
    [
        ("omoe", {"experts": 3}, [(None, None, 3, 3)]),
        ("cgc", {"experts": 2, "own": 1}, [(task, None, 2, 3) for task in range(3)]),
        ("dselect-k", {"experts": 4}, [(task, None, 4, 4) for task in range(3)]),
        (
            "ple",
            {"experts": 2, "own": 1},
            [(task, 0, 2, 3) for task in range(3)] + [(None, 0, 2, 5)] + [(task, 1, 2, 3) for task in range(3)],
        ),
    ],
)
def test_every_gate_is_told_and_its_weights_add_up(name: str, params: dict, gates: list) -> None:
    found = learned(*inside(name, **params))
    assert found is not None
    assert [(g["task"], g["level"], g["shared"], len(g["experts"])) for g in found["gates"]] == gates
    for gate in found["gates"]:
        for what in ("mean", "first"):
            total = torch.tensor([expert[what] for expert in gate["experts"]]).sum(0)
            torch.testing.assert_close(total, torch.ones(2))


@pytest.mark.parametrize(("name", "groups"), [("cross-stitch", 1), ("sluice", 2)])
def test_stitches_are_told_row_by_row(name: str, groups: int) -> None:
    network, saved, parameters = inside(name)
    found = learned(network, saved, parameters)
    assert found is not None
    assert [(each["level"], each["groups"], each["size"]) for each in found["stitches"]] == [
        (0, groups, 3 * groups),
        (1, groups, 3 * groups),
    ]
    place = next(place for place, spec in enumerate(network.specs) if spec.name == "stitch.1.stitch")
    begin = torch.kron(torch.full((3, 3), 0.05).fill_diagonal_(0.9), torch.eye(groups))
    cells = torch.tensor([cell["value"] for cell in found["stitches"][1]["cells"]]).T
    torch.testing.assert_close(cells.view(2, 3 * groups, 3 * groups), parameters[place] + begin)
    if name == "sluice":
        assert [skip["task"] for skip in found["skips"]] == [0, 1, 2]


def test_copies_are_as_far_apart_as_their_weights() -> None:
    network, saved, parameters = inside("soft")
    found = learned(network, saved, parameters)
    assert found is not None
    at = {spec.name: parameters[place] for place, spec in enumerate(network.specs)}
    stack = torch.stack([at[f"own{task}.1.weight"].flatten(1) for task in range(3)])
    expected = (stack - stack.mean(0)).norm(dim=(0, 2)) / stack.norm(dim=(0, 2))
    assert [layer["level"] for layer in found["apart"]] == [0, 1]
    assert found["apart"][1]["distance"] == pytest.approx(expected.tolist(), rel=1e-4)
    for task in range(3):
        at[f"own{task}.0.weight"].copy_(at["own0.0.weight"])
    again = learned(network, saved, parameters)
    assert again is not None
    assert again["apart"][0]["distance"] == pytest.approx([0.0, 0.0], abs=1e-6)


def test_masks_are_how_much_each_task_lets_through() -> None:
    network, saved, parameters = inside("mtan")
    found = learned(network, saved, parameters)
    assert found is not None
    assert set(found) == {"masks"}
    assert [(mask["task"], mask["level"], mask["of"]) for mask in found["masks"]] == [
        (task, level, 6) for task in range(3) for level in range(2)
    ]
    at = {spec.name: parameters[place] for place, spec in enumerate(network.specs)}
    first = torch.relu(saved.values[0] @ at["trunk.0.weight"] + at["trunk.0.bias"])
    hidden = torch.relu(first @ at["mask1.0.in.weight"] + at["mask1.0.in.bias"])
    mask = torch.sigmoid(hidden @ at["mask1.0.out.weight"] + at["mask1.0.out.bias"])
    told = torch.tensor([unit["value"] for unit in found["masks"][2]["units"]]).T
    torch.testing.assert_close(told, mask.mean(1), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("flow", [True, False])
def test_how_much_a_task_goes_by_what_others_say(flow: bool) -> None:
    network, saved, parameters = inside("hierarchical", flow=flow)
    found = learned(network, saved, parameters)
    assert found is not None
    assert set(found) == {"feeds"}
    assert [(feed["task"], [each["task"] for each in feed["from"]]) for feed in found["feeds"]] == [
        (1, [None, 0]),
        (2, [None, 0, 1]),
    ]
    at = {spec.name: parameters[place] for place, spec in enumerate(network.specs)}
    weights = at["tower2.0.weight"]  # 6 of the trunk, 3 of task a, 1 of task b
    assert weights.shape[1] == 10
    total = weights.square().sum((1, 2))
    for told, rows in zip(found["feeds"][1]["from"], (slice(6), slice(6, 9), slice(9, 10)), strict=True):
        torch.testing.assert_close(torch.tensor(told["share"]), weights[:, rows].square().sum((1, 2)) / total)


def test_without_gates_and_copies_there_is_nothing_to_tell() -> None:
    assert learned(*inside("hard")) is None


def test_many_tasks_stay_few_numbers() -> None:
    tasks = {f"t{task}": "binary" for task in range(20)}
    (stitch, _) = learned(*inside("cross-stitch", tasks))["stitches"]  # type: ignore[index]
    assert (stitch["size"], len(stitch["cells"])) == (LARGEST, LARGEST**2)
    gates = learned(*inside("mmoe", tasks, experts=16))["gates"]  # type: ignore[index]
    assert len(gates) == 12


def test_a_record_has_it_with_twins_apart_and_a_browser_gets_means() -> None:
    document = experiment(TASKS, replicas=2, network__trunk=[{"width": 6}], network__twin=True)
    document = document.changed("network.sharing", {"name": "mmoe", "params": {"experts": 2}})
    record = look(start(document, dataset(TASKS)), dataset(TASKS))
    for part in (record, record["twin"]):
        weights = part["sharing"]["gates"][1]["experts"][0]["mean"]
        assert len(weights) == 2
    told = banded(record)["sharing"]["gates"][1]
    assert math.isclose(told["experts"][0]["mean"], sum(record["sharing"]["gates"][1]["experts"][0]["mean"]) / 2, rel_tol=1e-4)
    assert (told["task"], told["level"], told["shared"]) == (1, None, 2)
