"""One step's gradients against autograd, for what every kind of scheme needs."""

import types

import pytest
import torch
from torch import Tensor

from core.network.layer import Pass
from core.network.parameters import views
from core.network.sharing import shared
from core.training.batches import Batches
from core.training.checkpoint import start
from core.training.step import Stepper
from core.weighting import SCHEMES, Signal
from tests.making import dataset, experiment

TASKS = {"a": "multiclass", "b": "binary", "c": "regression"}


def spy(needs: set[str], seen: list[Signal]) -> types.SimpleNamespace:
    def weigh(params: object, state: dict, signal: Signal) -> tuple[Tensor, dict]:
        seen.append(signal)
        return torch.tensor([[0.5, 2.0, 1.0]]).repeat(len(signal.losses), 1), state

    def after(params: object, state: dict, before: Tensor, later: Tensor) -> dict:
        return {"before": before, "after": later}

    return types.SimpleNamespace(NEEDS=frozenset(needs), weigh=weigh, after=after)


def oracle(stepper: Stepper, batch: object, weights: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Gradient of the weighted sum, and each task's own, by autograd over the same forward pass."""
    flat = stepper.flat.clone().requires_grad_()
    run = Pass(views(flat, stepper.network.specs, stepper.replicas), dict(stepper.run.buffers), train=True, remember=False)
    outputs, _ = stepper.network.forward(batch.features, run)
    a, b, c = outputs
    losses = [
        torch.nn.functional.cross_entropy(a.transpose(1, 2), batch.targets[0], reduction="none").mean(1),
        torch.nn.functional.binary_cross_entropy_with_logits(b[..., 0], batch.targets[1], reduction="none").mean(1),
        (c[..., 0] - batch.targets[2]).square().mean(1),
    ]
    each = [torch.autograd.grad(loss.sum(), flat, retain_graph=True)[0] for loss in losses]
    total = sum((weights[:, task] * loss).sum() for task, loss in enumerate(losses))
    return torch.autograd.grad(total, flat)[0], each


@pytest.mark.parametrize("needs", [set(), {"gramian"}, {"jacobian"}, {"losses_after"}])
@pytest.mark.parametrize("norm", [False, True])
def test_gradients_agree_with_autograd(needs: set[str], norm: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    trunk = [{"width": 7, "batch_norm": norm}, {"width": 5, "activation": {"name": "tanh"}, "batch_norm": norm}]
    document = experiment(TASKS, replicas=2, network__trunk=trunk)
    data = dataset(TASKS)
    seen: list[Signal] = []
    monkeypatch.setitem(
        SCHEMES._modules, "equal", types.SimpleNamespace(**vars(spy(needs, seen)), Params=SCHEMES["equal"].Params, TITLE="")
    )
    monkeypatch.setattr("core.training.checkpoint.fresh_scheme", lambda experiment: {})
    stepper = Stepper(start(document, data), data, 100)
    monkeypatch.setattr(stepper, "optimizer", types.SimpleNamespace(update=lambda *args: None))
    batch = next(Batches(document, data).epoch(0, 0))
    weights = torch.tensor([[0.5, 2.0, 1.0]] * 2)
    total, each = oracle(stepper, batch, weights)
    stepper.take(batch, 0)
    torch.testing.assert_close(stepper.grad, total, atol=1e-5, rtol=1e-4)
    if needs & {"gramian", "jacobian"}:
        own = shared(stepper.network.specs)
        size = sum(2 * spec.size for spec in stepper.network.specs[:own])
        rows = [views(grad[:size], stepper.network.specs[:own], 2) for grad in each]
        for task, row in enumerate(rows):
            for block, expected in zip(seen[0].jacobian, row, strict=True):
                torch.testing.assert_close(block[task], expected, atol=1e-6, rtol=1e-4)
        expected = torch.stack(
            [torch.stack([sum((x * y).flatten(1).sum(1) for x, y in zip(i, j, strict=True)) for j in rows], -1) for i in rows],
            -2,
        )
        torch.testing.assert_close(seen[0].gramian, expected, atol=1e-5, rtol=1e-4)
    if "losses_after" in needs:
        torch.testing.assert_close(stepper.scheme_state["after"], stepper.scheme_state["before"])
