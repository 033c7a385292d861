"""What every weighting scheme promises."""

import pytest
import torch

from core.weighting import SCHEMES, Signal

TASKS, REPLICAS = ("a", "b", "c"), 4


def signal(tasks: int = 3, seed: int = 0) -> Signal:
    draw = torch.Generator().manual_seed(seed)
    rows = torch.randn(REPLICAS, tasks, 20, generator=draw)
    losses = torch.rand(REPLICAS, tasks, generator=draw) + 0.1
    blocks = [rows.transpose(0, 1).reshape(tasks, REPLICAS, 4, 5)]
    return Signal(losses, rows @ rows.transpose(1, 2), blocks, 0, 0, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("name", SCHEMES)
def test_weights_are_finite_one_for_each_task_and_repeat_themselves(name: str) -> None:
    module, params = SCHEMES.resolve(name)
    assert not module.NEEDS - {"losses", "gramian", "jacobian", "losses_after"}
    assert ("losses_after" in module.NEEDS) == hasattr(module, "after")
    found = []
    for _ in range(2):
        state = module.init(params, TASKS, REPLICAS)
        weights, after = module.weigh(params, state, signal())
        assert weights.shape == (REPLICAS, 3)
        assert bool(weights.isfinite().all())
        assert all(isinstance(tensor, torch.Tensor) for tensor in after.values())
        found.append(weights)
    assert torch.equal(*found)


@pytest.mark.parametrize("name", SCHEMES)
def test_replicas_do_not_meet(name: str) -> None:
    module, params = SCHEMES.resolve(name)
    given = signal()
    whole, _ = module.weigh(params, module.init(params, TASKS, REPLICAS), given)
    first = Signal(given.losses[:1], given.gramian[:1], [block[:, :1] for block in given.jacobian], 0, 0, signal().generator)
    alone, _ = module.weigh(params, module.init(params, TASKS, 1), first)
    torch.testing.assert_close(whole[:1], alone)
