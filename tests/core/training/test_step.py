"""One step's gradients against autograd, for what every kind of scheme needs."""

import types

import numpy as np
import pytest
import torch
from torch import Tensor

from core.network.layer import Pass
from core.network.parameters import views
from core.network.sharing import shared
from core.training.batches import Batch, Batches
from core.training.checkpoint import start
from core.training.step import Stepper
from core.weighting import SCHEMES, Signal, Weighed
from tests.making import HEART, dataset, experiment, heart

TASKS = {"a": "multiclass", "b": "binary", "c": "regression"}


WEIGHTS = [0.5, 2.0, 1.0]


def spy(
    needs: set[str], seen: list[Signal], where: str = "all", heads: str = "weighted", own: bool = False
) -> types.SimpleNamespace:
    """A scheme that notes what it is given. own: its direction is the tasks' gradients turned round, so no weighted sum."""

    def weigh(params: object, state: dict, signal: Signal) -> Weighed:
        seen.append(signal)
        direction = -signal.jacobian[:, 0] if own else None
        return Weighed(np.array([WEIGHTS]).repeat(len(signal.losses), 0), state, direction)

    def after(params: object, state: dict, before: np.ndarray, later: np.ndarray) -> dict:
        return {"before": before, "after": later}

    params = types.SimpleNamespace(where=where)
    return types.SimpleNamespace(
        NEEDS=frozenset(needs),
        HEADS=heads,
        TITLE="",
        HELP="",
        Params=lambda: params,
        init=lambda *_: {},
        weigh=weigh,
        after=after,
    )


def losses_of(outputs: list[Tensor], batch: Batch) -> list[Tensor]:
    a, b, c = outputs
    return [
        torch.nn.functional.cross_entropy(a.transpose(1, 2), batch.targets[0], reduction="none").mean(1),
        torch.nn.functional.binary_cross_entropy_with_logits(b[..., 0], batch.targets[1], reduction="none").mean(1),
        (c[..., 0] - batch.targets[2]).square().mean(1),
    ]


