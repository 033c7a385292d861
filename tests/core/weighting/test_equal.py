"""Equal weighting."""

import torch

from core.weighting import SCHEMES
from tests.core.weighting.test_contract import signal


def test_every_task_counts_one() -> None:
    module, params = SCHEMES.resolve("equal")
    weights, _ = module.weigh(params, module.init(params, ("a", "b", "c"), 4), signal())
    assert torch.equal(weights, torch.ones(4, 3))
