"""Everything that the page can show of every architecture, worked out by the page's own modules, against torch."""

import ast
import json
import math
import operator
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import torch

from core.training.walkthrough import walkthrough
from tests.core.training.test_walkthrough import EACH, ROWS, TASKS, WEIGHTS, Module, made, matrix, steps

NODE = shutil.which("node")
SUM = re.compile(r"^(?P<sum>.*) = (?P<result>−?[\d.]+(?:e−?\d+)?)$")
pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node")


LOSSES_OF = [
    {"c": {"name": "mse", "params": {"scale": 3.0}}, "a": {"name": "cross-entropy", "params": {"class_weights": "balanced"}}},
    {"c": {"name": "mae", "params": {}}, "b": {"name": "bce", "params": {"balanced": True}}},
    {"c": {"name": "huber", "params": {}}, "a": {"name": "ordinal", "params": {}}, "b": {"name": "focal", "params": {}}},
    {"c": {"name": "quantile", "params": {}}, "a": {"name": "hinge", "params": {}}},
]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, Any, dict[str, Any], dict[str, Any]]]:
    """Per architecture checkpoint, data, walk, and what the page made of it."""
    return gone_through([made(name, params) for name, params in [("hard", {}), *EACH]], tmp_path_factory)


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, Any, dict[str, Any], dict[str, Any]]]:
    """The same of one architecture with several losses, and with penalties."""
    changes = [{f"tasks__{column}__loss": loss for column, loss in losses.items()} for losses in LOSSES_OF]
    return gone_through([made(training__l2=0.02, training__l1=0.001), *(made(**each) for each in changes)], tmp_path_factory)


