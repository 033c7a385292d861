import pytest
import torch

from core.code import pytorch
from core.network.activations import ACTIVATIONS
from core.network.shapes import shapes
from tests.core.code.making import OUTPUTS, experiment, run


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("trunk", [[], [{"width": 7}, {"width": 9, "dropout": 0.1, "activation": {"name": "prelu"}}]])
def test_it_has_the_parameters_that_shapes_counts(trunk, norm):
    document = experiment(trunk=[layer | {"batch_norm": norm} for layer in trunk])
    model = run(pytorch(document, 5, OUTPUTS)).Network()
    assert sum(p.numel() for p in model.parameters()) == shapes(document, 5, OUTPUTS).total
    assert {task: tuple(y.shape) for task, y in model(torch.randn(4, 5)).items()} == {
        "kind": (4, 3),
        "sick": (4,),
        "price": (4,),
    }


def test_without_nonlinearity_no_activation_is_written():
    assert "ReLU" in pytorch(experiment(), 5, OUTPUTS)
    text = pytorch(experiment(nonlinear=False), 5, OUTPUTS)
    assert "ReLU" not in text
    assert "Tanh" not in text


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_every_activation_is_written_as_it_computes(name):
    document = experiment(trunk=[{"width": 6, "activation": {"name": name}}])
    model = run(pytorch(document, 5, OUTPUTS)).Network()
    x = torch.randn(9, 5)
    module, params = ACTIVATIONS.resolve(name)
    learned = [torch.tensor(begin(params)) for begin in getattr(module, "LEARNED", {}).values()]
    torch.testing.assert_close(model.trunk(x), module.forward(model.trunk[0](x), params, *learned))


def test_a_plug_in_that_does_not_say_is_named_in_a_comment(monkeypatch):
    monkeypatch.delattr(ACTIVATIONS["tanh"], "TORCH")
    text = pytorch(experiment(), 5, OUTPUTS)
    assert "torch.nn.Identity(),  # here: tanh" in text
    run(text).Network()
