"""What draws parameters together: proximal steps against their definition, penalties against sums by hand."""

import pytest
import torch
from torch import Tensor

from core.network.parameters import Spec
from core.network.ties import Apart, Distance, Ties, TraceNorm, alike

REPLICAS, RATE = 2, 0.3


def blocks(tasks: int = 3, seed: int = 0) -> list[Tensor]:
    draw = torch.Generator().manual_seed(seed)
    return [torch.randn(REPLICAS, *shape, generator=draw) for shape in [(4, 5), (1, 5)] for _ in range(tasks)]


GROUPS = [[0, 1, 2], [3, 4, 5]]


def penalty_by_hand(kind: type, parameters: list[Tensor], strength: float) -> Tensor:
    found = torch.zeros(REPLICAS)
    for group in GROUPS:
        for replica in range(REPLICAS):
            rows = torch.stack([parameters[place][replica].flatten() for place in group])
            if kind is Distance:
                apart = sum((rows[i] - rows[j]).square().sum() for i in range(3) for j in range(i))
                found[replica] += 0.5 * strength * apart
            else:
                found[replica] += strength * torch.linalg.matrix_norm(rows, "nuc")
    return found


@pytest.mark.parametrize("kind", [Distance, TraceNorm])
def test_the_penalty_is_its_formula(kind: type) -> None:
    parameters = blocks()
    torch.testing.assert_close(kind(GROUPS, 0.7).penalty(parameters), penalty_by_hand(kind, parameters, 0.7))


@pytest.mark.parametrize("kind", [Distance, TraceNorm])
@pytest.mark.parametrize("strength", [0.05, 0.7, 5.0])
def test_a_pull_is_the_proximal_step(kind: type, strength: float) -> None:
    """It minimises |w - before|^2 / 2 + rate * penalty: no point near it has less."""
    before, parameters = blocks(), blocks()
    ties: Ties = kind(GROUPS, strength)
    ties.pull(parameters, RATE)

    def objective(found: list[Tensor]) -> Tensor:
        moved = sum((one - other).square().flatten(1).sum(1) for one, other in zip(found, before, strict=True))
        return 0.5 * moved + RATE * ties.penalty(found)

    least, draw = objective(parameters), torch.Generator().manual_seed(1)
    for _ in range(50):
        near = [block + 1e-2 * torch.randn(block.shape, generator=draw) for block in parameters]
        assert bool((objective(near) >= least - 1e-5).all())
    assert bool((least < objective(before)).all())


def test_at_any_strength_the_distance_ends_in_the_mean_and_the_trace_norm_in_nothing() -> None:
    for kind, ends in ((Distance, torch.stack(blocks()[:3]).mean(0)), (TraceNorm, torch.zeros(REPLICAS, 4, 5))):
        parameters = blocks()
        kind(GROUPS, 1e8).pull(parameters, RATE)
        for block in parameters[:3]:
            torch.testing.assert_close(block, ends, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("kind", [Distance, TraceNorm])
def test_a_replica_alone_is_pulled_as_among_others(kind: type) -> None:
    together, alone = blocks(), [block[1:].clone() for block in blocks()]
    kind(GROUPS, 0.7).pull(together, RATE)
    kind(GROUPS, 0.7).pull(alone, RATE)
    for one, other in zip(alone, together, strict=True):
        torch.testing.assert_close(one[0], other[1], atol=1e-6, rtol=1e-5)


def test_groups_of_units_are_kept_from_seeing_the_same() -> None:
    matrix = torch.randn(REPLICAS, 3, 6, 8, generator=torch.Generator().manual_seed(0))
    ties = Apart([0], 2, 0.5)
    wide = matrix.clone().requires_grad_()
    (expected,) = torch.autograd.grad(ties.penalty([wide]).sum(), wide)
    by_hand = 0.25 * (matrix[..., :4].transpose(-1, -2) @ matrix[..., 4:]).square().sum((1, 2, 3))
    torch.testing.assert_close(ties.penalty([matrix]), by_hand)
    moved = [matrix.clone()]
    ties.pull(moved, 1e-4)
    torch.testing.assert_close((matrix - moved[0]) / 1e-4, expected, atol=0.05, rtol=0.05)
    far = [matrix.clone()]
    for _ in range(20):
        Apart([0], 2, 1e4).pull(far, 1.0)
    assert bool((ties.penalty(far) < ties.penalty([matrix])).all())
    assert bool(far[0].isfinite().all())


def test_layers_of_one_place_belong_together() -> None:
    names = [
        "trunk.0.weight",
        "own0.0.weight",
        "own0.0.bias",
        "own1.0.weight",
        "own1.0.bias",
        "own10.0.weight",
        "own0.1.weight",
    ]
    specs = [Spec(name, "", (1, 1), 0.0) for name in names]
    assert alike(specs, ["a", "b"], "own") == [[1, 3], [2, 4]]
