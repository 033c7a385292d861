"""The reader as text against the app's own: the same numbers with the same weights."""

import pytest
import torch

from core.code.reader import reader_text
from core.experiment import Network, Text
from core.network.layer import Pass
from core.network.parameters import initial, views
from core.network.sharing._build import Builder, Inputs

PLACES = torch.tensor([[2.0, 3, 4, 0], [5, 0, 0, 0], [0, 0, 0, 0], [1, 1, 6, 2]])


@pytest.mark.parametrize("reader", ["mean", "lstm", "gru"])
def test_it_reads_as_the_app_does(reader: str) -> None:
    text = Text(reader=reader, embedding=3, width=5)
    space: dict = {"torch": torch}
    exec(reader_text(text, 2, 7), space)  # noqa: S102
    module = space["Reader"]()
    made = Builder(Network(text=text), Inputs(2, 7), {"a": 1})
    made.towers([made.start])
    graph = made.graph()
    parameters = views(initial(graph.specs, 1, 0), graph.specs, 1)
    named = {spec.name: block[0] for spec, block in zip(graph.specs, parameters, strict=True)}
    with torch.no_grad():
        module.words.weight.copy_(named["text.embedding.words"])
        if reader != "mean":
            word, memory, bias = (named[f"text.{reader}.{each}"] for each in ("from_word", "from_memory", "bias"))
            order = [0, 1, 3, 2] if reader == "lstm" else [0, 1, 2]
            word, memory, bias = (torch.cat([block.split(5, -1)[gate] for gate in order], -1) for block in (word, memory, bias))
            module.reader.weight_ih_l0.copy_(word.T)
            module.reader.weight_hh_l0.copy_(memory.T)
            module.reader.bias_ih_l0.copy_(bias[0])
            module.reader.bias_hh_l0.zero_()
            if reader == "lstm":
                module.reader.bias_hh_l0[5:10] = 1.0
            else:
                module.reader.bias_hh_l0[10:] = named["text.gru.bias_of_memory"][0]
    features = torch.cat([torch.randn(4, 2, generator=torch.Generator().manual_seed(0)), PLACES], 1)
    _, saved = graph.forward(features.unsqueeze(0), Pass(parameters, {}))
    torch.testing.assert_close(module(features), saved.values[made.start][0])
