"""A layer against `torch.nn` and autograd, replica by replica."""

import pytest
import torch
from torch import nn

from core.experiment import Layer
from core.network.layer import Bent, Dense, Pass
from core.network.parameters import initial, views


def made(layer: Layer, replicas: int = 2, inputs: int = 5) -> tuple[Dense, list[torch.Tensor]]:
    dense = Dense("layer", "", inputs, layer, Bent.ALL)
    specs = tuple(dense.specs)
    return dense, views(initial(specs, replicas, 3), specs, replicas)


def peer(dense: Dense, parameters: list[torch.Tensor], replica: int) -> nn.Sequential:
    weight, bias = parameters[0][replica], parameters[1][replica, 0]
    linear = nn.Linear(*weight.shape)
    linear.load_state_dict({"weight": weight.T, "bias": bias})
    norm = nn.BatchNorm1d(weight.shape[1]) if dense.layer.batch_norm else nn.Identity()
    return nn.Sequential(linear, nn.Tanh(), norm) if dense.layer.norm_last else nn.Sequential(linear, norm, nn.Tanh())


@pytest.mark.parametrize(("norm", "last"), [(False, False), (True, False), (True, True)])
def test_outputs_gradients_and_running_statistics_are_those_of_torch(norm: bool, last: bool) -> None:
    dense, parameters = made(Layer(width=7, activation={"name": "tanh"}, batch_norm=norm, norm_last=last))
    place = 2 if last else 1
    run = Pass(parameters, dense.buffers(2), train=True)
    into = [torch.zeros_like(parameter) for parameter in parameters]
    x, grad = torch.randn(2, 9, 5), torch.randn(2, 9, 7)
    y, saved = dense.forward(run, x)
    (by_input,) = dense.backward(grad, saved, parameters, into, [True])
    at_rest, _ = dense.forward(Pass(parameters, run.buffers), x)
    for replica in range(2):
        twin = peer(dense, parameters, replica)
        features = x[replica].clone().requires_grad_()
        out = twin(features)
        out.backward(grad[replica])
        torch.testing.assert_close(y[replica], out.detach())
        torch.testing.assert_close(by_input[replica], features.grad, atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(into[0][replica], twin[0].weight.grad.T, atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(into[1][replica, 0], twin[0].bias.grad, atol=1e-5, rtol=1e-4)
        if norm:
            torch.testing.assert_close(into[2][replica, 0], twin[place].weight.grad, atol=1e-5, rtol=1e-4)
            torch.testing.assert_close(into[3][replica, 0], twin[place].bias.grad, atol=1e-5, rtol=1e-4)
            torch.testing.assert_close(run.buffers["layer.mean"][replica, 0], twin[place].running_mean)
            torch.testing.assert_close(run.buffers["layer.variance"][replica, 0], twin[place].running_var)
        torch.testing.assert_close(at_rest[replica], twin.eval()(x[replica]).detach())


def test_a_task_axis_of_gradients_gives_each_task_its_own() -> None:
    dense, parameters = made(Layer(width=4, batch_norm=True))
    run = Pass(parameters, dense.buffers(2), train=True)
    x, grads = torch.randn(2, 9, 5), torch.randn(3, 2, 9, 4)
    _, saved = dense.forward(run, x)
    many = [torch.zeros(3, *parameter.shape) for parameter in parameters]
    (by_input,) = dense.backward(grads, saved, parameters, many, [True])
    for task in range(3):
        alone = [torch.zeros_like(parameter) for parameter in parameters]
        torch.testing.assert_close(by_input[task], dense.backward(grads[task], saved, parameters, alone, [True])[0])
        for block, expected in zip(many, alone, strict=True):
            torch.testing.assert_close(block[task], expected, atol=1e-5, rtol=1e-4)


def test_dropout_drops_its_share_keeps_the_mean_and_rests_outside_training() -> None:
    dense, parameters = made(Layer(width=50, activation={"name": "identity"}, dropout=0.4))
    x = torch.ones(2, 2000, 5)
    still, _ = dense.forward(Pass(parameters, {}), x)
    run = Pass(parameters, {}, train=True, generator=torch.Generator().manual_seed(1))
    dropped, saved = dense.forward(run, x)
    assert (dropped == 0).float().mean().item() == pytest.approx(0.4, abs=0.01)
    torch.testing.assert_close(dropped.mean(1), still.mean(1), atol=0.05, rtol=0.1)
    into = [torch.zeros_like(parameter) for parameter in parameters]
    dense.backward(torch.ones_like(dropped), saved, parameters, into, [False])
    torch.testing.assert_close(into[1], ((dropped != 0) / 0.6).sum(1, keepdim=True))


def test_without_activations_a_layer_is_a_straight_line() -> None:
    layer = Layer(width=3)
    dense = Dense("layer", "", 5, layer, Bent.NONE)
    parameters = views(initial(tuple(dense.specs), 1, 0), tuple(dense.specs), 1)
    x = torch.randn(1, 4, 5)
    run = Pass(parameters, {})
    there, _ = dense.forward(run, x)
    back, _ = dense.forward(run, -x)
    torch.testing.assert_close(there + back, 2 * parameters[1].expand_as(there))
