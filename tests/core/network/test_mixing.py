"""Steps that mix, each alone against autograd, with and without a task axis; what they give, by hand."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from core.network.graph import Node
from core.network.layer import Pass
from core.network.mixing import Blend, Join, Masked, Mixture, Part, Sigmoid, Softmax, Stitch, Stop
from core.network.selecting import Selection

REPLICAS, ROWS, TASKS = 2, 5, 3


def values(*shapes: tuple[int, ...]) -> list[Tensor]:
    draw = torch.Generator().manual_seed(0)
    return [torch.randn(*shape, generator=draw) for shape in shapes]


CASES: dict[str, tuple[Callable[[], Any], list[tuple[int, ...]]]] = {
    "softmax": (lambda: Softmax("s"), [(REPLICAS, ROWS, 4)]),
    "sigmoid": (lambda: Sigmoid("s"), [(REPLICAS, ROWS, 4)]),
    "mixture": (lambda: Mixture("m", [3]), [(REPLICAS, ROWS, 3), (REPLICAS * 3, ROWS, 4)]),
    "mixture of two banks": (lambda: Mixture("m", [3, 1]), [(REPLICAS, ROWS, 4), (REPLICAS * 3, ROWS, 6), (REPLICAS, ROWS, 6)]),
    "one gate for all rows": (lambda: Mixture("m", [3]), [(REPLICAS, 1, 3), (REPLICAS * 3, ROWS, 4)]),
    "stitch": (lambda: Stitch("s", "", 3, 0.8), [(REPLICAS * 3, ROWS, 4)]),
    "stitch of groups": (lambda: Stitch("s", "", 2, 0.8, 2), [(REPLICAS * 2, ROWS, 6)]),
    "part": (lambda: Part("p", 3, 1), [(REPLICAS * 3, ROWS, 4)]),
    "blend": (lambda: Blend("b", "", 3), [(REPLICAS, ROWS, 4)] * 3),
    "join": (lambda: Join("j"), [(REPLICAS, ROWS, 4), (REPLICAS, ROWS, 2)]),
    "masked": (lambda: Masked("m"), [(REPLICAS, ROWS, 4)] * 2),
    "selection": (lambda: Selection("s", "", 2, 2, 1.0), []),
    "selection by row": (lambda: Selection("s", "", 2, 2, 4.0, 3), [(REPLICAS, ROWS, 3)]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("tasks", [(), (TASKS,)], ids=["alone", "tasks"])
def test_gradients_are_those_of_autograd(case: str, tasks: tuple[int, ...]) -> None:
    make, shapes = CASES[case]
    node: Node = make()
    draw = torch.Generator().manual_seed(3)
    parameters = [(0.4 * torch.randn(REPLICAS, *spec.shape, generator=draw)).requires_grad_() for spec in node.specs]
    inputs = [value.requires_grad_() for value in values(*shapes)]
    given, saved = node.forward(Pass(parameters, {}), *inputs)
    grads = torch.randn(*tasks, *given.shape, generator=draw)
    into = [torch.full((*tasks, *block.shape), torch.nan) for block in parameters]
    with torch.no_grad():
        found = node.backward(grads, saved, parameters, into, [True] * len(inputs))
        nothing = node.backward(grads, saved, parameters, into, [False] * len(inputs))
    assert all(each is None or case in ("softmax", "sigmoid", "part") for each in nothing)
    for task, grad in enumerate(grads) if tasks else [(..., grads)]:
        wanted = torch.autograd.grad(given, [*inputs, *parameters], grad, retain_graph=True)
        for by, right in zip([*found, *into], wanted, strict=True):
            torch.testing.assert_close(by[task], right, atol=1e-5, rtol=1e-4)


def test_nothing_goes_back_beyond_a_stop() -> None:
    (value,) = values((REPLICAS, ROWS, 4))
    given, saved = Stop("s").forward(Pass([], {}), value)
    assert torch.equal(given, value)
    assert Stop("s").backward(torch.ones_like(value), saved, [], [], [True]) == (None,)


def test_a_selector_that_has_not_chosen_weighs_all_alike_and_one_that_has_is_exact() -> None:
    node = Selection("s", "", 1, 2, 1.0)
    even, _ = node.forward(Pass([torch.zeros(1, 1, 2), torch.zeros(1, 1, 1)], {}))
    torch.testing.assert_close(even, torch.full((1, 1, 4), 0.25))
    for bits, expert in (((-1.0, -1.0), 0), ((1.0, -1.0), 1), ((-1.0, 1.0), 2), ((0.5, 0.5), 3)):
        chosen, _ = node.forward(Pass([torch.tensor([[bits]]), torch.zeros(1, 1, 1)], {}))
        assert chosen[0, 0].tolist() == [float(place == expert) for place in range(4)]