def oracle(stepper: Stepper, batch: Batch, weights: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Gradient of the weighted sum, and each task's own, by autograd over the same forward pass."""
    flat = stepper.flat.clone().requires_grad_()
    run = Pass(views(flat, stepper.network.specs, stepper.replicas), dict(stepper.run.buffers), train=True, remember=False)
    losses = losses_of(stepper.network.forward(batch.features, run)[0], batch)
    each = [torch.autograd.grad(loss.sum(), flat, retain_graph=True)[0] for loss in losses]
    total = sum((weights[:, task] * loss).sum() for task, loss in enumerate(losses))
    return torch.autograd.grad(total, flat)[0], each


def made(
    monkeypatch: pytest.MonkeyPatch, scheme: types.SimpleNamespace, norm: bool = False, trunk: bool = True, dropout: float = 0.0
) -> tuple:
    """A stepper that follows a scheme and moves nothing, its first batch, and that batch's gradients by autograd."""
    layers = [
        {"width": 7, "batch_norm": norm, "dropout": dropout},
        {"width": 5, "activation": {"name": "tanh"}, "batch_norm": norm},
    ]
    document = experiment(TASKS, replicas=2, network__trunk=layers if trunk else [])
    data = dataset(TASKS)
    monkeypatch.setitem(SCHEMES._modules, "equal", scheme)
    stepper = Stepper(start(document, data), data, 100)
    monkeypatch.setattr(stepper, "optimizer", types.SimpleNamespace(update=lambda *args: None))
    batch = next(Batches(document, data).epoch(0, 0))
    return stepper, batch, *oracle(stepper, batch, torch.tensor([WEIGHTS] * 2))


def shared_of(stepper: Stepper, flat: Tensor, blocks: slice = slice(None)) -> Tensor:
    """`[replica, parameter]`: of a whole gradient, what belongs to the shared layers, or to some of their blocks."""
    own = stepper.network.specs[: shared(stepper.network.specs)]
    size = sum(2 * spec.size for spec in own)
    return torch.cat([block.flatten(1) for block in views(flat[:size], own, 2)[blocks]], 1)


@pytest.mark.parametrize("needs", [set(), {"gramian"}, {"gramian", "jacobian"}, {"losses_after"}])
@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("where", ["all", "last", "representation"])
def test_gradients_agree_with_autograd(needs: set[str], norm: bool, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Signal] = []
    stepper, batch, total, each = made(monkeypatch, spy(needs, seen, where), norm)
    stepper.take(batch, 0)
    torch.testing.assert_close(stepper.grad, total, atol=1e-5, rtol=1e-4)
    if "gramian" in needs and where != "representation":
        blocks = stepper.network.last if where == "last" else slice(None)
        rows = torch.stack([shared_of(stepper, grad, blocks) for grad in each], 1)
        torch.testing.assert_close(torch.from_numpy(seen[0].jacobian), rows, atol=1e-6, rtol=1e-4)
        gramian = (rows.double() @ rows.double().transpose(1, 2)).numpy()
        np.testing.assert_allclose(seen[0].gramian, gramian, atol=1e-5, rtol=1e-4)
    if "losses_after" in needs:
        np.testing.assert_allclose(stepper.scheme_state["after"], stepper.scheme_state["before"])


def test_the_look_after_a_step_drops_the_same_units_and_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for needs in (set(), {"losses_after"}):
        stepper, batch, _, _ = made(monkeypatch, spy(needs, []), norm=True, dropout=0.5)
        before = [stepper.take(batch, 0) for _ in range(3)]
        found[len(needs)] = stepper.generator.get_state(), stepper.run.buffers
    np.testing.assert_allclose(stepper.scheme_state["after"], before[-1].numpy(), rtol=1e-6)
    assert not torch.equal(before[0], before[-1])
    torch.testing.assert_close(found[1], found[0], atol=0.0, rtol=0.0)


def test_a_whole_batch_needs_no_second_look() -> None:
    trained = {}
    for batch in ("same", "next"):
        document = heart(training__batch_size=None).changed(
            "weighting", {"name": "famo", "params": {"batch": batch, "rate": 0.5}}
        )
        data = dataset(HEART)
        stepper = Stepper(start(document, data), data, 30)
        for epoch in range(30):
            stepper.take(next(Batches(document, data).epoch(epoch, 0)), epoch)
        trained[batch] = stepper
    assert torch.equal(trained["same"].flat, trained["next"].flat)
    assert not torch.allclose(trained["same"].weights, torch.full((1, 2), 0.5), atol=0.05), "weights did move"


def test_gradients_at_the_representation_agree_with_autograd(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Signal] = []
    stepper, batch, _, _ = made(monkeypatch, spy({"gramian"}, seen, "representation"))
    stepper.take(batch, 0)
    run, network = Pass(stepper.parameters, {}), stepper.network
    values = dict(enumerate(network.forward(batch.features, run)[1].values))
    (handed_on,) = network.boundary
    x = values[handed_on].requires_grad_()
    for step in network.steps:
        if step.owner:
            values[step.place], _ = step.node.forward(run, *[values[place] for place in step.inputs])
    outputs = [values[place] for place in network.outputs.values()]
    for task, loss in enumerate(losses_of(outputs, batch)):
        (grad,) = torch.autograd.grad(loss.sum(), x, retain_graph=True)
        torch.testing.assert_close(torch.from_numpy(seen[0].jacobian[:, task]), grad.flatten(1), atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("where", ["all", "representation"])
def test_a_direction_of_its_own_is_followed(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stepper, batch, _, each = made(monkeypatch, spy({"gramian", "jacobian"}, [], where, own=True))
    stepper.take(batch, 0)
    torch.testing.assert_close(shared_of(stepper, stepper.grad), -shared_of(stepper, each[0]), atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("heads", ["weighted", "plain"])
def test_tasks_own_layers_follow_what_the_scheme_says_of_them(heads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stepper, batch, total, each = made(monkeypatch, spy({"gramian"}, [], heads=heads))
    stepper.take(batch, 0)
    size = sum(2 * spec.size for spec in stepper.network.specs[: shared(stepper.network.specs)])
    expected = total if heads == "weighted" else torch.stack(each).sum(0)
    torch.testing.assert_close(stepper.grad[size:], expected[size:], atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("needs", [set(), {"gramian"}])
def test_without_shared_layers_there_is_nothing_to_balance(needs: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Signal] = []
    stepper, batch, total, _ = made(monkeypatch, spy(needs, seen), trunk=False)
    stepper.take(batch, 0)
    torch.testing.assert_close(stepper.grad, total, atol=1e-6, rtol=1e-4)
    if needs:
        assert seen[0].jacobian.shape == (2, 3, 0)


def test_a_task_s_score_is_its_share_of_right_answers_or_r2(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Signal] = []
    stepper, batch, _, _ = made(monkeypatch, spy({"score"}, seen))
    outputs, _ = stepper.network.forward(batch.features, Pass(stepper.parameters, stepper.run.buffers))
    stepper.take(batch, 0)
    right = (outputs[0].argmax(-1) == batch.targets[0]).float().mean(1)
    yes = ((outputs[1][..., 0] > 0) == (batch.targets[1] > 0.5)).float().mean(1)
    r2 = (1 - (outputs[2][..., 0] - batch.targets[2]).square().mean(1)).clamp(0, 1)
    np.testing.assert_allclose(seen[0].score, torch.stack([right, yes, r2], 1).numpy(), rtol=1e-5)


@pytest.mark.parametrize("own", [{"own_l1": 0.0, "own_l2": 0.3}, {"own_l1": 0.2}, {}])
def test_penalties_of_shared_and_own_layers_are_apart(own: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    data = dataset(TASKS)
    stepper, batch, total, _ = made(monkeypatch, spy(set(), []))
    penalised = Stepper(
        start(stepper.experiment.changed("training", {"l1": 0.01, "l2": 0.1, **own, "learning_rate": 0.01}), data), data, 100
    )
    monkeypatch.setattr(penalised, "optimizer", types.SimpleNamespace(update=lambda *args: None))
    flat = penalised.flat.clone().requires_grad_()
    penalty = torch.zeros(())
    for spec, block in zip(penalised.network.specs, views(flat, penalised.network.specs, 2), strict=True):
        l1, l2 = (0.01, 0.1) if not spec.owner else (own.get("own_l1", 0.01), own.get("own_l2", 0.1))
        if spec.matrix:
            penalty = penalty + l2 / 2 * block.square().sum() + l1 * block.abs().sum()
    penalised.take(batch, 0)
    expected = total + torch.autograd.grad(penalty, flat)[0]
    torch.testing.assert_close(penalised.grad, expected, atol=1e-5, rtol=1e-4)
