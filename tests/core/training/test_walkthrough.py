"""A walk's numbers against modules of torch and autograd through them, for every architecture; its sums against its numbers."""

import base64
import json
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from core.code import pytorch
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.network.parameters import views
from core.network.sharing import SHARING
from core.training.advance import Budget, advance
from core.training.checkpoint import Checkpoint, architecture, start
from core.training.walkthrough import WHOLE, walkthrough
from tests.core.code.making import run
from tests.core.code.test_graph import filled
from tests.making import dataset, experiment

TASKS = {"a": "multiclass", "b": "binary", "c": "regression"}
ROWS, WEIGHTS = [3, 17, 41, 42], [1.0, 0.5, 2.0]
CLOSE = {"rtol": 1e-6, "atol": 1e-9}
FIRST = {"width": 6, "activation": {"name": "tanh"}, "batch_norm": True, "dropout": 0.3}
SECOND = {"width": 6, "activation": {"name": "silu"}}
MORE = [
    ("hard", {"branch": {"a": 1, "b": 0}}),
    ("sluice", {"subspaces": 3}),
    ("cgc", {"own": 0}),
    ("dselect-k", {"by_row": True}),
    ("hierarchical", {"flow": False}),
]
EACH = [*((name, {}) for name in SHARING if name != "hard"), *MORE]  # without branches, `hard` has a test by hand


def made(name: str = "hard", params: dict | None = None, tasks: dict = TASKS, **changes: Any) -> tuple[Checkpoint, Dataset]:
    """A checkpoint with parameters drawn wide, and batch norms that remember something."""
    document = experiment(
        tasks, **{"network__trunk": [FIRST, SECOND], "network__sharing": {"name": name, "params": params or {}}} | changes
    )
    data = dataset(tasks, missing=0.2)
    point = start(document, data)
    draw = torch.Generator().manual_seed(5)
    point.parameters.add_(torch.randn(point.parameters.shape, generator=draw).mul_(0.3))
    for name_of, values in point.buffers.items():
        values.copy_(torch.rand(values.shape, generator=draw) + (0.5 if name_of.endswith("variance") else -0.5))
    return point, data


def matrix(walk: dict[str, Any], key: str) -> Tensor:
    told = walk["matrices"][key]
    numbers = np.frombuffer(base64.b64decode(told["bytes"]), f"<{told['kind']}").reshape(told["shape"])
    return torch.from_numpy(numbers.astype(np.float64))


def steps(walk: dict[str, Any], *kinds: str) -> list[dict[str, Any]]:
    return [step for step in walk["steps"] if step["kind"] in kinds]


class Module:
    """The same network as the modules of torch that the app hands out as code, in float64, with one replica's parameters."""

    def __init__(self, point: Checkpoint, data: Dataset, lane: int = 0) -> None:
        document: Experiment = point.experiment
        graph = architecture(document, data)
        outputs = {target.column: target.outputs for target in data.targets}
        self.model = run(pytorch(document, data.features.shape[-1], outputs)).Network().double().eval()
        blocks = views(point.parameters, graph.specs, document.lanes)
        with torch.no_grad():
            filled(self.model, graph, [block[lane : lane + 1].double() for block in blocks])
            for step in graph.steps:
                mean = point.buffers.get(f"{step.node.name}.mean")
                if mean is not None:
                    own = getattr(self.model, step.node.name.replace(".", "_"))
                    for copy, module in enumerate(own if isinstance(own, torch.nn.ModuleList) else [own]):
                        norm = next(each for each in module.modules() if isinstance(each, torch.nn.BatchNorm1d))
                        spread = point.buffers[f"{step.node.name}.variance"]
                        norm.running_mean.copy_((mean[lane, copy] if mean.dim() == 4 else mean[lane]).flatten())
                        norm.running_var.copy_((spread[lane, copy] if spread.dim() == 4 else spread[lane]).flatten())

    def losses(self, data: Dataset, rows: list[int] = ROWS) -> tuple[dict[str, Tensor], list[Tensor]]:
        """Outputs by column, and every task's loss by `torch.nn.functional` over the rows with an answer."""
        found = self.model(data.features[0, rows].double())
        losses = []
        for target in data.targets:
            here = target.labelled[rows]
            right, said = target.values[0, rows][here], found[target.column][here]
            if target.kind == "multiclass":
                losses.append(torch.nn.functional.cross_entropy(said, right))
            elif target.kind == "binary":
                losses.append(torch.nn.functional.binary_cross_entropy_with_logits(said, right.double()))
            else:
                losses.append(torch.nn.functional.mse_loss(said, right.double()))
        return found, losses


