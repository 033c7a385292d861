"""The slope it learns: its values, its gradient inside a layer, twins, and how it is counted."""

import pytest
import torch
from torch import nn

from core.experiment import Layer
from core.network.activations import prelu as module
from core.network.layer import Bent, Dense, Pass
from core.network.parameters import initial, matrices, views
from core.network.shapes import shapes
from core.network.sharing import build
from tests.core.network.test_shapes import OUTPUTS, experiment


def made(bent: Bent, replicas: int = 2, params: dict | None = None, **layer) -> tuple[Dense, list[torch.Tensor]]:
    activation = {"name": "prelu", "params": params or {}}
    dense = Dense("layer", "", 5, Layer(width=7, activation=activation, **layer), bent)
    specs = tuple(dense.specs)
    return dense, views(initial(specs, replicas, 3), specs, replicas)


def peer(dense: Dense, parameters: list[torch.Tensor], replica: int) -> nn.Sequential:
    weight, bias = parameters[0][replica], parameters[1][replica, 0]
    linear, bend = nn.Linear(*weight.shape), nn.PReLU()
    linear.load_state_dict({"weight": weight.T, "bias": bias})
    bend.load_state_dict({"weight": parameters[-1][replica, 0]})
    norm = nn.BatchNorm1d(weight.shape[1]) if dense.layer.batch_norm else nn.Identity()
    return nn.Sequential(linear, norm, bend)


def test_golden():
    z, slope = torch.tensor([[[-1.0], [0.0], [2.0]]]).repeat(2, 1, 1), torch.tensor([0.25, 0.5]).view(2, 1, 1)
    found = module.forward(z, module.Params(), slope)
    assert found.flatten().tolist() == pytest.approx([-0.25, 0, 2, -0.5, 0, 2])
    by_z, (by_slope,) = module.backward(torch.full_like(z, 3.0), z, found, module.Params(), slope)
    assert by_z.flatten().tolist() == pytest.approx([0.75, 0.75, 3, 1.5, 1.5, 3])
    assert by_slope.flatten().tolist() == pytest.approx([-3, -3])


def test_the_slope_is_the_last_parameter_starts_as_asked_and_does_not_decay():
    dense, parameters = made(Bent.ALL, params={"initial": 0.4}, batch_norm=True)
    assert [spec.name for spec in dense.specs] == [f"layer.{name}" for name in ("weight", "bias", "scale", "shift", "slope")]
    assert parameters[-1].tolist() == [[[pytest.approx(0.4)]], [[pytest.approx(0.4)]]]
    assert not views(matrices(tuple(dense.specs), 2), tuple(dense.specs), 2)[-1].any()
    assert made(Bent.ALL)[1][-1].flatten().tolist() == nn.PReLU().weight.tolist() * 2


@pytest.mark.parametrize("tasks", [(), (3,)], ids=["alone", "tasks"])
@pytest.mark.parametrize("norm", [False, True])
def test_a_layer_with_it_is_that_of_torch(norm, tasks):
    dense, parameters = made(Bent.ALL, batch_norm=norm)
    parameters[-1].copy_(torch.tensor([0.1, 0.8]).view(2, 1, 1))
    x, grads = torch.randn(2, 9, 5), torch.randn(*tasks, 2, 9, 7)
    y, saved = dense.forward(Pass(parameters, dense.buffers(2), train=True), x)
    into = [torch.full((*tasks, *parameter.shape), 9.0) for parameter in parameters]
    (by_input,) = dense.backward(grads, saved, parameters, into, [True])
    for replica in range(2):
        twin = peer(dense, parameters, replica)
        features = x[replica].clone().requires_grad_()
        out = twin(features)
        torch.testing.assert_close(y[replica], out.detach())
        for task, grad in enumerate(grads) if tasks else [(..., grads)]:
            wanted = torch.autograd.grad(out, [features, *twin.parameters()], grad[replica], retain_graph=True)
            torch.testing.assert_close(by_input[task][replica], wanted[0], atol=1e-5, rtol=1e-4)
            torch.testing.assert_close(into[0][task][replica], wanted[1].T, atol=1e-5, rtol=1e-4)
            for block, want in zip(into[1:], wanted[2:], strict=True):
                torch.testing.assert_close(block[task][replica, 0], want, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("tasks", [(), (3,)], ids=["alone", "tasks"])
def test_twins_go_without_and_learn_no_slope(tasks):
    dense, parameters = made(Bent.HALF, 4)
    x, grads = torch.randn(4, 9, 5), torch.randn(*tasks, 4, 9, 7)
    y, saved = dense.forward(Pass(parameters, {}), x)
    into = [torch.full((*tasks, *parameter.shape), 9.0) for parameter in parameters]
    (by_input,) = dense.backward(grads, saved, parameters, into, [True])
    for bent, part in ((Bent.ALL, slice(0, 2)), (Bent.NONE, slice(2, 4))):
        alone, _ = made(bent)
        own = [parameter[part].contiguous() for parameter in parameters]
        out, kept = alone.forward(Pass(own, {}), x[part])
        blocks = [torch.full((*tasks, *parameter.shape), 9.0) for parameter in own]
        (back,) = alone.backward(grads[..., part, :, :], kept, own, blocks, [True])
        torch.testing.assert_close(y[part], out)
        torch.testing.assert_close(by_input[..., part, :, :], back)
        for found, wanted in zip(into, blocks, strict=True):
            torch.testing.assert_close(found[..., part, :, :], wanted)
    assert bool((into[-1][..., :2, :, :] != 0).all())
    assert bool((into[-1][..., 2:, :, :] == 0).all())


def test_an_output_has_no_slope():
    dense, _ = made(None)
    assert [spec.name for spec in dense.specs] == ["layer.weight", "layer.bias"]


@pytest.mark.parametrize("norm", [False, True])
def test_it_is_counted(norm):
    without, counted = (
        experiment(trunk=(8, 5), towers={"thal": (7,)}, batch_norm=norm, activation={"name": name})
        for name in ("relu", "prelu")
    )
    found, specs = shapes(counted, 12, OUTPUTS), build(counted.network, 12, OUTPUTS).specs
    assert found.total == sum(spec.size for spec in specs) == shapes(without, 12, OUTPUTS).total + 3
    assert found.shared == sum(spec.size for spec in specs if spec.owner == "")
    assert found.parameters("thal") == sum(spec.size for spec in specs if spec.owner == "thal")


def test_sizes_of_an_activation_that_is_not_there():
    assert shapes(experiment(activation={"name": "?"}), 12, OUTPUTS).total == shapes(experiment(), 12, OUTPUTS).total
