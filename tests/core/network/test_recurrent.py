"""The readers against `torch.nn.LSTM` and `torch.nn.GRU` with packed sequences, replica by replica."""

import pytest
import torch
from torch import Tensor
from torch.nn.utils.rnn import pack_padded_sequence

from core.network.layer import Pass
from core.network.parameters import initial, views
from core.network.recurrent import GRU, LSTM, Recurrent

REPLICAS, ROWS, LONGEST, INPUTS, WIDTH, SKIP, TASKS = 3, 6, 7, 4, 5, 2, 2
LENGTHS = torch.tensor([[7, 1, 3, 0, 5, 2], [2, 2, 7, 6, 1, 4], [3, 7, 1, 1, 0, 4]])


def given(seed: int = 0) -> tuple[Tensor, Tensor]:
    """Words' numbers, and the features that say how long each row is: two columns of a table before the places of words."""
    draw = torch.Generator().manual_seed(seed)
    words = torch.randn(REPLICAS, ROWS, LONGEST, INPUTS, generator=draw)
    places = (torch.arange(LONGEST) < LENGTHS.unsqueeze(-1)).float() * 3.0
    return words, torch.cat([torch.randn(REPLICAS, ROWS, SKIP, generator=draw), places], -1)


def reader(kind: type[Recurrent]) -> tuple[Recurrent, list[Tensor]]:
    node = kind("text", SKIP, INPUTS, WIDTH)
    return node, views(initial(tuple(node.specs), REPLICAS, 1), tuple(node.specs), REPLICAS)


def in_torchs_order(kind: type[Recurrent], block: Tensor) -> Tensor:
    """Our gates input, forget, output, new; torch's input, forget, new, output. Those of a GRU are the same."""
    if kind is GRU:
        return block
    i, f, o, n = block.split(WIDTH, -1)
    return torch.cat([i, f, n, o], -1)


def by_torch(kind: type[Recurrent], parameters: list[Tensor], words: Tensor, replica: int) -> tuple[Tensor, torch.nn.Module]:
    module = (torch.nn.LSTM if kind is LSTM else torch.nn.GRU)(INPUTS, WIDTH, batch_first=True)
    word, memory, bias, *more = [block[replica] for block in parameters]
    with torch.no_grad():
        module.weight_ih_l0.copy_(in_torchs_order(kind, word).T)
        module.weight_hh_l0.copy_(in_torchs_order(kind, memory).T)
        module.bias_ih_l0.copy_(in_torchs_order(kind, bias)[0])
        module.bias_hh_l0.zero_()
        if kind is LSTM:
            module.bias_hh_l0[WIDTH : 2 * WIDTH] = 1.0  # what the forget gate begins around
        else:
            module.bias_hh_l0[2 * WIDTH :] = more[0][0]
    some = LENGTHS[replica] > 0
    packed = pack_padded_sequence(words[some], LENGTHS[replica][some], batch_first=True, enforce_sorted=False)
    _, state = module(packed)
    last = state[0] if kind is LSTM else state
    return torch.zeros(ROWS, WIDTH).index_copy(0, some.nonzero().flatten(), last[0]), module


@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_it_reads_as_torch_does(kind: type[Recurrent]) -> None:
    node, parameters = reader(kind)
    words, features = given()
    value, _ = node.forward(Pass(parameters, {}), words, features)
    for replica in range(REPLICAS):
        torch.testing.assert_close(value[replica], by_torch(kind, parameters, words[replica], replica)[0])


@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_gradients_are_torchs_for_every_task(kind: type[Recurrent]) -> None:
    node, parameters = reader(kind)
    words, features = given()
    _, saved = node.forward(Pass(parameters, {}), words, features)
    grads = torch.randn(TASKS, REPLICAS, ROWS, WIDTH, generator=torch.Generator().manual_seed(2))
    into = [torch.full((TASKS, *block.shape), torch.nan) for block in parameters]
    by_words, nothing = node.backward(grads, saved, parameters, into, (True, False))
    assert nothing is None
    for task in range(TASKS):
        one = [torch.full_like(block, torch.nan) for block in parameters]
        alone, _ = node.backward(grads[task], saved, parameters, one, (True, False))
        torch.testing.assert_close(alone, by_words[task])
        for block, whole in zip(one, into, strict=True):
            torch.testing.assert_close(block, whole[task])
        for replica in range(REPLICAS):
            x = words[replica].clone().requires_grad_()
            output, module = by_torch(kind, parameters, x, replica)
            (output * grads[task, replica]).sum().backward()
            torch.testing.assert_close(by_words[task, replica], x.grad)
            found = [in_torchs_order(kind, block[task, replica]) for block in into[:3]]
            torch.testing.assert_close(found[0].T, module.weight_ih_l0.grad)
            torch.testing.assert_close(found[1].T, module.weight_hh_l0.grad)
            torch.testing.assert_close(found[2][0], module.bias_ih_l0.grad)
            if kind is GRU:
                torch.testing.assert_close(into[3][task, replica, 0], module.bias_hh_l0.grad[2 * WIDTH :])


@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_what_stands_after_a_rows_last_word_has_no_influence(kind: type[Recurrent]) -> None:
    node, parameters = reader(kind)
    words, features = given()
    value, saved = node.forward(Pass(parameters, {}), words, features)
    beyond = torch.arange(LONGEST) >= LENGTHS.unsqueeze(-1)
    other, _ = node.forward(Pass(parameters, {}), words + 100.0 * beyond.unsqueeze(-1), features)
    assert torch.equal(value, other)
    into = [torch.zeros_like(block) for block in parameters]
    by_words, _ = node.backward(torch.ones_like(value), saved, parameters, into, (True, False))
    assert not by_words[beyond].any()
    assert by_words[~beyond].any()


@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_the_order_of_words_counts(kind: type[Recurrent]) -> None:
    node, parameters = reader(kind)
    words, features = given()
    features[..., SKIP:] = 1.0
    first, _ = node.forward(Pass(parameters, {}), words, features)
    second, _ = node.forward(Pass(parameters, {}), words.flip(2), features)
    assert not torch.allclose(first, second, atol=1e-2)