@pytest.mark.parametrize("nonlinear", [True, False])
@pytest.mark.parametrize(("name", "params"), EACH)
def test_every_architecture_says_and_loses_what_torchs_modules_do(name: str, params: dict, nonlinear: bool) -> None:
    point, data = made(name, params, network__nonlinear=nonlinear)
    module = Module(point, data)
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    found, losses = module.losses(data)
    for task, column in enumerate(TASKS):
        answer, loss = (next(step for step in steps(walk, kind) if step["task"] == task) for kind in ("answer", "loss"))
        said = matrix(walk, answer["in"][0])
        torch.testing.assert_close(said, found[column].detach().view_as(said), **CLOSE)
        torch.testing.assert_close(torch.tensor(loss["loss"], dtype=torch.float64), losses[task].detach(), **CLOSE)
    total = sum(weight * loss for weight, loss in zip(WEIGHTS, losses, strict=True))
    told = walk["steps"][-1]
    pulled = sum(each["rate"] * each["size"] for each in told["penalties"])  # what these are, a test below has
    assert (pulled > 0) == (name == "soft")
    torch.testing.assert_close(torch.tensor(told["total"] - pulled, dtype=torch.float64), total.detach(), **CLOSE)


@pytest.mark.parametrize(("name", "params"), EACH)
def test_every_gradient_of_a_weight_is_autograds(name: str, params: dict) -> None:
    """What goes into a layer, turned, times the gradient by its product: as the page shows it, summed over what shares it."""
    point, data = made(name, params)
    module = Module(point, data)
    _, losses = module.losses(data)
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    layers = {step["name"]: step for step in steps(walk, "product")}
    compared = 0
    for task, loss in enumerate(losses):
        names = dict(module.model.named_modules())
        for layer, step in layers.items():
            own = names[layer.replace(".", "_")]
            copies = own if isinstance(own, torch.nn.ModuleList) else [own]
            for copy, each in enumerate(copies):
                linear = next(part for part in each.modules() if isinstance(part, torch.nn.Linear))
                weight, bias = torch.autograd.grad(loss, [linear.weight, linear.bias], retain_graph=True, allow_unused=True)
                key = f"g{task}.{step['out']}"
                if weight is None:
                    assert key not in walk["matrices"] or not matrix(walk, key).any()
                    continue
                x, g = matrix(walk, step["in"][0]), matrix(walk, key)
                x, g = (part[copy] if part.dim() == 3 else part for part in (x, g))
                torch.testing.assert_close(x.T @ g, weight.T, **CLOSE)
                torch.testing.assert_close(g.sum(0), bias, **CLOSE)
                compared += 1
    assert compared >= len(layers)


def test_every_number_of_hard_sharing_is_that_of_torchs_layers() -> None:
    """Layer by layer, built by hand from `torch.nn`: product, batch norm, activation, and the gradients by each."""
    point, data = made()
    graph = architecture(point.experiment, data)
    at = {
        spec.name: block[0].double() for spec, block in zip(graph.specs, views(point.parameters, graph.specs, 1), strict=True)
    }
    x = data.features[0, ROWS].double()
    first, second = torch.nn.Linear(12, 6).double(), torch.nn.Linear(6, 6).double()
    norm = torch.nn.BatchNorm1d(6).double().eval()
    with torch.no_grad():
        for layer, name in ((first, "trunk.0"), (second, "trunk.1")):
            layer.weight.copy_(at[f"{name}.weight"].T)
            layer.bias.copy_(at[f"{name}.bias"][0])
        norm.weight.copy_(at["trunk.0.scale"][0])
        norm.bias.copy_(at["trunk.0.shift"][0])
        norm.running_mean.copy_(point.buffers["trunk.0.mean"].flatten())
        norm.running_var.copy_(point.buffers["trunk.0.variance"].flatten())
    p1 = first(x)
    n1 = norm(p1)
    v1 = torch.tanh(n1)
    p2 = second(v1)
    v2 = torch.nn.functional.silu(p2)
    logit = (torch.relu(v2 @ at["tower1.0.weight"] + at["tower1.0.bias"]) @ at["output1.weight"] + at["output1.bias"])[:, 0]
    here, right = data.targets[1].labelled[ROWS], data.targets[1].values[0, ROWS].double()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logit[here], right[here])
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    shown = {"p1": p1, "n1": n1, "v1": v1, "p2": p2, "v2": v2}
    for (key, value), grad in zip(shown.items(), torch.autograd.grad(loss, list(shown.values())), strict=True):
        torch.testing.assert_close(matrix(walk, key), value.detach(), **CLOSE)
        torch.testing.assert_close(matrix(walk, f"g1.{key}"), grad, **CLOSE)
    torch.testing.assert_close(matrix(walk, "d1"), 1 - v1.detach() ** 2, **CLOSE)
    torch.testing.assert_close(matrix(walk, "w1"), first.weight.detach().T, **CLOSE)
    assert [step["kind"] for step in walk["steps"][:6]] == ["inputs", "product", "norm", "bend", "product", "bend"]
    assert walk["steps"][3]["dropout"] == 0.3
    assert walk["steps"][0]["names"] == list(data.feature_names)


