"""Words and their mean, against `torch.nn.Embedding` and autograd."""

import torch
from torch import Tensor

from core.network.embedding import Columns, Embedding, Mean, lengths, places_of
from core.network.layer import Pass
from core.network.parameters import initial, views

REPLICAS, ROWS, WORDS, SIZE, SKIP, TASKS = 2, 4, 9, 3, 2, 2
PLACES = torch.tensor([[2, 5, 5, 0, 0], [8, 0, 0, 0, 0], [0, 0, 0, 0, 0], [1, 2, 3, 4, 0]])


def features() -> Tensor:
    table = torch.randn(REPLICAS, ROWS, SKIP, generator=torch.Generator().manual_seed(0))
    return torch.cat([table, PLACES.float().expand(REPLICAS, -1, -1)], -1)


def embedding() -> tuple[Embedding, list[Tensor]]:
    node = Embedding("text", SKIP, WORDS, SIZE)
    return node, views(initial(tuple(node.specs), REPLICAS, 1), tuple(node.specs), REPLICAS)


def test_each_word_has_its_numbers_and_the_last_column_that_nobody_uses_is_left_out() -> None:
    node, parameters = embedding()
    value, _ = node.forward(Pass(parameters, {}), features())
    assert value.shape == (REPLICAS, ROWS, 4, SIZE)
    for replica in range(REPLICAS):
        right = torch.nn.functional.embedding(PLACES[:, :4], parameters[0][replica])
        assert torch.equal(value[replica], right)


def test_gradients_are_those_of_autograd_for_every_task() -> None:
    node, parameters = embedding()
    value, saved = node.forward(Pass(parameters, {}), features())
    grads = torch.randn(TASKS, *value.shape, generator=torch.Generator().manual_seed(2))
    into = [torch.full((TASKS, *parameters[0].shape), torch.nan)]
    assert node.backward(grads, saved, parameters, into, (False,)) == (None,)
    one = [torch.full_like(parameters[0], torch.nan)]
    node.backward(grads[0], saved, parameters, one, (False,))
    torch.testing.assert_close(one[0], into[0][0])
    for task in range(TASKS):
        for replica in range(REPLICAS):
            table = parameters[0][replica].clone().requires_grad_()
            (torch.nn.functional.embedding(PLACES[:, :4], table) * grads[task, replica]).sum().backward()
            torch.testing.assert_close(into[0][task, replica], table.grad)


def test_the_mean_is_of_the_words_that_a_row_has() -> None:
    node, parameters = embedding()
    words, _ = node.forward(Pass(parameters, {}), features())
    mean = Mean("mean", SKIP)
    value, saved = mean.forward(Pass([], {}), words, features())
    for row, count in enumerate([3, 1, 0, 4]):
        right = words[:, row, :count].mean(1) if count else torch.zeros(REPLICAS, SIZE)
        torch.testing.assert_close(value[:, row], right)
    grads = torch.randn(TASKS, *value.shape, generator=torch.Generator().manual_seed(3))
    found, nothing = mean.backward(grads, saved, [], [], (True, False))
    assert nothing is None
    free = words.clone().requires_grad_()
    again, _ = mean.forward(Pass([], {}), free, features())
    for task in range(TASKS):
        (right,) = torch.autograd.grad(again, free, grads[task], retain_graph=True)
        torch.testing.assert_close(found[task], right)


def test_a_tables_columns_pass() -> None:
    value, saved = Columns("table", SKIP).forward(Pass([], {}), features())
    assert torch.equal(value, features()[..., :SKIP])
    assert Columns("table", SKIP).backward(torch.ones_like(value), saved, [], [], (False,)) == (None,)


def test_rows_without_any_word_leave_one_place() -> None:
    places = places_of(torch.zeros(1, 3, 6), 2)
    assert places.shape == (1, 3, 1)
    assert lengths(places).tolist() == [[0, 0, 0]]
