"""Cross-stitch: with stitches that keep all, separate networks; with a known matrix, that mixture."""

import pytest
import torch

from core.network.mixing import Stitch
from core.network.sharing import shared
from tests.core.network.sharing.making import begun, count, graph, layers, named, outputs, same


def test_the_size_is_that_of_its_formula_and_all_but_heads_is_shared() -> None:
    made = graph("cross-stitch")
    assert count(made) == 2 * layers((6, 4)) + 2 * 2**2 + layers((3, 2), 4) + layers((2,), 4)
    assert sum(spec.size for spec in made.specs[: shared(made.specs)]) == 2 * layers((6, 4)) + 2 * 2**2


def test_with_identity_stitches_it_is_separate_networks() -> None:
    made, apart = graph("cross-stitch", keep=1.0), graph("separate")
    parameters, other = begun(made), begun(apart)
    have = named(made, parameters)
    for name, block in named(apart, other).items():
        if name.startswith("own"):
            task, rest = int(name[3]), name[5:]
            have[f"own.{rest}"][:, task].copy_(block)
        else:
            have[name].copy_(block)
    same(outputs(made, parameters), outputs(apart, other))


@pytest.mark.parametrize(("keep", "tasks"), [(0.9, "ab"), (0.6, "abc"), (0.0, "ab"), (0.9, "a")])
def test_a_stitch_begins_as_its_setting_says(keep: float, tasks: str) -> None:
    made = graph("cross-stitch", tasks=tuple(tasks), keep=keep)
    (first, *_) = [step.node for step in made.steps if isinstance(step.node, Stitch)]
    matrix = first.matrix(begun(made))[0]
    torch.testing.assert_close(matrix.sum(1), torch.ones(len(tasks)))
    torch.testing.assert_close(matrix.diagonal(), torch.full((len(tasks),), keep if len(tasks) > 1 else 1.0))


def test_tasks_that_take_the_other_s_all_have_changed_places() -> None:
    made = graph("cross-stitch", trunk=(6,), keep=0.0)
    crossed, parameters = graph("cross-stitch", trunk=(6,), keep=1.0), begun(made)
    other = [block.clone() for block in parameters]
    named(crossed, other)["own.0.weight"].copy_(named(made, parameters)["own.0.weight"].flip(1))
    named(crossed, other)["own.0.bias"].copy_(named(made, parameters)["own.0.bias"].flip(1))
    same(outputs(made, parameters), outputs(crossed, other))