def test_the_order_of_norm_and_activation_may_be_swapped() -> None:
    point, data = made(network__trunk=[FIRST | {"norm_last": True}])
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    kinds = [(step["kind"], step["in"], step["out"]) for step in walk["steps"][1:4]]
    assert kinds == [("product", ["v0"], "p1"), ("bend", ["p1"], "y1"), ("norm", ["y1"], "v1")]
    mean, variance, scale, shift = (matrix(walk, f"{name}1") for name in ("mean", "variance", "scale", "shift"))
    bent = matrix(walk, "p1").tanh()
    torch.testing.assert_close(matrix(walk, "y1"), bent, **CLOSE)
    torch.testing.assert_close(matrix(walk, "v1"), (bent - mean) / (variance + 1e-5).sqrt() * scale + shift, **CLOSE)
    torch.testing.assert_close(matrix(walk, "g.y1"), matrix(walk, "g.v1") * scale / (variance + 1e-5).sqrt(), **CLOSE)
    torch.testing.assert_close(matrix(walk, "g.p1"), matrix(walk, "g.y1") * (1 - bent**2), **CLOSE)


@pytest.mark.parametrize(("name", "params"), EACH)
def test_sums_on_the_page_add_up(name: str, params: dict) -> None:
    """Each step's result is what the page writes it as, from the numbers that are told with it."""
    point, data = made(name, params)
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)

    def of(key: str) -> Tensor:
        return matrix(walk, key)

    for step in walk["steps"]:
        kind, ins = step["kind"], step["in"]
        if kind == "product":
            torch.testing.assert_close(of(ins[0]) @ of(step["w"]) + of(step["b"]), of(step["out"]), **CLOSE)
        elif kind == "softmax":
            torch.testing.assert_close(of(ins[0]).softmax(-1), of(step["out"]), **CLOSE)
        elif kind == "sigmoid":
            torch.testing.assert_close(of(ins[0]).sigmoid(), of(step["out"]), **CLOSE)
        elif kind == "mixture":
            banks = [of(key) if of(key).dim() == 3 else of(key)[None] for key in ins[1:]]
            assert [len(bank) for bank in banks] == step["banks"]
            shares = of(ins[0]).T.unsqueeze(-1)
            torch.testing.assert_close((shares * torch.cat(banks)).sum(0), of(step["out"]), **CLOSE)
        elif kind == "stitch":
            bank, groups = of(ins[0]), step["groups"]
            parts = bank.unflatten(-1, (groups, -1)).transpose(1, 2).flatten(0, 1)
            mixed = torch.einsum("ij,jbu->ibu", of(step["w"]), parts)
            torch.testing.assert_close(mixed.unflatten(0, (-1, groups)).transpose(1, 2).flatten(2), of(step["out"]), **CLOSE)
        elif kind == "blend":
            stacked = torch.stack([of(key) for key in ins], -1)
            torch.testing.assert_close((stacked * of(step["w"])[0]).sum(-1), of(step["out"]), **CLOSE)
        elif kind == "part":
            torch.testing.assert_close(of(ins[0])[step["which"]], of(step["out"]), **CLOSE)
        elif kind == "join":
            torch.testing.assert_close(torch.cat([of(key) for key in ins], -1), of(step["out"]), **CLOSE)
        elif kind == "masked":
            torch.testing.assert_close(of(ins[0]) * of(ins[1]), of(step["out"]), **CLOSE)
        elif kind == "selection":
            torch.testing.assert_close(
                torch.einsum("rs,rse->re", of(step["shares"]), of(step["chosen"])), of(step["out"]), **CLOSE
            )
        elif kind == "stop":
            torch.testing.assert_close(of(ins[0]), of(step["out"]), **CLOSE)
            assert f"g{step['owner']}.{ins[0]}" not in walk["matrices"]
    for key in [key for key in walk["matrices"] if key.startswith("g.")]:
        parts = [
            weight * of(f"g{task}{key[1:]}") for task, weight in enumerate(WEIGHTS) if f"g{task}{key[1:]}" in walk["matrices"]
        ]
        assert len(parts) > 1
        torch.testing.assert_close(torch.stack(parts).sum(0), of(key), **CLOSE)


