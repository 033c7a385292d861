"""A part begins with the numbers of the whole network, wherever shapes agree."""

import pytest
import torch

from core.compare.part import Part, compared, only, rows_of
from core.compare.start import begin
from core.network.parameters import views
from core.network.sharing import SHARING
from core.training.checkpoint import architecture, start
from tests.making import dataset, experiment

TASKS = {"a": "regression", "b": "binary", "c": "multiclass"}


def blocks(document, point, data) -> dict[str, torch.Tensor]:
    specs = architecture(document, data).specs
    return {spec.name: each for spec, each in zip(specs, views(point.parameters, specs, document.lanes), strict=True)}


def both(sharing: str, columns: tuple[str, ...], **changes: object):
    document = compared(experiment(TASKS, network__sharing={"name": sharing, "params": {}}, **changes))
    whole = dataset(TASKS)
    data = rows_of(whole, Part(columns), 0)
    part = begin(document, Part(columns), whole, data)
    return blocks(document, start(document, whole), whole), blocks(only(document, columns), part, data)


def test_hard_sharing_begins_alike_throughout() -> None:
    whole, alone = both("hard", ("c",))
    assert set(alone) == {f"{layer}.{end}" for layer in ("trunk.0", "tower0.0", "output0") for end in ("weight", "bias")}
    for name, block in alone.items():
        assert torch.equal(block, whole[name.replace("tower0", "tower2").replace("output0", "output2")]), name


def test_a_pair_begins_alike() -> None:
    whole, pair = both("hard", ("a", "c"))
    assert torch.equal(pair["tower0.0.weight"], whole["tower0.0.weight"])
    assert torch.equal(pair["tower1.0.weight"], whole["tower2.0.weight"])
    assert torch.equal(pair["output1.bias"], whole["output2.bias"])


def test_a_copy_of_each_task_begins_as_its_own() -> None:
    whole, alone = both("cross-stitch", ("b",))
    assert torch.equal(alone["own.0.weight"][:, 0], whole["own.0.weight"][:, 1])


@pytest.mark.parametrize("sharing", SHARING)
def test_every_architecture_starts_with_one_task(sharing: str) -> None:
    whole, alone = both(sharing, ("b",))
    moved = {name: name.replace("0.", "1.", 1) for name in alone if name.startswith(("tower0", "output0"))}
    assert moved
    for name, origin in moved.items():
        if alone[name].shape == whole[origin].shape:
            assert torch.equal(alone[name], whole[origin]), name


def test_the_optimizer_begins_with_these_numbers() -> None:
    document = compared(experiment(TASKS))
    whole = dataset(TASKS)
    point = begin(document, Part(("b",)), whole, rows_of(whole, Part(("b",)), 0))
    assert all(torch.isfinite(tensor.float()).all() for tensor in point.optimizer.values())
    assert point.step == 0
    assert torch.equal(point.generator, start(document, whole).generator)
