"""Networks of every architecture as text, executed, beside the networks themselves."""

import pytest
import torch

from core.code import pytorch
from core.network.layer import Dense, Pass
from core.network.mixing import Blend, Stitch
from core.network.parameters import initial, views
from core.network.selecting import Selection
from core.network.shapes import shapes
from core.network.sharing import build
from tests.core.code.making import OUTPUTS, experiment, run, trained

ARCHITECTURES = [
    ("hard", {"branch": {"sick": 1, "price": 0}}), ("separate", {}), ("soft", {}), ("cross-stitch", {"keep": 0.7}),
    ("sluice", {}), ("omoe", {"experts": 3}), ("mmoe", {"experts": 3}), ("cgc", {}), ("cgc", {"own": 0}), ("ple", {}),
    ("dselect-k", {}), ("dselect-k", {"by_row": True, "gamma": 0.5}), ("mtan", {}), ("hierarchical", {}),
    ("hierarchical", {"flow": False}),
]  # fmt: skip


def document(name, params, **network):
    trunk = [{"width": 6, "activation": {"name": "tanh"}}, {"width": 6, "batch_norm": True}]
    return experiment(**{"trunk": trunk, "sharing": {"name": name, "params": params}} | network)


def filled(model, graph, parameters):
    """Writes the network's parameters, of its one replica, into the module."""
    for step in graph.steps:
        node, name = step.node, step.node.name.replace(".", "_")
        own = [parameters[node.first + at][0] for at in range(len(node.specs))]
        if isinstance(node, Dense):
            made = getattr(model, name)
            for copy, module in enumerate(made if node.copies else [made]):
                blocks = [block[copy] if node.copies else block for block in own]
                parts = list(module) if isinstance(module, torch.nn.Sequential) else [module]
                parts[0].weight.copy_(blocks[0].T)
                parts[0].bias.copy_(blocks[1].flatten())
                for norm in (part for part in parts if isinstance(part, torch.nn.BatchNorm1d)):
                    norm.weight.copy_(blocks[2].flatten())
                    norm.bias.copy_(blocks[3].flatten())
        elif isinstance(node, Stitch):
            getattr(model, name).copy_(node.matrix(parameters)[0].flatten())
        elif isinstance(node, Blend):
            getattr(model, name).copy_(node.weights(parameters)[0, 0])
        elif isinstance(node, Selection):
            for what, block in zip(("bits", "shares"), own, strict=True):
                parameter = getattr(model, f"{name}_{what}")
                parameter.copy_(block.view_as(parameter))


@pytest.mark.parametrize(("name", "params"), ARCHITECTURES)
@pytest.mark.parametrize("nonlinear", [True, False])
def test_the_text_computes_what_the_network_does(name, params, nonlinear):
    made = document(name, params, nonlinear=nonlinear)
    text = pytorch(made, 5, OUTPUTS)
    model = run(text).Network().eval()
    graph = build(made.network, 5, OUTPUTS)
    flat = initial(graph.specs, 1, 3)
    flat += 0.3 * torch.randn(flat.shape, generator=torch.Generator().manual_seed(1))
    parameters = views(flat, graph.specs, 1)
    assert sum(p.numel() for p in model.parameters()) == shapes(made, 5, OUTPUTS).total
    x = torch.randn(9, 5, generator=torch.Generator().manual_seed(2))
    expected, _ = graph.forward(x.unsqueeze(0), Pass(parameters, graph.buffers(1)))
    with torch.no_grad():
        filled(model, graph, parameters)
        found = model(x)
    for column, output in zip(graph.outputs, expected, strict=True):
        wide = output[0] if column == "kind" else output[0, :, 0]
        torch.testing.assert_close(found[column], wide, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("name", "params"), ARCHITECTURES)
def test_what_is_fresh_has_stitches_and_blends_as_the_network_has(name, params):
    made = document(name, params)
    model, graph = run(pytorch(made, 5, OUTPUTS)).Network(), build(made.network, 5, OUTPUTS)
    for step in graph.steps:
        if isinstance(step.node, Stitch | Blend):
            torch.testing.assert_close(getattr(model, step.node.name.replace(".", "_")), step.node.begin.flatten())


@pytest.mark.parametrize(("name", "params"), ARCHITECTURES)
def test_it_trains(name, params):
    losses = trained(document(name, params))
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("by", ["distance", "trace norm"])
def test_the_pull_of_soft_sharing_is_the_networks_own(by):
    made = document("soft", {"by": by, "strength": 0.8})
    space = run(pytorch(made, 5, OUTPUTS))
    model, graph = space.Network(), build(made.network, 5, OUTPUTS)
    parameters = views(initial(graph.specs, 1, 3), graph.specs, 1)
    with torch.no_grad():
        filled(model, graph, parameters)
    space.pull(model, 0.25)
    graph.ties.pull(parameters, 0.25)
    other = run(pytorch(made, 5, OUTPUTS)).Network()
    with torch.no_grad():
        filled(other, graph, parameters)
    for one, two in zip(model.parameters(), other.parameters(), strict=True):
        torch.testing.assert_close(one, two, rtol=1e-4, atol=1e-5)


def test_what_is_not_written_is_said(monkeypatch):
    monkeypatch.setattr("core.code.network.graph_text", lambda *_: None)
    text = pytorch(document("mmoe", {}), 5, OUTPUTS)
    assert "# What follows is hard sharing: “mmoe” is not written here." in text
    run(text).Network()