def test_losses_are_of_rows_with_an_answer_and_say_what_each_costs() -> None:
    point, data = made()
    walk = walkthrough(point, data, list(range(8)), 0, WEIGHTS)
    for step, target in zip(steps(walk, "loss"), data.targets, strict=True):
        here = target.labelled[:8].tolist()
        assert [value is not None for value in step["rows"]] == here
        assert [value is not None for value in step["truth"]] == here
        known_rows = [value for value in step["rows"] if value is not None]
        assert step["loss"] == pytest.approx(sum(known_rows) / len(known_rows), rel=1e-9)
    answer = steps(walk, "answer")
    chances = matrix(walk, answer[0]["chances"])
    torch.testing.assert_close(chances, matrix(walk, answer[0]["in"][0]).softmax(-1), **CLOSE)
    assert answer[0]["answers"] == [data.targets[0].classes[place] for place in chances.argmax(-1)]
    assert answer[1]["answers"] == [("no", "yes")[int(chance >= 0.5)] for chance in matrix(walk, answer[1]["chances"])[:, 0]]
    units = matrix(walk, answer[2]["in"][0])[:, 0] * 3.0 + 10.0  # as `making.dataset` scales
    assert answer[2]["answers"] == pytest.approx(units.tolist(), rel=1e-9)


def test_losses_that_take_outputs_for_something_else_say_for_what() -> None:
    point, data = made(tasks__a__loss={"name": "ordinal", "params": {}})
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    answer = steps(walk, "answer")[0]
    torch.testing.assert_close(matrix(walk, answer["chances"]), matrix(walk, answer["said"]).exp(), **CLOSE)
    torch.testing.assert_close(matrix(walk, answer["chances"]).sum(-1), torch.ones(len(ROWS), dtype=torch.float64), **CLOSE)


def test_a_loss_with_class_weights_divides_by_what_rows_count() -> None:
    point, data = made(tasks__a__loss={"name": "cross-entropy", "params": {"class_weights": "balanced"}})
    step = steps(walkthrough(point, data, list(range(8)), 0, WEIGHTS), "loss")[0]
    pairs = [(value, worth) for value, worth in zip(step["rows"], step["worth"], strict=True) if value is not None]
    assert step["loss"] == pytest.approx(sum(value for value, _ in pairs) / sum(worth for _, worth in pairs), rel=1e-9)
    assert data.known[0].unique().numel() > 1
    assert len({worth for _, worth in pairs}) > 1


def test_each_replica_and_each_twin_is_walked_through_by_itself() -> None:
    point, data = made(replicas=2, network__twin=True)
    graph = architecture(point.experiment, data)
    at = {spec.name: block.double() for spec, block in zip(graph.specs, views(point.parameters, graph.specs, 4), strict=True)}
    for lane in range(4):
        walk = walkthrough(point, data, ROWS, lane, WEIGHTS)
        torch.testing.assert_close(matrix(walk, "w1"), at["trunk.0.weight"][lane], **CLOSE)
        bend = next(step for step in steps(walk, "bend"))
        x, y = matrix(walk, bend["in"][0]), matrix(walk, bend["out"])
        assert bend["acts"] == (lane < 2)
        torch.testing.assert_close(y, x.tanh() if lane < 2 else x, **CLOSE)
        torch.testing.assert_close(matrix(walk, bend["slope"]), 1 - x.tanh() ** 2 if lane < 2 else torch.ones_like(x), **CLOSE)