def gone_through(points: list, tmp_path_factory: pytest.TempPathFactory) -> list:
    walks = []
    for point, data in points:
        walk = walkthrough(point, data, ROWS, 0, WEIGHTS)
        walks.append({**walk, "table": [{"number": row + 1, "part": "train", "cells": {"x0": "1"}} for row in ROWS]})
    path = tmp_path_factory.mktemp("walks") / "walks.json"
    path.write_text(json.dumps(walks))
    run = subprocess.run(  # noqa: S603 Node, on a file of ours
        [str(NODE), str(Path(__file__).with_name("through.mjs")), str(path)], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    return [(*point, walk, each) for point, walk, each in zip(points, walks, found, strict=True)]


def test_each_task_has_a_way_forward_and_back(seen: list) -> None:
    for _, _, walk, found in seen:
        assert len(found["forward"][0]) == len(walk["steps"])
        for task in range(len(TASKS)):
            way = found["forward"][task + 1]
            assert way[0] == "inputs 0"
            assert f"answer answer{task}" in way
            assert not [each for each in way if each.startswith("answer") and each != f"answer answer{task}"]
            back = found["back"][str(task)]
            assert back[:2] == ["back total total", f"back loss answer{task}"]
        assert found["map"] == len({step["place"] for step in walk["steps"] if step["place"] is not None}) + len(TASKS) + 1


def test_gradients_meet_where_tasks_share(seen: list) -> None:
    for point, _, _, found in seen:
        name = point.experiment.network.sharing.name
        meetings = [each for each in found["back"]["all"] if each.startswith("back meeting")]
        assert bool(meetings) == (name not in ("separate", "soft")), name


def test_gradients_of_weights_that_the_page_works_out_are_autograds(seen: list) -> None:
    for point, data, walk, found in seen[1:]:
        module = Module(point, data)
        _, losses = module.losses(data)
        names = dict(module.model.named_modules())
        assert found["changes"]
        for step in steps(walk, "product"):
            own = names[step["name"].replace(".", "_")]
            for copy, each in enumerate(own if isinstance(own, torch.nn.ModuleList) else [own]):
                linear = next(part for part in each.modules() if isinstance(part, torch.nn.Linear))
                for task, loss in enumerate(losses):
                    told = found["changes"].get(f"{task} {step['w']} {copy}")
                    grad = torch.autograd.grad(loss, linear.weight, retain_graph=True, allow_unused=True)[0]
                    if told is None:
                        assert grad is None or not grad.any(), (step["name"], task)
                    else:
                        expected = torch.zeros_like(linear.weight) if grad is None else grad
                        worked = torch.tensor(told, dtype=torch.float64)
                        torch.testing.assert_close(worked, expected.T, rtol=1e-6, atol=1e-9)


def test_what_a_task_hands_back_is_its_gradient_by_what_went_in(seen: list) -> None:
    """Where only one layer takes a value."""
    compared = 0
    for _, _, walk, found in seen:
        for name, told in found["handed"].items():
            task, key, copy, _ = name.split(" ", 3)
            takers = [step for step in walk["steps"] if key in step["in"] and step["owner"] in (None, int(task))]
            if len(takers) != 1 or dims(walk, key) != dims(walk, takers[0]["out"]):
                continue
            whole = matrix(walk, f"g{task}.{key}")
            own = whole[int(copy)] if whole.dim() == 3 else whole
            torch.testing.assert_close(torch.tensor(told, dtype=torch.float64), own, rtol=1e-6, atol=1e-9)
            compared += 1
    assert compared > 100


MIXING = {"mixture", "softmax", "sigmoid", "masked", "stitch", "blend", "join", "part"}


def test_what_steps_that_mix_hand_back_adds_up_to_torchs_gradient(seen: list) -> None:
    """Of values that such steps alone take: experts, shares, masks, copies."""
    kinds = set()
    for _, _, walk, found in seen:
        handed = {(task, key, copy, step): told for task, key, copy, step, told in found["hands"]}
        for task, key, copy in {name[:3] for name in handed}:
            takers = [step for step in walk["steps"] if key in step["in"] and f"g{task}.{step['out']}" in walk["matrices"]]
            if not {step["kind"] for step in takers} <= MIXING:
                continue
            parts = {step: told for (*own, step), told in handed.items() if own == [task, key, copy]}
            worked = sum(torch.tensor(told, dtype=torch.float64) for told in parts.values())
            whole = matrix(walk, f"g{task}.{key}")
            torch.testing.assert_close(worked, whole[copy] if whole.dim() == 3 else whole, rtol=1e-6, atol=1e-9)
            kinds |= {step.split()[1] for step in parts}
    assert kinds == MIXING


def test_what_is_banked_is_called_alike_on_the_way_back(seen: list) -> None:
    called = 0
    for _, _, walk, found in seen:
        mixtures = {f"mixture {step['place']}" for step in steps(walk, "mixture")}
        for name, copies in found["copies"]:
            if name.removeprefix("back ") in mixtures:
                assert copies["what"] == "expert"
                called += name.startswith("back")
    assert called > 5


def test_every_loss_is_written_as_what_it_is_made_of(lost: list) -> None:
    written, formulas = set(), 0
    for _, _, walk, found in lost:
        by_step = {f"loss answer{step['task']}": step for step in steps(walk, "loss")}
        for name, item in found["items"]:
            step = by_step.get(name.removeprefix("back "))
            if step is None or item is None:
                continue
            if "mathml" in item:
                assert not step["form"]
                formulas += 1
                continue
            for row, value in zip(item["rows"], step["rows"], strict=True):
                if value is None:
                    assert row[-1] == "no answer known"
                elif step["form"]:
                    assert worked(row[-1].split(" = ")[0]) == pytest.approx(value, rel=0.02, abs=1e-6), row
                    written.add((step["form"], step["task_kind"]))
                if step["task_kind"] == "regression" and value is not None:
                    place = item["heads"].index("standardised true")
                    truth = step["standardised"][item["rows"].index(row)]
                    assert float(row[place].replace("−", "-")) == pytest.approx(truth, rel=0.01)
    assert written == {("square", "regression"), ("distance", "regression"), ("surprise", "binary"), ("surprise", "multiclass")}
    assert formulas


def test_the_first_gradient_is_written_as_what_it_is_made_of(lost: list) -> None:
    seen_texts = 0
    for _, _, _, found in lost:
        for step, _, value, text in found["texts"]:
            if step.startswith("back loss") and not text.startswith("no answer"):
                sum_text, result = text.split(" = ")
                assert worked(sum_text) == pytest.approx(value, rel=0.03, abs=1e-6), text
                assert worked(result) == pytest.approx(value, rel=0.01, abs=1e-6)
                seen_texts += 1
    assert seen_texts > 20


def test_penalties_are_told_where_weights_are_moved(lost: list) -> None:
    _, _, walk, found = lost[0]
    assert [note for name, note in found["notes"] if name.startswith("back product")]
    for name, note in found["notes"]:
        assert ("0.02·W (L2) + 0.001·sign(W) (L1)" in note) == name.startswith("back product")
    rows = next(item["rows"] for name, item in found["items"] if name == "total total")
    assert [row[0] for row in rows] == ["a", "b", "c", "L2 penalty", "L1 penalty"]
    assert sum(worked(row[-1]) for row in rows) == pytest.approx(walk["steps"][-1]["total"], rel=0.01)


def worked(text: str) -> float:
    """What a sum in figures comes to."""
    plain = text.replace("−", "-").replace("·", "*").replace("²", "**2")
    plain = re.sub(r"\|(.*)\|", r"abs(\1)", re.sub(r"ln ([\d.e-]+)", r"ln(\1)", plain))
    return value_of(ast.parse(plain, mode="eval").body)


def value_of(node: ast.expr) -> float:
    """Of numbers, + - * / **, abs and ln."""
    if isinstance(node, ast.Constant):
        return float(node.value)
    if isinstance(node, ast.UnaryOp):
        return -value_of(node.operand)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return {"abs": abs, "ln": math.log}[node.func.id](value_of(node.args[0]))
    assert isinstance(node, ast.BinOp), ast.dump(node)
    of = {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Pow: operator.pow,
    }
    return of[type(node.op)](value_of(node.left), value_of(node.right))


def test_sums_as_they_are_written_add_up(seen: list) -> None:
    """To the digits that are written: products and terms as a reader would add them."""
    kinds = set()
    for _, _, _, found in seen:
        for step, block, value, text in found["texts"]:
            written = SUM.match(text)
            plain = re.sub(r"\([\d,]* ?(?:smaller products|bias)\)", "", written["sum"] if written else "x").replace("−", "-")
            if not written or not re.fullmatch(r"[-\d.()· +e]*", plain):
                continue
            terms, result = [worked(term) for term in plain.split(" + ")], float(written["result"].replace("−", "-"))
            size = sum(abs(term) for term in terms) + abs(result)
            assert sum(terms) == pytest.approx(result, abs=0.01 * size + 1e-6), (step, text)
            if not step.startswith("answer"):  # there, what is pointed at is what the sum begins with
                assert result == pytest.approx(value, rel=0.06, abs=1e-9), (step, text)
            kinds.add((step.split()[0], step.split()[1] if step.startswith("back") else "", block))
    assert len(kinds) > 10


def dims(walk: dict[str, Any], key: str) -> int:
    return len(walk["matrices"][key]["shape"])
