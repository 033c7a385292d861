"""The flat tensor and its views."""

from dataclasses import replace

import torch

from core.network.parameters import Spec, generator, initial, key, matrices, per_replica, views

SPECS = (Spec("w", "", (2, 3), 0.5, matrix=True), Spec("b", "", (1, 3), 0.1), Spec("scale", "t", (1, 3), 0.0, center=1.0))


def test_views_are_contiguous_windows_of_the_flat_tensor() -> None:
    flat = torch.zeros(4 * 12)
    for number, block in enumerate(views(flat, SPECS, 4)):
        assert block.is_contiguous()
        block.fill_(number + 1.0)
    assert flat.tolist() == [1.0] * 24 + [2.0] * 12 + [3.0] * 12
    assert [tuple(block.shape) for block in views(torch.zeros(5, 48), SPECS, 4)] == [(5, 4, 2, 3), (5, 4, 1, 3), (5, 4, 1, 3)]


def test_initial_values_keep_their_bounds_and_depend_on_seed_and_replica_only() -> None:
    weight, bias, scale = views(initial(SPECS, 3, 7), SPECS, 3)
    assert weight.abs().max() <= 0.5
    assert bias.abs().max() <= 0.1
    assert torch.equal(scale, torch.ones(3, 1, 3))
    assert not torch.equal(weight[0], weight[1])
    alone = views(initial(SPECS, 1, 7), SPECS, 1)[0]
    assert torch.equal(alone[0], weight[0])
    assert not torch.equal(alone[0], views(initial(SPECS, 1, 8), SPECS, 1)[0][0])


def test_keys_and_generators_depend_on_every_part() -> None:
    keys = {key("order", seed, replica, epoch) for seed in range(4) for replica in range(4) for epoch in range(4)}
    assert len(keys) == 64
    assert torch.equal(torch.rand(3, generator=generator(1, "a")), torch.rand(3, generator=generator(1, "a")))


def test_penalties_act_on_matrices_and_sums_stay_with_their_replica() -> None:
    assert matrices(SPECS, 2).tolist() == [1.0] * 12 + [0.0] * 12
    own = tuple(replace(spec, owner="a") for spec in SPECS)
    assert matrices((*SPECS, *own), 2, 3.0, 5.0).tolist() == [3.0] * 12 + [0.0] * 12 + [5.0] * 12 + [0.0] * 12
    flat = torch.zeros(2 * 12)
    views(flat, SPECS, 2)[1][1].fill_(2.0)
    assert per_replica(flat, SPECS, 2).tolist() == [0.0, 6.0]