def test_one_row_and_one_task() -> None:
    point, data = made(tasks={"c": "regression"})
    walk = walkthrough(point, data, [5], 0, [1.0])
    assert matrix(walk, "v0").shape == (1, 12)
    assert not [key for key in walk["matrices"] if key.startswith("g.")]
    assert walk["steps"][-1]["total"] == pytest.approx(steps(walk, "loss")[0]["loss"])


def test_large_matrices_are_told_of_the_step_that_is_asked_for() -> None:
    point, data = made(network__trunk=[{"width": 80}, {"width": 80}], network__towers={})
    assert WHOLE < 80 * 80
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    assert walk["matrices"]["w2"] == {"shape": [80, 80], "kind": "f4"}
    asked = walkthrough(point, data, ROWS, 0, WEIGHTS, 2)
    assert asked["matrices"]["v1"]["kind"] == "f8"
    torch.testing.assert_close(matrix(asked, "v1") @ matrix(asked, "w2") + matrix(asked, "b2"), matrix(asked, "p2"), **CLOSE)


def test_gradients_are_left_out_where_nobody_looks_at_them() -> None:
    point, data = made()
    whole, short = (walkthrough(point, data, ROWS, 0, WEIGHTS, None, back) for back in (True, False))
    assert set(whole["matrices"]) - set(short["matrices"]) == {key for key in whole["matrices"] if key[0] in "gd"}
    assert all(whole["matrices"][key] == told for key, told in short["matrices"].items())


def test_a_walk_is_json_and_changes_nothing() -> None:
    point, data = made("mmoe")
    before = point.pack()
    told = walkthrough(point, data, ROWS, 0, WEIGHTS)
    assert json.loads(json.dumps(told)) == told
    assert point.pack() == before
    with torch.inference_mode():
        assert walkthrough(point, data, ROWS, 0, WEIGHTS) == told


def test_what_is_made_small_holds_the_penalties_that_are_set() -> None:
    changes = {"training__l2": 0.02, "training__l1": 0.003, "training__own_l1": 0.01}
    point, data = made(**changes)
    walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
    total = walk["steps"][-1]
    specs = architecture(point.experiment, data).specs
    blocks = zip(specs, views(point.parameters, specs, 1), strict=True)
    sizes = [(spec.owner == "", block[0].double()) for spec, block in blocks if spec.name.endswith("weight")]
    squares = sum(float(each.square().sum()) for _, each in sizes) / 2
    shared, own = (sum(float(each.abs().sum()) for here, each in sizes if here is side) for side in (True, False))
    assert [each["title"] for each in total["penalties"]] == [
        "L2 penalty",
        "L1 penalty, shared layers",
        "L1 penalty, own layers",
    ]
    assert [each["size"] for each in total["penalties"]] == pytest.approx([squares, shared, own], rel=1e-9)
    losses = sum(weight * loss for weight, loss in zip(WEIGHTS, total["losses"], strict=True))
    assert total["total"] == pytest.approx(losses + 0.02 * squares + 0.003 * shared + 0.01 * own, rel=1e-9)
    rates = {(step["owner"] is None, step["l2"], step["l1"]) for step in steps(walk, "product")}
    assert rates == {(True, 0.02, 0.003), (False, 0.02, 0.01)}


def test_what_is_made_small_is_what_a_record_says_is() -> None:
    """Over all training rows, with penalties and with tasks that are pulled together."""
    point, data = made("soft", training__l2=0.05)
    assert [each["title"] for each in walkthrough(point, data, ROWS, 0, WEIGHTS)["steps"][-1]["penalties"]] == [
        "L2 penalty",
        "Tasks' layers pulled together",
    ]
    after, news = advance(start(point.experiment, data), data, Budget(5, None))
    last, rows = news[-1], data.train[0].tolist()
    total = walkthrough(after, data, rows, 0, last["weights"][0])["steps"][-1]["total"]
    assert total == pytest.approx(last["objective"][0], rel=1e-5)


def test_schemes_whose_step_is_no_sum_are_named() -> None:
    point, data = made(weighting={"name": "graddrop"})
    assert walkthrough(point, data, ROWS, 0, WEIGHTS)["nearest"] == "GradDrop"
    point, data = made()
    assert walkthrough(point, data, ROWS, 0, WEIGHTS)["nearest"] == ""
